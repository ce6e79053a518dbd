"""Replies whose command nobody recorded: what their code and text can mean, and no more.

After which commands a code is usual: for replies whose command nobody recorded.
"""

from __future__ import annotations

from functools import cache

from smtpprobe.knowledge.annotation import Blame, Cause
from smtpprobe.knowledge.rules.greeting import greeting_meaning, protocol
from smtpprobe.knowledge.rules.queue_id import queue_id
from smtpprobe.knowledge.rules.situation import Finding, Row, Situation
from smtpprobe.knowledge.tables.codes import CODES
from smtpprobe.knowledge.tables.named_causes import NAMED
from smtpprobe.knowledge.tables.other_commands import OTHER_COMMANDS
from smtpprobe.knowledge.tables.refusals import CONTEXT_ROWS
from smtpprobe.knowledge.tables.success import STRAY_ROWS
from smtpprobe.knowledge.wording import clip, plain
from smtpprobe.protocol.extensions import parse_extensions
from smtpprobe.protocol.verbs import CONTEXT_WORDS, VERBS, Context

UNPLACED: dict[int, Row] = {
    220: Row(
        "Ready",
        "ready: a greeting, or the word to begin TLS",
        Cause.ACCEPTED,
        "EHLO, if it is the greeting; the handshake, if it answers STARTTLS",
        "RFC 5321 4.2.3, RFC 3207 4",
    ),
    250: Row(
        "Done", "done: the command succeeded", Cause.ACCEPTED, "continue with the next command",
        "RFC 5321 4.2.3",
    ),
    251: Row(
        "Will forward",
        "RCPT: accepted, to be forwarded; ETRN: nothing is waiting",
        Cause.ACCEPTED,
        "DATA, or another RCPT",
        "RFC 5321 3.4, RFC 1985 5.3",
    ),
    252: Row(
        "Not verified",
        "VRFY: the server will not say whether it exists; ETRN: the queue run begins",
        Cause.ACCEPTED,
        "RCPT says more than VRFY",
        "RFC 5321 3.5.3, RFC 1985 5.3",
    ),
    354: Row(
        "Send the message",
        'send the message, ended by a line with only "."',
        Cause.INTERMEDIATE,
        'headers, an empty line, text, then a line with only "."',
        "RFC 5321 4.1.1.4",
    ),
    452: Row(
        "Limit or no room",
        "no room, or a limit: at RCPT, too many recipients; class 4: temporary",
        Cause.UNKNOWN,
        "retry later; at RCPT: the rest in a new MAIL",
        "RFC 5321 4.2.3, 4.5.3.1.10",
    ),
    454: Row(
        "Not available now",
        "not available now: TLS after STARTTLS, logins after AUTH, else relaying",
        Cause.UNKNOWN,
        "look which command it answers; retry later",
        "RFC 3207 4, RFC 4954 6",
    ),
    552: Row(
        "Limit exceeded",
        "over a limit: size, the mailbox's room, or recipients; the text may say which",
        Cause.UNKNOWN,
        "read its text; a smaller message",
        "RFC 5321 4.2.3, RFC 1870 6",
    ),
    551: Row(
        "Recipient elsewhere",
        "the recipient is not here; the text may say where; without that a refusal",
        Cause.UNKNOWN,
        "RCPT TO:<{new_address}>; else ask the recipient for the new address",
        "RFC 5321 3.4",
    ),
}  # fmt: skip
"""Codes whose general row would claim too much, or too little, when the command is not known."""

_BY_ITSELF = "read its text"


def read_unplaced(situation: Situation) -> Finding:
    """Return the finding for a 2yz or 3yz reply whose command is not known."""
    code, words = situation.code or 0, situation.exchange.reply.words
    if code == 220 and protocol(words):
        row = Row("Greeting", greeting_meaning(words), Cause.GREETING, "EHLO {client}",
                  "RFC 5321 3.1")  # fmt: skip
        return Finding(row)
    if code == 250 and (known := queue_id(words)):
        return Finding(_taken(known))
    if code == 250 and "STARTTLS" in parse_extensions(situation.exchange.reply):
        return Finding(_HELLO)
    row = UNPLACED.get(code) or (CODES[code].row if code in CODES else _by_digit(situation))
    return Finding(row if row.steps else row._replace(steps=_BY_ITSELF))


