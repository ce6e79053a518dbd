"""What the line and the session show by themselves, however the refusal is worded.

Servers have few words for these: "command error", "syntax error", "authentication required". Only a
text of another kind (TLS first, relaying, a block, too many errors) is read before them.
"""

from __future__ import annotations

import re

from smtpprobe.knowledge import path_form
from smtpprobe.knowledge.annotation import Basis, Blame, Cause, Retry
from smtpprobe.knowledge.assist.expected import starttls_possible, tls_on
from smtpprobe.knowledge.evidence import tellings as say
from smtpprobe.knowledge.evidence.providers import named_provider
from smtpprobe.knowledge.evidence.seen import CAUSES_OWN, Evidence
from smtpprobe.knowledge.rules import conditions as when
from smtpprobe.knowledge.rules import login_progress
from smtpprobe.knowledge.rules.situation import CLOSES_OF_ITSELF, Condition, Finding, Row, Situation
from smtpprobe.named_tuple import NamedTuple
from smtpprobe.protocol.phase import Dialect
from smtpprobe.protocol.verbs import Context


class Fault(NamedTuple):
    """A fault, the replies that it explains, and what else a text may say that is about it."""

    contexts: frozenset[Context]
    codes: frozenset[int]
    when: Condition
    row: Row
    called: frozenset[Cause] = frozenset()
    yields: bool = False
    """Whether a text that has words of its own for a cause is read first."""


C, X = Cause, Context

FORM: frozenset[Cause] = frozenset(
    {
        *(C.SYNTAX_ERROR, C.NOT_IMPLEMENTED, C.PARAMETER_UNSUPPORTED, C.BAD_SEQUENCE),
        *(C.AUTH_MECHANISM, C.AUTH_FAILED),
    }
)
"""What servers call a line that is wrong, whatever is wrong with it."""

OF_THE_SESSION = (say.EARLY, say.UNASKED, say.ERRORS)
"""What a text says of the whole session: it counts before any fault of the line."""

_LINE = frozenset({500, 501, 502, 503, 504})
_UNKNOWN = frozenset({500, 502})
_LOGIN = _LINE | {530, 534, 535, 550, 554}
_PATH = frozenset({500, 501, 502, 503, 504, 553, 555})

_HELLO = frozenset({X.EHLO, X.HELO, X.LHLO})
_AUTH, _STARTTLS = frozenset({X.AUTH}), frozenset({X.STARTTLS})
_CHUNKS = frozenset({X.BDAT, X.BDAT_LAST})
_MAIL, _RCPT, _TEXT = frozenset({X.MAIL}), frozenset({X.RCPT}), frozenset({X.DATA}) | _CHUNKS
_LONG = frozenset(X) - {X.AUTH, X.AUTH_STEP, X.DATA_END, X.BDAT, X.BDAT_LAST, X.CONNECT}

LINE_OCTETS = 512
PATH_LINE_OCTETS = 1000
"""What parameters may lengthen MAIL and RCPT to (RFC 5321 4.5.3.1.4 and each extension)."""


def _row(title: str, meaning: str, cause: Cause, steps: str, source: str) -> Row:
    return Row(title, meaning, cause, steps, source, blame=Blame.YOUR_COMMAND)


def _argument(seen: Situation) -> str:
    command = seen.exchange.command
    return command.argument if command is not None else ""


def _has_argument(seen: Situation) -> bool:
    return bool(_argument(seen))


def _argument_blamed(seen: Situation) -> bool:
    """Return whether something was sent behind the command, and code or text is about that."""
    about = seen.code == 501 or re.search(r"syntax|argument|parameter", seen.text) is not None
    return about and _has_argument(seen)


def _lacks(keyword: str) -> Condition:
    """Return whether the hello was accepted and its reply did not list a keyword."""
    return lambda seen: seen.before.identity is not None and keyword not in seen.before.extensions


def _speaks_lmtp(seen: Situation) -> bool:
    return seen.before.dialect is Dialect.LMTP


def _without_tls(seen: Situation) -> bool:
    return _lacks("STARTTLS")(seen) and not tls_on(seen.before)


def _login_off(seen: Situation) -> bool:
    known = login_progress.none_announced(seen) and not when.logged_in(seen)
    return known and not _secret_refused(seen)


