"""The question for a secret on the terminal: what is typed there is never shown."""

from __future__ import annotations

import errno
import os
import signal
import termios
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType

from smtpprobe.exits import ExitStatus
from smtpprobe.signals import ending_at_once


def hidden_answer(question: str) -> str:
    """Return what is typed on the terminal behind a question, without its line end.

    A signal ends the program, and the terminal echoes again. After Ctrl-Z and `fg`, where a shell
    has turned the echo on, it is turned off again.

    Raises:
        OSError: the terminal cannot be asked at, or its echo cannot be turned off.
    """
    from getpass import GetPassWarning, getpass  # noqa: PLC0415 - only for who is asked

    with ending_at_once(ExitStatus.TERMINATED), warnings.catch_warnings():
        # where the echo stays on, getpass warns and asks all the same
        warnings.simplefilter("error", GetPassWarning)
        try:
            with _hidden_again(question):
                return getpass(question)
        except GetPassWarning:
            raise OSError(errno.EIO, os.strerror(errno.EIO)) from None


@contextmanager
def _hidden_again(question: str) -> Iterator[None]:
    """Turn the echo off and ask again whenever the program goes on after it was stopped."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def again(_number: int, _frame: FrameType | None) -> None:
        with suppress(OSError, termios.error):
            terminal = os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY | os.O_CLOEXEC)
            try:
                attributes = termios.tcgetattr(terminal)
                attributes[3] &= ~termios.ECHO
                termios.tcsetattr(terminal, termios.TCSANOW, attributes)
                os.write(terminal, question.encode())
            finally:
                os.close(terminal)

    before = signal.signal(signal.SIGCONT, again)
    try:
        yield
    finally:
        signal.signal(signal.SIGCONT, before)
