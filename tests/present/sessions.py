"""Sessions made by hand: events folded into happenings, as a client's readers get them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from smtpprobe.present.transcript import TextTranscript, Trust
from smtpprobe.present.transcript_json import JsonTranscript
from smtpprobe.protocol.command import Command, Kind, body, exact_line, read_line
from smtpprobe.protocol.events import Event, Opened, Received, Sent
from smtpprobe.protocol.happening import Happening
from smtpprobe.protocol.phase import Phase
from smtpprobe.protocol.reply import parse_reply
from smtpprobe.protocol.session import START, advance
from smtpprobe.protocol.target import parse_target

MOMENT = datetime(2026, 11, 21, 22, 14, 3, tzinfo=UTC)
OPENED = Opened(
    0.0,
    parse_target("example.net"),
    "mx1.example.net",
    25,
    "192.0.2.10:25",
    preference=10,
    client="probe.example.org",
)


def happenings(events: Iterable[Event]) -> list[Happening]:
    state, found = START, []
    for event in events:
        before = state
        state, exchange = advance(before, event)
        found.append(Happening(event, before, state, exchange))
    return found


def said(*replies: bytes) -> list[Event]:
    return [Received(0.0, parse_reply(raw)) for raw in replies]


def typed(line: str, phase: Phase = Phase.READY) -> Sent:
    return Sent(0.0, read_line(line, phase))


def asis(line: str, phase: Phase = Phase.READY) -> Sent:
    return Sent(0.0, exact_line(line, phase))


def message(*lines: str) -> Sent:
    return Sent(0.0, body(list(lines)))


def octets(raw: bytes, kind: Kind = Kind.RAW) -> Sent:
    return Sent(0.0, Command(raw, kind, exact=True))


def as_text(events: Iterable[Event], trust: Trust | None = None, *, annotate: bool = True) -> str:
    transcript = TextTranscript(lambda: MOMENT, lambda: trust or Trust(), annotate=annotate)
    parts = [transcript.begin(START), *map(transcript.write, happenings(events))]
    return "".join([*parts, transcript.settle()])


def as_json(events: Iterable[Event]) -> str:
    transcript = JsonTranscript(lambda: MOMENT)
    return "".join([transcript.begin(START), *map(transcript.write, happenings(events))])
