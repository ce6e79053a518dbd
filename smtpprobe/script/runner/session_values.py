"""What assertions and values can ask of a session: its last reply, EHLO, TLS and times. Pure."""

from __future__ import annotations

import base64
from collections.abc import Callable
from datetime import datetime

from smtpprobe.named_tuple import NamedTuple
from smtpprobe.present.escape import quoted
from smtpprobe.protocol.events import Secured
from smtpprobe.protocol.reply import Defect
from smtpprobe.protocol.session import Exchange, State
from smtpprobe.protocol.tls_facts import CertificateFacts
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
    """Return the value of a name such as `tls.version`; lists are lines of text.

    Raises:
        KeyError: unknown name.
        Unknowable: it is not known; the text says why.
    """
    group, _, field = name.partition(".")
    return _GROUPS[group](field, view)


def _reply(field: str, view: View) -> str:
    return _OF_REPLY[field](_taken(field, view))


def _last(field: str, view: View) -> str:
    return _OF_LAST[field](_taken(field, view))


def _taken(field: str, view: View) -> Exchange:
    """Return the reply taken last, if what is asked of it can be relied on.

    For a reply with several codes all but the code is known, for a truncated one all but its time.
    """
    exchange = view.reply
    if exchange is None:
        raise Unknowable("no reply has been received on this connection yet")
    fault = malformed(exchange)
    cut_off = exchange.reply.flaw is Defect.UNTERMINATED and field != "ms"
    if fault is not None and (cut_off or field in ("code", "enhanced")):
        raise Unknowable(fault.message)
    return exchange


def _challenge(exchange: Exchange) -> str:
    try:
        octets = base64.b64decode(exchange.reply.text.strip().encode(), validate=True)
    except ValueError:
        raise Unknowable("the last reply is not a base64 challenge") from None
    return octets.decode("utf-8", "surrogateescape")


_OF_REPLY: dict[str, Callable[[Exchange], str]] = {
    "code": lambda exchange: str(exchange.reply.code or ""),
    "enhanced": lambda exchange: str(exchange.reply.enhanced or ""),
    "text": lambda exchange: exchange.reply.text,
    "lines": lambda exchange: str(len(exchange.reply.lines)),
    "ms": lambda one: "" if one.elapsed is None else f"{one.elapsed * 1000:.0f}",
}

_OF_LAST: dict[str, Callable[[Exchange], str]] = {
    "code": _OF_REPLY["code"],
    "text": _OF_REPLY["text"],
    "challenge": _challenge,
}


def _ehlo(field: str, view: View) -> str:
    if view.state.identity is None:
        raise Unknowable("no EHLO has been accepted on this connection yet")
    if not field:
        raise KeyError(field)
    extensions = view.state.extensions
    if field == "keywords":
        value = "\n".join(extensions.keywords)
    elif field == "size":
        value = str(extensions.size_limit or "")
    else:
        announced = " ".join(extensions.parameters(field)) or field.upper()
        value = announced if field in extensions else ""
    return value


def _tls(field: str, view: View) -> str:
    if view.secured is None:
        raise Unknowable("no handshake on this connection")
    return _OF_TLS[field](view.secured, view.now)


def _verified(secured: Secured, _now: datetime) -> str:
    tls = secured.tls
    if tls.ok and tls.verdict.verified is None:
        raise Unknowable(tls.verdict.reason or tls.verdict.name_reason or "not judged")
    return _truth(bool(tls.verdict.verified))


def _surplus(secured: Secured, _now: datetime) -> str:
    return quoted(secured.surplus) if secured.surplus else ""


def _of_leaf(
    shown: Callable[[CertificateFacts, datetime], str],
) -> Callable[[Secured, datetime], str]:
    """Return what shows something of the server's certificate, and nothing without one."""

    def value(secured: Secured, now: datetime) -> str:
        leaf = secured.tls.leaf
        return "" if leaf is None else shown(leaf, now)

    return value


def _days_left(leaf: CertificateFacts, now: datetime) -> str:
    return "" if leaf.not_after is None else str((leaf.not_after - now).days)


_OF_TLS: dict[str, Callable[[Secured, datetime], str]] = {
    "ok": lambda secured, _: _truth(secured.tls.ok),
    "version": lambda secured, _: secured.tls.version.removeprefix("TLSv"),
    "cipher": lambda secured, _: secured.tls.cipher,
    "verified": _verified,
    "surplus": _surplus,
    "days_left": _of_leaf(_days_left),
    "subject": _of_leaf(lambda leaf, _: leaf.subject),
    "issuer": _of_leaf(lambda leaf, _: leaf.issuer),
    "san": _of_leaf(lambda leaf, _: "\n".join(leaf.names + leaf.addresses)),
}


def _time(field: str, view: View) -> str:
    seconds = {"total": view.total, "connect": view.connect, "greeting": view.greeting}[field]
    if seconds is None:
        raise Unknowable("not connected yet")
    return f"{seconds:.6f}"


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
        raise Unknowable("not connected yet")
    return literal(state.host) if name == "host" else str(state.port)
