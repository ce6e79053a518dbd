"""What becomes of pasted text: into the line, into the message, or a fragment run step by step."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from smtpprobe.repl.ui.interface import Shape

if TYPE_CHECKING:
    from smtpprobe.repl.ui.full import FullFace

_LINE_END = re.compile(r"\r\n|\n|\r")


def split_paste(text: str) -> tuple[list[str], str]:
    """Return the whole lines of a paste and what follows the last line end."""
    *whole, rest = _LINE_END.split(text)
    return whole, rest


def pasted(face: FullFace, text: str) -> None:
    """Take a paste: one line into the line being typed, several as lines."""
    whole, rest = split_paste(text)
    if face.shape is Shape.LINES:
        face.buffer.insert_text("\n".join([*whole, rest]))
    elif face.aside is not None or not whole:
        face.buffer.insert_text("".join([*whole, rest]))
    else:
        buffer = face.buffer
        whole[0] = buffer.document.text_before_cursor + whole[0]
        rest += buffer.document.text_after_cursor
        buffer.reset()
        face.input.paste(whole, rest)
