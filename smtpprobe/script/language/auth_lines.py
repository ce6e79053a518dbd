"""Which lines of a script carry credentials: AUTH lines, and answers to challenges. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from smtpprobe.protocol.command import first_word
from smtpprobe.script.language.matchers import Codes
from smtpprobe.script.language.steps import Exact, Expect, Hold, Place, SmtpLine, Step, acts
from smtpprobe.script.language.values import Expansion, Text, expanded

_BASE64 = re.compile(r"(?:[A-Za-z0-9+/]{4}){2,}|(?:[A-Za-z0-9+/]{4})*[A-Za-z0-9+/]{2,3}={1,2}")


def answers(steps: Iterable[Step]) -> Iterator[SmtpLine | Exact]:
    """Yield each AUTH line and each answer to a challenge of one, also those that are held."""
    reading = _Reading()
    for step in steps:
        for one in step.held if isinstance(step, Hold) else (step,):
            if reading.is_answer(one):
                assert isinstance(one, SmtpLine | Exact)
                yield one


def literal_answers(steps: Iterable[Step]) -> set[Place]:
    """Return the places of the lines with a literal AUTH response."""
    return {step.place for step in answers(steps) if literal(response_of(step.text))}


class _Reading:
    """Whether a challenge waits for an answer; message text sent line by line is not one."""

    def __init__(self) -> None:
        self._above: Step | None = None
        self._challenged = False
        self._in_message = False

    def is_answer(self, step: Step) -> bool:
        """Take the next step in; return whether it is an AUTH line or an answer."""
        above, self._above = self._above, step
        match step:
            case Exact(text=text) if self._in_message:
                self._in_message = text != "."
                return False
            case SmtpLine(text=text) | Exact(text=text):
                auth = first_word(text) == "AUTH"
                self._challenged = auth or (self._challenged and _may_answer(above, text))
                return self._challenged
            case Expect(what=Codes() as what):
                begun = isinstance(above, Exact) and first_word(above.text) == "DATA"
                self._in_message = begun and what.accepts(354)
                # the replies to held lines come one after the other: 250, then 334
                only_challenge = what.accepts(334) and not what.accepts(250)
                self._challenged = only_challenge or (self._challenged and what.accepts(334))
            case _ if acts(step):
                self._challenged = self._in_message = False
            case _:
                pass
        return False


def response_of(text: str) -> str:
    """Return what an AUTH line or an answer to a challenge says to the server."""
    words = text.split(maxsplit=2)
    if words[:1] and words[0].upper() == "AUTH":
        return words[2] if len(words) > 2 else ""
    return text


def _may_answer(above: Step | None, text: str) -> bool:
    """Return whether a line answers a challenge; without a 334 above, only what looks like one."""
    return isinstance(above, Expect) or _BASE64.fullmatch(text) is not None


def literal(response: str) -> bool:
    """Return whether the line holds a literal response; `=` (empty) and `*` (cancel) are none."""

    def value(found: Expansion) -> str | None:
        if found.expression is None:
            return None
        return found.expression.text if isinstance(found.expression, Text) else ""

    return expanded(response, value).strip(" \t") not in ("", "=", "*")
