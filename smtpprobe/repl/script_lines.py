"""Lines of the script language at the prompt: expectations, assertions, values, `{{name}}`."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, TypeAlias

from smtpprobe.errors import UsageError
from smtpprobe.present import spans
from smtpprobe.present.escape import shown
from smtpprobe.repl.pasted_lines import run_parsed

if TYPE_CHECKING:
    from smtpprobe.repl.session import Session
    from smtpprobe.script.results.results import ScriptResult
    from smtpprobe.script.runner.variables import Scope

Handler: TypeAlias = "Callable[[Session, str], Awaitable[None]]"

NAME = "prompt"


async def run_language(session: Session, line: str) -> None:
    """Run one line of the language and report the result.

    Raises:
        UsageError: it cannot be read.
    """
    from smtpprobe.script.language.problem import ScriptProblems  # noqa: PLC0415 - only for such lines

    try:
        result = await run_parsed(session, [line], NAME)
    except ScriptProblems as problems:
        problem = problems.problems[0]
        label = problem.place.label
        why = f"{problem.message}{': ' if label else ''}{label}"
        raise UsageError(why, *problem.help[:1]) from None
    if result is not None:
        _tell(session, result)


def _tell(session: Session, result: ScriptResult) -> None:
    from smtpprobe.script.reports.failures import failure_lines  # noqa: PLC0415
    from smtpprobe.script.results.check import Outcome  # noqa: PLC0415

    for check in result.checks:
        if check.outcome is Outcome.PASS:
            text = (check.came.text if check.came.asked else "") or check.wanted
            session.say(shown(f"ok {text}"), spans.SUCCESS)
        else:
            lines = failure_lines(result, check, sent=False)
            session.show([lines[0], *lines[2:]])  # the place would be this very line
    for note in result.notes:
        session.say(shown(note))


async def shutdown(session: Session, _argument: str) -> None:
    """`:shutdown`."""
    await session.client.shut_down()


def line_of(name: str) -> Handler:
    """Return the handler of a local command that the language itself knows."""

    async def run(session: Session, argument: str) -> None:
        await run_language(session, f":{name} {argument}".rstrip())

    return run


def filled_in(session: Session, text: str) -> str:
    """Return the line with its values.

    Raises:
        UsageError: a name has no value, or the value does not fit in a line; nothing was sent.
    """
    from smtpprobe.script.language.values import BadValueError  # noqa: PLC0415
    from smtpprobe.script.runner.variables import Unknowable  # noqa: PLC0415 - only for such lines

    try:
        return _scope(session).line(text)
    except (BadValueError, Unknowable) as error:
        raise UsageError(f"{error}; nothing sent", "> LINE sends it verbatim") from None


def filled_in_freely(session: Session, text: str) -> str:
    """Return a line that is sent verbatim: with its values only after `:expand on`."""
    return _scope(session).free(text)


def _scope(session: Session) -> Scope:
    from smtpprobe.script.runner.at_prompt import prompt_values  # noqa: PLC0415

    scope = session.kept.scope
    scope.facts = prompt_values(session.client, session.settings.client, session.target)
    scope.hidden = session.secrets
    return scope
