"""The practice server: four loopback ports, and what its sessions share."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence

from smtpprobe.sandbox.notices import OnNote
from smtpprobe.sandbox.practice.greylist import GREYLIST_SECONDS, Greylist
from smtpprobe.sandbox.practice.session import PracticeSession
from smtpprobe.sandbox.practice.state import DOMAIN, Credentials, House, Service
from smtpprobe.sandbox.server import SandboxServer
from smtpprobe.sandbox.throwaway_ca import Certificate

IDLE_SECONDS = 300.0
"""How long a client may say nothing (RFC 5321 4.5.3.2.7)."""


class PracticeServer(SandboxServer):
    """A mail server to practise on: `async with PracticeServer() as server:`.

    It listens on four ports, 0 meaning a free one: `port` (SMTP with STARTTLS),
    `submission_port` (the same, login required), `smtps_port` (TLS at once, login required) and
    `lmtp_port`. `ca_file` is the CA to trust, `credentials` is what logs in. `on_note` gets
    everything that happens. `pace` scales the practice delays, `idle_seconds` is the patience
    with silent clients. With `proxy_protocol` a PROXY header has to come first, with `xclient`
    clients may say that they are others, with `client_ca` they can log in by a certificate of the
    CAs in that file (AUTH EXTERNAL). Entering raises UsageError when a port cannot be had.
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
        proxy_protocol: bool = False,
        xclient: bool = False,
        client_ca: str | None = None,
    ) -> None:
        ports = {
            Service.SMTP: port,
            Service.SUBMISSION: submission_port,
            Service.SMTPS: smtps_port,
            Service.LMTP: lmtp_port,
        }
        super().__init__(
            host,
            ports,
            certificate=certificate,
            idle_seconds=idle_seconds,
            on_note=on_note,
            announced=proxy_protocol,
            client_ca=client_ca,
        )
        self._xclient = xclient
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
        house = House(
            *(service, "", _token, self._greylist, self.credentials, self._pace),
            scram=_scram,
            bindings=self.bindings,
            xclient=self._xclient,
        )
        return PracticeSession(house)


def _scram(
    mechanism: str,
    credentials: tuple[str, str],
    messages: Sequence[str],
    nonce: str,
    bindings: Mapping[str, bytes],
) -> str:
    from smtpprobe.login.scram_server import scram_answer  # noqa: PLC0415 - loads what it needs

    return scram_answer(mechanism, credentials, messages, nonce, bindings)


def _token() -> str:
    return secrets.token_hex(5).upper()
