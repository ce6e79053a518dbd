"""Which languages a text may be written in: only their words are loaded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib import import_module
from types import ModuleType

from smtpprobe.knowledge.language.language import Language, letter_of
from smtpprobe.knowledge.language.stems import STEMS

MARKERS: dict[str, str] = {
    "german": "der dem ist nicht und bitte fur fuer ihre ihr ihrer ihrem wurde wird keine kein "
    "gibt postfach empfanger empfaenger nachricht nachrichten absender unbekannt unbekannter "
    "benutzer weiterleitung voll gesperrt fehler erforderlich verschlusselung anmeldung passwort "
    "falsch viele spater spaeter erneut abgelehnt verweigert anhang unerwunscht erkannt konto "
    "die das den des zu von auf mit wegen ein eine sie "
    "anmel* zugriff gelistet blockiert steht",
    "french": "ou mot passe le la les des du est sont pas une votre vos pour dans par sur avec "
    "aux cette depuis peu temps "
    "destinataire destinataires expediteur adresse boite inconnu inconnue utilisateur courriel "
    "pleine plein compte trop veuillez requise requis "
    "reess* domaine serveur pieces piece jointe erreur echec messagerie "
    "chiff* authentification relais liste noire grise introuvable mauvaise connexion acces lien",
    "spanish": "el la los las del es una su por para con ha sido esta como buzon buzones usuario "
    "destinatario remitente direccion correo mensaje mensajes cuenta lleno llena desconocido "
    "desconocida existe cuota rechazado denegado bloqueado bloqueada servidor dominio demas* "
    "intente intentelo mas tarde contrasena autenticacion requiere archivo adjunto desactivada "
    "lista negra gris enlace conexion conexiones permitido limite superado superada "
    "espacio encontrado encontro se que esta",
    "italian": "nome credenziali valide il lo gli del della dello di che nel "
    "nella sono stato stata "
    "alla ha casella "
    "utente destinatario mittente indirizzo posta messaggio messaggi piena pieno sconosciuto "
    "sconosciuta esiste rifiutato rifiutata bloccato bloccata troppi troppe riprovare riprova "
    "consentito negato errore richiesta richiesto autenticazione allegato dominio vostro vostra "
    "servizio connessione connessioni momentaneamente lista nera grigia disattivata superata "
    "superato tardi inoltro nessun nessuna dimensione",
    "portuguese": "tentativa detectada detectado nome invalido ou os da das dos uma um em para "
    "com sua seu foi nao mais como "
    "esta caixa usuario utilizador destinatario remetente endereco mensagem mensagens cheia "
    "desconhecido inexistente existe rejeitado rejeitada bloqueado bloqueada servidor dominio "
    "dominios muitas muitos tente novamente senha autenticacao anexo negado permitido "
    "limite excedido excedida conta cota lista negra conexoes encaminhamento outros tarde",
    "dutch": "het een van voor niet uw geen wordt werd zijn deze dit aan te en postvak "
    "gebruiker ontvanger afzender adres bericht berichten onbekend onbekende bestaat vol "
    "geweigerd "
    "geblokkeerd veel probeer opnieuw straks wachtwoord aanmelden vereist bijlage staat zwarte "
    "lijst verbinding toegang toegestaan domein domeinen gevonden verbindingen de limiet "
    "ongewenst ongewenste tijdelijk momenteel gebruikt zit versleuteling",
    "swedish": "och inte den det ett som till med om din ditt ert har mottagaren mottagarens "
    "anvandaren anvandare brevladan brevlada kontot inkorgen adressen avsandaren meddelandet "
    "meddelande meddelanden finns okand avvisades avvisad nekad blockerad manga forsok igen "
    "losenord inloggning kravs bilaga bilagor svartlista anslutning atkomst tillaten domanen tar "
    "domaner tillfalligt narvarande skrappost stor lagringsutrymme andra vidarebefordran ej "
    "mejl mejlet",
    "danish": "og ikke af din dit jeres modtager modtageren modtagerens bruger brugeren "
    "postkasse postkassen postboks kontoen afsender afsenderen besked beskeden findes ukendt "
    "afvist blokeret mange prov igen adgangskode kraeves kraves vedhaeftet fuld forbindelse "
    "forbindelser domaene domaenet midlertidigt overbelastet uonsket lukket er en et til som "
    "med om",
    "norwegian": "og ikke ikkje din ditt mottaker mottakeren mottakerens bruker brukeren "
    "postboks postboksen innboks kontoen avsender avsenderen melding meldingen finnes ukjent "
    "avvist blokkert mange prov igjen passord kreves vedlegg forbindelse domenet tilkobling "
    "midlertidig overbelastet uonsket stengt er en et til som med om",
    "estonian": "ei ole pole teie saaja saatja kasutaja kasutajat postkast konto kiri kirja "
    "tundmatu tais palun proovige hiljem uuesti liiga palju keelatud blokeeritud ruumi "
    "parool vale nimekirjas mustas manus aadress domeen domeeni puudub ajutiselt",
    "finnish": "ei ole tai vastaanottaja lahettaja viesti palvelin postilaatikko kayttaja "
    "kayttajaa tuntematon osoite tili taynna yrita uudelleen myohemmin liian liikaa estetty "
    "hylatty hylattiin roskaposti salasana salaus vaaditaan liite verkkotunnus musta listalla "
    "osoitteesi",
    "hungarian": "nem nincs ilyen az cimzett felado postafiok uzenet szerver ismeretlen "
    "felhasznalo megtelt kerjuk probalja kesobb ujra tul sok tiltott jelszo szukseges melleklet "
    "feketelistan elutasitva letezik",
    "polish": "nie jest dla przez zostala zostal zostalo twoj twoja juz brak bez lub albo pod "
    "tej tym "
    "tego przy jako konto adres zbyt duzo",
    "czech": "neni pro byl byla bylo vas vase jsou jste pri nebo tato tento tuto prilis kvota "
    "konto ucet adresa neexistuje je",
    "turkish": "kara listede bir bu icin yok daha cok sizin lutfen degil gecersiz alici kutusu "
    "dolu hesap "
    "sonra tekrar kota ile hata",
    "russian_in_latin": "takogo vash vasha vashe dlya eto",
    "ukrainian_in_latin": "nemaie nemaye tsei",
    "japanese": "desu masu masen arimasen shimasen kudasai ga wa",
}
"""Small words by which a language in Latin letters is suspected, by its module, beside STEMS.

