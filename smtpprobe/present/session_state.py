"""What is known of a session, as lines: one fact a line, so that any width and any reader do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import assert_never

from smtpprobe.present import spans
from smtpprobe.present.escape import shown
from smtpprobe.present.reply import reply_lines
from smtpprobe.present.spans import Line, Span
from smtpprobe.protocol.events import (
    By,
    Closed,
    Event,
    HalfClosed,
    Opened,
    Received,
    Remarked,
    Secured,
    Sent,
    Waived,
)
from smtpprobe.protocol.phase import PROMPT_WORDS, Dialect, Phase
from smtpprobe.protocol.session import START, Exchange, State, advance
from smtpprobe.protocol.tls_facts import CertificateFacts, TlsFacts
from smtpprobe.protocol.units import shown_clock, shown_duration

HEX_OCTETS = 4096
"""How many octets `:last -x` prints; recordings hold all of them."""

_YES_NO = {True: "yes", False: "no", None: "unknown"}


def fact(name: str, value: str) -> Line:
    """Return one fact as a line."""
    return (Span(spans.HEADING, f"{name}: "), Span(spans.PLAIN, shown(value)))


def state_lines(state: State, waiting: int = 0) -> list[Line]:
    """Return connection, session and envelope; `waiting` lines are queued."""
    if state.phase is Phase.CLOSED:
        target = [fact("last target", str(state.target))] if state.target is not None else []
        return [fact("state", "offline"), *target]
    facts = [
        ("state", PROMPT_WORDS[state.phase]),
        ("host", f"{state.host}:{state.port}" if state.port else state.host),
        ("peer", state.peer),
        ("proxy", state.via.proxy),
        ("PROXY header", state.via.header.removeprefix("PROXY ")),
        ("dialect", "LMTP" if state.dialect is Dialect.LMTP else ""),
        ("client name", state.identity or ""),
        ("TLS", tls_words(state.tls) if state.tls is not None else "no"),
        ("logged in", state.authenticated or "no"),
        ("sender", _sender(state)),
        *(("recipient", f"<{mailbox}>") for mailbox in state.recipients),
        ("awaited", ", ".join(_awaited(state))),
        ("queued", str(waiting) if waiting else ""),
        ("commands", f"{state.commands}, {state.refusals} refused"),
    ]
    return [fact(name, value) for name, value in facts if value]


def _sender(state: State) -> str:
    return "" if state.sender is None else f"<{state.sender}>"


def _awaited(state: State) -> Iterable[str]:
    if state.phase is Phase.GREETING:
        yield "greeting"
    for pending in state.pending:
        yield f"reply to {pending.command.verb or 'message' if not _sasl(state) else 'challenge'}"


def _sasl(state: State) -> bool:
    return state.phase is Phase.AUTH


def tls_words(tls: TlsFacts) -> str:
    """Return a TLS session in a few words: version, cipher, verdict."""
    if not tls.ok:
        return f"failed: {tls.reason}"
    verified = {True: "verified", False: "not verified", None: "not judged"}[tls.verdict.verified]
    return f"{tls_version(tls)}, {tls.cipher}, certificate {verified}"


def own_certificate_words(tls: TlsFacts) -> str:
    """Return the client certificate's file, and whether the server has got it."""
    seen = tls.negotiated
    if seen.own_certificate:
        told = "sent"
    elif seen.client_certificate is False:
        told = "not sent, as the server did not ask for one"
    elif seen.own_certificate is False:
        told = "not sent, as it does not fit what the server asked for"
    else:
        told = "unknown whether it was sent"
    return f"{tls.own_certificate}, {told}"


def tls_version(tls: TlsFacts) -> str:
    """Return the protocol version as people write it: `TLS 1.3`."""
    written = tls.version.replace("TLSv", "TLS ")
    return shown("TLS 1.0" if written == "TLS 1" else written)


def certificate_lines(state: State) -> list[Line]:
    """Return handshake, verdict and every certificate of the chain."""
    tls = state.tls
    if tls is None:
        return [_none("no TLS on this connection, so no certificate")]
    verdict = tls.verdict
    lines = [
        fact("TLS", tls_words(tls)),
        fact("name sent (SNI)", tls.sni if tls.sni is not None else "none"),
        fact("chain trusted", _with_reason(verdict.trusted, verdict.reason)),
        fact("name wanted", tls.reference),
        fact("name matches", _with_reason(verdict.name_matches, verdict.name_reason)),
        fact("enforced", _YES_NO[tls.enforced]),
        *([fact("own certificate", own_certificate_words(tls))] if tls.own_certificate else []),
    ]  # fmt: skip
    for index, certificate in enumerate(tls.chain):
        lines += _certificate(index, certificate)
    return lines


def _with_reason(value: bool | None, reason: str) -> str:
    return _YES_NO[value] + (f": {reason}" if reason and value is not True else "")


