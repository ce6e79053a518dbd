"""What was sent, where it explains the refusal by itself: a fault in the line, a login half done.

This is read before the server's words, as these tell of such faults badly or not at all. Words that
leave no doubt of something else (TLS first, relaying, a blocked address) win anyway. Nothing
that was sent is shown again: it may be a password in the wrong place.
"""

from __future__ import annotations

import re

from smtpprobe.knowledge import path_form
from smtpprobe.knowledge.annotation import Basis, Blame, Cause, Retry
from smtpprobe.knowledge.evidence.plain_faults import idle, plain_fault
from smtpprobe.knowledge.evidence.seen import CAUSES_OWN
from smtpprobe.knowledge.evidence.words import by_words, strongest
from smtpprobe.knowledge.rules import conditions, login_progress
from smtpprobe.knowledge.rules.conditions import in_tls
from smtpprobe.knowledge.rules.situation import (
    BASE,
    CLOSES,
    NO_WRONG_SECRET,
    UNASKED,
    Condition,
    Finding,
    Row,
    Says,
    Situation,
)
from smtpprobe.knowledge.tables.other_commands import OTHER_COMMANDS
from smtpprobe.knowledge.tables.refusals_login import LOGIN_FIRST
from smtpprobe.named_tuple import NamedTuple
from smtpprobe.protocol.verbs import VERBS, Context


class SentRow(NamedTuple):
    """What was sent (`when`), the replies that it explains, and the row that says so."""

    contexts: frozenset[Context]
    codes: frozenset[int]
    when: Condition
    row: Row


FORM_CAUSES = frozenset(
    {
        Cause.SYNTAX_ERROR,
        Cause.NOT_IMPLEMENTED,
        Cause.PARAMETER_UNSUPPORTED,
        Cause.BAD_SEQUENCE,
        Cause.AUTH_FAILED,
        Cause.AUTH_MECHANISM,
    }
)
"""What a server may call a line that is wrong: a text of another cause is about something else."""

_HELLO = frozenset({Context.EHLO, Context.HELO, Context.LHLO})
_AUTH = frozenset({Context.AUTH})
_STEP = frozenset({Context.AUTH_STEP})
_LOGIN = _AUTH | _STEP
_MAIL, _RCPT = frozenset({Context.MAIL}), frozenset({Context.RCPT})
_PATHS = _MAIL | _RCPT
_UNKNOWN = frozenset({Context.UNKNOWN})

_FORM = frozenset({500, 501, 502, 504, 553, 555})
_LOGIN_CODES = frozenset({500, 501, 503, 504, 534, 535, 550, 554})
_UNKNOWN_CODES = frozenset({500, 501, 502, 504, 550, 554})
_HELP_OFF = OTHER_COMMANDS[Context.HELP].refused[5][0]

_RFC_LOGIN = "RFC 4954 4"
_RFC_PATH = "RFC 5321 4.1.1.2, 4.1.1.3, 4.1.2"


def _argument(seen: Situation) -> str:
    command = seen.exchange.command
    return command.argument if command is not None else ""


def _verb(seen: Situation) -> str:
    command = seen.exchange.command
    return command.verb if command is not None else ""


def _glued(seen: Situation) -> bool:
    """A command and its argument without the blank between them."""
    verb = _verb(seen)
    return any(verb.startswith(known) and re.match(_BEHIND, verb[len(known) :]) for known in VERBS)


def _lacks_domain(seen: Situation) -> bool:
    command = seen.exchange.command
    mailbox = command.mailbox if command is not None else None
    return bool(mailbox) and "@" not in str(mailbox) and str(mailbox).lower() != "postmaster"


_BEHIND = r"(?:FROM|TO)?[:=<]"


def _row(title: str, meaning: str, cause: Cause, steps: str, source: str) -> Row:
    return Row(title, meaning, cause, steps, source, blame=Blame.YOUR_COMMAND)


_SYNTAX, _MECHANISM = Cause.SYNTAX_ERROR, Cause.AUTH_MECHANISM

