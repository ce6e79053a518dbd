"""How a reply, what it answers and what the server did are called in messages."""

from __future__ import annotations

from smtpprobe.named_tuple import NamedTuple
from smtpprobe.protocol.command import Command, Kind
from smtpprobe.protocol.phase import Phase
from smtpprobe.protocol.reply import Defect, Reply, Severity
from smtpprobe.protocol.session import FAREWELLS, Exchange
from smtpprobe.protocol.verbs import Context


def asked(command: Command | None) -> str:
    """Return the name of what a reply answers, for messages: a verb, `greeting`, `message`."""
    if command is None:
        return "greeting"
    return command.verb or _NAMELESS[command.kind]


def malformed(exchange: Exchange) -> Fault | None:
    """Return what is wrong with a reply none of whose codes can be relied on; None with others."""
    reply = exchange.reply
    match reply.flaw:
        case None:
            return None
        case Defect.UNTERMINATED:
            message = (
                f"{answered(exchange)} is incomplete: the connection ended in the middle of it"
            )
            return Fault(message, "incomplete here")
        case _:
            codes = list(dict.fromkeys(str(line.code) for line in reply.lines if line.code))
            told = f"codes {' and '.join(codes)} in one reply"
            return Fault(f"{answered(exchange)} is malformed: {told}", f"got {', '.join(codes)}")


class Fault(NamedTuple):
    """What is wrong with a reply, and the same in a few words for a mark."""

    message: str
    label: str


def answered(exchange: Exchange) -> str:
    """Return what a reply is, for messages: `the greeting`, `the reply to MAIL`."""
    if exchange.context is None:
        return "an unsolicited reply"
    name = asked(exchange.command)
    return "the greeting" if exchange.command is None else f"the reply to {_THE.get(name, name)}"


def verdict(exchange: Exchange) -> str:
    """Return in a clause what the server did: `MAIL accepted`, `MAIL refused`, `MAIL got 354`.

    221 and 421 are no answer to a command other than QUIT: the server ends the session (RFC 5321
    3.8, 4.2.3).
    """
    name = asked(exchange.command) if exchange.context is not None else "unsolicited reply"
    if is_farewell(exchange):
        return f"the server closed the session instead of answering {_THE.get(name, name)}"
    severity = exchange.reply.severity
    if exchange.after.phase is Phase.DATA:
        severity = Severity.SUCCESS
    did = _DID.get(severity) if severity is not None else None
    got = f"got {exchange.reply.code or 'no reply code'}"
    return f"{name} {did or got}"


def taking(reply: Reply) -> str:
    """Return, in quotes, the expectation that takes a reply like this one."""
    if reply.code is None:
        return """'< line "..."'"""
    return f'"< {reply.code}"' if reply.severity is not None else '"< any"'


def is_farewell(exchange: Exchange) -> bool:
    """Return whether the server says that it closes, where something else was asked of it."""
    if exchange.reply.code not in FAREWELLS:
        return False
    return exchange.context not in (None, Context.CONNECT, Context.QUIT)


def asks_amiss(exchange: Exchange) -> bool:
    """Return whether a server asks for more where nothing more belongs to what it answers.

    334 asks for an answer, which only a login has; any other 3xx for what only DATA has (RFC 5321
    4.2.1, RFC 4954 4). What an unknown command is for nobody can tell.
    """
    if exchange.reply.severity is not Severity.INTERMEDIATE:
        return False
    match exchange.context:
        case Context.AUTH | Context.AUTH_STEP:
            return exchange.reply.code != CHALLENGE
        case Context.DATA | Context.UNKNOWN:
            return False
        case _:
            return True


CHALLENGE = 334

_DID = {
    Severity.SUCCESS: "accepted",
    Severity.TRANSIENT: "refused",
    Severity.PERMANENT: "refused",
}

_THE = {name: f"the {name}" for name in ("message", "empty line", "AUTH answer", "raw octets")}

_NAMELESS = {
    Kind.COMMAND: "empty line",
    Kind.SASL: "AUTH answer",
    Kind.BODY: "message",
    Kind.RAW: "raw octets",
}
