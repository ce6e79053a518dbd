"""One address of one host, where sessions are held."""

from __future__ import annotations

from dataclasses import dataclass

from smtpprobe.starttls.collect.address import Place
from smtpprobe.starttls.facts import HostFacts


@dataclass(slots=True)
class Seat:
    """`local` is the address we come from there, once there is a connection."""

    host: HostFacts
    place: Place
    local: str = ""

    @property
    def about(self) -> str:
        """Host, address and port as a fact names them."""
        ip, port = self.place.ip, self.place.port
        return f"{self.host.name} [{ip}]:{port}" if self.host.name != ip else f"[{ip}]:{port}"

    @property
    def names(self) -> tuple[str, str]:
        """By what it is counted how much is asked of it."""
        return self.host.name, self.place.ip
