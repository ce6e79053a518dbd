"""What holds for every reader: it ends soon, whatever it is given."""

from __future__ import annotations

import time
from collections.abc import Callable

SECONDS = 10.0
"""CPU time for an input of a few thousand octets, far above what any takes."""


def broken(takes: Callable[[bytes], None], octets: bytes) -> None:
    """Raise what a reader raises for these octets, AssertionError if it takes too long."""
    begun = time.process_time()
    takes(octets)
    spent = time.process_time() - begun
    assert spent < SECONDS, f"{spent:.1f} s for {len(octets)} octets"
