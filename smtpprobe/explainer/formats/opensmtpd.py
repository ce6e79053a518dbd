"""OpenSMTPD's log: commands that it refused, with their replies, and its deliveries."""

from __future__ import annotations

import re

from smtpprobe.explainer.formats.fields import between, is_reply, text
from smtpprobe.explainer.formats.postfix import logging_host
from smtpprobe.explainer.input.found_reply import Found
from smtpprobe.protocol.verbs import CONTEXTS, Context

_STOPPED = b" mta error reason="

_SESSION = re.compile(rb"(?P<id>[0-9a-f]{16}) (?:smtp|mta) ")
_RESULTS = {b"Ok": 2, b"TempFail": 4, b"PermFail": 5, b"Loop": 5}
_REJECTED = re.compile(rb"(?P<what>BANNER|[A-Z]{4,8}) rejected: (?P<reply>[2-5][0-9]{2}[ -].*)")


def session(line: bytes) -> bytes | None:
    """Return the id of the session that a line belongs to, or None."""
    match = _SESSION.search(line)
    return match["id"] if match is not None else None


def client(line: bytes) -> str:
    """Return the client (`smtp connected address=ADDRESS host=NAME`): `NAME [ADDRESS]`."""
    address, host = between(line, b" address=", b" "), line.rpartition(b" host=")[2].strip()
    return f"{text(host) or ''} [{text(address) or ''}]"


def refusal(line: bytes, number: int, client: str) -> Found | None:
    """Return the reply that refused a command; the command itself may hold a password."""
    reply = line.rstrip().removesuffix(b'"').rpartition(b' result="')[2]
    if not is_reply(reply):
        return None
    command = between(line, b' command="', b'" result="') or b""
    verb = command.partition(b" ")[0].upper().decode("ascii", "replace")
    context = CONTEXTS.get(verb, Context.UNKNOWN)
    greeting = b" failed-command " in line and not command
    return Found(
        reply.decode("utf-8", "surrogateescape"),
        Context.CONNECT if greeting else context,
        logging_host(line),
        text(between(command, b"<", b">")) if context is Context.RCPT else None,
        text(between(command, b"<", b">")) if context is Context.MAIL else None,
        number,
        client=client,
    )


def delivery(line: bytes, number: int) -> Found | None:
    """Return the reply of a delivery, or its reason where no host answered."""
    reply = line.rstrip().removesuffix(b'"').rpartition(b' stat="')[2]
    klass = _RESULTS.get(between(line, b' result="', b'"') or b"")
    quoted = is_reply(reply)
    if klass is None and not quoted:
        return None
    relay = between(line, b' relay="', b'"') or b""
    return Found(
        reply.decode("utf-8", "surrogateescape"),
        Context.DATA_END if klass == 2 else None,
        text(between(relay, b"(", b")") or relay),
        text(between(line, b" to=<", b">")),
        text(between(line, b" from=<", b">")),
        number,
        klass=0 if quoted else klass or 0,
        queue=text(between(line, b" evpid=", b" ")),
    )


def stopped(line: bytes, number: int) -> Found | None:
    """Return the reply that ended a session to a host (`BANNER rejected: 554 ...`), or None.

    The line of the delivery does not quote it; other errors are in it.
    """
    match = _REJECTED.search(line, line.find(_STOPPED))
    if match is None:
        return None
    what = match["what"].decode("ascii")
    context = Context.CONNECT if what == "BANNER" else CONTEXTS.get(what)
    return Found(match["reply"].rstrip().decode("utf-8", "surrogateescape"), context, line=number)