def _secret_refused(seen: Situation) -> bool:
    """Return whether a server that announces no AUTH says that a password is wrong."""
    refused = seen.code == 535 and login_progress.none_announced(seen)
    return refused and login_progress.secret_sent(seen)


def _unexplained(seen: Situation) -> bool:
    """Return whether such a refusal is in no provider's words."""
    return _secret_refused(seen) and named_provider(seen) is None


def _is_long(seen: Situation) -> bool:
    command = seen.exchange.command
    paths = seen.context in (X.MAIL, X.RCPT)
    most = PATH_LINE_OCTETS if paths else LINE_OCTETS
    return command is not None and len(command.raw) > most


def _over_announced(seen: Situation) -> bool:
    """Return whether the message is larger than what EHLO announced as the most."""
    announced = seen.before.extensions.size_limit
    return bool(announced) and seen.before.body.octets > (announced or 0)


def _without_waiting(seen: Situation) -> bool:
    """Return whether more went out before this was answered, which EHLO has not allowed."""
    return len(seen.before.pending) > 1 and "PIPELINING" not in seen.before.extensions


def _clear_first(condition: Condition) -> Condition:
    return lambda seen: condition(seen) and starttls_possible(seen.before)


_RFC_LOGIN, _RFC_PATH = "RFC 4954 4", "RFC 5321 4.1.2"
_UNSURE = "the login is refused; EHLO does not list AUTH, so the password may not be at fault"

