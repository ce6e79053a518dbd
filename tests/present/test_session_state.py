"""What is known of a session, as lines."""

from __future__ import annotations

from datetime import UTC, datetime

from smtpprobe.present.capabilities import capability_lines
from smtpprobe.present.session_state import (
    HEX_OCTETS,
    certificate_lines,
    last_exchange,
    last_lines,
    octet_lines,
    state_lines,
    time_lines,
)
from smtpprobe.present.spans import Line, text_of
from smtpprobe.protocol.command import read_line
from smtpprobe.protocol.events import (
    By,
    Closed,
    HalfClosed,
    Opened,
    Received,
    Secured,
    Sent,
    Waived,
)
from smtpprobe.protocol.extensions import Extensions
from smtpprobe.protocol.pace import Pace
from smtpprobe.protocol.phase import Phase
from smtpprobe.protocol.reply import parse_reply
from smtpprobe.protocol.session import Exchange, State
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
        phase=Phase.RCPT, sender="", recipients=("a@b", "c@d"), pending=(Sent(0, NOOP),)
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


def test_the_last_exchange_is_shown_both_ways_with_times() -> None:
    events = (
        Sent(1.0, NOOP),
        Received(1.5, parse_reply(b"250 x\r\n")),
        Sent(2.0, NOOP, Pace(10)),
        Received(2.0625, parse_reply(b"250 a\x1b\r\n")),
    )
    assert _texts(octet_lines(last_exchange(events), 0.5, b"25")) == [
        "# 1.500000 s: sent at 10/s, 6 octets",
        "> 0000  4e 4f 4f 50 0d 0a                                NOOP..",
        "# 1.562500 s, 62 ms later: received, 8 octets",
        "< 0000  32 35 30 20 61 1b 0d 0a                          250 a...",
        "# unfinished: received so far, 2 octets",
        "< 0000  32 35                                            25",
    ]


def test_lines_sent_together_are_one_exchange_with_all_their_replies() -> None:
    reply = Received(2.0, parse_reply(b"250 x\r\n"))
    events = (Sent(0.5, NOOP), reply, Sent(1.0, NOOP), Sent(1.0, NOOP), reply, reply)
    assert last_exchange(events) == events[2:]
    assert last_exchange(events[:1]) == events[:1]
    assert last_exchange((reply,)) == (reply,)
    assert last_exchange(()) == ()


def test_what_ended_the_exchange_is_told_too() -> None:
    events = (
        Opened(0.0, parse_target("[mx]"), "mx", 25, "192.0.2.1:25"),
        HalfClosed(1.0),
        Waived(2.0),
        Secured(2.5, TLS._replace(ok=False), b"250 x\r\n"),
        Closed(3.0, By.THEM),
        Closed(3.0, By.US),
    )
    told = [text for text in _texts(octet_lines(last_exchange(events), 0.0)) if text[0] == "#"]
    assert told == [
        "# 0.000000 s: connected to 192.0.2.1:25",
        "# 1.000000 s, 1.0 s later: our side closed",
        "# 2.000000 s, 1.0 s later: replies no longer awaited",
        "# 2.500000 s, 500 ms later: TLS handshake failed; plaintext before it, 7 octets",
        "# 3.000000 s, 500 ms later: closed by the server",
        "# 3.000000 s, 0 ms later: closed by us",
    ]


def test_a_long_exchange_is_cut_and_says_so() -> None:
    long = Received(1.0, parse_reply(b"250 " + b"x" * 60000 + b"\r\n"))
    lines = _texts(octet_lines((Sent(0.0, NOOP), long), 0.0))
    assert len(lines) == HEX_OCTETS // 16 + 4
    assert lines[2] == "# 1.000000 s, 1.0 s later: received, 60006 octets"
    assert lines[-1] == "# 4096 octets shown; :transcript and :pcap record them all"


def test_the_last_reply_shows_its_trailing_blanks() -> None:
    exchange = Exchange(None, parse_reply(b"250 ok  \r\n"), READY, READY)
    assert _texts(last_lines(exchange)) == ["250 ok\u00b7\u00b7"]
