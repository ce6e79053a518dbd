"""Colours of the line being typed, by what a script would make of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from prompt_toolkit.lexers import Lexer

from smtpprobe.protocol.phase import Phase
from smtpprobe.repl.face import Shape
from smtpprobe.repl.typed import LineClass, classified

if TYPE_CHECKING:
    from prompt_toolkit.document import Document
    from prompt_toolkit.formatted_text import StyleAndTextTuples

    from smtpprobe.repl.full import FullFace


class TypedLexer(Lexer):
    """Colours what stands in the buffer of a face; answers to questions stay plain."""

    def __init__(self, face: FullFace) -> None:
        self._face = face

    def lex_document(self, document: Document) -> Callable[[int], StyleAndTextTuples]:
        """Return the function that gives each line's pieces with their styles."""
        lines = document.lines
        if self._face.shape is not Shape.LINE or not document.text:
            return lambda number: [("", lines[number])]
        return lambda number: self._coloured(lines[number])

    def invalidation_hash(self) -> object:
        """Return what the colours depend on besides the text."""
        return (self._face.shape, self._face.in_local_prompt, self._face.session.phase_ahead)

    def _coloured(self, line: str) -> StyleAndTextTuples:
        phase = self._face.session.phase_ahead
        local = self._face.in_local_prompt
        if self._face.aside is not None and not local:
            return [("", line)]
        return coloured(line, Phase.CONNECTED if local else phase)


def coloured(line: str, phase: Phase) -> StyleAndTextTuples:
    """Return a typed line's pieces with their styles; an answer to a challenge is plain."""
    from smtpprobe.script.highlight import inked_line  # noqa: PLC0415 - with the first key only
    from smtpprobe.script.highlight_rules import LineClass as Written  # noqa: PLC0415

    written = {
        LineClass.COMMENT: Written.COMMENT,
        LineClass.LOCAL: Written.LOCAL,
        LineClass.EXPECTATION: Written.EXPECTATION,
        LineClass.REPLY_TEXT: Written.REPLY_TEXT,
        LineClass.EXACT: Written.EXACT,
        LineClass.SERVER_LINE: Written.SERVER_LINE,
        LineClass.WIRE: Written.WIRE,
    }.get(classified(line, phase))
    if written is None:
        return [("", line)]
    start = len(line) - len(line.lstrip())
    pieces = inked_line(line[start:], written)
    return [("", line[:start]), *((f"class:typed.{ink.value}", text) for ink, text in pieces)]
