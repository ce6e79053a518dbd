"""The practice server as one client meets it: the pure session, kept from turn to turn."""

from __future__ import annotations

from dataclasses import replace

from smtpprobe.protocol.redact import masked
from smtpprobe.sandbox.acts import Act, Heard
from smtpprobe.sandbox.framing import Framing, Line
from smtpprobe.sandbox.hello import greeting
from smtpprobe.sandbox.replies import reply
from smtpprobe.sandbox.session import answer, idle, next_unit, read
from smtpprobe.sandbox.talk import DOMAIN, House, Talk, Turn

SHUTTING_DOWN = reply(421, "4.3.2", f"{DOMAIN} Service not available, shutting down").octets
"""What is said when the server ends under a client (RFC 5321 3.8)."""


class Practising:
    """One session of the practice server."""

    farewell = SHUTTING_DOWN
    patience = None

    def __init__(self, house: House) -> None:
        self._house = house
        self._talk = Talk()

    @property
    def about(self) -> str:
        """The service that was called."""
        return self._house.service.value

    @property
    def implicit_tls(self) -> bool:
        """Whether TLS begins with the connection."""
        return self._house.service.implicit_tls

    def greet(self, client: str, *, tls: bool) -> tuple[Act, ...]:
        """Return the greeting."""
        self._house = replace(self._house, client=client)
        return self._taken(greeting(self._house.service, tls=tls))

    def hear(self, framing: Framing, now: float) -> tuple[Act, ...] | None:
        """Return what is done about the next whole unit; None while there is none."""
        unit = next_unit(framing, self._talk)
        if unit is None:
            return None
        heard: tuple[Act, ...] = ()
        if isinstance(unit, Line):
            heard = (Heard(masked(read(self._talk, unit.raw)).text),)
        return heard + self._taken(answer(self._talk, unit, self._house, now))

    def idle(self) -> tuple[Act, ...]:
        """Return the farewell to a client that has said nothing for too long."""
        return self._taken(idle(self._talk))

    def _taken(self, turn: Turn) -> tuple[Act, ...]:
        self._talk = turn.talk
        return turn.acts