def _certificate(index: int, certificate: CertificateFacts) -> list[Line]:
    names = (*certificate.names, *certificate.addresses)
    dates = [
        date.strftime("%Y-%m-%d %H:%M UTC") if date is not None else "unreadable"
        for date in (certificate.not_before, certificate.not_after)
    ]
    facts = [
        ("subject", certificate.subject),
        ("issuer", certificate.issuer),
        ("names", ", ".join(names)),
        ("valid", f"{dates[0]} to {dates[1]}"),
        ("key", certificate.key),
        ("signature", certificate.signature),
        ("SHA-256", certificate.sha256),
    ]
    rows = [fact(f"  {name}", value) for name, value in facts if value]
    return [spans.line(f"certificate {index}", spans.HEADING), *rows]


def time_lines(events: tuple[Event, ...]) -> list[Line]:
    """Return how long connecting, handshakes and each reply took, as far as remembered."""
    lines: list[Line] = []
    state = START
    for event in events:
        state, exchange = advance(state, event)
        match event:
            case Opened(host=host, seconds=seconds):
                lines.append(fact("connect", f"{shown_duration(seconds)}  {host}"))
            case Secured(tls=tls):
                lines.append(fact("handshake", shown_duration(tls.seconds)))
            case Received() if exchange is not None:
                lines.append(_reply_time(exchange))
            case _:
                pass
    if state.phase is not Phase.CLOSED:
        lines.append(fact("session", shown_clock(state.last_at - state.opened_at)))
    return lines or [_none("no timings yet")]


def _reply_time(exchange: Exchange) -> Line:
    name = exchange.context.value if exchange.context is not None else "unasked"
    taken = shown_duration(exchange.elapsed) if exchange.elapsed is not None else "-"
    return fact(name, f"{taken}  {exchange.reply.code or 'no code'}")


def last_lines(exchange: Exchange) -> list[Line]:
    """Return a reply again, trailing blanks visible."""
    return reply_lines(exchange.reply, visible_blanks=True)


def last_exchange(events: Sequence[Event]) -> Sequence[Event]:
    """Return the events from the last sending on; of lines that went out together, from the first.

    Where nothing was sent they begin with the connection.
    """
    at = len(events) - 1
    while at > 0 and not isinstance(events[at], Sent | Opened):
        at -= 1
    while at > 0 and isinstance(events[at], Sent) and isinstance(events[at - 1], Sent):
        at -= 1
    return events[max(at, 0) :]


def octet_lines(events: Sequence[Event], opened_at: float, pending: bytes = b"") -> list[Line]:
    """Return events octet for octet, with the seconds since the connection and the one before.

    `pending` are octets of an unfinished reply.
    """
    lines, before, left = list[Line](), None, HEX_OCTETS
    for event in events:
        what, mark, octets = _told(event)
        since = "" if before is None else f", {shown_duration(event.at - before)} later"
        count = f", {len(octets)} octets" if mark else ""
        lines.append(_none(f"{event.at - opened_at:.6f} s{since}: {what}{count}"))
        lines += _hex_lines(octets[:left], mark)
        left, before = max(0, left - len(octets)), event.at
    if pending:
        lines.append(_none(f"unfinished: received so far, {len(pending)} octets"))
        lines += _hex_lines(pending[:left], "<")
    if not left:
        lines.append(_none(f"{HEX_OCTETS} octets shown; :transcript and :pcap record them all"))
    return lines


def _told(event: Event) -> tuple[str, str, bytes]:
    """Return what an event is, which way its octets went, and these."""
    match event:
        case Sent(command=command, pace=pace):
            return "sent" + (f" at {pace}" if pace is not None else ""), ">", command.raw
        case Received(reply=reply):
            return "received", "<", reply.raw
        case Opened(peer=peer, host=host):
            return f"connected to {shown(peer or host)}", "", b""
        case Secured(tls=tls, surplus=surplus):
            done = f"TLS handshake {'done' if tls.ok else 'failed'}"
            return (f"{done}; plaintext before it", "<", surplus) if surplus else (done, "", b"")
        case Closed(by=by):
            return "closed by the server" if by is By.THEM else "closed by us", "", b""
        case HalfClosed():
            return "our side closed", "", b""
        case Waived():
            return "replies no longer awaited", "", b""
        case Remarked(text=text):
            return shown(text), "", b""
        case _:
            assert_never(event)


def _hex_lines(raw: bytes, mark: str) -> list[Line]:
    """Return octets, sixteen a line, beside their printable form."""
    lines = []
    for start in range(0, len(raw), 16):
        row = raw[start : start + 16]
        text = "".join(chr(octet) if 0x20 <= octet < 0x7F else "." for octet in row)
        lines.append(spans.line(f"{mark} {start:04x}  {row.hex(' '):<47}  {text}"))
    return lines


def _none(text: str) -> Line:
    return spans.line(f"# {text}", spans.NOTICE)
