"""`:check`: the report of `smtpprobe starttls` at the prompt, on the peer or on a target."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smtpprobe.errors import UsageError
from smtpprobe.protocol.phase import Phase
from smtpprobe.protocol.target import parse_target

if TYPE_CHECKING:
    from smtpprobe.repl.session import Session


async def check(session: Session, argument: str) -> None:
    """`:check [TARGET]`: alone, the connected peer, whose session goes on."""
    from smtpprobe.starttls import live  # noqa: PLC0415 - DNS and TLS are heavy
    from smtpprobe.starttls.report_view import report_lines  # noqa: PLC0415

    if argument:
        target = parse_target(argument)
        session.say(f"checking {target} ... (Ctrl-C stops it)")
        report = await live.check_target(target, session.client.options)
    elif session.state.phase is Phase.CLOSED:
        raise UsageError("not connected", ":check example.org opens connections of its own")
    else:
        if not live.can_be_used(session.state):
            session.say("a transaction is open: the check uses a connection of its own")
        report = await live.check_peer(session.client)
    session.show(list(report_lines(report, session.face.width, at_prompt=True)))
