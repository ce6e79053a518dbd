"""What the texts of refusals say, where code and enhanced status code leave it open.

Rows stand from the narrow to the wide: the first whose text is found decides. A row is tried only
on the codes it names; patterns are compiled when first needed. Texts are compared in lower case
with blanks collapsed. A row without words of its own takes those of its cause.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from smtpprobe.knowledge.annotation import Blame, Cause, Retry
from smtpprobe.knowledge.rules.clauses import without_names
from smtpprobe.knowledge.rules.situation import EARLY, NO_WRONG_SECRET, Says, Situation
from smtpprobe.protocol.verbs import Context


class TextRule(NamedTuple):
    """A pattern and the cause it shows.

    `codes` are codes or first digits, separated by blanks; `contexts` empty means any. A strong
    text leaves no doubt: it counts more than a specific enhanced status code. `near` are pieces,
    parted by `|`, one of which stands in every text that the pattern can match: without any of
    them the pattern need not be compiled.
    """

    pattern: str
    codes: str
    cause: Cause
    source: str
    contexts: frozenset[Context] = frozenset()
    title: str = ""
    meaning: str = ""
    steps: str = ""
    blame: Blame | None = None
    retry: Retry | None = None
    strong: bool = False
    near: str = ""
    says: frozenset[Says] = frozenset()


_RCPT = frozenset({Context.RCPT, Context.VRFY, Context.EXPN})
_END = frozenset({Context.DATA_END, Context.BDAT_LAST, Context.BDAT, Context.BURL})
_DELIVERY = _RCPT | _END
_MAIL = frozenset({Context.MAIL})
_LOGIN = frozenset({Context.AUTH, Context.AUTH_STEP})
_ENVELOPE = _RCPT | _MAIL
_ANY: frozenset[Context] = frozenset()

TEXT_RULES: tuple[TextRule, ...] = (
    # The receiver's own lookups, misread.
    TextRule(
        r"error: open resolver|127\.255\.255\.25[0-9]",
        "4 5",
        Cause.POLICY,
        "Spamhaus, return codes of its zones",
        title="Blocklist misread",
        meaning="their resolver misreads an error answer as a listing; it proves none",
        steps="tell their postmaster to query the list with a resolver of their own; QUIT",
        blame=Blame.THEIR_SERVER,
        strong=True,
        near="127.255.255.25|error: open resolver",
    ),
    TextRule(
        r"will not succeed|permanently deferred",
        "4 5",
        Cause.IP_BLOCKED,
        "Yahoo Sender Hub, SMTP error codes",
        title="Address blocked",
        meaning="the server refuses mail from {address} for good",
        steps="find the abuse; send through another relay; QUIT",
        retry=Retry.NEVER,
        strong=True,
        near="permanently deferred|will not succeed",
    ),
    TextRule(
        r"error evaluating dmarc|dmarc[^.;]{0,40}permerror",
        "4 5",
        Cause.SENDER_AUTH_FAILED,
        "Proofpoint, Microsoft: reply texts; RFC 7489 6.6.3",
        title="DMARC record unreadable",
        meaning="the DMARC record of the From: domain cannot be read: broken, or more than one",
        steps="keep one valid TXT record at _dmarc of that domain; QUIT",
        strong=True,
        near="dmarc",
    ),
    TextRule(
        r"mailbox (?:is )?(?:currently )?(?:busy|locked|in use)\b",
        "4",
        Cause.SERVICE_UNAVAILABLE,
        "RFC 5321 4.2.3, 450",
        title="Mailbox busy",
        meaning="the mailbox is in use or locked at this moment",
        steps="the same again later",
        blame=Blame.RECIPIENT,
        strong=True,
        near="mailbox",
    ),
    # Greylisting: only by its name.
    TextRule(
        r"gr[ea]y-? ?list|try again in [0-9]+ (?:second|minute)",
        "4 5",
        Cause.GREYLISTED,
        "RFC 6647 2; postgrey(8)",
        near="list|try again in",
    ),
    # Who did not wait.
    TextRule(
        r"(?:talk|talked|talks|spoke|speak) too (?:soon|early)|early ?talk|pre-?greeting|"
        r"before (?:the |our |my )?(?:smtp )?(?:greeting|banner)",
        "4 5",
        Cause.BAD_SEQUENCE,
        "RFC 5321 3.1, 4.3.1; FortiMail, Postfix postscreen(8): reply texts",
        title="Early talker",
        says=EARLY,
        meaning="you sent before the server had greeted or answered",
        steps="connect again; wait for the greeting and for each reply; QUIT",
        strong=True,
        near="too soon|too early|early|greeting|banner",
    ),
    TextRule(
        r"pipelin|protocol synchroni[sz]ation|synchroni[sz]ation error",
        "4 5",
        Cause.BAD_SEQUENCE,
        "RFC 2920 3.1; Postfix postconf(5), Exim: reply texts",
        title="Did not wait",
        says=EARLY,
        meaning="lines came without waiting for the replies in between, which is refused here",
        steps="one line at a time, each after its reply; QUIT",
        strong=True,
        near="pipelin|synchroni",
    ),
    # The name given in EHLO, also when it is told later.
    TextRule(
        r"(?:helo|ehlo)(?:/(?:helo|ehlo))? (?:command rejected|argument|name|hostname|"
        r"host |domain)|(?:bad|invalid) (?:helo|ehlo)|(?:helo|ehlo)[^;]{0,60} (?:invalid|"
        r"rejected|refused|not fully|does not resolve)",
        "450 501 504 550 554",
        Cause.SYNTAX_ERROR,
        "Postfix smtpd(8), Exim specification: reply texts",
        title="Hello name refused",
        meaning="the name you gave in EHLO is refused; this is not about the recipient",
        steps="EHLO with the real, full name of this host; QUIT",
        strong=True,
        near="does not resolve|ehlo|helo|invalid|not fully|refused|rejected",
    ),
    TextRule(
        r"need fully-qualified hostname",
        "4 5",
        Cause.SYNTAX_ERROR,
        "Postfix smtpd(8), reply texts",
        title="Hello name refused",
        meaning="the name you gave in EHLO is refused: it must be a full host name",
        steps="EHLO with the real, full name of this host; QUIT",
        strong=True,
        near="need fully-qualified hostname",
    ),
    # What is missing in the session.
    TextRule(
        r"(?:ehlo|helo|lhlo|hello)(?:/(?:ehlo|helo))? first|polite people|(?:need|send|"
        r"issue) (?:ehlo|helo|hello)",
        "500 501 502 503 550 554",
        Cause.BAD_SEQUENCE,
        "RFC 5321 4.1.4; Postfix, Sendmail: reply texts",
        title="Hello missing",
        meaning="EHLO must come first",
        steps="EHLO {client}",
        near="ehlo|first|hello|helo|polite people",
    ),
    TextRule(
        r"nested mail|sender already (?:specified|given)",
        "501 503 554",
        Cause.BAD_SEQUENCE,
        "RFC 5321 4.1.4; Postfix, Sendmail: reply texts",
        title="MAIL out of order",
        meaning="a transaction is already open",
        steps="RCPT TO:<user@domain>; RSET, then MAIL",
        near="nested mail|sender already",
    ),
    TextRule(
        r"need mail|mail first|without mail|must have sender|sender not (?:yet )?(?:given|"
        r"specified)",
        "503 554",
        Cause.BAD_SEQUENCE,
        "RFC 5321 4.1.4; Postfix, Exim: reply texts",
        title="MAIL missing",
        meaning="MAIL must come first",
        steps="MAIL FROM:<you@domain>",
        near="mail first|must have sender|need mail|sender not|without mail",
    ),
    TextRule(
        r"no (?:valid )?recipients?\b|need rcpt|rcpt first|without rcpt|valid rcpt",
        "503 554",
        Cause.BAD_SEQUENCE,
        "RFC 5321 3.3; Postfix, Exim: reply texts",
        frozenset({Context.DATA, Context.BDAT, Context.BDAT_LAST}),
        title="No recipient",
        meaning="no recipient has been accepted; send NO message text now",
        steps="RCPT TO:<user@domain>; RSET; QUIT",
        near="need rcpt|rcpt first|recipient|valid rcpt|without rcpt",
    ),
    # Your address.
    TextRule(
        r"\bptr\b|reverse dns|reverse[- ]hostname|cannot find your (?:reverse )?hostname|"
        r"forward dns entry|\brdns\b|reverse lookup",
        "4 5",
        Cause.NO_REVERSE_DNS,
        "Postfix smtpd(8), Google Workspace Help: reply texts",
        near="cannot find your|forward dns entry|ptr|rdns|reverse",
    ),
    TextRule(
        r"too many (?:recipients|rcpt)|multiple destination domains|recipients? (?:count |"
        r"number )?(?:limit|exceed)|policy size per transaction|"
        r"maximum number of recipients",
        "4 5",
        Cause.TOO_MANY_RECIPIENTS,
        "RFC 5321 4.5.3.1.10; Postfix, Exim: reply texts",
        near="multiple destination domains|policy size per transaction|recipient|too many r",
    ),
    TextRule(
        r"connection expired",
        "421 451",
        Cause.TIMEOUT,
        "Google Workspace Help, SMTP errors",
        retry=Retry.IMMEDIATELY,
        meaning="the connection has been used for too long",
        steps="connect again at once",
        strong=True,
        near="connection expired",
    ),
    TextRule(
        r"max(?:imum)?(?: number of)? messages? per (?:connection|session)|"
        r"too many (?:messages|transactions) (?:in|on|per) (?:this|one|a|the) (?:session|"
        r"connection)",
        "4 5",
        Cause.TOO_MANY_CONNECTIONS,
        "Yahoo Sender Hub, SMTP error codes",
        retry=Retry.IMMEDIATELY,
        title="Session used up",
        meaning="no more messages on this connection",
        steps="connect again at once, with fewer messages on each",
        strong=True,
        near="message|too many",
    ),
    TextRule(
        r"too many (?:concurrent |simultaneous |open |smtp |parallel )*(?:connections|"
        r"sessions)|all server ports are busy|connection (?:count |rate )?limit|"
        r"concurrency limit|out of connections",
        "4 5",
        Cause.TOO_MANY_CONNECTIONS,
        "Postfix postscreen(8), anvil(8): reply texts",
        near="all server ports are busy|concurrency limit|connection|too many",
    ),
    TextRule(
        r"too many (?:errors|unrecogni[sz]ed|invalid|bad|syntax|unknown|protocol)",
        "4 5",
        Cause.BAD_SEQUENCE,
        "Postfix smtpd(8); Google Workspace Help",
        title="Too many errors",
        meaning="too many errors in this session; the server has had enough",
        steps="connect again, with correct commands",
        near="too many",
    ),
    TextRule(
        r"receiving mail (?:too quickly|at a rate)",
        "4 5",
        Cause.RATE_LIMITED,
        "Google Workspace Help, SMTP errors",
        meaning="this mailbox gets too much mail at present, from anybody",
        blame=Blame.RECIPIENT,
        near="receiving mail",
    ),
    TextRule(
        r"unexpected volume|user complaints|unusual rate|rate limited due to ip|(?:your|"
        r"from this|sending) ip[^.]{0,60}(?:rate|too (?:many|fast|quickly))",
        "4 5",
        Cause.RATE_LIMITED,
        "Yahoo Sender Hub, Google Workspace Help: reply texts",
        blame=Blame.YOUR_IP,
        meaning="too much mail, or complaints about mail, from your address",
        steps="slow down; look for the cause of complaints; the same again in hours",
        near="from this|rate limited due to ip|sending|unexpected volume|unusual rate|"
        "user complaints|your",
    ),
    TextRule(
        r"rate.?limit|too quickly|too (?:much|many) (?:mails?|messages|e-?mails|"
        r"login (?:attempts|failures)|failed logins)|excessive volume|throttl|"
        r"sending (?:limit|quota)|(?:relay|submission|message|hourly|daily)[^.]{0,30}"
        r"(?:limit|quota) exceeded|unusual rate",
        "4 5",
        Cause.RATE_LIMITED,
        "Google Workspace Help, Microsoft Learn: reply texts",
        near="exceeded|excessive volume|limit|login|sending|throttl|too m|too quickly|unusual rate",
    ),
    # Relaying.
    TextRule(
        r"not authorized to send e?mail directly|smtp relay at your service provider",
        "4 5",
        Cause.IP_BLOCKED,
        "Google Workspace Help, SMTP errors",
        title="Direct mail refused",
        meaning="the server refuses direct mail from your address; it does not judge the mailbox",
        steps="send through your provider's relay (587 and AUTH); QUIT",
        near="not authorized to send|smtp relay at your service provider",
    ),
    TextRule(
        r"\brelay(?:ing|ed)?\b[^;]{0,60}\b(?:denied|not|prohibited|refused|rejected|"
        r"forbidden|disallowed|disabled)\b|\b(?:unable|not|cannot|can't|don't|doesn't|"
        r"won't|no|refus\w{1,3}|deny|denied|denies)\b[^.;]{0,40}\brelay|rcpthosts|"
        r"relay access|no external routing",
        "4 5",
        Cause.RELAY_DENIED,
        "Postfix, Exim, Sendmail, qmail, Microsoft Exchange: reply texts",
        strong=True,
        near="no external routing|rcpthosts|relay",
    ),
    # Login and encryption.
    TextRule(
        r"temporary authentication failure|unable to authenticate at present|"
        r"authentication (?:server|backend|service)[^.]{0,40}(?:unavailable|down|lost|"
        r"fail)|connection lost to authentication",
        "4 5",
        Cause.SERVER_ERROR,
        "Postfix, Exim: reply texts",
        title="Login not possible now",
        meaning="the server cannot check logins now: its password backend fails",
        steps="AUTH again later; QUIT",
        near="authentication|unable to authenticate at present",
    ),
    TextRule(
        r"must issue an? \"?starttls|starttls (?:is |command )?(?:required|needed|first)|"
        r"(?:use|issue|run) (?:a )?starttls|(?:tls|ssl|encryption|encrypted (?:session|"
        r"connection)|secure connection) (?:is )?(?:required|needed|mandatory)|"
        r"requires? (?:tls|encryption|starttls|a secure)|encryption required|"
        r"plaintext authentication disallowed|starttls-not-supported|without (?:tls|"
        r"starttls|encryption)",
        "4 5",
        Cause.TLS_REQUIRED,
        "RFC 3207 4; Postfix, Dovecot, Microsoft Exchange: reply texts",
        strong=True,
        near="mandatory|must issue a|needed|plaintext authentication disallowed|require|"
        "starttls|without",
    ),
    TextRule(
        r"tls (?:is )?(?:currently |temporarily )?(?:not available|unavailable|"
        r"not possible)|tls not (?:currently )?available",
        "4 5",
        Cause.TLS_UNAVAILABLE,
        "RFC 3207 4; Postfix: reply text",
        near="available|not possible",
    ),
    TextRule(
        r"application-specific password|log in with your web browser",
        "5",
        Cause.AUTH_MECHANISM,
        "Google Workspace Help, SMTP errors",
        title="Another password needed",
        meaning="this account needs an application password or another way to log in",
        steps="make an application password, or use XOAUTH2; QUIT",
        strong=True,
        near="application-specific password|log in with your web browser",
    ),
    TextRule(
        r"unrecogni[sz]ed authentication|unsupported authentication|"
        r"(?:authentication )?mechanism[^.]{0,30}(?:not|un|too weak|invalid|disabled)|"
        r"auth command used when not advertised|authentication not enabled|"
        r"auth(?:entication)? not (?:available|supported|allowed|permitted)",
        "4 5",
        Cause.AUTH_MECHANISM,
        "RFC 4954 4; Exim, Postfix, Dovecot: reply texts",
        near="allowed|auth command used when not advertised|authentication not enabled|"
        "available|mechanism|permitted|supported|unrecogni",
    ),
    TextRule(
        r"smtpclientauthentication is disabled",
        "5",
        Cause.AUTH_FAILED,
        "Microsoft Learn, SMTP AUTH errors",
        title="SMTP AUTH switched off",
        meaning="SMTP AUTH is switched off for this account or tenant; the password may be right",
        steps="have the administrator enable it, or use OAuth 2; QUIT",
        says=NO_WRONG_SECRET,
        strong=True,
        near="smtpclientauthentication is disabled",
    ),
    TextRule(
        r"authentication (?:credentials )?(?:failed|failure|invalid|unsuccessful|rejected|"
        r"error)|(?:username|user name|login)[^.]{0,30}(?:not accepted|incorrect|invalid|"
        r"failed|wrong)|incorrect authentication|(?:invalid|bad|wrong) (?:login|password|"
        r"credentials|user ?name)|account (?:is )?(?:disabled|locked)",
        "4 5",
        Cause.AUTH_FAILED,
        "RFC 4954 6; Exim, Postfix, Dovecot: reply texts",
        _LOGIN,
        near="account|authentication|credentials|login|password|user",
    ),
    TextRule(
        r"authentication (?:is )?required|(?:must|need to|have to|"
        r"please) (?:first )?(?:be )?(?:log ?-?in|authenticate)|must be authenticated|"
        r"not logged in|was not authenticated|only allowed with authentication|"
        r"requires? (?:smtp )?auth(?:entication)?\b|log ?in first|authenticate first",
        "4 5",
        Cause.AUTH_REQUIRED,
        "RFC 4954 6; Postfix smtpd(8), Novell NetMail: reply texts",
        strong=True,
        near="authenticate first|authentication|have to|in first|must|need to|"
        "not logged in|please|require|was not authenticated",
    ),
    # The sender.
    TextRule(
        r"(?:sender address|sender domain|helo command)[^;]{0,120}(?:blocked using|listed)",
        "4 5",
        Cause.SENDER_REJECTED,
        "Postfix smtpd(8), reply texts",
        title="Sender's domain listed",
        meaning="the server says that your sender's or EHLO domain is on a blocklist",
        steps="look at the list it names; MAIL with another sender; QUIT",
        near="blocked using|listed",
    ),
    TextRule(
        r"\bspf\b|\bdkim\b|\bdmarc\b|\barc (?:seal|chain|validation)|"
        r"unauthenticated (?:e-?mail|mail|message|sender)|(?:mail|message|sender|it) is "
        r"unauthenticated|\bforged\b|spoofed|impersonat|sender policy framework|"
        r"anti-?spoofing|(?:isn't|is not|not) aligned",
        "4 5",
        Cause.SENDER_AUTH_FAILED,
        "RFC 7372 3; Google Workspace Help, Microsoft Learn: reply texts",
        near="aligned|chain|dkim|dmarc|forged|impersonat|seal|sender policy framework|"
        "spf|spoofed|spoofing|unauthenticated|validation",
    ),
    TextRule(
        r"not owned by user|not owned by auth",
        "4 5",
        Cause.SENDER_REJECTED,
        "Postfix smtpd(8), reply texts",
        blame=Blame.YOU,
        title="Sender not yours",
        meaning="this login may not send as that sender",
        steps="MAIL with an address that the login owns; QUIT",
        near="not owned by",
    ),
    TextRule(
        r"bounces are blocked|null sender|empty sender|empty envelope",
        "4 5",
        Cause.SENDER_REJECTED,
        "Novell NetMail and Bongo, reply texts",
        title="Null sender refused",
        meaning="the server refuses the null sender <>, which no server may do",
        steps="MAIL FROM:<you@domain>; QUIT",
        blame=Blame.THEIR_POLICY,
        near="bounces are blocked|empty envelope|empty sender|null sender",
    ),
    TextRule(
        r"sender address (?:rejected|refused|verification)|sender (?:domain|verify|"
        r"rejected|refused|denied|invalid|unknown|not allowed)|invalid sender|"
        r"bad outbound sender|envelope blocked|unresolvable|emetteur invalide|"
        r"domain of sender",
        "4 5",
        Cause.SENDER_REJECTED,
        "Postfix smtpd(8), Exim, Mimecast: reply texts",
        near="emetteur invalide|envelope blocked|sender|unresolvable",
    ),
    TextRule(
        r"does not exist|not found|unknown|invalid|cannot be resolved|can't be verified|"
        r"not (?:exist|accepted|allowed)",
        "450 451 501 550 553 554",
        Cause.SENDER_REJECTED,
        "RFC 5321 4.2.3; common replies to MAIL",
        _MAIL,
        near="accepted|allowed|can't be verified|cannot be resolved|exist|invalid|"
        "not found|unknown",
    ),
    # Blocklists and reputation.
    TextRule(
        r"blocked using|client host[^;]{0,80}blocked|black ?-?list|block ?-?list|"
        r"listed (?:at|in|on|by)\b|(?:is|are|was) listed|\bdnsbl\b|\brbl\b|spamhaus|"
        r"barracuda|spamcop|banned (?:sending )?(?:ip|sender)|reputation|"
        r"traffic not accepted from this ip|connections will not be accepted from|"
        r"part of their network|your ip (?:address )?(?:is |has been )?(?:blocked|banned|"
        r"rejected)|address[^;]{0,40} is blocked|your access to (?:submit|this (?:e-?)?mail)|"
        r"not allowed to connect",
        "4 5",
        Cause.IP_BLOCKED,
        "Postfix smtpd(8), RFC 5782 2.1; Spamhaus, Microsoft Learn: reply texts",
        near="address|banned|barracuda|black|block|client host|"
        "connections will not be accepted from|dnsbl|listed|part of their network|rbl|"
        "not allowed to connect|reputation|spamcop|spamhaus|traffic not accepted from this ip|"
        "your access|your ip",
    ),
    # The recipient.
    TextRule(
        r"over ?-?quota|(?:mailbox|inbox|account)[^.;]{0,40}(?:\bfull\b|quota|storage|"
        r"exceeded)|quota[^.;]{0,30}exceeded|exceeded[^.;]{0,30}quota|out of storage space|"
        r"full mailbox",
        "4 5",
        Cause.MAILBOX_FULL,
        "Dovecot, Google Workspace Help: reply texts",
        _DELIVERY,
        near="account|exceeded|inbox|mailbox|out of storage space|quota",
    ),
    TextRule(
        r"(?:mailbox|account|user|recipient|address)[^.;]{0,80}(?:disabled|inactive|"
        r"suspended|deactivated|closed|expired)|not accepting (?:messages|mail)",
        "4 5",
        Cause.MAILBOX_DISABLED,
        "Google Workspace Help, Yahoo Sender Hub: reply texts",
        _DELIVERY,
        near="closed|deactivated|disabled|expired|inactive|not accepting m|suspended",
    ),
    TextRule(
        r"has moved|please try <|no longer (?:on (?:this )?server|works? here|employed|"
        r"with)|new address",
        "4 5",
        Cause.RECIPIENT_MOVED,
        "RFC 5321 3.4; Apple Support: reply text",
        _DELIVERY,
        near="has moved|new address|no longer|please try <",
    ),
    TextRule(
        r"null mx|does not accept (?:any )?(?:e-?)?mail|no smtp service|accepts no mail",
        "4 5",
        Cause.NO_MAIL_SERVICE,
        "RFC 7504 3, RFC 7505 4",
        near="accepts no mail|does not accept|no smtp service|null mx",
    ),
    TextRule(
        r"(?:domain|host)(?: name)?[^.;<>]{0,40}(?:not found|does not exist|doesn't exist|"
        r"unknown|not exist)|unknown (?:domain|host)|unable to route|no mx\b|"
        r"find the recipient domain|no route to (?:domain|host)",
        "4 5",
        Cause.UNKNOWN_DOMAIN,
        "Postfix, Exim, Google Workspace Help: reply texts",
        _DELIVERY,
        near="doesn't exist|find the recipient domain|no mx|no route to|not exist|"
        "not found|unable to route|unknown",
    ),
    TextRule(
        r"user unknown|unknown (?:user|recipient|mailbox|address|local)|no such (?:user|"
        r"mailbox|recipient|person|account|address|local)|(?:does not|doesn't) exist|"
        r"(?:recipient|mailbox|user|address|account)[^.;]{0,30} not (?:found|known|exist|"
        r"valid)|invalid (?:recipient|mailbox|user|address)|unrouteable address|"
        r"no mailbox here|address unknown|isn't a (?:known|valid)|not a valid (?:mailbox|"
        r"recipient|user)|recipientnotfound|unknown in ",
        "4 5",
        Cause.UNKNOWN_RECIPIENT,
        "Postfix, Exim, Sendmail, qmail, Microsoft Exchange: reply texts",
        _DELIVERY,
        near="exist|found|isn't a|known|no mailbox here|no such|unrouteable address|valid",
    ),
    # The message.
    TextRule(
        r"\bvirus(?! scan| check| filter)|malware|infected|trojan",
        "4 5",
        Cause.VIRUS,
        "amavis, ClamAV milter: reply texts",
        _END,
        near="infected|malware|trojan|virus",
    ),
    TextRule(
        r"size (?:exceeds|limit)|exceed[^.;]{0,40}\bsize|too (?:large|big)|"
        r"maximum (?:e-?mail|message) size|message size",
        "4 5",
        Cause.MESSAGE_TOO_LARGE,
        "RFC 1870 6; Postfix, Mimecast: reply texts",
        near="exceed|limit|maximum|message size|too",
    ),
    TextRule(
        r"\bhops\b|mail loop|too many received|loops back|routing loop",
        "4 5",
        Cause.LOOP_DETECTED,
        "RFC 5321 6.3; Postfix, Sendmail: reply texts",
        near="hops|loops back|mail loop|routing loop|too many received",
    ),
    TextRule(
        r"attachment|file ?-?type|potential security issue|executable|"
        r"message content[^.;]{0,20}(?:not allowed|blocked|prohibited)",
        "5",
        Cause.CONTENT_REJECTED,
        "Google Workspace Help, Postfix header_checks(5): reply texts",
        _END,
        near="attachment|executable|file|message content|potential security issue",
    ),
    TextRule(
        r"malformed|rfc ?-?[25]?822|rfc ?-?5322|duplicate headers?|(?:from|date|message-id|"
        r"to):? header|header (?:is )?missing|missing[^.;]{0,30}header|blank from",
        "5",
        Cause.MALFORMED_MESSAGE,
        "RFC 5322 3.6; Postfix, Google Workspace Help: reply texts",
        _END,
        near="5322|blank from|header|malformed|missing|rfc",
    ),
    TextRule(
        r"(?:bare|lone) <?(?:lf|cr)",
        "5",
        Cause.MALFORMED_MESSAGE,
        "Postfix, reply text on line ends",
        meaning="a line ended with a bare LF or CR; mail lines end with CR LF",
        steps="send CR LF; look for what sends bare LF or CR; QUIT",
        strong=True,
        near="bare|lone",
    ),
    TextRule(
        r"\bspam(?:my)?\b|unsolicited|\bjunk\b|phish|\[(?:cs01|ph01)\]|content rejected|\buribl\b|"
        r"\bsurbl\b|\bsuspicious\b",
        "4 5",
        Cause.SPAM_CONTENT,
        "SpamAssassin, rspamd, Google Workspace Help: reply texts",
        _END,
        near="content rejected|cs01|junk|ph01|phish|spam|surbl|suspicious|unsolicited|uribl",
    ),
    TextRule(
        r"line length|\blines?\b[^.;]{0,30} too long|too long (?:a )?lines?\b",
        "5",
        Cause.MALFORMED_MESSAGE,
        "Exim, configure.default; RFC 5322 2.1.1",
        _END,
        meaning="a line of the message is longer than the 998 octets that are allowed",
        steps="wrap long lines, or send quoted-printable or base64; QUIT",
        near="line",
    ),
    TextRule(
        r"message[^.;]{0,40} as (?:likely |possible )?spam\b",
        "4 5",
        Cause.SPAM_CONTENT,
        "cPanel, Exim with SpamAssassin: reply texts",
        near="message",
    ),
    TextRule(
        r"smtputf8|non-ascii|internationali[sz]|unicode address",
        "5",
        Cause.SMTPUTF8_UNSUPPORTED,
        "RFC 6531 3.5; Postfix: reply text",
        near="internationali|non-ascii|smtputf8|unicode address",
    ),
    # Order, syntax, parameters.
    TextRule(
        r"nested mail|sender already|(?:ehlo|helo|lhlo)(?:/(?:ehlo|helo))? first|(?:need|"
        r"send|issue|expected|requires?) (?:a )?(?:mail|rcpt|ehlo|helo)|"
        r"no valid recipients|no recipients|no data after bdat|no identity changes|"
        r"protocol error|tls already active|already (?:in|using|"
        r"authenticated|under) |bad sequence|out of (?:order|sequence)|without (?:mail|"
        r"rcpt)|polite people",
        "500 501 502 503 521 523 550 554",
        Cause.BAD_SEQUENCE,
        "RFC 5321 4.1.4; Postfix, Exim, Sendmail: reply texts",
        near="already|bad sequence|ehlo|first|helo|mail|no data after bdat|"
        "no identity changes|no recipients|no valid recipients|out of|"
        "polite people|protocol error|rcpt|without",
    ),
    TextRule(
        r"(?:option|parameter|argument)s?[^.;]{0,40}(?:not|un|invalid|bad)|"
        r"unsupported (?:option|parameter)|(?:unknown|bad|invalid|"
        r"unrecogni[sz]ed) (?:option|parameter)",
        "455 501 504 555",
        Cause.PARAMETER_UNSUPPORTED,
        "RFC 5321 4.1.1.11; Postfix: reply texts",
        _ENVELOPE,
        near="argument|option|parameter|unsupported",
    ),
    TextRule(
        r"syntax error|syntactically invalid|line too long|bad (?:address )?syntax|"
        r"malformed address|invalid address",
        "500 501 550 553 555",
        Cause.SYNTAX_ERROR,
        "RFC 5321 4.2.3; Postfix, Exim: reply texts",
        near="invalid address|line too long|malformed address|syntactically invalid|syntax",
    ),
    TextRule(
        r"not (?:implemented|recogni[sz]ed|supported)|unrecogni[sz]ed command|"
        r"unknown command|command[^.;]{0,20}(?:disabled|unknown|unsupported)",
        "500 502",
        Cause.NOT_IMPLEMENTED,
        "RFC 5321 4.2.4; Postfix: reply texts",
        near="command|implemented|recogni|supported",
    ),
    # The server.
    TextRule(
        r"insufficient (?:system |disk )?(?:storage|resources|space|disk)|no space|"
        r"disk full|back ?-?pressure|out of (?:disk|memory)",
        "4",
        Cause.STORAGE_FULL,
        "RFC 5321 4.2.3 (452); Microsoft Exchange, Postfix: reply texts",
        near="disk full|insufficient|no space|out of|pressure",
    ),
    TextRule(
        r"configuration (?:error|problem)|internal (?:server |software )?error|"
        r"local (?:error|problem)|(?:lookup|resolver?|dns) (?:failure|failed|error)|"
        r"temporary (?:lookup |local |internal )?(?:failure|problem|error)|"
        r"queue file write error|system error|database",
        "4 5",
        Cause.SERVER_ERROR,
        "Postfix, Exim: reply texts",
        near="configuration|database|error|failed|failure|internal|local|temporary",
    ),
    TextRule(
        r"timed? ?-?out|timeout|\bidle\b|inactivity|took too long|waited too long",
        "421 451",
        Cause.TIMEOUT,
        "RFC 5321 4.5.3.2; Postfix, Exim: reply texts",
        near="idle|inactivity|time|took too long|waited too long",
    ),
    TextRule(
        r"service (?:is )?(?:currently |temporarily )?(?:not available|unavailable)|"
        r"shutting down|too much load|load (?:is )?too high|(?:server|system|too) busy|"
        r"(?:service|server|system|resources)[^.;]{0,20} temporarily unavailable|"
        r"maintenance|overload",
        "4",
        Cause.SERVICE_UNAVAILABLE,
        "RFC 5321 3.8; Exim, Mimecast: reply texts",
        near="busy|maintenance|overload|service|shutting down|temporarily unavailable|"
        "too high|too much load",
    ),
    TextRule(
        r"deferred due to[^.]{0,40}(?:volume|rate|complaint|traffic|reputation)",
        "4",
        Cause.RATE_LIMITED,
        "Yahoo Sender Hub, Apple Support: reply texts",
        near="deferred due to",
    ),
    # The last resort: a rule, and no more is said.
    TextRule(
        r"polic(?:y|ies)\b|administrative(?:ly)? prohibit|prohibited|not allowed|"
        r"not permitted|rejected by recipient|access denied|\bgcdp\b|"
        r"delivery not authori[sz]ed",
        "4 5",
        Cause.POLICY,
        "RFC 5321 7.9; Exim, Google Workspace Help: reply texts",
        near="delivery not author|access denied|administrative|gcdp|not allowed|not permitted|"
        "polic|prohibited|rejected by recipient",
    ),
)

LAST_RESORT = TEXT_RULES[-1]
"""The rule that says no more than that there is one."""


@cache
def in_reach(code: int) -> tuple[TextRule, ...]:
    """Return the rules for a code, in table order."""
    wanted = {str(code), str(code // 100)}
    return tuple(rule for rule in TEXT_RULES if wanted.intersection(rule.codes.split()))


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """Return the pattern, compiled once, when first asked for."""
    return re.compile(pattern)


def text_rule(situation: Situation) -> TextRule | None:
    """Return the first rule whose pattern the reply's text holds."""
    told = without_names(situation.text)
    for rule in in_reach(situation.code or 0):
        if not _fits(rule, situation) or not any(near in told for near in rule.near.split("|")):
            continue
        if compiled(rule.pattern).search(told):
            return rule
    return None


def _fits(rule: TextRule, situation: Situation) -> bool:
    """Tell whether the rule is for this command; an unknown one may be any but MAIL.

    What a text says of MAIL alone is too wide to be read without knowing that it answers MAIL.
    """
    if situation.unplaced:
        return rule.contexts != _MAIL
    return not rule.contexts or situation.context in rule.contexts
