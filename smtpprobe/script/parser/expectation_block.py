"""Reads the expectations at a cursor: `<` lines with the `|` lines under them, server lines."""

from __future__ import annotations

import re

from smtpprobe.script.language.matchers import Codes, ReplyText
from smtpprobe.script.language.problem import Problem
from smtpprobe.script.language.steps import SERVER_LINE, Expect, marker_of
from smtpprobe.script.language.tokens import REGEX, Token, tokens
from smtpprobe.script.language.values import STRING, Expansion, expanded
from smtpprobe.script.parser.cursor import Cursor
from smtpprobe.script.parser.expectation_line import read_expectation


def is_expectation(text: str) -> bool:
    """Return whether a line begins an expectation."""
    return text.startswith("<") or SERVER_LINE.match(text) is not None


def take_expectation(cursor: Cursor, *, with_texts: bool = True) -> Expect | None:
    """Read the expectation at the cursor, which goes past it; None when something is wrong.

    Without `with_texts` a `|` line under it is left: it is the first line of a message.
    """
    if not cursor.text.startswith("<"):
        return _server_lines(cursor)
    place, text = cursor.place, cursor.text
    if cursor.refuse_cut_string(len(marker_of(text))):
        reply_lines(cursor)
        return None
    found = read_expectation(_provisional(text), place, cursor.compile_regex)
    cursor.next += 1
    replies = reply_lines(cursor) if with_texts else ()
    if isinstance(found, Problem):
        cursor.problems.append(found)
        return None
    template = text if "{{" in text else ""
    found = found._replace(replies=replies, template=template)
    cursor.steps.append(found)
    return found


def code_is_open(expect: Expect) -> bool:
    """Return whether the code expected is known only at run time."""
    return "{{" in expect.template and "{{" in tokens(expect.template, 2)[0].text


def _server_lines(cursor: Cursor) -> Expect | None:
    start = cursor.next
    while match := SERVER_LINE.match(cursor.text):
        cursor.next += 1
        if match[2] != "-":
            lines = cursor.lines[start : cursor.next]
            place = cursor.place_of(cursor.next - 1)
            expect = Expect(place, Codes((match[1],)), match[1], 1, server=lines)
            cursor.steps.append(expect)
            return expect
    last = cursor.lines[cursor.next - 1]
    mark = cursor.mark(cursor.next - 1, 1, len(last), f'end it with "{last[:3]} " (code and space)')
    cursor.blame("P11", "the reply has no last line", mark)
    return None


def reply_lines(cursor: Cursor) -> tuple[ReplyText, ...]:
    """Read the `|` lines at the cursor, which goes past them."""
    found = []
    while cursor.text.startswith("|"):
        start = cursor.text[1:].removeprefix(" ")
        found.append(
            ReplyText(cursor.next + 1, None if start.rstrip() == "..." else start, cursor.file)
        )
        cursor.next += 1
    return tuple(found)


def _provisional(text: str) -> str:
    """Return the line with something fitting in the place of each value, to see its form."""
    if "{{" not in text:
        return text
    parts, position, before = [], 0, ""
    for number, token in enumerate(tokens(text, len(marker_of(text)))):
        start = token.column - 1
        parts += [text[position:start], _stand_in(token, number, before)]
        position, before = start + len(token.text), token.text
    return "".join((*parts, text[position:]))


def _stand_in(token: Token, number: int, before: str) -> str:
    """Return a placeholder for a word with values in it, as long as the word."""
    text = token.text
    if "{{" not in text:
        return text
    if re.fullmatch(STRING, text.removeprefix("b64")) or re.fullmatch(REGEX, text):
        return expanded(text, _filler)
    if text.startswith(("+", "-")):
        return expanded(text, _filler)
    if before in ("for", "within"):
        return "1s"
    if before == "not":
        return "299" if number == 1 else '"x"'
    return "any" if number == 0 else ""


def _filler(found: Expansion) -> str:
    return "1" * found.width
