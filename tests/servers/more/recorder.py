"""Takes a server through all situations and returns the recording, free of what names a machine."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from typing import Final

from smtpprobe.client import Client, ConnectOptions
from smtpprobe.present.script_syntax import SecretNames
from smtpprobe.present.transcript import TextTranscript
from smtpprobe.protocol.command import Command, Kind, raw_command, read_line
from smtpprobe.protocol.events import Opened
from smtpprobe.protocol.happening import Happening
from smtpprobe.protocol.phase import Phase
from smtpprobe.protocol.session import line_phase
from smtpprobe.protocol.target import parse_target
from tests.servers.more.situations import (
    BY_NAME,
    CLIENT,
    GUESS,
    HELLO,
    LOGIN,
    SITUATIONS,
    WRONG,
    Group,
    Message,
    Octets,
    Silence,
    Situation,
    Step,
    plain,
)
from tests.servers.more.stand import DOMAIN, HOSTNAME, PASSWORD, Stand

PATIENCE: Final = 12.0
"""Seconds that a reply may take."""

QUIET: Final = 0.8
"""Seconds without a reply after which none is expected where none is owed."""

THEN: Final = datetime(2026, 1, 1, tzinfo=UTC)
"""The day of every recording: it is no property of the server."""

SOURCE: Final = "127.0.0.2"
"""Where we come from: many servers trust their own address with more than others."""

SITUATION: Final = "# situation "


class RefusedError(Exception):
    """The session went another way than the situation: what follows cannot be done."""


class Conversation:
    """One connection in which a situation is played; what happens goes to the transcript."""

    def __init__(self, stand: Stand, transcript: TextTranscript) -> None:
        options = ConnectOptions(
            client=CLIENT,
            sni=stand.certified,
            ca_file=str(stand.ca_file) if stand.ca_file else None,
            greeting_timeout=PATIENCE,
            bind=(SOURCE, 0),
        )
        self.stand = stand
        self.client = Client(options)
        self.text = ""
        self._transcript = transcript
        self._stirred = asyncio.Event()
        self.client.subscribe(self._take)

    async def play(self, situation: Situation) -> str:
        """Return what was recorded."""
        target = parse_target(f"{self.stand.scheme}://[{self.stand.host}]:{self.stand.port}")
        await self.client.open(target, greeted=not situation.early)
        with suppress(RefusedError):
            await self._steps(situation)
        await self.client.close()
        self.text += self._transcript.settle()
        return self.text

    async def _steps(self, situation: Situation) -> None:
        logs_in = situation.hello and situation.login and self.stand.for_senders
        if situation.hello:
            await self._step(HELLO)
        if (situation.secure or logs_in) and "STARTTLS" in self.client.state.extensions:
            await self._step("STARTTLS")
            await self._step(HELLO)
        if logs_in:
            await self._step(LOGIN)
        for step in situation.steps:
            await self._step(step)

    def _here(self, text: str) -> str:
        """Return a line in the words of the server, whose domain may have another name."""
        if text == HELLO and self.stand.lmtp:
            text = text.replace("EHLO", "LHLO")
        if text in (LOGIN, GUESS):
            text = text.replace(plain(PASSWORD), plain(PASSWORD, self.stand.login))
            text = text.replace(plain(WRONG), plain(WRONG, self.stand.login))
        return text.replace(DOMAIN, self.stand.domain)

    async def _step(self, step: Step) -> None:
        if self.client.state.phase is Phase.CLOSED:
            raise RefusedError
        match step:
            case Silence():
                await self._silence()
            case Octets(octets):
                await self.client.send(raw_command(octets, self.client.state.phase))
                await self._quiet()
            case Group(lines):
                commands = [read_line(self._here(line), Phase.READY) for line in lines]
                await self.client.send_together(commands)
                await self._answered()
            case Message(octets):
                if self.client.state.phase not in (Phase.DATA, Phase.BDAT):
                    raise RefusedError
                ends = self.client.state.phase is Phase.DATA
                await self.client.send(Command(octets, Kind.BODY, ends_data=ends))
                await self._answered()
            case _:
                await self._line(step)

    async def _line(self, text: str) -> None:
        state = self.client.state
        if text == "*" and state.phase is not Phase.AUTH:
            raise RefusedError
        text = self._here(text)
        command = read_line(text, line_phase(state, text))
        if command.chunk and "CHUNKING" in state.extensions:
            await self.client.send(command)
            return  # its octets follow at once
        await self.client.send(command)
        await self._answered()
        await asyncio.sleep(0.05)  # a server that hangs up has done so by then

    async def _answered(self) -> None:
        """Wait until nothing is owed any more."""
        while self.client.state.awaiting and self.client.state.phase is not Phase.CLOSED:
            if not await self._stirs(PATIENCE):
                self.client.waive(PATIENCE)
                return

    async def _quiet(self) -> None:
        while self.client.state.phase is not Phase.CLOSED and await self._stirs(QUIET):
            pass

    async def _silence(self) -> None:
        while self.client.state.phase is not Phase.CLOSED:
            if not await self._stirs(self.stand.idle + PATIENCE):
                self.client.waive(0.0)
                return

    async def _stirs(self, within: float) -> bool:
        self._stirred.clear()
        try:
            async with asyncio.timeout(within):
                await self._stirred.wait()
        except TimeoutError:
            return False
        return True

    def _take(self, happening: Happening) -> None:
        self.text += self._transcript.write(self._told(happening))
        self._stirred.set()

    def _told(self, happening: Happening) -> Happening:
        event = happening.event
        if not isinstance(event, Opened):
            return happening
        target = parse_target(f"{self.stand.scheme}://[{HOSTNAME}]:{self.stand.seen_port}")
        peer = f"192.0.2.25:{self.stand.seen_port}"
        opened = Opened(
            0.0, target, HOSTNAME, self.stand.seen_port, peer, tls=event.tls, client=CLIENT
        )
        return happening._replace(event=opened)


class NothingSecret(SecretNames):
    """Leaves the passwords of the lab as they are: everybody knows them, and readings need them."""

    def without_secret(self, command: Command, mechanism: str | None = None) -> tuple[bytes, str]:
        """Return the octets as they are, and no name."""
        del mechanism
        return command.raw, ""


async def recorded(stand: Stand, silence: str = "") -> str:
    """Return the recording of a server in all situations: a text transcript.

    `silence` is what it came to where that is known: some servers wait for minutes.
    """
    transcript, begun = _begun()
    parts = [begun, f"# server {stand.version}\n"]
    for situation in SITUATIONS:
        parts.append(f"{SITUATION}{situation.name}\n")
        if silence and situation is BY_NAME["idle"]:
            parts.append(silence)
        else:
            parts.append(await Conversation(stand, transcript).play(situation))
    return _anonymous(stand, "".join(parts))


async def silence(stand: Stand) -> str:
    """Return what a server's recording has of the situation in which nothing is sent."""
    transcript, _ = _begun()
    text = await Conversation(stand, transcript).play(BY_NAME["idle"])
    return _anonymous(stand, re.sub(r"(?m)^:connect .*$", ":connect", text, count=1))


