"""Steps that are several commands: a file as a message or in chunks, a whole login."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

from smtpprobe.protocol.auth.sasl import Login
from smtpprobe.protocol.command import Command, Kind, dot_stuff, read_line
from smtpprobe.protocol.phase import Phase
from smtpprobe.script.language.steps import Auth, BdatFile, DataFile, Place
from smtpprobe.script.runner.case_log import Missed
from smtpprobe.script.runner.connection import Connection
from smtpprobe.script.runner.default_expectations import CHUNK, DATA
from smtpprobe.script.runner.owed_replies import Owed
from smtpprobe.script.runner.waits.arrival import upcoming
from smtpprobe.script.runner.waits.implied import wait_for_owed
from smtpprobe.script.runner.waits.misses import timed_out

TICK = 0.1
"""Seconds between portions that go out at a rate."""


def octets_of(path: str) -> bytes:
    """Return the octets of a file; raises OSError."""
    return Path(path).read_bytes()


def message_of(step: DataFile, path: str) -> bytes:
    """Return the octets that `:data` sends after the 354, the dot included; raises OSError."""
    octets = octets_of(path)
    octets = octets if step.raw else dot_stuff(octets)
    octets += b".\r\n" if step.dot else b""
    return octets if step.stop_after is None else octets[: step.stop_after]


async def send_data(connection: Connection, step: DataFile, octets: bytes) -> bool:
    """Send DATA and, after a 354, a message; return whether it was ended, so that a reply is due.

    Raises:
        Stop: there was no 354 (Missed, where the case goes on), or the message does not go out.
    """
    place = step.place
    await connection.out(read_line("DATA", connection.client.state.phase), place)
    await wait_for_owed(connection.listener, (Owed(place, len(":data"), DATA),))
    if connection.client.state.phase is not Phase.DATA:
        raise Missed
    ended = step.dot and step.stop_after is None
    if step.rate is None:
        await connection.out(Command(octets, Kind.BODY, exact=step.raw, ends_data=ended), place)
    else:
        await _drip(connection, octets, step.rate, place, ended=ended)
    return ended


async def _drip(
    connection: Connection, octets: bytes, rate: float, place: Place, *, ended: bool
) -> None:
    """Send a message at a rate in octets per second."""
    portions = list(_portions(octets, max(1, int(rate * TICK))))
    for number, portion in enumerate(portions, 1):
        last = ended and number == len(portions)
        await connection.out(Command(portion, Kind.BODY, exact=True, ends_data=last), place)
        await asyncio.sleep(0 if last else TICK)


async def send_chunks(connection: Connection, step: BdatFile, octets: bytes) -> None:
    """Send a file in BDAT chunks, each after the 250 to the one before; the last reply is due.

    Raises:
        Stop: a chunk was refused (Missed, where the case goes on), or does not go out.
    """
    portions = list(_portions(octets, step.chunk)) or [b""]
    for number, portion in enumerate(portions, 1):
        last = " LAST" if number == len(portions) else ""
        line = read_line(f"BDAT {len(portion)}{last}", connection.client.state.phase)
        commands = [line, Command(portion, Kind.BODY)] if portion else [line]
        await connection.out_together(commands, step.place)
        if not last:
            await wait_for_owed(connection.listener, (Owed(step.place, len(":bdat"), CHUNK),))
            taken = connection.listener.taken
            if taken is None or taken.reply.code != 250 or taken.reply.flaw:
                raise Missed


async def log_in(connection: Connection, step: Auth, login: Login) -> None:
    """Run a SASL mechanism up to the reply that is no challenge, which is due.

    A challenge that cannot be answered gives the login up, whatever the server says to that.

    Raises:
        Stop: something does not go out.
    """
    command: Command | None = read_line(login.line, connection.client.state.phase)
    while command is not None:
        await connection.out(command, step.place)
        if login.given_up:
            return  # its reply is due like any other
        exchange = await upcoming(connection.listener)
        if exchange is None and not step.under.last and connection.client.state.awaiting:
            timed_out(connection.listener, step.place)
        command = None if exchange is None else login.after(exchange.reply)
        if exchange is not None and command is not None:
            connection.inbox.discard(exchange)


def _portions(octets: bytes, size: int) -> Iterator[bytes]:
    return (octets[start : start + size] for start in range(0, len(octets), size))
