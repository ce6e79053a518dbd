"""The readers of what others write: each with its law, and what its inputs are bred from.

A target takes any octets and returns, or fails: by an exception that it does not announce, by a
broken law, or by taking longer than an input of its size may.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from smtpprobe.errors import ProbeError, ScriptError
from smtpprobe.explainer.explain import explained
from smtpprobe.explainer.pasted import explain_pasted
from smtpprobe.explainer.report.json_csv import csv_line, json_line
from smtpprobe.knowledge.own.read import read_table
from smtpprobe.policy import dane, der, dkim_key, dmarc, mta_sts, tls_rpt
from smtpprobe.present.session import SessionView
from smtpprobe.present.spans import text_of
from smtpprobe.protocol.command import read_line
from smtpprobe.protocol.events import By, Closed, Event, HalfClosed, Opened, Received, Secured, Sent
from smtpprobe.protocol.happening import Happening
from smtpprobe.protocol.reply import ReplyParser
from smtpprobe.protocol.session import START, State, advance, fold
from smtpprobe.protocol.target import Target, TargetKind, parse_target
from smtpprobe.protocol.tls_facts import TlsFacts
from smtpprobe.script.importers.exim import import_exim
from smtpprobe.script.importers.swaks import import_swaks
from smtpprobe.script.importers.swaks_command import translated
from smtpprobe.script.importers.telnet import import_telnet
from smtpprobe.script.language.formatter import formatted
from smtpprobe.script.parser.parser import parse
from smtpprobe.script.recordings.read import read_recording
from tests.explainer.test_laws import read

TESTS = Path(__file__).parents[1]
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
HOST = Target(TargetKind.ADDRESS, "mx.example", 25)


class Fuzzed(NamedTuple):
    """A reader: what it is called with, and files whose octets are a beginning."""

    takes: Callable[[bytes], None]
    seeds: Callable[[], Iterable[bytes]]


def replies(octets: bytes) -> None:
    """No octet is lost, and it does not matter in what portions they come."""
    whole, parted = ReplyParser(), ReplyParser()
    found = whole.feed(octets)
    each = [reply for at in range(len(octets)) for reply in parted.feed(octets[at : at + 1])]
    assert [one.raw for one in found] == [one.raw for one in each]
    rest = whole.close()
    assert b"".join(one.raw for one in found) + (rest.raw if rest else b"") == octets
    for reply in found:
        assert (reply.code is None) or 0 <= reply.code <= 999
        assert reply.text is not None
        _ = (reply.enhanced, reply.severity, reply.defects, reply.extensions, reply.words)


def sessions(octets: bytes) -> None:
    """Any events lead to a state, and can be shown; nothing shown controls a terminal."""
    state: State = START
    events: list[Event] = []
    view = SessionView(width=lambda: 80)
    parser = ReplyParser()
    for number, line in enumerate(octets.split(b"\n")[:200]):
        for event in _events(float(number), line, parser, state):
            before = state
            state, exchange = advance(state, event)
            assert (exchange is not None) == isinstance(event, Received)
            events.append(event)
            for shown in view.lines(Happening(event, before, state, exchange)):
                assert not CONTROLS.search(text_of(shown)), shown
    assert fold(events) == state


def _events(at: float, line: bytes, parser: ReplyParser, state: State) -> list[Event]:
    match line[:1]:
        case b">":
            text = line[1:].decode("utf-8", "surrogateescape").replace("\r", "")
            return [Sent(at, read_line(text, state.phase))]
        case b"!":
            return [Closed(at, By.THEM, "closed")]
        case b"+":
            return [Opened(at, HOST, "mx.example", 25)]
        case b"~":
            return [Secured(at, TlsFacts(ok=line[1:2] != b"n"))]
        case b"^":
            return [HalfClosed(at)]
    return [Received(at, reply) for reply in parser.feed(line + b"\n")]


def scripts(octets: bytes) -> None:
    """A script parses or says what is wrong; its canonical form is one, and its own."""
    try:
        script = parse(octets, "fuzzed")
    except ScriptError:
        return  # what is shown of it is escaped where it is shown
    once = formatted(script)
    assert formatted(parse(once.encode("utf-8", "surrogateescape"), "fuzzed")) == once


def explanations(octets: bytes) -> None:
    """Logs, bounces, sessions: what is found is explained, and safe to show."""
    found, _ = read(octets, [997])
    for one in found[:50]:
        annotation = explained(one)
        assert not CONTROLS.search(json_line(one, annotation, "x"))
        csv_line(one, annotation, "x")


def pastes(octets: bytes) -> None:
    """What is typed behind `explain`."""
    text = octets.decode("utf-8", "surrogateescape")
    for line in explain_pasted(text).lines:
        assert not CONTROLS.search(text_of(line)), line


def recordings(octets: bytes) -> None:
    """A recording is read or refused."""
    try:
        recording = read_recording(octets)
    except ProbeError:
        return
    for track in recording.tracks:
        fold(track.events)


def policies(octets: bytes) -> None:
    """Files and records of MTA-STS, TLSRPT, DMARC, DKIM: a policy or why there is none."""
    found = mta_sts.read_policy(octets)
    assert (found.policy is None) == bool(found.problem)
    if found.policy is not None:
        found.policy.covers("mx.example.org")
    lines = octets.decode("utf-8", "surrogateescape").split("\n")[:10]
    mta_sts.read_txt(lines)
    tls_rpt.read_txt(lines)
    dmarc.read_dmarc(lines)
    dkim_key.read_key(lines)


def certificates(octets: bytes) -> None:
    """DER by hand, and records of TLSA."""
    record = dane.parse_record(octets.decode("latin-1"))
    if record is not None:
        dane.unusable(record)
        dane.matches(record, octets)
        dane.considered([record])
    der.public_key_info(octets)
    der.is_public_key_info(octets)
    for extension in der.extensions(octets):
        der.with_only(octets, extension)


def imports(octets: bytes) -> None:
    """Sessions of other tools become scripts that parse."""
    text = octets.decode("utf-8", "surrogateescape")
    for reader in (import_telnet, import_swaks, import_exim):
        try:
            made = reader(text)
        except ProbeError:
            continue
        parse(made.text.encode("utf-8", "surrogateescape"), "imported")
    with suppress(ProbeError):
        translated(text)


def targets(octets: bytes) -> None:
    """A target is one, and written as itself; a table of one's own is read or refused."""
    text = octets.decode("utf-8", "surrogateescape")
    with suppress(ProbeError):
        read_table(text, "fuzzed")
    for line in text.split("\n")[:20]:
        try:
            target = parse_target(line)
        except ProbeError:
            continue
        # the mailbox that named it is not of the target itself
        assert parse_target(str(target)) == target._replace(mailbox="")


