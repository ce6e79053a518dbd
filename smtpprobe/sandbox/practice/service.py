"""The practice server: four loopback ports, what its sessions share, and each of them.

A session is the pure one of `session`, kept from turn to turn.
"""

from __future__ import annotations

import secrets
from dataclasses import replace

from smtpprobe.protocol.redact import masked
from smtpprobe.sandbox.framing import Framing, Line
from smtpprobe.sandbox.handler import Act, Heard
from smtpprobe.sandbox.notices import OnNote
from smtpprobe.sandbox.practice.greylist import GREYLIST_SECONDS, Greylist
from smtpprobe.sandbox.practice.hello import greeting
from smtpprobe.sandbox.practice.replies import reply
from smtpprobe.sandbox.practice.session import answer, idle, next_unit, read
from smtpprobe.sandbox.practice.state import DOMAIN, Credentials, House, Service, Talk, Turn
from smtpprobe.sandbox.server import SandboxServer
from smtpprobe.sandbox.throwaway_ca import Certificate

SHUTTING_DOWN = reply(421, "4.3.2", f"{DOMAIN} Service not available, shutting down").octets
"""What is said when the server ends under a client (RFC 5321 3.8)."""


IDLE_SECONDS = 300.0
"""How long a client may say nothing (RFC 5321 4.5.3.2.7)."""


class PracticeServer(SandboxServer):
    """A mail server to practise on: `async with PracticeServer() as server:`.

    It listens on four ports, 0 meaning a free one: `port` (SMTP with STARTTLS),
    `submission_port` (the same, login required), `smtps_port` (TLS at once, login required) and
    `lmtp_port`. `ca_file` is the CA to trust, `credentials` is what logs in. `on_note` is told
    everything that happens. `pace` scales the practice delays, `idle_seconds` is the patience
    with silent clients. Entering raises UsageError when a port cannot be had.
    """

    hostname = DOMAIN

    def __init__(
        self,
        host: str = "127.0.0.1",
        port: int = 0,
        *,
        submission_port: int = 0,
        smtps_port: int = 0,
        lmtp_port: int = 0,
        certificate: Certificate = Certificate.GOOD,
        on_note: OnNote | None = None,
        pace: float = 1.0,
        idle_seconds: float = IDLE_SECONDS,
    ) -> None:
        ports = {
            Service.SMTP: port,
            Service.SUBMISSION: submission_port,
            Service.SMTPS: smtps_port,
            Service.LMTP: lmtp_port,
        }
        super().__init__(
            host, ports, certificate=certificate, idle_seconds=idle_seconds, on_note=on_note
        )
        self.credentials = Credentials()
        self._pace = pace
        self._greylist = Greylist(GREYLIST_SECONDS * pace)

    @property
    def domain(self) -> str:
        """The mail domain whose recipients it takes."""
        return DOMAIN

    @property
    def submission_port(self) -> int:
        """The port of submission: STARTTLS, and login before MAIL."""
        return self.ports[Service.SUBMISSION]

    @property
    def smtps_port(self) -> int:
        """The port of submission inside TLS from the first octet."""
        return self.ports[Service.SMTPS]

    @property
    def lmtp_port(self) -> int:
        """The port of LMTP."""
        return self.ports[Service.LMTP]

    def handler(self, service: Service) -> PracticeSession:
        """Return a new session."""
        return PracticeSession(
            House(service, "", _token, self._greylist, self.credentials, self._pace)
        )


class PracticeSession:
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


def _token() -> str:
    return secrets.token_hex(5).upper()
