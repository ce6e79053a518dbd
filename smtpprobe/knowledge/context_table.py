"""What 4yz and 5yz replies mean as the answer to each command (RFC 5321 4.3.2 and extensions).

Rows of one command and code stand from the particular to the general; the first whose condition
holds is taken. A row with the cause `unknown` gives way to anything the reply itself tells.
"""

from __future__ import annotations

from typing import TypeAlias

from smtpprobe.knowledge import conditions as when
from smtpprobe.knowledge.causes import Blame, Cause, Retry
from smtpprobe.knowledge.finding import Row
from smtpprobe.protocol.phase import Context

Rows: TypeAlias = dict[int, tuple[Row, ...]]

RELAY = "this server does not relay mail for {domain} from you"
"""The one wording of every relay refusal."""
RELAY_STEPS = "AUTH, if this is your submission server; else the MX of {domain}; RSET; QUIT"

_BASE = "RFC 5321 4.2.3, 4.3.2"
_TLS = "RFC 3207 4"
_AUTH = "RFC 4954 4, 6"

_CONNECT: Rows = {
    421: (
        Row(
            "Service busy",
            "no service now: the server is busy or throttles you, and closes",
            Cause.SERVICE_UNAVAILABLE,
            "try later, with fewer connections; the next MX",
            "RFC 5321 3.8, 4.3.2",
        ),
    ),
    521: (
        Row(
            "Host takes no mail",
            "this host never takes mail: it answers only to say so",
            Cause.NO_MAIL_SERVICE,
            "the next MX; check that this is the right host; QUIT",
            "RFC 7504 3",
        ),
    ),
    554: (
        Row(
            "No SMTP service",
            "the server refuses the session: no mail service here, or not for you",
            Cause.NO_MAIL_SERVICE,
            "read its text; QUIT; the next MX",
            "RFC 5321 3.1",
            retry=Retry.AFTER_CHANGE,
        ),
    ),
    550: (
        Row(
            "Session refused",
            "the server refuses your session, most often a block of your address",
            Cause.POLICY,
            "read its text; QUIT",
            _BASE,
        ),
    ),
}

_HELLO: Rows = {
    500: (
        Row(
            "EHLO unknown",
            "the server does not know EHLO: an old server, or an LMTP one",
            Cause.NOT_IMPLEMENTED,
            "HELO {client}; LHLO, if this is LMTP; QUIT",
            "RFC 5321 3.2, RFC 2033 4.1",
        ),
    ),
    501: (
        Row(
            "Name refused",
            "the name you gave is not acceptable",
            Cause.SYNTAX_ERROR,
            "EHLO with a full host name, or [192.0.2.1]; QUIT",
            "RFC 5321 4.1.1.1",
        ),
    ),
    502: (
        Row(
            "EHLO off",
            "the server does not offer EHLO",
            Cause.NOT_IMPLEMENTED,
            "HELO {client}; QUIT",
            "RFC 5321 3.2, 4.2.4",
        ),
    ),
    503: (
        Row(
            "Hello out of order",
            "the server does not take a hello at this point",
            Cause.BAD_SEQUENCE,
            "RSET, then EHLO again; QUIT",
            "RFC 5321 4.1.4",
        ),
    ),
    504: (
        Row(
            "Name refused",
            "the name you gave is not acceptable: a full host name is wanted",
            Cause.SYNTAX_ERROR,
            "EHLO with a full host name, or [192.0.2.1]; QUIT",
            "RFC 5321 4.1.1.1, 4.1.4",
        ),
    ),
    550: (
        Row(
            "Hello refused",
            "the server refuses the hello: the name you gave, or you",
            Cause.SYNTAX_ERROR,
            "EHLO with the real name of this host; QUIT",
            "RFC 5321 4.1.1.1, 4.3.2",
        ),
    ),
    554: (
        Row(
            "Hello refused",
            "the server refuses to serve this session",
            Cause.POLICY,
            "read its text; QUIT",
            "RFC 5321 3.1, 4.3.2",
        ),
    ),
}

_HELO: Rows = {
    **_HELLO,
    500: (
        Row(
            "HELO unknown",
            "the server does not know HELO: is this an SMTP server?",
            Cause.NOT_IMPLEMENTED,
            "LHLO, if this is LMTP; QUIT",
            "RFC 5321 3.2, RFC 2033 4.1",
        ),
    ),
    502: (
        Row(
            "HELO off",
            "the server does not offer HELO",
            Cause.NOT_IMPLEMENTED,
            "EHLO {client}; QUIT",
            "RFC 5321 3.2, 4.2.4",
        ),
    ),
}

