"""A session as a text transcript, which is a script: it replays, and defects survive.

Nothing in it can drive the terminal of whoever prints it, and no secret stands in it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import assert_never

from smtpprobe.present.escape import escaped, is_clean, quoted
from smtpprobe.present.session_view import Detail, SessionView
from smtpprobe.present.spans import text_of
from smtpprobe.present.tls_json import tls_summary
from smtpprobe.protocol.command import Command, Kind
from smtpprobe.protocol.events import By, Closed, Opened, Received, Secured, Sent
from smtpprobe.protocol.happening import Happening
from smtpprobe.protocol.phase import PROMPT_WORDS, Phase
from smtpprobe.protocol.redact import MASK, masked
from smtpprobe.protocol.reply import Reply
from smtpprobe.protocol.session import Exchange, State
from smtpprobe.protocol.target import host_target

HEADER = "# smtpprobe transcript 1\n"
"""The first line of every text transcript."""

_SERVER_LINE = re.compile(rb"[2-5][0-9][0-9](?:-[^\r\n]*|(?: [^\r\n]*)?)\r\n")


@dataclass(frozen=True, slots=True)
class Trust:
    """How certificates are treated now: enforced or only shown, against which roots."""

    enforced: bool = True
    ca_file: str | None = None


class TextTranscript:
    """Turns what happens into the text to append for it.

    `now` gives the wall clock's time, `trust` how a handshake begun now treats the certificate.
    A DATA line is kept back until it is known whether the message follows whole; `settle` gives
    it out without waiting longer.
    """

    def __init__(
        self,
        now: Callable[[], datetime],
        trust: Callable[[], Trust] = Trust,
        *,
        annotate: bool = True,
    ) -> None:
        self._now = now
        self._trust = trust
        self._view = SessionView(Detail.BRIEF) if annotate else None
        self._held: tuple[Sent, str] | None = None
        self._secrets = 0
        self._told = Trust()
        self._in_pieces = False

    @property
    def holds(self) -> bool:
        """Whether something is kept back."""
        return self._held is not None

    def begin(self, state: State) -> str:
        """Return the head of the file; `state` is that of the session when recording begins."""
        if state.phase is Phase.CLOSED:
            return HEADER + ":expand off\n"
        where = f"{_clean(state.host)}, state {PROMPT_WORDS[state.phase]}"
        return f"{HEADER}# recording begins inside a session with {where}\n:expand off\n"

    def write(self, happening: Happening) -> str:
        """Return what to append for an event; may be nothing while a DATA line is kept back."""
        event = happening.event
        match event:
            case Opened():
                return self.settle() + self._opened(event)
            case Sent():
                return self._sent(event, happening.before)
            case Received():
                assert happening.exchange is not None
                return self._received(happening.exchange)
            case Secured():
                return self.settle() + _tls_comment(event)
            case Closed(by=by):
                self._in_pieces = False
                return self.settle() + ("< eof\n" if by is By.THEM else ":close\n")
            case _:
                assert_never(event)

    def partial(self, octets: bytes) -> str:
        """Return the note of octets of a reply that has not ended yet."""
        return f"{self.settle()}# partial {quoted(octets)}\n"

    def settle(self) -> str:
        """Return what was kept back, in the form that claims nothing about what follows."""
        if self._held is None:
            return ""
        (sent, reply), self._held = self._held, None
        return f"> {sent.command.text}\n{reply}"

    def _opened(self, event: Opened) -> str:
        target, host = event.target, host_target(event.target, event.host)
        via = f" via {_clean(event.host)} {_endpoint(event.peer)}" if event.peer else ""
        time = self._now().isoformat(timespec="seconds").replace("+00:00", "Z")
        lines = [f"# target {_clean(str(target))}{via}, {time}\n"]
        if event.tls is not None:
            lines.append(self._tell_trust(Trust(event.tls.enforced, event.tls.ca_file)))
        lines.append(f":connect {host}\n")
        if event.tls is not None:
            lines.append(_tls_comment(Secured(event.at, event.tls)))
        return "".join(lines)

    def _tell_trust(self, trust: Trust) -> str:
        told, self._told = self._told, trust
        lines = ""
        if trust.ca_file not in (None, told.ca_file):
            lines += f"# ca-file {_clean(str(trust.ca_file))}\n"
        if trust.enforced is not told.enforced:
            lines += f":tls verify {'on' if trust.enforced else 'off'}\n"
        return lines

    def _sent(self, event: Sent, before: State) -> str:
        command = event.command
        if self._held is not None and _is_whole_message(command):
            (held, reply), self._held = self._held, None
            return f"{held.command.text}\n{reply}{_lines(command.raw)}"
        settled = self.settle()
        if _asks_for_message(command) and not before.awaiting:
            self._held = (event, "")
            return settled
        return settled + self._command(command, before)

    def _command(self, command: Command, before: State) -> str:
        octets, secret = self._without_secret(command)
        if command.kind is Kind.BODY and (lines := _clean_lines(octets)):
            return "".join(f"> {line}\n" if line else ">\n" for line in lines)
        line = _line(octets)
        if line is None or command.kind is Kind.RAW:
            return f"{secret}{_raw(octets)}"
        starts_tls = command.verb == "STARTTLS" and not command.exact
        trust = self._tell_trust(self._trust()) if starts_tls else ""
        if secret:
            return f"{secret}{line}\n"
        if command.exact or before.awaiting or not _bare(line):
            return f"{trust}> {line}\n" if line else f"{trust}>\n"
        return f"{trust}{line}\n"

    def _without_secret(self, command: Command) -> tuple[bytes, str]:
        hidden = masked(command)
        if hidden is command or b"{{" in hidden.raw:
            return hidden.raw, ""
        self._secrets += 1
        name = f"auth_{self._secrets}"
        octets = hidden.raw.replace(MASK.encode(), b"{{%s}}" % name.encode(), 1)
        return octets, f":secret {name}\n"

    def _received(self, exchange: Exchange) -> str:
        reply = exchange.reply
        clean = not reply.piece and not self._in_pieces and _is_clean_reply(reply)
        self._in_pieces = reply.piece
        written = self._annotation(exchange) + (_lines(reply.raw) if clean else _raw_lines(reply))
        if self._held is None:
            return written
        sent, _ = self._held
        if clean and exchange.command is sent.command and exchange.after.phase is Phase.DATA:
            self._held = (sent, written)
            return ""
        if clean and exchange.command is sent.command and reply.code != 354:
            self._held = None
            return f"{sent.command.text}\n{written}"
        return self.settle() + written

    def _annotation(self, exchange: Exchange) -> str:
        if self._view is None or exchange.reply.piece:
            return ""
        lines = self._view.explained(exchange, Detail.BRIEF)
        return "".join(f"{_clean(text_of(line))}\n" for line in lines[:1])


def is_clean_line(raw: bytes) -> bool:
    """Tell whether a line that ends with CRLF can stand in a text transcript as it is."""
    return _SERVER_LINE.fullmatch(raw) is not None and is_clean(_decoded(raw[:-2]))


def _is_clean_reply(reply: Reply) -> bool:
    raws = [line.raw for line in reply.lines]
    inner_go_on = all(raw[3:4] == b"-" for raw in raws[:-1])
    return inner_go_on and raws[-1][3:4] != b"-" and all(map(is_clean_line, raws))


def _asks_for_message(command: Command) -> bool:
    is_data = command.kind is Kind.COMMAND and command.text.rstrip(" \t").upper() == "DATA"
    return is_data and not command.exact


def _is_whole_message(command: Command) -> bool:
    """Tell whether octets are a message that can stand under a DATA line as it is."""
    raw = command.raw
    if not command.ends_data or not (raw == b".\r\n" or raw.endswith(b"\r\n.\r\n")):
        return False
    return "." not in _clean_lines(raw)[:-1] and bool(_clean_lines(raw))


def _line(octets: bytes) -> str | None:
    """Return a line's text if it ends with CRLF and can be shown as it is, else None."""
    if not octets.endswith(b"\r\n"):
        return None
    text = _decoded(octets[:-2])
    return text if is_clean(text) else None


