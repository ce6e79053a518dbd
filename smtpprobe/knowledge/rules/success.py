"""Reads 2yz and 3yz replies: those whose meaning depends on more than a table row."""

from __future__ import annotations

from collections.abc import Callable

from smtpprobe.knowledge.annotation import Blame, Cause
from smtpprobe.knowledge.rules.greeting import greeting_meaning
from smtpprobe.knowledge.rules.situation import CLOSES, UNASKED, Finding, Row, Situation
from smtpprobe.knowledge.tables.success import STRAY_ROWS, SUCCESS_ROWS
from smtpprobe.knowledge.wording import clip, count, plain
from smtpprobe.protocol.phase import Dialect
from smtpprobe.protocol.verbs import Context

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeAlias

Reader: TypeAlias = Callable[[Situation], Finding | None]


def read_success(situation: Situation) -> Finding | None:
    """Return the finding for a 2yz or 3yz reply; None for other classes."""
    if situation.klass not in (2, 3) or situation.context is None:
        return None
    if situation.code == 221 and situation.context is not Context.QUIT:
        return Finding(HUNG_UP)
    reader = READERS.get(situation.context)
    found = reader(situation) if reader is not None else None
    return found or Finding(_row(situation))


def _row(situation: Situation) -> Row:
    own = SUCCESS_ROWS.get(situation.context, {}) if situation.context else {}
    code, klass = situation.code or 0, situation.klass or 2
    for rows in (own.get(code), own.get(klass), STRAY_ROWS.get(code), STRAY_ROWS[klass]):
        for row in rows or ():
            if row.when is None or row.when(situation):
                return row
    return STRAY_ROWS[klass][0]


def _greeting(situation: Situation) -> Finding | None:
    lmtp = situation.before.dialect is Dialect.LMTP
    words = situation.exchange.reply.words
    if situation.code == 220:
        return Finding(
            Row("Greeting", greeting_meaning(words, lmtp=lmtp), Cause.GREETING, "", "RFC 5321 3.1")
        )
    if situation.klass == 2:
        return Finding(
            Row(
                "Greeting", "greeting, by its first digit; 220 is the standard code",
                Cause.GREETING, "", "RFC 5321 3.1, 4.3.2",
            )
        )  # fmt: skip
    return None


def _hello(situation: Situation) -> Finding | None:
    if situation.klass != 2:
        return None
    from smtpprobe.knowledge.rules.ehlo import (  # noqa: PLC0415 - the keywords are for hellos
        hello_details,
        hello_meaning,
        hello_notes,
        hello_remarks,
    )

    after = situation.after
    meaning, more = hello_meaning(after)
    row = Row("Hello accepted", meaning, Cause.ACCEPTED, "", "RFC 5321 4.1.1.1")
    return Finding(
        row, more=more, notes=hello_notes(after), remarks=hello_remarks(after),
        details=hello_details(after.extensions),
    )  # fmt: skip


def _challenge(situation: Situation) -> Finding | None:
    if situation.klass != 3:
        return None
    from smtpprobe.knowledge.rules.auth_challenge import (  # noqa: PLC0415 - JSON and base64 are for logins
        read_challenge,
    )

    challenge = read_challenge(situation.exchange.reply.text, situation.after.auth_mechanism or "")
    notes = (challenge.note,) if challenge.note else ()
    row = Row("Challenge", challenge.meaning, Cause.INTERMEDIATE, challenge.steps, "RFC 4954 4")
    return Finding(row, notes=notes)


def _end_of_data(situation: Situation) -> Finding | None:
    if situation.klass != 2:
        return None
    meaning = "accepted: the message is now the server's responsibility{queued}"
    if recipient := lmtp_recipient(situation):
        told = f"accepted for {recipient}: now the server's responsibility"
        meaning = f"{clip(told, 80)}{{queued}}"
    row = Row(
        "Message accepted",
        meaning,
        Cause.ACCEPTED,
        "MAIL FROM:<you@domain>; QUIT",
        "RFC 5321 4.2.5",
    )
    return Finding(row)


def lmtp_recipient(situation: Situation) -> str:
    """Return whom this reply to the end of data is about, in LMTP (RFC 2033 4.2); else nothing."""
    before = situation.before
    if before.dialect is not Dialect.LMTP or not before.pending:
        return ""
    total = len(before.recipients)
    left = before.replies_left or total
    index = total - left
    return plain(before.recipients[index]) if 0 <= index < total else ""


def _quit(situation: Situation) -> Finding | None:
    if situation.klass != 2:
        return None
    row = Row(
        "Goodbye",
        f"closed by agreement{_counts(situation)}",
        Cause.CLOSING,
        "",
        "RFC 5321 4.1.1.10",
    )
    if situation.code != 221:
        row = row._replace(note="the answer to QUIT is 221")
    return Finding(row)


def _counts(situation: Situation) -> str:
    after = situation.after
    if not situation.live:
        return ""
    return f"; {count(after.commands, 'command')}, {count(after.refusals, 'refusal')}"


HUNG_UP = Row(
    "Goodbye", "no answer to the command: the server says goodbye and closes", Cause.CLOSING,
    "read its text; connect again", "RFC 5321 4.2.3, 3.8", blame=Blame.NOBODY, says=CLOSES,
)  # fmt: skip

READERS: dict[Context, Reader] = {
    Context.CONNECT: _greeting,
    Context.EHLO: _hello,
    Context.LHLO: _hello,
    Context.AUTH: _challenge,
    Context.AUTH_STEP: _challenge,
    Context.DATA_END: _end_of_data,
    Context.BDAT_LAST: _end_of_data,
    Context.QUIT: _quit,
}
"""Contexts whose positive replies are read, not looked up."""

UNASKED_BYE = Row(
    "Closed by the server", "unsolicited: the server ends the session, and its text says why",
    Cause.CLOSING, "check what was sent last: message text taken for commands; :connect",
    "RFC 5321 3.8, 4.2", blame=Blame.THEIR_SERVER,
    says=UNASKED | CLOSES,
)  # fmt: skip
UNASKED_OK = Row(
    "Unasked reply", "unsolicited: no command is pending", Cause.ACCEPTED,
    "send NOOP to see whether replies are shifted by one", "RFC 5321 4.1, 4.2",
    blame=Blame.THEIR_SERVER,
    says=UNASKED,
)  # fmt: skip