_LHLO: Rows = {
    **_HELLO,
    500: (
        Row(
            "LHLO unknown",
            "the server does not know LHLO: it speaks SMTP, not LMTP",
            Cause.NOT_IMPLEMENTED,
            "EHLO {client}; QUIT",
            "RFC 2033 4.1",
        ),
    ),
    502: (
        Row(
            "LHLO off",
            "the server does not offer LHLO: it speaks SMTP, not LMTP",
            Cause.NOT_IMPLEMENTED,
            "EHLO {client}; QUIT",
            "RFC 2033 4.1",
        ),
    ),
}

_ALREADY_TLS = Row(
    "TLS already on",
    "TLS is already on; STARTTLS works once a session",
    Cause.BAD_SEQUENCE,
    "MAIL FROM:<you@domain>; QUIT",
    "RFC 3207 4, 4.2",
    when=when.in_tls,
)

_STARTTLS: Rows = {
    454: (
        Row(
            "TLS not available now",
            "TLS is offered but does not work there for now",
            Cause.TLS_UNAVAILABLE,
            "try later; never AUTH in clear",
            "RFC 3207 4",
            retry=Retry.LATER_SAME,
        ),
    ),
    500: (
        _ALREADY_TLS,
        Row(
            "No STARTTLS",
            "the server does not know STARTTLS",
            Cause.TLS_UNAVAILABLE,
            "EHLO shows what is offered; another port (465, 587); QUIT",
            _TLS,
            retry=Retry.AFTER_CHANGE,
        ),
    ),
    501: (
        Row(
            "STARTTLS takes no argument",
            "STARTTLS takes no argument",
            Cause.SYNTAX_ERROR,
            "STARTTLS alone",
            "RFC 3207 4",
        ),
    ),
    502: (
        _ALREADY_TLS,
        Row(
            "No STARTTLS",
            "the server does not offer STARTTLS",
            Cause.TLS_UNAVAILABLE,
            "EHLO shows what is offered; another port (465, 587); QUIT",
            _TLS,
            retry=Retry.AFTER_CHANGE,
        ),
    ),
    503: (
        _ALREADY_TLS,
        Row(
            "STARTTLS out of order",
            "EHLO must come first",
            Cause.BAD_SEQUENCE,
            "EHLO {client}",
            "RFC 3207 4, RFC 5321 4.1.4",
            when=when.no_hello,
        ),
        Row(
            "STARTTLS out of order",
            "a transaction is open; STARTTLS has to come before MAIL",
            Cause.BAD_SEQUENCE,
            "RSET, then STARTTLS",
            "RFC 3207 4",
            when=when.transaction_open,
        ),
        Row(
            "STARTTLS out of order",
            "STARTTLS is not offered here, or not at this point",
            Cause.TLS_UNAVAILABLE,
            "EHLO again, see whether STARTTLS is offered; QUIT",
            _TLS,
            retry=Retry.AFTER_CHANGE,
        ),
    ),
    554: (
        _ALREADY_TLS,
        Row(
            "STARTTLS refused",
            "the server refuses TLS for this session",
            Cause.TLS_UNAVAILABLE,
            "read its text; QUIT",
            _TLS,
            retry=Retry.AFTER_CHANGE,
        ),
    ),
}

