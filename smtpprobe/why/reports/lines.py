"""What people read: a line for each fact and trial as it is known, then the verdict."""

from __future__ import annotations

import shlex
import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import replace

from smtpprobe.present import spans
from smtpprobe.present.escape import shown
from smtpprobe.present.spans import Line, Span
from smtpprobe.protocol.units import shown_duration
from smtpprobe.send.order import Stage
from smtpprobe.starttls.facts import Answer
from smtpprobe.why.causes import Who
from smtpprobe.why.diagnose.diagnose import Verdict
from smtpprobe.why.diagnose.table import Certainty
from smtpprobe.why.fact_table import BY_ID, Part
from smtpprobe.why.facts import Fact, Known, Purpose, Trial
from smtpprobe.why.plan import PLAN, due

COLUMN = 10
"""How wide the part of the way is in front of a line."""

QUIETLY_YES = frozenset(
    {
        "address.syntax",
        "address.domain",
        "address.host",
        "tls.session",
        "us.ptr",
        "us.static",
        "us.ehlo",
    }
)
"""Facts that are worth a line only where they are not as they should be."""

_STYLES = {
    Answer.YES: spans.SUCCESS,
    Answer.NO: spans.PERMANENT,
    Answer.UNKNOWN: spans.TRANSIENT,
}


def fact_lines(fact: Fact) -> list[Line]:
    """Return the line of a fact; none where it only says that all is as usual."""
    row = BY_ID[fact.id]
    if fact.yes and fact.id in QUIETLY_YES and "alias" not in fact.value:
        return []
    if fact.id == "tls.session" and not fact.value:
        return []
    label = f"{row.label}: " if row.label else ""
    about = f"{fact.about}: " if fact.about and row.part is not Part.US else ""
    told = fact.value or _WORDS[fact.answer]
    if fact.answer is Answer.UNKNOWN:
        told = f"unknown: {fact.because}"
    if fact.id == "road.greeting" and fact.yes:
        about = f"{fact.about} greets after {shown_duration(fact.seconds)}: "
    return [_line(row.part, f"{label}{about}{told}", _STYLES[fact.answer])]


_WORDS = {Answer.YES: "yes", Answer.NO: "no", Answer.UNKNOWN: "unknown"}


def trial_lines(trial: Trial, known: Known) -> list[Line]:
    """Return the line of a trial: who to whom, and the last answer."""
    answer = trial.reply.line if trial.reply is not None else trial.lost
    if trial.purpose is not Purpose.REAL and _same_answer(trial, known):
        answer = f"{trial.reply.code if trial.reply else ''}, the same answer"
    if trial.reply is not None and trial.reply.codes:
        answer += f"; its lines have the codes {', '.join(map(str, trial.reply.codes))}"
    if trial.unasked:
        answer += f"; and unsolicited: {trial.unasked}"
    tls = " (TLS)" if trial.inside else ""
    told = f"{trial.host}: {_asked(trial)}{tls}: {answer}"
    return [_line(Part.DIALOGUE, told, _STYLES[trial.accepted])]


def _asked(trial: Trial) -> str:
    """Return what a server was asked: the real thing in full, of a comparison what differs."""
    if trial.purpose is not Purpose.REAL:
        differs = _DIFFERS[trial.purpose]
        return differs.format(sender=trial.sender, recipient=trial.recipient)
    if trial.stage not in (Stage.MAIL, Stage.RCPT):
        return str(_STAGES.get(trial.stage, trial.stage.value))
    to = f" RCPT TO:<{trial.recipient}>" if trial.stage is Stage.RCPT else ""
    return f"MAIL FROM:<{trial.sender}>{to}"


def _same_answer(trial: Trial, known: Known) -> bool:
    """Return whether a trial got word for word what the real one got at that address."""
    real = [one for one in known.tried(Purpose.REAL) if one.ip == trial.ip]
    if not real or trial.reply is None:
        return False
    return _without_names(trial) == _without_names(real[-1])


def _without_names(trial: Trial) -> str:
    text = trial.reply.line if trial.reply is not None else trial.lost
    for name in (trial.recipient, trial.sender):
        text = text.replace(name, "") if name else text
    return text


_STAGES = {
    Stage.AUTH: "AUTH",
    Stage.GREETING: "greeting",
    Stage.EHLO: "EHLO",
    Stage.TLS: "EHLO inside TLS",
}

_DIFFERS = {
    Purpose.NULL_SENDER: "the same from <>",
    Purpose.OTHER_SENDER: "the same from <{sender}>",
    Purpose.POSTMASTER: "the same to <{recipient}>",
    Purpose.HOST_POSTMASTER: "the same to <{recipient}>",
    Purpose.RANDOM: "the same to <{recipient}>, made up",
    Purpose.SMALL: "the same without SIZE",
    Purpose.AGAIN: "the second try",
}