def _clean_lines(octets: bytes) -> list[str]:
    """Return the lines of message text, none if one of them cannot be shown as it is."""
    found = [_line(line + b"\n") for line in octets.split(b"\n")[:-1]]
    lines = [line for line in found if line is not None]
    return lines if len(lines) == len(found) and octets.endswith(b"\r\n") else []


def _bare(line: str) -> bool:
    """Tell whether a line can stand in a script for itself."""
    if not line or line[0] in "#:<|>" or "{{" in line or line[:4].upper() == "BDAT":
        return False
    return not re.match(r"[2-5][0-9][0-9](?:[ -]|$)", line)


def _lines(raw: bytes) -> str:
    return _decoded(raw.replace(b"\r\n", b"\n"))


def _raw_lines(reply: Reply) -> str:
    return "".join(f"< line {quoted(line.raw)}\n" for line in reply.lines)


def _raw(octets: bytes) -> str:
    written = quoted(octets)
    if MASK.encode() not in octets and b"{{auth_" not in octets:
        written = written.replace("{{", "\\x7b{")
    return f":raw {written}\n"


def _tls_comment(event: Secured) -> str:
    values = tls_summary(event.tls)
    if event.surplus:
        values["surplus"] = quoted(event.surplus)
    return f"# tls {json.dumps(values, ensure_ascii=True)}\n"


def _endpoint(peer: str) -> str:
    address, _, port = peer.rpartition(":")
    return f"[{address.strip('[]')}]:{port}"


def _clean(text: str) -> str:
    return escaped(text)


def _decoded(octets: bytes) -> str:
    return octets.decode("utf-8", "surrogateescape")
