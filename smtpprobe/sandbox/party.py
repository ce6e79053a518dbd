"""Who a client of the sandbox talks to, as the connection sees it: no socket, no clock."""

from __future__ import annotations

from typing import Protocol

from smtpprobe.sandbox.acts import Act
from smtpprobe.sandbox.framing import Framing


class Party(Protocol):
    """The server's side of one session: it is given octets and says what is to be done."""

    @property
    def about(self) -> str:
        """What kind of session it is, for whoever watches."""

    @property
    def implicit_tls(self) -> bool:
        """Whether TLS begins with the connection (RFC 8314 3.3)."""

    @property
    def farewell(self) -> bytes:
        """What is said when the server ends under the client; may be nothing."""

    @property
    def patience(self) -> float | None:
        """How many seconds a silent client is waited for now; None means as long as usual."""

    def greet(self, client: str, *, tls: bool) -> tuple[Act, ...]:
        """Return how a session with the client at this address begins."""

    def hear(self, framing: Framing, now: float) -> tuple[Act, ...] | None:
        """Return what is done about the octets that came; None when more are needed first."""

    def idle(self) -> tuple[Act, ...]:
        """Return what is done when the patience is over."""
