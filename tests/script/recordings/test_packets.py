from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpprobe.protocol.command import Command, Kind, read_line
from smtpprobe.protocol.events import (
    By,
    Closed,
    Event,
    HalfClosed,
    Opened,
    Received,
    Secured,
    Sent,
    Waived,
)
from smtpprobe.protocol.phase import Phase
from smtpprobe.protocol.reply import parse_reply
from smtpprobe.protocol.target import parse_target
from smtpprobe.protocol.tls_facts import TlsFacts
from smtpprobe.script.recordings.packets import HEADER, PacketTranscript
from tests.script.recordings.captured import FIN, RST, Stream, packets, streams

HOST = parse_target("[mx.example]")
NOW = 1_700_000_000.0


def opened(peer: str = "192.0.2.9:25", local: str = "192.0.2.7:40001", at: float = 0.0) -> Opened:
    return Opened(at, HOST, "mx.example", 25, peer, local, seconds=0.25)


def sent(text: str, at: float = 1.0) -> Sent:
    return Sent(at, read_line(text, Phase.READY))


def raw(octets: bytes, at: float = 1.0) -> Sent:
    return Sent(at, Command(octets, Kind.RAW))


def received(octets: bytes, at: float = 1.0) -> Received:
    return Received(at, parse_reply(octets))


def written(*events: Event) -> list[Stream]:
    transcript = PacketTranscript(NOW)
    return streams(HEADER + b"".join(map(transcript.write, events)) + transcript.settle())


def test_a_session_is_one_connection_with_its_octets_in_order() -> None:
    (stream,) = written(
        opened(), received(b"220 hi\r\n"), sent("QUIT", 2.0), received(b"221 bye\r\n", 3.0),
        Closed(3.5, By.THEM),
    )  # fmt: skip
    assert stream == Stream(
        ("192.0.2.7", 40001), ("192.0.2.9", 25), b"QUIT\r\n", b"220 hi\r\n221 bye\r\n", (FIN, FIN)
    )


@pytest.mark.parametrize(
    ("peer", "local", "ends"),
    [
        ("192.0.2.9:587", "192.0.2.7:1", (("192.0.2.7", 1), ("192.0.2.9", 587))),
        ("[2001:db8::9]:25", "[2001:db8::7]:1", (("2001:db8::7", 1), ("2001:db8::9", 25))),
        ("[fe80::9%eth0]:25", "[fe80::7%eth0]:1", (("fe80::7", 1), ("fe80::9", 25))),
        ("192.0.2.9:465", "192.0.2.7:1", (("192.0.2.7", 1), ("192.0.2.9", 25))),
        ("", "", (("192.0.2.1", 49152), ("192.0.2.2", 25))),
        ("/run/lmtp", "", (("192.0.2.1", 49152), ("192.0.2.2", 25))),
        ("[2001:db8::9]:25", "192.0.2.7:1", (("192.0.2.1", 49152), ("192.0.2.2", 25))),
    ],
)
def test_addresses_are_those_of_the_session_or_said_to_be_made_up(
    peer: str, local: str, ends: tuple[tuple[str, int], tuple[str, int]]
) -> None:
    transcript = PacketTranscript(NOW)
    (stream,) = streams(HEADER + transcript.write(opened(peer, local)))
    assert (stream.client, stream.server) == ends
    real = f"{stream.server[1]}" in peer and stream.client[0] in local
    assert bool(transcript.remark) is not real


def test_what_follows_starttls_is_a_connection_of_its_own() -> None:
    clear, inside = written(
        opened(), received(b"220 hi\r\n"), sent("STARTTLS"), received(b"220 go\r\n"),
        Secured(1.5, TlsFacts(ok=True), b"surplus"), sent("EHLO x", 2.0), Closed(3.0, By.US),
    )  # fmt: skip
    assert clear[:2] == inside[:2]
    assert (clear.sent, clear.received) == (b"STARTTLS\r\n", b"220 hi\r\n220 go\r\nsurplus")
    assert (inside.sent, inside.received) == (b"EHLO x\r\n", b"")
    assert clear.ended == inside.ended == (FIN, FIN)


def test_a_handshake_that_failed_begins_nothing() -> None:
    (stream,) = written(opened(), Secured(1.0, TlsFacts(ok=False)), Closed(1.0, By.THEM, "alert"))
    assert stream.ended == (0, RST)


def test_a_half_close_ends_one_side_once() -> None:
    (stream,) = written(
        opened(), sent("NOOP"), HalfClosed(1.5), received(b"250 ok\r\n", 2.0), Closed(3.0, By.THEM)
    )
    assert (stream.received, stream.ended) == (b"250 ok\r\n", (FIN, FIN))


def test_another_connection_of_the_same_client_is_another_stream() -> None:
    first, second = written(
        opened("", ""), sent("ONE"), Closed(1.5, By.US), opened("", "", at=2.0), sent("TWO", 3.0)
    )
    assert (first.sent, second.sent) == (b"ONE\r\n", b"TWO\r\n")
    assert first.client != second.client


def test_octets_before_a_connection_are_nowhere() -> None:
    assert written(sent("NOOP"), Waived(2.0), HalfClosed(2.0), Closed(2.0, By.US)) == []


TALK = st.lists(st.tuples(st.booleans(), st.binary(min_size=1, max_size=5000)), max_size=20)


@given(TALK, st.sampled_from([("192.0.2.9:25", "192.0.2.7:40001"), ("[::1]:25", "[::1]:40001")]))
def test_whatever_is_said_is_read_back_octet_for_octet(
    talk: list[tuple[bool, bytes]], ends: tuple[str, str]
) -> None:
    events = [raw(octets) if ours else received(octets) for ours, octets in talk]
    (stream,) = written(opened(*ends), *events)
    assert stream.sent == b"".join(octets for ours, octets in talk if ours)
    heard = (parse_reply(octets).raw for ours, octets in talk if not ours)
    assert stream.received == b"".join(heard)


def test_much_at_once_is_acknowledged_before_the_window_is_full() -> None:
    message = b"x" * 1_000_000
    (stream,) = written(opened(), raw(message))
    assert stream.sent == message


def test_what_went_out_in_one_write_is_one_segment() -> None:
    transcript = PacketTranscript(NOW)
    events: list[Event] = [opened(), sent("MAIL", 1.0), sent("RCPT", 1.0), sent("DATA", 2.0)]
    octets = HEADER + b"".join(map(transcript.write, events)) + transcript.settle()
    said = [packet.octets for packet in packets(octets) if packet.octets]
    assert said == [b"MAIL\r\nRCPT\r\n", b"DATA\r\n"]
