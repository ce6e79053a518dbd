"""Reads recordings of servers and their readings, and asks the program about each reply.

A reading has the situation and the line that was sent, the reply (a line end is a `\\n`), the
causes that are right, with `|` between them, and the words that a good meaning or next step has:
all of those between `;`, any of those between `|`, and none that has a `!` in front.
"""

from __future__ import annotations

import csv
import functools
import re
from collections.abc import Iterator, Mapping
from enum import Enum
from pathlib import Path
from typing import Final, NamedTuple

from smtpprobe.knowledge.annotate import annotate
from smtpprobe.knowledge.annotation import Annotation, Cause
from smtpprobe.present.escape import escaped
from smtpprobe.protocol.events import By, Closed, Opened, Received, Secured
from smtpprobe.protocol.session import Exchange, exchanges
from smtpprobe.protocol.tls_facts import TlsFacts
from smtpprobe.script.recordings.builder import Track
from smtpprobe.script.recordings.read import read_recording

FOLDER = Path(__file__).parent

RELEASES: Final[Mapping[str, str]] = {"debian-12": "Debian 12", "debian-13": "Debian 13"}
"""Where the servers ran: the folder of the recordings, and how it is called."""

RECORDINGS = [file for release in RELEASES for file in sorted((FOLDER / release).glob("*.smtp"))]

LONGEST = 60
"""Characters of a line that a reading shows."""


class Reading(NamedTuple):
    """One reply as a person reads it."""

    situation: str
    sent: str
    reply: str
    causes: str
    words: str


class Verdict(Enum):
    """How the program's annotation stands beside a reading."""

    RIGHT = "right"
    GENERIC = "generic"
    """Nothing false, but what a reader needs is missing."""
    WRONG = "wrong"


class Heard(NamedTuple):
    """A reply of a recording, where it came up first."""

    situation: str
    exchange: Exchange

    @property
    def sent(self) -> str:
        """The line that was answered; empty where there was none."""
        command = self.exchange.command
        text = escaped(command.text.splitlines()[-1]) if command is not None else ""
        return text if len(text) <= LONGEST else f"{text[: LONGEST - 3]}..."

    @property
    def reply(self) -> str:
        """The reply as a reading writes it."""
        raw = self.exchange.reply.raw.decode("utf-8", "surrogateescape")
        return "\\n".join(escaped(line) for line in raw.splitlines())

    @property
    def key(self) -> tuple[str, str]:
        """The line and its reply: what is read once for each server."""
        return self.sent, self.reply


def server_of(recording: Path) -> str:
    """Return the product and version that a recording is of."""
    found = re.search(
        r"^# server (.*)$", recording.read_text("utf-8", "surrogateescape"), re.MULTILINE
    )
    assert found is not None
    return found[1]


def by_situation(recording: Path) -> dict[str, list[Heard]]:
    """Return what was heard in each situation."""
    octets = recording.read_bytes()
    names = re.findall(rb"^# situation ([a-z0-9-]+)$", octets, re.MULTILINE)
    tracks = read_recording(octets, recording.name).tracks
    return {
        name.decode(): [Heard(name.decode(), one) for one in exchanges(track.events)]
        for name, track in zip(names, tracks, strict=True)
    }


def heard(recording: Path) -> Iterator[Heard]:
    """Yield each reply of a recording to each line once."""
    seen = set()
    for found in by_situation(recording).values():
        for one in found:
            if one.key not in seen:
                seen.add(one.key)
                yield one


class End(NamedTuple):
    """How a situation ended."""

    code: int | None
    """Of the last reply; None if it has none that can be read."""
    hung_up: bool
    """Whether the server closed the connection, and neither 221 nor 421 said so."""
    tls: TlsFacts | None
    """What came of the last handshake, if there was one."""

    @property
    def told(self) -> str:
        """What a cell says."""
        code = "-" if self.code is None else str(self.code)
        return f"{code}, closed" if self.hung_up else code

    @property
    def handshake(self) -> str:
        """What a cell says about TLS."""
        if self.tls is None:
            return f"no TLS, {self.told}"
        if not self.tls.ok:
            return "handshake failed"
        return f"{self.tls.version}, {'verified' if self.tls.verdict.verified else 'not verified'}"


@functools.cache
def ends(recording: Path) -> dict[str, End]:
    """Return how each situation of a recording ended."""
    octets = recording.read_bytes()
    names = re.findall(rb"^# situation ([a-z0-9-]+)$", octets, re.MULTILINE)
    tracks = read_recording(octets, recording.name).tracks
    return {name.decode(): _end(track) for name, track in zip(names, tracks, strict=True)}


def _end(track: Track) -> End:
    codes = [event.reply.code for event in track.events if isinstance(event, Received)]
    code = codes[-1] if codes else None
    closed = any(isinstance(event, Closed) and event.by is By.THEM for event in track.events)
    shaken = [event.tls for event in track.events if isinstance(event, Secured | Opened)]
    tls = next((one for one in reversed(shaken) if one is not None), None)
    return End(code, closed and code not in (221, 421), tls)


def readings(recording: Path) -> list[Reading]:
    """Return the readings beside a recording."""
    with recording.with_suffix(".tsv").open(encoding="utf-8", newline="") as file:
        lines = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE, strict=True)
        assert tuple(next(lines)) == Reading._fields, "the header names the columns"
        return [Reading(*line) for line in lines]


def verdict(annotation: Annotation, reading: Reading) -> Verdict:
    """Return how an annotation stands beside a reading."""
    if annotation.cause.value not in reading.causes.split("|"):
        return Verdict.GENERIC if annotation.cause is Cause.UNKNOWN else Verdict.WRONG
    text = told(annotation)
    terms = [term.strip() for term in reading.words.split(";") if term.strip()]
    if any(_has(term[1:], text) for term in terms if term.startswith("!")):
        return Verdict.WRONG
    wanted = [term.split("|") for term in terms if not term.startswith("!")]
    good = all(any(_has(word, text) for word in words) for words in wanted)
    return Verdict.RIGHT if good else Verdict.GENERIC


def told(annotation: Annotation) -> str:
    """Return all that an annotation says, as one text."""
    steps = [step.text for step in annotation.next_steps]
    said = (annotation.title, annotation.meaning, annotation.more, *steps, *annotation.details)
    return " \n ".join((*said, *annotation.notes, *annotation.remarks))


def _has(word: str, text: str) -> bool:
    """Tell whether a text has a word; one of capitals only as it is written, and whole."""
    if re.fullmatch(r"[A-Z][A-Z0-9-]*", word):
        return re.search(rf"(?<![A-Za-z0-9]){re.escape(word)}(?![A-Za-z0-9])", text) is not None
    return word.lower() in text.lower()


def judged(recording: Path) -> Iterator[tuple[Heard, Reading, Annotation, Verdict]]:
    """Yield each reply with its reading, the program's annotation, and how that stands."""
    for one, reading in zip(heard(recording), readings(recording), strict=True):
        annotation = annotate(one.exchange)
        yield one, reading, annotation, verdict(annotation, reading)
