"""What runs each local command of the table."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, TypeAlias

from smtpprobe.repl import script_lines
from smtpprobe.repl.commands import (
    connection,
    delivery,
    display,
    files,
    login,
    sending,
    settings,
    several,
)

if TYPE_CHECKING:
    from smtpprobe.repl.session import Session

Handler: TypeAlias = "Callable[[Session, str], Awaitable[None]]"

HANDLERS: dict[str, Handler] = {
    "connect": connection.connect,
    "close": connection.close,
    "shutdown": script_lines.shutdown,
    "on": several.on,
    "each": several.each,
    "tls": connection.tls,
    "timeout": connection.timeout,
    "auth": login.auth,
    "b64": sending.b64,
    "send": delivery.send,
    "hold": sending.hold,
    "flush": sending.flush,
    "raw": sending.raw,
    "data": sending.data,
    "bdat": sending.bdat,
    "sleep": sending.sleep,
    "rate": sending.rate,
    "include": files.run,
    **{
        name: script_lines.line_of(name)
        for name in ("let", "secret", "expand", "assert", "grace", "implicit", "echo")
    },
    "help": display.help_,
    "explain": display.explain,
    "next": display.next_,
    "caps": display.caps,
    "state": display.state,
    "cert": display.cert,
    "time": display.time_,
    "last": display.last,
    "why": delivery.why,
    "check": connection.check,
    "history": display.history,
    "save": files.save,
    "save!": files.save_over,
    "transcript": files.transcript,
    "pcap": files.pcap,
    "report": files.report,
    "run": files.run,
    "paste": files.paste,
    "edit": files.edit,
    "annotate": settings.annotate,
    "set": settings.set_,
    "config": settings.config,
    "quit": settings.quit_,
    "quit!": settings.quit_now,
}
"""One for each name of `local_commands.COMMANDS`."""