ROWS: tuple[SentRow, ...] = (
    SentRow(_HELLO | _PATHS | _UNKNOWN, _FORM, lambda seen: bool(seen.values.get("pasted")), _row(
        "Pasted character", "most likely pasted: {pasted}",
        _SYNTAX, "the same line, typed by hand; QUIT", BASE)),
    SentRow(_HELLO, _FORM, lambda seen: " " in _argument(seen), _row(
        "Too many words", "{verb} takes one word, the name of this host; more than one was given",
        _SYNTAX, "{verb} {client}; QUIT", "RFC 5321 4.1.1.1")),
    SentRow(_AUTH, frozenset({503}), conditions.too_late_for_a_login, _row(
        "AUTH out of order", "a transaction is open; AUTH has to come before MAIL",
        Cause.BAD_SEQUENCE, "RSET, then AUTH; QUIT", "RFC 4954 4")),
    SentRow(_AUTH, _LOGIN_CODES, login_progress.is_in_words, _row(
        "AUTH in words", "AUTH takes a mechanism and one word of base64, no name and password",
        _SYNTAX, ":auth MECHANISM USER does it; a password sent this way went out readable; QUIT",
        _RFC_LOGIN)),
    SentRow(_AUTH, _LOGIN_CODES, login_progress.unannounced, _row(
        "Mechanism not offered", "the server does not offer {mechanism}; offered: {offered}",
        _MECHANISM, "AUTH with one that EHLO lists; QUIT", _RFC_LOGIN)),
    SentRow(_AUTH, frozenset({500, 501}), login_progress.without_response, _row(
        "Response missing", "no response was sent with {mechanism}, and the server did not ask",
        _SYNTAX, ":auth {mechanism} sends all of it; QUIT", _RFC_LOGIN)),
    SentRow(_STEP, _LOGIN_CODES, login_progress.is_command, _row(
        "Command in a login", "a command was sent where the server waited for an answer in base64",
        _SYNTAX, "AUTH again, or the command again: the login is over; * gives one up",
        _RFC_LOGIN)),
    SentRow(_LOGIN, _LOGIN_CODES, login_progress.not_base64, _row(
        "Not base64", "what was sent is not base64, so it could not be read as a login",
        _SYNTAX, ":auth {mechanism} does it all; :b64 TEXT encodes an answer; QUIT", _RFC_LOGIN)),
    SentRow(_STEP, _LOGIN_CODES, login_progress.is_empty, _row(
        "Empty answer", "an empty answer was sent: it cannot be a login",
        _SYNTAX, ":auth {mechanism} asks for all it needs; QUIT", _RFC_LOGIN))
    ,
    SentRow(_LOGIN, _LOGIN_CODES, login_progress.is_no_plain, _row(
        "PLAIN malformed", "PLAIN wants NUL user NUL password in base64; the two NULs are missing",
        _SYNTAX, ":auth PLAIN USER does it; QUIT", "RFC 4616 2")),
    SentRow(_MAIL, _FORM, lambda seen: path_form.lacks_colon(_argument(seen)), _row(
        "Colon missing", "the colon after FROM is missing", _SYNTAX,
        "MAIL FROM:<you@domain>", _RFC_PATH)),
    SentRow(_RCPT, _FORM, lambda seen: path_form.lacks_colon(_argument(seen)), _row(
        "Colon missing", "the colon after TO is missing", _SYNTAX,
        "RCPT TO:<user@domain>", _RFC_PATH)),
    SentRow(_MAIL, _FORM, lambda seen: path_form.lacks_keyword(_argument(seen)), _row(
        "FROM missing", "FROM: is missing between MAIL and the address", _SYNTAX,
        "MAIL FROM:<you@domain>", _RFC_PATH)),
    SentRow(_RCPT, _FORM, lambda seen: path_form.lacks_keyword(_argument(seen)), _row(
        "TO missing", "TO: is missing between RCPT and the address", _SYNTAX,
        "RCPT TO:<user@domain>", _RFC_PATH)),
    SentRow(_MAIL, _FORM, lambda seen: path_form.is_empty(_argument(seen)), _row(
        "Address missing", "no address was given", _SYNTAX,
        "MAIL FROM:<you@domain>; MAIL FROM:<> for the null sender", _RFC_PATH)),
    SentRow(_RCPT, _FORM,
            lambda seen: path_form.is_empty(_argument(seen)) or (seen.exchange.command is not None
            and seen.exchange.command.mailbox == ""), _row(
        "Address missing", "no address was given; a recipient cannot be empty", _SYNTAX,
        "RCPT TO:<user@domain>", _RFC_PATH)),
    SentRow(_PATHS, _FORM, lambda seen: path_form.lacks_brackets(_argument(seen)), _row(
        "Brackets missing", "the address must be between < and >", _SYNTAX,
        "{verb} with <user@domain>", _RFC_PATH)),
    SentRow(_PATHS, frozenset({500, 501, 502, 555}),
            lambda seen: path_form.has_blank(_argument(seen)), _row(
        "Blank behind the colon", "there is a space after the colon, which SMTP does not allow",
        _SYNTAX, "{verb} without it", "RFC 5321 3.3")),
    SentRow(_PATHS, frozenset({501, 504, 553, 555}), _lacks_domain, _row(
        "Domain missing", "the address has no @ and no domain", _SYNTAX,
        "{verb} with <user@domain>", _RFC_PATH)),
    SentRow(frozenset({Context.HELP}), _UNKNOWN_CODES, lambda _seen: True, _HELP_OFF),
    SentRow(_UNKNOWN, _UNKNOWN_CODES, lambda seen: _verb(seen).endswith(":"), _row(
        "Message text", "a header line was sent as a command: the message follows DATA and its 354",
        Cause.BAD_SEQUENCE, "MAIL FROM:<you@domain>, RCPT, then DATA", "RFC 5321 3.3")),
    SentRow(_UNKNOWN, _UNKNOWN_CODES, _glued, _row(
        "Blank missing", "the space after the command word is missing", _SYNTAX,
        "the command, a space, then the rest", BASE)),
    SentRow(_UNKNOWN, _UNKNOWN_CODES, lambda seen: bool(seen.values.get("near")), _row(
        "Misspelt", "the server does not know this command; did you mean {near}?",
        Cause.NOT_IMPLEMENTED, "{near}; :help {near} shows how it is written; QUIT",
        "RFC 5321 4.2.4")),
)  # fmt: skip
"""The first row whose question about the line is answered with yes is taken."""

