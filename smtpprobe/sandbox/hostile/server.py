"""A server in order but for one thing, at one stage: a step of the fault server."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from smtpprobe.sandbox.faults import Step, Talk
from smtpprobe.sandbox.hostile.stages import IN_ORDER, LOGIN, Stage

_BY_VERB: Final = {
    b"EHLO": Stage.EHLO,
    b"HELO": Stage.EHLO,
    b"STARTTLS": Stage.STARTTLS,
    b"AUTH": Stage.AUTH,
    b"MAIL": Stage.MAIL,
    b"RCPT": Stage.RCPT,
    b"DATA": Stage.DATA,
    b"QUIT": Stage.QUIT,
}
_COMMANDS: Final = frozenset({*_BY_VERB, b"RSET", b"NOOP"})

OTHERS: Final = {b"RSET": b"250 2.0.0 ok\r\n", b"NOOP": b"250 2.0.0 ok\r\n"}
UNKNOWN: Final = b"500 5.5.1 not a command\r\n"

MOST_SAID: Final = 1 << 20
"""How many of the octets sent are remembered; a flood has no end."""


@dataclass(frozen=True, slots=True)
class Told(Talk):
    """A connection that remembers what it has sent; octets of TLS are what they were in clear."""

    said: bytearray = field(default_factory=bytearray)
    code: bytearray = field(default_factory=bytearray)
    """The first octets that were sent since it was last cleared: those of a reply code."""

    async def send(self, octets: bytes) -> None:
        """Send octets; returns when the transport has room for more."""
        self.said.extend(octets[: MOST_SAID - len(self.said)])
        self.code.extend(octets[: 3 - len(self.code)])
        await Talk.send(self, octets)


@dataclass(frozen=True, slots=True)
class Conversation(Step):
    """Answer a whole session; at `stage` the steps of `instead` are played, once.

    They take the place of the reply. A step that ends the connection ends it; after the others
    the session goes on. `said` gets what was sent, up to MOST_SAID; `on_line` each line that came.
    """

    tls: ssl.SSLContext
    stage: Stage | None = None
    instead: Sequence[Step] = ()
    said: bytearray = field(default_factory=bytearray)
    on_line: Callable[[bytes], None] = lambda _: None

    async def play(self, talk: Talk) -> None:
        """Do it to a client."""
        told = Told(talk.reader, talk.writer, talk.server, talk.kept, self.said)
        hearing = Hearing(self.on_line)
        stage: Stage | None = Stage.GREETING
        left = self.stage
        while True:
            told.code.clear()
            if stage is left and stage is not None:
                left = None
                for step in self.instead:
                    await step.play(told)
                    if step.ends:
                        return
            else:
                await told.send(IN_ORDER[stage] if stage else OTHERS.get(hearing.verb, UNKNOWN))
            if stage is Stage.QUIT:
                return
            if stage is Stage.STARTTLS and told.code == b"220" and not hearing.secured:
                await told.secure(self.tls)
                hearing.secured = True
            stage = await hearing.next_stage(told)


class Hearing:
    """What a server has heard so far, which decides what the next line is."""

    def __init__(self, on_line: Callable[[bytes], None]) -> None:
        self.secured = False
        self.verb = b""
        self._on_line = on_line
        self._login: list[Stage] = []
        self._data = False

    async def next_stage(self, talk: Talk) -> Stage | None:
        """Hear a line, or a message; return what is to be said then, None for another command."""
        line = await self._line(talk)
        self.verb = line.split()[0].upper() if line.strip() else b""
        if self.verb not in _COMMANDS:
            if self._data:
                return await self._message(talk, line)
            if self._login:
                return self._login.pop(0)
        stage = _BY_VERB.get(self.verb)
        self._data, self._login = stage is Stage.DATA, []
        if stage is Stage.AUTH:
            self._login = list(LOGIN[1:])
        return Stage.INSIDE if stage is Stage.EHLO and self.secured else stage

    async def _message(self, talk: Talk, line: bytes) -> Stage:
        while line.rstrip(b"\r\n") != b".":
            line = await self._line(talk)
        self._data = False
        return Stage.DOT

    async def _line(self, talk: Talk) -> bytes:
        line = await talk.line()
        self._on_line(line)
        return line
