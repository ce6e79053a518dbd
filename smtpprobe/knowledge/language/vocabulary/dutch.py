"""Dutch."""

from __future__ import annotations

from smtpprobe.knowledge.language.language import language

WORDS: dict[str, str] = {
    "box": "postvak*|mailbox*|postbus*|account*|brievenbus*|inbox|mailaccount*|postbak*",
    "user": "gebruiker*|abonnee*|persoon|medewerker",
    "recipient": "ontvanger*|geadresseerde*|ontvangersadres|bestemmeling*|ontvangstadres|"
    "adres van de ontvanger|bestemming",
    "address": "adres|mailadres|e mailadres|emailadres|e mail adres",
    "sender": "afzender*|afzenderadres|verzender|afzenderdomein|domein van de afzender",
    "sending": "verzenden|verstuur*|verzond*|versturen|verstuurd|verzending|uitgaande",
    "you": "u|uw|je|jouw",
    "domain": "domein*|domeinnaam",
    "nameserver": "nameserver|nameservers|naamserver*",
    "client": "ip adres|uw ip|uw server|uw netwerk|uw host|ip|ip adressen|uw systeem|"
    "verzendende server|uw mailserver|uw provider",
    "kind": "dynamisch*|thuisgebruik*|consumenten*",
    "country": "land|landen",
    "helo": "helo|ehlo",
    "server": "server|dienst|systeem|mailserver|wij",
    "onward": "achterliggende server|bestemmingsserver|interne server|doelserver",
    "message": "bericht|mail|e mail|email|inhoud|mailbericht|e mailbericht",
    "file": "bijlage|bijlagen|bestand*|bijlagetype",
    "link": "link|links|koppeling|url",
    "header": "header|headers|kopregel*|onderwerp",
    "line": "regel|regels",
    "bareline": "regeleinde*",
    "quota": "quota|quotum|opslagruimte|opslaglimiet|schijfruimte|opslag|schijfquota|postvaklimiet",
    "size": "grootte|bytes|mb|kb|omvang|berichtgrootte",
    "recipients": "ontvangers|geadresseerden|aantal ontvangers",
    "connections": "verbindingen|verbinding|sessies|gelijktijdige verbindingen|sessie",
    "messages": "berichten|mails|e mails|aantal berichten|mailtjes",
    "period": "uur|dag|minuut|per uur|per dag|per minuut|vandaag|dagelijks*|morgen|daglimiet|"
    "uurlimiet",
    "password": "wachtwoord*|inloggegevens|aanmeldgegevens|gebruikersnaam of wachtwoord|"
    "gebruikersnaam en of wachtwoord",
    "login": "aanmeld*|inlogg*|authenticatie|authentificatie|log in|aangemeld|authenticeren|"
    "ingelogd|geauthenticeerd",
    "mechanism": "mechanisme|authenticatiemethode|aanmeldmethode",
    "tls": "tls|ssl|starttls|versleutel*|encryptie|beveiligde verbinding",
    "certificate": "certificaat|certificaten",
    "clear": "onversleuteld*|onbeveiligd*|niet versleuteld*|platte tekst",
    "checks": "spf|dkim|dmarc|dkim handtekening|spf controle|spf record|dmarc beleid",
    "ptr": "ptr|reverse dns|rdns|ptr record|reverse record|omgekeerde dns|reverse",
    "dns": "dns|mx|mx record|mx records|a record",
    "list": "zwarte lijst|blacklist|blokkeerlijst|rbl|dnsbl|blocklist|zwarte lijsten|spamlijst",
    "reputation": "reputatie",
    "checker": "gebruikersdatabase|virusscanner|database|filter|directory|ldap|scanner|"
    "authenticatieserver|aanmeldserver",
    "disk": "schijf|wachtrij|schijf van de server|serverschijf",
    "group": "verzendlijst|mailinglijst|leden|moderator|groep|distributielijst|abonnees van",
    "rule": "beleid|regels van ons beleid|beleidsregel*|voorwaarden",
    "command": "opdracht|commando|parameter|argument",
    "syntax": "syntaxis|syntax|teken|tekens|adresnotatie|opmaak van het adres",
    "relay": "relay*|doorsturen|doorgestuurd|doorgeven|relaying|doorzend*",
    "errors": "fouten|ongeldige opdrachten",
    "report": "klachten|meldingen",
    "queue": "in de wachtrij|bezorgtermijn",
    "unknown": "onbekend*|bestaat niet|bestaan niet|niet gevonden|niet bekend|bestaat hier niet|"
    "kan niet worden gevonden|kon niet worden gevonden|niet bestaand*|bestaat niet meer|"
    "niet aanwezig",
    "exists": "bestaat|bestaan|gevonden|bekend|aanwezig",
    "nobody": "geen gebruiker|geen postvak|geen mailbox|niemand|geen account|geen ontvanger|"
    "geen postbus|geen enkele gebruiker",
    "invalid": "ongeldig*|onjuist adres|niet geldig",
    "full": "vol|overvol|quota overschreden|volle|quotum overschreden|over quota|zit vol|"
    "is vol|boven quota|volgelopen",
    "over": "overschr*|bereikt|overtreft|opgebruikt",
    "noroom": "geen ruimte|onvoldoende ruimte|niet genoeg ruimte|geen opslagruimte|"
    "te weinig ruimte|"
    "ruimtegebrek|onvoldoende opslagruimte|onvoldoende schijfruimte",
    "disabled": "uitgeschakeld*|gedeactiveerd*|opgeheven|gesloten|opgezegd|inactief|niet actief|"
    "verwijderd|verlopen|buiten gebruik|niet meer in gebruik|opgeschort|niet meer actief|"
    "afgesloten",
    "busy": "bezet|in gebruik",
    "gone": "werkt hier niet meer|werkt niet meer",
    "moved": "nieuw adres|verhuisd|gewijzigd",
    "listed": "staat op|vermeld|op een lijst|gelijst|genoteerd|komt voor op|staat vermeld|staat in",
    "blocked": "geblokkeerd*|geblokt|verbannen|geweerd|blokkeren",
    "refused": "geweiger*|afgewezen|afgekeurd|weigert|verworpen",
    "accepted": "toegestaan*|toegelaten|geaccepteerd*|accepteert|aanvaard|aangenomen|mag|mogen|"
    "bevoegd|accepteren|neemt aan",
    "forbidden": "verboden|niet toegestaan|ontoelaatbaar|niet toegelaten",
    "bad": "slecht|slechte|lage|laag",
    "required": "vereist|verplicht|nodig|moet|moeten|noodzakelijk|gelieve|dient",
    "only": "alleen|uitsluitend|eerst|enkel|slechts",
    "failed": "mislukt*|fout|storing|defect|gefaald|probleem|kapot|interne fout",
    "wrong": "onjuist*|verkeerd*|klopt niet|kloppen niet|foutief|incorrect|niet overeen",
    "reached": "bereikbaar|bereiken|antwoordt|beschikbaar|gecontroleerd|controleren|"
    "raadplegen|mogelijk",
    "resolves": "resolven|opgelost|herleid*|te herleiden|omgezet",
    "passes": "geslaagd|slaagt|voldoet|in orde",
    "many": "te veel|teveel|limiet|maximaal|maximum|hoogstens|aantal|meer dan|maximale",
    "large": "te groot|te grote|te lang|te omvangrijk|groter dan",
    "fast": "te snel|te vaak|tempo|frequentie|snelheid",
    "later": "later|opnieuw|nog eens|nogmaals|straks|probeer|weer",
    "wait": "over enkele minuten|over een paar minuten|wacht|seconden|minuten|over minuten|"
    "enkele ogenblikken",
    "new": "eerste keer|eerste contact|eerste poging|nieuwe afzender",
    "greylisted": "grijze lijst|greylist*|grijslijst",
    "down": "overbelast|onderhoud|buiten dienst|niet beschikbaar|onbeschikbaar|te druk|"
    "onder onderhoud|onbereikbaar server|server is bezet",
    "silent": "time out|tijd verstreken|geen antwoord|inactiviteit|duurde te lang|verstreken",
    "spam": "antispam*|anti spam*|spam|ongewenst*|reclame|ongevraagd*|spambericht",
    "judged": "aangemerkt|beschouwd|herkend|gemarkeerd|geclassificeerd|gedetecteerd|"
    "geïdentificeerd|gezien als|lijkt op|aangezien voor|score|verdacht*|beoordeeld|gevonden",
    "infected": "virus|geïnfecteerd|besmet|malware|kwaadaardig*|virussen|schadelijk*",
    "phishing": "phishing|fraude|oplichting",
    "forged": "vervalst*|nagemaakt|gespooft",
    "missing": "ontbreek*|ontbrek*|zonder|leeg|mist|heeft geen|bevat geen",
    "several": "meerdere|dubbel*",
    "malformed": "misvormd|niet conform",
    "loop": "lus|mailloop|kringloop|loop",
    "hellofirst": "eerst helo|eerst ehlo|stuur eerst helo|stuur eerst ehlo",
    "mailfirst": "eerst mail",
    "rcptfirst": "geen geldige ontvangers|eerst rcpt",
    "order": "verkeerde volgorde|onjuiste volgorde|volgorde",
    "unimplemented": "niet ondersteund*|niet geïmplementeerd|onbekende opdracht|"
    "onbekend commando|wordt niet ondersteund|niet herkend",
    "utf8": "smtputf8|niet ascii|unicode",
    "foreign": "extern*|andere domeinen|vreemde*|buiten",
    "local": "lokaal|lokale|gehost|onze domeinen|onze klanten",
    "own": "toebehoort|namens|hoort bij|behoort",
    "nomail": "ontvangt geen mail|ontvangt geen e mail|accepteert geen mail|"
    "neemt geen mail aan|accepteert geen e mail",
    "temporary": "tijdelijk*|momenteel|op dit moment|voorlopig|voorlopige|nu",
    "abused": "gehackt|gecompromitteerd|misbruikt",
    "vague": "toegang|bezorg*|afgeleverd|aflever*|helaas|verzoek|actie|reden|op deze server|"
    "in dit domein|op dit domein|op dit systeem|transactie|code",
    "if": "indien|als u|mocht",
    "see": "zie|meer informatie|informatie|bezoek|hulp|raadpleeg|neem contact",
    "not": "niet|nooit|noch|evenmin",
    "no": "geen|zonder",
    "but": "maar|echter|omdat|want|doch|aangezien",
}

LANGUAGE = language(
    "nl", "Dutch", WORDS,
    "de het een is zijn was werd wordt worden van voor dit deze die dat aan op in te met en er om "
    "heeft hebben door uit onze ons bij als over naar zit kan kon",
)  # fmt: skip
