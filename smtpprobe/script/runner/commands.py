"""Local commands and assertions, as a case comes to them."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from smtpprobe.errors import UsageError
from smtpprobe.protocol.command import raw_command
from smtpprobe.protocol.phase import Phase
from smtpprobe.protocol.units import parse_duration, parse_limit
from smtpprobe.script.language.assertion import Assertion, holds, read_assertion
from smtpprobe.script.language.commands import argument_fault
from smtpprobe.script.language.matchers import Nothing, TookTooLong
from smtpprobe.script.language.problem import Mark
from smtpprobe.script.language.steps import Assert, Exact, Expect, Local, Step, acts
from smtpprobe.script.language.values import read_string
from smtpprobe.script.results.reason import Reason
from smtpprobe.script.runner.case_state import CaseState
from smtpprobe.script.runner.variables import Unknowable, Unset

_LEAVING = ("connect", "close", "on")
"""What goes on without the connection in use: how a handshake on it went is told before."""


async def run_local(state: CaseState, rest: Sequence[Step], step: Local) -> None:
    """Run a local command; `rest` are the steps below it."""
    argument = step.argument
    if "{{" in argument and step.name != "echo":
        argument = state.scope.line(argument)
        if fault := argument_fault(step.name, argument):
            raise UsageError(f":{step.name} {argument}: {fault}")
    if step.name in _LEAVING:
        state.at.handshakes.look(step.place)
    match step.name:
        case "connect":
            greeted = _greeting_first(rest)
            await state.connect(argument, step.place, greeted=greeted, judged=step.judged)
        case "close":
            await state.at.close()
        case "shutdown":
            (await state.ready(step)).client.shut_down()
        case "tls":
            await _tls(state, step, argument)
        case "raw":
            at = await state.ready(step, waits=False)
            command = raw_command(read_string(argument), at.client.state.phase)
            at.expecting.at_once.sent(command, ":raw", step.place)
            at.handshakes.asks(command)
            await at.out(command, step.place)
        case "sleep":
            await asyncio.sleep(parse_duration(argument))
        case _:
            _setting(state, step.name, argument)


def _setting(state: CaseState, name: str, argument: str) -> None:
    match name:
        case "timeout":
            state.manner.limit = parse_limit(argument)
        case "grace":
            state.manner.grace = parse_duration(argument)
        case "title":
            state.title = read_string(argument).decode("utf-8", "replace")
        case "expand":
            state.scope.expanding = argument == "on"
        case "implicit":
            state.manner.implying = argument == "on"
        case "continue":
            state.ledger.going_on = argument == "on"
        case "secret":
            state.scope.reveal(argument)
        case "echo":
            text = state.scope.shown(argument)
            state.ledger.echoes.append(text)
            state.echo(text)
        case "on":
            state.switch(argument)
        case _:
            raise AssertionError(name)


async def _tls(state: CaseState, step: Local, argument: str) -> None:
    if argument != "on":
        state.verify(argument == "verify on")
        return
    at = await state.ready(step, waits=False)
    if at.client.state.phase is not Phase.GREETING:
        await at.expecting.settled(step)
    at.handshakes.begins(step.place, judged=step.judged)
    await at.client.secure()


def expects_silence(step: Expect) -> bool:
    """Tell whether nothing is to come, so that a greeting is not waited for either."""
    return isinstance(step.what, Nothing)


_AT_ONCE = ("raw", "tls")
"""What wants no greeting first: its octets may stand in front of one, or TLS around it."""


def _greeting_first(rest: Sequence[Step]) -> bool:
    """Tell whether the greeting may be waited for: nothing is to be sent or seen before it."""
    for step in rest:
        if isinstance(step, Exact) or (isinstance(step, Local) and step.name in _AT_ONCE):
            return False
        if isinstance(step, Expect):
            return not expects_silence(step)
        if acts(step):
            return True
    return True


async def run_assert(state: CaseState, step: Assert) -> None:
    """Hold an assertion against the session.

    Raises:
        Stop: it does not hold, or cannot be told.
        Unknowable: a value in it is not known.
    """
    if not state.at.opened and "." in step.assertion.side:
        await state.ready(step, judged=step.assertion.tls_sides)
    state.at.handshakes.look(step.place)
    assertion, text, expanded = step.assertion, step.text, ""
    if "{{" in text:
        text = state.scope.words(text)
        expanded = ":assert".ljust(step.column - 1) + text
        assertion = read_assertion(text, state.settings.compile_regex)
    ledger, soft = state.ledger, assertion.soft
    try:
        value = state.scope.value(assertion.side)
        if holds(assertion, value):
            ledger.held(step.place, text, value)
            return
        message = f"assert failed: {assertion.side} is {value.replace(chr(10), ' ') or 'empty'}"
    except Unset as unset:
        message = f"assert failed: {unset}"
    except Unknowable as unknown:
        told = f"cannot tell: {assertion.side} is unknown: {unknown}"
        ledger.ended(Reason.UNKNOWN, told, step.place)
    except TookTooLong as given_up:
        message = f"{assertion.value} {given_up}"
        ledger.failed(Reason.REGEX, message, step.place, expect=text, soft=soft)
        return
    mark = Mark(step.place.line, step.column, len(text), file=step.place.file)
    ledger.failed(
        Reason.DIFFERENT, message, step.place, expect=text, marks=(mark,), soft=soft,
        help_=_why(state, assertion), expanded=expanded,
    )  # fmt: skip


def _why(state: CaseState, assertion: Assertion) -> tuple[str, ...]:
    """Return what the handshake itself says, where an assertion on it misses."""
    secured = state.at.handshakes.latest
    if not assertion.about_tls or secured is None:
        return ()
    tls = secured.tls
    told = (tls.reason, *((tls.verdict.reason, tls.verdict.name_reason) if tls.chain else ()))
    return tuple(dict.fromkeys(f"the handshake: {text}" for text in told if text))
