"""Every row of the tables that judge a reply, and each with another judgement in its place."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from typing import Any, NamedTuple, TypeAlias
from unittest.mock import patch

from smtpprobe.knowledge import outcomes
from smtpprobe.knowledge.annotation import Blame, Cause, Retry
from smtpprobe.knowledge.evidence import weigh, words
from smtpprobe.knowledge.evidence.patterns import PATTERNS, Pattern
from smtpprobe.knowledge.evidence.seen import CAUSES_OWN
from smtpprobe.knowledge.providers import lookup
from smtpprobe.knowledge.providers.row import ProviderRow
from smtpprobe.knowledge.rules.situation import Row, Rows
from smtpprobe.knowledge.rules.unknown_command import UNPLACED
from smtpprobe.knowledge.tables.causes import CAUSES, CauseRow
from smtpprobe.knowledge.tables.codes import CODES
from smtpprobe.knowledge.tables.enhanced import ENHANCED
from smtpprobe.knowledge.tables.mailers import DELIVERED, MAILER_ROWS, SILENT, MailerRow
from smtpprobe.knowledge.tables.refusals import CONTEXT_ROWS, GENERIC_ROWS, VAGUE
from smtpprobe.knowledge.tables.success import STRAY_ROWS, SUCCESS_ROWS
from smtpprobe.protocol.verbs import Context

AnyRow: TypeAlias = Row | ProviderRow | Pattern | MailerRow | CauseRow
BY_COMMAND: tuple[dict[Context, Rows], ...] = (CONTEXT_ROWS, SUCCESS_ROWS)


class Judged(NamedTuple):
    """A row where it stands: its table, and what in that table leads to it."""

    table: str
    key: str
    row: AnyRow

    @property
    def name(self) -> str:
        """The row in a few words."""
        return f"{self.table} {self.key}: {self.title}"

    @property
    def title(self) -> str:
        """The title of the row; of a pattern, its cause."""
        match self.row:
            case ProviderRow(row=row):
                return row.title
            case Pattern(cause=cause):
                return cause.value
            case _:
                return self.row.title


def all_rows() -> list[Judged]:
    """Return every row once, however many commands and codes share it."""
    found: dict[int, Judged] = {}
    for one in (*_of_commands(), *_of_codes(), *_of_texts()):
        found.setdefault(id(one.row), one)
    return list(found.values())


def _of_commands() -> Iterator[Judged]:
    for name, by_command in (("context", CONTEXT_ROWS), ("success", SUCCESS_ROWS)):
        for context, by_code in by_command.items():
            for code, group in by_code.items():
                yield from (Judged(name, f"{context.value} {code}", row) for row in group)
    for code, group in STRAY_ROWS.items():
        yield from (Judged("success", f"any {code}", row) for row in group)


def _of_codes() -> Iterator[Judged]:
    for key, group in ENHANCED.items():
        yield from (Judged("enhanced", key, row) for row in group)
    for (context, code, key), row in GENERIC_ROWS.items():
        yield Judged("generic", f"{context.value} {code} {key}", row)
    yield from (Judged("unplaced", str(code), row) for code, row in UNPLACED.items())
    yield from (Judged("code", str(code), known.row) for code, known in CODES.items())
    yield from (Judged("cause", cause.value, row) for cause, row in CAUSES.items())


def _of_texts() -> Iterator[Judged]:
    for one in lookup.PROVIDER_ROWS:
        yield Judged("provider", f"{one.provider} {one.replies} {one.pattern}", one)
    for pattern in PATTERNS:
        yield Judged("pattern", f"{' '.join(pattern.groups)} -- {pattern.but}", pattern)
    for mailer in (*MAILER_ROWS, DELIVERED, SILENT):
        yield Judged("mailer", mailer.pattern, mailer)


def judgement(row: AnyRow) -> tuple[Cause, Blame | None, Retry | None]:
    """Return cause, blame and retry of a row; None where those of the cause apply."""
    match row:
        case ProviderRow(row=inner):
            return inner.cause, inner.blame, inner.retry
        case Pattern(cause=cause, telling=telling):
            return cause, telling.blame, telling.retry
        case CauseRow(blame=blame, retry=retry):
            cause = next(one for one, known in CAUSES.items() if known is row)
            return cause, blame, retry
        case _:
            return row.cause, row.blame, row.retry


def with_judgement(
    row: AnyRow, *, cause: Cause | None = None, blame: Blame | None = None,
    retry: Retry | None = None,
) -> AnyRow:  # fmt: skip
    """Return the row with another cause, blame or retry; None leaves it as it is."""
    match row:
        case ProviderRow(row=inner):
            return row._replace(row=_judged(inner, cause, blame, retry))
        case Pattern(telling=telling):
            told = telling._replace(blame=blame or telling.blame, retry=retry or telling.retry)
            return row._replace(cause=cause or row.cause, telling=told)
        case CauseRow():
            return row._replace(blame=blame or row.blame, retry=retry or row.retry)
        case MailerRow():
            return row._replace(
                cause=cause or row.cause, blame=blame or row.blame, retry=retry or row.retry
            )
        case _:
            return _judged(row, cause, blame, retry)


def _judged(row: Row, cause: Cause | None, blame: Blame | None, retry: Retry | None) -> Row:
    return row._replace(
        cause=cause or row.cause, blame=blame or row.blame, retry=retry or row.retry
    )


@contextmanager
def in_place_of(old: AnyRow, new: AnyRow) -> Iterator[None]:
    """Have the tables hold another row wherever they hold this one."""
    with ExitStack() as stack:
        for patched in _patches(old, new):
            stack.enter_context(patched)
        forget(old)
        yield
    forget(old)


def _patches(old: AnyRow, new: AnyRow) -> Iterator[AbstractContextManager[object]]:
    match old, new:
        case ProviderRow(), _:
            rows = tuple(new if row is old else row for row in lookup.PROVIDER_ROWS)
            yield patch.object(lookup, "PROVIDER_ROWS", rows)
        case Pattern(), Pattern():
            yield patch.object(
                words, "PATTERNS", tuple(_pattern(one, old, new) for one in PATTERNS)
            )
        case MailerRow(), _:
            mailers = tuple(new if row is old else row for row in MAILER_ROWS)
            yield patch.object(outcomes, "MAILER_ROWS", mailers)
            for name, row in (("DELIVERED", DELIVERED), ("SILENT", SILENT)):
                yield patch.object(outcomes, name, new if row is old else row)
        case CauseRow(), _:
            yield _exchanged(CAUSES, old, new)
        case Row(), Row():
            yield from _patched_rows(old, new)


def _patched_rows(old: Row, new: Row) -> Iterator[AbstractContextManager[object]]:
    def swapped(group: tuple[Row, ...]) -> tuple[Row, ...]:
        return tuple(new if row is old else row for row in group)

    for by_command in BY_COMMAND:
        other = {
            context: {code: swapped(group) for code, group in by_code.items()}
            for context, by_code in by_command.items()
        }
        yield patch.dict(by_command, other)
    yield patch.dict(STRAY_ROWS, {code: swapped(group) for code, group in STRAY_ROWS.items()})
    yield patch.dict(ENHANCED, {key: swapped(group) for key, group in ENHANCED.items()})
    yield _exchanged(GENERIC_ROWS, old, new)
    yield _exchanged(UNPLACED, old, new)
    codes = {code: one._replace(row=new) for code, one in CODES.items() if one.row is old}
    yield patch.dict(CODES, codes)
    yield patch.object(weigh, "VAGUE", frozenset(new if row is old else row for row in VAGUE))


def _pattern(one: Pattern, old: Pattern, new: Pattern) -> Pattern:
    """Return what stands for a pattern: others with the same words get the new ones too."""
    if one is old:
        return new
    shared = one.telling is old.telling and old.telling is not CAUSES_OWN
    return one._replace(telling=new.telling) if shared else one


def _exchanged(table: dict[Any, Any], old: AnyRow, new: AnyRow) -> AbstractContextManager[object]:
    return patch.dict(table, {key: new for key, row in table.items() if row is old})


def forget(row: AnyRow) -> None:
    """Empty what is remembered of the table that the row stands in."""
    match row:
        case ProviderRow():
            lookup._of_code.cache_clear()
            lookup.in_reach.cache_clear()
        case Pattern():
            words._read.cache_clear()
        case _:
            pass