def _line(part: Part, text: str, style: str) -> Line:
    return (Span(spans.HEADING, part.value.ljust(COLUMN)), Span(style, shown(text)))


_LEADS = {
    Certainty.SHOWN: "The cause",
    Certainty.LIKELY: "Most likely",
    Certainty.OPEN: "Cannot tell",
}

_WHO = {
    Who.SENDER: "you, on the sending side",
    Who.RECIPIENT: "the recipient's side",
    Who.NETWORK: "who runs the network in between",
    Who.NOBODY: "nobody",
    Who.UNKNOWN: "unknown",
}


def verdict_lines(verdict: Verdict, known: Known) -> list[Line]:
    """Return the verdict, and what was done for it."""
    return [*_verdict(verdict), (Span(spans.ASIDE, _footing(known)),)]


def verdict_at_prompt(verdict: Verdict, known: Known) -> list[Line]:
    """Return the verdict on a session at the prompt, and the command that asks for the rest."""
    request = known.request
    sender = "" if request.sender is None else f" --from {shlex.quote(request.sender or '<>')}"
    command = f"smtpprobe why {shlex.quote(request.recipient)}{sender}" if request.domain else ""
    lines = _verdict(replace(verdict, now=tuple(_at_prompt(verdict.now, command))))[1:]
    if command:
        lines += _rows("the rest", [command, "looks at DNS, our name and address, every host"])
    return lines


def _at_prompt(steps: Iterable[str], command: str) -> Iterator[str]:
    """Yield the steps with the command that they mean in full; those of none where there is none.

    A session that has named no recipient is no command.
    """
    for step in steps:
        if "the same command" not in step:
            yield step
        elif command:
            yield step.replace("the same command with", command).replace(
                "the same command", command
            )


def _verdict(verdict: Verdict) -> list[Line]:
    """Return one sentence, who acts, what now, what it is not, what is open."""
    lead = _LEADS[verdict.certainty]
    if int(verdict.status) == 0:
        lead = "Accepted"
    styles = {0: spans.SUCCESS, 1: spans.PERMANENT}
    style = styles.get(int(verdict.status), spans.TRANSIENT)
    head = (Span(style, f"{lead}: "), Span(spans.HEADING, shown(verdict.title)))
    lines: list[Line] = [(Span(spans.PLAIN, ""),), head]
    lines += _rows("why", [verdict.because])
    lines += _rows("reply", [verdict.reply] if verdict.reply else [])
    lines += _rows("who acts", [_WHO[verdict.who]])
    lines += _rows("now", verdict.now)
    lines += _rows("not", [f"{one.out}: {one.by}" for one in verdict.ruled_out])
    lines += _rows("beside", verdict.beside)
    lines += _rows("open", verdict.still_open)
    return lines


def _rows(label: str, texts: Iterable[str]) -> Iterator[Line]:
    for number, text in enumerate(texts):
        name = "" if number else label
        yield (Span(spans.ASIDE, f"  {name.ljust(COLUMN)}"), Span(spans.PLAIN, shown(text)))


def _footing(known: Known) -> str:
    connections = _counted(known.connections, "connection")
    recipients = _counted(known.recipients, "RCPT command")
    cut = "interrupted; " if known.interrupted else ""
    return f"{cut}{connections}, {recipients}, {shown_duration(known.seconds)}; no message was sent"


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def folded(lines: Iterable[Line], width: int) -> list[Line]:
    """Return the lines at most as wide as that; a line goes on below its text, not its label."""
    found: list[Line] = []
    for line in lines:
        *lead, last = line
        indent = sum(len(span.text) for span in lead)
        room = max(width - indent, 20)
        parts = textwrap.wrap(last.text, room, break_on_hyphens=False, break_long_words=False) or [
            ""
        ]
        found.append((*lead, Span(last.style, parts[0])))
        blank = Span(spans.PLAIN, " " * min(indent, COLUMN + 2))
        found += [(blank, Span(last.style, part)) for part in parts[1:]]
    return found


def plan_lines(known: Known) -> list[Line]:
    """Return the plan for a request: each step, when it is taken, and what it rests on."""
    lines: list[Line] = []
    begin = {row.step for row in due(known, (), ())}
    for row in PLAN:
        after = ", ".join(one.value for one in row.after)
        when = "immediately" if row.step in begin else row.when
        behind = f"; after {after}" if after else ""
        lines.append(_line(row.part, f"{row.step.value}: {row.does}", spans.PLAIN))
        lines.append((Span(spans.ASIDE, f"{' ' * COLUMN}{when}{behind}"),))
    return lines
