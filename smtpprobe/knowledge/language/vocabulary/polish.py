"""Polish."""

from __future__ import annotations

from smtpprobe.knowledge.language.language import language

WORDS: dict[str, str] = {
    "box": "skrzynk*|skrzynce|skrzynek|konto|konta|kont|kontem|koncie|konto pocztowe|"
    "skrzynka pocztowa",
    "user": "użytkownik*|abonent*|osob*|osoby",
    "recipient": "odbiorc*|adresat*|adres odbiorcy|odbiorców|adres docelowy",
    "address": "adres|adresu|adresy|adres email|adres e mail|adres mailowy",
    "sender": "nadawc*|adres nadawcy|domena nadawcy|domeny nadawcy|adresu nadawcy|nadawcą",
    "sending": "wysyłan*|wysyłk*|wysyłać|wysłan*|wychodząc*|wysyła",
    "you": "twoj*|twój|państwa|pana|wasz*",
    "domain": "domen*|domenie",
    "nameserver": "serwer nazw|serwery nazw",
    "client": "adres ip|adresu ip|ip|twój serwer|twój adres ip|twoje ip|twoja sieć|"
    "serwer nadawcy|serwera nadawcy|twój host|adresów ip|adresem ip|państwa serwer",
    "kind": "dynamiczn*|domow*|abonenck*",
    "country": "kraj|kraju|krajów",
    "helo": "helo|ehlo",
    "server": "serwer|serwera|serwerem|usługa|usługi|system|systemu|serwer pocztowy",
    "onward": "serwer docelowy|serwer odbiorcy|serwer zdalny|serwer wewnętrzny",
    "message": "wiadomoś*|mail|maila|list|listu|e mail|treść|treści|poczta|poczty|przesyłk*|"
    "email|pocztę",
    "file": "załącznik*|plik|pliki|plików|pliku|typ pliku|typ załącznika|wykonywaln*",
    "link": "link|linki|odnośnik*|odsyłacz*|url|łącze",
    "header": "nagłówek|nagłówk*|temat",
    "line": "linia|linii|wiersz*|linie",
    "bareline": "końce linii|koniec linii",
    "quota": "limit pojemności|pojemność|pojemności|przestrzeń dyskowa|quota|quoty|"
    "limit skrzynki|limit konta|miejsce na dysku|limit miejsca|przydział|przestrzeni dyskowej",
    "size": "rozmiar|rozmiaru|wielkość|wielkości|bajt*|mb|kb",
    "recipients": "odbiorców|adresatów|liczba odbiorców|liczby odbiorców",
    "connections": "połącze*|połączeń|sesji|jednoczesnych połączeń|połączenia",
    "messages": "wiadomości na|wysyłanych wiadomości|wiele wiadomości|dużo wiadomości|"
    "listów|maili|liczba wiadomości|liczby wiadomości|wiadomości",
    "period": "godzin*|dzień|dnia|dzienny|dobę|minut*|na godzinę|na minutę|dziennie|dziś|"
    "dobowy|godzinowy",
    "password": "hasło|hasła|haseł|dane logowania|login lub hasło|nazwa użytkownika lub hasło",
    "login": "logowani*|uwierzytelni*|autoryzac*|zalogow*|zaloguj|autentykacj*|zalogowany",
    "mechanism": "mechanizm*|metod* uwierzytelni*|metoda logowania",
    "tls": "tls|ssl|starttls|szyfrowan*|szyfrowanie|bezpieczne połączenie|szyfrowania",
    "certificate": "certyfikat*",
    "clear": "nieszyfrowan*|niezaszyfrowan*|niezabezpieczon*|bez szyfrowania|otwartym tekstem",
    "checks": "spf|dkim|dmarc|podpis dkim|rekord spf|weryfikacja spf|polityka dmarc",
    "ptr": "ptr|rekord ptr|rekordu ptr|odwrotny dns|revdns|rdns|odwrotna nazwa|"
    "odwrotnego dns|rekord odwrotny|reverse dns|odwrotnego wpisu",
    "dns": "dns|mx|rekord mx|rekordu mx|rekord a",
    "list": "czarna lista|czarnej liście|czarnej listy|czarną listę|blacklist*|blackli*|rbl|dnsbl|"
    "liście blokad|listy blokad|liście spamerów|czarnych listach|liście rbl",
    "reputation": "reputacj*",
    "checker": "antywirus*|skaner*|baza danych|bazy danych|filtr*|katalog*|ldap|"
    "serwer uwierzytelniania|skaner antywirusowy|program antywirusowy|bazą danych",
    "disk": "dysk|dysku|kolejk*|dysk serwera|dysku serwera",
    "group": "lista dyskusyjna|listy dyskusyjnej|członk*|moderator*|grup*|lista dystrybucyjna|"
    "subskrybent*",
    "rule": "polityk*|reguł*|zasad*|regulamin*",
    "command": "polecen*|komend*|parametr*|argument*",
    "syntax": "składni*|znak|znaki|format adresu|znaku|niepoprawny format",
    "relay": "relay*|przekazywani*|przekazani*|przekazywać|relaying|przesyłanie dalej|"
    "przesyłania poczty|"
    "pośrednicz*|przekazywanie poczty",
    "errors": "błędów|błędnych poleceń|błędnych komend",
    "report": "skarg*|zgłosze*",
    "queue": "w kolejce|czas doręczenia",
    "unknown": "nieznan*|nie istnieje|nie istnieją|nieistniejąc*|nie znaleziono|nie odnaleziono|"
    "nie znany|nie ma takiego|nie ma takiej|nie można znaleźć|nie został znaleziony|"
    "nie została znaleziona|brak takiego|brak takiej|nie figuruje|już nie istnieje|nie jest znan*",
    "exists": "istniej*|znalezion*|znany|znana|znaleźć|odnaleziono|znaleziono",
    "nobody": "nie ma takiego użytkownika|nie ma takiej skrzynki|nie ma takiego konta|"
    "nie ma takiego adresu|brak użytkownika|brak skrzynki|brak konta|żaden użytkownik|"
    "brak takiego użytkownika|nikt|brak odbiorcy",
    "invalid": "nieprawidłow*|niepoprawn*|błędny adres|nieważn*|błędny odbiorca",
    "full": "pełn*|przepełnion*|zapełnion*|przekroczona quota|przekroczono quotę|"
    "przekroczył limit pojemności|przekroczono limit pojemności|przekroczony limit pojemności|"
    "przekroczono pojemność|przepełnienie|przekroczenie pojemności",
    "over": "przekr*|wyczerpan*|osiągn*|wykorzystan*|przekracza",
    "noroom": "brak miejsca|za mało miejsca|nie ma miejsca|niewystarczająca ilość miejsca|"
    "brak wolnego miejsca|brak przestrzeni|zabrakło miejsca|nie ma już miejsca",
    "disabled": "wyłączon*|zawieszon*|zamknięt*|usunięt*|nieaktywn*|zlikwidowan*|dezaktywowan*|"
    "wygas*|nie jest aktywn*|skasowan*|nie jest już aktywn*|zablokowane przez administratora",
    "busy": "zajęt*|w użyciu",
    "gone": "już nie pracuje|nie pracuje|odszedł",
    "moved": "nowy adres|zmienił adres|przeniesion*|zmieniony",
    "listed": "znajduje się na|figuruje na|jest na|wpisan*|wpisany na|umieszczon*|widnieje na|"
    "znalazł się na",
    "blocked": "zablokowan*|blokowan*|zbanowan*|blokada|zablokował",
    "refused": "odrzuc*|odmow*|odmów*|odrzucon*|nie przyjęt*|odmówiono|zwrócon*",
    "accepted": "obsługiwan*|przyjm*|dozwolon*|akceptow*|dopuszczaln*|zezwol*|zezwala|uprawnion*|"
    "może|możesz|życzy|chce|przyjęt*|akceptuje",
    "forbidden": "zabronion*|niedozwolon*|zakazan*|nie dozwolon*|nieuprawnion*",
    "bad": "zła|złej|zły|niska|niskiej",
    "required": "wymaga*|wymóg|konieczn*|musi|należy|potrzebn*|proszę|musisz|wymagane jest|"
    "niezbędn*",
    "only": "tylko|wyłącznie|najpierw|jedynie",
    "failed": "błąd|awari*|niepowodzeni*|nie powiodł*|nie powiodła|problem*|uszkodz*|"
    "nie udał*|nieudan*|błędu",
    "wrong": "błędn*|złe|zły login|nieprawidłowe hasło|niepoprawne hasło|nie zgadza|niezgodn*|"
    "nieprawidłowy login",
    "reached": "osiągaln*|odpowiada|dostępn*|dostępna|połączyć|sprawdzić|odpowiedzi|możliw*|"
    "zweryfikować|skontaktować",
    "resolves": "rozwiązać|rozwiązuje|rozwiązan*",
    "passes": "przechodzi|zgodny|pomyślnie",
    "many": "zbyt wiele|za dużo|zbyt dużo|limit*|maksym*|zbyt wielu|za wiele|liczba|ponad|"
    "więcej niż",
    "large": "za duż*|zbyt duż*|za dług*|zbyt dług*|przekracza rozmiar|przekroczony rozmiar|"
    "większa niż|przekroczono rozmiar|przekroczono maksymalny rozmiar",
    "fast": "za szybko|zbyt szybko|zbyt często|za często|częstotliwoś*|tempo|szybkoś*",
    "later": "później|ponownie|ponów|jeszcze raz|spróbuj|proszę spróbować|ponowić|znowu|kolejn*",
    "wait": "za kilka minut|poczekaj|zaczekaj|sekund*|za 5 minut|za minut|minut|za chwilę",
    "new": "pierwszy raz|pierwszy kontakt|nowy nadawca|pierwsza próba|po raz pierwszy",
    "greylisted": "szara lista|szarej liście|greylist*|szarej listy|szarą listę",
    "down": "niedostępn*|przeciążon*|przeciążeni*|konserwac*|wyłączony|prac* serwisow*|"
    "nieczynn*|przerwa techniczna|obciążon*",
    "silent": "przekroczono czas|limit czasu|brak odpowiedzi|upłynął czas|bezczynnoś*|timeout|"
    "przekroczony czas",
    "spam": "spam*|antyspam*|niechcian*|reklam*|niezamówion*",
    "judged": "uznan*|uznał*|oznaczon*|sklasyfikowan*|rozpoznan*|wykry*|wygląda|podejrz*|"
    "zidentyfikowan*|zaklasyfikowan*|ocenion*|przypomina",
    "infected": "wirus*|zainfekowan*|złośliw*|zawirusowan*|malware",
    "phishing": "phishing*|wyłudz*|oszust*",
    "forged": "sfałszowan*|fałszyw*|podrobion*|podszywa*",
    "missing": "brakuj*|pust*|bez|nie ma|nie zawiera|nie posiada",
    "several": "wiele nagłówków|podwójn*|zduplikowan*|kilka",
    "malformed": "uszkodzona|niezgodna z|źle sformatowan*",
    "loop": "pętl*|zapętl*",
    "hellofirst": "najpierw helo|najpierw ehlo|wyślij helo",
    "mailfirst": "najpierw mail",
    "rcptfirst": "brak poprawnych odbiorców|najpierw rcpt|brak odbiorców",
    "order": "zła kolejność|niepoprawna kolejność|błędna kolejność|nieprawidłowa kolejność",
    "unimplemented": "nieobsługiwan*|nieznane polecenie|nieznana komenda|"
    "niezaimplementowan*|nie obsługuje",
    "utf8": "smtputf8|unicode",
    "foreign": "zewnętrzn*|inne domeny|innych domen|obc*|spoza",
    "local": "lokaln*|nasze domeny|obsługiwan*|naszych domen",
    "own": "należy do|w imieniu",
    "nomail": "nie przyjmuje poczty|nie odbiera poczty",
    "temporary": "tymczasow*|chwilowo|obecnie|w tej chwili|czasowo|przejściow*|chwilow*",
    "abused": "przejęt*|włamano|zhakowan*",
    "vague": "dostęp|dostępu|dostarcz*|doręcz*|niestety|żądani*|operacj*|powód|w tej domenie|"
    "na tym serwerze|transakcj*|przykro|kod",
    "if": "jeśli|jeżeli|gdyby|czy",
    "see": "zobacz|więcej informacji|informacj*|pomoc|odwiedź|skontaktuj|szczegóły",
    "not": "nie|nigdy|ani",
    "no": "brak|bez|żaden|żadn*|nie ma",
    "but": "ale|jednak|ponieważ|gdyż|lecz",
}

LANGUAGE = language(
    "pl", "Polish", WORDS,
    "jest są był była było została został zostało zostały ten ta to tego tej tym w we na do z ze "
    "o od dla i oraz przez przy po się o być już zostać jako",
)  # fmt: skip
