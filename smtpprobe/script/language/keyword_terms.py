"""Keyword terms under a reply that cannot be that of EHLO or LHLO."""

from __future__ import annotations

from collections.abc import Iterator

from smtpprobe.protocol.command import first_word
from smtpprobe.protocol.verbs import EXTENDED_HELLOS
from smtpprobe.script.language.matchers import KeywordTerm
from smtpprobe.script.language.problem import Mark, Problem
from smtpprobe.script.language.steps import (
    Expect,
    For,
    Mode,
    Repeat,
    Retry,
    Script,
    SmtpLine,
    Step,
    quiet,
)


def keyword_problems(script: Script) -> list[Problem]:
    """Return a problem for each keyword term that no reply can meet."""
    return [
        problem
        for case in script.cases
        for steps in (case.steps, case.last)
        for problem in _problems(steps)
    ]


def _problems(steps: tuple[Step, ...]) -> Iterator[Problem]:
    other = taken = False  # the reply is that of a known command, no EHLO; it was looked at
    for step in steps:
        match step:
            case For(steps=inside) | Repeat(steps=inside) | Retry(steps=inside):
                other = False
                yield from _problems(inside)
            case SmtpLine(text=text):
                other, taken = "{{" not in text and first_word(text) not in EXTENDED_HELLOS, False
            case Expect(mode=Mode.MUST | Mode.SOFT as mode):
                other = other and not (taken and mode is Mode.MUST)
                taken = True
                if other:
                    yield from _of_expectation(step)
            case _ if not quiet(step):
                other = False
            case _:
                pass


def _of_expectation(expect: Expect) -> Iterator[Problem]:
    for term in expect.terms:
        if isinstance(term, KeywordTerm):
            place = expect.place
            mark = Mark(place.line, term.column, len(term.text), file=place.file)
            yield Problem("P14", "keyword term on a reply to another command than EHLO", (mark,))
