"""`:auth`: a whole login over the wire, each step visible, the password asked for unseen."""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING

from smtpprobe.errors import UsageError
from smtpprobe.protocol.command import Command, Kind, read_line
from smtpprobe.protocol.phase import Phase
from smtpprobe.protocol.sasl import MECHANISMS, Responses
from smtpprobe.protocol.session import Exchange
from smtpprobe.repl.face import Shape
from smtpprobe.repl.pairing import reply_to

if TYPE_CHECKING:
    from smtpprobe.repl.session import Session


async def log_in(session: Session, argument: str) -> None:
    """Run `:auth MECH [USER]`.

    Raises:
        UsageError: no such mechanism, or not connected.
        ConnectFailed: the connection ended.
    """
    words = argument.split()
    if len(words) > 2:
        raise UsageError(
            "auth: a password is not typed here, it would stay on the screen; nothing sent",
            f":auth {words[0]} {words[1]} asks for it unseen",
        )
    if not words:
        raise UsageError("auth: which mechanism, which user?", f":auth PLAIN bob; {_known()}")
    name = words[0].upper()
    if name not in MECHANISMS:
        raise UsageError(f"auth: {words[0]!r} is not known here", _known())
    if session.state.phase is Phase.CLOSED:
        raise UsageError("not connected", ":connect first")
    user = words[1] if len(words) == 2 else await session.face.ask("user: ")
    password = await session.face.ask("password: ", Shape.HIDDEN) if isinstance(user, str) else None
    if not isinstance(user, str) or not isinstance(password, str):
        session.say("login given up; nothing sent")
        return
    session.secrets.add(password)
    await _run(session, name, MECHANISMS[name](user, password))


def _known() -> str:
    return f"known: {', '.join(MECHANISMS)}; any other by hand: AUTH MECH, then :b64 TEXT at 334"


async def _run(session: Session, name: str, responses: Responses) -> None:
    first = next(responses)
    line = f"AUTH {name}" if first is None else f"AUTH {name} {_encoded(first) or '='}"
    exchange = await reply_to(session.client, read_line(line, session.state.phase))
    while exchange.reply.code == 334:
        try:
            response = responses.send(_challenge(exchange))
        except (StopIteration, binascii.Error):
            session.say("the mechanism has no answer to this challenge; it is given up with *")
            await reply_to(session.client, _answer("*"))
            return
        exchange = await reply_to(session.client, _answer(_encoded(response or b"")))


def _answer(text: str) -> Command:
    return Command(text.encode() + b"\r\n", Kind.SASL)


def _encoded(octets: bytes) -> str:
    return base64.b64encode(octets).decode()


def _challenge(exchange: Exchange) -> bytes:
    text = exchange.reply.lines[-1].text.strip()
    return base64.b64decode(text.encode("utf-8", "surrogateescape"), validate=True)
