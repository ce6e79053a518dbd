"""What patterns of words say that is closer than the words of their cause."""

from __future__ import annotations

from smtpprobe.knowledge.annotation import Blame, Cause, Retry
from smtpprobe.knowledge.evidence.seen import Telling
from smtpprobe.knowledge.rules.situation import EARLY as SAYS_EARLY
from smtpprobe.knowledge.rules.situation import NO_WRONG_SECRET

EARLY = Telling(
    "Early talker", "you sent before the server had greeted or answered",
    "connect again; wait for the greeting and for each reply; QUIT",
    says=SAYS_EARLY,
)  # fmt: skip
UNASKED = Telling(
    "Did not wait", "lines came without waiting for the replies in between, which is refused here",
    "one line at a time, each after its reply; QUIT",
    says=SAYS_EARLY,
)  # fmt: skip
HELLO = Telling(
    "Hello name refused",
    "the name you gave in EHLO is refused; this is not about the recipient",
    "EHLO with the real, full name of this host; QUIT", Blame.YOUR_COMMAND,
)  # fmt: skip
HELLO_LISTED = Telling(
    "Hello name listed", "the name you gave in EHLO is on a blocklist of theirs",
    "EHLO with the real, full name of this host; QUIT", Blame.YOUR_DOMAIN,
)  # fmt: skip
ERRORS = Telling(
    "Too many errors", "too many errors in this session; the server ends it",
    "connect again, with correct commands",
)  # fmt: skip
RECEIVING = Telling(
    "Rate limited", "this mailbox is receiving too much mail now, from all senders", "",
    Blame.RECIPIENT,
)  # fmt: skip
BACKEND = Telling(
    "Login not possible now", "the server cannot check logins now: its password backend fails",
    "AUTH again {when}; QUIT",
)  # fmt: skip
APP_PASSWORD = Telling(
    "Another password needed",
    "this account needs an app password (or authorization code), not the usual password",
    "see {link}; make one in the account's settings at the provider, or use XOAUTH2; QUIT",
    retry=Retry.AFTER_CHANGE,
    says=NO_WRONG_SECRET,
    instead_of=frozenset({Cause.SERVER_ERROR, Cause.POLICY}),
)  # fmt: skip
ACCOUNT_HELD = Telling(
    "Account held",
    "the account is held, or SMTP is off for it; a right password does not help",
    "see {link}; log in to its webmail and unlock it, or ask its provider; QUIT",
    Blame.YOU, Retry.AFTER_CHANGE, NO_WRONG_SECRET,
    instead_of=frozenset(
        {Cause.SERVER_ERROR, Cause.SPAM_CONTENT, Cause.SERVICE_UNAVAILABLE, Cause.IP_BLOCKED}
    ),
)  # fmt: skip
ORGANISATION = Telling(
    "Organisation's limit",
    "the whole receiving organisation is over a limit, not one mailbox",
    "retry {when}; tell their postmaster if it lasts",
    Blame.THEIR_SERVER,
    instead_of=frozenset({Cause.MAILBOX_FULL, Cause.CONTENT_REJECTED, Cause.STORAGE_FULL}),
)  # fmt: skip
REPEATED = Telling(
    "Too much of the same", "the same message, or the same size of message, came too often",
    "slow down; send less of the same; retry {when}",
    instead_of=frozenset({Cause.MESSAGE_TOO_LARGE, Cause.CONTENT_REJECTED}),
)  # fmt: skip
MANY_LOGINS = Telling(
    "Too many failed logins", "too many logins failed; the server makes you wait",
    "correct name and password first; AUTH again {when}; QUIT",
)  # fmt: skip
COUNTRY = Telling(
    "Country blocked", "the server accepts no mail from the country or region of {address}",
    "ask their postmaster to allow {address}; send through a relay elsewhere; QUIT",
)  # fmt: skip
PTR_UNANSWERED = Telling(
    "Reverse name unknown", "DNS did not answer the server's question for the name of {address}",
    "dig -x {address}; make sure its name servers answer; retry {when}",
)  # fmt: skip
FAILED_LOGINS = Telling(
    "Address blocked", "too many logins failed from {address}, which is shut out for that",
    "see {link}; find what logs in with a wrong password; connect again {when}",
    instead_of=frozenset({Cause.TOO_MANY_CONNECTIONS}),
)  # fmt: skip
CALLOUT = Telling(
    "Sender not confirmed",
    "the server asked the MX of the sender whether the sender exists, and the answer was not yes",
    "the MX of {sender_domain} has to accept MAIL FROM:<> and RCPT of the sender; QUIT",
)  # fmt: skip
NO_SUCH_SENDER = Telling(
    "Sender unknown", "the server says that the sender's address does not exist",
    "MAIL with a sender that exists; see whether the MX of {sender_domain} accepts it; QUIT",
    instead_of=frozenset({Cause.UNKNOWN_RECIPIENT}),
)  # fmt: skip
LISTED_HERE = Telling(
    "Sender blocked", "this server, or this recipient alone, keeps the sender on its own list",
    "see {link}; ask the recipient or their postmaster to allow it; MAIL with another sender; QUIT",
)  # fmt: skip
DOMAIN_LISTED = Telling(
    "Sender's domain listed", "the server says that the sender or its domain is on a blocklist",
    "see {link}; have {sender_domain} taken off the list; MAIL with another sender; QUIT",
)  # fmt: skip
SENDER_DISLIKED = Telling(
    "Sender blocked by recipient",
    "the recipient has blocked this sender; this is not about your IP",
    "ask the recipient to allow it, by another way; QUIT", Blame.THEIR_POLICY,
)  # fmt: skip
URL_LISTED = Telling(
    "Link listed", "a link in the message, or its domain, is on a blocklist",
    "take the link out, or have its domain delisted; QUIT",
)  # fmt: skip
NOT_OWNED = Telling(
    "Sender not yours", "this login may not send as that sender",
    "MAIL with an address that the login owns; QUIT", Blame.YOU,
    instead_of=frozenset(
        {Cause.RELAY_DENIED, Cause.SYNTAX_ERROR, Cause.MALFORMED_MESSAGE, Cause.UNKNOWN_DOMAIN}
    ),
)  # fmt: skip
LINE_LONG = Telling(
    "Line too long", "a line of the message is longer than the 998 octets that are allowed",
    "wrap long lines, or send quoted-printable or base64; QUIT",
)  # fmt: skip
BARE = Telling(
    "Message malformed", "a line ended with a bare LF or CR; mail lines end with CR LF",
    "send CR LF; look for what sends bare LF or CR; QUIT", retry=Retry.AFTER_CHANGE,
)  # fmt: skip
BUSY = Telling(
    "Mailbox busy", "the mailbox is in use or locked at this moment", "retry {when}",
    Blame.THEIR_SERVER,
)  # fmt: skip
GROUP = Telling(
    "Closed list", "only members or allowed senders may write to this address",
    "ask its owner to let this sender in; QUIT",
)  # fmt: skip
USED_UP = Telling(
    "Session used up", "no more messages on this connection",
    "reconnect now, with fewer messages on each", None, Retry.IMMEDIATELY,
)  # fmt: skip

