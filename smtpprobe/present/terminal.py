"""Output for terminals without a full-screen toolkit, and for programs: SGR, colour, UTF-8."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from io import TextIOWrapper

from smtpprobe.present.spans import Line, text_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TextIO

SGR = {
    "class:client": "1",
    "class:reply.success": "32",
    "class:reply.intermediate": "36",
    "class:reply.transient": "33",
    "class:reply.permanent": "31",
    "class:reply.malformed": "35",
    "class:annotation": "2",
    "class:annotation.defect": "35",
    "class:annotation.aside": "2",
    "class:notice": "2",
    "class:error": "1;31",
    "class:warning": "33",
    "class:hint": "2",
    "class:heading": "1",
}
"""One SGR parameter string a style; styles not listed are shown plain."""


def rendered(lines: Iterable[Line], *, colour: bool) -> str:
    """Return the lines as text, each ended by LF; with `colour`, styled by SGR sequences."""
    if not colour:
        return "".join(f"{text_of(line)}\n" for line in lines)
    return "".join("".join(map(_styled, line)) + "\n" for line in lines)


def _styled(span: tuple[str, str]) -> str:
    style, text = span
    sgr = SGR.get(style)
    return f"\x1b[{sgr}m{text}\x1b[0m" if sgr and text else text


def wants_colour(choice: str, environment: Mapping[str, str], *, terminal: bool) -> bool:
    """Return whether output is coloured: `auto` means a terminal, no NO_COLOR, no TERM=dumb."""
    if choice != "auto":
        return choice == "always"
    return terminal and not environment.get("NO_COLOR") and environment.get("TERM") != "dumb"


def write_utf8(stream: TextIO) -> None:
    """Have a stream write UTF-8 in any locale: so say the forms that programs read."""
    if isinstance(stream, TextIOWrapper):
        stream.reconfigure(encoding="utf-8")
