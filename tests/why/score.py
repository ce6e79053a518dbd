"""How often `smtpprobe why` is right about the worlds of the lab: `make score-why`.

    python -m tests.why.score [ID ...]

Exits with 1 below the bounds: 95 % right, none confidently wrong.
"""

from __future__ import annotations

import sys
from typing import Final

import pytest

from tests.why.judged import Mark, answer
from tests.why.lab.running import running

BOUND: Final = 0.95


def main(ids: list[str]) -> int:
    """Print the score, a line for each world that is not right, and return the exit code."""
    try:
        with running() as lab:
            worlds = [world for world in lab.worlds if not ids or world.id in ids]
            found = lab.run("tests.why.ask", *(world.id for world in worlds))
    except pytest.skip.Exception as reason:
        sys.stdout.write(f"not scored: {reason}\n")
        return 1
    answers = [answer(world, found[world.id]) for world in worlds]
    for one in sorted(answers, key=lambda one: list(Mark).index(one.mark)):
        if one.mark is not Mark.RIGHT:
            sys.stdout.write(f"{one.mark.value}: {one.world.id}: {'; '.join(one.faults)}\n")
            errors = found[one.world.id]["err"].splitlines()
            sys.stdout.write("".join(f"    {line}\n" for line in errors))
    counts = {mark: sum(one.mark is mark for one in answers) for mark in Mark}
    slowest, what = max(found.items(), key=lambda item: item[1]["seconds"])
    told = ", ".join(f"{count} {mark.value}" for mark, count in counts.items())
    sys.stdout.write(f"{told}; of {len(answers)} worlds; slowest {slowest}, {what['seconds']} s\n")
    enough = counts[Mark.RIGHT] >= BOUND * len(answers)
    return 0 if enough and not counts[Mark.CONFIDENTLY_WRONG] else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
