"""Local commands that send: answers, held lines, raw octets, files as messages."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from smtpprobe.errors import UsageError
from smtpprobe.protocol.auth.sasl import coded, octets
from smtpprobe.protocol.command import Command, Kind, exact_line, read_line
from smtpprobe.protocol.phase import Phase
from smtpprobe.protocol.units import parse_duration, shown_octets
from smtpprobe.repl.stray_answer import consented, held_phase
from smtpprobe.script.language.pace import read_pace

if TYPE_CHECKING:
    from smtpprobe.repl.session import Session


BODY_LIMIT = 256 * 1024**2
"""A file larger than this is no test message but a mistake."""


async def b64(session: Session, argument: str) -> None:
    """`:b64 TEXT`."""
    if session.state.phase is not Phase.AUTH:
        raise UsageError(
            "b64: no challenge (334) is pending; nothing sent",
            "AUTH LOGIN gets one; :auth LOGIN bob does the whole login",
        )
    encoded = session.acknowledged(argument)
    if encoded is None:
        encoded = coded(octets(argument))
    await session.client.send(read_line(encoded, session.state.phase))


async def hold(session: Session, _argument: str) -> None:
    """`:hold`."""
    if session.held is None:
        session.held = []
        session.say("collecting lines; :flush sends them, Ctrl-C discards them")
    session.face.refresh()


async def flush(session: Session, _argument: str) -> None:
    """`:flush`."""
    held, session.held = session.held, None
    if held is None:
        raise UsageError("nothing is held", "use :hold to collect lines")
    commands = []
    for number, line in enumerate(held):
        command = held_command(line, held[:number])
        permitted = command if command.kind is Kind.SASL else await consented(session, command)
        if permitted is None:
            return
        commands.append(permitted)
    await session.client.send_together(commands)


def held_command(line: str, before: Sequence[str] = ()) -> Command:
    """Return a collected line as a command: `> LINE` as is; `before` are held before it."""
    bare = line.lstrip()
    phase = held_phase(before, bare.removeprefix(">"))
    if bare.startswith(">"):
        return exact_line(bare[1:].removeprefix(" "), phase)
    return read_line(line, phase)


async def raw(session: Session, argument: str) -> None:
    """`:raw "octets"|hex"0d 0a"|FILE ...`."""
    from smtpprobe.repl.commands import file_sending  # noqa: PLC0415 - most sessions need none

    await file_sending.raw(session, argument)


async def data(session: Session, argument: str) -> None:
    """`:data FILE ...`."""
    from smtpprobe.repl.commands import file_sending  # noqa: PLC0415

    await file_sending.data(session, argument)


async def bdat(session: Session, argument: str) -> None:
    """`:bdat FILE [--chunk N]`."""
    from smtpprobe.repl.commands import file_sending  # noqa: PLC0415

    await file_sending.bdat(session, argument)


async def rate(session: Session, argument: str) -> None:
    """`:rate [N/s] [--segment N] | off`."""
    client = session.client
    if argument:
        client.options = client.options._replace(pace=read_pace(argument))
    if (pace := client.options.pace) is None:
        session.say("no rate limit: lines are sent immediately")
    else:
        how = f"{pace}" if pace.rate else f"full speed, {pace}"
        session.say(f"sending at {how} from now on; :rate off ends it")


async def sleep(_session: Session, argument: str) -> None:
    """`:sleep D`."""
    await asyncio.sleep(parse_duration(argument))


def read_file(name: str) -> bytes:
    """Return a file's octets; raises UsageError when it cannot be read or is too large."""
    path = Path(name).expanduser()
    try:
        if path.stat().st_size > BODY_LIMIT:
            raise UsageError(f"{name} is larger than {shown_octets(BODY_LIMIT)}")
        return path.read_bytes()
    except OSError as error:
        raise UsageError(f"cannot read {name}: {error.strerror}") from None