FAULTS: tuple[Fault, ...] = (
    Fault(_HELLO - {X.LHLO}, _LINE | {550, 554}, _speaks_lmtp, _row(
        "LMTP begins with LHLO", "this server speaks LMTP, which knows LHLO and no {verb}",
        C.NOT_IMPLEMENTED, "LHLO {client}; QUIT", "RFC 2033 4.1")),
    Fault(frozenset({X.LHLO}), _UNKNOWN, lambda seen: not _speaks_lmtp(seen), _row(
        "Not LMTP", "the server does not know {verb}: it speaks SMTP, not LMTP",
        C.NOT_IMPLEMENTED, "EHLO {client}; QUIT", "RFC 2033 4.1")),
    Fault(_HELLO, _LINE | {550, 553, 554}, lambda seen: not _argument(seen), _row(
        "Name missing", "no name was given: {verb} needs the full name of this host",
        C.SYNTAX_ERROR, "{verb} {client}; QUIT", "RFC 5321 4.1.1.1")),
    Fault(_LONG, _LINE | {421, 552, 554}, _is_long, _row(
        "Line too long",
        "the line is longer than the server accepts; 512 octets with CR LF are the rule",
        C.SYNTAX_ERROR, "a shorter line", "RFC 5321 4.5.3.1.4")._replace(retry=Retry.AFTER_CHANGE),
        frozenset(C)),
    Fault(frozenset({X.DATA_END, X.BDAT_LAST}), frozenset({552}), _over_announced, _row(
        "Message too large", "the message is larger than this server accepts",
        C.MESSAGE_TOO_LARGE, "EHLO shows SIZE; a smaller message; QUIT", "RFC 1870 6")
        ._replace(blame=Blame.CONTENT), frozenset({C.MESSAGE_TOO_LARGE})),
    Fault(_HELLO | _MAIL | _RCPT | _TEXT, _LINE | {421, 521, 550, 554}, _without_waiting, _row(
        "Did not wait",
        "more was sent before this was answered, and EHLO has not offered PIPELINING",
        C.BAD_SEQUENCE, "connect again; one line at a time, each after its reply; QUIT",
        "RFC 2920 3.1")),
    Fault(_STARTTLS, _UNKNOWN | {454, 530, 550, 554}, _without_tls, _row(
        "TLS not offered", "TLS is not available here: the {hello} reply does not list STARTTLS",
        C.TLS_UNAVAILABLE, "another port (465, 587) or host; never AUTH in plaintext; QUIT",
        "RFC 3207 4")._replace(blame=Blame.THEIR_SERVER),
        frozenset({C.TLS_UNAVAILABLE, C.SERVER_ERROR, C.AUTH_REQUIRED})),
    Fault(_STARTTLS, _LINE, _has_argument, _row(
        "STARTTLS malformed", "STARTTLS takes no argument", C.SYNTAX_ERROR, "STARTTLS alone",
        "RFC 3207 4")),
    Fault(_CHUNKS, _UNKNOWN, _lacks("CHUNKING"), _row(
        "BDAT not offered", "the server does not know BDAT: {hello} does not list CHUNKING",
        C.NOT_IMPLEMENTED, "RSET; send the message with DATA; QUIT", "RFC 3030 2")),
    Fault(frozenset({X.BURL}), _LINE, _lacks("BURL"), _row(
        "BURL not offered", "the server does not know BURL: the {hello} reply does not list it",
        C.NOT_IMPLEMENTED, "send the message with DATA; RSET; QUIT", "RFC 4468 3")),
    Fault(frozenset({X.ETRN}), _UNKNOWN, _lacks("ETRN"), _row(
        "ETRN not offered", "the server does not know ETRN: the {hello} reply does not list it",
        C.NOT_IMPLEMENTED, "EHLO shows what is offered; QUIT", "RFC 1985 3")),
    Fault(_AUTH, _LINE | {535},
          lambda seen: _speaks_lmtp(seen) and _login_off(seen), _row(
        "AUTH not offered", "AUTH is not offered here, and LMTP seldom asks for it",
        C.AUTH_MECHANISM, "MAIL FROM:<you@domain>; QUIT", "RFC 4954 3, RFC 2033 4"), yields=True),
    Fault(_AUTH, _LINE | {535}, _clear_first(_login_off), _row(
        "AUTH not offered", "AUTH is not offered here, perhaps only inside TLS",
        C.AUTH_MECHANISM, "STARTTLS, then look for AUTH in EHLO; QUIT", "RFC 4954 3, 4"),
        yields=True),
    Fault(_AUTH, _LINE | {535}, _login_off, _row(
        "AUTH not offered", "AUTH is not offered here: the {hello} reply does not list it",
        C.AUTH_MECHANISM, "another port (465, 587); QUIT", "RFC 4954 3, 4"), yields=True),
    Fault(_AUTH, frozenset({535}), _clear_first(_unexplained), _row(
        "Login refused", _UNSURE, C.AUTH_FAILED, "STARTTLS, then look for AUTH in EHLO; QUIT",
        "RFC 4954 3, 6"), yields=True),
    Fault(_AUTH, frozenset({535}), _unexplained, _row(
        "Login refused", _UNSURE, C.AUTH_FAILED, "another port (465, 587); QUIT",
        "RFC 4954 3, 6"), yields=True),
    Fault(_AUTH, _LOGIN,
          lambda seen: login_progress.is_bare(seen) and not when.transaction_open(seen), _row(
        "Mechanism missing", "AUTH needs a mechanism; offered: {offered}; no login was tried",
        C.SYNTAX_ERROR, ":auth MECHANISM USER asks for the password; QUIT", _RFC_LOGIN),
        frozenset({C.AUTH_REQUIRED})),
    Fault(_AUTH, _LOGIN,
          lambda seen: login_progress.is_no_mechanism(seen) and not when.transaction_open(seen),
          _row(
        "Mechanism not offered", "the server does not offer this mechanism; offered: {offered}",
        C.AUTH_MECHANISM, "AUTH with one that EHLO lists; QUIT", _RFC_LOGIN),
        frozenset({C.AUTH_REQUIRED})),
    Fault(_AUTH, frozenset({530}), login_progress.unannounced, _row(
        "Mechanism not offered", "the server does not offer {mechanism}; offered: {offered}",
        C.AUTH_MECHANISM, "AUTH with one that EHLO lists; QUIT", _RFC_LOGIN),
        frozenset({C.AUTH_REQUIRED})),
    Fault(_MAIL | _RCPT, _PATH, lambda seen: path_form.has_two_ats(_argument(seen)), _row(
        "Address malformed", "the address is malformed: it has two @", C.SYNTAX_ERROR,
        "{verb} with <user@domain>", _RFC_PATH),
        frozenset({C.UNKNOWN_RECIPIENT, C.UNKNOWN_DOMAIN, C.SENDER_REJECTED})),
    Fault(_MAIL | _RCPT, _PATH, lambda seen: path_form.has_inner_blank(_argument(seen)), _row(
        "Address malformed", "the address is malformed: there is a space in it", C.SYNTAX_ERROR,
        "{verb} with <user@domain>", _RFC_PATH),
        frozenset({C.UNKNOWN_RECIPIENT, C.UNKNOWN_DOMAIN, C.SENDER_REJECTED})),
    Fault(frozenset({X.QUIT}), _LINE, _has_argument, _row(
        "QUIT refused", "QUIT takes no argument; the session may be open still", C.SYNTAX_ERROR,
        "QUIT; :close", "RFC 5321 4.1.1.10")),
    Fault(frozenset({X.NOOP}), _LINE, _argument_blamed, _row(
        "NOOP refused", "the server does not take what follows NOOP", C.SYNTAX_ERROR,
        "NOOP alone", "RFC 5321 4.1.1.9")),
    Fault(frozenset({X.EXPN}), frozenset({500}), _has_argument, _row(
        "EXPN off", "EXPN is switched off or not known here, which is usual", C.NOT_IMPLEMENTED,
        "nothing: lists are seldom shown", "RFC 5321 3.5.2, 7.3")),
    Fault(_MAIL, _UNKNOWN | {503}, when.transaction_open, _row(
        "Transaction open", "a transaction is already open", C.BAD_SEQUENCE,
        "RCPT TO:<user@domain>; RSET, then MAIL", "RFC 5321 4.1.4")),
    Fault(_RCPT, frozenset({502, 503}),
          when.no_sender, _row(
        "MAIL missing", "MAIL must come first", C.BAD_SEQUENCE, "MAIL FROM:<you@domain>",
        "RFC 5321 4.1.4")),
    Fault(_CHUNKS, frozenset({503, 554}), when.no_recipient, _row(
        "No recipient", "no recipient has been accepted, so there is nobody to send it to",
        C.BAD_SEQUENCE, "RCPT TO:<user@domain>; RSET; QUIT", "RFC 3030 2")),
    Fault(frozenset({X.DATA}), frozenset({502}), when.no_recipient, _row(
        "No recipient", "no recipient has been accepted; send NO message text now",
        C.BAD_SEQUENCE, "RCPT TO:<user@domain>; RSET; QUIT", "RFC 5321 4.1.4")),
)  # fmt: skip
"""The first that fits is taken."""

