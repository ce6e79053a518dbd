"""What is known of a session, as lines."""

from __future__ import annotations

from datetime import UTC, datetime

from smtpprobe.present.capabilities import capability_lines
from smtpprobe.present.session_state import (
    HEX_OCTETS,
    certificate_lines,
    hex_lines,
    last_lines,
    state_lines,
    time_lines,
)
from smtpprobe.present.spans import Line, text_of
from smtpprobe.protocol.command import read_line
from smtpprobe.protocol.events import Opened, Received, Secured, Sent
from smtpprobe.protocol.extensions import Extensions
from smtpprobe.protocol.phase import Phase
from smtpprobe.protocol.reply import parse_reply
from smtpprobe.protocol.session import Exchange, Pending, State
from smtpprobe.protocol.target import parse_target
from smtpprobe.protocol.tls_facts import CertificateFacts, Shown, TlsFacts, Verdict

NOOP = read_line("NOOP", Phase.READY)
READY = State(
    phase=Phase.READY,
    host="mx1.example.net",
    port=25,
    identity="me.example",
    extensions=Extensions((("SIZE", ("1048576",)), ("AUTH", ("PLAIN",)), ("XODD\x1b", ()))),
)
LEAF = CertificateFacts(
    b"",
    "ab:cd",
    subject="CN=mx1",
    issuer="CN=ca\x1b[2J",
    names=("mx1.example.net",),
    not_before=datetime(2026, 1, 2, 3, 4, tzinfo=UTC),
)
TLS = TlsFacts(
    ok=True,
    version="TLSv1.3",
    cipher="AES",
    sni=None,
    reference="mx1.example.net",
    certificates=Shown(
        (LEAF,),
        verdict=Verdict(trusted=False, reason="self-signed", code=18, name_matches=True),
    ),
)


def _texts(lines: list[Line]) -> list[str]:
    return [text_of(line) for line in lines]


def test_each_keyword_stands_with_its_meaning_and_cannot_drive_the_terminal() -> None:
    texts = _texts(capability_lines(READY))
    assert texts[0].startswith("SIZE 1048576  ")
    assert "1 MiB" in texts[0]
    assert texts[2].startswith("XODD\\x1b  ")


def test_where_nothing_is_announced_the_reason_is_said() -> None:
    assert _texts(capability_lines(State())) == ["# not connected"]
    assert "no EHLO accepted yet" in _texts(capability_lines(READY._replace(identity=None)))[0]
    bare = READY._replace(extensions=Extensions())
    assert _texts(capability_lines(bare)) == ["# the server lists no extensions"]


def test_the_state_is_one_fact_a_line() -> None:
    state = READY._replace(
        phase=Phase.RCPT, sender="", recipients=("a@b", "c@d"), pending=(Pending(NOOP, 0),)
    )
    texts = _texts(state_lines(state, waiting=2))
    assert "state: rcpt" in texts
    assert "sender: <>" in texts
    assert texts.count("recipient: <a@b>") == 1
    assert "awaited: reply to NOOP" in texts
    assert "queued: 2" in texts
    assert "TLS: no" in texts


def test_offline_the_last_target_is_named() -> None:
    state = State(target=parse_target("mx:25"))
    assert _texts(state_lines(state)) == ["state: offline", "last target: [mx]"]


def test_the_certificate_shows_verdict_and_chain_escaped() -> None:
    texts = _texts(certificate_lines(READY._replace(tls=TLS)))
    assert "TLS: TLS 1.3, AES, certificate not verified" in texts
    assert "chain trusted: no: self-signed" in texts
    assert "name matches: yes" in texts
    assert "name sent (SNI): none" in texts
    assert "  issuer: CN=ca\\x1b[2J" in texts
    assert "  valid: 2026-01-02 03:04 UTC to unreadable" in texts


def test_without_tls_there_is_no_certificate() -> None:
    assert "no certificate" in _texts(certificate_lines(READY))[0]


def test_times_are_told_of_what_is_remembered() -> None:
    target = parse_target("mx:25")
    events = (
        Opened(1.0, target, "mx", 25, seconds=0.5),
        Received(1.25, parse_reply(b"220 hi\r\n")),
        Sent(2.0, NOOP),
        Received(2.002, parse_reply(b"250 ok\r\n")),
        Secured(3.0, TLS._replace(seconds=0.061)),
    )
    texts = _texts(time_lines(events))
    assert texts == [
        "connect: 500 ms  mx", "CONNECT: 250 ms  220", "NOOP: 2 ms  250", "handshake: 61 ms",
        "session: 0:02",
    ]  # fmt: skip
    assert _texts(time_lines(())) == ["# no timings yet"]


def test_hex_shows_octets_beside_their_printable_form() -> None:
    exchange = Exchange(None, parse_reply(b"250 a\x1b\r\n"), READY, READY)
    assert _texts(hex_lines(exchange)) == [
        "0000  32 35 30 20 61 1b 0d 0a                          250 a..."
    ]


def test_hex_of_a_long_reply_is_cut_and_says_so() -> None:
    exchange = Exchange(None, parse_reply(b"250 " + b"x" * 60000 + b"\r\n"), READY, READY)
    lines = _texts(hex_lines(exchange))
    assert len(lines) == HEX_OCTETS // 16 + 1
    assert lines[-1].startswith("# 60006 octets in all")


def test_the_last_reply_shows_its_trailing_blanks() -> None:
    exchange = Exchange(None, parse_reply(b"250 ok  \r\n"), READY, READY)
    assert _texts(last_lines(exchange)) == ["250 ok\u00b7\u00b7"]
