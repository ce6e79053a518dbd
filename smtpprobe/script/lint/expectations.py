"""Rules about expectations: texts that change with each run, patterns that may take long."""

from __future__ import annotations

import re
from collections.abc import Iterator

from smtpprobe.script.language.defined_names import Outside
from smtpprobe.script.language.matchers import PatternTerm, RawLine, TextTerm
from smtpprobe.script.language.patterns import nested_quantifiers
from smtpprobe.script.language.problem import Mark
from smtpprobe.script.language.steps import Expect, Place, Script
from smtpprobe.script.language.tokens import REGEX, tokens
from smtpprobe.script.language.values import Expansion, expanded
from smtpprobe.script.lint.finding import Finding, line_of

_MONTHS = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
_VOLATILE = {
    "an address": re.compile(r"(?<![0-9.])[0-9]{1,3}(?:\.[0-9]{1,3}){3}(?![0-9.])|\[IPv6:"),
    "a date": re.compile(
        rf"[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}|[0-9]{{1,2}} (?:{_MONTHS})\b"
        r"|[0-9]{2}:[0-9]{2}:[0-9]{2}"
    ),
    "a queue id": re.compile(
        r"\b(?:queued as|id[= ]) ?[0-9A-Za-z-]{6,}"
        r"|\b(?=[A-Za-z]*[0-9])(?=[0-9a-z]*[A-Z])[0-9A-Za-z]{10,}\b"
    ),
}  # fmt: skip


def volatile(script: Script, _outside: Outside) -> Iterator[Finding]:
    """L05."""
    for step in script.steps:
        if not isinstance(step, Expect):
            continue
        place = step.place
        for column, text in _asserted(step):
            what = _changing(text)
            if what:
                yield _volatile(what, Mark(place.line, column, len(text), file=place.file))
        for reply in step.replies:
            what = _changing(reply.start or "")
            if what:
                yield _volatile(what, Mark(reply.line, 3, len(reply.start or ""), file=reply.file))


def _asserted(step: Expect) -> Iterator[tuple[int, str]]:
    """Yield the column and the text of what must occur in a reply, captures left out."""
    for term in step.terms:
        match term:
            case TextTerm(present=True, encoded=False) | PatternTerm(present=True):
                if not (isinstance(term, PatternTerm) and term.pattern.names):
                    yield term.column, term.text
            case _:
                pass


def _changing(text: str) -> str:
    literal = expanded(text, _nothing).replace("\\", "")
    return next((what for what, found in _VOLATILE.items() if found.search(literal)), "")


def _nothing(_found: Expansion) -> str:
    return ""


def _volatile(what: str, mark: Mark) -> Finding:
    message = f"expects text that changes from reply to reply: {what}"
    return Finding("L05", message, (mark,), ("use a named group: /queued as (?<id>.+)/",))


def slow_patterns(script: Script, _outside: Outside) -> Iterator[Finding]:
    """L11."""
    for step in script.steps:
        if not isinstance(step, Expect) or step.server:
            continue
        patterns = [term for term in step.terms if isinstance(term, PatternTerm)]
        if patterns or (isinstance(step.what, RawLine) and step.what.pattern):
            yield from _slow(script, step.place)


def _slow(script: Script, place: Place) -> Iterator[Finding]:
    for token in tokens(line_of(script, place), 1):
        match = re.fullmatch(REGEX, token.text)
        at = nested_quantifiers(match[1]) if match else None
        if at is not None:
            mark = Mark(place.line, token.column + 1 + at, 1, file=place.file)
            message = "nested quantifiers: the search is aborted on some texts"
            yield Finding("L11", message, (mark,), ("(a+)+ matches what a+ matches",))
