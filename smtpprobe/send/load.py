"""A bounded load test: the same message again and again, at no more than so many a second.

One connection is used for as long as the server keeps it; each message has a Message-ID of its own.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable

from smtpprobe.client import Client
from smtpprobe.errors import ConnectFailed, LookupFailed, UsageError
from smtpprobe.exits import ExitStatus, combined
from smtpprobe.named_tuple import NamedTuple
from smtpprobe.net.clock import monotonic
from smtpprobe.policy.addresses import is_loopback
from smtpprobe.protocol.phase import Phase
from smtpprobe.protocol.target import Target, TargetKind, is_local
from smtpprobe.send.conversation import AskCredentials, Delivery
from smtpprobe.send.judge import Report, Result
from smtpprobe.send.message.source import Source
from smtpprobe.send.order import Order, Stage
from smtpprobe.send.talk import Limits

FRUITLESS = 5
"""How many connections in a row may fail before the test is given up."""


class Load(NamedTuple):
    """How many messages, at how many a second (None: as fast as they are accepted)."""

    messages: int
    rate: int | None = None


class LoadReport(NamedTuple):
    """What became of all messages. `replies` are the seconds of each reply to a message."""

    wanted: int
    results: Counter[str]
    status: ExitStatus
    connections: int
    seconds: float
    replies: tuple[float, ...]
    last: Report | None = None

    @property
    def sent(self) -> int:
        """How many messages were tried."""
        return self.results.total()


def check_owner(target: Target, *, owned: bool) -> None:
    """See that a load test is on this machine, or that its server is the user's own.

    Raises:
        UsageError: neither; nothing was sent.
    """
    at_home = target.kind is TargetKind.SOCKET or is_local(target.name)
    at_home = at_home or (target.kind is TargetKind.ADDRESS and is_loopback(target.name))
    if not (at_home or owned):
        raise UsageError(
            f"--repeat: {target} is not on this machine; nothing sent",
            "if it is yours to load, add --yes-i-own-this-server",
        )


class LoadTest(NamedTuple):
    """Everything that a load test needs."""

    load: Load
    client: Client
    target: Target
    order: Order
    source: Source
    limits: Limits
    credentials: AskCredentials

    async def run(
        self, tell: Callable[[int], None], cut: Callable[[LoadReport], object]
    ) -> LoadReport:
        """Send all messages; `tell` is given how many are through, after each.

        Where that is interrupted, `cut` is given what is known by then.
        """
        tally = _Tally(self.load.messages)
        fruitless = 0
        try:
            for number in range(self.load.messages):
                if self.load.rate is not None:
                    due = tally.began + number / self.load.rate
                    await asyncio.sleep(max(0.0, due - monotonic()))
                result = await self._one(number, tally)
                fruitless = fruitless + 1 if result is Result.NO_ANSWER else 0
                tell(number + 1)
                if fruitless == FRUITLESS:
                    break
        except asyncio.CancelledError:
            cut(tally.report())
            raise
        return tally.report()

    async def _one(self, number: int, tally: _Tally) -> Result:
        """Send one message, on the connection that there is or on a new one."""
        client = self.client
        order = self.order._replace(quits=number + 1 == self.load.messages)
        source = self.source.numbered(number)
        delivery = Delivery(client, order, source, self.limits, self.credentials)
        fresh = client.state.phase is Phase.CLOSED or client.state.ended
        tally.connections += fresh
        try:
            if fresh:
                await client.open(self.target)
            await delivery.run()
        except (ConnectFailed, LookupFailed) as error:
            delivery.could_not(Stage.CONNECT, error.message)
        except asyncio.CancelledError:
            delivery.interrupted()
            tally.add(delivery.report(str(self.target)))
            raise
        report = delivery.report(str(self.target))
        tally.add(report)
        if report.result in (Result.NO_ANSWER, Result.UNKNOWN):
            await client.close()
        return report.result


class _Tally:
    """What became of the messages so far."""

    def __init__(self, wanted: int) -> None:
        self.began = monotonic()
        self.connections = 0
        self._wanted = wanted
        self._results: Counter[str] = Counter()
        self._statuses: set[ExitStatus] = set()
        self._replies: list[float] = []
        self._last: Report | None = None

    def add(self, report: Report) -> None:
        """Count a message."""
        self._last = report
        self._results[report.result.value] += 1
        self._statuses.add(report.status)
        self._replies += _replies(report)

    def report(self) -> LoadReport:
        """Return the report of what was counted."""
        return LoadReport(
            wanted=self._wanted,
            results=self._results,
            status=combined(self._statuses),
            connections=self.connections,
            seconds=monotonic() - self.began,
            replies=tuple(sorted(self._replies)),
            last=self._last,
        )


def _replies(report: Report) -> list[float]:
    steps = (step for step in report.steps if step.stage is Stage.CONTENT)
    return [step.seconds for step in steps if step.seconds is not None]