_AUTH_ROWS: Rows = {
    421: (
        Row(
            "Login ended",
            "the server closes instead of taking the login: busy, or too many attempts",
            Cause.SERVICE_UNAVAILABLE,
            "wait; connect again",
            "RFC 5321 3.8",
        ),
    ),
    432: (
        Row(
            "Password transition",
            "the account must log in once with PLAIN before {mechanism} works",
            Cause.AUTH_MECHANISM,
            "AUTH PLAIN, inside TLS",
            "RFC 4954 6, IANA X.7.12",
            retry=Retry.AFTER_CHANGE,
        ),
    ),
    454: (
        Row(
            "Login not possible now",
            "the server cannot check the login now: its password backend fails",
            Cause.SERVER_ERROR,
            "AUTH again later; QUIT",
            "RFC 4954 6",
        ),
    ),
    435: (
        Row(
            "Login not possible now",
            "the server cannot check the login now (454 is the standard code)",
            Cause.SERVER_ERROR,
            "AUTH again later; QUIT",
            "Exim, log text of its authenticators",
        ),
    ),
    500: (
        Row(
            "AUTH not understood",
            "the server does not know AUTH, or the line is too long",
            Cause.NOT_IMPLEMENTED,
            "EHLO shows the mechanisms; AUTH without initial response",
            _AUTH,
        ),
    ),
    501: (
        Row(
            "Cancelled",
            "cancelled as you asked",
            Cause.SYNTAX_ERROR,
            "AUTH again; QUIT",
            "RFC 4954 4",
            when=when.cancelled,
        ),
        Row(
            "AUTH not decoded",
            "the server could not decode the base64, or the login was cancelled",
            Cause.SYNTAX_ERROR,
            "AUTH again; :b64 TEXT encodes an answer",
            "RFC 4954 4",
        ),
    ),
    502: (
        Row(
            "AUTH off",
            "AUTH is not offered here",
            Cause.NOT_IMPLEMENTED,
            "EHLO shows what is offered; STARTTLS first; QUIT",
            _AUTH,
        ),
    ),
    503: (
        Row(
            "Already logged in",
            "already logged in; AUTH works once a session",
            Cause.BAD_SEQUENCE,
            "MAIL FROM:<you@domain>; QUIT",
            "RFC 4954 4",
            when=when.logged_in,
        ),
        Row(
            "AUTH out of order",
            "a transaction is open; AUTH has to come before MAIL",
            Cause.BAD_SEQUENCE,
            "RSET, then AUTH",
            "RFC 4954 4",
            when=when.transaction_open,
        ),
        Row(
            "AUTH out of order",
            "EHLO must come first",
            Cause.BAD_SEQUENCE,
            "EHLO {client}",
            "RFC 4954 4, RFC 5321 4.1.4",
            when=when.no_hello,
        ),
        Row(
            "AUTH not offered",
            "AUTH is not offered on this session",
            Cause.AUTH_MECHANISM,
            "STARTTLS, then EHLO again; QUIT",
            _AUTH,
            when=when.mechanism_unannounced,
        ),
        Row(
            "AUTH out of order",
            "AUTH is not possible at this point",
            Cause.BAD_SEQUENCE,
            "EHLO again; QUIT",
            "RFC 4954 4",
        ),
    ),
    504: (
        Row(
            "Mechanism not offered",
            "the server does not offer {mechanism}",
            Cause.AUTH_MECHANISM,
            "AUTH with one that EHLO lists; QUIT",
            "RFC 4954 4, 6",
        ),
    ),
    523: (
        Row(
            "Encryption needed",
            "the server wants encryption before {mechanism}",
            Cause.TLS_REQUIRED,
            "STARTTLS, then EHLO again",
            "RFC 5248 2.4, IANA X.7.10",
        ),
    ),
    524: (
        Row(
            "Encryption needed",
            "the server wants encryption before {mechanism}",
            Cause.TLS_REQUIRED,
            "STARTTLS, then EHLO again",
            "IANA X.7.11",
        ),
    ),
    525: (
        Row(
            "Account disabled",
            "the login is right but the account is disabled",
            Cause.AUTH_FAILED,
            "ask the account's administrator; QUIT",
            "RFC 5248 2.4, IANA X.7.13",
        ),
    ),
    530: (
        Row(
            "Encryption needed",
            "the server wants encryption before anything that carries a password",
            Cause.TLS_REQUIRED,
            "STARTTLS, then EHLO again",
            "RFC 3207 4, RFC 4954 6",
            when=when.in_clear,
        ),
        Row(
            "Login refused here",
            "the server wants something else before AUTH; its text says what",
            Cause.AUTH_REQUIRED,
            "read its text; QUIT",
            "RFC 4954 6",
        ),
    ),
    534: (
        Row(
            "Mechanism too weak",
            "{mechanism} is too weak for this account",
            Cause.AUTH_MECHANISM,
            "AUTH with a stronger mechanism of the EHLO list; QUIT",
            "RFC 4954 6",
        ),
    ),
    535: (
        Row(
            "Login refused",
            "user name or password wrong, or this account may not use {mechanism};"
            " the session is unchanged",
            Cause.AUTH_FAILED,
            "AUTH again; QUIT",
            "RFC 4954 6",
        ),
    ),
    538: (
        Row(
            "Encryption needed",
            "the server wants encryption before {mechanism} (an obsolete code)",
            Cause.TLS_REQUIRED,
            "STARTTLS, then EHLO again",
            "RFC 4954 6, IANA X.7.11",
        ),
    ),
    550: (
        Row(
            "Login refused",
            "the server refuses this login",
            Cause.UNKNOWN,
            "read its text; QUIT",
            _AUTH,
        ),
    ),
    554: (
        Row(
            "Login refused",
            "the server refuses this login",
            Cause.UNKNOWN,
            "read its text; QUIT",
            _AUTH,
        ),
    ),
}

