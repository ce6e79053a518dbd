"""Swedish."""

from __future__ import annotations

from smtpprobe.knowledge.language.language import language

WORDS: dict[str, str] = {
    "box": "brevlåd*|postlåd*|konto|kontot|inkorg*|mailbox*|e postkonto*|konton|mejlkonto*|"
    "mottagarens inkorg",
    "user": "användar*|abonnent*|person|personen",
    "recipient": "mottagar*|adressat*|mottagaradress*",
    "address": "adress|adressen|e postadress*|mejladress*|epostadress*|mailadress*",
    "sender": "avsändar*|avsändaradress*|avsändardomän*|sändare|avsändarens domän",
    "sending": "skicka|skickat|sända|utgående|utskick|skickar|sändning",
    "you": "du|din|ditt|dina|er|ert|era|ni",
    "domain": "domän*",
    "nameserver": "namnserver*|namnservrar*",
    "client": "ip adress*|din ip|er ip|ip|din server|er server|ditt nätverk|ert nätverk|"
    "din dator|din värd|sändande server|ip numret|ip nummer",
    "kind": "dynamisk*|hemanvändar*|privatkund*",
    "country": "land|länder|landet",
    "helo": "helo|ehlo",
    "server": "server*|tjänsten|tjänst|systemet|system|e postserver*|vi|mejlserver*",
    "onward": "bakomliggande server|målservern|fjärrserver*|intern server",
    "message": "meddelande*|mejl|mejlet|e post|e posten|brev|brevet|innehåll*|mail|mailet|epost",
    "file": "bilaga*|bilagor*|fil|filen|filtyp*|filer|bifogad fil|bifogade filer|bifogade",
    "link": "länk*|url",
    "header": "header|huvud*|ämnesrad*|rubrik*|brevhuvud*",
    "line": "rad|rader|raden",
    "bareline": "radslut*",
    "quota": "kvot*|lagringsutrymme*|lagring|diskutrymme*|utrymme|diskkvot*",
    "size": "storlek*|byte|mb|kb|bytes",
    "recipients": "antal mottagare|många mottagare",
    "connections": "anslutning*|förbindelse*|sessioner|samtidiga anslutningar|uppkopplingar",
    "messages": "meddelanden|brev per|mejl per|antal meddelanden|många mejl|många brev",
    "period": "timme|timmen|dag|dygn|minut|per timme|per dag|per minut|i dag|idag|dagliga|"
    "per dygn|dagens",
    "password": "lösenord*|inloggningsuppgift*|användarnamn eller lösenord|"
    "användarnamn och lösenord",
    "login": "inloggning*|logga in|autentiser*|inloggad|verifiera dig|autenticering",
    "mechanism": "mekanism*|inloggningsmetod*|autentiseringsmetod*",
    "tls": "tls|ssl|starttls|krypter*|säker anslutning|krypterad anslutning",
    "certificate": "certifikat*",
    "clear": "okrypter*|klartext|osäker*|utan kryptering",
    "checks": "spf|dkim|dmarc|dkim signatur*|spf kontroll*|spf post*",
    "ptr": "ptr|omvänd dns|reverse dns|rdns|ptr post*|omvänd uppslagning|baklänges*|"
    "omvänt dns|reverse",
    "dns": "dns|mx|mx post*|a post*",
    "list": "svartlista|svarta listan|svart lista|blacklist|rbl|dnsbl|blocklista*|"
    "spärrlista*|spamlista|svartlistor",
    "reputation": "rykte|anseende",
    "checker": "virusskanner*|virusskydd*|databas*|filter|filtret|katalog*|ldap|antivirus*|"
    "spamfilter*|inloggningsserver*|autentiseringsserver*",
    "disk": "disk|disken|kön|serverns disk|partition",
    "group": "sändlista*|e postlista*|medlem*|moderator*|grupp*|distributionslista*",
    "rule": "policy|regel|regler|riktlinje*|våra regler",
    "command": "kommando*|parameter*|argument",
    "syntax": "syntax*|tecken|adressformat*|felaktigt format",
    "relay": "vidarebefordr*|relä*|relay*|vidaresändning*|reläa",
    "errors": "många fel|felaktiga kommandon",
    "report": "klagomål*|anmälningar",
    "queue": "i kö|leveranstid*",
    "unknown": "okänd*|finns inte|finns ej|existerar inte|saknas mottagare|hittades inte|"
    "kunde inte hittas|ej funnen|inte hittas|finns inte längre|inte känd|obefintlig*|"
    "kan inte hittas|existerar ej|hittades ej",
    "exists": "finns|existerar|hittades|hittas|känd|hittad",
    "nobody": "ingen användare|inget konto|ingen brevlåda|ingen mottagare|ingen sådan|"
    "ingen med det namnet|inget sådant konto",
    "invalid": "ogiltig*|felaktig adress|inte giltig",
    "full": "full|fullt|fulla|överfull*|kvoten överskriden|kvot överskriden|"
    "överskridit sin kvot|överskridit kvoten|är full",
    "over": "överskrid*|uppnåd*|överstig*|förbrukad*|nådd|nått|slut på",
    "noroom": "ingen plats|inget utrymme|slut på utrymme|otillräckligt utrymme|"
    "slut på lagringsutrymme|för lite utrymme|inte plats|utrymmet är slut|"
    "inte tillräckligt med utrymme|otillräckligt diskutrymme|utrymme saknas",
    "disabled": "inaktiver*|avstäng*|avslutad*|stängt|stängd|spärrat|spärrad|borttag*|inaktiv*|"
    "upphört|nedlagd*|avaktiver*|inte aktiv*|inte längre aktiv*|raderat|raderad",
    "busy": "upptagen|används",
    "gone": "slutat|arbetar inte längre",
    "moved": "ny adress|flyttat|bytt adress|flyttad",
    "listed": "listad*|svartlistad*|finns på|står på|med på|finns med på",
    "blocked": "blocker*|spärra*|bannlyst*|blockad",
    "refused": "avvis*|nekad*|vägra*|avslag*|nekas|refuserad*|neka|avböj*",
    "accepted": "tillåt*|accept*|godkän*|tas emot|behörig*|får|tar emot",
    "forbidden": "förbjud*|otillåt*|inte tillåt*|ej tillåt*|ej tillåten",
    "bad": "dålig|dåligt|lågt|låg",
    "required": "kräv*|nödvändig*|måste|behöver|behövs|obligatorisk*|var god",
    "only": "endast|bara|först|enbart",
    "failed": "serverfel*|misslyck*|fel|felet|trasig*|problem|internt fel|haverer*",
    "wrong": "felaktig*|fel lösenord|stämmer inte|felaktigt|fel användarnamn|matchar inte|oriktig*",
    "reached": "nås|svarar|nåbar|tillgänglig|kontrolleras|kontrollera|kontakta servern|möjlig*",
    "resolves": "slås upp|uppslag*|slå upp",
    "passes": "godkänd|klarar|passerar",
    "many": "för många|för mycket|gräns*|max|maximalt|högst|antal|maximala|fler än|mer än",
    "large": "för stor*|för lång*|för tung*|större än|maxstorlek*",
    "fast": "för snabbt|för ofta|takt|hastighet|för hög takt|frekvens*",
    "later": "senare|igen|försök|på nytt|åter|skicka om",
    "wait": "om några minuter|vänta|sekunder|minuter|om minuter|om en stund|om 5 minuter",
    "new": "första gången|första kontakten|ny avsändare|första försöket",
    "greylisted": "grålist*|grå lista|greylist*|grålistad*",
    "down": "överbelast*|underhåll*|ur drift|inte tillgänglig*|otillgänglig*|"
    "hårt belastad*|ej tillgänglig*|upptagen server",
    "silent": "tidsgräns*|inget svar|inaktivitet|tog för lång tid|timeout|tidsfrist",
    "spam": "antispam*|anti spam*|spam|skräppost*|oönskad*|reklam|skräp|massutskick|skräpmejl|"
    "skräpbrev",
    "judged": "bedöm*|klassificer*|klassad*|identifier*|upptäck*|anses|betrakta*|ser ut som|"
    "markera*|misstänk*|hittades|liknar",
    "infected": "virus|viruset|smitta*|infekterad*|skadlig kod|skadlig|skadligt|malware",
    "phishing": "nätfiske|bedrägeri*|phishing",
    "forged": "förfalsk*|falsk|falskt",
    "missing": "saknar|saknas|utan|tom|tomt|har ingen|har inget",
    "several": "flera|dubbla|dubbel*",
    "malformed": "felformaterad*|följer inte",
    "loop": "slinga*|loop|rundgång*",
    "hellofirst": "helo först|ehlo först|skicka helo|skicka ehlo",
    "mailfirst": "mail först",
    "rcptfirst": "inga giltiga mottagare|rcpt först|inga mottagare",
    "order": "fel ordning|felaktig ordning|i fel ordning|fel ordningsföljd",
    "unimplemented": "stöds inte|stöds ej|inte implementer*|okänt kommando|stödjer inte|"
    "saknar stöd",
    "utf8": "smtputf8|icke ascii|unicode",
    "foreign": "extern*|andra domäner|främmande|utomstående|utanför",
    "local": "hanteras|lokal|lokala|våra domäner|våra kunder",
    "own": "tillhör|åt någon annan",
    "nomail": "tar inte emot e post|tar inte emot mejl|tar ej emot e post|tar inte emot epost",
    "temporary": "tillfällig*|för närvarande|just nu|för tillfället|temporär*|för stunden",
    "abused": "hackat|hackad|kapat|kapad",
    "vague": "åtkomst|lever*|tyvärr|begäran|åtgärd|orsak|på den här servern|i den här domänen|"
    "på denna server|i denna domän|överföring|kod",
    "if": "om du|ifall|såvida",
    "see": "se|mer information|information|besök|hjälp|läs mer|kontakta oss|kontakta din|"
    "kontakta supporten",
    "not": "inte|ej|aldrig|icke|varken",
    "no": "ingen|inget|inga|utan|saknar",
    "but": "men|dock|eftersom|därför|utan att|då",
}

LANGUAGE = language(
    "sv", "Swedish", WORDS,
    "en ett den det de är var har av för i på till som med och från att detta denna dessa vår "
    "våra "
    "blev blivit kan kunde sig sin sitt hade",
)  # fmt: skip