NOT_BY_US = Row(
    "Early talker",
    "the server says that you spoke before its greeting; nothing was sent from here",
    Cause.BAD_SEQUENCE,
    "look for a proxy in between that sends first; connect again; QUIT",
    "RFC 5321 3.1, 4.3.1",
    blame=Blame.NETWORK,
)

HEADER_TAKEN = Row(
    "PROXY header not expected",
    "the server took the PROXY header for commands: it does not expect one on this port",
    Cause.BAD_SEQUENCE,
    "connect again without --proxy-protocol, or to the port that expects it",
    "HAProxy, The PROXY protocol, section 2",
    blame=Blame.YOU,
)

OUT_OF_STEP = Row(
    "Answer to nothing",
    "unsolicited: it answers no command; an answer more than commands, so they may be out of step",
    Cause.BAD_SEQUENCE,
    "NOOP shows whether replies still match; :close",
    "RFC 5321 4.2, RFC 2920 3.1",
    blame=Blame.THEIR_SERVER,
    says=UNASKED,
)
ENDED_EARLY = Row(
    "Message ended early",
    "unsolicited: a dot after a bare LF or CR ended the message, and the rest was read as commands",
    Cause.BAD_SEQUENCE,
    "have the server refuse bare CR and LF (SMTP smuggling); RSET; QUIT",
    "RFC 5321 2.3.8, 4.1.1.4",
    blame=Blame.THEIR_SERVER,
    says=UNASKED,
)
NOT_WAITED = Row(
    "Did not wait",
    "unsolicited: lines came without waiting for the replies in between, which is refused here",
    Cause.BAD_SEQUENCE,
    "one line at a time, each after its reply and ended by CR LF; QUIT",
    "RFC 2920 3.1, RFC 5321 2.3.8",
    blame=Blame.YOUR_COMMAND,
    says=UNASKED,
)
REFUSES_TO_GO_ON = Row(
    "Session refused",
    "unsolicited: the server refuses to continue and gives no reason; a close may follow",
    Cause.UNKNOWN,
    "read its text; :connect; QUIT",
    "RFC 5321 3.8, 4.2",
    blame=Blame.NOBODY,
    says=UNASKED | CLOSES,
)
_ANSWERS = frozenset({500, 501, 502, 503, 504, 530, 534, 535, 538, 555})
"""Codes that speak of a command: nobody says them of a session."""


