"""How text looks: the themes, and the colours of the line being typed.

Nothing is shown by colour alone.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

from prompt_toolkit.lexers import Lexer
from prompt_toolkit.output import ColorDepth
from prompt_toolkit.styles import Style

from smtpprobe.protocol.phase import Phase
from smtpprobe.repl.line_class import LineClass, classified
from smtpprobe.repl.ui.interface import Shape

if TYPE_CHECKING:
    from prompt_toolkit.document import Document
    from prompt_toolkit.formatted_text import StyleAndTextTuples

    from smtpprobe.repl.ui.full import FullFace

_COMMON = {
    "client": "bold",
    "heading": "bold",
    "prompt": "",
    "auto-suggestion": "#888888",
    "bottom-toolbar": "noreverse",
    "toolbar": "reverse",
    "toolbar.warning": "reverse bold",
    "completion-menu.completion.unfit": "italic",
}
_COLOURS = {
    "reply.success": "ansigreen",
    "reply.intermediate": "ansicyan",
    "reply.transient": "ansiyellow",
    "reply.permanent": "ansired",
    "reply.malformed": "ansimagenta",
    "annotation.defect": "ansimagenta",
    "error": "ansired bold",
    "warning": "ansiyellow",
}
_TYPED = {
    "typed.comment": "nobold dim",
    "typed.marker": "ansimagenta",
    "typed.local": "ansimagenta",
    "typed.word": "ansimagenta",
    "typed.code": "ansicyan",
    "typed.enhanced": "ansicyan",
    "typed.keyword": "ansicyan",
    "typed.number": "ansicyan",
    "typed.string": "ansigreen",
    "typed.regex": "ansigreen",
    "typed.reply": "nobold",
    "typed.expansion": "ansimagenta",
    "typed.path": "ansigreen",
    "typed.parameter": "ansicyan",
}
"""The line being typed, by what its pieces are in a script; the same names as of its inks."""

_DIM_DARK = dict.fromkeys(("annotation", "annotation.aside", "notice", "hint"), "ansibrightblack")
_DIM_LIGHT = dict.fromkeys(("annotation", "annotation.aside", "notice", "hint"), "#555555")
_DARK = {"typed.verb": "ansibrightblue", "typed.expansion": "ansiyellow"}
_LIGHT = {"reply.transient": "#875f00", "typed.verb": "ansiblue"}
_MONO = {"auto-suggestion": "italic", "error": "bold"}

THEMES = {
    "auto": _COMMON | _COLOURS | _TYPED | dict.fromkeys(_DIM_DARK, "dim"),
    "dark": _COMMON | _COLOURS | _TYPED | _DIM_DARK | _DARK,
    "light": _COMMON | _COLOURS | _TYPED | _DIM_LIGHT | _LIGHT,
    "mono": _COMMON | _MONO,
}
"""Theme to class to style. `auto` asks only for what reads on light and dark ground alike."""


@cache
def theme(name: str) -> Style:
    """Return the style of a theme; always the same object, as drawing compares it."""
    return Style.from_dict(THEMES[name])


def colour_depth(*, colour: bool) -> ColorDepth | None:
    """Return no colours at all, or None for what the terminal can do."""
    return None if colour else ColorDepth.DEPTH_1_BIT


class TypedLexer(Lexer):
    """Colours the text of the buffer; answers to questions stay plain."""

    def __init__(self, face: FullFace) -> None:
        self._face = face

    def lex_document(self, document: Document) -> Callable[[int], StyleAndTextTuples]:
        """Return the function that gives each line's pieces with their styles."""
        lines = document.lines
        if self._face.shape is not Shape.LINE or not document.text:
            return lambda number: [("", lines[number])]
        return lambda number: self._coloured(lines[number])

    def invalidation_hash(self) -> object:
        """Return what the colours depend on, other than the text."""
        return (self._face.shape, self._face.in_local_prompt, self._face.session.phase_ahead)

    def _coloured(self, line: str) -> StyleAndTextTuples:
        phase = self._face.session.phase_ahead
        local = self._face.in_local_prompt
        if self._face.aside is not None and not local:
            return [("", line)]
        return coloured(line, Phase.CONNECTED if local else phase)


def coloured(line: str, phase: Phase) -> StyleAndTextTuples:
    """Return a typed line's pieces with their styles; an answer to a challenge is plain."""
    from smtpprobe.script.highlight.grammar import ScriptLine  # noqa: PLC0415
    from smtpprobe.script.highlight.highlight import inked_line  # noqa: PLC0415 - with the first key only

    written = {
        LineClass.COMMENT: ScriptLine.COMMENT,
        LineClass.LOCAL: ScriptLine.LOCAL,
        LineClass.EXPECTATION: ScriptLine.EXPECTATION,
        LineClass.REPLY_TEXT: ScriptLine.REPLY_TEXT,
        LineClass.EXACT: ScriptLine.EXACT,
        LineClass.SERVER_LINE: ScriptLine.SERVER_LINE,
        LineClass.WIRE: ScriptLine.WIRE,
    }.get(classified(line, phase))
    if written is None:
        return [("", line)]
    start = len(line) - len(line.lstrip())
    pieces = inked_line(line[start:], written)
    return [("", line[:start]), *((f"class:typed.{ink.value}", text) for ink, text in pieces)]
