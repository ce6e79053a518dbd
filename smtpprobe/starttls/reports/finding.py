"""A finding explained for `smtpprobe explain FINDING-ID`: meaning, who is affected, the fix."""

from __future__ import annotations

from collections.abc import Iterator

from smtpprobe.present.spans import HEADING, HINT, PLAIN, Line, Span
from smtpprobe.starttls.finding_table import FINDINGS, WHO, Row

_LABEL = 10


def finding_lines(row: Row) -> Iterator[Line]:
    """Yield the lines about one finding."""
    yield (Span(HEADING, row.id), Span(PLAIN, f"  {row.levels or row.level}"))
    yield _labelled("means", row.meaning)
    yield _labelled("affects", WHO[row.affects])
    yield _labelled("fix", row.fix)
    yield _labelled("source", row.reference)


def _labelled(label: str, text: str) -> Line:
    return (Span(HINT, f"  {label:<{_LABEL}}"), Span(PLAIN, text))


def nearest(text: str) -> tuple[str, ...]:
    """Return known ids like one that is not known: of the same family first."""
    family = text.partition(".")[0]
    return tuple(name for name in FINDINGS if name.startswith(f"{family}."))
