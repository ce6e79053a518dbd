"""Exim's test client, told over: what it would send of a dialogue, and a server that goes along.

Written without the importer, which is held against it. `expected_of` returns the turns of a
dialogue: the octets that go out, then the lines that are read. `Peer` plays the server of it: it
waits until just these octets have come, says what is read, and keeps all that it hears.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Self


@dataclass
class Turn:
    sent: bytes = b""
    reads: list[str] = field(default_factory=list)


def unescaped(line: bytes) -> bytes:
    found, at = bytearray(), 0
    while at < len(line):
        if line[at : at + 1] != b"\\":
            found += line[at : at + 1]
            at += 1
        elif line[at + 1 : at + 2] == b"x":
            found += bytes.fromhex(line[at + 2 : at + 4].decode())
            at += 4
        else:
            found += {b"n": b"\n", b"r": b"\r"}.get(line[at + 1 : at + 2], line[at + 1 : at + 2])
            at += 2
    return bytes(found)


def lines_of(text: str, part: Callable[[str], str]) -> list[str]:
    found = []
    for line in text.removesuffix("\n").split("\n"):
        found += lines_of(part(line[4:]), part) if line.startswith("<<< ") else [line]
    return found


def expected_of(text: str, part: Callable[[str], str] = str) -> list[Turn]:
    """Return the turns of a dialogue without TLS."""
    turns = [Turn()]
    for line in lines_of(text, part):
        if line[:4] in ("??? ", "????", "???*"):
            turns[-1].reads.append(unescaped(line.encode()).decode("utf-8", "surrogateescape"))
            continue
        if line.startswith("+++ "):
            continue
        if turns[-1].reads:
            turns.append(Turn())
        bare = line.startswith(">>> ")
        octets = line.removeprefix(">>> ").encode() + (b"" if bare else b"\r\n")
        turns[-1].sent += unescaped(octets)
    return turns


def said_for(turn: Turn, *, first: bool, message: bool) -> list[str]:
    """Return what a server says so that all is read: one reply a command as far as there are lines.

    A `message` is answered as one.
    """
    reads = [(read[3], _whole(read[4:])) for read in turn.reads if read[3] != "*"]
    said, replies = [], 1 if message else turn.sent.count(b"\n") + first
    for at, (mark, whole) in enumerate(reads):
        start = whole
        if len(start) == 3 and start.isdigit():
            following = reads[at + 1][1] if at + 1 < len(reads) else ""
            goes_on = following[:3] == start and len(reads) > max(replies, 1)
            start += "-" if goes_on else " "
        said += [f"{start}said {number}" for number in range(2 if mark == "?" else 1)]
    return said


def all_said(turns: list[Turn]) -> list[list[str]]:
    """Return the lines that a server says in each turn of a dialogue."""
    messages = [any(read[4:7] == "354" for read in turn.reads) for turn in turns]
    return [
        said_for(turn, first=at == 0, message=at > 0 and messages[at - 1])
        for at, turn in enumerate(turns)
    ]


def _whole(start: str) -> str:
    begun = re.fullmatch(r"[2-5]?[0-9]?", start)
    return start + ("550" if start[:1] == "5" else "250")[len(start) :] if begun else start


class Peer:
    """A server for one connection: `turns` is what it hears, `said` the lines that it says."""

    def __init__(self, turns: list[Turn], said: list[list[str]], *, closes: bool = False) -> None:
        self.heard = b""
        self.in_step = True
        self._turns = turns
        self._said = said
        self._closes = closes
        self._server: asyncio.Server
        self.port = 0

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._talk, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        await self._server.wait_closed()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await self._turn_by_turn(reader, writer)
            while octets := not self._closes and await reader.read(1 << 16):
                self.heard += octets
        except ConnectionError:
            pass
        finally:
            writer.close()

    async def _turn_by_turn(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        due = 0
        for turn, said in zip(self._turns, self._said, strict=True):
            due += len(turn.sent)
            while len(self.heard) < due:
                octets = await reader.read(1 << 16)
                if not octets:
                    return
                self.heard += octets
            self.in_step = self.in_step and len(self.heard) == due
            lines = "".join(f"{line}\r\n" for line in said)
            writer.write(lines.encode("utf-8", "surrogateescape"))
            await writer.drain()
            self._closes = self._closes or any(read[3] == "*" for read in turn.reads)
            if any(read[3] == "*" for read in turn.reads):
                return
