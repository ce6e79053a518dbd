"""Which function runs a step: one row for each kind of step.

A handler does what its step says on the state of the case, and returns what it leaves behind: the
replies owed to it. A miss that does not end the case is raised as Missed, which leaves the step,
one that does as Stop; both are in the ledger by then.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any, TypeAlias

from smtpprobe.script.language.steps import (
    Assert,
    Auth,
    BdatChunk,
    BdatFile,
    Body,
    Comment,
    DataFile,
    Exact,
    Expect,
    For,
    Hold,
    Let,
    Local,
    Repeat,
    Retry,
    SmtpLine,
    Step,
)
from smtpprobe.script.runner.blocks import run_for, run_repeat, run_retry
from smtpprobe.script.runner.case_state import CaseState
from smtpprobe.script.runner.commands import run_assert, run_let, run_local
from smtpprobe.script.runner.expectation import run_expect
from smtpprobe.script.runner.owed_replies import DONE, StepOutcome
from smtpprobe.script.runner.send import (
    log_in,
    send_chunks,
    send_exact,
    send_file,
    send_held,
    send_line,
    send_message,
)

Handler: TypeAlias = Callable[[CaseState, Any], Coroutine[Any, Any, StepOutcome]]


async def _do_nothing(_state: CaseState, _step: Comment) -> StepOutcome:
    return DONE


HANDLERS: dict[type[Step], Handler] = {
    SmtpLine: send_line,
    BdatChunk: send_line,
    Exact: send_exact,
    Hold: send_held,
    Body: send_message,
    DataFile: send_file,
    BdatFile: send_chunks,
    Auth: log_in,
    Expect: run_expect,
    Assert: run_assert,
    Let: run_let,
    Local: run_local,
    For: run_for,
    Repeat: run_repeat,
    Retry: run_retry,
    Comment: _do_nothing,
}
