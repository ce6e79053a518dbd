"""Standard output of a delivery, whose reader may go away while the message is under way."""

from __future__ import annotations

import os
import sys
from contextlib import suppress


class Outlet:
    """Writes to standard output; `trouble` is why that fails, from the first failure on.

    Events are shown from inside the event loop, where nothing may be raised; and a delivery goes
    on without its reader, since half of one could be sent twice.
    """

    def __init__(self) -> None:
        self.trouble: OSError | None = None

    def write(self, text: str) -> bool:
        """Write text at once; return whether it has arrived."""
        if self.trouble is None:
            try:
                sys.stdout.write(text)
                sys.stdout.flush()
            except OSError as error:
                self.trouble = error
                _discard_output()
        return self.trouble is None


def _discard_output() -> None:
    """Send what is left in the buffer nowhere, so that no later flush fails."""
    with suppress(OSError, ValueError):
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, sys.stdout.fileno())
        os.close(null)
