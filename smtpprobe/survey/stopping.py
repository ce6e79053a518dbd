"""Ctrl-C, SIGTERM and SIGHUP stop a survey once, and never while its processes begin or end."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType

from smtpprobe.exits import ExitStatus
from smtpprobe.signals import heeded


class Stopped(KeyboardInterrupt):
    """The survey is to stop; `status` is the exit code for what asked for it.

    `reached` says how far it came.
    """

    def __init__(self, number: int) -> None:
        super().__init__()
        self.reached = ""
        interrupted = number == signal.SIGINT
        self.status = ExitStatus.INTERRUPTED if interrupted else ExitStatus.TERMINATED


class Hurried(KeyboardInterrupt):
    """What has been stopped is not to be waited for either."""


class Stopping:
    """Raises Stopped for the first signal, later where it comes while that is held back."""

    def __init__(self) -> None:
        self._holds = 0
        self._patient = False
        self._asked: int | None = None

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Handle the signals for the block, in the main thread; those ignored stay ignored."""
        numbers = heeded((signal.SIGINT, signal.SIGTERM, signal.SIGHUP))
        before = {number: signal.signal(number, self._told) for number in numbers}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold a signal back until the block has ended: Dask cannot end what it has half begun."""
        self._holds += 1
        try:
            yield
        finally:
            self._holds -= 1
        if self._asked is not None and not self._holds:
            raise Stopped(self._asked)

    @contextmanager
    def patient(self) -> Iterator[None]:
        """Let one more signal raise Hurried, which ends the block and nothing else."""
        self._patient = True
        try:
            with suppress(Hurried):
                yield
        finally:
            self._patient = False

    def end(self) -> None:
        """Let no further signal disturb what ends now."""
        self._holds += 1

    def _told(self, number: int, _frame: FrameType | None) -> None:
        if self._asked is not None:
            if self._patient:
                raise Hurried
            return
        self._asked = number
        if not self._holds:
            raise Stopped(number)
