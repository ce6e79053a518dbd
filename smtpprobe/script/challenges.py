"""Which lines of a script carry credentials: AUTH lines, and answers to challenges. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from smtpprobe.protocol.command import first_word
from smtpprobe.script.expected_reply import Codes
from smtpprobe.script.steps import Expect, Place, Step, Wire, acts
from smtpprobe.script.values import Expansion, Text, expanded

_BASE64 = re.compile(r"(?:[A-Za-z0-9+/]{4}){2,}|(?:[A-Za-z0-9+/]{4})*[A-Za-z0-9+/]{2,3}={1,2}")


def answers(steps: Sequence[Step]) -> Iterator[int]:
    """Yield the index of each AUTH line and of each answer to a challenge of one."""
    challenged = False
    for index, step in enumerate(steps):
        match step:
            case Wire(text=text):
                auth = first_word(text) == "AUTH"
                if auth or (challenged and _may_answer(steps, index, text)):
                    yield index
                    challenged = True
                else:
                    challenged = False
            case Expect(what=Codes() as what):
                challenged = challenged and what.accepts(334)
            case _ if acts(step):
                challenged = False
            case _:
                pass


def literal_answers(steps: Sequence[Step]) -> set[Place]:
    """Return the places of the lines in which a response to AUTH stands as it is."""
    found = ((steps[index].place, steps[index]) for index in answers(steps))
    return {
        place for place, step in found if isinstance(step, Wire) and literal(response_of(step.text))
    }


def response_of(text: str) -> str:
    """Return what an AUTH line or an answer to a challenge says to the server."""
    words = text.split(maxsplit=2)
    if words[:1] and words[0].upper() == "AUTH":
        return words[2] if len(words) > 2 else ""
    return text


def _may_answer(steps: Sequence[Step], index: int, text: str) -> bool:
    """Tell whether a line answers a challenge; without a 334 above, only what looks like one."""
    above = steps[index - 1]
    return isinstance(above, Expect) or _BASE64.fullmatch(text) is not None


def literal(response: str) -> bool:
    """Tell whether a response stands in the line itself; `=` (empty) and `*` (cancel) do not."""

    def value(found: Expansion) -> str | None:
        if found.expression is None:
            return None
        return found.expression.text if isinstance(found.expression, Text) else ""

    return expanded(response, value).strip(" \t") not in ("", "=", "*")
