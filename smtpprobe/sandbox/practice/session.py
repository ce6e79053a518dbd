"""One session of the practice server as a pure function: state and unit in, state and acts out.

What the client has to send next follows from the state, `Talk`; input is cut accordingly:

    a line  --AUTH, its challenge--> a line (the answer)  --the last one--> a line
            --DATA 354-------------> text up to its dot   --ended---------> a line
            --BDAT n---------------> n octets             --counted-------> a line
            --ATRN 250-------------> lines (replies)       --QUIT---------> hung up
            --QUIT, too many errors, silence, a line without an end--> hung up

The order of commands that RFC 5321 4.1.4 asks for is kept by the handlers, each refusing what is
not its turn.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias, assert_never

from smtpprobe.protocol.auth.channel_binding import EXPORTER
from smtpprobe.protocol.command import COMMAND_OCTETS, Command, Kind
from smtpprobe.protocol.redact import masked
from smtpprobe.protocol.verbs import ROWS
from smtpprobe.sandbox.framing import Framing, Line, Message, Overlong, Unit
from smtpprobe.sandbox.handler import Act, HangUp, Heard
from smtpprobe.sandbox.practice.envelope import mail, rcpt
from smtpprobe.sandbox.practice.hello import ehlo, greeting, helo, lhlo, starttls
from smtpprobe.sandbox.practice.login import AUTH_OCTETS, auth, auth_line
from smtpprobe.sandbox.practice.message import bdat, chunk_ended, data, message_ended
from smtpprobe.sandbox.practice.other_client import xclient, xforward
from smtpprobe.sandbox.practice.queries import etrn, expn, helps, noop, quits, rset, vrfy, web
from smtpprobe.sandbox.practice.replies import reply
from smtpprobe.sandbox.practice.state import DOMAIN, Call, CommandHandler, House, Talk, Turn, refuse
from smtpprobe.sandbox.practice.turned import atrn, turn, turned_line

HANDLERS: Mapping[str, CommandHandler] = {
    "EHLO": ehlo,
    "HELO": helo,
    "LHLO": lhlo,
    "STARTTLS": starttls,
    "AUTH": auth,
    "MAIL": mail,
    "RCPT": rcpt,
    "DATA": data,
    "BDAT": bdat,
    "RSET": rset,
    "VRFY": vrfy,
    "EXPN": expn,
    "ETRN": etrn,
    "ATRN": atrn,
    "TURN": turn,
    "XCLIENT": xclient,
    "XFORWARD": xforward,
    "HELP": helps,
    "NOOP": noop,
    "QUIT": quits,
    "GET": web,
    "POST": web,
    "CONNECT": web,
}

NOT_IMPLEMENTED = frozenset(verb.name for verb in ROWS) - HANDLERS.keys()
"""Commands of the field that this server knows by name only (RFC 5321 4.2.4: 502, not 500)."""

SHUTTING_DOWN = reply(421, "4.3.2", f"{DOMAIN} Service not available, shutting down").octets
"""What is said when the server ends under a client (RFC 5321 3.8)."""


LINE_LIMITS = {"MAIL": 1280, "RCPT": 1152, "AUTH": AUTH_OCTETS}
"""Longer lines than COMMAND_OCTETS, for what extensions add (RFC 3461 4, RFC 4954 4 and 5)."""


@dataclass(frozen=True, slots=True)
class Text:
    """A message is due, up to its dot."""


@dataclass(frozen=True, slots=True)
class Octets:
    """A chunk of `count` octets is due."""

    count: int


@dataclass(frozen=True, slots=True)
class CommandLine:
    """A command is due, or the answer to a challenge."""


Due: TypeAlias = Text | Octets | CommandLine


def due(talk: Talk) -> Due:
    """Return what the client has to send next."""
    if talk.chunk is not None:
        return Octets(talk.chunk.octets)
    return Text() if talk.body else CommandLine()


def next_unit(framing: Framing, talk: Talk) -> Unit | None:
    """Return what is due as soon as it has come complete."""
    wanted = due(talk)
    match wanted:
        case Text():
            return framing.message()
        case Octets(count):
            return framing.chunk(count)
        case CommandLine():
            return framing.line()
        case _:
            assert_never(wanted)


def answer(talk: Talk, unit: Unit, house: House, now: float) -> Turn:
    """Return the state after what the client sent, and what the server does about it."""
    match unit:
        case Line(raw):
            return _line(Call(talk, house, read(talk, raw), now))
        case Overlong():
            said = reply(421, "4.7.0", f"{DOMAIN} Error: line without an end")
            return Turn(talk, (said, HangUp()))
        case Message():
            call = Call(talk, house, Command(b"", Kind.BODY), now)
            return message_ended(call, unit) if talk.body else chunk_ended(call, unit)
        case _:
            assert_never(unit)


def idle(talk: Talk) -> Turn:
    """Return the farewell to a client that has said nothing for too long (RFC 5321 4.5.3.2.7)."""
    said = reply(421, "4.4.2", f"{DOMAIN} Error: timeout exceeded")
    return Turn(replace(talk, envelope=None), (said, HangUp()))


def read(talk: Talk, raw: bytes) -> Command:
    """Return a line as the command, or the answer to a challenge, that it is here."""
    return Command(raw, Kind.SASL if talk.login is not None else Kind.COMMAND)


def _line(call: Call) -> Turn:
    command = call.command
    if call.talk.turned is not None:
        return turned_line(call)
    if command.kind is Kind.SASL:
        return auth_line(call)
    if len(command.raw) > LINE_LIMITS.get(command.verb, COMMAND_OCTETS):
        code = "5.5.6" if command.verb == "AUTH" else "5.5.2"
        return refuse(call.talk, 500, code, "Error: line too long")
    if "\0" in command.text:
        return refuse(call.talk, 500, "5.5.2", "Error: NUL in the line")
    verb = _first_word(command)
    handler = HANDLERS.get(verb)
    if handler is not None:
        return handler(call)
    if verb in NOT_IMPLEMENTED:
        return refuse(call.talk, 502, "5.5.1", "Error: command not implemented")
    return refuse(call.talk, 500, "5.5.2", "Error: command not recognized")


def _first_word(command: Command) -> str:
    """Return the first word in upper case; a blank is ASCII (RFC 5321 2.3.1, 4.1.1).

    `Command.verb` ends at any blank, for a user who pasted one: servers know no other.
    """
    words = command.raw.split(maxsplit=1)
    return words[0].decode("utf-8", "surrogateescape").upper() if words else ""


class PracticeSession:
    """One session of the practice server."""

    farewell = SHUTTING_DOWN
    patience = None

    def __init__(self, house: House) -> None:
        self._house = house
        self._talk = Talk()

    @property
    def about(self) -> str:
        """The service that was called."""
        return self._house.service.value

    @property
    def implicit_tls(self) -> bool:
        """Whether TLS begins with the connection."""
        return self._house.service.implicit_tls

    def greet(self, client: str, *, tls: bool) -> tuple[Act, ...]:
        """Return the greeting."""
        self._house = replace(self._house, client=client)
        return self._taken(greeting(self._house.service, tls=tls))

    def secured(self, exporter: bytes, certified: str | None) -> None:
        """Take what a login can be bound to this TLS by, and the name in a certificate."""
        self._house = replace(self._house, certified=certified)
        if exporter:
            bindings = {**self._house.bindings, EXPORTER: exporter}
            self._house = replace(self._house, bindings=bindings)

    def hear(self, framing: Framing, now: float) -> tuple[Act, ...] | None:
        """Return the actions for the next whole unit; None while there is none."""
        unit = next_unit(framing, self._talk)
        if unit is None:
            return None
        heard: tuple[Act, ...] = ()
        if isinstance(unit, Line):
            heard = (Heard(masked(read(self._talk, unit.raw)).text),)
        return heard + self._taken(answer(self._talk, unit, self._house, now))

    def idle(self) -> tuple[Act, ...]:
        """Return the farewell to a client that has said nothing for too long."""
        return self._taken(idle(self._talk))

    def _taken(self, turn: Turn) -> tuple[Act, ...]:
        self._talk = turn.talk
        return turn.acts
