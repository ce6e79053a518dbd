"""What refusals mean at the beginning of a session: greeting, EHLO, STARTTLS."""

from __future__ import annotations

from smtpprobe.knowledge.annotation import Cause, Retry
from smtpprobe.knowledge.rules import conditions as when
from smtpprobe.knowledge.rules.situation import BASE, CLOSES, Row, Rows

_TLS = "RFC 3207 4"

CONNECT: Rows = {
    4: (
        Row(
            "Session refused for now",
            "the server accepts no session now: server gives no reason; class 4: temporary",
            Cause.UNKNOWN,
            "connect again {when}; the next MX",
            "RFC 5321 3.1, 4.3.2",
        ),
    ),
    5: (
        Row(
            "Session refused",
            "the server refuses the session: server gives no reason; class 5: permanent",
            Cause.UNKNOWN,
            "read its text; QUIT; the next MX",
            "RFC 5321 3.1, 4.3.2",
        ),
    ),
    421: (
        Row(
            "Service busy",
            "no service now: the server is busy or throttles you, and closes",
            Cause.SERVICE_UNAVAILABLE,
            "try later, with fewer connections; the next MX",
            "RFC 5321 3.8, 4.3.2",
            says=CLOSES,
        ),
    ),
    521: (
        Row(
            "Host takes no mail",
            "this host never accepts mail: it answers only to refuse it",
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
            BASE,
        ),
    ),
}

HELLO: Rows = {
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
            "Hello said twice",
            "a hello was accepted already, and this server accepts only one; the first counts",
            Cause.BAD_SEQUENCE,
            "MAIL FROM:<you@domain>; QUIT",
            "RFC 5321 4.1.4",
            when=when.said_hello,
        ),
        Row(
            "Hello out of order",
            "the server does not accept a hello at this point",
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

HELO: Rows = {
    **HELLO,
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

LHLO: Rows = {
    **HELLO,
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

STARTTLS: Rows = {
    454: (
        Row(
            "TLS not available now",
            "TLS is offered but does not work there for now",
            Cause.TLS_UNAVAILABLE,
            "try later; never AUTH in plaintext",
            "RFC 3207 4",
            retry=Retry.LATER_SAME,
        ),
    ),
    500: (
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
