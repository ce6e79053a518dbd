"""Steps that are several commands: a file as a message or in chunks, a whole login."""

from __future__ import annotations

import asyncio
import base64
import binascii
from collections.abc import Iterator
from pathlib import Path

from smtpprobe.protocol.command import Command, Kind, dot_stuff, read_line
from smtpprobe.protocol.phase import Phase
from smtpprobe.protocol.sasl import MECHANISMS
from smtpprobe.protocol.session import Exchange
from smtpprobe.script.language.steps import Auth, BdatFile, DataFile
from smtpprobe.script.runner import default_expectations
from smtpprobe.script.runner.connection import Connection

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
    """Send DATA and, after a 354, a message; return whether it was ended, so that a reply is owed.

    Raises:
        Stop: there was no 354, or the message does not go out.
    """
    place = step.place
    await connection.out(read_line("DATA", connection.client.state.phase), place)
    await connection.expecting.implied(default_expectations.DATA, place, len(":data"))
    if connection.client.state.phase is not Phase.DATA:
        return False  # no 354, and the case goes on
    ended = step.dot and step.stop_after is None
    if step.rate is None:
        await connection.out(Command(octets, Kind.BODY, exact=step.raw, ends_data=ended), place)
        return ended
    portions = list(_portions(octets, max(1, int(step.rate * TICK))))
    for number, portion in enumerate(portions, 1):
        last = ended and number == len(portions)
        await connection.out(Command(portion, Kind.BODY, exact=True, ends_data=last), place)
        await asyncio.sleep(0 if last else TICK)
    return ended


async def send_chunks(connection: Connection, step: BdatFile, octets: bytes) -> bool:
    """Send a file in BDAT chunks, each after the 250 to the one before.

    Return whether all went out; the reply to the last one is owed.

    Raises:
        Stop: a chunk was refused, or does not go out.
    """
    portions = list(_portions(octets, step.chunk)) or [b""]
    for number, portion in enumerate(portions, 1):
        last = " LAST" if number == len(portions) else ""
        line = read_line(f"BDAT {len(portion)}{last}", connection.client.state.phase)
        commands = [line, Command(portion, Kind.BODY)] if portion else [line]
        await connection.out_together(commands, step.place)
        if not last:
            await connection.expecting.implied(default_expectations.CHUNK, step.place, len(":bdat"))
            taken = connection.expecting.taken
            if taken is None or taken.reply.code != 250 or taken.reply.flaw:
                return False
    return True


async def log_in(connection: Connection, step: Auth, user: str, password: str) -> None:
    """Run a SASL mechanism up to the reply that is no challenge, which is owed.

    A challenge that cannot be answered gives the login up, whatever the server says to that.

    Raises:
        Stop: something does not go out.
    """
    responses = MECHANISMS[step.mechanism](user, password)
    first = next(responses)
    line = f"AUTH {step.mechanism}" + ("" if first is None else f" {_encoded(first) or '='}")
    command = read_line(line, connection.client.state.phase)
    while True:
        await connection.out(command, step.place)
        exchange = await connection.expecting.upcoming()
        if exchange is None and not step.under.last and connection.client.state.awaiting:
            connection.expecting.timed_out(step.place)
        if exchange is None or exchange.reply.code != 334 or exchange.reply.flaw:
            return
        connection.inbox.discard(exchange)
        try:
            answer = _encoded(responses.send(_challenge(exchange)) or b"")
        except (StopIteration, binascii.Error):
            await connection.out(Command(b"*\r\n", Kind.SASL), step.place)  # RFC 4954 4
            return
        command = Command(answer.encode() + b"\r\n", Kind.SASL)


def _portions(octets: bytes, size: int) -> Iterator[bytes]:
    return (octets[start : start + size] for start in range(0, len(octets), size))


def _encoded(octets: bytes) -> str:
    return base64.b64encode(octets).decode()


def _challenge(exchange: Exchange) -> bytes:
    text = exchange.reply.lines[-1].text.strip()
    return base64.b64decode(text.encode("utf-8", "surrogateescape"), validate=True)
