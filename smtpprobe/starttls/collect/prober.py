"""Probes one address with hand-built ClientHellos, as many as are granted, one at a time.

It stops at the first 421, and where two connections in a row gave no answer.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from smtpprobe.net.connect import Endpoint
from smtpprobe.net.tls.client_hello import GROUP_ORDER, Hello
from smtpprobe.net.tls.hello_probe import Asked, Line, ask
from smtpprobe.starttls.collect.address import Place
from smtpprobe.starttls.collect.options import Gathering
from smtpprobe.starttls.collect.smtp_session import CLOSING

MOST_SILENCES = 2
"""How many connections in a row without an answer to the ClientHello end the probing."""


def line_of(place: Place, how: Gathering, listings: list[bool]) -> Line:
    """Return how an address is asked by hand; `listings` gets whether STARTTLS was listed."""
    to = Endpoint(place.ip, place.port, how.bind, how.connect_limit)
    limits = (how.greeting_limit, how.reply_limit)
    return Line(to, place.implicit_tls, how.client, *limits, how.connector, listings.append)


@dataclass(slots=True)
class Prober:
    """Connections to one address, `granted` at most; `stopped` is why there are no more.

    `dialling` is called as each connection begins.
    """

    place: Place
    how: Gathering
    granted: int
    dialling: Callable[[], None]
    asked: int = 0
    stopped: str = ""
    accepting: bool = False
    """Whether a ClientHello was accepted: only then is a close a refusal of another's content."""
    listings: list[bool] = field(default_factory=list)
    """Whether STARTTLS was listed, in each connection that showed it."""
    _silences: int = 0

    async def turn(self) -> bool:
        """Wait until one more connection may be made, and count it; False: it may not."""
        if not self.stopped and self.asked >= self.granted:
            self.stopped = f"connection limit of {self.granted} reached (--deep-connections N)"
        if self.stopped:
            return False
        if self.asked:
            await asyncio.sleep(self.how.apart)
        self.asked += 1
        self.dialling()
        return True

    async def ask(
        self, version: int, ciphers: Sequence[int], groups: Sequence[int] = GROUP_ORDER
    ) -> Asked:
        """Return the answer to one ClientHello, or the reason for none."""
        if not await self.turn():
            return Asked(reason=self.stopped, asked=False)
        hello = Hello(version, ciphers, groups, name=self.place.sni or "")
        found = await ask(line_of(self.place, self.how, self.listings), hello)
        self.heard(found.code, found.reason if found.answer is None else "")
        self.accepting = self.accepting or (found.answer is not None and found.answer.accepted)
        return found

    def heard(self, code: int, trouble: str) -> None:
        """Take how a connection went: the code of a refusal, and why TLS was not begun."""
        self._silences = self._silences + 1 if trouble else 0
        if code == CLOSING or self._silences >= MOST_SILENCES:
            self.stopped = self.stopped or trouble

    def refused(self, found: Asked) -> bool:
        """Return whether a ClientHello was refused: by an alert, or by a close."""
        answer = found.answer
        if answer is None or answer.accepted or answer.odd:
            return False
        return bool(answer.alert) or self.accepting
