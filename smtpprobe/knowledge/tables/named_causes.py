"""Which causes the standards name for a command and a code: a text that agrees is no guess."""

from __future__ import annotations

from smtpprobe.knowledge.annotation import Cause
from smtpprobe.protocol.verbs import Context

_NAMED: tuple[tuple[tuple[Context, ...], tuple[int, ...], tuple[Cause, ...]], ...] = (
    ((Context.CONNECT,), (554, 421, 550, 450, 451), (Cause.IP_BLOCKED, Cause.NO_REVERSE_DNS)),
    (
        (Context.CONNECT,),
        (421,),
        (Cause.RATE_LIMITED, Cause.TOO_MANY_CONNECTIONS, Cause.SERVICE_UNAVAILABLE),
    ),
    ((Context.STARTTLS,), (503, 554), (Cause.BAD_SEQUENCE,)),
    ((Context.AUTH, Context.AUTH_STEP), (535, 454), (Cause.AUTH_FAILED,)),
    ((Context.AUTH, Context.AUTH_STEP), (503, 504, 534), (Cause.AUTH_MECHANISM,)),
    ((Context.AUTH, Context.AUTH_STEP), (504, 530, 538, 523), (Cause.TLS_REQUIRED,)),
    ((Context.AUTH, Context.AUTH_STEP), (503,), (Cause.BAD_SEQUENCE,)),
    ((Context.MAIL,), (503,), (Cause.BAD_SEQUENCE,)),
    ((Context.MAIL, Context.RCPT, Context.DATA), (530,), (Cause.TLS_REQUIRED, Cause.AUTH_REQUIRED)),
    (
        (Context.MAIL,),
        (501, 553, 550, 450, 572),
        (Cause.SENDER_REJECTED, Cause.SMTPUTF8_UNSUPPORTED),
    ),
    ((Context.MAIL,), (421, 450, 451, 452), (Cause.RATE_LIMITED,)),
    ((Context.MAIL,), (452, 451), (Cause.STORAGE_FULL,)),
    ((Context.MAIL,), (552,), (Cause.MESSAGE_TOO_LARGE,)),
    ((Context.MAIL,), (550, 554), (Cause.IP_BLOCKED,)),
    ((Context.MAIL, Context.RCPT), (455, 555), (Cause.PARAMETER_UNSUPPORTED,)),
    ((Context.RCPT,), (550, 450, 551), (Cause.UNKNOWN_RECIPIENT,)),
    ((Context.RCPT,), (550,), (Cause.UNKNOWN_DOMAIN, Cause.MAILBOX_DISABLED)),
    ((Context.RCPT,), (550, 551, 553, 554, 454), (Cause.RELAY_DENIED,)),
    ((Context.RCPT,), (550, 554), (Cause.IP_BLOCKED,)),
    ((Context.RCPT,), (450, 451), (Cause.GREYLISTED,)),
    ((Context.RCPT,), (452, 552, 550), (Cause.MAILBOX_FULL,)),
    ((Context.RCPT,), (452, 552), (Cause.TOO_MANY_RECIPIENTS,)),
    ((Context.RCPT,), (501, 504, 550), (Cause.SYNTAX_ERROR,)),
    ((Context.DATA,), (503, 554), (Cause.BAD_SEQUENCE,)),
    (
        (Context.DATA_END, Context.BDAT_LAST),
        (550, 554),
        (Cause.SPAM_CONTENT, Cause.SENDER_AUTH_FAILED, Cause.CONTENT_REJECTED),
    ),
    (
        (Context.DATA_END, Context.BDAT_LAST),
        (552,),
        (Cause.MESSAGE_TOO_LARGE, Cause.CONTENT_REJECTED),
    ),
    ((Context.DATA_END, Context.BDAT_LAST), (554,), (Cause.MALFORMED_MESSAGE, Cause.LOOP_DETECTED)),
    ((Context.UNKNOWN,), (500, 502), (Cause.NOT_IMPLEMENTED,)),
)

NAMED: frozenset[tuple[Context, int, Cause]] = frozenset(
    (context, code, cause)
    for contexts, codes, causes in _NAMED
    for context in contexts
    for code in codes
    for cause in causes
)
"""Source: RFC 5321 4.3.2, RFC 3207 4, RFC 4954 6, RFC 1870 6, RFC 6531 3, command by command."""