NO_HELLO = _row(
    "No hello", "no hello was accepted in this session, so nothing else is", C.BAD_SEQUENCE,
    "EHLO {client}; connect again; QUIT", "RFC 5321 4.1.4",
)  # fmt: skip
"""Of MAIL, RCPT and DATA that are refused without a word of reason."""

IDLE = Row(
    "Idle too long", "the server closes: nothing was sent for too long (RFC 5321 4.5.3.2.7)",
    C.TIMEOUT, ":connect", "RFC 5321 4.5.3.2.7", says=CLOSES_OF_ITSELF,
)  # fmt: skip


OUT_OF_ORDER = 503
"""RFC 5321 4.2.3: inside a transaction it says that this is no moment for the command."""


def plain_fault(seen: Situation, told: Evidence | None) -> Finding | None:
    """Return the fault that line and session show; `told` is what the words say, if anything."""
    if told is not None and told.telling in OF_THE_SESSION:
        return None
    for fault in FAULTS:
        if seen.context not in fault.contexts or seen.code not in fault.codes:
            continue
        open_to_it = told is None or told.cause in FORM | fault.called
        if fault.yields and told is not None and told.telling is not CAUSES_OWN:
            open_to_it = False
        if seen.code == OUT_OF_ORDER and told is None and when.transaction_open(seen):
            open_to_it = False
        if open_to_it and fault.when(seen):
            by_itself = seen.klass == 5 or (told is not None and told.cause in FORM)
            return Finding(fault.row, Basis.STANDARD if by_itself else Basis.LIKELY)
    unexplained = told is None and seen.code in (550, 554)
    if unexplained and seen.context in _MAIL | _RCPT | _TEXT and when.no_hello(seen):
        return Finding(NO_HELLO)
    return None


def idle(seen: Situation, told: Evidence | None) -> Finding | None:
    """Return what an unasked 421 about time means where nothing was being waited for."""
    about_time = told is not None and told.cause is C.TIMEOUT
    return Finding(IDLE) if seen.code == 421 and about_time and not seen.before.pending else None
