"""What refusals mean during AUTH, and those that require it (RFC 4954 4, 6)."""

from __future__ import annotations

from smtpprobe.knowledge.annotation import Cause, Retry
from smtpprobe.knowledge.rules import conditions as when
from smtpprobe.knowledge.rules.situation import CLOSES_OF_ITSELF, Row, Rows

_SOURCE = "RFC 4954 4, 6"

_LOGIN_REFUSED = Row(
    "Login refused",
    "the server refuses this login",
    Cause.UNKNOWN,
    "read its text; QUIT",
    _SOURCE,
)

AUTH: Rows = {
    421: (
        Row(
            "Login ended",
            "the server closes instead of taking the login: busy, or too many attempts",
            Cause.SERVICE_UNAVAILABLE,
            "wait; connect again",
            "RFC 5321 3.8",
            says=CLOSES_OF_ITSELF,
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
            "AUTH again {when}; QUIT",
            "RFC 4954 6",
        ),
    ),
    435: (
        Row(
            "Login not possible now",
            "the server cannot check the login now (454 is the standard code)",
            Cause.SERVER_ERROR,
            "AUTH again {when}; QUIT",
            "Exim, log text of its authenticators",
        ),
    ),
    500: (
        Row(
            "AUTH not understood",
            "the server does not know AUTH, or the line is too long",
            Cause.NOT_IMPLEMENTED,
            "EHLO shows the mechanisms; AUTH without initial response",
            _SOURCE,
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
            _SOURCE,
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
            "EHLO must come first",
            Cause.BAD_SEQUENCE,
            "EHLO {client}",
            "RFC 4954 4, RFC 5321 4.1.4",
            when=when.no_hello,
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
            "the server requires TLS before {mechanism}",
            Cause.TLS_REQUIRED,
            "STARTTLS, then EHLO again",
            "RFC 5248 2.4, IANA X.7.10",
        ),
    ),
    524: (
        Row(
            "Encryption needed",
            "the server requires TLS before {mechanism}",
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
            "the server requires TLS before AUTH",
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
            "the server requires TLS before {mechanism} (an obsolete code)",
            Cause.TLS_REQUIRED,
            "STARTTLS, then EHLO again",
            "RFC 4954 6, IANA X.7.11",
        ),
    ),
    550: (_LOGIN_REFUSED,),
    554: (_LOGIN_REFUSED,),
}

LOGIN_FIRST = Row(
    "Login needed", "log in before {verb}", Cause.AUTH_REQUIRED, "AUTH; {verb} again", "RFC 4954 6"
)

TLS_OR_LOGIN = Row(
    "TLS or login needed",
    "TLS or a login is needed before {verb}",
    Cause.TLS_REQUIRED,
    "STARTTLS, then EHLO again; AUTH",
    "RFC 3207 4, RFC 4954 6",
    when=when.in_clear,
)

BEFORE_ANYTHING = (
    TLS_OR_LOGIN,
    LOGIN_FIRST,
)
