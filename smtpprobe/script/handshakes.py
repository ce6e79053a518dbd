"""Says how the handshakes of a run went: a failed one ends it, plaintext around one is told."""

from __future__ import annotations

from smtpprobe.present.escape import quoted
from smtpprobe.protocol.events import Secured
from smtpprobe.protocol.tls_facts import TlsFacts
from smtpprobe.script.inbox import Inbox
from smtpprobe.script.ledger import Ledger
from smtpprobe.script.steps import Place

SHOWN_OCTETS = 200
"""How much plaintext is shown."""


class Handshakes:
    """Looks at each handshake once, when the run comes to its next step."""

    def __init__(self, inbox: Inbox, ledger: Ledger) -> None:
        self._inbox = inbox
        self._ledger = ledger
        self._begun: Place | None = None
        self._seen: Secured | None = None

    def begins(self, place: Place) -> None:
        """Note where the script asks for a handshake."""
        self._begun = place

    def look(self, place: Place) -> None:
        """See whether a handshake has ended; `place` counts where none was asked for.

        Raises:
            Stop: it failed.
        """
        secured = self._inbox.handshake
        if secured is None or secured is self._seen:
            return
        self._seen = secured
        where = self._begun or place
        octets = quoted(secured.surplus[:SHOWN_OCTETS]) if secured.surplus else ""
        if secured.tls.ok:
            if octets:
                told = f"plaintext behind the 220, taken for no reply: {octets}"
                self._ledger.notes.append(f"line {where.line}: {told}")
            return
        message = f"TLS handshake failed: {secured.tls.reason}{': ' if octets else ''}{octets}"
        self._ledger.ended("T04", message, where, help_=_way_out(secured.tls))


def _way_out(tls: TlsFacts) -> str:
    """Return what helps where the certificate was the trouble; nothing elsewhere."""
    if tls.enforced and tls.verdict.verified is False:
        return "--insecure shows the certificate and goes on; --ca-file F names trusted roots"
    return ""
