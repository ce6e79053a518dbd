"""Folds lines of a report at a width, with a hanging indent under the start of their text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from smtpprobe.present.spans import PLAIN, Line, Span, text_of

LEAST_WIDTH = 40
"""A narrower terminal gets lines that it folds itself."""

_WORD = re.compile(r" *[^ ]+ *$| *[^ ]+")


def folded(lines: Iterable[Line], width: int) -> Iterator[Line]:
    """Yield the lines, folded where they are too wide; words are never broken."""
    for line in lines:
        if len(text_of(line)) <= width or width < LEAST_WIDTH:
            yield line
        else:
            yield from _pieces(line, width)


def _pieces(line: Line, width: int) -> Iterator[Line]:
    hang = _hang(line, width)
    piece: list[Span] = []
    used = 0
    for style, text in line:
        for word in _WORD.findall(text) or [text]:
            if used and used > hang and used + len(word.rstrip()) > width:
                yield tuple(piece)
                begun = word.lstrip(" ")
                piece, used = [Span(PLAIN, " " * hang), Span(style, begun)], hang + len(begun)
            else:
                piece.append(Span(style, word))
                used += len(word)
    yield tuple(piece)


def _hang(line: Line, width: int) -> int:
    """Return where the longest span begins, as far as that leaves room."""
    longest = max(range(len(line)), key=lambda n: len(line[n].text))
    before = sum(len(span.text) for span in line[:longest])
    text = line[longest].text
    return min(before + len(text) - len(text.lstrip(" ")), width // 3)
