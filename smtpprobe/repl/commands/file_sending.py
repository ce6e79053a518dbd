"""`:raw`, `:data` and `:bdat`: octets and files on their way to the server."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from itertools import chain
from typing import TYPE_CHECKING, TypeVar

from smtpprobe.client import moving
from smtpprobe.errors import ConnectFailed, ProbeError, UsageError
from smtpprobe.present.escape import shown
from smtpprobe.present.prompt import BODY_PHASES
from smtpprobe.protocol.command import Command, Kind, read_line
from smtpprobe.protocol.pace import Pace
from smtpprobe.protocol.phase import Phase
from smtpprobe.protocol.units import shown_octets, written_duration
from smtpprobe.repl.stray_answer import consented
from smtpprobe.repl.wait import reply_to
from smtpprobe.script.language.raw_octets import Named, read_raw
from smtpprobe.script.language.steps import BdatFile, DataFile, Place
from smtpprobe.script.language.values import BadValueError
from smtpprobe.script.parser.file_arguments import read_bdat, read_data
from smtpprobe.script.runner.sent_files import Chunk, SentFile, raw_commands
from smtpprobe.script.runner.transfers import told_of_line_ends

if TYPE_CHECKING:
    from smtpprobe.repl.session import Session


async def raw(session: Session, argument: str) -> None:
    """`:raw "octets"|hex"0d 0a"|FILE ...`."""
    try:
        wanted = read_raw(argument)
    except BadValueError as error:
        column = "" if error.at is None else f" (column {len(':raw ') + error.at + 1})"
        raise UsageError(f"raw: {error}{column}", r':raw "NOOP\r\n"') from None
    quotes = r'octets are written in quotes: :raw "NOOP\r\n"'
    with ExitStack() as files:
        parts = [
            files.enter_context(opened(part.path, quotes)) if isinstance(part, Named) else part
            for part in wanted.parts
        ]
        commands = raw_commands(parts, session.state.phase)
        first = await consented(session, next(commands))
        if first is not None:
            await send_all(session, chain((first,), commands), wanted.pace)
            if session.held:
                session.say("sent before the lines in :hold, which wait for :flush")


def opened(name: str, hint: str = "") -> SentFile:
    """Return a file to be sent; raises UsageError when it cannot be read."""
    try:
        return SentFile(name)
    except OSError as error:
        raise UsageError(f"cannot read {name}: {error.strerror}", hint) from None


async def send_all(session: Session, commands: Iterable[Command], pace: Pace | None = None) -> None:
    """Send the portions of a file, or what there is; only the first one is shown.

    Raises:
        ConnectFailed: the connection ended, or the server reads no more.
    """
    client, gone, number = session.client, 0, 0
    try:
        for number, command in enumerate(commands):
            if number:
                session.unechoed.append(command)
            if not await moving(client, client.send(command, pace), session.queue.limit):
                left, limit = client.unsent_octets, written_duration(session.queue.limit or 0.0)
                raise ConnectFailed(
                    f"the server is not reading: {left} octets unsent after {limit}",
                    ":close closes the connection",
                )
            gone += len(command.raw)
            if session.state.ended:
                break
    except (asyncio.CancelledError, ProbeError):
        if number:
            session.say(f"stopped after {shown_octets(gone)}")
        raise
    if number:
        session.say(f"{shown_octets(gone)} sent")


async def data(session: Session, argument: str) -> None:
    """`:data FILE [--raw] [--no-dot] ...`; in an open body the file only."""
    step = _file_step(read_data, argument)
    with opened(step.path) as file:
        if session.state.phase is not Phase.DATA:
            exchange = await reply_to(session.client, read_line("DATA", session.state.phase))
            if exchange.reply.code != 354:
                session.say("message not sent: the reply was not 354")
                return
        await send_all(session, file.message(step), step.pace)
    if told := told_of_line_ends(step, file):
        session.say(shown(told))


_Step = TypeVar("_Step", DataFile, BdatFile)


def _file_step(read: Callable[[str, Place], _Step], argument: str) -> _Step:
    """Return what `:data` or `:bdat` asks for; raises UsageError."""
    try:
        return read(argument, Place(1))
    except BadValueError as error:
        raise UsageError(f"{argument!r}: {error}") from None


async def bdat(session: Session, argument: str) -> None:
    """`:bdat FILE [--chunk N]`."""
    step = _file_step(read_bdat, argument)
    with opened(step.path) as file:
        for chunk in file.chunks(step.chunk):
            await _send_chunk(session, chunk)
            if session.last is not None and session.last.reply.code != 250:
                if not chunk.last:
                    session.say("the rest of the file was not sent")
                return


async def _send_chunk(session: Session, chunk: Chunk) -> None:
    """The reply to BDAT comes after its octets, so both go out before it is awaited."""
    line = read_line(chunk.line, Phase.RCPT)
    waiter = asyncio.ensure_future(reply_to(session.client, line))
    try:
        await asyncio.sleep(0)
        commands = (Command(octets, Kind.BODY) for octets in chunk.portions)
        if chunk.length and session.state.phase in BODY_PHASES:
            await send_all(session, commands)
        await waiter
    except ConnectFailed:
        waiter.cancel()
        raise
    finally:
        waiter.cancel()
