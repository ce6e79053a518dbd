"""What a session's user has typed and met so far, as far as proposals use it."""

from __future__ import annotations

from dataclasses import dataclass

from smtpprobe.knowledge.expected import Names
from smtpprobe.protocol.session import Exchange


@dataclass(frozen=True, slots=True)
class Hints:
    """Material for proposals: names to fill in and the last exchange.

    `client` is the EHLO name, `domain` the mail domain meant by the target (None: none is),
    `last_sender` the sender of the last MAIL, `last_host` the target connected to last,
    `addresses` the recipients used before, latest first.
    """

    client: str = "your.host.name"
    domain: str | None = None
    last_sender: str | None = None
    last_host: str | None = None
    addresses: tuple[str, ...] = ()
    last: Exchange | None = None

    @property
    def names(self) -> Names:
        """What to fill in."""
        recipient = f"postmaster@{self.domain}" if self.domain else ""
        return Names(self.client, self.last_sender or "", recipient)