_LOGIN_FIRST = Row(
    "Login needed", "log in before {verb}", Cause.AUTH_REQUIRED, "AUTH; {verb} again", "RFC 4954 6"
)

_TLS_OR_LOGIN = Row(
    "TLS or login needed",
    "TLS or a login is needed before {verb}",
    Cause.TLS_REQUIRED,
    "STARTTLS, then EHLO again; AUTH",
    "RFC 3207 4, RFC 4954 6",
    when=when.in_clear,
)

_530 = (
    _TLS_OR_LOGIN,
    _LOGIN_FIRST,
)

_MAIL: Rows = {
    450: (
        Row(
            "Sender deferred",
            "sender refused for now: server gives no reason; class 4: temporary",
            Cause.UNKNOWN,
            "MAIL again after 5 minutes; QUIT",
            _BASE,
        ),
    ),
    451: (
        Row(
            "Sender deferred",
            "sender not taken now: trouble on their side, or a rule of theirs",
            Cause.UNKNOWN,
            "MAIL again after 5 minutes; QUIT",
            _BASE,
        ),
    ),
    452: (
        Row(
            "No room now",
            "the server takes no message now: no room, or a limit of theirs",
            Cause.STORAGE_FULL,
            "MAIL again later; QUIT",
            _BASE,
        ),
    ),
    455: (
        Row(
            "Parameter not possible now",
            "the server cannot honour a parameter of this MAIL now",
            Cause.PARAMETER_UNSUPPORTED,
            "MAIL without the parameter; later again as it was",
            "RFC 5321 4.1.1.11",
        ),
    ),
    501: (
        Row(
            "MAIL malformed",
            "the MAIL line or its address is malformed",
            Cause.SYNTAX_ERROR,
            "MAIL FROM:<you@domain>",
            _BASE,
        ),
    ),
    503: (
        Row(
            "MAIL out of order",
            "EHLO must come first",
            Cause.BAD_SEQUENCE,
            "EHLO {client}",
            "RFC 5321 4.1.4",
            when=when.no_hello,
        ),
        Row(
            "MAIL out of order",
            "a transaction is already open",
            Cause.BAD_SEQUENCE,
            "RCPT TO:<user@domain>; RSET, then MAIL",
            "RFC 5321 4.1.4",
            when=when.transaction_open,
        ),
        Row(
            "MAIL out of order",
            "the server does not take MAIL at this point",
            Cause.BAD_SEQUENCE,
            "RSET, then MAIL; EHLO again; QUIT",
            "RFC 5321 4.1.4",
        ),
    ),
    504: (
        Row(
            "Parameter unknown",
            "the server does not know a parameter of this MAIL",
            Cause.PARAMETER_UNSUPPORTED,
            "MAIL with announced parameters only",
            _BASE,
        ),
    ),
    530: _530,
    550: (
        Row(
            "Null sender refused",
            "the null sender <> is refused, which no server may do",
            Cause.SENDER_REJECTED,
            "MAIL FROM:<you@domain>; QUIT",
            "RFC 5321 4.5.5, 6.1",
            blame=Blame.THEIR_POLICY,
            when=when.null_sender,
        ),
        Row(
            "Sender refused",
            "sender refused: server gives no reason; class 5: permanent",
            Cause.UNKNOWN,
            "MAIL with another sender; QUIT",
            _BASE,
        ),
    ),
    552: (
        Row(
            "Message too large",
            "the size you declare is over the server's limit",
            Cause.MESSAGE_TOO_LARGE,
            "a smaller message; EHLO shows SIZE; QUIT",
            "RFC 1870 6.1",
            when=when.sized_sender,
        ),
        Row(
            "No room",
            "the server has no room for this message",
            Cause.MESSAGE_TOO_LARGE,
            "a smaller message; EHLO shows SIZE; QUIT",
            _BASE,
        ),
    ),
    553: (
        Row(
            "Sender not allowed",
            "this sender address is not allowed here",
            Cause.SENDER_REJECTED,
            "MAIL with an address you own, in plain syntax; AUTH; QUIT",
            _BASE,
        ),
    ),
    554: (
        Row(
            "Sender refused",
            "MAIL refused: server gives no reason; class 5: permanent",
            Cause.UNKNOWN,
            "read its text; QUIT",
            _BASE,
        ),
    ),
    555: (
        Row(
            "Parameter unknown",
            "the server does not know a parameter of this MAIL",
            Cause.PARAMETER_UNSUPPORTED,
            "MAIL with announced parameters only",
            "RFC 5321 4.1.1.11",
        ),
    ),
    572: (
        Row(
            "Null sender refused",
            "bounces are refused (not a standard code; first digit 5: permanent)",
            Cause.SENDER_REJECTED,
            "MAIL FROM:<you@domain>; QUIT",
            "Novell NetMail and Bongo, reply texts",
            blame=Blame.THEIR_POLICY,
        ),
    ),
}

