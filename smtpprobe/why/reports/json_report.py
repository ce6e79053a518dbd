"""What is known and the verdict as one JSON object for programs."""

from __future__ import annotations

from datetime import datetime

from smtpprobe import __version__
from smtpprobe.present.escape import as_sent
from smtpprobe.present.json_text import json_text
from smtpprobe.starttls.facts import Answer, Said
from smtpprobe.why.diagnose.diagnose import Verdict
from smtpprobe.why.fact_table import BY_ID
from smtpprobe.why.facts import Fact, Known, Trial

VERSION = 1
SCHEMA = f"smtpprobe/why/{VERSION}"
"""Fields may be added; a changed meaning makes the next version."""


def json_report(known: Known, verdict: Verdict) -> str:
    """Return the object as text, ended by LF."""
    return json_text(report_object(known, verdict), indent=2) + "\n"


def report_object(known: Known, verdict: Verdict) -> dict[str, object]:
    """Return the object."""
    request = known.request
    return {
        "schema": SCHEMA,
        "v": VERSION,
        "smtpprobe": __version__,
        "started": _time(known.started),
        "seconds": round(known.seconds, 3),
        "recipient": as_sent(request.recipient),
        "sender": None if request.sender is None else as_sent(request.sender),
        "via": request.kind.value,
        "target": as_sent(str(request.target)),
        "verdict": _verdict(verdict),
        "facts": [_fact(one) for one in known.facts],
        "trials": [_trial(one) for one in known.trials],
        "asked": {"connections": known.connections, "recipients": known.recipients},
        "interrupted": known.interrupted,
        "message_sent": False,
    }


def _verdict(verdict: Verdict) -> dict[str, object]:
    return {
        "cause": verdict.cause.id,
        "certainty": verdict.certainty.value,
        "who": verdict.who.value,
        "exit": int(verdict.status),
        "title": as_sent(verdict.title),
        "because": as_sent(verdict.because),
        "reply": as_sent(verdict.reply),
        "now": [as_sent(one) for one in verdict.now],
        "ruled_out": [
            {"what": as_sent(one.out), "by": as_sent(one.by)} for one in verdict.ruled_out
        ],
        "beside": [as_sent(one) for one in verdict.beside],
        "open": [as_sent(one) for one in verdict.still_open],
        "source": verdict.cause.source,
    }


def _fact(fact: Fact) -> dict[str, object]:
    return {
        "id": fact.id,
        "part": BY_ID[fact.id].part.value,
        "question": BY_ID[fact.id].question,
        "about": as_sent(fact.about),
        "answer": fact.answer.value,
        "because": as_sent(fact.because),
        "value": as_sent(fact.value),
        "evidence": [
            {"weight": one.weight.value, "text": as_sent(one.text)} for one in fact.evidence
        ],
        "data": {name: as_sent(value) for name, value in fact.data},
        "at": _time(fact.at),
        "seconds": round(fact.seconds, 3),
    }


def _trial(trial: Trial) -> dict[str, object]:
    return {
        "host": as_sent(trial.host),
        "address": trial.ip,
        "purpose": trial.purpose.value,
        "sender": as_sent(trial.sender),
        "recipient": as_sent(trial.recipient),
        "stage": trial.stage.value,
        "reply": _reply(trial.reply),
        "cause": trial.reading.cause.value if trial.reading is not None else None,
        "meaning": _meaning(trial),
        "accepted": trial.accepted.value,
        "lost": as_sent(trial.lost),
        "unasked": as_sent(trial.unasked),
        "tls": trial.inside,
        "at": _time(trial.at),
        "seconds": round(trial.seconds, 3),
    }


def _meaning(trial: Trial) -> str:
    """Return what a refusal means; an acceptance says nothing beyond itself."""
    if trial.reading is None or trial.accepted is Answer.YES:
        return ""
    return as_sent(trial.reading.meaning)


def _reply(reply: Said | None) -> dict[str, object] | None:
    if reply is None:
        return None
    found: dict[str, object] = {
        "code": reply.code,
        "enhanced": reply.enhanced,
        "text": as_sent(reply.text),
    }
    return found | ({"codes": list(reply.codes)} if reply.codes else {})


def _time(at: datetime | None) -> str | None:
    return at.isoformat(timespec="milliseconds") if at is not None else None
