"""What the steps do their work with: DNS, connections and their limits."""

from __future__ import annotations

from dataclasses import dataclass, field

from smtpprobe.policy.dns_answer import Lookup
from smtpprobe.starttls.collect.options import Gathering
from smtpprobe.starttls.collect.shared import Shared
from smtpprobe.why.collect.allowance import Allowance
from smtpprobe.why.collect.login import Account


@dataclass(frozen=True, slots=True)
class Tools:
    """One for a run: `shared` has the answers of DNS and the limits of connections.

    `account` is who logs in at a submission host; None: nobody.
    """

    shared: Shared
    allowance: Allowance = field(default_factory=Allowance)
    account: Account | None = None

    @property
    def how(self) -> Gathering:
        """How connections are made: times, names, the resolver."""
        return self.shared.how

    async def ask(self, name: str, kind: str) -> Lookup:
        """Return the answer of DNS with its DNSSEC status, asked once for all."""
        return await self.shared.ask(name, kind)