_RCPT: Rows = {
    450: (
        Row(
            "Recipient deferred",
            "recipient not taken now: server gives no reason; class 4: temporary",
            Cause.UNKNOWN,
            "the same again after 5 minutes (greylisting is common)",
            _BASE,
        ),
    ),
    451: (
        Row(
            "Recipient deferred",
            "recipient not taken now: server gives no reason; class 4: temporary",
            Cause.UNKNOWN,
            "the same again after 5 minutes (greylisting is common)",
            _BASE,
        ),
    ),
    452: (
        Row(
            "No room now",
            "recipient not taken now: no room, or a limit; class 4: temporary",
            Cause.UNKNOWN,
            "the same again later; RSET; QUIT",
            "RFC 5321 4.2.3, 4.5.3.1.10",
            when=when.no_recipient,
        ),
        Row(
            "No more recipients",
            "this transaction takes no more recipients now",
            Cause.TOO_MANY_RECIPIENTS,
            "DATA for the accepted ones; the rest in a new MAIL",
            "RFC 5321 4.5.3.1.10",
        ),
    ),
    455: (
        Row(
            "Parameter not possible now",
            "the server cannot honour a parameter of this RCPT now",
            Cause.PARAMETER_UNSUPPORTED,
            "RCPT without the parameter; later again as it was",
            "RFC 5321 4.1.1.11",
        ),
    ),
    501: (
        Row(
            "RCPT malformed",
            "the RCPT line or its address is malformed",
            Cause.SYNTAX_ERROR,
            "RCPT TO:<user@domain>",
            _BASE,
        ),
    ),
    503: (
        Row(
            "RCPT out of order",
            "MAIL must come first",
            Cause.BAD_SEQUENCE,
            "MAIL FROM:<you@domain>",
            "RFC 5321 4.1.4",
            when=when.no_sender,
        ),
        Row(
            "RCPT out of order",
            "the server does not take RCPT at this point",
            Cause.BAD_SEQUENCE,
            "RSET, then MAIL; QUIT",
            "RFC 5321 4.1.4",
        ),
    ),
    504: (
        Row(
            "Parameter unknown",
            "the server does not know a parameter of this RCPT",
            Cause.PARAMETER_UNSUPPORTED,
            "RCPT with announced parameters only",
            _BASE,
        ),
    ),
    530: _530,
    550: (
        Row(
            "Recipient refused",
            "recipient refused: server gives no reason; class 5: permanent",
            Cause.UNKNOWN,
            "check the address; RCPT TO:<another>; RSET; QUIT",
            "RFC 5321 4.2.3",
        ),
    ),
    551: (
        Row(
            "Recipient elsewhere",
            "the recipient is not here; the server will not forward, its text may say where",
            Cause.RECIPIENT_MOVED,
            "RCPT with the address it names, if any; RSET; QUIT",
            "RFC 5321 3.4",
        ),
    ),
    552: (
        Row(
            "No more recipients",
            "this transaction takes no more recipients (552 here is to be read as 452)",
            Cause.TOO_MANY_RECIPIENTS,
            "DATA for the accepted ones; the rest in a new MAIL",
            "RFC 5321 4.5.3.1.10",
            retry=Retry.LATER_SAME,
            note="no recipient was accepted before: a full mailbox is as likely; read its text",
            when=when.no_recipient,
        ),
        Row(
            "No more recipients",
            "this transaction takes no more recipients (552 here is to be read as 452)",
            Cause.TOO_MANY_RECIPIENTS,
            "DATA for the accepted ones; the rest in a new MAIL",
            "RFC 5321 4.5.3.1.10",
            retry=Retry.LATER_SAME,
        ),
    ),
    553: (
        Row(
            "Address not allowed",
            "the server does not take this address: its form, or a rule",
            Cause.UNKNOWN,
            "check the address; RCPT TO:<another>; RSET; QUIT",
            _BASE,
        ),
    ),
    554: (
        Row(
            "Recipient refused",
            "recipient refused: server gives no reason; class 5: permanent",
            Cause.UNKNOWN,
            "read its text; RCPT TO:<another>; RSET; QUIT",
            _BASE,
        ),
    ),
    555: (
        Row(
            "Parameter unknown",
            "the server does not know a parameter of this RCPT",
            Cause.PARAMETER_UNSUPPORTED,
            "RCPT with announced parameters only",
            "RFC 5321 4.1.1.11",
        ),
    ),
    556: (
        Row(
            "Domain takes no mail",
            "the server says that {domain} takes no mail at all (null MX)",
            Cause.NO_MAIL_SERVICE,
            "check the domain; RCPT TO:<another>; RSET; QUIT",
            "RFC 7504 4, RFC 7505 4",
        ),
    ),
}

