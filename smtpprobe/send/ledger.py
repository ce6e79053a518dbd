"""What came of a delivery so far: its steps, the fate of each recipient, and the report of them."""

from __future__ import annotations

from collections.abc import Iterable

from smtpprobe.protocol.session import START, State
from smtpprobe.send.judge import Fate, Report, Result, Step
from smtpprobe.send.message.content import Content
from smtpprobe.send.order import Order, Stage


class Ledger:
    """Takes notes of one delivery. `state` is the last one of a session that was open."""

    def __init__(self, order: Order) -> None:
        self.state: State = START
        self.notes: list[str] = []
        self.queue_ids: list[str] = []
        self.transactions = 0
        self.ended: Step | None = None
        self.began = 0.0
        """When the delivery began, on the clock of events."""
        self._order = order
        self._steps: list[Step] = []
        self._fates: dict[int, Fate] = {}
        self._accepted: dict[int, Step] = {}

    def first(self, stage: Stage) -> bool:
        """Return whether no step of this stage has been noted."""
        return not any(step.stage is stage for step in self._steps)

    @property
    def stage(self) -> Stage:
        """The stage of the last step noted; connecting before the first one."""
        return self._steps[-1].stage if self._steps else Stage.CONNECT

    def note(self, step: Step) -> None:
        """Note a step."""
        self._steps.append(step)

    def accepted(self, number: int, step: Step) -> None:
        """Note that a recipient was accepted at RCPT: the message decides what becomes of it."""
        self._accepted[number] = step

    def decide(self, numbers: Iterable[int], step: Step) -> None:
        """Note what became of recipients; what was decided before stays."""
        for number in numbers:
            if number not in self._fates:
                address = self._order.recipients[number].address
                stopped = step.result is Result.STOPPED
                so_far = self._accepted.get(number) if stopped else None
                self._fates[number] = Fate(
                    address, step.result, step.stage, step.reply, step.reason, so_far
                )

    def end(self, step: Step) -> None:
        """Note the step that ended the session: it decides for all recipients left."""
        if step not in self._steps:
            self._steps.append(step)
        self.ended = step
        self.decide(range(len(self._order.recipients)), step)

    def report(self, target: str, message_id: str, content: Content) -> Report:
        """Return the report."""
        state = self.state
        return Report(
            target=target,
            steps=tuple(self._steps),
            fates=tuple(self._fates[number] for number in sorted(self._fates)),
            ended=self.ended,
            host=state.host,
            peer=state.peer,
            tls=state.tls,
            client=self._order.client,
            login=state.authenticated or "",
            sender=self._order.sender,
            message_id=message_id,
            content=content,
            queue_ids=tuple(self.queue_ids),
            transactions=self.transactions,
            seconds=max(0.0, state.last_at - self.began),
            notes=tuple(self.notes),
        )