def fault_sent(seen: Situation) -> Finding | None:
    """Return what is wrong with the line that was sent, where the refusal can be about that."""
    if found := _whatever_it_says(seen):
        return found
    told = strongest(by_words(seen))
    if seen.unasked:
        if seen.code not in _ANSWERS:
            return idle(seen, told)
        early = told is not None and Says.EARLY in told.telling.says
        if seen.before.odd_end:
            return Finding(ENDED_EARLY)
        return Finding(NOT_WAITED if early else OUT_OF_STEP)
    if seen.context is Context.CONNECT:
        before = seen.before  # raw octets are no command: only the clock knows of them
        silent = not before.commands and before.last_at == before.opened_at
        early = told is not None and Says.EARLY in told.telling.says
        return Finding(NOT_BY_US) if silent and early else None
    if fault := plain_fault(seen, told):
        return fault
    row = _fitting(seen)
    if row is None:
        return None
    about_name = seen.code not in _FORM and seen.context in _HELLO
    if told is None:
        return None if about_name else Finding(row)
    sure = told.telling is not CAUSES_OWN and told.cause is not Cause.SYNTAX_ERROR
    return Finding(row) if told.cause in FORM_CAUSES and not sure else None


def _whatever_it_says(seen: Situation) -> Finding | None:
    """Return what the session alone explains, better than the words of the refusal do."""
    if (basis := header_taken(seen)) is not None:
        return Finding(HEADER_TAKEN, basis)
    if _cancelled_otherwise(seen):
        return Finding(CANCELLED)
    if login_progress.kept_for_users(seen):
        return Finding(LOGIN_FIRST, Basis.LIKELY)
    if _starttls_again(seen):
        return Finding(ALREADY_TLS)
    if _cut_in_two(seen):
        return Finding(CUT_IN_TWO, Basis.LIKELY)
    return None


def _starttls_again(seen: Situation) -> bool:
    """Return whether STARTTLS is refused inside TLS, and not for an argument that it had."""
    bare = seen.exchange.command is not None and not seen.exchange.command.argument
    return bare and seen.klass in (4, 5) and seen.context is Context.STARTTLS and in_tls(seen)


def _cut_in_two(seen: Situation) -> bool:
    """Return whether one overlong line is called several that did not wait for their replies.

    Postfix reads 2048 octets (`line_length_limit`), and the rest as another command.
    """
    command = seen.exchange.command
    if command is None or seen.unasked or seen.klass != 5 or not seen.live:
        return False
    if len(command.raw) <= MOST_OF_A_LINE or command.raw.count(b"\n") > 1:
        return False
    told = strongest(by_words(seen))
    return told is not None and Says.EARLY in told.telling.says


def _cancelled_otherwise(seen: Situation) -> bool:
    """Return whether a login was cancelled, and the answer is not the 501 of RFC 4954 4.

    Courier says that the login has failed.
    """
    refused = seen.klass == 5 and seen.code != CANCEL
    return refused and seen.context is Context.AUTH_STEP and conditions.cancelled(seen)


def header_taken(seen: Situation) -> Basis | None:
    """Return how sure it is that a refusal answers the PROXY header; None where it does not.

    Before anything else was sent nothing else can be meant. The first hello may stand in line
    behind the header, whose lines are then answered in its place.
    """
    before = seen.before
    if not before.via.header or before.identity is not None or before.commands > 1:
        return None
    if seen.context is Context.CONNECT:
        told = strongest(by_words(seen))
        early = told is not None and Says.EARLY in told.telling.says
        return Basis.STANDARD if early else None
    if seen.code not in _ANSWERS or not (seen.unasked or seen.context in _HELLO):
        return None
    return Basis.GUESS if before.commands else Basis.STANDARD


def _fitting(seen: Situation) -> Row | None:
    context, code = seen.context, seen.code
    return next(
        (
            one.row
            for one in ROWS
            if context in one.contexts and code in one.codes and one.when(seen)
        ),
        None,
    )


