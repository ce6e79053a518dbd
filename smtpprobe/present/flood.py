"""Unsolicited replies, many in a moment: the first are shown, the others counted."""

from __future__ import annotations

from smtpprobe.present.escape import shown
from smtpprobe.protocol.session import Exchange

SHOWN = 100
"""How many in a row are shown: they may answer lines that were typed ahead."""

SHOWN_AFTER_QUIT = 3
"""How many are shown after QUIT, when none is expected."""

MOMENT = 1.0
"""Seconds: with a longer pause before it a reply is no part of a flood."""


class Flood:
    """Counts the unsolicited replies, as they come."""

    def __init__(self) -> None:
        self._row = 0
        self._hidden = 0
        self._at = 0.0
        self._last = ""

    def hides(self, exchange: Exchange, at: float) -> bool:
        """Take a reply that came at a moment in seconds; return whether it is only counted."""
        reply = exchange.reply
        if exchange.context is not None or reply.piece:
            return False
        self._row = self._row + 1 if at - self._at <= MOMENT else 1
        self._at = at
        over = exchange.before.ended
        if self._row <= (SHOWN_AFTER_QUIT if over else SHOWN):
            return False
        self._hidden += 1
        self._last = reply.lines[-1].raw.decode("utf-8", "surrogateescape").strip("\r\n")
        return True

    def over(self, exchange: Exchange | None) -> str:
        """Return a summary of the counted replies, now that something else is shown.

        `exchange` is that of the reply that is shown, None for another event. Empty for nothing.
        """
        hidden, last = self._hidden, self._last
        self._hidden = 0
        # another reply of the kind goes on with the row, and is counted with it
        if exchange is None or exchange.context is not None:
            self._row = 0
        if not hidden:
            return ""
        many = f"{hidden:,} more unsolicited replies" if hidden > 1 else "1 more unsolicited reply"
        return f"{many}, the last: {shown(last)}"
