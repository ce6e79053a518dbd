"""The themes: how each class of text looks. Nothing is told by colour alone."""

from __future__ import annotations

from functools import cache

from prompt_toolkit.output import ColorDepth
from prompt_toolkit.styles import Style

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
    """Return the style of a theme of the table; always the same object, as drawing goes by it."""
    return Style.from_dict(THEMES[name])


def colour_depth(*, colour: bool) -> ColorDepth | None:
    """Return no colours at all, or None for what the terminal can do."""
    return None if colour else ColorDepth.DEPTH_1_BIT
