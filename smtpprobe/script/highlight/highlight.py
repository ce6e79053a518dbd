"""Any text as pieces of a script, each with its ink; joined they are the text again. Pure.

Nothing is refused: a script half written is what editors and prompts have to colour.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator, Sequence
from functools import cache
from typing import TypeAlias

from smtpprobe.script.highlight.grammar import CLASSES, DATA, TAKES_354, Ink, ScriptLine

Piece: TypeAlias = tuple[Ink, str]

_DATA = re.compile(DATA, re.IGNORECASE)
_TAKES_354 = re.compile(TAKES_354)
_BDAT = re.compile(r"(?i)BDAT[ \t]+([0-9]{1,18})(?:[ \t]+LAST)?[ \t]*")
_BEGINNINGS = tuple((line_class, re.compile(line_class.value.begins)) for line_class in CLASSES)


def inked(text: str) -> Iterator[Piece]:
    """Yield the pieces of a script, line ends included."""
    parts = re.split(r"(\r?\n)", text)
    lines, ends = parts[::2], [*parts[1::2], ""]
    for line, end, line_class in zip(lines, ends, classified(lines), strict=True):
        yield from inked_line(line, line_class)
        if end:
            yield Ink.PLAIN, end


def inked_line(line: str, line_class: ScriptLine) -> Iterator[Piece]:
    """Yield the pieces of one line of a class."""
    scanner, inks = _scanner(line_class)
    rest, plain_from = line_class.value.rest, 0
    position = 0
    while position < len(line):
        match = scanner.match(line, position)
        if match is None or match.end() == position:
            position += 1
            continue
        if plain_from < position:
            yield rest, line[plain_from:position]
        yield inks[(match.lastindex or 1) - 1], match[0]
        plain_from = position = match.end()
    if plain_from < len(line):
        yield rest, line[plain_from:]


@cache
def _scanner(line_class: ScriptLine) -> tuple[re.Pattern[str], tuple[Ink, ...]]:
    """Return one pattern for all tokens of a line, and the ink of each of its groups."""
    rules = line_class.value.inside
    groups = (f"({f'(?i:{rule.pattern})' if rule.any_case else rule.pattern})" for rule in rules)
    return re.compile("|".join(groups) or r"(?!)"), tuple(rule.ink for rule in rules)


def classified(lines: Sequence[str]) -> Iterator[ScriptLine]:
    """Yield the class of each line; bodies are found as a script's parser finds them."""
    reader = _Reader(lines)
    while reader.more:
        yield from reader.next()


class _Reader:
    """A cursor over the lines."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines
        self._at = 0
        self._held: int | None = None
        self._held_data = False

    @property
    def more(self) -> bool:
        return self._at < len(self._lines)

    def next(self) -> Iterator[ScriptLine]:
        line, line_class = self._take()
        yield line_class
        if line_class is ScriptLine.LOCAL:
            yield from self._local(line)
        if line_class is ScriptLine.EXACT and self._held is not None:
            self._held += 1
        if line_class is not ScriptLine.WIRE:
            return
        if self._held is not None and line:
            self._held += 1
        if match := _BDAT.fullmatch(line):
            yield from self._octets(int(match[1]))
        elif _DATA.match(line):
            self._held_data = True
            if self._held is None:
                yield from self._message()

    def _take(self) -> tuple[str, ScriptLine]:
        line = self._lines[self._at]
        self._at += 1
        return line, _class_of(line)

    def _local(self, line: str) -> Iterator[ScriptLine]:
        name = line.rstrip(" \t")
        if name == ":hold":
            self._held, self._held_data = 0, False
        elif name == ":flush":
            held, self._held = self._held or 0, None
            if held and self._held_data:
                yield from self._replies(held)
        elif name.startswith(":case"):
            self._held = None

    def _octets(self, count: int) -> Iterator[ScriptLine]:
        while count > 0 and self.more:
            count -= len(self._lines[self._at].encode("utf-8", "surrogatepass")) + 2
            self._at += 1
            yield ScriptLine.OCTETS

    def _message(self) -> Iterator[ScriptLine]:
        """The lines under DATA: comments and an expectation, then the message if one is due."""
        comments = self._at
        while comments < len(self._lines) and self._lines[comments].startswith("#"):
            comments += 1
        under = self._lines[comments] if comments < len(self._lines) else ""
        if _class_of(under) not in (ScriptLine.EXPECTATION, ScriptLine.SERVER_LINE):
            yield from self._body()
            return
        while self._at < comments:
            yield self._take()[1]
        if (yield from self._expectation()):
            yield from self._body()

    def _replies(self, held: int) -> Iterator[ScriptLine]:
        """The lines under `:flush`: an expectation for each held line, and the message of DATA."""
        asked, taken = True, 0
        while taken < held and self.more:
            line = self._lines[self._at]
            line_class = _class_of(line)
            if line_class in (ScriptLine.EXPECTATION, ScriptLine.SERVER_LINE):
                taken += not taken or not line.startswith(("<~", "<?", "<*"))
                asked = yield from self._expectation()
            elif line and line_class not in (ScriptLine.COMMENT, ScriptLine.REPLY_TEXT):
                break
            else:
                yield self._take()[1]
        if asked or taken < held:
            yield from self._body()

    def _expectation(self) -> Generator[ScriptLine, None, bool]:
        """Take an expectation, of several lines if need be; return whether 354 meets it."""
        first = line = self._lines[self._at]
        goes_on = True
        while goes_on and self.more:
            line, line_class = self._take()
            yield line_class
            goes_on = bool(re.match(r'[2-5][0-9]{2}-|< line "[0-9]{3}-', line)) and self.more
            goes_on = goes_on and _class_of(self._lines[self._at]) is line_class
        decides = first if first.startswith("<") else line
        return _TAKES_354.match(decides) is not None

    def _body(self) -> Iterator[ScriptLine]:
        while self.more:
            line = self._lines[self._at]
            self._at += 1
            yield ScriptLine.END_OF_BODY if line == "." else ScriptLine.BODY
            if line == ".":
                return


def _class_of(line: str) -> ScriptLine:
    return next(line_class for line_class, begins in _BEGINNINGS if begins.match(line))
