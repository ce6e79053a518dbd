"""`:why`: the verdict on what has happened so far in a session, by its events alone. Pure.

Nothing is looked up and nothing is sent: what the session did not show is unknown. Tries that the
user made from <> or to postmaster count as the comparisons they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from smtpprobe.errors import UsageError
from smtpprobe.knowledge.annotate import annotate
from smtpprobe.policy.dns_answer import answered
from smtpprobe.protocol.events import By, Closed, Event, Opened, Secured, Waived
from smtpprobe.protocol.reply import Reply
from smtpprobe.protocol.session import FAREWELLS, START, Exchange, State, advance
from smtpprobe.protocol.target import Target, TargetKind
from smtpprobe.protocol.tls_facts import TlsFacts
from smtpprobe.protocol.verbs import Context
from smtpprobe.send.order import Stage
from smtpprobe.starttls.facts import (
    NO,
    YES,
    AddressFacts,
    Answer,
    Connect,
    Facts,
    HostFacts,
    Said,
    Upgrade,
)
from smtpprobe.why.facts import Evidence, Fact, Known, Purpose, Trial, Weight
from smtpprobe.why.request import Kind, Request

_STAGES = {
    Context.CONNECT: Stage.GREETING,
    Context.EHLO: Stage.EHLO,
    Context.HELO: Stage.EHLO,
    Context.AUTH: Stage.AUTH,
    Context.AUTH_STEP: Stage.AUTH,
    Context.MAIL: Stage.MAIL,
    Context.RCPT: Stage.RCPT,
}
"""What replies are trials, and where they ended."""

_CONTENT = {
    Context.DATA: Stage.DATA,
    Context.BDAT: Stage.DATA,
    Context.DATA_END: Stage.CONTENT,
    Context.BDAT_LAST: Stage.CONTENT,
}
"""Where the message went out, or would have: these come behind RCPT."""

SUBMISSION_PORTS = frozenset({465, 587})


@dataclass(slots=True)
class _Story:
    """What the events have shown so far."""

    state: State = START
    opened: Opened | None = None
    trials: list[Trial] = field(default_factory=list)
    greeting: Said | None = None
    starttls: Said | None = None
    content: Fact | None = None
    tls: TlsFacts | None = None
    closed: Closed | None = None
    waived: bool = False
    """Whether a reply was given up."""
    answered: bool = False
    """Whether the last reply was that of the last trial: one that comes now comes on top of it."""


def happened(events: Iterable[Event], mailbox: str, now: datetime) -> Known:
    """Return what the events of a session have shown. `mailbox` is that of the target, if any.

    Raises:
        UsageError: there was no session.
    """
    story = _Story()
    for event in events:
        if isinstance(event, Opened):
            story.opened, story.greeting, story.starttls = event, None, None
            story.tls, story.closed, story.waived = None, None, False
        elif isinstance(event, Secured):
            story.tls = event.tls
        elif isinstance(event, Closed | Waived):
            _lose(story, event)
        story.state, exchange = advance(story.state, event)
        if exchange is not None:
            _take(story, exchange)
    if story.opened is None:
        raise UsageError(
            "there has been no session yet",
            ":connect first; where that fails: smtpprobe why user@example.org",
        )
    authenticated = story.state.authenticated is not None
    if authenticated:  # whatever was refused before it
        story.trials = [one for one in story.trials if one.stage is not Stage.AUTH]
    real = _real(story.trials)
    trials = tuple(_purposes(story.trials, real)) if real is not None else ()
    recipient = (real.recipient if real is not None else "") or mailbox
    local, _, domain = recipient.rpartition("@")
    request = Request(
        recipient or "the recipient",
        local,
        domain,
        sender=real.sender if real is not None else None,
        client=story.state.identity or story.state.client,
        kind=Kind.SUBMISSION if story.opened.port in SUBMISSION_PORTS else Kind.MX,
        way=_target(story.opened),
    )
    login = Fact("dialogue.login", YES.answer, value="accepted") if authenticated else None
    facts = tuple(one for one in (story.content, login) if one is not None)
    return Known(request, facts, trials, starttls=_facts(story, now), connections=1)


def _take(story: _Story, exchange: Exchange) -> None:
    """Note a reply: as a trial where a sender or recipient was answered."""
    context, reply = exchange.context, exchange.reply
    said, answered, story.answered = _said(reply), story.answered, False
    if context is None and answered and said.code not in FAREWELLS:
        last = story.trials.pop()
        story.trials.append(replace(last, unasked=said.line or "an empty line"))
    if context is Context.CONNECT:
        story.greeting = said
    elif context is Context.STARTTLS:
        story.starttls = said
    if context in _CONTENT and (said.good or (said.code or 0) >= 400):
        story.content = _content(exchange, said, _CONTENT[context])
    if context not in _STAGES or story.opened is None:
        return
    stage = _STAGES[context]
    if stage is Stage.AUTH and (said.code or 0) // 100 == 3:
        return  # a challenge
    if stage not in (Stage.MAIL, Stage.RCPT) and said.good:
        return
    if stage is Stage.MAIL and said.good:
        return
    path = exchange.command.mailbox if exchange.command is not None else None
    recipient = (path or "") if stage is Stage.RCPT else ""
    sender = (path or "") if stage is Stage.MAIL else exchange.before.sender or ""
    story.trials.append(
        Trial(
            *(story.opened.host, _ip(story.opened), Purpose.REAL, sender, recipient, stage),
            reply=said,
            reading=annotate(exchange),
            inside=exchange.before.tls is not None,
        )
    )
    story.answered = True


def _lose(story: _Story, event: Closed | Waived) -> None:
    """Note for what no reply came: the connection is gone, or nobody waits for it any more."""
    due = story.state.pending[0].command if story.state.pending else None
    how = "no answer to"
    if isinstance(event, Closed):
        story.closed, how = event, "the server closed the connection at"
        due = None if event.by is By.US else due
    else:
        story.waived = True
    stage = _STAGES.get(due.context) if due is not None else None
    if due is None or stage is None or story.opened is None:
        return
    path = due.mailbox or ""
    story.trials.append(
        Trial(
            *(story.opened.host, _ip(story.opened), Purpose.REAL),
            path if stage is Stage.MAIL else story.state.sender or "",
            path if stage is Stage.RCPT else "",
            stage,
            lost=f"{how} {due.verb}",
            inside=story.state.tls is not None,
        )
    )


def _said(reply: Reply) -> Said:
    enhanced = str(reply.enhanced) if reply.enhanced is not None else ""
    return Said(reply.code, reply.text, enhanced, reply.codes_at_odds)


def _content(exchange: Exchange, said: Said, stage: Stage) -> Fact:
    """Return the answer to a message that was sent in the session, as the latest attempt."""
    answer = Answer.YES if said.good else Answer.NO
    evidence = (Evidence(Weight.OBSERVED, said.line),)
    return Fact(
        "history.last",
        answer,
        value=said.line,
        evidence=evidence,
        data=(("stage", stage.value),),
        reading=annotate(exchange),
    )


def _real(trials: Sequence[Trial]) -> Trial | None:
    """Return the trial that the question is about: the last that is not a comparison."""
    asked = [one for one in trials if one.stage in (Stage.MAIL, Stage.RCPT)]
    plain = [one for one in asked if one.sender and not _to_postmaster(one)]
    for some in (plain, asked, trials):
        if some:
            return some[-1]
    return None


def _to_postmaster(trial: Trial) -> bool:
    return trial.recipient.rpartition("@")[0].lower() == "postmaster"


def _purposes(trials: Iterable[Trial], real: Trial) -> Iterable[Trial]:
    """Yield the trials that count, each with what it is for beside the real one."""
    for one in trials:
        if one is real:
            yield one
        elif (one.host, one.ip) != (real.host, real.ip):
            continue
        elif one.recipient == real.recipient or one.stage is Stage.MAIL:
            if not one.sender and real.sender:
                yield replace(one, purpose=Purpose.NULL_SENDER, recipient=real.recipient)
            elif one.sender and not real.sender:
                yield replace(one, purpose=Purpose.OTHER_SENDER, recipient=real.recipient)
        elif one.sender == real.sender and _to_postmaster(one):
            yield replace(one, purpose=Purpose.POSTMASTER)


def _ip(opened: Opened) -> str:
    return opened.peer.rpartition(":")[0].strip("[]") or opened.host


def _target(opened: Opened) -> Target:
    kind = TargetKind.ADDRESS if opened.host == _ip(opened) else TargetKind.HOST
    return Target(kind, opened.host, opened.port)


def _connect(story: _Story) -> Connect:
    """Return how it began; a greeting that is still waited for shows nothing."""
    if story.greeting is not None:
        return Connect.OK
    if story.closed is not None and story.closed.by is By.THEM:
        return Connect.CLOSED
    silent = story.closed is not None or story.waived
    return Connect.SILENT if silent else Connect.INTERRUPTED


def _facts(story: _Story, now: datetime) -> Facts:
    assert story.opened is not None
    state, opened = story.state, story.opened
    before = state.previous_extensions if state.tls is not None else state.extensions
    offered = YES if "STARTTLS" in before else NO
    lines = tuple(" ".join((word, *values)) for word, values in before.announced)
    after = tuple(" ".join((word, *values)) for word, values in state.extensions.announced)
    address = AddressFacts(
        _ip(opened),
        opened.port,
        connect=_connect(story),
        greeting=story.greeting,
        before=lines,
        starttls=Upgrade(offered, story.starttls),
        tls=state.tls or story.tls,
        after=after if state.tls is not None else None,
    )
    found = (answered(opened.host, "A", records=(address.ip,)),)
    host = HostFacts(
        opened.host, opened.port, opened.preference, lookups=found, addresses=(address,)
    )
    return Facts(_target(opened), opened.port, None, now, hosts=(host,))
