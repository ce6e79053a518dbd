"""How far two readers of the hidden parts agree: `python -m tests.corpus.replies.agreement`.

The second was shown the command and the reply of each row, in random order and without the label,
and knew the definitions of the causes, the published meanings of the codes and what providers
document, but neither the rules nor what the program says of any row. `second-hold.tsv` is that
reading. It is hidden, too: its reasons would tell what is in the replies.

meet   some cause is in both readings
first  the likeliest cause of the second is among those of the first: how right the second would be
       if it had to name one, as the program has to
alone  the same, of the rows where the first names one cause
same   the causes of both are the same

The first reading is taken as it was before the second; what the second changed is in the column
`was`, with the reason.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from tests.corpus.replies.rows import FOLDER, HIDDEN, NEAREST, rows
from tests.mutants.__main__ import interval


class Second(NamedTuple):
    """What the second reader made of a row; `cause` has the likeliest first.

    Where the label was changed, `was` is the cause that stood there before, and `because` the
    reason.
    """

    id: str
    part: str
    cause: str
    was: str
    because: str


class Pair(NamedTuple):
    """Two readings of a row: the causes of the first, the causes of the second in its order."""

    first: frozenset[str]
    second: tuple[str, ...]


def second_readings() -> list[Second]:
    """Return what the second reader wrote, in the order of the hidden parts."""
    with (FOLDER / "second-hold.tsv").open(encoding="utf-8", newline="") as file:
        lines = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE, strict=True)
        assert next(lines) == list(Second._fields), "the header names the columns"
        return [Second(*line) for line in lines]


def pairs() -> dict[str, list[Pair]]:
    """Return the two readings of each row of each hidden part, as they were made."""
    now = {row.id: row.cause for part in HIDDEN for row in rows(part)}
    found: dict[str, list[Pair]] = {part: [] for part in HIDDEN}
    for one in second_readings():
        before = frozenset(one.was.split("|")) if one.was else now[one.id]
        found[one.part].append(Pair(_with_nearest(before), tuple(one.cause.split("|"))))
    return found


def _with_nearest(causes: frozenset[str]) -> frozenset[str]:
    return causes.union(*(NEAREST.get(cause, ()) for cause in causes))


def within(pair: Pair) -> bool:
    """Return whether the likeliest cause of the second is among those of the first."""
    likeliest = pair.second[0]
    return likeliest in pair.first or bool(NEAREST.get(likeliest, frozenset()) & pair.first)


def counts(found: Sequence[Pair]) -> Mapping[str, tuple[int, int]]:
    """Return how many rows agree, and of how many, by the names of the text above."""
    both = [(pair.first, _with_nearest(frozenset(pair.second))) for pair in found]
    alone = [pair for pair in found if len(pair.first) == 1]
    return {
        "meet": (sum(bool(one & other) for one, other in both), len(found)),
        "first": (sum(map(within, found)), len(found)),
        "alone": (sum(map(within, alone)), len(alone)),
        "same": (sum(one == other for one, other in both), len(found)),
    }


def main() -> None:
    """Print the agreement of each part, with the interval that is as sure as 95 in 100."""
    for part, found in pairs().items():
        for name, (hits, count) in counts(found).items():
            low, high = interval(hits, count)
            share = f"{100 * hits / count:.1f} % ({low:.1f} to {high:.1f})"
            sys.stdout.write(f"{part:10} {name:5} {hits:4} of {count:4}: {share}\n")


if __name__ == "__main__":
    main()