def kept_silence(recording: str) -> str:
    """Return the same out of a whole recording; empty if it has none."""
    found = re.search(rf"(?ms)^{SITUATION}idle\n(.*?)^{SITUATION}", recording)
    return found[1] if found else ""


def _begun() -> tuple[TextTranscript, str]:
    transcript = TextTranscript(lambda: THEN, annotate=False, secrets=NothingSecret())
    return transcript, transcript.begin(Client(ConnectOptions()).state)


def _anonymous(stand: Stand, text: str) -> str:
    return anonymous(text, {**stand.names, re.escape(stand.domain): DOMAIN})


ANYWHERE: Final[Mapping[str, str]] = {
    r"/tmp/smtpprobe-[^\"]*/ca\.pem": "ca.pem",
    r"(?<=127\.0\.0\.2\]):\d+\b": ":40000",
    r"127\.0\.0\.1": "192.0.2.25",
    r"127\.0\.0\.2": "192.0.2.7",
    r"[A-Z][a-z]{2}, +\d{1,2} [A-Z][a-z]{2} 20\d\d \d\d:\d\d:\d\d (?:[+-]\d{4}|GMT)": (
        "Thu, 01 Jan 2026 00:00:00 +0000"
    ),
    r"OU=Testing (cert|CA) #[\w-]+": r"OU=Testing \1 #1",
    r"queued as [0-9A-Za-z]+": "queued as 0A1B2C3D4E",
    r"(id|session)=\w{6}-\w{6,11}-\w{2,4}": "id=1aBcDe-000001-2F",
    r"> \S{22} Saved": "> 0a1B2c3D4e5F6g7H8i9J0k Saved",
    r"[0-9A-Za-z]{14} (?=Message accepted)": "0a1B2c3D4e5F6g ",
    r"[0-9a-f]{8} (?=Message accepted)": "0a1b2c3d ",
    r"\([0-9A-F]{6}\)": "(0A1B2C)",
    r"[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}": "0A1B2C3D-0000-4000-8000-0A1B2C3D4E5F",
    r"\b[0-9A-F]{16}\.[0-9A-F]{8}\b": "000000006B0D7B6F.00000099",
}
"""What no recording holds, by patterns, and what stands there instead."""


def anonymous(text: str, names: Mapping[str, str]) -> str:
    """Return a recording without addresses, times and names of the machine it was made on."""
    for pattern, instead in {**names, **ANYWHERE}.items():
        text = re.sub(pattern, instead, text)
    return text