_NO_RECIPIENTS = Row(
    "DATA out of order",
    "no recipient has been accepted; send NO message text now",
    Cause.BAD_SEQUENCE,
    "RCPT TO:<user@domain>; RSET; QUIT",
    "RFC 5321 3.3, 4.1.1.4",
    when=when.no_recipient,
)

_DATA: Rows = {
    451: (
        Row(
            "Message deferred",
            "message not taken now; send NO message text",
            Cause.UNKNOWN,
            "DATA again later; RSET; QUIT",
            _BASE,
        ),
    ),
    452: (
        Row(
            "No room now",
            "no room for the message now; send NO message text",
            Cause.STORAGE_FULL,
            "DATA again later; RSET; QUIT",
            _BASE,
        ),
    ),
    503: (
        _NO_RECIPIENTS,
        Row(
            "DATA out of order",
            "DATA is not possible now; send NO message text",
            Cause.BAD_SEQUENCE,
            "RSET, then MAIL; QUIT",
            "RFC 5321 4.1.4, RFC 3030 2",
        ),
    ),
    530: _530,
    550: (
        Row(
            "Message refused",
            "message refused before its text; send NONE; class 5: permanent",
            Cause.UNKNOWN,
            "read its text; RSET; QUIT",
            _BASE,
        ),
    ),
    554: (
        _NO_RECIPIENTS,
        Row(
            "Message refused",
            "message refused before its text; send NONE; class 5: permanent",
            Cause.UNKNOWN,
            "read its text; RSET; QUIT",
            _BASE,
        ),
    ),
}

_END: Rows = {
    421: (
        Row(
            "Closed after the text",
            "not accepted: the server closes; you keep the message",
            Cause.SERVICE_UNAVAILABLE,
            "connect again later, send it again",
            "RFC 5321 3.8",
        ),
    ),
    450: (
        Row(
            "Message deferred",
            "not accepted: you keep the message; class 4: temporary",
            Cause.UNKNOWN,
            "the whole message again later; QUIT",
            _BASE,
        ),
    ),
    451: (
        Row(
            "Message deferred",
            "not accepted: you keep the message; class 4: temporary",
            Cause.UNKNOWN,
            "the whole message again later; QUIT",
            _BASE,
        ),
    ),
    452: (
        Row(
            "No room now",
            "not accepted: the server has no room now; you keep the message",
            Cause.STORAGE_FULL,
            "the whole message again later; QUIT",
            _BASE,
        ),
    ),
    550: (
        Row(
            "Message refused",
            "message refused after its text: server gives no reason; class 5: permanent",
            Cause.UNKNOWN,
            "change the message; MAIL FROM:<you@domain>; QUIT",
            _BASE,
        ),
    ),
    552: (
        Row(
            "Message too large",
            "message refused: over a limit of the server, most often its size",
            Cause.MESSAGE_TOO_LARGE,
            "EHLO shows SIZE; a smaller message; QUIT",
            "RFC 5321 4.2.3, RFC 1870 6.3",
        ),
    ),
    554: (
        Row(
            "Message refused",
            "message refused after its text: server gives no reason; class 5: permanent",
            Cause.UNKNOWN,
            "change the message; MAIL FROM:<you@domain>; QUIT",
            _BASE,
        ),
    ),
}