def _files(*patterns: str) -> Callable[[], Iterable[bytes]]:
    def seeds() -> Iterable[bytes]:
        for pattern in patterns:
            for file in sorted(TESTS.parent.glob(pattern)):
                octets = file.read_bytes()
                yield gzip.decompress(octets) if file.suffix == ".gz" else octets

    return seeds


def _texts(*texts: bytes) -> Callable[[], Iterable[bytes]]:
    return lambda: texts


SESSIONS = ("tests/corpus/*.smtp", "examples/*.smtp", "tests/corpus/servers/*/*.smtp")

TARGETS: Mapping[str, Fuzzed] = {
    "replies": Fuzzed(replies, _files("tests/corpus/replies/odd.tsv", "tests/corpus/*.smtp")),
    "sessions": Fuzzed(sessions, _texts(
        b"+\n220 mx ESMTP\r\n>EHLO me\n250-mx\r\n250-PIPELINING\r\n250 AUTH PLAIN\r\n>AUTH PLAIN\n"
        b"334 \r\n>AGEAYg==\n235 ok\r\n>MAIL FROM:<a@b>\n250 ok\r\n>RCPT TO:<c@d>\n550 no\r\n",
        b"+\n220 mx\r\n>STARTTLS\n220 go\r\n~\n>EHLO me\n250 mx\r\n>DATA\n354 go\r\n>text\n>.\n"
        b"250 2.0.0 ok queued as 4F\r\n>BDAT 4 LAST\n>QUIT\n221 bye\r\n!\n",
    )),
    "scripts": Fuzzed(scripts, _files("tests/corpus/*.smtp", "examples/*.smtp")),
    "explanations": Fuzzed(explanations, _files("tests/explainer/data/*")),
    "pastes": Fuzzed(pastes, _files("tests/corpus/replies/odd.tsv", "tests/explainer/data/*")),
    "recordings": Fuzzed(recordings, _files(*SESSIONS)),
    "policies": Fuzzed(policies, _texts(
        b"version: STSv1\r\nmode: enforce\r\nmax_age: 9\r\nmx: *.example.org\r\nmx: a.test\r\n",
        b"v=STSv1; id=20240101;\nv=TLSRPTv1; rua=mailto:a@b.example,https://c.example/x",
        b"v=DMARC1; p=reject; sp=none; pct=5; rua=mailto:a@b.example!10m; adkim=s",
        b"v=DKIM1; k=rsa; h=sha256; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQ",
    )),
    "certificates": Fuzzed(certificates, _files("tests/data/root.pem")),
    "imports": Fuzzed(imports, _files("tests/script/importers/**/*.txt")),
    "targets": Fuzzed(targets, _texts(
        b"example.org\n[mx.example]:25\nsmtps://h\nlmtp+unix:/x\npipe:a b\n[2001:db8::1]:587",
        b'[[reply]]\ncode = 550\ntext = "blocked * by x"\ncause = "spam"\nsay = "a"\n',
    )),
}  # fmt: skip
"""All of them, by the names of `make fuzz TARGETS=...`."""
