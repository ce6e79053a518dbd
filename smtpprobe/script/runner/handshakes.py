"""Says how the handshakes of a connection went; a failed one ends the case.

Not where the script itself asks how it went. Plaintext around one is told, and a certificate that
ends soon.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from smtpprobe.present.escape import quoted
from smtpprobe.protocol.command import Command
from smtpprobe.protocol.events import Secured
from smtpprobe.protocol.tls_facts import TlsFacts, TlsFailure
from smtpprobe.script.language.steps import UNJUDGED, Place
from smtpprobe.script.results.reason import Reason, Trouble
from smtpprobe.script.runner.case_log import Ledger
from smtpprobe.script.runner.variables import literal

SHOWN_OCTETS = 200
"""How much plaintext is shown."""


class CertificateDays(NamedTuple):
    """How many days a certificate must still be good: fewer are a warning, or a failure."""

    warning: int
    failure: int


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

        `asked` tells that a STARTTLS comes first.
        """
        self._begun, self._judged, self._asked = place, judged, asked
        self.starttls_sent = self.starttls_sent or asked

    def asks(self, command: Command) -> None:
        """Note a STARTTLS that is sent as it stands, so that no handshake follows it."""
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
        """Take the latest handshake for told already."""
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
        if secured is None or self.are_told:
            return
        self._seen = secured
        where = self._begun or place
        octets = quoted(secured.surplus[:SHOWN_OCTETS]) if secured.surplus else ""
        if secured.tls.has_certificates:
            self._ledger.tls = secured.tls
        if not secured.tls.ok:
            self._failed(secured.tls, octets, where)
            return
        if octets:
            self._surplus(f"plaintext behind the 220, taken for no reply: {octets}", where)
        self._days_left(secured.tls, where)

    def _surplus(self, message: str, where: Place) -> None:
        """Tell of plaintext that stood between the 220 and the handshake (RFC 3207 6)."""
        if "tls.surplus" in self._judged:
            self._ledger.notes.append(f"line {where.line}: {message}")
            return
        self._ledger.failed(Reason.PLAINTEXT, message, where, help_=(_SURPLUS_HELP,))

    def _failed(self, tls: TlsFacts, octets: str, where: Place) -> None:
        after = " after STARTTLS" if self._asked else ""
        message = f"TLS handshake failed{after}: {_reason(tls, octets)}"
        if self._judged:
            self._ledger.notes.append(f"line {where.line}: {message}")
            return
        trouble = Trouble.NO_ANSWER if tls.late else Trouble.FAILED
        self._ledger.ended(Reason.HANDSHAKE, message, where, help_=_way_out(tls), trouble=trouble)

    def _days_left(self, tls: TlsFacts, where: Place) -> None:
        leaf = tls.leaf if self._days is not None else None
        if self._days is None or leaf is None or leaf.not_after is None:
            return
        left = (leaf.not_after - self._now()).days
        if left >= self._days.warning:
            return
        soft = left >= self._days.failure
        limit = self._days.warning if soft else self._days.failure
        days = f"{left} day{'s' * (left != 1)}"
        message = f"certificate expires in {days}, limit {limit}"
        self._ledger.failed(Reason.OVER_LIMIT, message, where, soft=soft)


_SURPLUS_HELP = (
    "whoever can write into the connection can forge replies; "
    "`:assert tls.surplus contains ...` expects it"
)


def _reason(tls: TlsFacts, octets: str) -> str:
    """Return why a handshake failed: plaintext, chain and name are told apart."""
    if octets and not tls.chain and tls.failure is TlsFailure.PLAINTEXT:
        return f"plaintext where ServerHello should be: {octets}"
    behind = f" (plaintext behind the 220: {octets})" if octets else ""
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
        return "--insecure shows the certificate and goes on; --ca-file F names trusted roots"
    return ""
