"""Writes docs/session.svg from a session in a terminal: `python -m tests.docs.session_svg`.

The installed program runs on its practice server, and what the terminal shows is drawn, colours
included.
"""

from __future__ import annotations

import asyncio
import re
import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from tests.repl.pty_stage import Pty, program

if TYPE_CHECKING:
    import pyte
    from pyte.screens import Char

PAGE = Path(__file__).parents[2] / "docs" / "session.svg"
COLUMNS = 100
TYPED = (
    ("EHLO me.example", "127.0.0.1 ehlo> "),
    ("MAIL FROM:<me@me.example>", "127.0.0.1 mail> "),
    ("RCPT TO:<bob@elsewhere.example>", "127.0.0.1 mail> "),
    ("RCPT TO:<greylist@sandbox.test>", "127.0.0.1 mail> "),
)
WIDTH, HEIGHT, MARGIN = 8.4, 18, 14
"""The size of a character cell, and the space around all of them, in pixels."""

COLOURS = {
    "default": "#d8dee9", "black": "#4c566a", "red": "#e06c75", "green": "#98c379",
    "brown": "#e5c07b", "blue": "#61afef", "magenta": "#c678dd", "cyan": "#56b6c2",
    "white": "#eceff4", "brightblack": "#7f8a9e", "brightred": "#ff7b86", "brightgreen": "#b5e890",
    "brightbrown": "#ffd68a", "brightblue": "#82c4ff", "brightmagenta": "#e19df5",
    "brightcyan": "#7fdbe6", "brightwhite": "#ffffff",
}  # fmt: skip


async def session() -> list[list[Char]]:
    """Hold the session; return the lines of the screen, each a list of characters."""
    with tempfile.TemporaryDirectory() as home:
        words = ("--sandbox", "--quiet", "--client", "me.example", "--hints", "off", "--no-toolbar")
        async with program(Path(home), *words, columns=COLUMNS) as pty:
            await pty.until_prompt("127.0.0.1 greeted> ")
            for line, prompt in TYPED:
                pty.type(line, "\r")
                await pty.until_true(partial(_is_entered, pty, line), line)
                await pty.until_prompt(prompt)
            pty.feed()
            return cells(pty.screen)


def _is_entered(pty: Pty, line: str) -> bool:
    """Return whether the line is above that with the cursor."""
    return f"> {line}\n" in pty.text and not pty.prompt_line.rstrip().endswith(line)


def cells(screen: pyte.Screen) -> list[list[Char]]:
    """Return the characters of a screen, line by line, without what is empty at the end."""
    lines = [[screen.buffer[y][x] for x in range(screen.columns)] for y in range(screen.lines)]
    while lines and not "".join(one.data for one in lines[-1]).strip():
        lines.pop()
    return lines


def drawn(lines: list[list[Char]]) -> str:
    """Return the lines as a picture."""
    width, height = COLUMNS * WIDTH + 2 * MARGIN, len(lines) * HEIGHT + 2 * MARGIN
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}"'
        f' width="{width:.0f}" height="{height:.0f}" role="img"'
        ' aria-label="A session at the prompt of smtpprobe">\n'
        '<rect width="100%" height="100%" rx="8" fill="#242933"/>\n'
        '<g font-family="ui-monospace, Menlo, Consolas, monospace" font-size="14"'
        ' style="white-space: pre">\n'
    )
    parts = [head]
    for row, line in enumerate(lines):
        top = MARGIN + (row + 0.75) * HEIGHT
        for column, style, text in runs(line):
            left = MARGIN + column * WIDTH
            length = len(text) * WIDTH
            parts.append(
                f'<text x="{left:.1f}" y="{top:.1f}" textLength="{length:.1f}"{style}>'
                f"{escape(text)}</text>\n"
            )
    return "".join((*parts, "</g>\n</svg>\n"))


def runs(line: list[Char]) -> list[tuple[int, str, str]]:
    """Return the parts of a line that look alike: column, attributes, text; no blanks."""
    found: list[tuple[int, str, str]] = []
    for column, char in enumerate(line):
        style = _style(char)
        if found and found[-1][1] == style:
            found[-1] = (found[-1][0], style, found[-1][2] + char.data)
        else:
            found.append((column, style, char.data))
    return [(column, style, text.rstrip()) for column, style, text in found if text.strip()]


def _style(char: Char) -> str:
    colour = COLOURS.get(char.fg, f"#{char.fg}")
    return f' fill="{colour}"' + (' font-weight="bold"' if char.bold else "")


def words(picture: str) -> list[str]:
    """Return the words in a picture, without what differs from run to run."""
    text = " ".join(re.findall(r"<text[^>]*>([^<]*)", picture))
    text = re.sub(r"\b\d+(\.\d+)? ?m?s\b|:\d{4,5}\b|/tmp/\S+", "N", text)
    return text.split()


if __name__ == "__main__":
    PAGE.write_text(drawn(asyncio.run(session())), encoding="utf-8")
