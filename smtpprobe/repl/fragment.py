"""Several lines at once (a paste): asked about, read as a script, run step by step."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from smtpprobe.present.escape import escaped, shown
from smtpprobe.repl.prompt_text import BODY_PHASES

if TYPE_CHECKING:
    from smtpprobe.repl.session import Session

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def needs_asking(lines: list[str], most: int) -> bool:
    """Tell whether a paste is told about before it is sent: many lines, or control characters."""
    return len(lines) > most or any(_CONTROL.search(line) for line in lines)


async def run_fragment(session: Session, text: str) -> None:
    """Run several lines as one fragment; ask first where they are many or odd."""
    lines = text.split("\n")
    if lines and not lines[-1]:
        lines.pop()
    if needs_asking(lines, session.settings.paste_confirm):
        session.say(f"first line: {shown(escaped(lines[0]))}")
        match await session.face.choose(f"send {len(lines)} lines? [y]es [e]dit [d]rop", "yed"):
            case "y":
                pass
            case "e":
                edited = await session.face.edit(text)
                if edited is not None:
                    await run_fragment(session, edited)
                return
            case _:
                session.say(f"{len(lines)} lines dropped")
                return
    for line in lines:
        session.enter_next(line)


def in_body(session: Session) -> bool:
    """Whether pasted lines are message text."""
    return session.phase_ahead in BODY_PHASES
