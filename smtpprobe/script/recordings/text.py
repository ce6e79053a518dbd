"""Text transcripts read back: the steps of the script that they are, as events. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from smtpprobe.errors import ScriptError
from smtpprobe.present.tls_json import tls_facts
from smtpprobe.present.transcript import CUT_OFF, ENDED, HEADER, REMARK, VIA
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
from smtpprobe.script.language.problem import ScriptProblems
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
from smtpprobe.script.parser.parser import parse
from smtpprobe.script.parser.source import SCRIPT_OCTETS
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


PART_OCTETS = 1024 * 1024
"""How much of a transcript is parsed at a time."""


class TextParts:
    """Takes a text transcript in line by line and parses it part by part, whatever its length.

    `recording` takes the events; `name` is how messages call the transcript. `held` are the lines
    that wait to be parsed, the first of them being number `first`. `is_ours` says that a recorder
    wrote it: of anything else nothing is taken for cut off.
    """

    def __init__(self, recording: RecordingBuilder, name: str = "transcript") -> None:
        self.held: list[bytes] = []
        self.first = 1
        self.is_ours = False
        self._octets = 0
        self._due = PART_OCTETS
        self._name = name
        self._recording = recording
        self._steps = TextSteps(recording)

    def take(self, line: bytes) -> None:
        """Take the next line in, without its end.

        Raises:
            ScriptError: the lines are no transcript.
        """
        if line == _CUT and self.held:
            # what stands above it is not what was meant: a cut reply reads as a short one
            self._cut(self.first + len(self.held) - 1)
        elif line == _ENDED:
            self._end()
        if self.first == 1 and not self.held:
            self.is_ours = line.startswith(_BEGINNING)
        self.held.append(line)
        self._octets += len(line) + 1
        if self._octets > self._due and not _GOES_ON.match(line):
            self._parse(last=False)

    def close(self, rest: bytes = b"") -> None:
        """Take the end in: `rest` is a last line without its end. Raises ScriptError."""
        if rest and self.is_ours:
            self.held.append(rest)
            self._cut(self.first + len(self.held) - 1)
            return
        self.held += [rest] if rest else []
        self._end()

    def _cut(self, number: int) -> None:
        """Take all in but the last line held, which is that number."""
        del self.held[-1]
        self._end()
        self.first = number + 1
        self._recording.line = number
        self._recording.cut()

    def _end(self) -> None:
        """Parse all that is held; what its last step lacks was cut off there."""
        held = self.held
        reply = self._without_step_cut_off() if self.is_ours else []
        number = self.first + len(self.held)
        try:
            self._parse(last=True)
        except ScriptError:
            self.held = held
            raise
        self.first = number + len(reply)
        if reply:
            self._recording.line = self.first - 1
            self._steps.hear(b"".join(line + b"\r\n" for line in reply))

    def _without_step_cut_off(self) -> list[bytes]:
        """Take the lines of an unfinished reply off, and return them.

        So are comments behind DATA, which would be of the message: its reply is not there.
        """
        held, at = self.held, len(self.held)
        while at and _GOES_ON.match(held[at - 1]):
            at -= 1
        reply, self.held = held[at:], held[:at]
        while at and self.held[at - 1].startswith(b"# "):
            at -= 1
        if at and self.held[at - 1].upper() == b"DATA":
            del self.held[at:]
        return reply

    def _parse(self, *, last: bool) -> None:
        above = [] if self.first == 1 else _AS_WRITTEN
        text = b"".join(line + b"\n" for line in (*above, *self.held))
        offset = self.first - 1 - len(above)
        try:
            # a message that lacks its dot was cut off there
            steps = parse(text, self._name, fragment=self.is_ours).steps
        except ScriptProblems as error:
            if not last and self._octets <= SCRIPT_OCTETS:
                self._due = 2 * self._octets  # what is wrong may be that it ends too early
                return
            if offset <= 0:
                raise
            problem = error.problems[0]
            place = f"{self._name}:{problem.place.line + offset}"
            raise ScriptError(f"{place}: {problem.message}") from None
        upto = len(steps) if last else _parted(steps)
        if not upto:
            self._due = 2 * self._octets  # so that nothing is parsed too often
            return
        self._steps.take(steps[len(above) : upto], offset)
        used = len(self.held) if last else steps[upto].place.line - 1 - len(above)
        self.first += used
        self.held = self.held[used:]
        self._octets = sum(map(len, self.held)) + len(self.held)
        self._due = PART_OCTETS + self._octets


_CUT = CUT_OFF.rstrip("\n").encode()
_ENDED = ENDED.rstrip("\n").encode()
_BEGINNING = HEADER.rstrip("0123456789\n").encode()
_AS_WRITTEN = [b":expand off"]
"""What stands at the beginning of a transcript, and says how all of it is read."""


_GOES_ON = re.compile(rb"[0-9]{3}-")


def _parted(steps: Sequence[Step]) -> int:
    """Return the number of the last step before which steps can be parted, 0 where none is.

    A line that follows a reply begins something new; one that holds a secret does not.
    """
    for number in range(len(steps) - 1, 1, -1):
        before = steps[number - 1]
        if isinstance(steps[number], SmtpLine) and isinstance(before, Expect) and before.server:
            return number
    return 0


def read_text(script: Script) -> Recording:
    """Return the events of a text transcript; it has no times, so all are 0."""
    recording = RecordingBuilder()
    TextSteps(recording).take(script.steps)
    return recording.done()


class TextSteps:
    """Takes the steps of a text transcript as events."""

    def __init__(self, recording: RecordingBuilder) -> None:
        self._recording = recording
        self._on = MAIN
        self._told: re.Match[str] | None = None
        self._via = STRAIGHT

    def take(self, steps: Sequence[Step], offset: int = 0) -> None:
        """Take steps in; `offset` is how many lines the transcript has before theirs."""
        for step in steps:
            self._recording.line = step.place.line + offset
            self._step(step)

    def hear(self, octets: bytes) -> None:
        """Take octets of the server in that are no step."""
        self._recording.on(self._on).octets(octets)

    def _step(self, step: Step) -> None:
        recording, name = self._recording, self._on
        match step:
            case Local(name="on", argument=argument):
                self._on = argument
            case Comment(text=text) if text.startswith("# target "):
                self._told = _TARGET.fullmatch(text)
            case Comment(text=text) if text.startswith(VIA):
                part, _, value = text.removeprefix(VIA).partition(" ")
                if part in Via._fields:
                    self._via = self._via._replace(**{part: value})
            case Comment(text=text):
                _comment(recording.on(name), text)
            case Local(name="connect", argument=argument):
                opened = _opened(self._told, argument)
                recording.opened(name, opened._replace(via=self._via))
                self._via = STRAIGHT
            case Local():
                _local(recording.on(name), step)
            case Expect():
                _expect(recording.on(name), step)
            case _:
                _sent(recording.on(name), step)


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