def _taken(known: str) -> Row:
    meaning = clip(f"accepted: the message is the server's responsibility; queue id {plain(known)}")
    return Row("Message accepted", meaning, Cause.ACCEPTED,
               "keep the id: their postmaster can find the message by it",
               "RFC 5321 4.2.5")  # fmt: skip


_HELLO = Row(
    "Hello accepted", "hello accepted, with STARTTLS on offer", Cause.ACCEPTED,
    "STARTTLS; MAIL FROM:<you@domain>", "RFC 5321 4.1.1.1, RFC 3207 2", blame=Blame.NOBODY,
)  # fmt: skip


def _by_digit(situation: Situation) -> Row:
    if situation.klass == 3:
        row = STRAY_ROWS[3][0]
        return row._replace(meaning="the server waits for more, by its first digit")
    row = STRAY_ROWS[2][0]
    return row._replace(meaning="accepted, by its first digit; {code} is not a standard code")


ANYWHERE = 12
"""A code of so many commands belongs to any."""

_LOGIN = (Context.AUTH,)


def _accepting(code: int) -> tuple[Context, ...]:
    """Return the other commands that this code is usual for: 250 where no row names any code."""
    return tuple(
        context
        for context, facts in OTHER_COMMANDS.items()
        if context.value in VERBS
        and (code in facts.accepted or (code == 250 and list(facts.accepted) == [2]))
    )


POSITIVE: dict[int, tuple[Context, ...]] = {
    211: _accepting(211),
    214: _accepting(214),
    220: (Context.CONNECT, Context.STARTTLS, *_accepting(220)),
    221: (Context.QUIT,),
    235: _LOGIN,
    250: (
        Context.EHLO, Context.HELO, Context.LHLO, Context.MAIL, Context.RCPT, Context.DATA_END,
        Context.BDAT, Context.BDAT_LAST, *_accepting(250),
    ),
    251: (Context.RCPT, *_accepting(251)),
    252: _accepting(252),
    253: _accepting(253),
    334: _LOGIN,
    353: (Context.DATA_END, Context.BDAT_LAST),
    354: (Context.DATA,),
    355: (Context.MAIL,),
}  # fmt: skip
"""RFC 5321 4.3.2, RFC 3207 4, RFC 4954 4, RFC 1985 5.3, RFC 1845 4; Exim (353)."""

EVERYWHERE = frozenset({421, 500, 501, 502})
"""Codes that may answer any command (RFC 5321 4.2.4, 4.3.2)."""


@cache
def commands_of(code: int) -> tuple[Context, ...]:
    """Return the commands that this code is usual for, in their usual order; () for any or none."""
    if code in POSITIVE:
        return POSITIVE[code]
    known = CODES.get(code)
    found = set(known.usual) if known is not None else set()
    found |= {context for context, rows in CONTEXT_ROWS.items() if code in rows}
    found |= {context for context, own, _ in NAMED if own == code}
    found -= {Context.UNKNOWN, Context.AUTH_STEP}
    return tuple(context for context in Context if context in found)


def usual_commands(situation: Situation) -> tuple[str, ...]:
    """Return the line that names the commands of the code, if the command is not known."""
    if not situation.unplaced or situation.klass is None:
        return ()
    code = situation.code or 0
    found = tuple(dict.fromkeys(CONTEXT_WORDS[context].json for context in commands_of(code)))
    if code in EVERYWHERE or len(found) > ANYWHERE:
        return (f"{code} may answer almost any command; which one is not known here",)
    if not found:
        return ()
    return (clip(f"the command is not known here; {code} is usual for {', '.join(found)}"),)
