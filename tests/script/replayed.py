"""A recorded session served again, with one reply changed: a server that is bad in one point."""

from __future__ import annotations

import ssl
from collections.abc import Iterable
from dataclasses import dataclass

from smtpprobe.protocol.command import Command, Kind
from smtpprobe.protocol.events import By, Closed, Opened, Received, Secured, Sent
from smtpprobe.protocol.happening import Happening
from smtpprobe.sandbox.faults import Close, Hang, Hear, Say, StartTls, Step

STARTTLS = b"STARTTLS"
PREFIX = 5
"""So many octets of a line tell it from others; what follows may differ from run to run."""


@dataclass(frozen=True, slots=True)
class Change:
    """What the bad server says: to the `number`-th line sent that begins so, from 1; -1: the last.

    An empty `asked` is the greeting.
    """

    asked: bytes
    number: int
    reply: bytes


def served(
    happenings: Iterable[Happening], change: Change, context: ssl.SSLContext | None
) -> list[list[Step]]:
    """Return the steps of a server that repeats a recording, a list a connection."""
    connections: list[list[Step]] = []
    asked: list[tuple[list[Step], int]] = []
    for happening in happenings:
        match happening.event:
            case Opened():
                connections.append([])
            case Sent(command=command):
                connections[-1].append(Hear(_beginning(command)))
            case Received(reply=reply):
                answered = happening.exchange.command if happening.exchange else None
                line = b"" if answered is None else _last_line(answered)
                if line.startswith(change.asked) and bool(line) is bool(change.asked):
                    asked.append((connections[-1], len(connections[-1])))
                connections[-1].append(Say(reply.raw))
            case Secured():
                assert context is not None
                connections[-1].append(StartTls(context))
            case Closed(by=by):
                connections[-1].append(Close() if by is By.THEM else Hang())
    steps, at = asked[change.number - (change.number > 0)]
    steps[at] = Say(change.reply)
    if change.asked == STARTTLS:
        steps[at + 1 :] = [Hang()]
    return connections


def _last_line(command: Command) -> bytes:
    """Return a command, or the last line of a message."""
    if command.kind is not Kind.BODY:
        return command.raw
    return command.raw.splitlines(keepends=True)[-1]


def _beginning(command: Command) -> bytes:
    line = _last_line(command)
    return line if len(line) < PREFIX else line[:PREFIX]
