"""Which signals this program may act on: what it was started to ignore, it ignores."""

from __future__ import annotations

import errno
import signal
import termios
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from types import FrameType


def heeded(numbers: Iterable[signal.Signals]) -> list[signal.Signals]:
    """Return the signals that are not ignored: `nohup` and a shell's `&` start programs that way.

    A handler would undo what the user asked for. The prompt does not use this: Ctrl-C typed there
    is meant, whatever the shell has passed on.
    """
    return [number for number in numbers if signal.getsignal(number) is not signal.SIG_IGN]


def hung_up() -> bool:
    """Return whether standard input is a terminal that is gone, and SIGHUP is not ignored.

    An error of reading or writing there may be had before the signal that says the same.
    """
    try:
        termios.tcgetattr(0)
    except termios.error as error:
        return error.args[0] == errno.EIO and bool(heeded((signal.SIGHUP,)))
    return False


@contextmanager
def ending_at_once(status: int) -> Iterator[None]:
    """Let SIGTERM and SIGHUP, unless ignored, end the program with a status from inside.

    A question for a password turns the echo of the terminal off, and turns it on again only if it
    is left by an exception. What an event loop does at a signal waits until the loop runs.
    """
    numbers = heeded((signal.SIGTERM, signal.SIGHUP))
    if threading.current_thread() is not threading.main_thread():
        numbers = []

    def end(_number: int, _frame: FrameType | None) -> None:
        raise SystemExit(status)

    before = {number: signal.signal(number, end) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
