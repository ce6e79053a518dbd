"""Message text through DATA and BDAT, and the framing that bounds what a client can cost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpprobe.protocol.command import dot_stuff
from smtpprobe.sandbox.framing import KEPT_OCTETS, LINE_OCTETS, Framing, Line, Message, Overlong
from smtpprobe.sandbox.practice.state import SIZE_LIMIT, Service
from tests.sandbox.rehearsal import in_transaction, ready, said

LINES = st.lists(st.binary(max_size=20).map(lambda line: line.translate(None, b"\r\n")))


@given(LINES, st.integers(1, 7))
def test_a_message_arrives_as_it_was_meant_at_any_chunking(lines: list[bytes], step: int) -> None:
    text = b"".join(line + b"\r\n" for line in lines)
    octets = dot_stuff(text) + b".\r\n"
    framing = Framing()
    found = []
    for start in range(0, len(octets), step):
        framing.feed(octets[start : start + step])
        found.append(framing.message())
    assert found[-1] == Message(text, len(text))
    assert not any(found[:-1])
    assert len(framing) == 0


@given(st.binary(max_size=200), st.integers(1, 50))
def test_a_chunk_is_its_octets_and_nothing_behind_them(text: bytes, step: int) -> None:
    framing = Framing()
    octets = text + b"QUIT\r\n"
    found = framing.chunk(len(text))
    for start in range(0, len(octets), step):
        framing.feed(octets[start : start + step])
        found = found or framing.chunk(len(text))
    assert found == Message(text, len(text))
    assert framing.line() == Line(b"QUIT\r\n")


@pytest.mark.parametrize("smuggled", [b"a\n.\r\n", b"a\n.\n", b"a\r\n.\n", b"a\r.\r\n"])
def test_only_a_dot_between_two_crlf_ends_a_message(smuggled: bytes) -> None:
    framing = Framing()
    framing.feed(smuggled)
    assert framing.message() is None
    framing.feed(b"\r\n.\r\n")
    assert isinstance(framing.message(), Message)


def test_a_message_with_bare_lf_is_refused() -> None:
    rehearsal = in_transaction("you@sandbox.test")
    rehearsal.last("DATA")
    assert said(rehearsal.play(b"a\nb\r\n.\r\n")) == ["550 5.5.2 Error: bare <LF> received"]
    assert rehearsal.last("NOOP") == "250 2.0.0 Ok"


def test_one_bad_message_does_not_spoil_the_next() -> None:
    framing = Framing()
    framing.feed(b"a\n\r\n.\r\nb\r\n.\r\n")
    assert framing.message() == Message(b"a\n\r\n", 4, bare_lf=True)
    assert framing.message() == Message(b"b\r\n", 3)


def test_a_long_message_is_counted_and_cut() -> None:
    framing = Framing()
    piece = b"x" * 998 + b"\r\n"
    for _ in range(1000):
        framing.feed(piece)
        assert framing.message() is None
        assert len(framing) < LINE_OCTETS
    framing.feed(b".\r\n")
    message = framing.message()
    assert message is not None
    assert (len(message.text), message.octets) == (KEPT_OCTETS, 1_000_000)


def test_an_endless_line_of_text_is_not_kept() -> None:
    framing = Framing()
    for _ in range(100):
        framing.feed(b"x" * 10_000)
        assert framing.message() is None
        assert len(framing) <= LINE_OCTETS + 10_000
    framing.feed(b"\r\n.\r\n")
    message = framing.message()
    assert message is not None
    assert message.octets == 1_000_002


def test_an_endless_command_line_is_not_waited_for() -> None:
    framing = Framing()
    framing.feed(b"x" * (LINE_OCTETS - 1))
    assert framing.line() is None
    framing.feed(b"x")
    assert framing.line() == Overlong()


def test_a_message_over_the_limit_is_refused_after_its_dot() -> None:
    rehearsal = in_transaction("you@sandbox.test")
    rehearsal.last("DATA")
    line = b"x" * 65534 + b"\r\n"
    for _ in range(SIZE_LIMIT // len(line) + 1):
        assert rehearsal.play(line) == []
    assert said(rehearsal.play(b".\r\n"))[0].startswith("552 5.3.4")


def test_a_message_is_accepted_with_its_queue_id_and_delivered_as_meant() -> None:
    rehearsal = in_transaction("you@sandbox.test")
    rehearsal.last("DATA")
    (delivery,) = rehearsal.deliveries(b"Subject: dots\r\n\r\n..one\r\n...two\r\n.\r\n")
    assert delivery.text == b"Subject: dots\r\n\r\n.one\r\n..two\r\n"
    assert delivery.octets == len(delivery.text)
    assert (delivery.sender, delivery.recipients) == ("me@client.example", ("you@sandbox.test",))
    assert rehearsal.talk.envelope is None


def test_chunks_make_one_message_and_each_is_answered() -> None:
    rehearsal = in_transaction("you@sandbox.test")
    assert said(rehearsal.play(b"BDAT 6\r\n.a\r\n.\n")) == ["250 2.0.0 Ok: 6 octets received"]
    (delivery,) = rehearsal.deliveries(b"BDAT 3 LAST\r\nxyz")
    assert delivery.text == b".a\r\n.\nxyz"


def test_an_empty_last_chunk_ends_the_message() -> None:
    rehearsal = in_transaction("you@sandbox.test")
    rehearsal.play(b"BDAT 3\r\nabc")
    assert said(rehearsal.play(b"BDAT 0 LAST\r\n"))[0].startswith("250 2.0.0 Ok: queued as ")


@pytest.mark.parametrize("line", ["BDAT", "BDAT x", "BDAT -1", "BDAT 3 FIRST", "BDAT 3 LAST x"])
def test_a_malformed_bdat_is_a_syntax_error(line: str) -> None:
    assert in_transaction("you@sandbox.test").last(line) == "501 5.5.4 Syntax: BDAT octets [LAST]"


def test_a_refused_chunk_is_read_all_the_same() -> None:
    replies = said(ready().play(b"BDAT 6 LAST\r\nQUIT\r\nNOOP\r\n"))
    assert replies == ["503 5.5.1 Error: need MAIL command", "250 2.0.0 Ok"]


def test_data_and_bdat_do_not_mix() -> None:
    rehearsal = in_transaction("you@sandbox.test")
    rehearsal.play(b"BDAT 3\r\nabc")
    assert rehearsal.last("DATA") == "503 5.5.1 Error: DATA after BDAT"
    assert rehearsal.last("RCPT TO:<other@sandbox.test>") == "503 5.5.1 Error: RCPT after BDAT"


def test_chunks_over_the_limit_are_refused_and_stay_refused() -> None:
    rehearsal = in_transaction("you@sandbox.test")
    half = SIZE_LIMIT // 2 + 1
    replies = [
        said(rehearsal.play(f"BDAT {half}{last}\r\n".encode() + b"x" * half))[0][:9]
        for last in ("", "", " LAST")
    ]
    assert replies == ["250 2.0.0", "552 5.3.4", "552 5.3.4"]


def test_an_lmtp_chunk_is_answered_for_each_recipient_when_it_is_the_last() -> None:
    rehearsal = in_transaction("a@sandbox.test", "b@sandbox.test", service=Service.LMTP)
    assert len(said(rehearsal.play(b"BDAT 1\r\na"))) == 1
    assert len(said(rehearsal.play(b"BDAT 1 LAST\r\nb"))) == 2


def test_an_lmtp_message_with_bare_lf_is_refused_for_each_recipient() -> None:
    rehearsal = in_transaction("a@sandbox.test", "b@sandbox.test", service=Service.LMTP)
    rehearsal.last("DATA")
    assert [reply[:9] for reply in said(rehearsal.play(b"a\n\r\n.\r\n"))] == ["550 5.5.2"] * 2


def test_a_pipelined_transaction_is_answered_in_order() -> None:
    rehearsal = ready()
    replies = said(
        rehearsal.play(
            b"MAIL FROM:<me@client.example>\r\n"
            b"RCPT TO:<unknown@sandbox.test>\r\n"
            b"RCPT TO:<you@sandbox.test>\r\n"
            b"DATA\r\n"
            b"Subject: x\r\n\r\nx\r\n.\r\n"
            b"QUIT\r\n"
        )
    )
    assert [reply[:3] for reply in replies] == ["250", "550", "250", "354", "250", "221"]
