"""Which wait an expectation asks for: one row for each kind of WHAT."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any, TypeAlias

from smtpprobe.named_tuple import NamedTuple
from smtpprobe.script.language.matchers import AnyReply, Codes, Eof, Nothing, RawLine, What
from smtpprobe.script.language.steps import Expect, Mode
from smtpprobe.script.runner.waits.close import wait_for_close, wait_for_optional_close
from smtpprobe.script.runner.waits.line import catch_up, wait_for_line, wait_for_optional_lines
from smtpprobe.script.runner.waits.listener import Listener
from smtpprobe.script.runner.waits.reply import wait_for_optional_reply, wait_for_reply
from smtpprobe.script.runner.waits.silence import wait_for_silence

Wait: TypeAlias = Callable[[Listener, Expect, str], Coroutine[Any, Any, None]]
"""Holds what comes against an expectation, and notes how that went.

It is handed the line as it is with its values, where it holds any. A miss raises Stop where it ends
the case, else Missed.
"""


class Waits(NamedTuple):
    """How a WHAT is waited for: where it must come (`<`, `<~`), and where it may (`<?`, `<*`)."""

    required: Wait
    optional: Wait


WAITS: dict[type[What], Waits] = {
    Codes: Waits(wait_for_reply, wait_for_optional_reply),
    AnyReply: Waits(wait_for_reply, wait_for_optional_reply),
    RawLine: Waits(wait_for_line, wait_for_optional_lines),
    Eof: Waits(wait_for_close, wait_for_optional_close),
    Nothing: Waits(wait_for_silence, wait_for_silence),
}


async def wait_for(on: Listener, step: Expect, written: str = "") -> None:
    """Check one written expectation; `written` is its line with values, where it holds any.

    Raises:
        Stop: it was not met, or is inconclusive; or Missed, where the case goes on.
    """
    catch_up(on)
    waits = WAITS[type(step.what)]
    wait = waits.optional if step.mode in (Mode.MAY, Mode.ANY) else waits.required
    await wait(on, step, written)
