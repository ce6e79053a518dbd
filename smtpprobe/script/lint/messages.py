"""Rules about what is sent as a message: its lines, its headers, commands taken for text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from smtpprobe.script.language.defined_names import Outside, unset_names
from smtpprobe.script.language.problem import Mark
from smtpprobe.script.language.steps import SERVER_LINE, Body, Hold, Place, Script, SmtpLine
from smtpprobe.script.lint.finding import Finding, line_of, whole

LONGEST_LINE = 998
"""Octets of a line of a message without its CRLF (RFC 5321 4.5.3.1.6, RFC 5322 2.1.1)."""

_HEADER = re.compile(r"[!-9;-~]+[ \t]*:")
_MEANT_FOR_US = re.compile(r"#|<[~?*]?[ \t]|:[a-z]|\|[ \t]|>[ \t]")


def messages(script: Script) -> Iterator[Body]:
    """Yield each message."""
    yield from (step for step in script.steps if isinstance(step, Body))


def too_long(script: Script, _outside: Outside) -> Iterator[Finding]:
    """L01."""
    for body in messages(script):
        for number, text in enumerate(body.lines):
            octets = len(text.encode("utf-8", "surrogateescape"))
            if octets > LONGEST_LINE:
                message = f"body line of {octets} octets"
                mark = _body_mark(body, number, 1, f"RFC 5321 4.5.3.1.6 allows {LONGEST_LINE}")
                yield Finding("L01", message, (*_data_mark(script, body), mark))


def dot_and_blanks(script: Script, _outside: Outside) -> Iterator[Finding]:
    """L02."""
    for body in messages(script):
        for number, text in enumerate(body.lines):
            if re.fullmatch(r"\.[ \t]+", text):
                mark = _body_mark(body, number, len(text), "this does not end the message")
                marks = (*_data_mark(script, body), mark)
                help_ = ('the line that ends a message contains only "."',)
                yield Finding("L02", "body line of a dot and spaces", marks, help_)


def meant_for_us(script: Script, _outside: Outside) -> Iterator[Finding]:
    """L07."""
    for before, body in pairwise(script.steps):
        if not isinstance(body, Body):
            continue
        first = body.lines[0] if body.lines else ""
        bare = isinstance(before, Hold) or (isinstance(before, SmtpLine) and before.is_data)
        if bare and (_MEANT_FOR_US.match(first) or SERVER_LINE.match(first)):
            mark = _body_mark(body, 0, len(first), "text of the message")
            marks = (*_data_mark(script, body), mark)
            message = "no expectation below DATA: this line is sent as message text"
            help_ = ('write "< 354" below DATA, and comments above it',)
            yield Finding("L07", message, marks, help_)


def unset(script: Script, outside: Outside) -> Iterator[Finding]:
    """L08."""
    for name, mark in unset_names(script, outside):
        message = f'variable "{name}" has no value: the braces are sent verbatim'
        help_ = (f"set it with :let {name} = ..., or use :expand off to send braces",)
        yield Finding("L08", message, (mark,), help_)


def no_empty_line(script: Script, _outside: Outside) -> Iterator[Finding]:
    """L09."""
    for body in messages(script):
        for number, text in enumerate(body.lines):
            header = _HEADER.match(text) or (number and text[:1] in (" ", "\t"))
            if not text or (not header and (not number or text.startswith("{{"))):
                break
            if not header:
                mark = _body_mark(body, number, len(text), "neither a header nor an empty line")
                message = "no empty line between headers and text"
                yield Finding("L09", message, (*_data_mark(script, body), mark))
                break


def _body_mark(body: Body, number: int, width: int, label: str) -> Mark:
    return Mark(body.place.line + number, 1, width, label, file=body.place.file)


def _data_mark(script: Script, body: Body) -> tuple[Mark, ...]:
    """Return the mark of the DATA that a message belongs to, found above it."""
    number = body.place.line - 1
    while number > 0:
        place = Place(number, 1, body.place.file)
        if line_of(script, place).rstrip(" \t").upper() == "DATA":
            return (whole(script, place, caret="-"),)
        number -= 1
    return ()