HELLO_FIRST = Telling("Hello missing", "EHLO must come first", "EHLO {client}")
NESTED = Telling(
    "MAIL out of order", "a transaction is already open", "RCPT TO:<user@domain>; RSET, then MAIL"
)
MAIL_FIRST = Telling(
    "MAIL missing", "MAIL must come first",
    "MAIL FROM:<you@domain>; if MAIL was sent, its reply says why it was not accepted",
)  # fmt: skip
RCPT_FIRST = Telling(
    "No recipient", "no recipient has been accepted; send NO message text now",
    "RCPT TO:<user@domain>; RSET; QUIT",
)  # fmt: skip
PARAMETER = Telling(
    "Parameter refused", "the parameter {parameter} is malformed, or has a value not known here",
    "{verb} without {parameter}, or with a value that its RFC has; QUIT", Blame.YOUR_COMMAND,
)  # fmt: skip
COMMAND_LONG = Telling(
    "Line too long", "the line is longer than the server accepts; it must accept 512 octets",
    "send a shorter line", Blame.YOUR_COMMAND,
)  # fmt: skip
TLS_ALREADY = Telling(
    "TLS is on already", "TLS is already on; STARTTLS works once a session",
    "EHLO, then continue; QUIT",
)  # fmt: skip
IN_TRANSACTION = Telling(
    "AUTH out of order", "AUTH is not possible inside a mail transaction", "RSET, then AUTH; QUIT"
)
NO_UTF8 = Telling(
    "Not UTF-8", "the line contains octets that are not valid UTF-8",
    "send it in ASCII, or as valid UTF-8; QUIT", Blame.YOUR_COMMAND,
)  # fmt: skip
NOT_KNOWN = Telling(
    "Too many unknown commands", "too many commands that the server does not know; it ends this",
    "connect again, with commands that EHLO or HELP lists",
)  # fmt: skip
NO_MECHANISM = Telling(
    "Mechanism missing", "AUTH needs a mechanism; no login was tried",
    ":auth MECHANISM USER asks for the password; QUIT", Blame.YOUR_COMMAND,
)  # fmt: skip
FOR_GOOD = Telling(
    "Address blocked", "the server refuses mail from {address} permanently",
    "find the abuse; send through another relay; QUIT", None, Retry.NEVER,
)  # fmt: skip
GUESSED = Telling(
    "Too many bad addresses", "too many of the recipients tried do not exist; treated as guessing",
    "clean the list of recipients; retry {when}", Blame.YOU,
)  # fmt: skip
HELD = Telling(
    "Sending not allowed", "this account may not send: held, ended, or not set up for it",
    "ask whoever runs the account; QUIT", Blame.YOU,
)  # fmt: skip
CHECKING = Telling(
    "Still being checked", "the server is still examining the message", "retry in a few minutes",
)  # fmt: skip
NO_ROUTE = Telling(
    "No route", "your server has no route to the host's address",
    "check routes and firewall here; for IPv6, whether this machine has any",
)  # fmt: skip
REFUSED = Telling(
    "Connection refused",
    "nothing listens on that port of the host, or a firewall refuses the connection",
    "connect by hand to compare; your server retries on its own",
)  # fmt: skip
HUNG_UP = Telling(
    "Hung up", "the host hung up in the middle of the session, without a reply",
    "try by hand to see after which command; your server retries on its own",
)  # fmt: skip
NO_DNS = Telling(
    "No answer from DNS", "DNS did not answer for {domain}: whether it has a mail host is unknown",
    "query its MX with that server's resolver; it retries on its own",
)  # fmt: skip
EXPIRED = Telling(
    "Delivery expired", "your server gives up: it could not deliver for as long as it keeps trying",
    "earlier lines with the same queue id say why; send it again once that is fixed", None,
    Retry.AFTER_CHANGE,
)  # fmt: skip
NOT_VERIFIED = Telling(
    "Certificate not verified",
    "your server requires a valid certificate, and the host's does not verify",
    "smtpprobe starttls {target} shows what TLS it offers; tell their postmaster",
)  # fmt: skip
TLS_FAILED = Telling(
    "TLS failed",
    "TLS with the host failed, and your server does not deliver without it",
    "smtpprobe starttls {target} shows what TLS it offers; tell their postmaster",
)  # fmt: skip
