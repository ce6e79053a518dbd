"""The question for a secret on the terminal: what is typed there is never shown."""

from __future__ import annotations

import errno
import os
import warnings

from smtpprobe.exits import ExitStatus
from smtpprobe.signals import ending_at_once


def hidden_answer(question: str) -> str:
    """Return what is typed on the terminal behind a question, without its line end.

    A signal ends the program, and the terminal echoes again.

    Raises:
        OSError: the terminal cannot be asked at, or its echo cannot be turned off.
    """
    from getpass import GetPassWarning, getpass  # noqa: PLC0415 - only for who is asked

    with ending_at_once(ExitStatus.TERMINATED), warnings.catch_warnings():
        # where the echo stays on, getpass warns and asks all the same
        warnings.simplefilter("error", GetPassWarning)
        try:
            return getpass(question)
        except GetPassWarning:
            raise OSError(errno.EIO, os.strerror(errno.EIO)) from None
