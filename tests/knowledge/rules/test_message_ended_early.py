from __future__ import annotations

import pytest

from smtpprobe.knowledge.annotate import annotate
from smtpprobe.knowledge.annotation import Blame
from smtpprobe.protocol.command import Command, Kind, read_line
from smtpprobe.protocol.events import Event, Opened, Received, Sent
from smtpprobe.protocol.phase import Phase
from smtpprobe.protocol.reply import parse_reply
from smtpprobe.protocol.session import Exchange, exchanges, has_odd_end
from smtpprobe.protocol.target import parse_target

ODD = (b"a\n.\nb", b"a\r.\rb", b"a\r.\nb", b"a\r\n.\nb", b"a\n.\r\nb", b"a\r\n.\r\n\n.\r\n")
PLAIN = (b"a\r\n.\r\n", b"", b".\r\n", b"a\n..\nb", b"a\n. \nb", b"a\r\n..\r\n.\r\n")


@pytest.mark.parametrize("octets", ODD, ids=repr)
def test_a_dot_beside_a_bare_line_end_is_seen(octets: bytes) -> None:
    assert has_odd_end(octets)


@pytest.mark.parametrize("octets", PLAIN, ids=repr)
def test_a_dot_as_it_should_be_is_not(octets: bytes) -> None:
    assert not has_odd_end(octets)


def last_reply(message: bytes) -> Exchange:
    def said(text: str) -> Received:
        return Received(0.0, parse_reply(text.encode() + b"\r\n"))

    events: list[Event] = [
        Opened(0.0, parse_target("[mx]"), "mx", 25),
        said("220 mx"),
        Sent(0.0, read_line("DATA", Phase.RCPT)),
        said("354 go"),
        Sent(0.0, Command(message, Kind.BODY, exact=True)),
        Sent(0.0, Command(b".\r\n", Kind.BODY, ends_data=True)),
        said("250 2.0.0 Ok: queued"),
        said("500 5.5.2 Error: command not recognized"),
    ]
    return exchanges(events)[-1]


@pytest.mark.parametrize("message", ODD[:5], ids=repr)
def test_an_answer_more_behind_it_says_that_the_message_ended_there(message: bytes) -> None:
    found = annotate(last_reply(message))
    assert (found.title, found.blame) == ("Message ended early", Blame.THEIR_SERVER)
    assert "bare LF or CR ended the message" in found.meaning


def test_without_one_replies_are_only_out_of_step() -> None:
    assert annotate(last_reply(b"a\r\nb\r\n")).title == "Answer to nothing"
