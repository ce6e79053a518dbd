"""What a script will do, line by line, before it does it: what is sent, what is expected. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import assert_never

from smtpprobe.protocol.command import first_word
from smtpprobe.protocol.phase import Phase
from smtpprobe.protocol.redact import masked_line
from smtpprobe.script.language.auth_lines import literal, literal_answers, response_of
from smtpprobe.script.language.steps import (
    NO_GROUP,
    Assert,
    Auth,
    BdatChunk,
    BdatFile,
    Body,
    Case,
    Comment,
    DataFile,
    Exact,
    Expect,
    For,
    Group,
    Hold,
    Let,
    Local,
    Mode,
    Place,
    Repeat,
    Retry,
    Script,
    Sending,
    SmtpLine,
    Step,
    walk,
)

IMPLIED = "(implied)"


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One thing that happens, in order; `depth` counts the blocks around it.

    `kind` is one of `case finally local let assert block end greet send hold flush dot reply`,
    `text` the line (credentials masked), `expects` what must come then, in words.
    """

    place: Place
    kind: str
    text: str = ""
    expects: str = ""
    depth: int = 0


def plan(script: Script) -> tuple[PlanLine, ...]:
    """Return what the script will do."""
    planner = _Planner(script)
    planner.block(script.preamble)
    settings = planner.implicit
    for case in script.cases:
        planner.implicit = settings
        planner.case(case)
    return tuple(planner.lines)


@dataclass(slots=True)
class _Planner:
    """Goes through the steps; `greeted` is whether the greeting has been accounted for."""

    script: Script
    lines: list[PlanLine] = field(default_factory=list)
    implicit: bool = True
    greeted: bool = False
    depth: int = 0
    needs: Mapping[Place, Mapping[str, Place]] = field(default_factory=dict)
    secret: set[Place] = field(default_factory=set)

    def case(self, case: Case) -> None:
        self.secret = literal_answers(tuple(walk((*case.steps, *case.last))))
        self.needs = case.needs
        self.greeted = False
        if case.name is not None:
            self._add(case.place, "case", self._source(case.place))
        self.block(case.steps)
        if case.last:
            self._add(case.last[0].place, "finally", "always, if still connected")
            self.block(case.last)

    def block(self, steps: tuple[Step, ...]) -> None:
        """Plan the steps of a case or a block; those under a sending step are shown with it."""
        index = 0
        while index < len(steps):
            step = steps[index]
            under = _under(steps, index)
            self._step(step, steps, index, under)
            index += 1
            while under and index < len(steps) and isinstance(steps[index], Expect | Comment):
                index += 1

    def _step(self, step: Step, steps: Sequence[Step], index: int, under: list[Expect]) -> None:
        match step:
            case Comment():
                pass
            case Expect():
                self._reply(step)
            case Let():
                self._add(step.place, "let", self._source(step.place))
            case Assert():
                self._add(step.place, "assert", self._source(step.place))
            case Local():
                self._local(step)
            case For() | Repeat() | Retry():
                self._add(step.place, "block", self._source(step.place))
                self.depth += 1
                self.block(step.steps)
                self.depth -= 1
            case _:
                rest = steps[index + 1 :]
                message = next((one for one in rest if not isinstance(one, Expect | Comment)), None)
                self._sending(step, under, message)

    def _sending(self, step: Sending, under: list[Expect], message: Step | None) -> None:
        match step:
            case SmtpLine() | BdatChunk():
                self._greeting(step.place)
                self._send(step, under, message)
            case Exact():
                self._add(step.place, "send", self._source(step.place), "waits for no reply")
            case Body():
                self._dot(step, under)
            case Hold():
                self._hold(step, under)
            case DataFile() | BdatFile() | Auth():
                self._greeting(step.place)
                self._add(
                    step.place,
                    "send",
                    self._source(step.place),
                    self._told(under, step.under, "2xx"),
                )
            case _:
                assert_never(step)

    def _local(self, step: Local) -> None:
        if step.name == "implicit":
            self.implicit = step.argument != "off"
        elif step.name in ("connect", "close"):
            self.greeted = False
        self._add(step.place, "local", self._source(step.place))

    def _reply(self, step: Expect) -> None:
        kind = "reply" if self.greeted else "greet"
        self.greeted = True
        self._add(step.place, kind, "", _all_wanted([step]))

    def _greeting(self, place: Place) -> None:
        if not self.greeted and self.implicit:
            self._add(place, "greet", "", f"expects 2xx {IMPLIED}")
        self.greeted = True

    def _send(self, step: SmtpLine | BdatChunk, under: list[Expect], message: Step | None) -> None:
        data = isinstance(step, SmtpLine) and step.is_data
        told = self._told(under, step.under, "354" if data else "2xx or 3xx")
        if isinstance(message, Body) and data:
            first, last = message.place.line, message.place.line + len(message.lines) - 1
            lines = f"lines {first}\N{EN DASH}{last}" if message.lines else "no lines"
            told = f"{told}, then body {lines} and the dot"
        needs = self.needs.get(step.place)
        skip = f"; skipped without {', '.join(needs)}" if needs else ""
        self._add(step.place, "send", self._source(step.place), told + skip)

    def _dot(self, step: Body, under: list[Expect]) -> None:
        place = Place(step.place.line + len(step.lines), 1, step.place.file)
        self._add(place, "dot", ".", self._told(under, step.under, "2xx"))

    def _hold(self, step: Hold, under: list[Expect]) -> None:
        self._greeting(step.place)
        self._add(step.place, "hold", f"{len(step.held)} lines in one write")
        groups = _replies(under)
        self.depth += 1
        for number, held in enumerate(step.held):
            group = groups[number] if number < len(groups) else []
            data = isinstance(held, SmtpLine) and held.is_data
            exact = isinstance(held, Exact)
            implied = "any" if exact else "354" if data else "2xx or 3xx"
            told = self._told(group, NO_GROUP if groups else step.under, implied)
            self._add(held.place, "send", self._source(held.place), told)
        self.depth -= 1
        rest = [one for group in groups[len(step.held) :] for one in group]
        self._add(step.flush, "flush", ":flush", _all_wanted(rest) if rest else "")

    def _told(self, under: Sequence[Expect], group: Group, implied: str) -> str:
        if under:
            return _all_wanted(under)
        if group.last:  # local commands are in between
            return "expects the lines below"
        return f"expects {implied} {IMPLIED}" if self.implicit else "one reply of any kind"

    def _source(self, place: Place) -> str:
        line = self.script.sources[place.file][place.line - 1]
        exact = "> " if line.startswith("> ") else ""
        sent = line.removeprefix(exact)
        auth = first_word(sent) == "AUTH"
        if not (literal(response_of(sent)) if auth else place in self.secret):
            return line
        return exact + masked_line(sent, Phase.CONNECTED if auth else Phase.AUTH)

    def _add(self, place: Place, kind: str, text: str, expects: str = "") -> None:
        self.lines.append(PlanLine(place, kind, text, expects, self.depth))


