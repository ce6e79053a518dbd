"""What the codes of a refusal show: the enhanced status code, the code after this command."""

from __future__ import annotations

from smtpprobe.knowledge.annotation import Cause
from smtpprobe.knowledge.evidence.seen import Evidence, Reader, Strength
from smtpprobe.knowledge.rules.situation import Row, Situation
from smtpprobe.knowledge.rules.unknown_command import UNPLACED
from smtpprobe.knowledge.tables.codes import CODES
from smtpprobe.knowledge.tables.enhanced import ENHANCED, generic_key, is_specific
from smtpprobe.knowledge.tables.refusals import CONTEXT_ROWS, GENERIC_ROWS
from smtpprobe.protocol.verbs import Context

CONTEXT_KNOWS_BETTER = frozenset(
    {"X.5.1", "X.5.2", "X.5.3", "X.5.4", "X.7.8", "X.7.9", "X.7.10", "X.7.11", "X.7.12", "X.7.13"}
)
"""Enhanced status codes for which the row of the command, if it agrees, has the better words."""

LOOSE = frozenset(
    {
        Cause.UNKNOWN,
        Cause.TOO_MANY_RECIPIENTS,
        Cause.MESSAGE_TOO_LARGE,
        Cause.STORAGE_FULL,
        Cause.NO_MAIL_SERVICE,
        Cause.RECIPIENT_MOVED,
    }
)
"""Causes of a command and code that even a generic enhanced status code refines."""

OF_SEVERAL = frozenset({421, 450, 451, 452, 454, 521, 550, 551, 552, 553, 554, 571})
"""Codes that serve for several causes after most commands; others mean one thing."""

NARROW = frozenset(
    {
        *(f"X.7.{detail}" for detail in range(20, 31)),
        *(
            "X.1.8",
            "X.4.6",
            "X.5.3",
            "X.6.7",
            "X.6.8",
            "X.6.9",
            "X.7.8",
            "X.7.10",
            "X.7.11",
            "X.7.13",
        ),
    }
)
"""Enhanced status codes that hardly anybody gives for something else."""

MISUSED = frozenset({"X.7.3", "X.4.1"})
"""Enhanced status codes that no server's reply outside a login gives for what RFC 3463 means."""

LOGINS = frozenset({Context.AUTH, Context.AUTH_STEP})

SAYS_ONE_THING = {503: Cause.BAD_SEQUENCE, 555: Cause.PARAMETER_UNSUPPORTED}
"""Codes that RFC 5321 4.2.3 knows as nothing else; Exchange puts 5.5.2 behind 503."""


def by_enhanced(seen: Situation) -> tuple[Evidence, ...]:
    """Return what the enhanced status code shows."""
    if seen.enhanced is None or seen.unasked:
        return ()
    key = seen.enhanced.key
    if is_specific(key):
        row = enhanced_row(seen, key)
        sure = Strength.SURE if key in NARROW else Strength.CLEAR
        if key in MISUSED and seen.code is not None and seen.context not in LOGINS:
            sure = Strength.HINT
        return (_evidence(Reader.ENHANCED, row.cause, sure),) if row is not None else ()
    key = generic_key(key)
    refined = GENERIC_ROWS.get((seen.context, seen.code or 0, key)) if seen.context else None
    if refined is not None:
        return (_evidence(Reader.ENHANCED, refined.cause, Strength.CLEAR),)
    own = context_row(seen)
    if own is not None and own.cause not in LOOSE:
        return ()
    row = enhanced_row(seen, key)
    if row is None or row.cause is Cause.UNKNOWN:
        return ()
    return (_evidence(Reader.ENHANCED, row.cause, Strength.HINT),)


def by_command(seen: Situation) -> tuple[Evidence, ...]:
    """Return what the code shows as the answer to this command, or by itself."""
    code = seen.code or 0
    row, reader = context_row(seen), Reader.CONTEXT
    if row is None:
        row, reader = code_row(seen), Reader.CODE
    if row is None or row.cause is Cause.UNKNOWN:
        return ()
    plain = SAYS_ONE_THING.get(code) is row.cause
    if plain or (row.when is not None and seen.live):
        return (_evidence(reader, row.cause, Strength.SURE),)
    several = code in OF_SEVERAL and seen.context is not Context.STARTTLS
    sure = Strength.HINT if several else Strength.CLEAR
    return (_evidence(reader, row.cause, sure),)


def _evidence(reader: Reader, cause: Cause, strength: Strength) -> Evidence:
    return Evidence(reader, cause, strength)


def enhanced_row(seen: Situation, key: str) -> Row | None:
    """Return the row of an enhanced status code whose condition holds; none that claims success."""
    rows = ENHANCED.get(key, ())
    row = next((row for row in rows if row.when is None or row.when(seen)), None)
    return None if row is None or row.cause is Cause.ACCEPTED else row


def context_row(seen: Situation) -> Row | None:
    """Return the row of this command and code whose condition holds."""
    if seen.context is None or seen.code is None:
        return None
    own = CONTEXT_ROWS.get(seen.context, {})
    rows = own.get(seen.code, own.get(seen.klass or 0, ()))
    return next((row for row in rows if row.when is None or row.when(seen)), None)


def code_row(seen: Situation) -> Row | None:
    """Return the row of the code by itself, where it belongs to this command or to any."""
    known = CODES.get(seen.code or 0)
    if known is None:
        return None
    if seen.unplaced:
        return UNPLACED.get(seen.code or 0, known.row)
    return None if known.usual and seen.context not in known.usual else known.row


def rows_of(seen: Situation) -> tuple[Row, ...]:
    """Return the rows that the codes lead to, those with the better words first."""
    found = [context_row(seen)]
    enhanced = seen.enhanced
    if enhanced is not None:
        specific = is_specific(enhanced.key)
        closer = specific and enhanced.key not in CONTEXT_KNOWS_BETTER
        key = enhanced.key if specific else generic_key(enhanced.key)
        refined = GENERIC_ROWS.get((seen.context, seen.code or 0, key)) if seen.context else None
        row = refined or enhanced_row(seen, key)
        found.insert(0 if closer or refined else 1, row)
    if found == [None] or context_row(seen) is None:
        found.append(code_row(seen))
    return tuple(row for row in found if row is not None)
