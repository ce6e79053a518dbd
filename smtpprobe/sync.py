"""The same without `await`, for notebooks and cron: `with smtpprobe.sync.connect(...) as session`.

A session keeps an event loop of its own (`asyncio.Runner`); it cannot be used inside another one.
Ctrl-C ends the call that waits with KeyboardInterrupt.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Iterable, Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from typing import Any, TypeVar

from smtpprobe.api import check, session
from smtpprobe.api.session import Transaction
from smtpprobe.client import ConnectOptions
from smtpprobe.protocol.extensions import Extensions
from smtpprobe.protocol.reply import Reply
from smtpprobe.protocol.session import Exchange, State
from smtpprobe.protocol.target import Target
from smtpprobe.protocol.tls_facts import TlsFacts
from smtpprobe.send.order import Wishes
from smtpprobe.starttls.judge.judge import Report

T = TypeVar("T")


class Session:
    """A session as `smtpprobe.connect` gives it, each call of which returns when it is done."""

    def __init__(self, beneath: session.Session, runner: asyncio.Runner) -> None:
        self._beneath = beneath
        self._runner = runner

    @property
    def state(self) -> State:
        """All that is known of the session now."""
        return self._beneath.state

    @property
    def greeting(self) -> Reply | None:
        """The reply that opened the session."""
        return self._beneath.greeting

    @property
    def extensions(self) -> Extensions:
        """What the last EHLO announced; empty before it."""
        return self._beneath.extensions

    @property
    def tls(self) -> TlsFacts | None:
        """The handshake that the session runs on, None in clear."""
        return self._beneath.tls

    @property
    def unasked(self) -> tuple[Reply, ...]:
        """The replies that answered no command: the first 19, and the latest."""
        return self._beneath.unasked

    def command(self, line: str) -> Exchange:
        """As `smtpprobe.Session.command`."""
        return self._run(self._beneath.command(line))

    def starttls(self) -> TlsFacts:
        """As `smtpprobe.Session.starttls`."""
        return self._run(self._beneath.starttls())

    def login(
        self, user: str, password: str, mechanism: str = "", *, in_clear: bool = False
    ) -> Exchange:
        """As `smtpprobe.Session.login`."""
        return self._run(self._beneath.login(user, password, mechanism, in_clear=in_clear))

    def transaction(
        self,
        sender: str,
        recipients: str | Iterable[str],
        message: bytes | str | EmailMessage,
        wishes: Wishes = Wishes(),  # noqa: B008 - a tuple
    ) -> Transaction:
        """As `smtpprobe.Session.transaction`."""
        return self._run(self._beneath.transaction(sender, recipients, message, wishes))

    def quit(self) -> Exchange | None:
        """As `smtpprobe.Session.quit`."""
        return self._run(self._beneath.quit())

    def _run(self, work: Coroutine[Any, Any, T]) -> T:
        return self._runner.run(work)


@contextmanager
def connect(
    target: str | Target, *, timeout: float | None = None, options: ConnectOptions | None = None
) -> Iterator[Session]:
    """Connect as `smtpprobe.connect` does, and with the same errors.

    Raises:
        RuntimeError: an event loop runs in this thread already: use `smtpprobe.connect` there.
    """
    with asyncio.Runner() as runner:
        opening = session.connect(target, timeout=timeout, options=options)
        beneath = runner.run(_entered(opening))
        try:
            yield Session(beneath, runner)
        except BaseException as error:
            if not runner.run(_left(opening, error)):
                raise
        else:
            runner.run(_left(opening, None))


def check_starttls(target: str | Target, options: ConnectOptions | None = None) -> Report:
    """As `smtpprobe.check_starttls`."""
    with asyncio.Runner() as runner:
        return runner.run(check.check_starttls(target, options))


async def _entered(opening: session.Opening) -> session.Session:
    return await opening.__aenter__()


async def _left(opening: session.Opening, error: BaseException | None) -> bool:
    kind = None if error is None else type(error)
    trace = None if error is None else error.__traceback__
    return bool(await opening.__aexit__(kind, error, trace))
