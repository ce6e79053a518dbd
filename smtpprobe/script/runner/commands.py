"""Local commands and assertions, as a case comes to them: one function for each, in two tables."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import ExitStack
from itertools import islice
from typing import Any

from smtpprobe.errors import UsageError
from smtpprobe.protocol.phase import Phase
from smtpprobe.protocol.units import parse_duration, parse_limit
from smtpprobe.script.language.assertion import Assertion, holds, read_assertion
from smtpprobe.script.language.commands import argument_fault
from smtpprobe.script.language.matchers import TookTooLong
from smtpprobe.script.language.pace import read_pace
from smtpprobe.script.language.problem import Mark
from smtpprobe.script.language.raw_octets import Named, read_raw
from smtpprobe.script.language.steps import Assert, Exact, Expect, Let, Local, Step, acts
from smtpprobe.script.language.values import read_string
from smtpprobe.script.results.reason import Reason
from smtpprobe.script.runner.case_state import CaseState
from smtpprobe.script.runner.expectation import expects_silence
from smtpprobe.script.runner.owed_replies import DONE, StepOutcome
from smtpprobe.script.runner.sent_files import SentFile, raw_commands
from smtpprobe.script.runner.variables import Unknowable, Unset
from smtpprobe.script.runner.waits.rest import wait_for_rest

_LEAVING = ("connect", "close", "on")
"""Commands that leave the current connection: its handshake is reported first."""


async def run_let(state: CaseState, step: Let) -> StepOutcome:
    """Give a name a default."""
    state.scope.let(step.name, step.text)
    return DONE


async def run_local(state: CaseState, step: Local) -> StepOutcome:
    """Run a local command."""
    argument = step.argument
    if "{{" in argument and step.name != "echo":
        argument = state.scope.line(argument)
        if fault := argument_fault(step.name, argument):
            raise UsageError(f":{step.name} {argument}: {fault.text}")
    if step.name in _LEAVING:
        state.at.handshakes.look(step.place)
    if step.name in SETTINGS:
        SETTINGS[step.name](state, argument)
    else:
        await ACTIONS[step.name](state, step, argument)
    return DONE


async def _connect(state: CaseState, step: Local, argument: str) -> None:
    await state.connect(argument, step.place, greeted=_greeting_first(state), judged=step.judged)


async def _close(state: CaseState, _step: Local, _argument: str) -> None:
    await state.at.close()


async def _shut_down(state: CaseState, step: Local, _argument: str) -> None:
    await (await state.ready(step)).client.shut_down()


async def _tls(state: CaseState, step: Local, argument: str) -> None:
    if argument == "on":
        at = await state.ready(step, waits=False)
        if at.client.state.phase is not Phase.GREETING:
            await wait_for_rest(at.listener, step)
        at.handshakes.begins(step.place, judged=step.judged)
        await at.client.secure()
    else:
        state.verify(argument == "verify on")


async def _raw(state: CaseState, step: Local, argument: str) -> None:
    at = await state.ready(step, waits=False)
    wanted = read_raw(argument)
    with ExitStack() as files:
        parts = [
            files.enter_context(SentFile(state.path_of(part.path, step.place)))
            if isinstance(part, Named)
            else part
            for part in wanted.parts
        ]
        for command in raw_commands(parts, at.client.state.phase):
            at.sends_at_once(command, ":raw", step.place)
            await at.out(command, step.place, wanted.pace)


async def _sleep(_state: CaseState, _step: Local, argument: str) -> None:
    await asyncio.sleep(parse_duration(argument))


ACTIONS: dict[str, Callable[[CaseState, Local, str], Coroutine[Any, Any, None]]] = {
    "connect": _connect,
    "close": _close,
    "shutdown": _shut_down,
    "tls": _tls,
    "raw": _raw,
    "sleep": _sleep,
}
"""Commands that talk to the server, or wait."""


def _limit(state: CaseState, argument: str) -> None:
    state.waiting.limit = parse_limit(argument)


def _rate(state: CaseState, argument: str) -> None:
    state.go_at(read_pace(argument))


def _grace(state: CaseState, argument: str) -> None:
    state.waiting.grace = parse_duration(argument)


def _title(state: CaseState, argument: str) -> None:
    state.title = read_string(argument).decode("utf-8", "replace")


def _expand(state: CaseState, argument: str) -> None:
    state.scope.expanding = argument == "on"


def _implicit(state: CaseState, argument: str) -> None:
    state.waiting.implying = argument == "on"


def _go_on(state: CaseState, argument: str) -> None:
    state.ledger.going_on = argument == "on"


def _secret(state: CaseState, argument: str) -> None:
    state.scope.reveal(argument)


def _echo(state: CaseState, argument: str) -> None:
    text = state.scope.shown(argument)
    state.ledger.echoes.append(text)
    state.echo(text)


SETTINGS: dict[str, Callable[[CaseState, str], None]] = {
    "timeout": _limit,
    "grace": _grace,
    "rate": _rate,
    "title": _title,
    "expand": _expand,
    "implicit": _implicit,
    "continue": _go_on,
    "secret": _secret,
    "echo": _echo,
    "on": CaseState.switch,
}
"""Commands that set something for what follows, or show it."""


_AT_ONCE = ("raw", "tls")
"""Commands that need no greeting first: they may come before it, or begin TLS."""


def _greeting_first(state: CaseState) -> bool:
    """Return whether the greeting may be waited for: nothing is to be sent or seen before it."""
    steps, behind = state.below
    first = next((step for step in islice(steps, behind, None) if _decides(step)), None)
    match first:
        case Exact():
            waits = False
        case Local(name=name):
            waits = name not in _AT_ONCE
        case Expect():
            waits = not expects_silence(first)
        case _:
            waits = True
    return waits


def _decides(step: Step) -> bool:
    """Return whether a step decides if a greeting is awaited."""
    return acts(step) or (isinstance(step, Local) and step.name in _AT_ONCE)


async def run_assert(state: CaseState, step: Assert) -> StepOutcome:
    """Hold an assertion against the session.

    Raises:
        Stop: it does not hold, or is unknown.
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
    ledger, soft, value, message = state.ledger, assertion.soft, "", ""
    try:
        value = state.scope.value(assertion.side)
        if not holds(assertion, value):
            came = value.replace("\n", " ") or "empty"
            message = f"assertion failed: {assertion.side} is {came}"
    except Unset as unset:
        message = f"assertion failed: {unset}"
    except Unknowable as unknown:
        told = f"{assertion.side} is unknown: {unknown}"
        ledger.ended(Reason.UNKNOWN, told, step.place)
    except TookTooLong as given_up:
        told = f"{assertion.value} {given_up}"
        ledger.failed(Reason.REGEX, told, step.place, expect=text, soft=soft)
    if message:
        mark = Mark(step.place.line, step.column, len(text), file=step.place.file)
        ledger.failed(
            Reason.DIFFERENT, message, step.place, expect=text, marks=(mark,), soft=soft,
            help_=_why(state, assertion), expanded=expanded,
        )  # fmt: skip
    ledger.held(step.place, text, value)
    return DONE


def _why(state: CaseState, assertion: Assertion) -> tuple[str, ...]:
    """Return what the handshake itself says, where an assertion on it misses."""
    secured = state.at.handshakes.latest
    if not assertion.about_tls or secured is None:
        return ()
    tls = secured.tls
    told = (tls.reason, *((tls.verdict.reason, tls.verdict.name_reason) if tls.chain else ()))
    return tuple(dict.fromkeys(f"the handshake: {text}" for text in told if text))