One is enough: a language that is suspected in vain costs its loading, no wrong word.
"""

LETTERS: dict[str, str] = {
    "german": "äöüß",
    "french": "éèêëàâçùûîïôœ",
    "spanish": "áéíóúñ¿¡",
    "italian": "àèéìòù",
    "dutch": "ëï",
    "swedish": "åäö",
    "danish": "æøå",
    "norwegian": "æøå",
    "estonian": "äöüõ",
    "finnish": "äö",
    "hungarian": "áéíóöőúüű",
    "polish": "ąćęłńóśźż",
    "czech": "áčďéěíňóřšťúůýž",
    "turkish": "çğışöü",
    "russian": "ыэъё",
    "ukrainian": "іїєґ",
    "japanese": "宛込",
    "chinese_simplified": (
        "与两个临为举书于仅从们会传伪体余储关内册写况冻几凭则删别务动区单占压参发变号后启员响国声复"
        "够头实审宽对将尝尽属帐带帮并广库应庞开异归当录征怀态恶托执扫护报拦拨换据数断无时暂机杀权来"
        "标检没泄注测满滤环现电盗盘码确离积称签类级组经结络绝统继维缩网职联节范见规视誉订认记许设访"
        "证评识诈诉试话询该详语误请负败账贵跃转软载输达迁过这远连递邮鉴钓钟链销锁错长闭问闲间阅队陆"
        "顺须频题额马驳验骗鱼"
    ),
    "chinese_traditional": (
        "並伺佇位佔來個們偵偽傳僅儲元內兩冊凍別刪則動務匣區參取同員問啟單嘗國執報壇壓夠實審寫寬將對"
        "屬帳帶幫幾庫廣後從復徵惡態憑應懷戶掃換撥擋據攔敗數料斷於旨時暫書會案業標機檔檢權歸殺沒況洩"
        "洽清測滿濾為無狀現環生異當發盜盡相瞭碌碟確碼稱積節範籤紀級終組結絕絡統經維網線縮繫繼聯聲職"
        "臨與舉號複見規視訂訊託記訪設許訴註詐評詢試話該詳認語誤說請論證識護譽變負貴資躍軟載輸轉辨迴"
        "這連逾過達遞遠遷郵釣銷錄錯鎖鐘鑑長閉開閒間閱關陸隊離電響順須頭頻題額類餘馬駁騙驗體魚龐"
    ),
    "portuguese": "áâãàçéêíóôõú",
}
"""Letters beyond ASCII that call for a language, by its module."""

SCRIPTS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("\u0400", "\u04ff", ("russian", "ukrainian")),
    ("\u3040", "\u30ff", ("japanese",)),
    ("\uff66", "\uff9f", ("japanese",)),
    ("\u3400", "\u9fff", ("chinese_simplified", "chinese_traditional", "japanese")),
    ("\uac00", "\ud7af", ("korean",)),
)
"""The first and last letter of a script that is not Latin, and the modules of its languages."""

_BEYOND_LATIN = frozenset(name for _, _, names in SCRIPTS for name in names)

STEM = 5
"""How many letters of a word tell a language whatever the ending."""


def languages_of(text: str, tokens: Iterable[str]) -> tuple[Language, ...]:
    """Return the languages beside English that a text in lower case and its tokens call for.

    Of several it is the one that most words and letters speak for, and those that are near it.
    """
    votes = Counter(_suspected(text, tokens))
    if not votes:
        return ()
    enough = max(votes.values())
    enough -= enough // 4  # three of four: neighbours share words
    return tuple(load(module) for module in _modules() if votes[module] >= enough)


@cache
def _modules() -> tuple[str, ...]:
    """Return the modules in order; of two that know the same words the first is shown."""
    scripts = (module for *_, modules in SCRIPTS for module in modules)
    return tuple(dict.fromkeys((*MARKERS, *scripts)))


def _suspected(text: str, tokens: Iterable[str]) -> Iterator[str]:
    """Yield the module of a language once for each word and each letter that speaks for it."""
    markers = _markers()
    for token in tokens:
        yield from markers.get(token) or markers.get(f"{token[:STEM]}*", ())
    if text.isascii():
        return
    letters = _letters()
    for letter in map(letter_of, text):
        yield from letters.get(letter, ())
        for first, last, modules in SCRIPTS:
            if first <= letter <= last:
                yield from modules


@cache
def _markers() -> dict[str, tuple[str, ...]]:
    """Return each word that calls for languages, or how it begins (`anmel*`), with their modules.

    The first refusal waits for it, so the stems are written as it wants them.
    """
    found: dict[str, tuple[str, ...]] = {}
    for modules, stems in STEMS.items():
        found.update(dict.fromkeys(stems.split(), tuple(modules.split())))
    return _turned({module: words.split() for module, words in MARKERS.items()}, found)


@cache
def _letters() -> dict[str, tuple[str, ...]]:
    return _turned(LETTERS, {})


def _turned(
    table: Mapping[str, Iterable[str]], found: dict[str, tuple[str, ...]]
) -> dict[str, tuple[str, ...]]:
    """Add to `found`, what speaks for which modules, a table of modules and what speaks for them.

    Returns it.
    """
    for module, signs in table.items():
        for sign in signs:
            found[sign] = (*found.get(sign, ()), module)
    return found


def words_of(module: str) -> ModuleType:
    """Return a module of `vocabulary`, loaded."""
    folder = "vocabulary.beyond_latin" if module in _BEYOND_LATIN else "vocabulary"
    return import_module(f"smtpprobe.knowledge.language.{folder}.{module}")


@cache
def load(module: str) -> Language:
    """Return the language of a module of `vocabulary`."""
    found = words_of(module).LANGUAGE
    assert isinstance(found, Language)
    return found
