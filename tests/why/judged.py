"""An answer of `smtpprobe why` beside the right verdict of its world."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final

from tests.why.worlds import World


class Mark(Enum):
    """How right an answer is."""

    RIGHT = "right"
    CANNOT_TELL = "cannot tell"
    """Another verdict, which says itself that nobody can tell."""
    WRONG = "wrong"
    CONFIDENTLY_WRONG = "confidently wrong"
    """Another verdict, said as if it were known, that sends somebody the wrong way."""


CANNOT_TELL: Final = 4


@dataclass(frozen=True, slots=True)
class Answer:
    """What the command said of a world, and what it should not have left out or said."""

    world: World
    cause: str
    who: str
    exit: int
    faults: tuple[str, ...]

    @property
    def mark(self) -> Mark:
        """How right it is."""
        if not self.faults:
            return Mark.RIGHT
        if self.cause in self.world.wrong and self.exit != CANNOT_TELL:
            return Mark.CONFIDENTLY_WRONG
        return Mark.CANNOT_TELL if self.exit == CANNOT_TELL else Mark.WRONG


def answer(world: World, found: Mapping[str, Any]) -> Answer:
    """Return the answer that a process gave; one that is no JSON has no cause."""
    try:
        report = json.loads(found["out"])
    except ValueError:
        report = {"verdict": {"cause": "none", "who": "none"}}
    verdict = report["verdict"]
    text = json.dumps(report, ensure_ascii=False)
    right = {"cause": world.cause, "who": world.who, "exit": world.exit}
    said = {"cause": verdict["cause"], "who": verdict["who"], "exit": found["exit"]}
    faults = [
        f"{name}: {said[name]}, not {right[name]}" for name in right if said[name] != right[name]
    ]
    faults += [f"says {pattern}" for pattern in world.unsaid if re.search(pattern, text)]
    faults += [f"does not say {pattern}" for pattern in world.said if not re.search(pattern, text)]
    if "Traceback" in found["err"]:
        faults.append("a traceback")
    return Answer(world, verdict["cause"], verdict["who"], found["exit"], tuple(faults))
