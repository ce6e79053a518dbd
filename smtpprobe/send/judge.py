"""What became of a delivery: of each step, of each recipient, and the exit code. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from smtpprobe.exits import ExitStatus, combined
from smtpprobe.named_tuple import NamedTuple
from smtpprobe.protocol.reply import Reply, Severity
from smtpprobe.protocol.tls_facts import TlsFacts
from smtpprobe.send.message.content import Content
from smtpprobe.send.order import STAGES, Stage


class Result(Enum):
    """How a step ended, or what became of a recipient; the value is the word in JSON."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    """5yz: for good."""
    DEFERRED = "deferred"
    """4yz: for now."""
    NOT_SENT = "not sent"
    """Left out here, because the server does not offer what it needs."""
    STOPPED = "stopped"
    """The session was stopped on request."""
    NO_ANSWER = "no answer"
    """No connection, no reply or no clear one: nothing was delivered."""
    UNKNOWN = "unknown"
    """The message was sent and nothing was heard of it: it may have been accepted."""


_STATUS = {
    Result.ACCEPTED: ExitStatus.OK,
    Result.STOPPED: ExitStatus.OK,
    Result.REFUSED: ExitStatus.CHECK_FAILED,
    Result.DEFERRED: ExitStatus.CHECK_FAILED,
    Result.NOT_SENT: ExitStatus.CHECK_FAILED,
    Result.NO_ANSWER: ExitStatus.CANNOT_TELL,
    Result.UNKNOWN: ExitStatus.CANNOT_TELL,
}

UNKNOWN_DELIVERY = "delivery unknown: the message was sent, and it may have been accepted"
NOT_RETRIED = "not tried again, since that could deliver it twice; ask the server's log"

INTERRUPTED = "interrupted"
"""The reason of a step that the user ended (Ctrl-C, a signal)."""


class Step(NamedTuple):
    """One step of the session. `seconds` is how long its reply took, None without one.

    `cut` means that the user ended it (Ctrl-C, a signal).
    """

    stage: Stage
    result: Result
    reply: Reply | None = None
    reason: str = ""
    seconds: float | None = None
    cut: bool = False


class Fate(NamedTuple):
    """What became of one recipient, and at which stage that was decided.

    `so_far` is RCPT's acceptance where the session was stopped behind it, else None.
    """

    address: str
    result: Result
    stage: Stage
    reply: Reply | None = None
    reason: str = ""
    so_far: Step | None = None


class Report(NamedTuple):
    """The whole delivery. `ended` is the step that ended it early, None where none did.

    `queue_ids` are those of the messages accepted, as far as the server named one.
    """

    target: str
    steps: tuple[Step, ...]
    fates: tuple[Fate, ...]
    ended: Step | None = None
    host: str = ""
    peer: str = ""
    tls: TlsFacts | None = None
    client: str = ""
    login: str = ""
    sender: str = ""
    message_id: str = ""
    content: Content = Content()
    queue_ids: tuple[str, ...] = ()
    transactions: int = 0
    seconds: float = 0.0
    notes: tuple[str, ...] = ()

    @property
    def result(self) -> Result:
        """What became of all recipients together: the worst of them, in the order of exit codes."""
        found = {fate.result for fate in self.fates}
        if self.ended is not None and not found - {Result.STOPPED}:
            found = {self.ended.result}
        return min(found, key=_WORST.index, default=Result.NO_ANSWER)

    @property
    def status(self) -> ExitStatus:
        """The exit code."""
        results = [fate.result for fate in self.fates]
        if self.ended is not None:
            results.append(self.ended.result)
        return combined({_STATUS[result] for result in results} or {ExitStatus.CANNOT_TELL})

    @property
    def accepted(self) -> int:
        """How many recipients were accepted, message included."""
        return sum(fate.result is Result.ACCEPTED for fate in self.fates)


_WORST = (
    Result.REFUSED, Result.DEFERRED, Result.NOT_SENT, Result.UNKNOWN, Result.NO_ANSWER,
    Result.STOPPED, Result.ACCEPTED,
)  # fmt: skip


def result_of(reply: Reply, wanted: Severity = Severity.SUCCESS) -> Result:
    """Return what a reply says of the step it answers; one that is not clear is no answer."""
    if reply.flaw is not None or reply.severity is None:
        return Result.NO_ANSWER
    if reply.severity is wanted:
        return Result.ACCEPTED
    if reply.severity is Severity.TRANSIENT:
        return Result.DEFERRED
    return Result.REFUSED if reply.severity is Severity.PERMANENT else Result.NO_ANSWER


def of_message(reply: Reply) -> Result:
    """Return what the reply to a whole message says: one that is not clear leaves it unknown."""
    result = result_of(reply)
    return Result.UNKNOWN if result is Result.NO_ANSWER else result


def may_follow(reply: Reply, accepted: int) -> bool:
    """Return whether a refused recipient belongs into a transaction of its own.

    452 behind recipients that were accepted means too many of them (RFC 5321 4.5.3.1.10); with an
    enhanced code that says something else, a full mailbox, it does not.
    """
    enhanced = reply.enhanced
    too_many = enhanced is None or (enhanced.subject, enhanced.detail) == (5, 3)
    return reply.code == 452 and reply.flaw is None and too_many and accepted > 0


def paired(stages: Sequence[Stage], replies: Sequence[Reply], *, silent: bool) -> bool:
    """Return whether replies to commands sent together can be told to be each command's own.

    They come in the commands' order (RFC 2920 3.2), so one that is left out puts the others in
    the wrong place. `silent` means that the server stayed connected and said no more.
    """
    pairs = list(zip(stages, replies, strict=False))
    if len(stages) == 1 or not replies:
        return True
    if not all(_fits(stage, reply) for stage, reply in pairs):
        return False
    if len(replies) == len(stages):
        return True
    only_data_left = len(replies) == len(stages) - 1 and stages[-1] is Stage.DATA
    if only_data_left and replies[-1].severity is Severity.SUCCESS:
        return True  # DATA never gets 2yz, so it is the one without a reply
    if silent:
        return False
    accepted = replies[0].severity is Severity.SUCCESS
    return not (accepted and any(_out_of_turn(reply) for reply in replies[1:]))


def _fits(stage: Stage, reply: Reply) -> bool:
    """Return whether a reply can be one to the command: 354 is DATA's alone, 2yz never is."""
    never = Severity.SUCCESS if stage is Stage.DATA else Severity.INTERMEDIATE
    return reply.severity is not never


def _out_of_turn(reply: Reply) -> bool:
    """Return whether a reply says that a command came too early, as DATA without recipients."""
    enhanced = reply.enhanced
    named = enhanced is not None and (enhanced.subject, enhanced.detail) == (5, 1)
    return reply.code == 503 or (named and reply.severity is Severity.PERMANENT)


def stage_results(report: Report) -> dict[Stage, str]:
    """Return a word for each stage that was reached: those of `Result`, and `some` of RCPT."""
    found: dict[Stage, str] = {}
    for stage in STAGES:
        results = [step.result for step in report.steps if step.stage is stage]
        if results:
            found[stage] = _together(results) if stage is Stage.RCPT else results[-1].value
    return found


def _together(results: Sequence[Result]) -> str:
    accepted = results.count(Result.ACCEPTED)
    if accepted and accepted < len(results):
        return "some accepted"
    return results[0].value if accepted else min(results, key=_WORST.index).value
