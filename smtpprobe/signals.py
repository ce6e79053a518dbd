"""Which signals this program may act on: what it was started to ignore, it ignores."""

from __future__ import annotations

import signal
from collections.abc import Iterable


def heeded(numbers: Iterable[signal.Signals]) -> list[signal.Signals]:
    """Return those that are not ignored: `nohup`, and a shell's `&`, start programs that way.

    A handler would undo what the user asked for. The prompt is no case for this: who types Ctrl-C
    there means it, whatever the shell has handed down.
    """
    return [number for number in numbers if signal.getsignal(number) is not signal.SIG_IGN]
