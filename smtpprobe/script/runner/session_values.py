"""What assertions and values can ask of a session: its last reply, EHLO, TLS and times. Pure."""

from __future__ import annotations

import base64
from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from smtpprobe.present.escape import quoted
from smtpprobe.protocol.events import Secured
from smtpprobe.protocol.reply import Defect
from smtpprobe.protocol.session import Exchange, State
from smtpprobe.protocol.tls_facts import TlsFacts
from smtpprobe.script.runner.matching.wording import malformed
from smtpprobe.script.runner.variables import Unknowable, literal


class View(NamedTuple):
    """What is known of a connection at one moment.

    `reply` is the one taken last, `secured` the last handshake, of STARTTLS or of the
    connection itself. Times are in seconds; `now` is a date.
    """

    state: State
    reply: Exchange | None
    secured: Secured | None
    total: float
    connect: float | None
    greeting: float | None
    now: datetime


def side(name: str, view: View) -> str:
    """Return what a name such as `tls.version` stands for; lists are lines of text.

    Raises:
        KeyError: there is no such name.
        Unknowable: it is not known; the text says why.
    """
    group, _, field = name.partition(".")
    return _GROUPS[group](field, view)


def _reply(field: str, view: View) -> str:
    if view.reply is None:
        raise Unknowable("no reply was taken on this connection yet")
    reply = view.reply.reply
    if fault := _unreliable(field, view.reply):
        raise Unknowable(fault)
    match field:
        case "code":
            return str(reply.code or "")
        case "enhanced":
            return str(reply.enhanced or "")
        case "text":
            return reply.text
        case "lines":
            return str(len(reply.lines))
        case "ms":
            return "" if view.reply.elapsed is None else f"{view.reply.elapsed * 1000:.0f}"
        case _:
            raise KeyError(field)


def _unreliable(field: str, exchange: Exchange) -> str:
    """Return why something of a reply cannot be relied on; empty where it can.

    Of a reply of several codes that is which one holds, of one that was cut off all but its time.
    """
    fault = malformed(exchange)
    if fault is None or field == "ms":
        return ""
    cut_off = exchange.reply.flaw is Defect.UNTERMINATED
    return fault.message if cut_off or field in ("code", "enhanced") else ""


def _ehlo(field: str, view: View) -> str:
    if view.state.identity is None:
        raise Unknowable("no EHLO was accepted on this connection yet")
    extensions = view.state.extensions
    match field:
        case "keywords":
            return "\n".join(extensions.keywords)
        case "size":
            return str(extensions.size_limit or "")
        case "":
            raise KeyError(field)
        case _:
            if field not in extensions:
                return ""
            return " ".join(extensions.parameters(field)) or field.upper()


def _tls(field: str, view: View) -> str:
    if view.secured is None:
        raise Unknowable("no handshake on this connection")
    tls = view.secured.tls
    if field in _OF_LEAF:
        return _OF_LEAF[field](tls, view.now)
    match field:
        case "ok":
            return _truth(tls.ok)
        case "version":
            return tls.version.removeprefix("TLSv")
        case "cipher":
            return tls.cipher
        case "verified":
            if tls.ok and tls.verdict.verified is None:
                raise Unknowable(tls.verdict.reason or tls.verdict.name_reason or "not judged")
            return _truth(bool(tls.verdict.verified))
        case "surplus":
            return quoted(view.secured.surplus) if view.secured.surplus else ""
        case _:
            raise KeyError(field)


def _days_left(tls: TlsFacts, now: datetime) -> str:
    leaf = tls.leaf
    if leaf is None or leaf.not_after is None:
        return ""
    return str((leaf.not_after - now).days)


_OF_LEAF: dict[str, Callable[[TlsFacts, datetime], str]] = {
    "days_left": _days_left,
    "subject": lambda tls, _: tls.leaf.subject if tls.leaf else "",
    "issuer": lambda tls, _: tls.leaf.issuer if tls.leaf else "",
    "san": lambda tls, _: "\n".join(tls.leaf.names + tls.leaf.addresses) if tls.leaf else "",
}


def _time(field: str, view: View) -> str:
    match field:
        case "total":
            return f"{view.total:.6f}"
        case "connect" | "greeting":
            seconds = view.connect if field == "connect" else view.greeting
            if seconds is None:
                raise Unknowable("there is no connection yet")
            return f"{seconds:.6f}"
        case _:
            raise KeyError(field)


def _last(field: str, view: View) -> str:
    if view.reply is None:
        raise Unknowable("no reply was taken on this connection yet")
    if fault := _unreliable(field, view.reply):
        raise Unknowable(fault)
    match field:
        case "code":
            return str(view.reply.reply.code or "")
        case "text":
            return view.reply.reply.text
        case "challenge":
            try:
                octets = base64.b64decode(view.reply.reply.text.strip().encode(), validate=True)
            except ValueError:
                raise Unknowable("the last reply is no challenge in base64") from None
            return octets.decode("utf-8", "surrogateescape")
        case _:
            raise KeyError(field)


def _truth(value: bool) -> str:
    return "true" if value else "false"


_GROUPS: dict[str, Callable[[str, View], str]] = {
    "reply": _reply,
    "ehlo": _ehlo,
    "tls": _tls,
    "time": _time,
    "last": _last,
}


def connected(name: str, state: State) -> str:
    """Return `host`, `port` or `domain` of what is connected.

    Raises:
        KeyError: it is another name, or the target has no domain.
        Unknowable: nothing was connected yet.
    """
    if name == "domain":
        if state.target is None or state.target.domain is None:
            raise KeyError(name)
        return state.target.domain
    if name not in ("host", "port"):
        raise KeyError(name)
    if not state.host:
        raise Unknowable("there is no connection yet")
    return literal(state.host) if name == "host" else str(state.port)
