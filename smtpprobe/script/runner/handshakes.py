"""Says how the handshakes of a connection went.

A failed one ends the case, unless an assertion under it asks how it went. Plaintext that came
before one, and a certificate that expires within the days that were given, are misses.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

from smtpprobe.present.escape import quoted
from smtpprobe.protocol.command import Command
from smtpprobe.protocol.events import Secured
from smtpprobe.protocol.tls_facts import TlsFacts, TlsFailure
from smtpprobe.script.language.steps import UNJUDGED, Place
from smtpprobe.script.results.reason import Reason, Trouble
from smtpprobe.script.runner.case_log import Ledger, Missed
from smtpprobe.script.runner.run_settings import CertificateDays
from smtpprobe.script.runner.variables import literal

SHOWN_OCTETS = 200
"""How much plaintext is shown."""


class Handshakes:
    """Looks at each handshake once, when the case comes to its next step. `now` is a date."""

    def __init__(
        self, ledger: Ledger, now: Callable[[], datetime], days: CertificateDays | None
    ) -> None:
        self._ledger = ledger
        self._now = now
        self._days = days
        self._begun: Place | None = None
        self._judged = UNJUDGED
        self._asked = False
        self._lacked = False
        self.starttls_sent = False
        """Whether this connection was meant to be encrypted by a STARTTLS of the script."""
        self.latest: Secured | None = None
        self._seen: Secured | None = None

    def begins(self, place: Place, *, judged: frozenset[str], asked: bool = False) -> None:
        """Note where the script asks for a handshake; `judged`: what is asserted about it.

        `asked` means that a STARTTLS comes first.
        """
        self._begun, self._judged, self._asked = place, judged, asked
        self.starttls_sent = self.starttls_sent or asked

    def asks(self, command: Command) -> None:
        """Note a STARTTLS that is sent as is, so that no handshake follows it."""
        self.starttls_sent = self.starttls_sent or command.verb == "STARTTLS"

    @property
    def lack_tls(self) -> bool:
        """Whether a STARTTLS gave no TLS, on this connection or one before it."""
        secured = self.latest is not None and self.latest.tls.ok
        return self._lacked or (self.starttls_sent and not secured)

    def forget(self) -> None:
        """Forget all handshakes: the connection is another one."""
        self._lacked = self.lack_tls
        self._begun = self.latest = self._seen = None
        self.starttls_sent = False

    def seen(self) -> None:
        """Mark the latest handshake as reported."""
        self._seen = self.latest

    @property
    def are_told(self) -> bool:
        """Whether every handshake that ended has been looked at."""
        return self.latest is None or self.latest is self._seen

    def look(self, place: Place) -> None:
        """See whether a handshake has ended; `place` counts where none was asked for.

        Raises:
            Stop: it failed, or the certificate ends too soon.
        """
        secured = self.latest
        if secured is not None and secured is not self._seen:
            self._seen = secured
            where = self._begun or place
            if secured.tls.has_certificates:
                self._ledger.tls = secured.tls
            if not secured.tls.ok:
                self._failed(secured, where)
            else:
                self._surplus(secured, where)
                self._days_left(secured.tls, where)

    def _failed(self, secured: Secured, where: Place) -> None:
        """End the case, unless the script asks how the handshake went."""
        tls, after = secured.tls, " after STARTTLS" if self._asked else ""
        message = f"TLS handshake failed{after}: {_reason(tls, _shown(secured))}"
        if self._judged:
            self._ledger.notes.append(f"line {where.line}: {message}")
        else:
            trouble = Trouble.NO_ANSWER if tls.late else Trouble.FAILED
            help_ = _way_out(tls)
            self._ledger.ended(Reason.HANDSHAKE, message, where, help_=help_, trouble=trouble)

    def _surplus(self, secured: Secured, where: Place) -> None:
        """Report plaintext between the 220 and the handshake (RFC 3207 6)."""
        message = f"plaintext after the 220, not treated as a reply: {_shown(secured)}"
        if secured.surplus and "tls.surplus" in self._judged:
            self._ledger.notes.append(f"line {where.line}: {message}")
        elif secured.surplus:
            with suppress(Missed):
                self._ledger.failed(Reason.PLAINTEXT, message, where, help_=(_SURPLUS_HELP,))

    def _days_left(self, tls: TlsFacts, where: Place) -> None:
        """See that the certificate is good for as many days as it must be."""
        limits, leaf = self._days, tls.leaf
        if limits is not None and leaf is not None and leaf.not_after is not None:
            left = (leaf.not_after - self._now()).days
            soft = left >= limits.failure
            limit = limits.warning if soft else limits.failure
            if left < limit:
                days = f"{left} day{'s' * (left != 1)}"
                message = f"certificate expires in {days}, limit {limit}"
                with suppress(Missed):
                    self._ledger.failed(Reason.OVER_LIMIT, message, where, soft=soft)


def _shown(secured: Secured) -> str:
    """Return the beginning of the plaintext that came before a handshake, quoted."""
    return quoted(secured.surplus[:SHOWN_OCTETS]) if secured.surplus else ""


_SURPLUS_HELP = (
    "anyone who can inject into the connection can forge replies; "
    "`:assert tls.surplus contains ...` expects it"
)


def _reason(tls: TlsFacts, octets: str) -> str:
    """Return why a handshake failed: plaintext, chain and name are distinguished."""
    if octets and not tls.chain and tls.failure is TlsFailure.PLAINTEXT:
        return f"plaintext instead of a ServerHello: {octets}"
    behind = f" (plaintext after the 220: {octets})" if octets else ""
    verdict, leaf = tls.verdict, tls.leaf
    if leaf is None or not tls.enforced:
        return tls.reason + behind
    found = []
    if verdict.trusted is False:
        found.append(f"chain not trusted: {verdict.reason}")
    if verdict.name_matches is False:
        names = ", ".join(leaf.names + leaf.addresses) or "no name at all"
        found.append(f"name mismatch: certificate is for {names}, not {literal(tls.reference)}")
    return ("; ".join(found) or tls.reason) + behind


def _way_out(tls: TlsFacts) -> str:
    """Return what helps where the certificate was the trouble; nothing elsewhere."""
    if tls.enforced and tls.verdict.verified is False:
        return "use --insecure to continue anyway, or --ca-file F to trust a CA"
    return ""
