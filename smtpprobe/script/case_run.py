"""Runs the steps of one case, in lock-step, and says of each expectation how it went.

A command waits for the replies due before it, is sent, and takes one reply. A reply that nobody
expected fails the next step. Every wait has a limit; nothing is ever asked of a person.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import assert_never

from smtpprobe.client import Client
from smtpprobe.errors import ProbeError, UsageError
from smtpprobe.exits import ExitStatus
from smtpprobe.net import clock
from smtpprobe.protocol.command import Command, Kind, body, exact_line, read_line
from smtpprobe.protocol.phase import Phase
from smtpprobe.protocol.quantities import parse_duration
from smtpprobe.protocol.session import line_phase, replies_owed
from smtpprobe.protocol.target import Target, parse_target
from smtpprobe.script import expecting, transfers
from smtpprobe.script.assertion import Assertion, holds, read_assertion
from smtpprobe.script.connection import Connection
from smtpprobe.script.expectation import read_expectation
from smtpprobe.script.expected_reply import Codes, Nothing, ReplyText, TookTooLong
from smtpprobe.script.expecting import Manner
from smtpprobe.script.ledger import Ledger, Stop
from smtpprobe.script.local_names import argument_fault
from smtpprobe.script.octets import open_body, raw_command
from smtpprobe.script.problem import Mark, Problem
from smtpprobe.script.results import CaseResult
from smtpprobe.script.scope import Scope, Unknowable, Unset
from smtpprobe.script.settings import RunSettings
from smtpprobe.script.sides import connected, side
from smtpprobe.script.steps import (
    Assert,
    Auth,
    BdatChunk,
    BdatFile,
    Block,
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
    Place,
    Repeat,
    Retry,
    Step,
    Wire,
    acts,
    name_of,
)
from smtpprobe.script.values import BadValueError, read_string

EMPTY = Case(None, Place(1), ())
MAIN = "main"
"""The name by which `:on` goes back to the connection of the beginning."""


@dataclass(slots=True)
class _Owed:
    """Replies that no written expectation takes, due after the expectation that stands last."""

    place: Place
    width: int
    codes: tuple[Codes, ...]


class CaseRun:
    """One run of one case.

    `new_client` makes the client of a connection named by `:on`, `on_echo` is told the texts of
    `:echo`.
    """

    def __init__(
        self,
        client: Client,
        settings: RunSettings,
        new_client: Callable[[str], Client],
        on_echo: Callable[[str], None],
        lines: Mapping[str, Sequence[str]],
    ) -> None:
        self._settings = settings
        self._new_client = new_client
        self._on_echo = on_echo
        self._lines = lines
        self._ledger = Ledger(asyncio.get_running_loop().time)
        self._ledger.going_on = settings.going_on
        self._manner = Manner(
            settings.timeout, implying=not settings.fragment, texts=settings.texts
        )
        self._scope = Scope(settings.outside, self._fact, settings.secrets)
        self._connections: dict[str, Connection] = {}
        self._verify: bool | None = None
        self._at = self._connection(MAIN, client)
        self._connects = 0
        self._case = EMPTY
        self._place = Place(1)
        self._owed: dict[int, _Owed] = {}
        self._leave: tuple[str, ...] | None = None
        self.title = ""

    def result(self, wire: tuple[str, ...] = ()) -> CaseResult:
        """Return what the run gave, so far if it is still going on."""
        return self._ledger.result(self._case.name, self._leave or (), wire)

    async def run(self, preamble: Sequence[Step], case: Case) -> None:
        """Run the settings before all cases, then the case, or up to what ends it."""
        self._case, self._place = case, case.place
        try:
            await self._guarded(preamble)
            if self._settings.fragment or any(map(acts, (*preamble, *case.steps, *case.last))):
                await self._guarded(case.steps)
                await self._finally(case.last)
            else:
                self._nothing_to_do(case)
            self._late()
        except asyncio.CancelledError:
            self._ledger.cut_short(self._place)
            raise
        finally:
            self._leave_all()

    def _leave_all(self) -> None:
        unread: list[str] = []
        for connection in self._connections.values():
            unread += connection.leave()
            if not self._settings.fragment or connection.name:
                connection.client.abort()
        self._leave = tuple(unread)

    def _nothing_to_do(self, case: Case) -> None:
        try:
            what = "script" if case.name is None else "case"
            status = ExitStatus.NOTHING_CHECKED
            self._ledger.ended("N01", f"{what} is empty", case.place, status)
        except Stop:
            pass

    def _late(self) -> None:
        """See whether all took too long."""
        limits, seconds = self._settings.time, self._ledger.seconds
        for limit, soft in ((limits.failure, False), (limits.warning, True)):
            if limit is not None and seconds > limit:
                message = f"total time {seconds:.1f}s, limit {limit:g}s"
                try:
                    self._ledger.failed("F13", message, self._case.place, soft=soft)
                except Stop:
                    pass
                return

    async def _guarded(self, steps: Sequence[Step]) -> bool:
        """Run steps; return whether nothing ended the case."""
        try:
            await self._steps(steps)
            self._at.handshakes.look(self._place)
        except Stop:
            return False
        return True

    async def _finally(self, steps: Sequence[Step]) -> None:
        if steps and self._at.client.state.phase is not Phase.CLOSED:
            self._at.inbox.clear()
            await self._guarded(steps)

    async def _steps(self, steps: Sequence[Step]) -> None:
        index = 0
        while index < len(steps):
            step = steps[index]
            self._place = step.place
            try:
                index = await self._step(steps, index, step)
            except ProbeError as error:
                self._at.handshakes.look(step.place)
                if error.status is ExitStatus.CANNOT_TELL:
                    self._at.expecting.still_open(step.place, name_of(step))
                self._ledger.ended("T07", error.message, step.place, error.status, help_=error.hint)
            except Unknowable as unknown:
                self._ledger.ended("T06", f"cannot tell: {unknown}", step.place)
            except OSError as error:
                self._ledger.ended("T07", f"I/O error: {error.strerror or error}", step.place)

    async def _step(self, steps: Sequence[Step], index: int, step: Step) -> int:
        """Run one step; return the index of the next."""
        match step:
            case Comment():
                pass
            case Wire() | BdatChunk():
                await self._command(index, step)
            case Expect():
                await self._ready(step, waits=_waits(step))
                await self._expect(step)
                await self._still_owed(index)
            case Body():
                return await self._body(index, step)
            case For() | Repeat() | Retry():
                await self._block(step)
            case Let(name=name, text=text):
                self._scope.let(name, text)
            case Assert():
                await self._assert(step)
            case Local():
                await self._local(steps, index, step)
            case Exact():
                await self._exact(step)
            case Hold():
                await self._hold(index, step)
            case DataFile() | BdatFile() | Auth():
                return await self._transfer(index, step)
            case _:
                assert_never(step)
        return index + 1

    # -- what is sent

    async def _exact(self, step: Exact) -> None:
        at = await self._ready(step, waits=False)
        at.expecting.nothing_unexpected(step.place, name_of(step), unasked_only=True)
        text = self._scope.free(step.text)
        await at.out(exact_line(text, line_phase(at.client.state, text)), step.place)

    async def _command(self, index: int, step: Wire | BdatChunk) -> None:
        at = await self._ready(step)
        await at.expecting.settled(step.place, name_of(step))
        text = self._strict(step.text, step.place)
        if text is None:
            return
        command = read_line(text, at.client.state.phase)
        if command.verb == "STARTTLS":
            at.handshakes.begins(step.place, judged=isinstance(step, Wire) and step.judged)
        self._needs(at, command, step.place)
        replies = replies_owed(at.client.state, command)
        await at.out(command, step.place)
        if isinstance(step, BdatChunk) and step.octets:
            await at.out(Command(step.octets, Kind.BODY), step.place)
        is_data = isinstance(step, Wire) and step.is_data
        await self._imply(
            index, step, (expecting.DATA if is_data else expecting.COMMAND,) * replies
        )

    async def _hold(self, index: int, step: Hold) -> None:
        at = await self._ready(step)
        await at.expecting.settled(step.place, name_of(step))
        commands: list[Command] = []
        codes: list[Codes] = []
        for one in step.held:
            exact = isinstance(one, Exact)
            text = self._scope.free(one.text) if exact else self._strict(one.text, one.place)
            if text is None:
                return
            phase = Phase.CONNECTED
            command = exact_line(text, phase) if exact else read_line(text, phase)
            commands.append(command)
            if isinstance(one, BdatChunk) and one.octets:
                commands.append(Command(one.octets, Kind.BODY))
            if not exact:
                is_data = isinstance(one, Wire) and one.is_data
                codes.append(expecting.DATA if is_data else expecting.COMMAND)
                self._needs(at, command, one.place)
        at.handshakes.begins(step.place, judged=step.judged)
        await at.out_together(commands, step.place)
        await self._imply(index, step, tuple(codes))

    def _needs(self, at: Connection, command: Command, place: Place) -> None:
        keywords = self._case.needs.get(place)
        if keywords:
            at.needed.append((command, dict.fromkeys(keywords, place)))

    async def _body(self, index: int, step: Body) -> int:
        at = self._at
        if at.client.state.phase is not Phase.DATA:
            return self._without_body(index, step)
        lines = [self._scope.free(line) for line in step.lines]
        if not step.ended:
            await at.out(open_body(tuple(lines)), step.place)
            return index + 1
        command = body(lines)
        replies = replies_owed(at.client.state, command)
        await at.out(command, step.place)
        await self._imply(index, step, (expecting.MESSAGE,) * replies)
        return index + 1

    def _without_body(self, index: int, step: Body) -> int:
        """Leave out a message that the server does not want, with the expectations under it."""
        place = replace(step.place, line=max(1, step.place.line - 1))
        if self._settings.fragment:
            taken = self._at.expecting.taken
            message = "DATA got no 354: the message is not sent"
            self._ledger.failed("F02", message, place, expect="354", exchange=taken)
        self._ledger.notes.append(f"line {step.place.line}: no 354, so the message was not sent")
        return index + 1 + step.under.last

    async def _transfer(self, index: int, step: DataFile | BdatFile | Auth) -> int:
        at = await self._ready(step)
        await at.expecting.settled(step.place, name_of(step))
        match step:
            case DataFile():
                octets = transfers.message_of(step, self._found(step))
                replies = replies_owed(at.client.state, body([]))
                owed = await transfers.send_data(at, step, octets)
                codes = expecting.MESSAGE
            case BdatFile():
                octets = transfers.octets_of(self._found(step))
                replies = replies_owed(at.client.state, read_line("BDAT 0 LAST", Phase.RCPT))
                owed = await transfers.send_chunks(at, step, octets)
                codes = expecting.MESSAGE
            case Auth():
                user, password = self._scope.line(step.user), self._scope.value("password")
                await transfers.log_in(at, step, user, password)
                replies, owed, codes = 1, True, expecting.LOGIN
            case _:
                assert_never(step)
        if not owed:
            return index + 1 + step.under.last
        await self._imply(index, step, (codes,) * replies)
        return index + 1

    def _found(self, step: DataFile | BdatFile) -> str:
        path = self._scope.line(step.path)
        library = self._settings.library
        return path if library is None else library.find(path, step.place.file)

    # -- what is expected

    async def _expect(self, step: Expect) -> None:
        written = ""
        if step.template:
            try:
                written = self._scope.words(step.template)
            except Unset as unset:
                self._ledger.failed("F11", f"not sent: {unset}", step.place)
                return
            found = read_expectation(written, step.place, self._settings.compile_regex)
            if isinstance(found, Problem):
                self._ledger.ended(
                    found.id, found.message, step.place, ExitStatus.SCRIPT_UNREADABLE
                )
            step = replace(found, replies=step.replies)
        if step.replies:
            step = replace(step, replies=tuple(self._reply_text(one) for one in step.replies))
        await self._at.expecting.expect(step, written)

    def _reply_text(self, wanted: ReplyText) -> ReplyText:
        if wanted.start is None or "{{" not in wanted.start:
            return wanted
        return replace(wanted, start=self._scope.line(wanted.start))

    async def _imply(
        self,
        index: int,
        step: Wire | BdatChunk | Body | Hold | DataFile | BdatFile | Auth,
        codes: tuple[Codes, ...],
    ) -> None:
        """Check the replies to what was sent for which no expectation is written."""
        under: Group = step.under
        owed = _Owed(step.place, _width(step), codes[max(under.taking, 1) if under.last else 0 :])
        if not owed.codes:
            return
        if under.last:
            self._owed[index + under.last] = owed
        else:
            await self._take_owed(owed)

    async def _still_owed(self, index: int) -> None:
        if self._owed and (owed := self._owed.pop(index, None)) is not None:
            await self._take_owed(owed)

    async def _take_owed(self, owed: _Owed) -> None:
        for codes in owed.codes:
            await self._at.expecting.implied(codes, owed.place, owed.width)

    # -- blocks

    async def _block(self, step: Block) -> None:
        outer, self._owed = self._owed, {}
        try:
            match step:
                case For(name=name, words=words):
                    for word in words:
                        self._scope.set(name, self._scope.line(word))
                        await self._steps(step.steps)
                case Repeat(times=times):
                    for _ in range(times):
                        await self._steps(step.steps)
                case Retry():
                    await self._retry(step)
        finally:
            self._owed = outer

    async def _retry(self, step: Retry) -> None:
        """Run the steps until all goes well; only the last attempt counts."""
        for left in range(step.times - 1, -1, -1):
            mark = self._ledger.bookmark()
            try:
                self._owed = {}
                await self._steps(step.steps)
                if self._ledger.all_well_since(mark) or not left:
                    return
            except Stop:
                if not left or self._ledger.is_skipped:
                    raise
            attempt = step.times - left
            why = self._ledger.back_to(mark)
            self._ledger.notes.append(
                f"line {step.place.line}: attempt {attempt} of {step.times} failed: {why}"
            )
            await asyncio.sleep(step.every)

    # -- assertions

    async def _assert(self, step: Assert) -> None:
        at = self._at
        if step.assertion.side.startswith(("reply.", "ehlo.", "last.")) and not at.opened:
            await self._ready(step)
        at.handshakes.look(step.place)
        text = self._scope.words(step.text)
        assertion = step.assertion
        if text != step.text or assertion.operator:
            assertion = read_assertion(text, self._settings.compile_regex)
        self._judge(step, assertion, text)

    def _judge(self, step: Assert, assertion: Assertion, text: str) -> None:
        try:
            value = self._scope.value(assertion.side)
            if holds(assertion, value):
                self._ledger.held(step.place, text, value)
                return
            came = value.replace("\n", " ") or "empty"
            message = f"assert failed: {assertion.side} is {came}"
        except Unset as unset:
            message = f"assert failed: {unset}"
        except Unknowable as unknown:
            self._ledger.ended(
                "T06", f"cannot tell: {assertion.side} is unknown: {unknown}", step.place
            )
        except TookTooLong:
            message = f"{assertion.value} took longer than 100 ms on this text: not matched"
            self._ledger.failed("F14", message, step.place, expect=text, soft=assertion.soft)
            return
        mark = Mark(step.place.line, step.column, len(step.text), file=step.place.file)
        self._ledger.failed(
            "F12", message, step.place, expect=text, marks=(mark,), soft=assertion.soft,
            help_=self._why(assertion),
        )  # fmt: skip

    def _why(self, assertion: Assertion) -> tuple[str, ...]:
        """Return what the handshake itself says, where an assertion on it misses."""
        secured = self._at.handshakes.latest
        if not assertion.about_tls or secured is None:
            return ()
        tls = secured.tls
        told = (tls.reason, *((tls.verdict.reason, tls.verdict.name_reason) if tls.chain else ()))
        return tuple(dict.fromkeys(f"the handshake: {text}" for text in told if text))

    # -- local commands

    async def _local(self, steps: Sequence[Step], index: int, step: Local) -> None:
        argument = step.argument
        if "{{" in argument and step.name != "echo":
            argument = self._scope.line(argument)
            if fault := argument_fault(step.name, argument):
                raise UsageError(f":{step.name} {argument}: {fault}")
        match step.name:
            case "connect":
                self._connects += 1
                target = self._target_of(argument, step.place)
                greeted = _waits_next(steps, index + 1)
                await self._at.open(target, step.place, greeted=greeted, judged=step.judged)
            case "close":
                await self._at.close()
            case "shutdown":
                await self._ready(step)
                self._at.client.shut_down()
            case "tls":
                await self._tls(step, argument)
            case "raw":
                at = await self._ready(step, waits=False)
                octets = read_string(argument)
                await at.out(raw_command(octets, at.client.state.phase), step.place)
            case "sleep":
                await asyncio.sleep(parse_duration(argument))
            case "echo":
                self._on_echo(self._scope.shown(argument))
            case "on":
                self._switch(argument)
            case _:
                self._setting(step.name, argument)

    def _setting(self, name: str, argument: str) -> None:
        match name:
            case "timeout":
                self._manner.limit = parse_duration(argument)
            case "grace":
                self._manner.grace = parse_duration(argument)
            case "title":
                self.title = read_string(argument).decode("utf-8", "replace")
            case "expand":
                self._scope.expanding = argument == "on"
            case "implicit":
                self._manner.implying = argument == "on"
            case "continue":
                self._ledger.going_on = argument == "on"
            case "secret":
                self._scope.reveal(argument)
            case _:
                raise AssertionError(name)

    async def _tls(self, step: Local, argument: str) -> None:
        if argument != "on":
            self._verify = argument == "verify on"
            for connection in self._connections.values():
                self._verifying(connection.client)
            return
        at = await self._ready(step)
        await at.expecting.settled(step.place, name_of(step))
        at.handshakes.begins(step.place, judged=step.judged)
        await at.client.secure()

    def _verifying(self, client: Client) -> None:
        if self._verify is not None:
            client.options = replace(client.options, verify=self._verify)

    def _switch(self, name: str) -> None:
        found = self._connections.get(name)
        if found is None:
            found = self._connection(name, self._new_client(name))
            self._verifying(found.client)
        self._at = found
        self._ledger.connection = found.name

    def _connection(self, name: str, client: Client) -> Connection:
        found = Connection(
            "" if name == MAIN else name, client, self._ledger, self._manner,
            capture=self._scope.capture, now=clock.now, days=self._settings.days,
        )  # fmt: skip
        self._connections[name] = found
        return found

    # -- connecting

    async def _ready(self, step: Step, *, waits: bool = True) -> Connection:
        """See that there is a connection, opening the first one; `waits`: for a greeting."""
        at = self._at
        if not at.opened:
            target = self._settings.target or self._connections[MAIN].client.state.target
            assert target is not None, "checked before the run"
            await at.open(target, step.place, greeted=waits, judged=False)
        at.handshakes.look(step.place)
        if not isinstance(step, Expect) and at.client.state.phase is Phase.CLOSED:
            at.expecting.nothing_unexpected(step.place, name_of(step))
            at.expecting.still_open(step.place, name_of(step))
        return at

    def _target_of(self, argument: str, place: Place) -> Target:
        """Return whom `:connect` means; a target given from outside goes before the first one."""
        given = self._settings.target
        if argument and given is not None and self._connects == 1:
            self._ledger.notes.append(f":connect {argument} (line {place.line}): {given} is used")
            return given
        if argument:
            return parse_target(argument)
        target = self._at.client.state.target or given
        assert target is not None, "checked before the run"
        return target

    # -- values

    def _strict(self, text: str, place: Place) -> str | None:
        """Return a line with its values; None when one is missing and the case goes on."""
        if "{{" not in text:
            return text
        try:
            return self._scope.line(text)
        except Unset as unset:
            if "domain" in str(unset):
                self._ledger.ended("P07", str(unset), place, ExitStatus.SCRIPT_UNREADABLE)
            self._ledger.failed("F11", f"not sent: {unset}", place)
        except BadValueError as error:
            self._ledger.failed("F11", f"not sent: {error}", place)
        return None

    def _fact(self, name: str) -> str:
        """Return what is connected, of the run or of the session; raises KeyError for others."""
        settings = self._settings
        own = {"client": settings.client, "run.id": settings.identity.id,
               "run.date": settings.identity.date}  # fmt: skip
        if name in own:
            return own[name]
        if "." in name:
            return side(name, self._at.view)
        if name == "domain" and settings.target is not None and settings.target.domain:
            return settings.target.domain
        return connected(name, self._at.client.state)


def _waits(step: Expect) -> bool:
    return not isinstance(step.what, Nothing)


def _waits_next(steps: Sequence[Step], index: int) -> bool:
    """Tell whether the greeting may be waited for: nothing is to be sent or seen before it."""
    for step in steps[index:]:
        if isinstance(step, Exact) or (isinstance(step, Local) and step.name == "raw"):
            return False
        if isinstance(step, Expect):
            return _waits(step)
        if acts(step):
            return True
    return True


def _width(step: Step) -> int:
    match step:
        case Wire(text=text) | BdatChunk(text=text):
            return max(1, len(text))
        case _:
            return 1
