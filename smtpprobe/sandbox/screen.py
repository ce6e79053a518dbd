"""What `smtpprobe sandbox` shows: where the server is, then what arrives."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TextIO, assert_never

from smtpprobe.exits import ExitStatus
from smtpprobe.present.escape import shown
from smtpprobe.present.spans import (
    CLIENT,
    HEADING,
    HINT,
    NOTICE,
    PERMANENT,
    PLAIN,
    SUCCESS,
    TRANSIENT,
    WARNING,
    Line,
    Span,
    line,
)
from smtpprobe.present.terminal import rendered
from smtpprobe.sandbox.notices import Note, NoteKind
from smtpprobe.sandbox.practice.recipients import SPECIALS
from smtpprobe.sandbox.practice.state import DOMAIN, Credentials, Service

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from smtpprobe.sandbox.handler import Delivery

MESSAGE_LINES = 20
"""How many lines of an accepted message are shown."""

NAMES_PER_LINE = 9

_SERVICES = {
    Service.SMTP: "STARTTLS; login inside TLS",
    Service.SUBMISSION: "STARTTLS and login before MAIL",
    Service.SMTPS: "implicit TLS, login before MAIL",
    Service.LMTP: "LHLO; a reply for each recipient",
}
_REPLY_STYLES = {"2": SUCCESS, "3": PLAIN, "4": TRANSIENT, "5": PERMANENT}


@dataclass
class Screen:
    """Writes lines to a stream; once that fails nothing more is written and `broken` is set."""

    out: TextIO
    colour: bool
    quiet: bool
    broken: asyncio.Future[ExitStatus] = field(
        default_factory=lambda: asyncio.get_running_loop().create_future()
    )

    def note(self, note: Note) -> None:
        """Show a note."""
        self.write(note_lines(note, quiet=self.quiet))

    def write(self, lines: Iterable[Line]) -> None:
        """Write lines and flush."""
        if self.broken.done():
            return
        try:
            self.out.write(rendered(lines, colour=self.colour))
            self.out.flush()
        except OSError:
            self.broken.set_result(ExitStatus.CANNOT_TELL)


def welcome(
    host: str,
    ports: Mapping[Service, int],
    ca_file: str,
    credentials: Credentials,
    client_ca: str = "",
) -> list[Line]:
    """Return how to reach the server, how to log in and what there is to try.

    `client_ca` is the file of the CAs whose certificates log in; empty where none does.
    """
    at = f"[{host}]" if ":" in host else host
    services = [
        _row(service.value, f"{at}:{ports[service]:<6} {meaning}")
        for service, meaning in _SERVICES.items()
    ]
    return [
        line(f"practice server {DOMAIN}: nothing is stored or forwarded; Ctrl-C stops it", HEADING),
        *services,
        _row("CA file", f"{ca_file}  (for --ca-file)"),
        _row("login", f"{credentials.user}, password {credentials.password}"),
        *([_row("", _BY_CERTIFICATE.format(shown(client_ca)))] if client_ca else []),
        _row("recipients", f"anybody@{DOMAIN} is accepted, but these have their own answers"),
        *(line(f"{'':13}{names}", HINT) for names in _names()),
        _row("any reply", f"RCPT TO:<550-5.1.1@{DOMAIN}>, <452@...>, <afterdot-451-4.7.1@...>"),
        _row("try", f"smtpprobe --ca-file {ca_file} {at}:{ports[Service.SMTP]}, then HELP"),
    ]


_BY_CERTIFICATE = "or AUTH EXTERNAL with a certificate (--cert, --key) of a CA in {}"


def note_lines(note: Note, *, quiet: bool) -> list[Line]:
    """Return what is shown of a note; with `quiet` messages and trouble only."""
    number = f"#{note.connection}"
    match note.kind:
        case NoteKind.ACCEPTED:
            return [] if note.delivery is None else _message(number, note.delivery)
        case NoteKind.NOT_SECURED:
            return [line(f"{number} handshake failed: {shown(note.text)}", WARNING)]
        case NoteKind.DROPPED:
            return [line(f"{number} discarded: {shown(note.text)}", WARNING)]
        case NoteKind.MISSED:
            return [line(f"{number} not in this recording: {shown(note.text)}", WARNING)]
        case NoteKind.HEARD:
            return [] if quiet else [_spoken(number, "C", note.text, CLIENT)]
        case NoteKind.SAID:
            return [] if quiet else [_said(number, note.text)]
        case NoteKind.OPENED | NoteKind.CLOSED | NoteKind.SECURED:
            text = f"{number} {note.kind.value}: {shown(note.text)}".removesuffix(": ")
            return [] if quiet else [line(text, NOTICE)]
        case _:
            assert_never(note.kind)


def _row(name: str, text: str) -> Line:
    return (Span(HINT, f"  {name:<11}"), Span(PLAIN, text))


def _names() -> list[str]:
    names = [f"{name}@" for name in SPECIALS]
    starts = range(0, len(names), NAMES_PER_LINE)
    return [" ".join(names[start : start + NAMES_PER_LINE]) for start in starts]


def _said(number: str, text: str) -> Line:
    """One line for a reply: its first, and how many there are."""
    lines = text.removesuffix("\n").removesuffix("\r").split("\n")
    more = f" (the first of {len(lines)} lines)" if len(lines) > 1 else ""
    style = _REPLY_STYLES.get(text[:1], PLAIN)
    return _spoken(number, "S", lines[0].removesuffix("\r"), style, more)


def _spoken(number: str, who: str, text: str, style: str, more: str = "") -> Line:
    return (Span(NOTICE, f"{number} {who}: "), Span(style, shown(text)), Span(NOTICE, more))


def _message(number: str, delivery: Delivery) -> list[Line]:
    recipients = ", ".join(f"<{address}>" for address in delivery.recipients)
    head = f"message {delivery.queue_id} from <{delivery.sender}> to {recipients}"
    text = delivery.text.decode("utf-8", "surrogateescape").removesuffix("\r\n").split("\n")
    found = [line(f"{number} {shown(head)}, {delivery.octets} octets", HEADING)]
    found += [line(f"{number} | {_text_line(one)}") for one in text[:MESSAGE_LINES]]
    if len(text) > MESSAGE_LINES:
        found.append(line(f"{number} | ... the rest is not shown", NOTICE))
    return found


def _text_line(text: str) -> str:
    return shown(text.removesuffix("\r").expandtabs(8))
