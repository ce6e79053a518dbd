"""Italian."""

from __future__ import annotations

from smtpprobe.knowledge.language.language import language

WORDS: dict[str, str] = {
    "box": "casella|caselle|casella di posta|casella postale|mailbox|account|"
    "casella di posta elettronica|cassetta postale|cassetta",
    "user": "utente|utenti|utenza|persona|titolare",
    "recipient": "destinatario|destinataria|indirizzo del destinatario|"
    "indirizzo di destinazione|indirizzo destinatario|ricevente",
    "address": "indirizzo|indirizzo email|indirizzo e mail|indirizzo mail|"
    "indirizzo di posta elettronica|indirizzo di posta|indirizzi",
    "sender": "mittente|indirizzo del mittente|indirizzo mittente|dominio del mittente|"
    "dominio mittente|mittenti|indirizzo di invio",
    "sending": "invio|invii|inviare|inviato|invia|spedizione|spedire|in uscita",
    "you": "voi|vostro|vostra|tuo|tua|suo|sua|lei|ti",
    "domain": "dominio|domini",
    "nameserver": "server dei nomi|name server",
    "client": "indirizzo ip|vostro ip|tuo ip|ip|vostro indirizzo ip|tuo indirizzo ip|"
    "suo indirizzo ip|vostro server|tuo server|vostra rete|ip mittente|ip del mittente|"
    "indirizzi ip|server mittente|server del mittente|vostro host|suo server",
    "kind": "dinamico|dinamici|dinamica|residenzial*|domestic*",
    "country": "paese|paesi|nazione",
    "helo": "helo|ehlo",
    "server": "server|servizio|sistema|noi|server di posta",
    "onward": "server remoto|server di destinazione|server interno|server destinatario",
    "message": "messaggio|posta|mail|email|e mail|contenuto|corpo|posta elettronica|lettera",
    "file": "allegato|allegati|file|archivio|eseguibil*|tipo di file|estensione",
    "link": "link|collegamento|collegamenti|url",
    "header": "intestazione|intestazioni|oggetto|header",
    "line": "riga|righe|linea|linee",
    "bareline": "fine riga|fine linea",
    "quota": "quota|spazio di archiviazione|spazio disco|spazio assegnato|spazio su disco|"
    "capienza|capacità|quota disco",
    "size": "dimensione|dimensioni|byte|mb|kb|dimensione massima|grandezza",
    "recipients": "destinatari|numero di destinatari|numero destinatari",
    "connections": "connessioni|connessione|sessioni|connessioni simultanee|"
    "connessioni contemporanee|sessione",
    "messages": "messaggi|mails|numero di messaggi",
    "period": "ora|ore|giorno|minuto|al minuto|all ora|al giorno|orario|oraria|giornalier*|"
    "oggi|domani|per ora",
    "password": "password|credenziali|parola chiave|utente o password|nome utente o password",
    "login": "autenticazione|autenticar*|autenticat*|login|accesso con login|effettuare il login|"
    "autenticarsi",
    "mechanism": "meccanismo|metodo di autenticazione|meccanismo di autenticazione",
    "tls": "tls|ssl|starttls|cifratura|crittografia|crittografat*|cifrat*|connessione sicura",
    "certificate": "certificato",
    "clear": "non cifrat*|in chiaro|non crittografat*|non sicura|senza cifratura",
    "checks": "spf|dkim|dmarc|firma dkim|controllo spf|verifica spf|record spf|politica dmarc",
    "ptr": "ptr|dns inverso|reverse dns|record ptr|risoluzione inversa|rdns|reverse|inverso",
    "dns": "dns|mx|record mx|record a",
    "list": "lista nera|liste nere|blacklist|black list|rbl|dnsbl|lista di blocco|"
    "elenco dei bloccati|lista di spam",
    "reputation": "reputazione",
    "checker": "antivirus|database|filtro|directory|ldap|server di autenticazione|base dati",
    "disk": "spazio su disco del server|spazio disco del server|disco|disco del server|spool|"
    "coda|partizione",
    "group": "lista di distribuzione|mailing list|membri|iscritti|moderatore|gruppo|"
    "elenco degli ip autorizzati|whitelist",
    "rule": "policy|regola|regole|politica|politiche|criteri|norma",
    "command": "comando|parametro|argomento|opzione",
    "syntax": "sintassi|carattere|caratteri|formato dell indirizzo|formato indirizzo|malformato",
    "relay": "relay|inoltro|inoltrare|rilancio|relaying|inoltrato",
    "errors": "errori|comandi non validi",
    "report": "segnalazioni|lamentele",
    "queue": "in coda|tempo massimo di consegna",
    "unknown": "sconosciut*|non esiste|inesistent*|non trovat*|non esistent*|non è stato trovato|"
    "non conosciut*|non esistono|non presente|non è presente|non censit*|non riconosciut*|"
    "non registrat*|impossibile trovare|non è stata trovata|non risulta|non esiste più",
    "exists": "esiste|esistono|trovat*|conosciut*|presente|registrat*|censit*|riconosciut*",
    "nobody": "nessun utente|nessuna casella|nessun account|nessuno|nessun destinatario|"
    "nessun indirizzo",
    "invalid": "non valid*|invalid*|non corrett*|errato|errata|non è valid*",
    "full": "pien*|piena|satur*|quota superata|quota esaurita|oltre quota|ha superato la quota|"
    "superato la quota|superamento quota|ha esaurito la quota|overquota|over quota|"
    "superata la quota|esaurito lo spazio|esaurito spazio",
    "over": "superat*|supera|esaurit*|ecced*|oltre|raggiunt*|superamento",
    "noroom": "spazio insufficiente|spazio esaurito|non c è spazio|senza spazio|"
    "mancanza di spazio|manca spazio|spazio non sufficiente|non ha spazio|non c è più spazio",
    "disabled": "disabilitat*|disattiv*|sospes*|chius*|cancellat*|eliminat*|cessat*|"
    "scadut*|inattiv*|non attiv*|non più attiv*|non è attiv*|non è più attiv*|dismess*|"
    "rimoss*|casella bloccata|account bloccato",
    "busy": "occupat*|in uso|in utilizzo",
    "gone": "non lavora più|ha lasciato",
    "moved": "nuovo indirizzo|ha cambiato indirizzo|trasferit*|è cambiato",
    "listed": "elencat*|inserit* in|presente in|presente su|è presente nella|figura in|"
    "si trova in|iscritt* in|listato|listata|presente nella|blacklistato|in elenco",
    "blocked": "blocca*|bandit*|bannat*|in blacklist",
    "refused": "rifiut*|respint*|negat*|rigettat*|scartat*",
    "accepted": "accett*|consentit*|permess*|autorizzat*|ammess*|abilitat*",
    "forbidden": "vietat*|proibit*|non consentit*|non autorizzat*|non ammess*|non permess*|"
    "non abilitat*",
    "bad": "cattiva|cattivo|bassa|scarsa|pessima",
    "required": "richiest*|necessari*|obbligatori*|deve|occorre|bisogna|richiede|prego|"
    "devono|devi|serve|è necessario|dovete|usare|utilizzare",
    "only": "solo|soltanto|solamente|prima|unicamente|esclusivamente",
    "failed": "impossibile verificare|impossibile contattare|impossibile consultare|"
    "impossibile accedere|impossibile interrogare|fallit*|errore|errore interno|guasto|"
    "problema|problemi|fallimento|"
    "non riuscit*|malfunzionamento|anomalia",
    "wrong": "errati|errate|sbagliat*|non corrispond*|credenziali errate|password errata",
    "reached": "consultare|interrogare|raggiungibil*|risponde|contattare|raggiungere|"
    "verificare|verificat*|accessibil*|"
    "possibile",
    "resolves": "risolv*|risolt*|risolvibile",
    "passes": "supera il controllo|passa|conforme|valido|valida",
    "many": "troppi|troppe|troppo|limite|limiti|massimo|massima|al massimo|numero massimo|"
    "più di|eccessiv*",
    "large": "troppo grande|troppo grandi|troppo lung*|troppo pesante|troppo voluminoso|"
    "supera la dimensione|dimensione eccessiva|dimensione superata|eccede la dimensione",
    "fast": "troppo velocemente|troppo veloce|troppo spesso|frequenza|troppo rapidamente|"
    "troppo frequent*|velocità|ritmo",
    "later": "più tardi|riprov*|in seguito|di nuovo|nuovamente|successivamente|ritent*|"
    "reinvia*|ripetere",
    "wait": "tra qualche minuto|attend*|secondi|fra qualche minuto|tra alcuni minuti|"
    "fra alcuni minuti|tra minuti|minuti|qualche istante",
    "new": "prima volta|primo contatto|primo tentativo|nuovo mittente",
    "greylisted": "lista grigia|greylist*|liste grigie|in lista grigia",
    "down": "non disponibile|manutenzione|sovraccaric*|fuori servizio|server occupato|"
    "indisponibile|in manutenzione|spegnimento|non è disponibile",
    "silent": "tempo scaduto|timeout|inattività|nessuna risposta|tempo esaurito",
    "spam": "antispam*|anti spam*|spam|indesiderat*|posta indesiderata|non sollecitat*|"
    "pubblicit*|spazzatura",
    "judged": "considerat*|classificat*|rilevat*|identificat*|riconosciut* come|sembra|sospett*|"
    "punteggio|ritenut*|contrassegnat*|giudicat*|individuat*|somiglia",
    "infected": "virus|infett*|malware|malevolo|codice malevolo|dannoso",
    "phishing": "phishing|frode|truffa|fraudolent*",
    "forged": "falsificat*|contraffatt*|falso",
    "missing": "manca|mancant*|mancanza|assent*|assenza|vuoto|senza|priv*|non contiene|"
    "non ha|non possiede|non dispone di",
    "several": "più di uno|duplicat*|multipl*|doppi*",
    "malformed": "malformat* messaggio|non conforme|messaggio malformato",
    "loop": "loop|ciclo|mail loop",
    "hellofirst": "prima ehlo|prima helo|inviare helo|inviare ehlo",
    "mailfirst": "prima mail|manca mail",
    "rcptfirst": "nessun destinatario valido|prima rcpt",
    "order": "sequenza errata|sequenza non valida|fuori sequenza|sequenza di comandi errata",
    "unimplemented": "non implementat*|non supportat*|comando sconosciuto|"
    "comando non riconosciuto|non è supportat*",
    "utf8": "smtputf8|non ascii|unicode",
    "foreign": "estern*|altri domini|estrane*",
    "local": "locale|locali|ospitat*|gestit*|nostri domini|nostri clienti",
    "own": "appartiene|per conto di|di proprietà",
    "nomail": "non riceve posta|non accetta posta|non accetta mail",
    "temporary": "temporane*|momentane*|al momento|attualmente|per ora|provvisori*",
    "abused": "compromess*|violat*",
    "vague": "impossibile|in questo dominio|su questo dominio|su questo server|su questo sistema|"
    "nel dominio|accesso|consegna|consegnat*|consegnare|recapit*|spiacent*|richiesta|operazione|"
    "transazione|motivo|codice|chiusura connessione",
    "if": "se|nel caso",
    "see": "vedere|vedi|consultare|consulta|ulteriori informazioni|informazioni|aiuto|visita|"
    "contattare l|contatta|per maggiori|maggiori informazioni",
    "not": "non|mai|né|nemmeno",
    "no": "nessun|nessuna|senza|nessuno",
    "but": "ma|però|tuttavia|perché|poiché|bensì|in quanto",
}

LANGUAGE = language(
    "it", "Italian", WORDS,
    "il lo la i gli le l un uno una dei degli delle del della di da d è sono stato stata stati ha "
    "hanno è al alla allo ai in nel nella per con a che e come questo questa quest dal dalla su "
    "sul sulla si nostro nostra vostro il",
)  # fmt: skip
