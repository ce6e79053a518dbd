"""Reads the expectations at a cursor: `<` lines with the `|` lines under them, server lines.

Where keyword terms stand under a reply that cannot be that of EHLO or LHLO.
"""

from __future__ import annotations

from collections.abc import Iterator

from smtpprobe.protocol.command import first_word
from smtpprobe.script.language.cursor import Cursor, refuse_cut_string
from smtpprobe.script.language.expectation_line import marker_of, read_expectation
from smtpprobe.script.language.grouping import quiet
from smtpprobe.script.language.matchers import (
    AnyReply,
    Codes,
    Eof,
    KeywordTerm,
    Nothing,
    RawLine,
    ReplyText,
    What,
)
from smtpprobe.script.language.problem import Mark, Problem
from smtpprobe.script.language.steps import (
    SERVER_LINE,
    Expect,
    For,
    Mode,
    Repeat,
    Retry,
    Script,
    Step,
    Wire,
)
from smtpprobe.script.language.tokens import REGEX, Token, tokens
from smtpprobe.script.language.values import STRING, Expansion, expanded


def is_expectation(text: str) -> bool:
    """Tell whether a line begins an expectation."""
    return text.startswith("<") or SERVER_LINE.match(text) is not None


def take_expectation(cursor: Cursor, *, with_texts: bool = True) -> Expect | None:
    """Read the expectation at the cursor, which goes past it; None when something is wrong.

    Without `with_texts` a `|` line under it is left: it is the first line of a message.
    """
    if not cursor.text.startswith("<"):
        return _server_lines(cursor)
    place, text = cursor.place, cursor.text
    if refuse_cut_string(cursor, len(marker_of(text))):
        _reply_lines(cursor)
        return None
    found = read_expectation(_provisional(text), place, cursor.compile_regex)
    cursor.next += 1
    replies = _reply_lines(cursor) if with_texts else ()
    if isinstance(found, Problem):
        cursor.problems.append(found)
        return None
    template = text if "{{" in text else ""
    found = found._replace(replies=replies, template=template)
    cursor.steps.append(found)
    return found


def accepts_354(expect: Expect) -> bool:
    """Tell whether a message follows under DATA with this expectation."""
    return what_accepts_354(expect.what)


def what_accepts_354(what: What) -> bool:
    """Tell whether a 354 is meant."""
    match what:
        case Codes():
            return what.accepts(354)
        case AnyReply():
            return True
        case RawLine(octets=octets):
            return octets.startswith(b"354")
        case Eof() | Nothing():
            return False


def code_is_open(expect: Expect) -> bool:
    """Tell whether the code expected is known only at run time."""
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
    mark = cursor.mark(cursor.next - 1, 1, len(last), f'"{last[:3]} " with a space ends it')
    cursor.blame("P11", "the reply has no last line", mark)
    return None


def _reply_lines(cursor: Cursor) -> tuple[ReplyText, ...]:
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
    """Return what stands for a word with values in it, as long as the word."""
    text = token.text
    if "{{" not in text:
        return text
    if STRING.fullmatch(text.removeprefix("b64")) or REGEX.fullmatch(text):
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


HELLOS = frozenset({"EHLO", "LHLO"})


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
            case Wire(text=text):
                other, taken = "{{" not in text and first_word(text) not in HELLOS, False
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
            yield Problem("P14", "keyword term on a reply that is not EHLO's", (mark,))
