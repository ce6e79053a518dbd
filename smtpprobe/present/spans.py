"""Styled text: the one form in which everything shown to people travels.

A line is a tuple of spans, the shape of prompt_toolkit's formatted text, so that the prompt shows
it as it is and a plain terminal needs only the small writer in `terminal`.
"""

from __future__ import annotations

from smtpprobe.named_tuple import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeAlias


class Span(NamedTuple):
    """A piece of text in one style; the text holds no line end and no control character."""

    style: str
    text: str


Line: TypeAlias = tuple[Span, ...]

PLAIN = ""
CLIENT = "class:client"
SUCCESS = "class:reply.success"
INTERMEDIATE = "class:reply.intermediate"
TRANSIENT = "class:reply.transient"
PERMANENT = "class:reply.permanent"
MALFORMED = "class:reply.malformed"
ANNOTATION = "class:annotation"
DEFECT = "class:annotation.defect"
ASIDE = "class:annotation.aside"
NOTICE = "class:notice"
ERROR = "class:error"
WARNING = "class:warning"
HINT = "class:hint"
HEADING = "class:heading"


def line(text: str, style: str = PLAIN) -> Line:
    """Return a line in one style."""
    return (Span(style, text),)


def text_of(styled: Line) -> str:
    """Return the line's text without its styles."""
    return "".join(span.text for span in styled)
