"""Which signals this program may act on: what it was started to ignore, it ignores."""

from __future__ import annotations

import signal
from collections.abc import Iterable


def heeded(numbers: Iterable[signal.Signals]) -> list[signal.Signals]:
    """Return the signals that are not ignored: `nohup` and a shell's `&` start programs that way.

    A handler would undo what the user asked for. The prompt does not use this: Ctrl-C typed there
    is meant, whatever the shell has passed on.
    """
    return [number for number in numbers if signal.getsignal(number) is not signal.SIG_IGN]
