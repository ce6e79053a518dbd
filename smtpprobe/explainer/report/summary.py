"""The counts as tables: by cause, by blame, by host. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from smtpprobe.explainer.report.tally import HOSTS, Tally
from smtpprobe.explainer.report.text import blame_of, totals
from smtpprobe.present import spans
from smtpprobe.present.counted import counted
from smtpprobe.present.escape import shown
from smtpprobe.present.spans import Line

HOSTS_SHOWN = 20
EXAMPLE_COLUMNS = 48


def summary_lines(tally: Tally) -> Iterator[Line]:
    """Yield the tables, worst causes and most troubled hosts first, and the totals."""
    yield from _table(("cause", "blame", "retry", "replies", "share", "example"), _causes(tally))
    yield ()
    yield from _table(("blame", "replies", "share"), _blames(tally))
    yield ()
    yield from _table(("host", "replies", "refused", "delayed"), _hosts(tally))
    for sentence in _left_out(tally):
        yield spans.line(sentence, spans.ASIDE)
    yield ()
    yield spans.line(totals(tally))


def _causes(tally: Tally) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for kind, group in tally.worst_first():
        text = " ".join(group.example.found.text.split())
        cut = shown(text[:EXAMPLE_COLUMNS]) + ("..." if len(text) > EXAMPLE_COLUMNS else "")
        retry = group.example.annotation.retry.value
        rows.append((kind.cause, blame_of(kind), retry, *_shared(group.count, tally), cut))
    return rows


def _blames(tally: Tally) -> list[tuple[str, ...]]:
    counts: Counter[str] = Counter()
    for kind, group in tally.groups.items():
        counts[blame_of(kind)] += group.count
    return [(blame, *_shared(count, tally)) for blame, count in counts.most_common()]


def _hosts(tally: Tally) -> list[tuple[str, ...]]:
    return [
        (shown(name) or "(not named)", f"{host.replies:,}", f"{host.refused:,}",
         f"{host.deferred:,}")
        for name, host in tally.busiest()[:HOSTS_SHOWN]
    ]  # fmt: skip


def _left_out(tally: Tally) -> Iterator[str]:
    more = tally.busiest()[HOSTS_SHOWN:]
    if more:
        replies = sum(host.replies for _, host in more)
        yield f"and {counted(len(more), 'more host')}, {counted(replies, 'reply', 'replies')}"
    if tally.others:
        yield (
            f"{tally.others:,} replies of rare hosts are counted here without names:"
            f" the table keeps the {HOSTS:,} most frequent, so rare ones may be undercounted"
        )


def _shared(count: int, tally: Tally) -> tuple[str, str]:
    return f"{count:,}", f"{100 * count / max(tally.replies, 1):.1f}%"


_NUMBERS = frozenset({"replies", "share", "refused", "delayed"})


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[Line]:
    widths = [max(len(row[column]) for row in (head, *rows)) for column in range(len(head))]
    for number, row in enumerate((head, *rows)):
        cells = [
            value.rjust(width) if name in _NUMBERS else value.ljust(width)
            for name, value, width in zip(head, row, widths, strict=True)
        ]
        style = spans.HEADING if number == 0 else spans.PLAIN
        yield spans.line("  ".join(cells).rstrip(), style)
