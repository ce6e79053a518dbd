"""Czech."""

from __future__ import annotations

from smtpprobe.knowledge.language.language import language

WORDS: dict[str, str] = {
    "box": "schránk*|schránek|schránce|účet|účtu|účtem|konto|poštovní schránk*|účty",
    "user": "uživatel*|osob*",
    "recipient": "příjemc*|příjemce|adresát*|adresa příjemce|cílová adresa|adresu příjemce",
    "address": "adres*|e mailová adresa|emailová adresa",
    "sender": "odesílatel*|odesilatel*|adresa odesílatele|doména odesílatele|domény odesílatele|"
    "adresa odesilatele",
    "sending": "odesíl*|odeslan*|odchozí*|zasílá*|posílá*|odeslat",
    "you": "váš|vaše|vaši|vašeho|vaší|vám|vaším|vás|tvůj",
    "domain": "domén*|doméně",
    "nameserver": "jmenný server|nameserver|jmenné servery",
    "client": "ip adres*|vaše ip|váš server|vaše síť|ip|vašeho serveru|odesílající server|"
    "odesílajícího serveru|vaše ip adresa|vaši ip adresu|vaší ip adresy",
    "kind": "dynamick*|domácí*",
    "country": "země|zemi|států",
    "helo": "helo|ehlo",
    "server": "server|serveru|serverem|služb*|systém|systému|poštovní server",
    "onward": "cílový server|vzdálený server|interní server|server příjemce",
    "message": "zpráv*|e mail|email|mail|obsah|dopis|pošta|pošty|poštu|e mailu",
    "file": "příloh*|soubor*|typ souboru|typ přílohy|spustiteln*",
    "link": "odkaz*|url|link",
    "header": "hlavičk*|předmět*",
    "line": "řád*",
    "bareline": "konce řádků|konec řádku",
    "quota": "kvót*|kapacit*|diskový prostor|místo na disku|úložiště|diskového prostoru",
    "size": "velikost*|bajt*|mb|kb",
    "recipients": "příjemců|adresátů|počet příjemců|počtu příjemců",
    "connections": "spojení|připojení|relací|současných spojení",
    "messages": "počet zpráv|zpráv za|mnoho zpráv|odesílaných zpráv|odeslaných zpráv|mailů|"
    "e mailů|zpráv",
    "period": "hodin*|den|denní*|minut*|za hodinu|za minutu|za den|dnes|hodinový",
    "password": "hesl*|přihlašovací údaje|jméno nebo heslo|přihlašovacích údajů",
    "login": "přihláš*|přihlašo*|autentiz*|autentik*|ověření totožnosti|ověření uživatele|"
    "autorizac*",
    "mechanism": "mechanism*|metod* přihl*|metod* ověření",
    "tls": "tls|ssl|starttls|šifrov*|zabezpečené spojení|zabezpečené připojení",
    "certificate": "certifikát*",
    "clear": "nešifrovan*|nezašifrovan*|nezabezpečen*|bez šifrování",
    "checks": "spf|dkim|dmarc|podpis dkim|kontrola spf|záznam spf|politika dmarc",
    "ptr": "ptr|reverzní záznam*|reverzní dns|reverzního záznamu|rdns|záznam ptr|zpětný záznam|"
    "reverzní*|reverse dns|ptr záznam*",
    "dns": "dns|mx|mx záznam*|záznam mx",
    "list": "černá listina|černé listině|blacklist*|rbl|dnsbl|seznamu blokovaných|"
    "seznamu spamu|černém seznamu|černou listinu|seznamu spammerů",
    "reputation": "reputac*|pověst*",
    "checker": "antivir*|databáz*|filtr*|adresář*|ldap|antivirový program",
    "disk": "disk|disku|front*",
    "group": "konference|konferenci|člen|členové|moderátor*|skupin*|distribuční seznam|odběratel*",
    "rule": "pravid*|zásad*|politik*",
    "command": "příkaz*|parametr*|argument*",
    "syntax": "syntax*|znak|znaky|formát adresy|chybný formát|závork*",
    "relay": "relay*|přeposílá*|předává*|relaying|přeposlat|předávání pošty",
    "errors": "chyb v|chybných příkazů|mnoho chyb",
    "report": "stížnost*|hlášení",
    "queue": "ve frontě|doba doručení",
    "unknown": "neznám*|neexist*|nenalez*|není znám*|nelze nalézt|"
    "neplatný příjemce|již neexistuje|nenajit*",
    "exists": "existuj*|nalezen*|znám|známý|známá|najít",
    "nobody": "žádný uživatel|žádná schránka|nikdo|takový uživatel není|žádný účet|"
    "takový účet není|žádný příjemce",
    "invalid": "neplatn*|chybná adresa|nesprávná adresa",
    "full": "pln*|plná|přeplněn*|zaplněn*|překročena kvóta|kvóta překročena|překročil kvótu|"
    "překročena kapacita|překročil svou kvótu|zaplnila",
    "over": "překroč*|vyčerpán*|dosažen*|přesah*",
    "noroom": "nedostatek místa|není místo|nemá místo|málo místa|není dost místa|bez místa|"
    "nezbývá místo|došlo místo",
    "disabled": "zrušen*|deaktiv*|zakázán účet|vypnut*|pozastaven*|uzavřen*|smazán*|neaktivn*|"
    "zablokován* účet|není aktivn*|expirov*|odstraněn*|již není používán*",
    "busy": "používán*|zaneprázdněn*",
    "gone": "již nepracuje|už nepracuje|odešel",
    "moved": "nová adresa|změnil adresu|přesunut*|přestěhov*",
    "listed": "je na|uveden* na|nachází na|figuruje na|zařazen*|je uvedena na|nachází se na|"
    "zapsán*",
    "blocked": "blokován*|zablokován*|blokuje*|zabanován*",
    "refused": "odmítnut*|odmít*|zamítnut*|odepřen*|zamít*",
    "accepted": "přij*|povolen*|akcept*|dovolen*|oprávněn*|přípustn*|může|smí",
    "forbidden": "zakázán*|nepovolen*|není povolen*|není dovolen*|nedovolen*",
    "bad": "špatná|špatnou|špatný|nízk*",
    "required": "vyžad*|požad*|nutn*|musí|potřeb*|povinn*|prosím|je třeba|musíte",
    "only": "pouze|jen|nejprve|nejdříve|jenom",
    "failed": "selh*|chyb*|neúspěšn*|porucha|problém*|nezdařil*|nepodařil*|interní chyba",
    "wrong": "chybné|nesprávn*|špatné|chybný|špatné heslo|nesouhlas*",
    "reached": "odpov*|dostupn*|dosažiteln*|kontaktovat|ověřit|spojit|možn*",
    "resolves": "přeložit|překlad",
    "passes": "prošl*|v pořádku",
    "many": "příliš mnoho|mnoho|limit*|maxim*|příliš velký počet|počet|nejvýše|více než",
    "large": "příliš velk*|moc velk*|příliš dlouh*|větší než|překročena velikost|"
    "přesahuje velikost|překračuje velikost",
    "fast": "příliš rychle|příliš často|moc často|frekvenc*|rychlost*|četnost*",
    "later": "později|znovu|opakujte|zkuste|opět|opakov*|ještě jednou",
    "wait": "za několik minut|za chvíli|čekejte|počkejte|sekund*|za 5 minut|minut|za minut|"
    "za okamžik|vyčkejte",
    "new": "poprvé|první kontakt|nový odesílatel|první pokus",
    "greylisted": "šedá listina|šedé listině|greylist*|šedý seznam|šedou listinu|šedém seznamu",
    "down": "neodpovíd*|přetížen*|nedostupn*|údržb*|mimo provoz|není dostupn*|vytížen*|"
    "není k dispozici|"
    "odstávk*",
    "silent": "vypršel*|časový limit|nečinnost*|timeout",
    "spam": "antispam*|anti spam*|spam*|nevyžádan*|reklam*|nežádoucí*",
    "judged": "označen*|vyhodnocen*|považován*|rozpoznán*|identifikován*|klasifikován*|vypadá|"
    "podezřel*|detekován*|zjištěn*|obsahuje znaky",
    "infected": "vir|virus|viru|viry|infikov*|škodliv*|zavirovan*|malware|nakažen*",
    "phishing": "phishing*|podvod*",
    "forged": "podvržen*|padělan*|zfalšovan*",
    "missing": "chybí|chybějící|bez|prázdn*|nemá|postrádá|neobsahuje",
    "several": "vícekrát|duplicit*|několik",
    "malformed": "poškozen*|neodpovídá normě|chybně utvořen*",
    "loop": "smyčk*|zacyklen*|cyklí",
    "hellofirst": "nejprve helo|nejprve ehlo|nejdříve helo|pošlete helo",
    "mailfirst": "nejprve mail",
    "rcptfirst": "žádní platní příjemci|nejprve rcpt|žádný platný příjemce",
    "order": "špatné pořadí|chybné pořadí|nesprávné pořadí|chybná posloupnost",
    "unimplemented": "nepodporov*|není podporov*|neznámý příkaz|neimplement*|"
    "není implementov*|nepodporuje",
    "utf8": "smtputf8|unicode",
    "foreign": "extern*|cizí*|jiné domény|jiných domén|mimo",
    "local": "lokální*|místní*|naše domény|našich domén|spravovan*",
    "own": "patří|nepatří|jménem",
    "nomail": "nepřijímá poštu|nepřijímá e maily|nepřijímá žádnou poštu",
    "temporary": "dočasn*|momentálně|nyní|zatím|právě teď|v tuto chvíli|aktuálně",
    "abused": "napaden*|kompromitov*|zneužit*",
    "vague": "přístup|doruč*|bohužel|požadav*|operac*|důvod|v této doméně|na tomto serveru|"
    "transakc*|akce|kód|doručit",
    "if": "pokud|jestliže|zda",
    "see": "viz|více informací|informace|nápověd*|kontaktujte|navštivte",
    "not": "není|nebyl|nebyla|nebylo|nelze|nikdy|nejsou|nemůže|ani",
    "no": "žádn*|bez|nemá",
    "but": "ale|avšak|protože|neboť|však",
}

LANGUAGE = language(
    "cs", "Czech", WORDS,
    "je jsou byl byla bylo byly tento tato toto tohoto této tuto v ve na do z ze od pro a s se "
    "o k "
    "by za po při jako to že i si už již",
)  # fmt: skip