_BDAT: Rows = {
    **_END,
    503: (
        _NO_RECIPIENTS,
        Row(
            "BDAT out of order",
            "BDAT is not possible now: mixed with DATA, or an earlier chunk failed",
            Cause.BAD_SEQUENCE,
            "RSET, then MAIL; QUIT",
            "RFC 3030 2",
        ),
    ),
    554: (
        Row(
            "Chunk refused",
            "chunk refused; after an error all chunks of this message fail",
            Cause.UNKNOWN,
            "RSET, then MAIL; QUIT",
            "RFC 3030 2",
        ),
    ),
}

_VRFY: Rows = {
    **dict.fromkeys(
        (500, 502),
        (
            Row(
                "VRFY off",
                "VRFY is switched off, which is usual; it says nothing about the address",
                Cause.NOT_IMPLEMENTED,
                "RCPT asks the same in a transaction",
                "RFC 5321 3.5.3, 7.3",
            ),
        ),
    ),
    **dict.fromkeys(
        (550, 551),
        (
            Row(
                "VRFY: no",
                "the server says it does not serve this name",
                Cause.UNKNOWN_RECIPIENT,
                "check the spelling",
                "RFC 5321 3.5.3",
            ),
        ),
    ),
    553: (
        Row(
            "VRFY: ambiguous",
            "the name is ambiguous or not written as a mailbox",
            Cause.UNKNOWN_RECIPIENT,
            "VRFY with the full address",
            "RFC 5321 3.5.1",
        ),
    ),
}

_EXPN: Rows = {
    **dict.fromkeys(
        (500, 502),
        (
            Row(
                "EXPN off",
                "EXPN is switched off, which is usual",
                Cause.NOT_IMPLEMENTED,
                "nothing: lists are seldom shown",
                "RFC 5321 3.5.3, 7.3",
            ),
        ),
    ),
    550: (
        Row(
            "EXPN refused",
            "the server does not show the members of this list",
            Cause.POLICY,
            "nothing: lists are seldom shown",
            "RFC 5321 3.5.3",
        ),
    ),
}

_ETRN: Rows = {
    458: (
        Row(
            "Queue run not possible",
            "the server cannot start the queue for that node now",
            Cause.SERVER_ERROR,
            "ETRN again later",
            "RFC 1985 5.3",
        ),
    ),
    459: (
        Row(
            "Node not allowed",
            "ETRN for that node is not allowed; the text says why",
            Cause.POLICY,
            "ask the server's administrator",
            "RFC 1985 5.3",
            retry=Retry.AFTER_CHANGE,
        ),
    ),
    503: (
        Row(
            "ETRN out of order",
            "ETRN is not possible inside a transaction",
            Cause.BAD_SEQUENCE,
            "RSET, then ETRN",
            "RFC 1985 5.3",
            when=when.transaction_open,
        ),
    ),
    530: _530,
}

_ATRN: Rows = {
    450: (
        Row(
            "ATRN refused",
            "the server refuses to turn round for these domains",
            Cause.POLICY,
            "ask the server's administrator",
            "RFC 2645 5.2.1",
        ),
    ),
    451: (
        Row(
            "ATRN not now",
            "the server cannot turn round now",
            Cause.SERVER_ERROR,
            "ATRN again later",
            "RFC 2645 5.2.1",
        ),
    ),
    453: (
        Row(
            "No mail for you",
            "no mail is waiting for you, which is good news",
            Cause.ACCEPTED,
            "QUIT",
            "RFC 2645 5.2.1",
            retry=Retry.NO_NEED,
        ),
    ),
    502: (
        Row(
            "ATRN off",
            "the server does not offer ATRN",
            Cause.NOT_IMPLEMENTED,
            "ETRN, if announced; QUIT",
            "RFC 2645 5.2.1",
        ),
    ),
    530: (_LOGIN_FIRST,),
}