MOST_OF_A_LINE = 1000
"""Octets: a line has at most 512, and with SMTPUTF8 or long parameters some more."""

CUT_IN_TWO = _row(
    "Line too long",
    "the line is longer than the server reads at once; it took the rest for another command",
    Cause.SYNTAX_ERROR,
    "a line of at most 512 octets with CR LF; QUIT",
    "RFC 5321 4.5.3.1.4, Postfix line_length_limit",
)
ALREADY_TLS = Row(
    "TLS already on",
    "TLS is already on; STARTTLS works once a session",
    Cause.BAD_SEQUENCE,
    "MAIL FROM:<you@domain>; QUIT",
    "RFC 3207 4, 4.2",
    blame=Blame.YOUR_COMMAND,
    retry=Retry.AFTER_CHANGE,
)
TLS_ASKED_AGAIN = Row(
    "TLS not noticed",
    "the server requires TLS and does not see that this session is inside TLS already",
    Cause.TLS_REQUIRED,
    "port 587 with STARTTLS; tell the operator of the server; QUIT",
    "RFC 8314 3.3, RFC 4954 6",
    blame=Blame.THEIR_SERVER,
)

CANCEL = 501
CANCELLED = _row(
    "Cancelled",
    "cancelled as you asked",
    Cause.SYNTAX_ERROR,
    "AUTH again; QUIT",
    "RFC 4954 4",
)

NOTHING_SENT = _row(
    "No password sent",
    "refused before a password was sent: {mechanism} went out without a response",
    Cause.AUTH_MECHANISM,
    ":auth {mechanism} sends all of it; AUTH with another mechanism; QUIT",
    "RFC 4954 4, 6",
)
NAME_REFUSED = _row(
    "Refused at the name",
    "refused at the user name: no password was sent yet",
    Cause.AUTH_MECHANISM,
    "AUTH with another mechanism of the EHLO list; check the user name; QUIT",
    "RFC 4954 4, 6",
)
WITHOUT_PASSWORD = _row(
    "Login refused",
    "the server refuses this login; no password was part of it",
    Cause.AUTH_MECHANISM,
    "read its text; AUTH with another mechanism; QUIT",
    "RFC 4954 4, 6",
)
PROOF_REFUSED = _row(
    "Proof refused",
    "the server refuses this login",
    Cause.AUTH_MECHANISM,
    "read its text; AUTH with another mechanism; QUIT",
    "RFC 4954 4, 6",
)
TOKEN_REFUSED = Row(
    "Token refused",
    "the token is refused: expired, of another account, or without the right to send mail",
    Cause.AUTH_FAILED,
    "a new token for this user and SMTP; QUIT",
    "RFC 7628 3.2, RFC 6750 3.1",
    says=NO_WRONG_SECRET,
)


def without_false_claim(seen: Situation, found: Finding) -> Finding:
    """Return the finding of a live refusal, or a true one: no password is wrong before it was sent.

    Inside TLS nobody is told to begin TLS.
    An unasked refusal for which nothing is known gets its own words too.
    """
    if seen.unasked and found.row.cause is Cause.UNKNOWN and seen.klass == 5:
        return Finding(REFUSES_TO_GO_ON, found.basis, notes=found.notes)
    row = found.row
    if row.cause is Cause.TLS_REQUIRED and in_tls(seen):
        return Finding(TLS_ASKED_AGAIN, found.basis, notes=found.notes)
    if (
        row.cause is not Cause.AUTH_FAILED
        or Says.NO_WRONG_SECRET in row.says
        or (login_progress.secret_sent(seen) and not login_progress.with_token(seen))
    ):
        return found
    if seen.unasked:
        return Finding(OUT_OF_STEP)
    if seen.context not in login_progress.LOGIN:
        return found if seen.before.authenticated is not None else Finding(LOGIN_FIRST)
    return Finding(_instead(seen))


def _instead(seen: Situation) -> Row:
    if login_progress.secret_sent(seen):
        return TOKEN_REFUSED
    if login_progress.without_response(seen):
        return NOTHING_SENT
    if login_progress.may_have_proved(seen):
        return PROOF_REFUSED
    return NAME_REFUSED if login_progress.at_the_name(seen) else WITHOUT_PASSWORD
