"""Several lines at once (a paste, a file): asked about where it is due, then run step by step."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from smtpprobe.present import spans
from smtpprobe.present.escape import cut, escaped, shown
from smtpprobe.protocol.command import read_line
from smtpprobe.repl.line_class import masked_typed
from smtpprobe.repl.stray_answer import consented, read_as
from smtpprobe.repl.ui.interface import Answer, Shape
from smtpprobe.repl.wait import settled
from smtpprobe.script.importers.tool_lines import parted
from smtpprobe.secret_variables import SECRET
from smtpprobe.settings.option_limits import MESSAGE_SECONDS

if TYPE_CHECKING:
    from smtpprobe.repl.session import Session
    from smtpprobe.script.language.problem import ScriptProblems
    from smtpprobe.script.language.steps import Script
    from smtpprobe.script.results.results import ScriptResult
    from smtpprobe.script.runner.run_settings import RunSettings

TOLD = 3
"""How many of the lines that are left out are named."""

TOLD_COLUMNS = 60

_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")


def needs_asking(lines: Sequence[str], most: int) -> bool:
    """Return whether a paste is shown before it is sent: many lines, or control characters."""
    return len(lines) > most or any(_CONTROL.search(line) for line in lines)


def holds_message(session: Session, lines: Sequence[str]) -> bool:
    """Return whether lines, as a script, send a message; False of what cannot be read as one."""
    from smtpprobe.script.language.problem import ScriptProblems  # noqa: PLC0415 - only for who pastes
    from smtpprobe.script.language.steps import ends_message  # noqa: PLC0415

    try:
        script = _parsed(session, lines, "paste")
    except ScriptProblems:
        return False
    return any(map(ends_message, script.steps))


async def run_fragment(session: Session, pasted: Sequence[str]) -> None:
    """Run several lines as one fragment; ask first where they are many or odd, or send a message.

    What telnet and the like have written around a session is left out.
    """
    lines, tools = parted(pasted)
    if tools:
        session.say(f"not sent, output of telnet or a similar tool: {_listed(tools)}")
    if not any(line.strip() for line in lines):
        session.say("nothing left to send")
        return
    message = holds_message(session, lines)
    if not message and not needs_asking(lines, session.settings.paste_confirm):
        await run_lines(session, lines)
        return
    session.say(f"first line: {shown(masked_typed(lines[0], read_as(session, lines[0])))}")
    among = ", including a message" if message else ""
    match await session.face.choose(f"send {len(lines)} lines{among}? [y]es [e]dit [d]rop", "yed"):
        case "y":
            await run_lines(session, lines)
        case "e":
            await _edited(session, lines)
        case _:
            _dropped(session, lines)


async def run_lines(session: Session, lines: Sequence[str], name: str = "paste") -> None:
    """Run lines as a script inside the session; what cannot be parsed is asked about."""
    from smtpprobe.script.language.problem import ScriptProblems  # noqa: PLC0415 - only for who pastes

    try:
        result = await run_parsed(session, lines, name)
    except ScriptProblems as problems:
        await _unparsed(session, lines, problems)
        return
    if result is not None:
        tell_result(session, result)


async def run_parsed(session: Session, lines: Sequence[str], name: str) -> ScriptResult | None:
    """Run lines as a script inside the session; None when a secret was not given.

    Cases open their own connections, and do not use the session's.

    Raises:
        ScriptProblems: they are no script; nothing was sent.
    """
    from smtpprobe.script.load import folder_of, secrets_of  # noqa: PLC0415
    from smtpprobe.script.runner.run_settings import RunSettings  # noqa: PLC0415
    from smtpprobe.script.runner.runner import run_fragment  # noqa: PLC0415
    from smtpprobe.script.runner.timed_regex import timed_pattern  # noqa: PLC0415

    kept, folder = session.kept, folder_of(name)
    script = _parsed(session, lines, name)
    secrets = await _secrets(session, secrets_of(script))
    if secrets is None:
        session.say("no secret given; nothing sent")
        return None
    wishes = RunSettings(
        client=session.settings.client, target=session.target, timeout=session.queue.limit,
        message_timeout=session.queue.limit or MESSAGE_SECONDS,
        secrets=secrets, hidden=session.secrets, library=folder, compile_regex=timed_pattern,
    )  # fmt: skip
    if script.cases[0].name is not None:
        return await _run_apart(session, script, wishes)
    return await run_fragment(session.client, script, wishes, _echo(session), kept)


def _parsed(session: Session, lines: Sequence[str], name: str) -> Script:
    from smtpprobe.script.load import folder_of  # noqa: PLC0415
    from smtpprobe.script.parser.parser import parse  # noqa: PLC0415 - only for such lines
    from smtpprobe.script.runner.timed_regex import timed_pattern  # noqa: PLC0415

    return parse(
        "".join(f"{line}\n" for line in lines), name, fragment=True,
        outside=session.kept.outside, compile_regex=timed_pattern, library=folder_of(name),
    )  # fmt: skip


async def _run_apart(session: Session, script: Script, wishes: RunSettings) -> ScriptResult:
    """Run the cases of a script beside the session, and show their dialogues."""
    from smtpprobe.client import Client  # noqa: PLC0415 - only for such scripts
    from smtpprobe.present.session import SessionView  # noqa: PLC0415
    from smtpprobe.script.load import first_target  # noqa: PLC0415
    from smtpprobe.script.reports.text import DialogueView, summary_lines  # noqa: PLC0415
    from smtpprobe.script.runner.runner import Runner  # noqa: PLC0415

    if session.target is None:
        first_target(script)
    client = Client(session.client.options)
    view = DialogueView(SessionView(session.view.detail, lambda: session.face.width, folds=True))
    client.subscribe(lambda happening: session.show(view.lines(happening)))
    result = await Runner(client, script, wishes, _echo(session)).run()
    session.show(summary_lines([result], session.face.width))
    return result


async def _secrets(session: Session, names: Iterable[str]) -> dict[str, str] | None:
    """Return the values of secrets, from the environment or asked for unseen; None: given up."""
    found: dict[str, str] = {}
    for name in names:
        value: Answer | None = os.environ.get(f"{SECRET}{name}")
        if value is None:
            value = await session.face.ask(f"secret {name}: ", Shape.HIDDEN)
        if not isinstance(value, str):
            return None
        found[name] = value
        session.secrets.add(value)
    return found


def _echo(session: Session) -> Callable[[str], None]:
    return lambda text: session.show([spans.line(shown(text))])


def tell_result(session: Session, result: ScriptResult) -> None:
    """Report where a fragment stopped, and why; silent if it ran to its end."""
    for check in result.failed:
        session.say(f"line {check.place.line}: {shown(check.message)}", spans.ERROR)
    for note in result.notes:
        session.say(shown(note))
    if result.stopped and result.not_sent:
        rest = f"{result.not_sent} line{'s' * (result.not_sent != 1)} not sent"
        session.say(f"stopped at line {result.stopped} of {len(result.source)}; {rest}")


async def _unparsed(session: Session, lines: Sequence[str], problems: ScriptProblems) -> None:
    session.output.complain(problems)
    among = ", including a message" if _may_hold_message(lines) else ""
    question = f"[r]aw lines, each verbatim{among}; [e]dit [d]rop"
    match await session.face.choose(question, "red"):
        case "r":
            await _raw(session, lines)
        case "e":
            await _edited(session, lines)
        case _:
            _dropped(session, lines)


def _may_hold_message(lines: Iterable[str]) -> bool:
    """Return whether lines that are no script may send a message, one after the other."""
    words = {line.strip().upper() for line in lines}
    return "DATA" in words and "." in words


async def _raw(session: Session, lines: Sequence[str]) -> None:
    """Every line as a line for the server, each after the reply to the one before."""
    for line in lines:
        command = await consented(session, read_line(line, session.state.phase))
        if command is None:
            return
        await session.client.send(command)
        await settled(session.client)


async def _edited(session: Session, lines: Sequence[str]) -> None:
    text = await session.face.edit("".join(f"{line}\n" for line in lines))
    if text is None:
        session.say("the editor failed; nothing sent")
    elif text.strip():
        await run_fragment(session, text.splitlines())
    else:
        _dropped(session, lines)


def _listed(lines: Sequence[str]) -> str:
    more = len(lines) - TOLD
    told = ", ".join(escaped(cut(line, TOLD_COLUMNS)) for line in lines[:TOLD])
    return f"{told}, and {more} more" if more > 0 else told


def _dropped(session: Session, lines: Sequence[str]) -> None:
    session.say(f"{len(lines)} lines discarded; nothing sent")
