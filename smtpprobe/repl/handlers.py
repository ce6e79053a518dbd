"""What runs each local command of the table."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, TypeAlias

from smtpprobe.repl import (
    local_check,
    local_connection,
    local_display,
    local_files,
    local_sending,
    local_settings,
    scripting,
)

if TYPE_CHECKING:
    from smtpprobe.repl.session import Session

Handler: TypeAlias = "Callable[[Session, str], Awaitable[None]]"

HANDLERS: dict[str, Handler] = {
    "connect": local_connection.connect,
    "close": local_connection.close,
    "shutdown": scripting.shutdown,
    "tls": local_connection.tls,
    "timeout": local_connection.timeout,
    "auth": local_sending.auth,
    "b64": local_sending.b64,
    "hold": local_sending.hold,
    "flush": local_sending.flush,
    "raw": local_sending.raw,
    "data": local_sending.data,
    "bdat": local_sending.bdat,
    "sleep": local_sending.sleep,
    "include": local_files.run,
    **{
        name: scripting.line_of(name)
        for name in ("let", "secret", "expand", "assert", "grace", "implicit", "echo")
    },
    "help": local_display.help_,
    "explain": local_display.explain,
    "next": local_display.next_,
    "caps": local_display.caps,
    "state": local_display.state,
    "cert": local_display.cert,
    "time": local_display.time_,
    "last": local_display.last,
    "check": local_check.check,
    "history": local_display.history,
    "save": local_files.save,
    "save!": local_files.save_over,
    "transcript": local_files.transcript,
    "run": local_files.run,
    "paste": local_files.paste,
    "edit": local_files.edit,
    "annotate": local_settings.annotate,
    "set": local_settings.set_,
    "config": local_settings.config,
    "quit": local_settings.quit_,
    "quit!": local_settings.quit_now,
}
"""One for each name of `local_commands.COMMANDS`."""
