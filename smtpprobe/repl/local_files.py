"""Local commands on files and on several lines at once: recordings, scripts, pastes, messages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smtpprobe.errors import UsageError
from smtpprobe.protocol.command import Command, Kind, dot_stuff
from smtpprobe.protocol.phase import Phase
from smtpprobe.repl.face import Shape

if TYPE_CHECKING:
    from smtpprobe.repl.session import Session


async def save(session: Session, argument: str) -> None:
    """`:save FILE`."""
    raise UsageError("later")


async def save_over(session: Session, argument: str) -> None:
    """`:save! FILE`."""
    raise UsageError("later")


async def transcript(session: Session, argument: str) -> None:
    """`:transcript FILE|off`."""
    raise UsageError("later")


async def run(session: Session, argument: str) -> None:
    """`:run FILE`."""
    raise UsageError("later")


async def paste(session: Session, _argument: str) -> None:
    """`:paste`."""
    text = await session.face.ask("paste, Ctrl-D ends it> ", Shape.LINES)
    if isinstance(text, str):
        raise UsageError("later")


async def edit(session: Session, _argument: str) -> None:
    """`:edit`."""
    text = await session.face.edit("")
    if text is None:
        session.say("the editor failed; nothing sent")
    elif session.state.phase is Phase.DATA:
        await session.send(
            Command(dot_stuff(text.encode("utf-8", "surrogateescape")) + b".\r\n", Kind.BODY,
                    ends_data=True)
        )  # fmt: skip
