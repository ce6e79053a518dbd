"""Local commands on the connection: open and close it, its TLS, its limits, its check."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smtpprobe.errors import UsageError
from smtpprobe.present.session_state import tls_words
from smtpprobe.protocol.phase import Phase
from smtpprobe.protocol.target import parse_target
from smtpprobe.protocol.units import parse_limit, written_duration

if TYPE_CHECKING:
    from smtpprobe.repl.session import Session


async def connect(session: Session, argument: str) -> None:
    """`:connect [TARGET]`."""
    target = parse_target(argument) if argument else session.target
    if target is None:
        raise UsageError("no target yet", ":connect example.org (its MX) or :connect [host]")
    await session.connect(target)


async def close(session: Session, _argument: str) -> None:
    """`:close`."""
    if session.state.phase is Phase.CLOSED:
        session.say("not connected")
    await session.client.close()


async def tls(session: Session, argument: str) -> None:
    """`:tls` shows; `:tls on` and `:tls verify on|off`."""
    match argument.split():
        case ["on"]:
            _must_be_clear(session)
            await session.client.secure()
        case ["verify", "on" | "off" as value]:
            enforced = value == "on"
            session.client.options = session.client.options._replace(verify=enforced)
            session.settings = session.settings._replace(tls_verify=enforced)
            session.say(_VERIFY[enforced])
        case []:
            tls_now = session.state.tls
            session.say(f"TLS: {tls_words(tls_now) if tls_now is not None else 'no'}")
            session.say(_VERIFY[session.client.options.verify])
        case _:
            raise UsageError(
                f"tls: {argument!r} is not a valid argument",
                ":tls on, :tls verify on, :tls verify off",
            )


_VERIFY = {
    True: "from the next handshake on, a bad certificate aborts the handshake",
    False: "from the next handshake on, a bad certificate is shown and the session continues",
}


def _must_be_clear(session: Session) -> None:
    state = session.state
    if state.phase is Phase.CLOSED:
        raise UsageError("not connected", ":connect first")
    if state.tls is not None and state.tls.ok:
        raise UsageError("TLS is already active on this connection", ":cert shows it")


async def timeout(session: Session, argument: str) -> None:
    """`:timeout [D|off]`."""
    if argument:
        session.queue.limit = None if argument in ("off", "none") else parse_limit(argument)
    if session.queue.limit is None:
        session.say("no time limit for replies; Ctrl-C stops waiting")
    else:
        session.say(f"waiting for a reply ends after {written_duration(session.queue.limit)}")


async def check(session: Session, argument: str) -> None:
    """`:check [TARGET]`: alone, the connected peer, whose session goes on."""
    from smtpprobe.starttls import at_prompt  # noqa: PLC0415 - DNS and TLS are heavy
    from smtpprobe.starttls.reports.text import report_lines  # noqa: PLC0415

    if session.client.options.proxy is not None:
        raise UsageError("checks do not use a proxy", ':set proxy "" to check directly')
    if argument:
        target = parse_target(argument)
        session.say(f"checking {target} ... (Ctrl-C stops it)")
        report = await at_prompt.check_target(target, session.client.options)
    elif session.state.phase is Phase.CLOSED:
        raise UsageError("not connected", ":check example.org opens its own connections")
    else:
        if not at_prompt.can_be_used(session.state):
            session.say("a transaction is open: the check opens its own connection")
        report = await at_prompt.check_peer(session.client)
    session.show(list(report_lines(report, session.face.width, at_prompt=True)))
