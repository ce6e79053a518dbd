"""A delivery's report: lines for people, and one JSON object for programs. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from smtpprobe import __version__
from smtpprobe.exits import ExitStatus, Severity
from smtpprobe.knowledge.wording import clip
from smtpprobe.present import spans
from smtpprobe.present.escape import shown
from smtpprobe.present.json_text import json_text
from smtpprobe.present.spans import Line, Span
from smtpprobe.present.tls_json import tls_object
from smtpprobe.protocol.reply import Reply
from smtpprobe.protocol.units import shown_duration, shown_octets
from smtpprobe.send.judge import (
    INTERRUPTED,
    NOT_RETRIED,
    UNKNOWN_DELIVERY,
    Fate,
    Report,
    Result,
    Step,
    stage_results,
)
from smtpprobe.send.order import Stage

SCHEMA = "smtpprobe/send/1"
"""Fields may be added; a changed meaning makes the next version."""

LISTED = 50
"""How many recipients the text lists; those that were not accepted come first."""

_STYLES: Mapping[Severity, str] = {
    Severity.PASSED: spans.SUCCESS, Severity.FAILED: spans.PERMANENT,
    Severity.UNKNOWN: spans.TRANSIENT,
}  # fmt: skip

_OF_RESULT = {
    Result.ACCEPTED: spans.SUCCESS, Result.REFUSED: spans.PERMANENT,
    Result.DEFERRED: spans.TRANSIENT, Result.UNKNOWN: spans.MALFORMED,
}  # fmt: skip

STAGE_WORDS = {
    Stage.CONNECT: "connecting", Stage.GREETING: "the greeting", Stage.EHLO: "EHLO",
    Stage.TLS: "TLS", Stage.AUTH: "AUTH", Stage.MAIL: "MAIL", Stage.RCPT: "RCPT",
    Stage.DATA: "DATA", Stage.CONTENT: "the message", Stage.QUIT: "QUIT",
}  # fmt: skip
"""How a stage is called in a sentence."""


def text_lines(report: Report) -> list[Line]:
    """Return the result: a line for all, one for each recipient, then what else is to be known."""
    style = _STYLES.get(report.status.severity, spans.PLAIN)
    lines: list[Line] = [(Span(style, "Result: "), Span(spans.PLAIN, shown(_headline(report))))]
    worst_first = sorted(report.fates, key=_well)
    width = min(max((len(fate.address) for fate in worst_first[:LISTED]), default=0), 50)
    lines += [_fate_line(fate, width) for fate in worst_first[:LISTED]]
    if len(worst_first) > LISTED:
        lines.append(spans.line(f"  ... and {len(worst_first) - LISTED} more (--json has all)"))
    if Result.UNKNOWN in {fate.result for fate in report.fates}:
        lines.append(spans.line(f"  {NOT_RETRIED}", spans.WARNING))
    lines += [spans.line(f"  note: {shown(note)}", spans.NOTICE) for note in report.notes]
    return lines


def _well(fate: Fate) -> bool:
    return fate.result is Result.ACCEPTED or fate.so_far is not None


def _headline(report: Report) -> str:
    count = len(report.fates)
    people = "recipient" if count == 1 else "recipients"
    unknown = sum(fate.result is Result.UNKNOWN for fate in report.fates)
    ended = report.ended
    if unknown:
        return f"{UNKNOWN_DELIVERY} ({unknown} of {count} {people}; {_why(ended)})"
    if report.accepted:
        queued = f", queue id {', '.join(report.queue_ids[:5])}" if report.queue_ids else ""
        over = f" over {report.tls.version}" if report.tls is not None and report.tls.ok else ""
        size = shown_octets(report.content.octets)
        took = shown_duration(report.seconds)
        told = f"accepted for {report.accepted} of {count} {people}{queued}"
        return f"{told}; {size}{over} in {took}"
    if ended is not None and ended.result is Result.STOPPED:
        so_far = sum(fate.so_far is not None for fate in report.fates)
        if so_far:
            told = f"{so_far} of {count} {people} accepted at RCPT; {ended.reason}"
            return f"{told}; nothing was delivered"
        if report.result is Result.STOPPED:
            return f"{ended.reason}; nothing was delivered"
        ended = None
    decisive = ended or _worst_fate(report)
    if decisive is None:
        return "nothing was sent"
    where = STAGE_WORDS[decisive.stage]
    if ended is not None and ended.cut:
        return f"{INTERRUPTED} at {where}; nothing was delivered"
    return f"{decisive.result.value} at {where}: {_why(decisive)}; nothing was delivered"


def _worst_fate(report: Report) -> Fate | None:
    """Return the fate that the result is named after: DATA's refusal behind it only follows."""
    return next((fate for fate in report.fates if fate.result is report.result), None)


