"""English."""

from __future__ import annotations

from smtpprobe.knowledge.language.language import language

WORDS: dict[str, str] = {
    # Things.
    "box": "mail account|email account|e mail account|useraccount|user account|mail folder|"
    "postbox|mail address of user|"
    "mailbox*|inbox*|account*|maildrop*|mail drop*|mail store|mail box*|post box|"
    "mailfolder|box|subscription|mail file|alias|mbox|account you",
    "user": "user*|person*|customer*|people|login named|subscriber named|employee*|mail user*|"
    "username|user name|local part|name here|rcpt",
    "recipient": "recepient|recipent|reciepient|receipient|"
    "rcpt address|to address|target address|target mailbox|intended recipient|"
    "intented recipient|destination user|final recipient|recipients address|"
    "recipient|recipient address|recipient s|addressee|destination address|"
    "destination|rcpt to|rcptto|email recipient|recipientaddress|envelope recipient|this recipient|"
    "forward path|destination mailbox|receiver",
    "address": "adress|addres|e-mail adress|mail adress|email adress|"
    "address|mail address|email address|e mail address|emailaddress",
    "who": "he|his|she|her|him",
    "sender": "sender email|sender mail address|sender email address|sending address|sending user|"
    "return address|bounce address|responsible address|envelope sender address|from email|"
    "mail sender|email sender|reverse path address|"
    "sender|sender address|sender s|sender domain|mail from|return path|reverse path|"
    "envelope from|envelope sender|from address|originator*|sender s domain|your sender address|"
    "domain of your sender|you send from|you gave in mail|mailfrom|from domain|sending domain|"
    "sender of|address of sender|domain of sender|your domain|senders|your e mail address|"
    "your email address|mail of sender|author domain|throw away address*|throwaway*|"
    "disposable address*|disposable domain*|batv|returned mail|third party dsn*",
    "replyto": "reply to|display name|reply to address",
    "sending": "sending|outgoing|outbound|submission|send quota|sent|you send|you sent|"
    "send on behalf",
    "you": "you|strangers|your access",
    "domain": "domain*|host name|mail for|hostname|tld|top level domain",
    "signer": "signing domain|d",
    "nameserver": "name servers|nameservers|name server of|nameserver|name server",
    "client": "your mail host|your smtp server|your mailserver|your mta|sending mta|sending server|"
    "sending system|sending mail server|remote mta|remote mail server|remote ip|"
    "remote address|sender ip|sender ip address|senderip|ip of sender|originating ip|"
    "your connection|your netblock|mail server ip|server ip|server ip address|"
    "delivering server|delivering host|delivering mta|connecting server|connecting mta|"
    "connecting mail server|client ip|client address|host ip|clientip|"
    "ip|ip address|ips|your ip*|your network|your host*|your server*|your range|"
    "your subnet|your provider*|your isp|connections from|connection from|sending ip|network|"
    "subnet|hoster*|iprep|connecting ip|your mail server|whole network|source ip|your machine|"
    "mail server at|range|address range*|address ranges|netblock*|ip range*|ip block*|"
    "spam source|source address|black ip|hosting companies|hosting networks|cloud networks|"
    "smtpport check error",
    "kind": "pppoe|open proxy|open proxies|botnet|zombie*|anonymous proxy|anonymizer|datacenter*|"
    "data center*|data centre*|"
    "tor exit*|tor node*|tor network|vpn*|"
    "dynamic*|residential|dial up|dialup|consumer|broadband|dsl|end user range|dial in|"
    "cable modem|generic|home connection*|home address*|end user*|adsl|cable user*|dynamic pool|"
    "dialin|your isp mail relay|your isp s|your provider s|use your isp|use your provider|"
    "smtp server of your isp|mail server of your isp|relay of your isp|via your isp|"
    "through your isp|via your provider|home users|please use your provider*|"
    "please use your isp*|please use smtp server of your isp|please use mail server of your isp",
    "country": "geoip|geo ip|country code|nation|that country|geographical|"
    "country|countries|geo|geographic*|region|location|your location|geolocation",
    "helo": "helo is|helo contents|contents of helo|helo parameter|helo string|helo host|"
    "ehlo domain|helo domain|ehlo name given|"
    "introduced yourself as|introduce yourself as|claim to be named|helo|ehlo|hello|"
    "hello name|helo name|ehlo name|helo command|ehlo argument|"
    "helo argument|helo ehlo|ehlo helo|greet us|greets us|greeted us|you greet",
    "server": "server|service|system|machine|we|our server|our service|this server|gateway|"
    "mail system|mail server|smtp service|smtp server|mail service|relay behind|resources",
    "onward": "host that keeps|host that holds|mailbox host|mailbox server|"
    "inner mail server|next hop|backend server|downstream|destination server|"
    "internal server|upstream|remote server|final destination|relay server|remote host said|"
    "connect to 127",
    "message": "mesage|messge|"
    "message|mail|email|e mail|letter|content|contents|body|text|this one|newsletter|"
    "newsletters",
    "file": "subject in capital letters|"
    "double extension|jar|msi|cab|lnk|vba|hta|wsf|ace|macro enabled|executables|"
    "nested archive*|zip bomb|uuencode*|tnef|encoded messages|binary messages|"
    "base 64 messages|binary body|embedded image*|inline image*|embedded images|javascript|"
    "html tag*|html code|html mail|html messages|message partial|rar archive|"
    "file extension*|extension*|attachment type*|attachment filter*|"
    "zips|rar|password protected|encrypted archive*|encrypted zip*|"
    "encrypted attachment*|"
    "attachment*|archive*|zip|file|files|macro*|executable*|file type*|content type*|"
    "program|programs|attached|script|scripts|file name|filename*|documents|media|html part|"
    "only html|but html|nothing but html|banned content|prohibited content|forbidden content|"
    "message content|unacceptable content|content of this message|due to its content|"
    "due to its contents|because of its content|because of its contents|due to content|"
    "for its content|due to message content|based on its content|based on content|exe|scr|vbs|"
    "application x msdownload|octet stream|unsafe content|objectionable content|"
    "offensive content|inappropriate content|dangerous content|undesirable content|mail content|"
    "mime type|mime types|banned word*|forbidden word*|forbidden keyword*|prohibited word*|"
    "content filter rejection|rejected by content filter",
    "link": "link*|url|urls|uri|hyperlink*|website",
    "header": "header|headers|header line|header lines|mime|message id|subject|charset|"
    "subject line|date header|from header|line endings|mime structure|headers of|message format|"
    "date field|from field|subject field|to field|header field|header fields|header error|"
    "headers error|bad header|invalid header|mime error",
    "line": "line|lines|line length|long lines|too long line",
    "bareline": "stray cr|stray newline|stray lf|stray carriage|"
    "lonely lf|lonely cr|dot came without cr|lf alone|"
    "barelf*|bare lf|bare cr|bare linefeed|bare newline|lone lf|lone cr|bare carriage|"
    "bare crlf|lf without|bare line*|line ends",
    "quota": "diskspace|mail space|mailbox space|inbox space|maildir|"
    "allotment|"
    "quota*|storage|disk quota|mailbox quota|mailbox size|allocation|storage limit|"
    "capacity",
    "size": "size|sizes|bytes|byte|octets|kilobytes|megabytes|mb|kb|mib|kib|gb|sz|message size|"
    "length|weighs|mailsize|messagesize|mail size|msg size",
    "recipients": "recipients|addressees|rcpts|number of recipients|destination domains|"
    "recipient count|mailboxes|destinations|one recipient|addresses|recipient limit|"
    "recipients limit|more than one recipient|never sent to more than one recipient",
    "connections": "connection|connections|sessions|session|server ports|connection count|"
    "connects|simultaneous connections|out of connections|connections from|connection from|slots|"
    "slots taken",
    "messages": "messages|mails|emails|e mails|letters|transactions|mail volume|volume|traffic|"
    "requests|deliveries",
    "period": "short time|short period|short while|time window|"
    "hour|hourly|minute|minutes|day|daily|today|per day|per hour|per minute|tomorrow|"
    "week|midnight|lately|a day|last minute|month|monthly|h|m|year|years|months|"
    "idle too long|idle for too long|inactive too long|inactive for too long",
    "password": "password*|credential*|secret|token|passphrase|passwords|authentication data|pass",
    "login": "authenticated nor relayed|"
    "receive your mail|retrieve your mail|collect your mail|check your mail|"
    "check mail first|pop your mail|pop first|check mail via|smtp auth|"
    "login|log in|logged in|log on|sign in|auth|authentic*|smtp auth*|logins|logged on|"
    "smtp authentication|unauthenticated|logon|saslauthd|sasl|pop before smtp|pop before|"
    "check for new mail|fetch your mail|authenticated users|signed in|auth type is required",
    "mechanism": "mechanism*|authentication type|auth type|authentication method*|"
    "auth mechanism*|authentication mechanism*|factor|app password|"
    "application specific password|application password|second factor|web browser|browser",
    "tls": "tls|ssl|starttls|encrypt*|secure connection|secured connection|secure channel|"
    "encrypted connection*|encrypted session|requiretls|security layer|cipher*|start tls|"
    "handshake|handshake error|starttls comes first|tls comes first|starttls first|tls first|"
    "starttls before|tls before|encrypt before",
    "certificate": "certificate*|key file|private key|cert",
    "clear": "unencrypted|clear text|cleartext|plaintext|plain text|insecure|unsecure*|"
    "open line|not encrypted|not secure|unprotected|non tls",
    "checks": "purported responsible*|pra|spf record*|spf check|dkim check|sender framework|"
    "authenticity|"
    "spf|dkim|dmarc|arc|sender policy framework|arc chain|authentication checks|"
    "body hash|sender authentication|email authentication|senderid|message authentication|"
    "signature|authentication check|permitted sender|domainkeys|authentication results|"
    "authentication information|sender id|must be signed|is not signed|message is unsigned|"
    "unsigned message|unsigned mail|alignment|not aligned",
    "ptr": "reverse domain name|ptr name|reverse dns name|in addr arpa|reverse hostnames|"
    "rdns record|pointer record|pointer records|reverse zone|inverse lookup|inverse dns|"
    "inverse resolution|reverse delegation|revdns|rev dns|reverse address|reverse lookups|"
    "ip name|resolve to your ip|reverse dns entry|reverse dns mapping|reverse dns lookup*|"
    "reverse dns quer*|reverse dns record*|"
    "nameless|ip2name|"
    "ptr*|reverse dns|reverse name|reverse lookup|rdns|reverse hostname|reverse entry|"
    "reverse record|reverse resolution|your hostname|your reverse hostname|forward dns|"
    "forward and reverse|ip to name|iprev|fcrdns|reverse mapping|reverse pointer|reverse ip|"
    "reverse|ip to a name|your ip to a name|address to a name|ip address to a hostname|"
    "address to a hostname|ip to hostname|ip name lookup|name lookup of ip|ip lookup|"
    "relay host name|client host name|your host name|connecting host name|resolve your address|"
    "resolve your ip|possibly forged hostname|forged hostname|possibly forged",
    "dns": "dns|mx|mx record*|a record|address record*|mx host|dns record*|nxdomain|aaaa|"
    "mx records|mx nor|mail exchanger|mail exchangers|mail host|cname|cnames|cname record*",
    "list": "uceprotect*|cbl|njabl|psbl|mailspike|invaluement|lashback|backscatterer|manitu|"
    "nixspam|dronebl|s5h|spamrats|ivmsip|ivmuri|abusix*|hostkarma|gbudb|cymru|wpbl|spfbl|"
    "abuseat|surriel|zapbl|nszones|rhsbl|rfc ignorant|drop list|edrop|realtime blackhole*|"
    "real time black*|real time block*|ban lists|bad guys|invalument|barracudacentral|"
    "hostedemail|rbls|dnsbls|spam lists|spam source list|attrbl|"
    "blacklist|blacklists|blocklist*|block list*|black list*|deny list*|denylist*|dnsbl*|"
    "rbl*|dbl|uribl|surbl|spamhaus|spamcop|barracuda*|reject list|blackhole*|zen|pbl|sbl|xbl|"
    "sorbs|personal block list|list of unwanted|black hole list|stop list|ban list|spam list|bl|"
    "dnsrbl|dns blacklist*|dns blocklist*|dns blacklisted",
    "reputation": "trust level|ip reputation|domain reputation|bad history|spam history|"
    "track record|"
    "reputation*|senderscore|sender score|score of|iprep|trust score|"
    "reputation score|senderbase|sender reputation|senders reputation|sender s reputation|"
    "sending reputation",
    "checker": "scanner*|filter|filters|database*|daemon|directory|ldap|lookup*|milter*|backend|"
    "back end|licence|license|index|configuration|queue file|table|policy service|"
    "content filter*|engine|resolver|file system|socket|software|password server|quota service|"
    "user database|mail store index|checks on|servers|authentication server|"
    "authentication backend|authentication service|mailbox store|disk i|i o|disk write|"
    "callout server|message store|routing|lda|antivirus|anti virus|av scanner|scan|scanning|"
    "virus_scan|disk write error|disk error|backend error|lookup error|"
    "amavis*|clamd|clamav*|spamd|rspamd|opendkim|opendmarc|policyd|mysql|postgres*|"
    "memcached|sqlite",
    "disk": "inode*|spool file|"
    "disk|partition|spool|disk space|filesystem|our spool|queue disk|message queue|"
    "mail queue|system storage|system resources|memory|disks|back pressure|backpressure|"
    "insufficient system storage|insufficient system resources|no disk space|no free disk space|"
    "not enough disk|mail system is full|system is full|system full",
    "group": "closed mailing list|closed group|closed mailing group|"
    "for internal use|internal use|internal addresses|internal address|"
    "group|members|member|subscribers|moderat*|closed list|mailing list|this list|"
    "list owner|whitelist*|allow list*|allowlist*|inside mail|outside mail|within organi*|"
    "from within|from inside|membership|list is|list accepts|senders that|only from|its owner|"
    "approved senders|safe senders|post to|inside company|within company|inside our|"
    "internal senders|inside the company|permission to post|permission to send to|may post|"
    "trusted senders|address book|trusted contacts|our partners|partners only",
    "rule": "classified marking*|classification marking*|protective marking*|marking found|"
    "compliance|terms of service|terms of use|acceptable use|code of conduct|"
    "security reason*|security concern*|site policy|corporate policies|"
    "administrative prohibition|filter rule*|mail policy|mailpolicy|policy restriction*|"
    "policy reason*|policy reasons|usage policy|security restriction*|"
    "organizational policy|filtering policy|email policy|"
    "is on our suppression list|is on your suppression list|suppression list|"
    "suppressed|"
    "policy|policies|rule*|our rules|house rules|prohibit*|administrative*|gcdp|"
    "local policy|dlp|data loss|by administrator|delivery not authori*|access denied|restricted|"
    "restriction*|own filter|filter script|list unsubscribe|category|anti spoofing rule|"
    "access rule*|impersonation guard|guard|policy violation|violation of policy|"
    "violation of our policy|violates policy|violates our policy|violates local policy|"
    "security policy|organizational settings|organisational settings|organization policy|"
    "organisation policy|company policy|corporate policy|security settings|"
    "insufficient authorization|insufficient privileges|insufficient permission*|no outside mail|"
    "no external mail|no mail from outside",
    "command": "command|commands|verb|argument*|parameter*|option*|word|ehlo keyword|vrfy|expn",
    "syntax": "syntax|character*|bracket*|angle brackets|parse*|quoting|quote*|base64|"
    "fully qualified|fqdn|format of|colon|encoding|syntactically|full one|enclosed|qualified|"
    "bad protocol|auth string|"
    "improper recipient address|improper sender address|improper address|takes no argument*|"
    "takes no parameter*",
    "relay": "not a local client|not local client|"
    "only allowed for local users|only for local users|no relay|relay of mail|"
    "relaying of mail|gateway for you|non local address|non local addresses|"
    "non local e mail|non local email|non local domain*|remote addresses|"
    "write to local users|write to local user|not a gateway|not gateway|"
    "both foreign|"
    "relay*|relaying|forward mail|external routing|rcpthosts|open relay|pass mail on|"
    "forward messages|unable to relay|relay access|mail relay|relays|not forward|"
    "third party relay|pass mail|forwarding mail|relay access denied|relaying denied|"
    "machine to relay|smtp of your provider|relay for you|mail gate|local user only|"
    "local users only|local delivery only|insecure mail relay|insecure relay|"
    "not accepting email for domain|not accepting mail for domain|not accept mail for domain|"
    "not accepting email for this domain|not accepting mail for this domain",
    "errors": "errors|bad commands|invalid commands|unrecognized commands|unrecognised commands|"
    "unknown commands|syntax errors|protocol errors|non mail commands|junk commands|"
    "more errors than",
    "report": "complain*|spam reports|abuse|unsolicited mail from|reported",
    "callout": "postmaster verification|verification failed for|sender check|"
    "sender address verification|sender verify failed|"
    "callout|verify sender|sender verif*|verify callout|check of sender|own server|"
    "sender callback|callback|its own server|sender address verif*",
    "queue": "too long in queue|expired too long in queue|"
    "in queue|delivery expired|days|retry timeout|message expired|queue lifetime|"
    "given up|too old|was in queue|in queue for|queue for too long|queued too long|retry time|"
    "could not be delivered within|queue expired|delivery time expired|time expired|"
    "expired in queue|failing for long time|retry time not reached|been in queue|"
    "returned to sender after",
    "duplicate": "second copy|duplicate message|duplicate of|duplicate copy|have this already|"
    "already have this|have already",
    "peer": "client|clients|client host|remote host|connecting host|sending host|hosts|"
    "connections|connecting client|your client|host is on|host",
    "your": "your|yours|yourself",
    # States.
    "unknown": "unkown|unknow|unknwon|uknown|"
    "is not set up|not set up|"
    "not on this system|not on this server|not available on this system|"
    "not available on this server|not at this host|not at this site|no record of|"
    "no record for|unassigned|not assigned|never existed|unable to locate|can not locate|"
    "could not locate|could not find|no match for|no matching|notfound|not exists|"
    "no longer on system|no longer on this system|no longer on this server|"
    "previously bounced|bounced before|bounced earlier|bounced previously|"
    "hard bounced|"
    "user unknown in virtual mailbox table|user unknown in local recipient table|"
    "user unknown in relay recipient table|user unknown in virtual alias table|"
    "unknown*|does not exist|nonexist*|non exist*|inexist*|unrecogni*|unrout*|"
    "no such user*|no such|no such mailbox|no such recipient|no such person|recipientnotfound|"
    "unk|nosuchuser|unknown user|user unknown|nx|no longer exists|undefined|non deliverable|"
    "unable to find|could not be found|cannot be found|can not find|unconfigured|not configured|"
    "dead domain|must resolve",
    "exists": "exsist|exsists|"
    "exist*|found|find|known|know|present|recogni*|registered|in directory|on file|"
    "configured|in our directory|in database|located|listed in our directory|one of our|"
    "one we know|of ours|user here|active directory|deliverable|associated|defined|user of|"
    "among our|in our user*|in local recipient|valid|could be found|be found|find user|have a|"
    "have account|have mailbox|have any|have user|have such|recipient list|in recipient list|"
    "recipient map|recipient table|found in|found on|in list of recipients|in use here|in use|"
    "in our database|in our records|our records|in our system|on our system|"
    "listed in domino directory|listed in directory|listed in public name|"
    "listed in public address|live here|lives here|works here",
    "nobody": "no such person at|no such recipients|no such subscriber|no such customer|"
    "no such member|no such email|no such email address|no such mail address|"
    "no such virtual|no such virtual user|no such list|no such alias|no such local user|"
    "no mailbox by that name|no mailbox with|no account by that name|no account with|"
    "no account for|no recipient by|no local mailbox|no local recipient|no person by|"
    "no subscriber|no users by|no redirect entry|no forwarding entry|no forwarder|"
    "no one by that name|no user by that name|not a known user|failed recipient validation|"
    "recipient validation failed|failed recipient check|recipient check failed|"
    "recipient verification failure|recipient address verification failed|"
    "failed address verification|no recipients for|no such user yet|"
    "recipient can not be verified|unable to validate recipient|can not verify recipient|"
    "could not verify recipient|not one of our addresses|not one of our own addresses|"
    "user unknown in virtual mailbox table|user unknown in local recipient table|"
    "user unknown in relay recipient table|user unknown in virtual alias table|"
    "no entry for|has no entry|no such entry|"
    "nobody|no one|never heard of|do not know any|not one of our users|no person|"
    "no body|nobody called|nobody here|no user here|no account of|no mailbox of|no user|no users|"
    "no mailbox|no account|no such login|no mail drop|no mail store|no inbox|no recipient named|"
    "no local user|no maildrop|no one here|no mailbox here|no address|no users here|"
    "does not have account|does not have mailbox|no recipient|no alias|any user|unknown user|"
    "user unknown|no such user|no such mailbox|no such recipient|no such person|"
    "recipientnotfound|exrecipnotfound|recipnotfound|not our customer|not our user|no such local|"
    "unknown local part|no such address|user does not exist|unknown rcpt|not member of domain|"
    "not one of our members|not one of our subscribers|not one of our customers|"
    "not one of our clients|not one of ours|none of our users|recipient verification failed|"
    "recipient verify failed|"
    "email name is not found",
    "invalid": "not a valid|is not valid|no valid|not correct|misformed|"
    "invalid|bogus|illegal|not valid|bad address|bad recipient|bad mailbox|misspel*|"
    "bad destination|isn t valid|improper recipient address|improper sender address|"
    "improper address|takes no argument*|takes no parameter*|reserved domain",
    "full": "space not enough|space is not enough|"
    "capacity exceeded|filled|filled up|overdrawn|overquote|over quote|quote exceeded|"
    "out of quota|bursting|space has used up|blocks limit|inode limit|exceeded mailbox|"
    "exceed mailbox|exceeds mailbox|diskspace quota|dropfile size quota|"
    "exceeds allowed message count|over maximum allowed number of messages|"
    "maximum mailbox size|maximum allowed storage|would exceed maximum|"
    "extended quota violation|"
    "brim|at its brim|no free bytes|"
    "full|saturated|over quota|overquota|over its quota|over his quota|quota exceeded|"
    "quota exceed*|exceed* quota|exceeded storage|overfull|overflow*|quota full|full to brim|"
    "is at 100|is at 101|holds too many|would exceed quota|over storage limit|over disk quota|"
    "exceeds its quota|mailfull|mailbox limit|storage limit|quota violation|too full|"
    "reached its quota|over its storage|over his storage|quota violated|over storage quota|"
    "at its limit|too many messages waiting|too many unread|too many messages on server|"
    "too many messages in mailbox|"
    "too many messages in inbox|too many messages in box|too many messages stored|"
    "mail system is full|system is full|system full",
    "over": "exeeded|exeeds|exceded|exceeeded|exeeding|"
    "exceed*|over|over limit|used up|exhaust*|beyond|all used|out of|too much data|above|"
    "hit limit|reached|has reached|hits limit|has used|used of",
    "noroom": "not sufficient disk space|no sufficient disk space|not sufficient space|"
    "disk space exhausted|"
    "not enough diskspace|no diskspace|insufficient diskspace|not enough disk space|"
    "not enough mail space|mail space not enough|"
    "larger than space available|"
    "message size exceeds available queue space|"
    "size exceeds available queue space|available queue space|no free bytes|"
    "no space for|"
    "no space|no room|not enough space|not enough room|out of space|space insufficient|"
    "no storage|out of storage|hardly any space|no more space|no more room|does not fit|not fit|"
    "no free space|not enough storage|out of disk|out of memory|insufficient disk|"
    "insufficient storage|insufficient system|is room|no more mail|lack of space|"
    "insufficient system storage|insufficient system resources|insufficient space|"
    "insufficient disk space|insufficient room|insufficient resources|space low|low on space|"
    "low on disk|space not enough|not enough storage space|insufficient mailbox space|"
    "insufficient mailbox storage|no disk space|no free disk space|not enough disk|"
    "not have enough space|not have enough room|space used up|space is used up|"
    "not enough free blocks|no free blocks|no space left",
    "disabled": "shut off|inactivated|no longer maintained|no longer monitored|"
    "no longer in service|"
    "out of use|not in service|closed down|deprovisioned|unprovisioned|not provisioned|"
    "unallocated|not allocated|unlicensed|not licensed|hibernat*|noactivity|"
    "no recipient activity|not signed in|not entered|has not entered|never logged|"
    "never signed in|administratively blocked|is dead|was closed|been closed|"
    "mail receiving disabled|not configured to receive|not able to receive|can not receive|"
    "unable to receive|receiving is disabled|does not receive mail|"
    "does not receive messages|does not receive email|should log in|"
    "nobody reads|no one reads|deceased|has died|passed away|not read any more|"
    "not monitored|unmonitored|"
    "disabled|inactive|suspend*|deactivat*|closed|terminat*|switched off|turned off|"
    "frozen|unused|not active|no longer active|no longer accepts|no longer in use|"
    "no longer valid|retired account|not accepting*|deleted|removed|account expired|discontinued|"
    "abandoned|dormant|disabled by|blocked by its administrator|blocked by administrator|"
    "no longer receives|no longer receive|takes no messages|revoked|decommissioned|not been used|"
    "mailbox expired|user expired|has expired|address expired|subscription expired|"
    "no longer accept|archived|held|has been blocked by administrator|been blocked by|has ended|"
    "ended|run out|not enabled|is not enabled|account cancelled|account canceled|"
    "subscription cancelled|domain was cancelled|domain was canceled|not paid|unpaid|not used for|"
    "not activated|not enabled for mail|deactivated|"
    "marked as inactive|receiving disabled|on hold|not yet activated|is off|are off|"
    "not log in for|not logged in for|did not log in since|has not logged in|not accessed for|"
    "not been accessed|not read for|in my badrcptto list|in badrcptto list|badrcptto",
    "locked": "locked|lock|lock out|locked out",
    "busy": "busy|in use|locked by another|being moved|another session|being rebuilt|"
    "another delivery|being analysed|being analyzed|being scanned|under analysis",
    "gone": "left us|left company|no longer works|no longer work*|no longer with|retired|"
    "no longer employed|has left|no longer on server|no longer here|left organization|"
    "left organisation|left our|not work here|not works here|not here any longer|"
    "not here any more",
    "moved": "moved|changed|new address|relocated|migrated|address is now|now at|has moved|"
    "please try|write to instead|is now|instead",
    "listed": "listed|blacklisted|black listed|blocklisted|on our list|on block list|appears on|"
    "stands on|stand on|found in|in list|found on|in zone|is on|listed at|listed by|listed in|"
    "listed on|blocked using|on list|blacklisting|denylisted|in blacklist|listing|in our list|"
    "appears in|appears at|shows up on|shows up in|blocked by dnsbl",
    "blocked": "outgoing mail suspension|outgoing suspension|sending suspension|badrcptto|"
    "badrcptto list|"
    "bans|shunned|null routed|nullrouted|shut off from|locked out|"
    "blocked|banned|block|barred|shut out|ban|blocking|not welcome|"
    "not allowed to connect|not authorized to send email directly|not authorised to send|"
    "no mail from|firewalled|withdrawn|your access|refused by our|never welcome|unwelcome|"
    "turned away here|access to this mail server has|access has been withdrawn|filtered|"
    "blocked by|badmailfrom|badmailfrom list|in badmailfrom list|no access from|no access for|"
    "no access to|no service for",
    "refused": "rejct|rejectd|rejeted|"
    "denies|declin*|turned down|turned back|disapprov*|repelled|blackholed|unaccepted|"
    "bounce|bounces|"
    "refus*|reject*|denied|deny|decline*|turned away|turn away|stopped|discarded|"
    "dropped|bounced|smtpport check error|third party dsn*|content filter rejection|"
    "rejected by content filter",
    "accepted": "admitted|admit|granted|eligible|willing to|"
    "accept*|allow*|permit*|authori*|welcome|want*|let in|let through|may|allows|"
    "take|takes|taken|receive mail|right to|permission*|entitled|can send|can use|can receive|"
    "like|approved|pre approved|tolerate*",
    "forbidden": "off limits|unpermitted|not entitled|no right to|not eligible|not admitted|"
    "unallowed|"
    "forbid*|forbidden|disallow*|unauthorized|unauthorised|illegal relay|"
    "not permitted|not allowed|prohibited|not authori*|unaccept*|not for strangers|"
    "customers only|attempt|no permission|must not|never allowed|banned type|danger*|"
    "may not send|may not post|may not write|not match your authentication|not match your login|"
    "not match your username|not match your account|not match authenticated|unsafe|objectionable|"
    "offensive|inappropriate|undesirable|banned word*|forbidden word*|forbidden keyword*|"
    "prohibited word*",
    "bad": "registered yesterday|younger than|newly registered|recently registered|"
    "registered today|too young|registered last week|"
    "bad|poor|low|too low|negative|abusive|malicious host|suspicious|untrusted",
    "required": "use proper|use real|use valid|"
    "compulsory|enforc*|prerequisite|expects|expecting|has to be|have to be|only with|"
    "required|require*|need*|must|mandatory|please|insist*|demand*|have to|has to|"
    "wanted|necessary|enable|turn on|switch to|begin|start|necessitates|should|expected|"
    "obligatory|negotiated|please use|use tls|use ssl|use starttls|use encryption|use auth*|"
    "must use|use relay|auth type is required|starttls comes first|tls comes first|"
    "starttls first|tls first|starttls before|tls before|encrypt before",
    "only": "only|first|before|until|prior|one at|single|just|"
    "local user only|local users only|local delivery only",
    "failed": "problems|difficulties|technical difficult*|technical problem*|malfunction*|glitch*|"
    "died|hung|stuck|segfault*|could not complete|could not be completed|not completed|"
    "fail*|broken|errors in|crash*|damaged|offline|out of order|went wrong|trouble|"
    "problem|exception|fault|unexpected|internal error|corrupt*|run out|has run out|not running|"
    "temperror|permerror|no verdict|misconfigur*|failure|timeout|timed out|cannot be reached|"
    "stale|lost|returned error|an error|errors occurred|error occurred|write error|fatal error|"
    "read error|socket error|servfail|service error|database error|disk write error|disk error|"
    "backend error|"
    "lookup error|handshake error|unknown trouble|unknown problem|unknown error|unknown failure",
    "wrong": "mismatches|"
    "does not fit|"
    "wrong|incorrect|mismatch|not match|do not fit|not fit|invalid credentials|"
    "bad password|not right|unsuccessful|bad credentials|bad user|bad login|expired token|"
    "bad secret|mistaken|does not agree|mismatched|does not match|do not match|"
    "possibly forged hostname|forged hostname|possibly forged",
    "reached": "reach|reached|reachable|respond*|available|work|works|connect to|contact*|write|"
    "written|read|readable|checked|check|evaluate*|loaded|tell|load|scanned|done|open|verify|"
    "verified|complete|determine*|access*|agree|hold|holds|validate*|possible|supported|handle|"
    "be reached|holds mailbox|ready|answer*|spond|checked for virus*|scanned for virus*|"
    "checked for spam|virus check*|combined",
    "resolves": "resolve*|resolved|looked up|unresolvable|found in dns|in dns",
    "passes": "pass|passes|passed|clean|fine|right|ok|good|match|matches|is right|"
    "valid signature|is fine",
    "many": "upper limit|ceiling|too numerous|exceeding maximum|maximum allowed|excess|"
    "too many|too much|many|limit*|max|maximum|at most|allowance|no more than|number of|"
    "enough|more than|one recipient|at once|concurrent*|simultaneous*|parallel|too many times|"
    "cap|per connection|per session|per message|one message|allowed per|already have|"
    "unusual number|multiple|all busy|all server ports are busy|more errors than|than we allow|"
    "one at a time|out of connections|more than one recipient|"
    "never sent to more than one recipient|slots taken|all taken|all in use",
    "large": "exceeds allowed size|exceed size|exceeding size|too massive|bigger than|"
    "size restriction*|mailsize limit|max size|exceeds maximum size|larger than|"
    "maximum message length|"
    "too large|too big|bigger*|larger*|oversize*|exceeds size|exceeds limit|"
    "size exceeds|too long|longer than|too heavy|maximum message size|maximum size|size limit*|"
    "message size exceeds|exceeds maximum|exceeds fixed|than fixed maximum|weighs more|"
    "single messages|big|large|too much mail data|exceeds size limit|size limit exceeded|"
    "sizelimit|message size limit|over size limit|exceeded size",
    "fast": "too rapid*|high rate|pace|traffic shaping|rate control*|rate threshold|rate policy|"
    "hourly limit|daily limit|send limit|sending cap|burst limit|mail flood*|"
    "rate : too high|too frequently|bombing|bombard*|"
    "credits exceeded|out of credits|maximum credits|no credits left|"
    "too fast|too quickly|slow down|rate limit*|ratelimit*|throttl*|unusual rate|"
    "sent enough|excessive*|unexpected volume|sending limit|slower|over rate|flood*|"
    "deferred due to|sending rate|message rate|burst*|in effect for|"
    "throttling in effect|rate too high|rate is too high|connection rate|rate exceeded|"
    "rate is limited|traffic exceeded|submissionquotaexceeded*|mail rate|"
    "unusual sending activity|unusual sending",
    "later": "at later time|retrying|another attempt|next attempt|resubmit|attempt again|"
    "repeat later|"
    "later|again|retry|try again|come back|shortly|come again|another time|soon|"
    "try later|retried|reconnect|retry later|once more|try at|offer it again|will pass|"
    "will be let in|in while|re try|came back too early|too early|too soon|please try again|"
    "please try later|please try again later|please retry|please try once more|"
    "please try sending again|call back|please call back",
    "wait": "seconds left|wait|second*|in minutes|in few minutes|in five minutes|delay*|"
    "waiting time|held off|put off for|retry window|delayed acceptance|retry in|anti spam delay|"
    "minutes left|min|sec|waiting time of|postpone*|held back",
    "new": "first time|first contact|first message|new sender|new here|new to us|not met|"
    "unfamiliar|never written|triplet|unknown triplet|triplet is new|first mail|not seen|"
    "never seen|new client|first attempt|first connection|have not seen|unknown to us|"
    "is unknown to us|not known to us yet",
    "greylisted": "gray listed|grey listed|greylisting in progress|delayed by grey*|"
    "greylist*|graylist*|grey list*|gray list*|grey listing|greywait*|gl|"
    "greylisting|gray listing|deferred by grey|postgrey",
    "down": "outage|downtime|disrupt*|degraded|not operational|inoperative|interrupted|"
    "maintenance window|congest*|overcrowded|swamped|out of capacity|at capacity|"
    "capacity reached|heavily loaded|load too high|load average|too loaded|"
    "not accepting connections|"
    "being replaced|being upgraded|upgrade in progress|upgrade is in progress|"
    "during backup|"
    "under maintenance|migration in progress|fail over|failover|"
    "maintenance|upkeep|reboot*|shut down|shutdown|shutting down|going down|goes down|"
    "overload*|load|starting up|restart*|is down|down|out of service|too busy|high load|"
    "system load|under load|closed for maintenance|server busy|system busy|going away|"
    "more clients than",
    "silent": "time limit|time limit exceeded|elapsed|deadline|stalled|command time limit|"
    "idle|silent|inactivity|no command|nothing heard|time out|timeout|timed out|"
    "took too long|took longer|takes too long|takes longer|taking too long|waited too long|"
    "too slow|no data for|for too long|connection expired|"
    "command timeout|waited|idle too long|idle for too long|inactive too long|"
    "inactive for too long|name server timeout",
    "spam": "spammers|spammed|spam bomb|bulkmail|junkmail|mailbomb*|mail bomb*|spam origin|"
    "spam url|spam message|spam content|spam like|spam text|spam mail*|spam mails|"
    "mass mail*|massmail*|"
    "unsolicited|junk|bulk mail|unwanted|bulk|marketing|advertis*|ube|uce|commercial|"
    "spamminess|newsletters are spam|spam|spams|spammer|spamming|spammy|spamassassin|spamtext|"
    "spamtrap|antispam*|anti spam|spamprofiler|spam engine*|recurrent pattern|spam block*|"
    "spam check*|mass mailer*|mass mailing*",
    "judged": "judged|looks like|look like|classified|identified|detected|found to be|"
    "considered|seems|categori*|verdict is|resembles|probability|taken for|marked|suspected|"
    "flagged|reads like|"
    "consider*|appears to be|appeared to be",
    "infected": "germs|contains germs|"
    "contaminated|infection*|adware|potentially unwanted|"
    "downloader|backdoor|keylogger|spyware|rootkit|botnet client|"
    "virus*|infected|malware|trojan*|worm*|malicious|av|exploit|ransomware|eicar",
    "phishing": "hoax*|social engineering|lottery|nigerian|advance payment|"
    "chain letter*|extort*|sextort*|blackmail*|advance fee|"
    "phish*|scam|fraud*|impersonation attempt",
    "forged": "forged|spoof*|anti spoofing|fake|faked|inside domain came from outside|forgery|"
    "claiming to be|counterfeit|impersonated|impersonating|our own name|our own ip|"
    "our own address|our own hostname|you are not us",
    "missing": "omitted|not present|not given|not supplied|not provided|not specified|not included|"
    "unspecified|if you do not have|"
    "missing|lack*|without|absent|empty|blank|no header|not contain|neither|"
    "no or mismatched|missing or mismatched",
    "several": "two|duplicate|several|multiple|double|one is allowed|more than one|"
    "only one allowed|to many",
    "malformed": "noncompliant|nonstandard|non standard|not well formed|mangled|garbled|"
    "unparseable|"
    "unparsable|can not be parsed|could not be parsed|bad format|wrong format|"
    "invalid format|incorrect format|illegal format|format error|not rfc compliant|"
    "mime defect|not conform to standards|required standards|not comply with standards|"
    "not comply with required|"
    "corrupt message content|corrupt message|corrupted message|not comply|"
    "not comply with rfc|not comply with rfc 5322|not comply with rfc 2822|"
    "not comply with rfc 822|unterminated|"
    "malformed|violat*|rfc 5322|rfc 2822|rfc 822|rfc5322|rfc2822|rfc822|broken mime|"
    "not conform*|non compliant|year ahead|improper|ill formed|badly formed|longer than kb|"
    "not rfc 5322|not rfc 2822|not rfc 822|not compliant|header error|headers error|bad header|"
    "invalid header|mime error|nul character*|nul byte*|null byte*|null character*|nul octet*",
    "loop": "looped|recursion|too many hops|circular|loop detected|already been here|"
    "passed through here|received data headers|your received header counts|"
    "best preference mx|received lines|received header lines|received fields|"
    "loop|mail loop|routing loop|circle*|hops|hop count|too many received|loops back|"
    "go round|been here before|comes back to|in circles|is myself|looping|hop limit|"
    "stands in header already|in header already|points back to|point back",
    "hellofirst": "ehlo first|helo first|lhlo first|hello first|polite people|say hello|"
    "send hello|issue helo|send helo|send ehlo|issue ehlo|need helo|need ehlo|need hello|"
    "lhlo comes first|ehlo comes first|helo comes first|hello comes first|without ehlo|"
    "without helo|expected ehlo|expected helo|before ehlo|before helo|requires ehlo|"
    "requires helo|helo required|ehlo required|ehlo helo first|helo ehlo first|ehlo or helo|"
    "introduce yourself|introduce yourself first",
    "nested": "nested mail|sender already|already specified|sender specified|"
    "mail transaction already|transaction already open|one message at a time|finish or reset|"
    "mail already|duplicate mail from|not permitted in mail transaction|in mail transaction|"
    "inside mail transaction|during mail transaction",
    "mailfirst": "need mail|mail first|mail required first|without mail|must have sender|"
    "sender not yet|sender not specified|no sender|mail comes first|mail from first|issue mail|"
    "need mail from|expected mail|no mail command|send mail from first|mail from required|"
    "no transaction started|no mail transaction|missing mail from|mail before rcpt|"
    "mail must come",
    "rcptfirst": "not single good recipient|no good recipient|no good recipients|no recipient left|"
    "no recipients left|need rcpt|rcpt first|without rcpt|no valid recipients|no recipients|"
    "no recipient|rcpt accepted yet|no rcpt accepted|give recipient|recipient before|"
    "recipient specified|rcpt comes first|no valid rcpt|valid rcpt command must precede|"
    "need recipient|rcpt required|rcpt to first|no rcpt|at least one rcpt|missing rcpt|"
    "rcpt needed|give me a recipient|specify recipients|specify recipient|recipients first|"
    "at least one valid recipient|at least one recipient|at least one valid rcpt",
    "unavailable": "unavailible|unavaliable|unavailabe|unavailable|not available|not be available",
    "scored": "spamscore|spam level|spam points|spam rating|spam probability|bogofilter|bayes*|"
    "dspam|"
    "crm|spamicity|bogosity|spam status|spam threshold|spam confidence|spam scale|"
    "high probability of spam|on spam scale|"
    "razor|pyzor|dcc|"
    "score*|points|smells|threat|quarantine*|spammy|too spammy|content reject*|"
    "content refused|message filtered|message content rejected|flagged as|classified as|"
    "considered undesirable|spaminess|spam score",
    "internal": "catastrophic error|dns failure|encountered an error while|"
    "error while being processed|"
    "error while processing|no mdb|"
    "undefined at line|error at line|syntax error at line|uncaught exception|"
    "unhandled exception|unforeseen exception|traceback|stack trace|nil value|null pointer|"
    "exception in module|undefined variable|undefined method|undefined subroutine|"
    "conversion failure|conversion failed|conversion error|technical difficulties|"
    "writing to mail file|maildir delivery|error on maildir|dot lock|input output file|"
    "can not store document|cannot store document|could not be saved|can not be saved|"
    "unable to save|not be saved|can not fork|cannot fork|license expired|licence expired|"
    "failed to be replicated|can not be stored|decode_ext|"
    "command died|died with status|exited with status|exit status|"
    "died with signal|"
    "internal error|internal server error|server error|local error|software error|"
    "system error|configuration error|system problem|temporary problem|local problem|"
    "backend failure|processing error|error in processing|local configuration error|"
    "internal failure|internally|temporary local problem|temporary system problem|"
    "internal problem|mail system error|configuration problem|i o error|input output error|"
    "dkim signing failed|signing failed|no such map|bind to map|failed to queue|failed to store|"
    "could not queue|could not store|unable to queue|unable to store|queueing failed|"
    "error queueing|can not queue|can not store message|interrupted system call|system call|"
    "can not create|unable to create|could not create|can not open|unable to open|could not open|"
    "could not load|can not load|unable to load|failed to load|broken pipe|missing home*|"
    "no home directory|unable to run|could not run|can not run|unable to execute|"
    "could not execute|permission denied on|read only file system|file descriptors|"
    "out of file descriptors|too many open files|out of sockets",
    "nodomain": "host unknown|unknown host|host not found|domain not found|no such domain|"
    "unknown domain|domain does not exist|no such host|domain unknown|name not found|"
    "invalid domain|non existent domain|nonexistent domain|unroutable domain|"
    "domain name not found",
    "rate": "too often|too frequent*|rate|rates|frequency|high volume|bulk rate",
    "tlsalready": "tls on already|tls is on|"
    "tls already|already in tls|tls already active|already active|"
    "already using tls|already secured|already encrypted|already established|already under tls|"
    "already running in tls|already running tls|already in secure mode|already in tls mode|"
    "tls already on|tls already started",
    "param": "body type|body parameter|for body|ret parameter|envid|notify|orcpt|"
    "message size syntax|size syntax|addr type|body value|holdfor|holduntil|mt priority|"
    "ret value|size parameter|size value",
    "already": "already",
    "lasting": "will not succeed|permanently deferred|will never succeed",
    "abused": "broken into|compromised|hacked|hijacked|taken over|leaked",
    "route": "no route|no route to host|network unreachable|network is unreachable|"
    "host unreachable|host is unreachable|host is down|unable to route|no mail hosts|no connector|"
    "no route to domain|cannot route|can not route|not route|unrouteable domain|"
    "unroutable domain",
    "early": "early talk*|pregreet*|before greeting|before we had greeted|spoke before|"
    "talk before|before banner|before our greeting|talked before|pre greeting|pre greet|"
    "before the greeting|before smtp greeting|transmitting before|before smtp banner|"
    "talk too soon|talked too soon|spoke too soon|speak too soon|talk too early|"
    "spoke too early|sent too early|sent too soon|talks too soon|speaks too early",
    "nomechanism": "mechanism must be specified|auth mechanism must be specified|"
    "authentication mechanism must be specified|must specify a mechanism|specify the mechanism",
    "unasked": "pipelin*|pipelining not supported|pipelining not allowed|smtp protocol error|"
    "synchroni*|improper use of smtp command pipelining",
    "order": "bad sequence|out of sequence|wrong order|already logged in|logged in already|"
    "already authenticated|out of order|at this point|no identity changes|no data after bdat|"
    "protocol error|already under|spoke before hello|must precede|comes first|no helo given|"
    "no ehlo given|no helo ehlo given|no hello given|without helo|without ehlo|"
    "may not be repeated|not be repeated|"
    "during message transfer|protocol violation|smtp protocol violation|"
    "not following smtp protocol|not follow smtp protocol|sequence error|"
    "command sequence error|wrong sequence|sequence of commands",
    "unimplemented": "not implemented|unimplemented|not recogni*|unrecogni* command|"
    "esmtp command error|unknown command|command unrecogni*|command not|no such command|"
    "no such word|this is smtp|this is lmtp|command unknown|command disabled|unsupported|"
    "not understood|do not do vrfy|do not do expn|not supported|command error",
    "utf8": "smtputf8|non ascii|beyond ascii|internationali*|unicode|eai|strict ascii|utf8|utf 8",
    "foreign": "other domains|foreign|outside|elsewhere|external|abroad|other domain",
    "local": "local domain|hosted|served|our domains|our customers|handle|customer of|"
    "responsible|serve|one of our domains|local|domain is not ours|handled|hosted here|"
    "customers|host domain|handle mail|handle mail for|list of allowed|accept mail for|"
    "host mail for|deliver mail for|take mail for|relay mail for|receive mail for|"
    "in my domain|in our domain|in our domains",
    "apppass": "app password*|application specific password*|application password*|"
    "app specific password*|authorization code*|authorisation code*|auth code*|"
    "third party password|client password|password for this application|password for this app|"
    "password for application|password for app|generate a password|generate password",
    "organisation": "organization queue|organisation queue|organization s|organisation s|tenant*|"
    "organization quota|organisation quota|organization inbound|organisation inbound",
    "samelogin": "must be same as auth*|must be same as login*|should be login*|must be login*|"
    "same as auth*|same as login*|not match auth*|must match auth*|must match login*|"
    "should be same as auth*|should be same as login*|must equal auth*|not match login*|"
    "relaying disallowed as|does not match auth*|do not match auth*|does not match login*|"
    "not conform with auth*|does not match your auth*|does not match your login*|"
    "does not match your user*|does not match your account*|incorrect authentication for",
    "unlock": "sign in on web|log in on web|log in through your web*|log in via your web*|"
    "sign in through your web*|robot|captcha|suspicious activity|unusual activity|"
    "suspicious login|unlock*|"
    "use web for sending|verify your account|confirm your account|verify your identity|"
    "not have access rights|security check|log in to webmail|sign in via web",
    "repeated": "same size|same mail|same mails|same message|same messages|same content|"
    "identical mails|identical messages|similar messages|similar mails|identical content",
    "span": "within 24 hours|in 24 hours|per 24 hours|last 24 hours|24h|in 1 hour|within 1 hour|"
    "every 24 hours|within hours",
    "badlogins": "auth error limit*|authentication error limit*|login error limit*|"
    "smtp auth error limit*",
    "jailed": "intrusion prevention|intrusion detection|fail2ban|"
    "prison|jailed|in jail|jail|in quarantine|quarantined|black ip|in penalty|"
    "penalty box",
    "own": "member of local domain|"
    "belong*|send as|own address|owned by|own domain|our own|allowed to send as|"
    "spoof your|must match|equal authori*|match authenticated|conform with auth*|identical to|"
    "user you signed in as|user you logged in as|account you logged in with|"
    "account you signed in with|login you used|"
    "must be same|equal|equals|sender signature|match your authentication|match your login|"
    "match your username|match your account|match authentication|not match your authentication|"
    "not match your login|not match your username|not match your account|not match authenticated|"
    "allowed to send mail from|authorized to send mail from|permitted to send mail from|"
    "allowed to send from|authorized to send from|allowed to send email from|send mail as|"
    "send mail on behalf",
    "nomail": "never receives mail|never receive mail|only sends|send only|sends only|"
    "takes no replies|accepts no replies|do not do smtp|does not do smtp|"
    "no longer does mail|does no mail|"
    "null mx|no mail service|no smtp service|accepts no mail|takes no mail|"
    "never takes mail|do not do mail|does not accept any|nullmx|no mail here|"
    "does not receive mail|no mail at all|do not do mail on|"
    "not accept any mail",
    "temporary": "temporar*|for now|at moment|just now|at present|right now|currently|"
    "momentarily|now|not yet|for while",
    "vague": "aborted|action aborted|mail action aborted|nothing personal|"
    "message is frozen|message frozen|frozen by|not delivering|not delivering to|"
    "requested action|transaction failed|delivery error|request|action|error|"
    "undeliverable|could not be delivered|delivered|delivery|completed|sorry|returned|put off|"
    "nope|go away|deferred|reference|ticket|all same|will not do|not take|decision|id|given up|"
    "code|reason|helpdesk|cannot take|not taken|not now|request denied|message refused|"
    "recipient address rejected|fortiguard antispam",
    "dislike": "wish of recipient|on his own wish|on her own wish|own wish|"
    "not accepting mail from this|not accepting mail from you|"
    "not accepting messages from you|not accepting email from you|"
    "not accepting emails from you|does not accept mail from you|"
    "not accept mail from this sender|not accept mail from you|"
    "no longer accepts mail from you|not accepting mail from this sender|user reject*|"
    "user rejects|receiver denied your|recipient denied your|"
    "you have been blocked by|"
    "blocked by receiver|only accepts mail from known|only accepting mail from specific|"
    "accepts mail from known senders|recipient has blocked|recipient blocked|"
    "recipient has rejected|user has blocked|receiver refused|receiver rejected|"
    "blacklisted by recipient|blacklisted by user|in recipient s blacklist|"
    "marked your messages as spam|marked you as spam|marked your mail as spam|"
    "reported your messages as spam|complained about your|"
    "mailbox refuses your|refuses your messages|refuses your mail|"
    "not to take your|wishes no mail|asked not to receive|"
    "rejected by this user|rejected by user|rejected by recipient|"
    "refused by this user|refused by user|refused by recipient|blocked by recipient|"
    "blocked by this user|blocked by user|been blocked by recipient|been blocked by user|"
    "been blocked by this user|refuses to accept your|refuse to receive mail|refuses to receive|"
    "user s filter|recipient s filter|recipient preferences|user preferences|"
    "recipient s settings|does not wish to receive|recipient s block list|recipient s blocklist|"
    "user s block list|user s blocklist|user s blacklist|user s personal|personal blacklist|"
    "personal blocklist|personal deny list|personal block list of recipient|envelope blocked|"
    "user entry|user domain entry|"
    "known contacts only|known senders only",
    "unproven": "sender is not registered|sender not registered|"
    "domain is not verified|domain not verified|sender is not verified|"
    "sender not verified|address is not verified|identity is not verified|not a verified sender|"
    "unverified sender|unverified domain|unvalidated sender|sender is unvalidated|"
    "sender is not validated|validate your sender|authenticate your domain|verify your domain|"
    "not a registered sender|domain is not registered with|unregistered domain*|"
    "verified sender identity|verified sender|sender identity",
    "harvest": "dictionary attack*|directory harvest*|address harvest*|harvesting|harvest attack*",
    "notso": "not accepting email for domain|not accepting mail for domain|"
    "not accept mail for domain|not accepting email for this domain|"
    "not accepting mail for this domain",
    # What turns and parts.
    "if": "if|whether|should you|in case|unless|believe|think that|in order to know|suppose|"
    "either|may be related|might be|possibly|nothing to do with",
    "see": "see|help on|for help|for more|more information|information about|visit|read about|"
    "learn|refer to|help at|ask at|details at|mail kind|questions about|please contact|"
    "contact us|contact your|contact postmaster|contact support",
    "not": "nt|dont|doesnt|didnt|isnt|wasnt|hasnt|havent|cant|wont|couldnt|wouldnt|arent|"
    "not|never|unable|cannot|hardly|nor|neither|isn|fails to|refuses to|impossible to|stop",
    "no": "no|without|none of|not any|not a|not an|not one of|not among|lacks|neither|nor|zero",
    "but": "but|however|although|though|yet|there is just|and|because|so|due to|because of|"
    "since|owing to",
}

LANGUAGE = language(
    "en",
    "English",
    WORDS,
    "the a an is are was were been be has had having this that these those there it its by with as "
    "just also very",
)
