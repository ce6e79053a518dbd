"""Text transcripts read back: the steps of the script that they are, as events. Pure."""

from __future__ import annotations

import json
import re

from smtpprobe.present.tls_json import tls_facts
from smtpprobe.present.transcript import REMARK, VIA
from smtpprobe.present.transcript_json import MAIN
from smtpprobe.protocol.command import (
    Command,
    Kind,
    body,
    exact_line,
    open_body,
    raw_command,
    read_line,
)
from smtpprobe.protocol.events import By, Closed, HalfClosed, Opened, Remarked, Secured, Waived
from smtpprobe.protocol.target import parse_target
from smtpprobe.protocol.transport.via import STRAIGHT, Via
from smtpprobe.script.language.matchers import Eof, Nothing, RawLine
from smtpprobe.script.language.pace import read_pace
from smtpprobe.script.language.raw_octets import read_raw
from smtpprobe.script.language.steps import (
    BdatChunk,
    Body,
    Comment,
    Exact,
    Expect,
    Hold,
    Local,
    Script,
    SmtpLine,
    Step,
)
from smtpprobe.script.language.values import BadValueError, read_string
from smtpprobe.script.recordings.builder import (
    NOWHERE,
    ConnectionBuilder,
    Recording,
    RecordingBuilder,
    recorded_target,
)

_TARGET = re.compile(
    r"# target (\S+)(?: via (\S+) \[([^\]]*)\]:([0-9]{1,5}))?(?: as ([^\s,]+))?(?:, \S+)?"
)


def read_text(script: Script, recording: RecordingBuilder | None = None) -> Recording:
    """Return the events of a text transcript; it has no times, so all are 0."""
    recording = recording or RecordingBuilder()
    name = MAIN
    told: re.Match[str] | None = None
    via = STRAIGHT
    for step in script.steps:
        recording.line = step.place.line
        match step:
            case Local(name="on", argument=argument):
                name = argument
            case Comment(text=text) if text.startswith("# target "):
                told = _TARGET.fullmatch(text)
            case Comment(text=text) if text.startswith(VIA):
                part, _, value = text.removeprefix(VIA).partition(" ")
                if part in Via._fields:
                    via = via._replace(**{part: value})
            case Comment(text=text):
                _comment(recording.on(name), text)
            case Local(name="connect", argument=argument):
                recording.opened(name, _opened(told, argument)._replace(via=via))
                via = STRAIGHT
            case Local():
                _local(recording.on(name), step)
            case Expect():
                _expect(recording.on(name), step)
            case _:
                _sent(recording.on(name), step)
    return recording.done()


def _sent(builder: ConnectionBuilder, step: Step) -> None:
    phase = builder.state.phase
    match step:
        case Hold(held=held):
            for one in held:
                _sent(builder, one)
        case SmtpLine(text=text):
            builder.sent(read_line(text, builder.line_phase(text)))
        case Exact(text=text):
            builder.sent(exact_line(text, builder.line_phase(text)))
        case Body(lines=lines, ended=ended):
            builder.sent(body(list(lines)) if ended else open_body(lines))
        case BdatChunk(text=text, octets=octets):
            builder.sent(read_line(text, phase))
            builder.sent(Command(octets, Kind.BODY))
        case _:
            pass  # no recording holds it


def _opened(told: re.Match[str] | None, argument: str) -> Opened:
    host = parse_target(argument) if argument else NOWHERE
    if told is None:
        return Opened(0.0, host, host.name, host.port)
    target = recorded_target(told[1]) or host
    if told[2] is None:
        return Opened(0.0, target, host.name, host.port, client=told[5] or "")
    address, port = told[3], int(told[4])
    peer = f"[{address}]:{port}" if ":" in address else f"{address}:{port}"
    return Opened(0.0, target, told[2], port, peer, client=told[5] or "")


def _comment(builder: ConnectionBuilder, text: str) -> None:
    if text.startswith(REMARK):
        builder.add(Remarked(0.0, text.removeprefix(REMARK)))
    if text.startswith("# partial "):
        builder.partial += _string(text.removeprefix("# partial "))
    if not text.startswith("# tls "):
        return
    try:
        values = json.loads(text.removeprefix("# tls "))
    except ValueError:
        return
    if not isinstance(values, dict):
        return
    surplus = _string(values.get("surplus") or '""')
    if not builder.in_tls(tls_facts(values)):
        builder.secured(Secured(0.0, tls_facts(values), surplus))


def _string(text: object) -> bytes:
    try:
        return read_string(text) if isinstance(text, str) else b""
    except BadValueError:
        return b""


def _local(builder: ConnectionBuilder, step: Local) -> None:
    if step.name == "close":
        builder.closed(Closed(0.0, By.US))
    elif step.name == "shutdown":
        builder.add(HalfClosed(0.0))
    elif step.name == "rate":
        builder.pace = read_pace(step.argument)
    elif step.name == "raw":
        parts = read_raw(step.argument).parts
        octets = b"".join(part for part in parts if isinstance(part, bytes))
        builder.sent(raw_command(octets, builder.state.phase))


def _expect(builder: ConnectionBuilder, step: Expect) -> None:
    if step.server:
        lines = "".join(f"{line}\r\n" for line in step.server)
        builder.octets(lines.encode("utf-8", "surrogateescape"))
    elif isinstance(step.what, RawLine):
        builder.octets(step.what.octets)
    elif isinstance(step.what, Eof):
        builder.closed(Closed(0.0, By.THEM))
    elif isinstance(step.what, Nothing):
        builder.add(Waived(0.0, step.what.seconds))
