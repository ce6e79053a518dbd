"""A reply that is odd is told in words, in brief too; `explain` has the same words for it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpprobe.knowledge.annotate import annotate
from smtpprobe.knowledge.offline import explain_reply
from smtpprobe.present.reply import Detail, mark_of
from smtpprobe.present.session import SessionView
from smtpprobe.present.spans import text_of
from smtpprobe.protocol.events import By, Closed, Event, Received
from smtpprobe.protocol.happening import Happening
from smtpprobe.protocol.reply import ReplyParser, parse_reply
from smtpprobe.protocol.verbs import Context
from tests.explainer.test_subcommand import explain
from tests.knowledge.odd_replies import EHLO, MAIL, NOTHING_ODD, ODD_REPLIES, RCPT, Odd
from tests.present.sessions import OPENED, as_json, as_text, happenings, said, typed

TOLD_BY_TITLE = {"Cut off", "Mixed codes", "Not a reply", "Not SMTP", "Part of a reply"}
"""Titles whose meaning says what is odd."""

odd_replies = pytest.mark.parametrize("odd", ODD_REPLIES, ids=[odd.name for odd in ODD_REPLIES])

BEFORE = {
    "connect": (),
    EHLO: (),
    "STARTTLS": ((EHLO, b"250-mx\r\n250 STARTTLS\r\n"),),
    RCPT: ((EHLO, b"250 mx\r\n"), (MAIL, b"250 ok\r\n")),
}
"""What goes before a command; an EHLO before the others."""


def session_of(asked: str, octets: bytes, *, ended: bool = False) -> list[Event]:
    greeting = () if asked == "connect" else said(b"220 mx.example ESMTP\r\n")
    events: list[Event] = [OPENED, *greeting]
    for line, reply in BEFORE.get(asked, ((EHLO, b"250 mx\r\n"),)):
        events += [typed(line), *said(reply)]
    if asked not in ("connect", ""):
        events.append(typed(asked))
    parser = ReplyParser()
    replies = parser.feed(octets)
    if ended and (cut := parser.close()) is not None:
        replies.append(cut)
    events += [Received(0.0, reply) for reply in replies]
    return [*events, Closed(0.0, By.THEM)] if ended else events


def last_replies(events: list[Event], octets: bytes) -> list[Happening]:
    """Return the happenings of the replies that the octets are."""
    received = [one for one in happenings(events) if isinstance(one.event, Received)]
    return [one for one in received if one.exchange and one.exchange.reply.raw in octets][-2:]


def test_there_are_at_least_twenty_eight_of_them() -> None:
    assert len({odd.octets for odd in ODD_REPLIES}) >= 28


@odd_replies
def test_it_is_told_in_words_in_brief(odd: Odd) -> None:
    view = SessionView(Detail.BRIEF, timings=False)
    events = session_of(odd.typed, odd.octets, ended=odd.ended)
    lines = [text_of(line) for one in last_replies(events, odd.octets) for line in view.lines(one)]
    assert any(odd.remark in line for line in lines if line.startswith("# ")), lines


@given(st.binary(max_size=80) | st.binary(max_size=40).map(lambda octets: b"250" + octets))
def test_a_mark_is_followed_by_words_whatever_came(octets: bytes) -> None:
    """Of any octets: where the mark stands, the meaning or a remark says why."""
    for reply in (*ReplyParser().feed(octets), parse_reply(octets)):
        annotation = explain_reply(reply, Context.MAIL)
        if mark_of(reply) == "?":
            assert annotation.remarks or annotation.title in TOLD_BY_TITLE


@odd_replies
@pytest.mark.parametrize("form", ["jsonl", "smtp"])
def test_explain_has_the_same_words_for_a_recording(odd: Odd, form: str, tmp_path: Path) -> None:
    events = session_of(odd.typed, odd.octets, ended=odd.ended)
    recording = tmp_path / f"session.{form}"
    written = as_json(events) if form == "jsonl" else as_text(events, annotate=False)
    recording.write_text(written, encoding="utf-8", errors="surrogateescape")
    done = explain("-f", str(recording), "--each")
    assert any(odd.remark in line for line in done.stdout.splitlines()), done.stdout


@pytest.mark.parametrize(
    "odd", [odd for odd in ODD_REPLIES if odd.as_text], ids=lambda odd: odd.name
)
def test_explain_has_the_same_words_for_the_reply_alone(odd: Odd) -> None:
    text = odd.octets.decode("utf-8", "surrogateescape").replace("\r\n", "\n").rstrip("\n")
    command = odd.typed.split(" ")[0].upper()
    done = explain("--command", command, text)
    assert odd.remark in done.stdout, done.stdout


@pytest.mark.parametrize(("asked", "octets"), NOTHING_ODD)
def test_what_is_in_order_gets_no_remark(asked: str, octets: bytes) -> None:
    *_, last = happenings(session_of(asked, octets))
    assert last.exchange is not None
    assert annotate(last.exchange).remarks == ()


@pytest.mark.parametrize(("octets", "words"), [
    (b"220 **************0******\r\n", "a greeting of asterisks"),
    (b'500 5.5.1 Command unrecognized: "XXXX me.example"\r\n', "XXXX instead of the command"),
    (b"250-mx\r\n250-SIZE 100\r\n250 XXXXXXXA\r\n", "XXXXXXXA: a keyword that a firewall"),
])  # fmt: skip
def test_a_firewall_is_named_where_nothing_is_known_around_the_reply(
    octets: bytes, words: str
) -> None:
    assert parse_reply(octets).raw == octets
    done = explain(octets.decode().replace("\r\n", "\n").rstrip("\n"))
    assert words in done.stdout
    assert "can switch it off (Cisco: no inspect esmtp)" in done.stdout