def _under(steps: Sequence[Step], index: int) -> list[Expect]:
    """Return the expectations directly under a step that takes replies."""
    if not isinstance(
        steps[index], SmtpLine | BdatChunk | Body | Hold | DataFile | BdatFile | Auth
    ):
        return []
    found: list[Expect] = []
    for step in steps[index + 1 :]:
        if isinstance(step, Expect):
            found.append(step)
        elif not isinstance(step, Comment):
            break
    return found


def _replies(under: Sequence[Expect]) -> list[list[Expect]]:
    """Return expectations by the reply that they are about."""
    groups: list[list[Expect]] = []
    for expect in under:
        if expect.mode is Mode.SOFT and groups:
            groups[-1].append(expect)
        else:
            groups.append([expect])
    return groups


def _all_wanted(under: Sequence[Expect]) -> str:
    expects = "expects " if under[0].mode is Mode.MUST else ""
    return expects + "; ".join(map(_wanted, under))


def _wanted(expect: Expect) -> str:
    """Return an expectation in words; what it says is as written."""
    wanted = expect.template.lstrip("<~?*").strip(" \t") if expect.template else expect.wanted
    lines = f" and {len(expect.replies)} lines of text" if expect.replies else ""
    match expect.mode:
        case Mode.MUST:
            return wanted + lines
        case Mode.SOFT:
            return f"warns unless {wanted}{lines}"
        case Mode.MAY:
            return f"optional: {wanted}{lines}"
        case Mode.ANY:
            return f"any number of {wanted}{lines}"
        case _:
            assert_never(expect.mode)