_TURN: Rows = {
    **dict.fromkeys(
        (500, 502),
        (
            Row(
                "TURN off",
                "TURN is not offered; it was given up because it cannot be made safe",
                Cause.NOT_IMPLEMENTED,
                "ETRN or ATRN, if announced; QUIT",
                "RFC 5321 F.1",
            ),
        ),
    ),
}

_XCLIENT: Rows = {
    501: (
        Row(
            "Attribute refused",
            "an attribute or its value is not understood",
            Cause.SYNTAX_ERROR,
            "EHLO lists the attributes",
            "Postfix XCLIENT_README",
        ),
    ),
    503: (
        Row(
            "Out of order",
            "{verb} is not possible inside a transaction",
            Cause.BAD_SEQUENCE,
            "RSET, then {verb}",
            "Postfix XCLIENT_README",
        ),
    ),
    550: (
        Row(
            "Not authorised",
            "your address is not among those that may use {verb}",
            Cause.POLICY,
            "have the server list your address (Postfix: smtpd_authorized_xclient_hosts)",
            "Postfix XCLIENT_README, XFORWARD_README",
            blame=Blame.YOUR_IP,
        ),
    ),
}

_SEND: Rows = dict.fromkeys(
    (500, 502),
    (
        Row(
            "Obsolete command",
            "{verb} is obsolete; hardly any server knows it",
            Cause.NOT_IMPLEMENTED,
            "MAIL FROM:<you@domain>",
            "RFC 5321 F.6",
        ),
    ),
)

_UNKNOWN: Rows = dict.fromkeys(
    (500, 502),
    (
        Row(
            "Command not recognised",
            "the server does not know this command",
            Cause.NOT_IMPLEMENTED,
            "check the spelling; HELP; QUIT",
            "RFC 5321 4.2.4",
        ),
    ),
)

CONTEXT_ROWS: dict[Context, Rows] = {
    Context.CONNECT: _CONNECT,
    Context.EHLO: _HELLO,
    Context.HELO: _HELO,
    Context.LHLO: _LHLO,
    Context.STARTTLS: _STARTTLS,
    Context.AUTH: _AUTH_ROWS,
    Context.AUTH_STEP: _AUTH_ROWS,
    Context.MAIL: _MAIL,
    Context.RCPT: _RCPT,
    Context.DATA: _DATA,
    Context.DATA_END: _END,
    Context.BDAT: _BDAT,
    Context.BDAT_LAST: _BDAT,
    Context.BURL: {
        **_BDAT,
        554: (
            Row(
                "BURL refused",
                "the server could not fetch the message from that URL",
                Cause.CONTENT_REJECTED,
                "check the URL and its rights; RSET; QUIT",
                "RFC 4468 3.3",
            ),
        ),
    },
    Context.VRFY: _VRFY,
    Context.EXPN: _EXPN,
    Context.ETRN: _ETRN,
    Context.ATRN: _ATRN,
    Context.TURN: _TURN,
    Context.XCLIENT: _XCLIENT,
    Context.XFORWARD: _XCLIENT,
    Context.SEND: _SEND,
    Context.SOML: _SEND,
    Context.SAML: _SEND,
    Context.UNKNOWN: _UNKNOWN,
}
"""By command, then by code."""

VAGUE = frozenset({_TLS_OR_LOGIN})
"""Rows that name two causes: a text that names one of them has the better words."""

GENERIC_ROWS: dict[tuple[Context, int, str], Row] = {
    (Context.RCPT, 454, "X.7.1"): Row(
        "Relaying denied", RELAY, Cause.RELAY_DENIED, RELAY_STEPS, "RFC 5321 3.6.2, RFC 3463 3.8"
    ),
    (Context.STARTTLS, 454, "X.7.0"): _STARTTLS[454][0],
    (Context.AUTH, 454, "X.7.0"): _AUTH_ROWS[454][0],
    (Context.AUTH_STEP, 454, "X.7.0"): _AUTH_ROWS[454][0],
    (Context.DATA_END, 552, "X.7.0"): Row(
        "Content refused",
        "refused for its content, most often an attachment",
        Cause.CONTENT_REJECTED,
        "remove attachments and links; QUIT",
        "RFC 3463 3.8; Google Workspace Help, SMTP errors",
    ),
}
"""Refinements for a generic enhanced status code with a command and a code."""
