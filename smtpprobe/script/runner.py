"""Runs a script's steps on a client, in lock-step, and says of each expectation how it went.

A command waits for the replies due before it, is sent, and takes one reply. A reply that nobody
expected fails the next step. Every wait has a limit; nothing is ever asked of a person.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import assert_never

from smtpprobe.client import Client
from smtpprobe.errors import LookupFailed, NoMailService, ProbeError
from smtpprobe.exits import ExitStatus
from smtpprobe.protocol.command import Command, Kind, body, exact_line, read_line
from smtpprobe.protocol.phase import Phase
from smtpprobe.protocol.quantities import parse_duration, written_duration
from smtpprobe.protocol.session import line_phase, replies_owed
from smtpprobe.protocol.target import Target, parse_target
from smtpprobe.script import expecting
from smtpprobe.script.expecting import Expecting
from smtpprobe.script.handshakes import Handshakes
from smtpprobe.script.inbox import Inbox
from smtpprobe.script.ledger import Ledger, Stop, last_line
from smtpprobe.script.octets import open_body, raw_command
from smtpprobe.script.problem import Mark
from smtpprobe.script.results import ScriptResult
from smtpprobe.script.run_values import RunValues
from smtpprobe.script.sending import moving
from smtpprobe.script.steps import (
    BdatChunk,
    Body,
    Codes,
    Comment,
    Exact,
    Expect,
    Local,
    Place,
    Script,
    Step,
    Wire,
    acts,
    name_of,
)
from smtpprobe.script.values import BadValueError, read_string

REPLY_LIMIT = 30.0
"""Seconds for a reply after the greeting, unless said otherwise."""


@dataclass(frozen=True, slots=True)
class RunSettings:
    """How scripts are run. `target` is the one given from outside; `client` the EHLO name.

    `timeout` limits the wait for a reply in seconds. `secrets` gives the values of `:secret`.
    `fragment` runs lines inside an open session: no connection is made or closed, nothing is
    implied of the replies, and a message that is refused stops it.
    """

    client: str = "localhost"
    target: Target | None = None
    timeout: float | None = REPLY_LIMIT
    secrets: Mapping[str, str] = field(default_factory=dict)
    fragment: bool = False


class Runner:
    """One run of one script on a client. `on_echo` is told the texts of `:echo`."""

    def __init__(
        self,
        client: Client,
        script: Script,
        settings: RunSettings,
        on_echo: Callable[[str], None] = lambda _text: None,
    ) -> None:
        self._client = client
        self._script = script
        self._settings = settings
        self._on_echo = on_echo
        self._inbox = Inbox(client)
        self._ledger = Ledger(script, asyncio.get_running_loop().time)
        implying = not settings.fragment
        self._expecting = Expecting(
            client, self._inbox, self._ledger, settings.timeout, implying=implying
        )
        self._values = RunValues(client, settings.client, settings.target, settings.secrets)
        self._opened = settings.fragment
        self._connects = 0
        self._owed_after: dict[int, tuple[Body | BdatChunk | Wire, int]] = {}
        self._handshakes = Handshakes(self._inbox, self._ledger)
        self._unread: tuple[str, ...] = ()
        self._place = Place(1)

    def result(self) -> ScriptResult:
        """Return what the run gave, so far if it is still going on."""
        return self._ledger.result(self._unread)

    async def run(self) -> ScriptResult:
        """Run all steps, or up to the first that fails; return what they gave."""
        try:
            await self._steps()
        except Stop:
            pass
        except asyncio.CancelledError:
            self._ledger.cut_short(self._place)
            raise
        finally:
            self._unread = tuple(last_line(one) for one in self._inbox.exchanges())
            self._inbox.leave()
            if not self._settings.fragment:
                self._client.abort()
        return self.result()

    async def _steps(self) -> None:
        steps = self._script.steps
        if not self._settings.fragment and not any(map(acts, steps)):
            self._ledger.ended("N01", "script is empty", Place(1), ExitStatus.NOTHING_CHECKED)
        index = 0
        while index < len(steps):
            step = steps[index]
            self._place = step.place
            try:
                index = await self._step(index, step)
            except ProbeError as error:
                self._handshakes.look(step.place)
                if error.status is ExitStatus.CANNOT_TELL:
                    self._expecting.still_open(step.place, name_of(step))
                self._ledger.ended("T07", error.message, step.place, error.status, help_=error.hint)
        self._handshakes.look(Place(len(self._script.source) or 1))

    async def _step(self, index: int, step: Step) -> int:
        """Run one step; return the index of the next."""
        match step:
            case Comment():
                pass
            case Local():
                await self._local(step)
            case Expect():
                await self._ready(step)
                await self._expecting.expect(step)
                await self._replies_still_owed(index)
            case Exact():
                await self._exact(step)
            case Wire() | BdatChunk():
                await self._command(index, step)
            case Body():
                return await self._body(index, step)
            case _:
                assert_never(step)
        return index + 1

    async def _exact(self, step: Exact) -> None:
        await self._ready(step)
        self._expecting.nothing_unexpected(step.place, name_of(step), unasked_only=True)
        text = self._values.free(step.text)
        await self._out(exact_line(text, line_phase(self._client.state, text)))

    async def _command(self, index: int, step: Wire | BdatChunk) -> None:
        await self._ready(step)
        await self._expecting.settled(step.place, name_of(step))
        text = self._strict(step.text, step.place)
        command = read_line(text, self._client.state.phase)
        if command.verb == "STARTTLS":
            self._handshakes.begins(step.place)
        replies = replies_owed(self._client.state, command)
        await self._out(command)
        if isinstance(step, BdatChunk) and step.octets:
            await self._out(Command(step.octets, Kind.BODY))
        is_data = isinstance(step, Wire) and step.is_data
        await self._imply(index, step, expecting.DATA if is_data else expecting.COMMAND, replies)

    async def _body(self, index: int, step: Body) -> int:
        if self._client.state.phase is not Phase.DATA:
            return self._without_body(index, step)
        lines = [self._values.free(line) for line in step.lines]
        if not step.ended:
            await self._out(open_body(tuple(lines)))
            return index + 1
        command = body(lines)
        replies = replies_owed(self._client.state, command)
        await self._out(command)
        await self._imply(index, step, expecting.MESSAGE, replies)
        return index + 1

    def _without_body(self, index: int, step: Body) -> int:
        """Leave out a message that the server does not want, with the expectations under it."""
        place = Place(max(1, step.place.line - 1))
        if self._settings.fragment:
            taken = self._expecting.taken
            message = "DATA got no 354: the message is not sent"
            self._ledger.failed("F02", message, place, expect="354", exchange=taken)
        self._ledger.notes.append(f"line {step.place.line}: no 354, so the message was not sent")
        return index + 1 + self._expectations_after(index)[1]

    async def _out(self, command: Command) -> None:
        self._expecting.sent()
        if await moving(self._client, command, self._expecting.limit):
            return
        if left := self._client.unsent_octets:
            limit = written_duration(self._expecting.limit or 0.0)
            message = f"the server takes nothing more: for {limit} {left} octets wait to be sent"
            self._ledger.ended("T05", message, self._place)
        self._expecting.timed_out(self._place, command.verb)

    async def _imply(
        self, index: int, step: Body | BdatChunk | Wire, codes: Codes, replies: int
    ) -> None:
        """Check the replies to what was sent for which no expectation is written."""
        written, last = self._expectations_after(index)
        if last:
            if replies > max(written, 1):
                self._owed_after[index + last] = (step, replies - max(written, 1))
            return
        for _ in range(replies):
            await self._expecting.implied(codes, step.place, _width(step))

    async def _replies_still_owed(self, index: int) -> None:
        step, replies = self._owed_after.pop(index, (None, 0))
        for _ in range(replies):
            assert step is not None
            await self._expecting.implied(expecting.MESSAGE, step.place, _width(step))

    def _expectations_after(self, index: int) -> tuple[int, int]:
        """Count the hard expectations under a step, and the steps down to the last of any kind."""
        hard = last = 0
        for at in range(index + 1, len(self._script.steps)):
            step = self._script.steps[at]
            if isinstance(step, Comment):
                continue
            if not isinstance(step, Expect):
                break
            last = at - index
            hard += not step.soft
        return hard, last

    async def _ready(self, step: Step) -> None:
        """See that there is a connection, opening the first one."""
        if not self._opened:
            target = self._settings.target
            assert target is not None, "checked before the run"
            await self._connect(target, step.place)
        self._handshakes.look(step.place)
        if not isinstance(step, Expect) and self._client.state.phase is Phase.CLOSED:
            self._expecting.nothing_unexpected(step.place, name_of(step))
            self._expecting.still_open(step.place, name_of(step))

    def _strict(self, text: str, place: Place) -> str:
        for found in self._values.missing(text):
            label = "the target is a host, not a domain" if found.name == "domain" else ""
            mark = Mark(place.line, found.column, found.width, label)
            message = f'variable "{found.name}" has no value'
            self._ledger.ended("P07", message, place, ExitStatus.SCRIPT_UNREADABLE, marks=(mark,))
        try:
            return self._values.line(text)
        except BadValueError as error:
            self._ledger.failed("F11", f"not sent: {error}", place)
            raise

    async def _local(self, step: Local) -> None:
        argument = step.argument
        match step.name:
            case "connect" | "close" | "tls" | "raw":
                await self._local_on_connection(step)
            case "sleep":
                await asyncio.sleep(parse_duration(argument))
            case "echo":
                self._on_echo(self._values.always(argument))
            case _:
                self._setting(step.name, argument)

    def _setting(self, name: str, argument: str) -> None:
        match name:
            case "timeout":
                self._expecting.limit = parse_duration(argument)
            case "title":
                self._ledger.title = read_string(argument).decode("utf-8", "replace")
            case "expand":
                self._values.expanding = argument == "on"
            case "implicit":
                self._expecting.implying = argument == "on"
            case "secret":
                self._values.reveal(argument)
            case _:
                raise AssertionError(name)

    async def _local_on_connection(self, step: Local) -> None:
        match step.name, step.argument:
            case "connect", argument:
                await self._connect(self._target_of(argument, step.place), step.place)
            case "close", _:
                await self._client.close()
                self._inbox.clear()
            case "tls", "on":
                await self._ready(step)
                await self._expecting.settled(step.place, name_of(step))
                self._handshakes.begins(step.place)
                await self._client.secure()
            case "tls", argument:
                verify = argument == "verify on"
                self._client.options = replace(self._client.options, verify=verify)
            case _, argument:
                await self._ready(step)
                octets = read_string(self._values.always(argument))
                await self._out(raw_command(octets, self._client.state.phase))

    def _target_of(self, argument: str, place: Place) -> Target:
        """Return whom `:connect` means; a target given from outside goes before the first one."""
        given = self._settings.target
        if argument and given is not None and not self._connects:
            self._ledger.notes.append(f":connect {argument} (line {place.line}): {given} is used")
            return given
        if argument:
            return parse_target(self._values.always(argument))
        target = self._client.state.target or given
        assert target is not None, "checked before the run"
        return target

    async def _connect(self, target: Target, place: Place) -> None:
        await self._client.close()
        self._inbox.clear()
        self._opened = True
        self._connects += 1
        try:
            await self._client.open(target)
        except ProbeError as error:
            id_ = _CONNECT_IDS.get(type(error), "T02")
            self._ledger.ended(id_, error.message, place, error.status, help_=error.hint)
        state = self._client.state
        self._ledger.peer = f"{state.host}:{state.port}" if state.port else state.host
        self._expecting.greeting_due = True


_CONNECT_IDS: dict[type[ProbeError], str] = {LookupFailed: "T01", NoMailService: "N03"}


async def run_fragment(
    client: Client,
    script: Script,
    settings: RunSettings,
    on_echo: Callable[[str], None] = lambda _text: None,
) -> ScriptResult:
    """Run pasted lines inside an open session; stops at the first miss, leaves the session open.

    `settings.fragment` is set here; `result.stopped` and `result.not_sent` tell where it ended.
    """
    inside = replace(settings, fragment=True)
    return await Runner(client, script, inside, on_echo).run()


def _width(step: Body | BdatChunk | Wire) -> int:
    return 1 if isinstance(step, Body) else max(1, len(step.text))
