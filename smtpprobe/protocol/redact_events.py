"""Removes secrets from events before they are rendered in any form. Pure.

A form has escapes of its own (base64, hex, a quoted string, lines that are folded), in which a
secret would not be found any more.
"""

from __future__ import annotations

from smtpprobe.protocol.command import Command
from smtpprobe.protocol.events import Event, Received, Remarked, Secured, Sent
from smtpprobe.protocol.happening import Happening
from smtpprobe.protocol.redact import Secrets, blotted, masked
from smtpprobe.protocol.reply import Reply, ReplyLine, parse_line
from smtpprobe.protocol.session import Exchange


def learn_from(event: Event, secrets: Secrets) -> None:
    """Let secrets know what went out and what was said; first, before the event is shown."""
    if type(event) is Received:
        secrets.hear(event.reply.raw)
    elif type(event) is Sent:
        secrets.learn(event.command)


def redacted_happening(happening: Happening, secrets: Secrets) -> Happening:
    """Return what happened without the secrets in it; the states around it stay as they are."""
    if secrets.is_empty:
        return happening
    event, exchange = redacted_event(happening.event, secrets), happening.exchange
    if exchange is not None and isinstance(event, Received):
        exchange = exchange._replace(reply=event.reply)
    return happening._replace(event=event, exchange=exchange)


def redacted_event(event: Event, secrets: Secrets) -> Event:
    """Return an event without the secrets in it.

    Credentials stay in a command that goes out: its readers give them a name or a mask.
    """
    match event:
        case Received(reply=reply):
            return event._replace(reply=redacted_reply(reply, secrets))
        case Sent(command=command) if masked(command) is command:
            return event._replace(command=_command(command, secrets))
        case Remarked(text=text):
            return event._replace(text=secrets.hide(text))
        case Secured(surplus=surplus) if surplus:
            return event._replace(surplus=secrets.hide_octets(surplus))
        case _:
            return event


def blotted_event(event: Event, secrets: Secrets) -> Event:
    """Return an event with the secrets in it blotted out, each octet for itself."""
    match event:
        case Sent(command=command):
            raw = secrets.blot(blotted(command))
            return (
                event if raw == command.raw else event._replace(command=command._replace(raw=raw))
            )
        case Received(reply=reply):
            lines = tuple(line._replace(raw=secrets.blot(line.raw)) for line in reply.lines)
            return event._replace(reply=reply._replace(lines=lines))
        case Secured(surplus=surplus) if surplus:
            return event._replace(surplus=secrets.blot(surplus))
        case _:
            return event


def redacted_exchange(exchange: Exchange, secrets: Secrets) -> Exchange:
    """Return an exchange without the secrets in it; the same object when it holds none."""
    command, reply = exchange.command, redacted_reply(exchange.reply, secrets)
    if command is not None:
        command = _command(masked(command), secrets)
    if command is exchange.command and reply is exchange.reply:
        return exchange
    return exchange._replace(command=command, reply=reply)


def redacted_reply(reply: Reply, secrets: Secrets) -> Reply:
    """Return a reply without the secrets in it; the same object when it holds none."""
    if secrets.hide_octets(reply.raw) == reply.raw:
        return reply
    return reply._replace(lines=tuple(_line(line, secrets) for line in reply.lines))


def _command(command: Command, secrets: Secrets) -> Command:
    raw = secrets.hide_octets(command.raw)
    return command if raw == command.raw else command._replace(raw=raw)


def _line(line: ReplyLine, secrets: Secrets) -> ReplyLine:
    raw = secrets.hide_octets(line.raw)
    return line if raw == line.raw else parse_line(raw, inside=not line.last, defects=line.defects)