def _why(step: Step | Fate | None) -> str:
    if step is None:
        return "no clear reply"
    return step.reason or _told(step.reply) or step.result.value


def _told(reply: Reply | None) -> str:
    """Return a reply in one short line."""
    if reply is None:
        return ""
    head = f"{reply.code:03}" if reply.code is not None else ""
    enhanced = f" {reply.enhanced}" if reply.enhanced is not None else ""
    return clip(f"{head}{enhanced} {' '.join(reply.words.split())}".strip())


def _fate_line(fate: Fate, width: int) -> Line:
    if fate.so_far is not None:
        return _so_far_line(fate, fate.so_far, width)
    style = _OF_RESULT.get(fate.result, spans.PLAIN)
    at = "" if fate.result is Result.ACCEPTED else f"at {STAGE_WORDS[fate.stage]}: "
    why = "; ".join(one for one in (fate.reason, _told(fate.reply)) if one)
    address = f"{shown(fate.address):<{width}}"
    return (
        Span(style, f"  {fate.result.value:<9}"),
        Span(spans.PLAIN, f" {address}  {at}{shown(why)}".rstrip()),
    )


def _so_far_line(fate: Fate, so_far: Step, width: int) -> Line:
    """Return the line of a recipient that was accepted before the session was stopped."""
    where = "stopped there" if fate.stage is so_far.stage else fate.reason
    told = f"at {STAGE_WORDS[so_far.stage]}: {_told(so_far.reply)} ({where})"
    return (
        Span(_OF_RESULT[so_far.result], f"  {so_far.result.value:<9}"),
        Span(spans.PLAIN, f" {shown(fate.address):<{width}}  {shown(told)}"),
    )


def json_report(report: Report, status: ExitStatus | None = None) -> str:
    """Return the report as one JSON object on one line; `status` is that of a run cut short."""
    exits = {} if status is None else {"exit": int(status)}
    return json_text({**report_object(report), **exits}) + "\n"


def report_object(report: Report) -> dict[str, object]:
    """Return the report as plain values."""
    content = report.content
    return {
        "schema": SCHEMA,
        "v": 1,
        "smtpprobe": __version__,
        "target": report.target,
        "host": report.host or None,
        "peer": report.peer or None,
        "result": report.result.value,
        "exit": int(report.status),
        "ended_at": None if report.ended is None else report.ended.stage.value,
        "reason": None if report.ended is None else report.ended.reason or None,
        "stages": {stage.value: word for stage, word in stage_results(report).items()},
        "steps": [_step_object(step) for step in report.steps],
        "recipients": [_fate_object(fate) for fate in report.fates],
        "accepted": report.accepted,
        "queue_ids": list(report.queue_ids),
        "sender": report.sender,
        "client": report.client,
        "auth": report.login or None,
        "tls": tls_object(report.tls) if report.tls is not None else None,
        "message": {
            "id": report.message_id or None,
            "octets": content.octets,
            "lines": content.lines,
            "eight_bit": content.eight_bit,
            "line_ends_fixed": content.lone,
        },
        "transactions": report.transactions,
        "seconds": round(report.seconds, 6),
        "notes": list(report.notes),
    }


def _step_object(step: Step) -> dict[str, object]:
    took = None if step.seconds is None else round(step.seconds * 1000, 3)
    return {
        "stage": step.stage.value,
        "result": step.result.value,
        **_reply_object(step.reply),
        "reason": step.reason or None,
        "ms": took,
    }


def _fate_object(fate: Fate) -> dict[str, object]:
    return {
        "address": fate.address,
        "result": fate.result.value,
        "stage": fate.stage.value,
        **_reply_object(fate.reply),
        "reason": fate.reason or None,
        "so_far": None if fate.so_far is None else _step_object(fate.so_far),
    }


def _reply_object(reply: Reply | None) -> dict[str, object]:
    if reply is None:
        return {"code": None, "enhanced": None, "text": None}
    enhanced = str(reply.enhanced) if reply.enhanced is not None else None
    return {"code": reply.code, "enhanced": enhanced, "text": reply.words}
