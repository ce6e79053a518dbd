"""What mail servers log of a delivery that failed without a reply: their words, as rows.

Rows are ordered from narrow to wide: the first whose pattern is found decides. Patterns are held
against text in lower case without links, mailboxes and host names, blanks collapsed.
"""

from __future__ import annotations

from smtpprobe.knowledge.annotation import Blame, Cause, Retry
from smtpprobe.named_tuple import NamedTuple


class MailerRow(NamedTuple):
    """A pattern, and what it means; `{domain}` is the recipient's. Blame and retry as in `Row`.

    `{target}` is what can be checked: that domain, else the host, else a word in their place.
    """

    pattern: str
    title: str
    meaning: str
    cause: Cause
    steps: str
    source: str
    blame: Blame | None = None
    retry: Retry | None = None


_CHECK = "smtpprobe starttls {target} shows what is offered"
_END = r"(?:end of data|message body|data status|\bdot\b)"
_HELD = "ask the recipient before you send it again; your server retries on its own"

MAILER_ROWS: tuple[MailerRow, ...] = (
    # TLS that this side demands.
    MailerRow(
        r"client tls configuration problem|tls engine is unavailable|tls library problem",
        "TLS not set up",
        "your own server cannot do TLS the way its settings require",
        Cause.TLS_UNAVAILABLE,
        "see the warning in your log just before; fix your server's client TLS settings",
        "Postfix smtp(8); RFC 3207 4",
        Blame.YOU,
        Retry.AFTER_CHANGE,
    ),
    MailerRow(
        r"tlsa lookup error|tlsa lookup .*(?:defer|fail|again)",
        "TLSA lookup failed",
        "DNS did not answer for the TLSA records; with DANE the message waits until it does",
        Cause.TLS_UNAVAILABLE,
        f"{_CHECK}; else look at your resolver",
        "RFC 7672 2.1.2; Postfix smtp(8)",
        Blame.NETWORK,
    ),
    MailerRow(
        r"no (?:usable )?tlsa records|non.?dnssec destination|tlsa .*not dnssec|dane[ -]required"
        r"|dane error|unusable tlsa",
        "No TLSA records",
        "your server requires DANE, and DNS has no usable TLSA record for the host",
        Cause.TLS_UNAVAILABLE,
        f"{_CHECK}; or require less TLS for this destination",
        "RFC 7672 2.2, 3.1; Postfix smtp(8), Exim: hosts_require_dane",
    ),
    MailerRow(
        r"certificate not (?:verified|trusted)|certificate (?:verification|verify) fail"
        r"|certificate (?:is )?(?:invalid|expired|not valid)|(?:unable|failed) to verify .*cert",
        "Certificate not verified",
        "your server requires a valid certificate, and the host's does not verify",
        Cause.TLS_UNAVAILABLE,
        f"{_CHECK}; tell their postmaster",
        "RFC 8461 4.1, RFC 7672 2.2; Postfix smtp(8)",
    ),
    MailerRow(
        r"tls (?:session )?(?:is )?required,? but (?:was |the server did )?not (?:offer|support)"
        r"|starttls (?:is )?not offered|must use tls .*not (?:offer|support)",
        "TLS not offered",
        "your server requires TLS for this destination, and the host does not offer STARTTLS",
        Cause.TLS_UNAVAILABLE,
        f"{_CHECK}; or require less TLS for this destination",
        "RFC 3207 4; Postfix smtp(8), Exim: hosts_require_tls",
    ),
    MailerRow(
        r"cannot start tls|tls handshake|handshake fail|ssl_connect|attempt to start tls failed"
        r"|tls session: |tls error|refused to start tls|starttls (?:failed|rejected|refused)",
        "TLS failed",
        "TLS with the host failed, and your server does not deliver without it",
        Cause.TLS_UNAVAILABLE,
        f"{_CHECK}; tell their postmaster",
        "RFC 3207 4; Postfix smtp(8), Exim: mainlog",
    ),
    # Where DNS leads.
    MailerRow(
        r"null ?mx|no smtp service|sends and receives no email",
        "No mail service",
        "{domain} publishes a null MX: it never accepts mail",
        Cause.NO_MAIL_SERVICE,
        "check the address; this domain has no mailboxes",
        "RFC 7505 3",
    ),
    MailerRow(
        r"loops? back to (?:me|myself)|points to local host|remote host address is the local host"
        r"|is local, skipping",
        "Mail loop",
        "the MX of {domain} points back to your own server",
        Cause.LOOP_DETECTED,
        "configure your server to accept mail for {domain}, or fix the domain's MX records",
        "RFC 5321 5.1, RFC 3463 3.5 (X.4.6); Postfix, Exim, Sendmail: logs",
        Blame.YOU,
        Retry.AFTER_CHANGE,
    ),
    MailerRow(
        r"host not found, try again|host lookup did not complete|temporary failure in \w* ?lookup"
        r"|host name lookup failure|name server: .*(?:timeout|failure)|lookup.*: deferred"
        r"|cname lookup failed temporarily|ebusy|eai_again|servfail",
        "No answer from DNS",
        "DNS did not answer for {domain}: whether it has a mail host is unknown",
        Cause.NETWORK_ERROR,
        "query its MX with that server's resolver; it retries on its own",
        "RFC 5321 5.1, RFC 3463 3.5 (X.4.3)",
    ),
    MailerRow(
        r"host or domain name not found|host not found|host unknown|domain does not exist"
        r"|no mx found|mx records point to non-existent|no mx host|no data known|nowhere to deliver"
        r"|no data record of requested type|find any host|enotfound|nxdomain",
        "No mail host",
        "DNS names no mail host for {domain}",
        Cause.UNKNOWN_DOMAIN,
        "check the spelling of the domain; else its owner has to fix MX and address records",
        "RFC 5321 5.1, RFC 3463 3.2 (X.1.2)",
    ),
    MailerRow(
        r"unroutable address|unrouteable address",
        "No way to the address",
        "no router of your Exim accepts this address: often its domain has no mail host in DNS",
        Cause.UNKNOWN_DOMAIN,
        "exim -bt ADDRESS shows why; check the spelling of the domain",
        "Exim specification: routers; RFC 5321 5.1",
    ),
    # Limits known before the message went out.
    MailerRow(
        r"exceeds size limit|message too large for peer|too large for",
        "Message too large",
        "the message is over the size limit that the host announces; nothing was sent",
        Cause.MESSAGE_TOO_LARGE,
        "a smaller message, or a link instead of the file",
        "RFC 1870 6.1; Postfix smtp(8)",
    ),
    MailerRow(
        r"smtputf8 is required",
        "SMTPUTF8 not offered",
        "the message needs SMTPUTF8, and the host does not offer it",
        Cause.SMTPUTF8_UNSUPPORTED,
        "write to an address in ASCII, from one in ASCII",
        "RFC 6531 3.2",
    ),
    # Given up.
    MailerRow(
        r"delivery expired|message expired|message timed out|too long in (?:the )?queue"
        r"|retry timeout exceeded|expired in (?:the )?queue",
        "Delivery expired",
        "your server gives up: it could not deliver for as long as it keeps trying",
        Cause.TIMEOUT,
        "earlier lines with the same queue id say why; send it again once that is fixed",
        "RFC 5321 4.5.4.1, RFC 3463 3.5 (X.4.7)",
        Blame.NETWORK,
        Retry.AFTER_CHANGE,
    ),
    # The connection.
    MailerRow(
        rf"(?:timed out|timeout).*{_END}|{_END}.*(?:timed out|timeout)",
        "No answer to the message",
        "no answer to the end of the message in time: it may have been accepted, a copy may follow",
        Cause.TIMEOUT,
        _HELD,
        "RFC 5321 4.5.3.2.6",
    ),
    MailerRow(
        rf"(?:lost connection|closed|reset|read error).*{_END}",
        "Hung up at the message",
        "the host hung up before it answered the message: it may have been accepted",
        Cause.NETWORK_ERROR,
        _HELD,
        "RFC 5321 4.5.3.2.6",
    ),
    MailerRow(
        r"(?:lost connection|closed|reset|read error).*(?:initial|greeting|banner)",
        "Hung up before the greeting",
        "the host hung up before its greeting; a host that blocks your address may do so",
        Cause.NETWORK_ERROR,
        "connect from another address to compare; else retry later",
        "RFC 5321 3.1, 3.8",
    ),
    MailerRow(
        r"connection refused|econnrefused",
        "Connection refused",
        "nothing listens on that port of the host, or a firewall refuses the connection",
        Cause.NETWORK_ERROR,
        "connect by hand to compare; your server retries on its own",
        "RFC 3463 3.5 (X.4.1)",
    ),
    MailerRow(
        r"no route to host|network is unreachable|host is unreachable|host is down|enetunreach"
        r"|ehostunreach|network unreachable",
        "No route",
        "your server has no route to the host's address",
        Cause.NETWORK_ERROR,
        "check routes and firewall here; for IPv6, whether this machine has any",
        "RFC 3463 3.5 (X.4.1)",
    ),
    MailerRow(
        r"timed out|timeout (?:after|waiting|exceeded|on)|etimedout|smtp timeout",
        "No answer in time",
        "the host gave no answer in time",
        Cause.TIMEOUT,
        "connect by hand to see where it hangs; your server retries on its own",
        "RFC 5321 4.5.3.2, RFC 3463 3.5 (X.4.1, X.4.2)",
    ),
    MailerRow(
        r"lost connection|closed (?:the )?connection|connection (?:was )?(?:reset|closed|lost|drop)"
        r"|read error|broken pipe|econnreset|unexpected (?:eof|disconnect)|disconnected",
        "Hung up",
        "the host hung up in the middle of the session, without a reply",
        Cause.NETWORK_ERROR,
        "try by hand to see after which command; your server retries on its own",
        "RFC 5321 3.8, RFC 3463 3.5 (X.4.2)",
    ),
    MailerRow(
        r"network error on destination mxs",
        "No host took it",
        "OpenSMTPD could use no host of {domain}; it logs this for a refused greeting or TLS too",
        Cause.UNKNOWN,
        "look at the lines with mta error before it: they have the reason for each host",
        "OpenSMTPD: log",
        Blame.NOBODY,
    ),
    MailerRow(
        r"network error|tried all mxs|failed to get socket|wasn.t able to establish an smtp",
        "No host reached",
        "no mail host of {domain} could be reached; earlier lines may say why for each",
        Cause.NETWORK_ERROR,
        "smtpprobe starttls {target} checks each of its hosts; your server retries on its own",
        "RFC 5321 5.1, RFC 3463 3.5 (X.4.1)",
    ),
    # This side.
    MailerRow(
        r"local configuration error|config(?:uration)? error|mail transport unavailable"
        r"|never_users|transport .*unavailable",
        "Your server's trouble",
        "your own server is not set up for this delivery",
        Cause.SERVER_ERROR,
        "see the lines just before in its log; fix the setting",
        "Postfix, Exim, Sendmail: logs",
        Blame.YOU,
        Retry.AFTER_CHANGE,
    ),
    MailerRow(
        r"retry time not reached|failing for a long time",
        "Earlier failures",
        "your server holds it back, or gives up, after earlier failures; earlier lines say which",
        Cause.UNKNOWN,
        "look for the same host in earlier lines",
        "RFC 5321 4.5.4.1",
        Blame.NOBODY,
    ),
)

DELIVERED = MailerRow(
    "",
    "Delivered",
    "delivered, as the log says; the code of the reply is not in it",
    Cause.ACCEPTED,
    "nothing",
    "RFC 5321 4.2.5",
)
"""What a log says of a delivery that went well."""

SILENT = MailerRow(
    "",
    "Not delivered",
    "not delivered; the log gives neither a reply nor a reason that is known here",
    Cause.UNKNOWN,
    "look at the lines before it with the same queue id",
    "RFC 3464 2.3.3",
    Blame.NOBODY,
)
"""The fallback without a row or a status code."""
