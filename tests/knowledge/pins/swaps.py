"""Swaps the judgement of rows, and looks whether a pinned reply turns red: `make mutants [SEED=7]`.

A swap is another cause, blame or retry in the place of the row's own, in memory. One that no reply
can show is not drawn: a row of 5yz replies that says to try the same again is read as one that asks
for a change, so the one in place of the other is the same row.
"""

from __future__ import annotations

import random
import re
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from functools import cache
from unittest.mock import patch

from smtpprobe.knowledge import annotate, outcomes
from smtpprobe.knowledge.annotation import Blame, Cause, Retry
from smtpprobe.knowledge.evidence import codes, providers, weigh, words
from smtpprobe.knowledge.evidence.patterns import Pattern
from smtpprobe.knowledge.evidence.seen import CAUSES_OWN
from smtpprobe.knowledge.providers.row import ProviderRow
from smtpprobe.knowledge.rules import success
from smtpprobe.knowledge.rules.situation import Finding
from smtpprobe.knowledge.rules.unknown_command import UNPLACED
from smtpprobe.knowledge.tables.causes import CAUSES, CauseRow
from smtpprobe.knowledge.tables.codes import CODES
from smtpprobe.knowledge.tables.mailers import MailerRow
from tests.knowledge.pins.pinned import FILES, FOLDER, Pin, pins, reading, told
from tests.knowledge.pins.table_rows import (
    AnyRow,
    Judged,
    all_rows,
    in_place_of,
    judgement,
    with_judgement,
)

SEED = 13
SAMPLE = 200
WANTED = 0.95
"""How many rows are drawn, and the least share of them that has to turn red."""

UNSHOWN: dict[str, str] = dict(
    line.split("\t") for line in (FOLDER / "unshown.txt").read_text(encoding="utf-8").splitlines()
)
"""Rows whose judgement no reply can show, with the reason."""


def every_pin() -> list[Pin]:
    """Return all pinned replies, file by file."""
    return [pin for name in FILES for pin in pins(name)]


@cache
def rows_asked() -> dict[int, list[Pin]]:
    """Return for each row, by its identity, the pinned replies that had it in hand."""
    found: dict[int, dict[Pin, None]] = {}
    seen: list[object] = []
    with ExitStack() as stack:
        for module, name in _LOOKUPS:
            stack.enter_context(patch.object(module, name, _noting(getattr(module, name), seen)))
        for pin in every_pin():
            words._read.cache_clear()
            seen.clear()
            cause = told(pin).cause
            code = int(pin.reply[:3]) if pin.reply[:3].isdecimal() else 0
            known = (CODES[code].row if code in CODES else None, UNPLACED.get(code), CAUSES[cause])
            for row in (*seen, *known):
                if row is not None:
                    found.setdefault(id(row), {})[pin] = None
    words._read.cache_clear()
    return {row: sorted(asked, key=lambda pin: len(pin.reply)) for row, asked in found.items()}


_LOOKUPS = (
    (providers, "provider_row"), (codes, "context_row"), (codes, "enhanced_row"),
    (codes, "code_row"), (weigh, "rows_of"), (success, "_row"), (words, "_evidence"),
    (outcomes, "_row"), (annotate, "concluded"),
)  # fmt: skip
"""Where rows are looked up, or handed on."""


def _noting(asked: Callable[..., object], seen: list[object]) -> Callable[..., object]:
    """Return the function, noting each row that goes into it or comes out."""

    def noted(*arguments: object) -> object:
        answer = asked(*arguments)
        for one in (*arguments, answer):
            if isinstance(one, Finding):
                seen.append(one.row)
            elif isinstance(one, AnyRow):
                seen.append(one)
            elif type(one) is tuple:
                seen.extend(one)
        return answer

    return noted


def opposed(row: AnyRow) -> AnyRow:
    """Return the row with a judgement that nothing could take for its own."""
    cause, blame, _ = judgement(row)
    if isinstance(row, CauseRow):
        other = Blame.NETWORK if blame is not Blame.NETWORK else Blame.NOBODY
        return with_judgement(row, blame=other)
    other_cause = Cause.VIRUS if cause is not Cause.VIRUS else Cause.LOOP_DETECTED
    return with_judgement(row, cause=other_cause)


def turns_red(old: AnyRow, new: AnyRow, pin: Pin) -> bool:
    """Tell whether a pinned reply is read otherwise with the new row in the place of the old.

    The readers alone are asked: what other replies were like would make up for a wrong row.
    """
    with in_place_of(old, new), patch.object(weigh, "_is_open", return_value=False):
        return reading(pin) != pin.reading


def drawn(draw: random.Random, one: Judged) -> tuple[str, AnyRow]:
    """Return what is swapped of a row, in words, and the row with it."""
    row = one.row
    cause, blame, retry = judgement(row)
    own = isinstance(row, Pattern) and row.telling is CAUSES_OWN
    fields = ["cause"] if own else ["blame", "retry"]
    if not own and not isinstance(row, CauseRow):
        fields.append("cause")
    match draw.choice(fields):
        case "cause":
            new = draw.choice([value for value in Cause if value is not cause])
            return f"{cause.value} -> {new.value}", with_judgement(row, cause=new)
        case "blame":
            now = blame or CAUSES[cause].blame
            other = draw.choice([value for value in Blame if value is not now])
            return f"{now.value} -> {other.value}", with_judgement(row, blame=other)
        case _:
            shown = retry or CAUSES[cause].retry
            same = {shown, *_WAITING.get(shown, ())} if not may_wait(one) else {shown}
            if retry is None and shown in _WAITING:
                same.add(Retry.LATER_SAME)
            again = draw.choice([value for value in Retry if value not in same])
            return f"{shown.value} -> {again.value}", with_judgement(row, retry=again)


_WAITING = {Retry.LATER_SAME: (Retry.AFTER_CHANGE,), Retry.AFTER_CHANGE: (Retry.LATER_SAME,)}


def may_wait(one: Judged) -> bool:
    """Tell whether the retry of a row counts behind a 4yz reply."""
    match one.row:
        case ProviderRow(replies=replies):
            return any(reply.startswith("4") for reply in replies.split(", "))
        case CauseRow() | Pattern():
            return False
        case MailerRow():
            return True
        case _:
            return bool(re.search(r"\b4\d*$|^X\.", one.key))


def main(seed: int = SEED) -> int:
    """Swap a sample of rows, report what turned red, and fail where too few did."""
    begun = time.monotonic()
    draw = random.Random(seed)
    rows = [one for one in all_rows() if one.name not in UNSHOWN]
    asked, sample = rows_asked(), draw.sample(rows, SAMPLE)
    left = []
    for one in sample:
        what, new = drawn(draw, one)
        if not any(turns_red(one.row, new, pin) for pin in asked.get(id(one.row), ())):
            left.append(f"green: {one.name}: {what}")
    share = 1 - len(left) / len(sample)
    print("\n".join(left))  # noqa: T201 - a command of the Makefile
    print(  # noqa: T201
        f"{len(sample) - len(left)} of {len(sample)} swapped rows turned red ({share:.1%}, "
        f"wanted {WANTED:.0%}), of {len(rows)} rows and {len(every_pin())} pinned replies, in "
        f"{time.monotonic() - begun:.0f} s"
    )
    return 0 if share >= WANTED else 1


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
