"""A recorded connection met again: the pure machine behind `smtpprobe sandbox --replay`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpprobe.protocol.events import Event, Opened, Received, Secured, Sent
from smtpprobe.protocol.reply import ReplyParser
from smtpprobe.sandbox.framing import LINE_OCTETS
from smtpprobe.sandbox.handler import Upgrade
from smtpprobe.sandbox.replay.recorded_connection import recorded_connections
from smtpprobe.sandbox.replay.session import CANCELLED, NOT_RECORDED
from smtpprobe.script.recordings.read import read_recording
from tests.present.sessions import OPENED, as_json, as_text, said, typed
from tests.sandbox.replay.replay_stage import Stage, recorded, stage

CORPUS = sorted((Path(__file__).parents[2] / "corpus").glob("*.smtp"))
CALL = """\
220 mx.example.net ESMTP
EHLO me.example
250-mx.example.net
250 CHUNKING
MAIL FROM:<a@me.example>
250 2.1.0 Ok
RCPT TO:<gone@example.net>
550 5.1.1 gone
RCPT TO:<there@example.net>
250 2.1.5 Ok
DATA
354 go on
Subject: x

..text
.
250 2.0.0 queued
QUIT
221 2.0.0 Bye
< eof
"""


def test_each_command_gets_the_reply_it_got_then() -> None:
    client = stage(CALL)
    assert client.said == b"220 mx.example.net ESMTP\r\n"
    assert client.lines("ehlo other.example", "MAIL FROM:<b@other.example>") == [
        "250-mx.example.net\r\n250 CHUNKING\r\n",
        "250 2.1.0 Ok\r\n",
    ]
    assert client.lines("RCPT TO:<x@y>", "RCPT TO:<z@y>", "DATA", "any", ".dot", ".")[2:] == [
        "354 go on\r\n", "", "", "250 2.0.0 queued\r\n",
    ]  # fmt: skip
    assert not client.closed()
    assert client.lines("quit") == ["221 2.0.0 Bye\r\n"]
    assert client.closed()
    assert client.missed == []


def test_of_recipients_in_a_row_the_one_with_the_same_words_is_meant() -> None:
    client = stage(CALL)
    client.lines("EHLO x", "MAIL FROM:<a@b>")
    assert client.lines(
        "rcpt to:<THERE@example.net>", "RCPT TO:<gone@example.net>", "RCPT TO:<third@example.net>"
    ) == ["250 2.1.5 Ok\r\n", "550 5.1.1 gone\r\n", NOT_RECORDED.decode()]


def test_a_verb_that_is_not_in_the_rest_is_refused_and_told_and_changes_nothing() -> None:
    client = stage(CALL)
    assert client.lines("VRFY x", "EHLO x", "EHLO x", "", "MAIL FROM:<>") == [
        NOT_RECORDED.decode(),
        "250-mx.example.net\r\n250 CHUNKING\r\n",
        NOT_RECORDED.decode(),
        NOT_RECORDED.decode(),
        "250 2.1.0 Ok\r\n",
    ]
    assert client.missed == ["VRFY x", "EHLO x", ""]


def test_commands_passed_over_are_gone() -> None:
    client = stage(CALL)
    assert client.lines("QUIT") == ["221 2.0.0 Bye\r\n"]
    assert client.closed()


def test_pipelined_commands_are_answered_in_order() -> None:
    whole = b"EHLO x\r\nMAIL FROM:<>\r\nRCPT TO:<a@b>\r\nRCPT TO:<b@b>\r\nDATA\r\n\r\n.\r\nQUIT\r\n"
    at_once, by_octets = stage(CALL), stage(CALL)
    at_once.play(whole)
    for octet in whole:
        by_octets.play(bytes([octet]))
    assert at_once.said == by_octets.said
    assert at_once.said.endswith(b"354 go on\r\n250 2.0.0 queued\r\n221 2.0.0 Bye\r\n")


def test_a_refused_data_has_no_body_behind_it() -> None:
    client = stage("220 x\nDATA\n< 503\nQUIT\n221 bye\n".replace("< 503", "503 no"))
    assert client.lines("DATA", "QUIT") == ["503 no\r\n", "221 bye\r\n"]


def test_a_chunk_is_counted_whether_it_is_recorded_or_not() -> None:
    client = stage("220 x\nBDAT 7 LAST\nhello\n250 took\nNOOP\n250 ok\n")
    assert client.play(b"BDAT 5\r\nQUIT\n") == b"250 took\r\n"
    assert client.play(b"BDAT 8 LAST\r\nNOOP\r\n\r\nNOOP\r\n") == NOT_RECORDED + b"250 ok\r\n"
    assert client.heard == ["BDAT 5", "BDAT 8 LAST", "NOOP"]


def test_an_empty_last_chunk_is_answered_at_once() -> None:
    assert stage("220 x\nBDAT 7 LAST\nhello\n250 took\n").lines("BDAT 0 LAST") == ["250 took\r\n"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('< line "220-a\\n"\n< line "220 b\\r\\n"', b"220-a\n220 b\r\n"),
        ('< line "2502 \\x1b[2J\\x00\\xff\\r\\n"', b"2502 \x1b[2J\0\xff\r\n"),
        ('< line "220 half"\n< eof', b"220 half"),
        ('220 x\n# partial "250 unfin"\n# partial "ished"', b"220 x\r\n250 unfinished"),
    ],
)
def test_defects_are_said_octet_for_octet(text: str, expected: bytes) -> None:
    assert stage(f":connect [mx.example.net]\n{text}\n").said == expected


def test_a_reply_too_long_to_hold_is_one_reply_again() -> None:
    long = b"250-" + b"x" * 100_000 + b"\r\n250 end\r\n"
    pieces = [Received(0.0, piece) for piece in ReplyParser().feed(long)]
    events = [OPENED, *said(b"220 x\r\n"), typed("NOOP"), *pieces, typed("QUIT"),
              *said(b"221 bye\r\n")]  # fmt: skip
    assert len(pieces) > 1
    for written in (as_text(events), as_json(events)):
        assert stage(written).play(b"NOOP\r\nQUIT\r\n") == long + b"221 bye\r\n"


LOGIN = """\
220 x
EHLO me
250 AUTH LOGIN
AUTH LOGIN
334 VXNlcm5hbWU6
bWU=
334 UGFzc3dvcmQ6
c2VjcmV0
235 in
"""


def test_any_answer_to_a_challenge_gets_the_recorded_reply_and_is_shown_masked() -> None:
    client = stage(LOGIN)
    assert client.lines("EHLO x", "AUTH LOGIN", "eW91", "b3RoZXI=")[1:] == [
        "334 VXNlcm5hbWU6\r\n", "334 UGFzc3dvcmQ6\r\n", "235 in\r\n",
    ]  # fmt: skip
    assert client.heard == ["EHLO x", "AUTH LOGIN", "********", "********"]


def test_an_initial_response_is_masked_and_gets_what_auth_got() -> None:
    client = stage(LOGIN)
    assert client.lines("AUTH PLAIN AGEAYg==") == ["334 VXNlcm5hbWU6\r\n"]
    assert client.heard == ["AUTH PLAIN ********"]


def test_a_login_cancelled_is_never_a_login() -> None:
    client = stage(LOGIN)
    assert client.lines("AUTH LOGIN", "*", "EHLO x")[1:] == [
        CANCELLED.decode(),
        NOT_RECORDED.decode(),
    ]


def test_a_login_cancelled_then_gets_the_reply_of_then() -> None:
    cancelled = LOGIN.replace("c2VjcmV0\n235 in", "*\n501 as you like")
    assert stage(cancelled).lines("AUTH LOGIN", "eA==", "*")[2] == "501 as you like\r\n"
    assert stage(cancelled).lines("AUTH LOGIN", "eA==", "eA==")[2] == "501 as you like\r\n"


STARTTLS = ':connect [mx.example.net]\n220 x\nSTARTTLS\n220 go\n# tls {"ok": true}\nEHLO x\n250 y\n'


def test_starttls_is_a_handshake_and_what_came_in_clear_is_dropped() -> None:
    client = stage(STARTTLS)
    assert client.play(b"STARTTLS\r\nEHLO injected\r\n") == b"220 go\r\n"
    assert client.upgrades == [Upgrade()]
    assert client.lines("EHLO x") == ["250 y\r\n"]


def test_starttls_sent_as_it_stands_was_followed_by_none() -> None:
    client = stage(STARTTLS.replace("STARTTLS", "> STARTTLS").replace('# tls {"ok": true}\n', ""))
    client.lines("STARTTLS", "EHLO x")
    assert client.upgrades == []


def test_a_recording_that_ends_with_starttls_has_its_handshake_all_the_same() -> None:
    client = stage("220 x\nSTARTTLS\n220 go\n")
    client.lines("STARTTLS")
    assert client.upgrades == [Upgrade()]


def test_plaintext_behind_the_220_comes_in_the_same_write() -> None:
    surplus = STARTTLS.replace('"ok": true', r'"ok": true, "surplus": "\"250 hi\\r\\n\""')
    client = stage(surplus)
    assert client.play(b"STARTTLS\r\n") == b"220 go\r\n250 hi\r\n"
    assert client.upgrades == [Upgrade()]


def test_plaintext_where_server_hello_should_be_comes_there_again() -> None:
    surplus = STARTTLS.replace('"ok": true', r'"ok": false, "surplus": "\"454 no\\r\\n\""')
    client = stage(surplus)
    assert client.play(b"STARTTLS\r\n") == b"220 go\r\n"
    assert client.play(b"\x16\x03\x01") == b"454 no\r\n"
    assert client.closed()
    assert client.upgrades == []


def test_a_server_that_closed_instead_of_its_side_of_the_handshake_does_so_again() -> None:
    text = STARTTLS.replace('"ok": true', '"ok": false').replace("EHLO x\n250 y\n", "< eof\n")
    client = stage(text)
    client.lines("STARTTLS")
    assert not client.closed()
    client.play(b"\x16\x03\x01")
    assert client.closed()
    assert client.upgrades == []


def test_a_server_that_answers_injected_commands_inside_tls_does_so_again() -> None:
    events = [OPENED, *said(b"220 x\r\n"), typed("STARTTLS"), typed("NOOP"), *said(b"220 go\r\n")]
    tls = as_json(recorded_events(STARTTLS)).splitlines()
    handshake = next(line for line in tls if '"ev": "tls"' in line)
    after = as_json([OPENED, *said(b"220 x\r\n"), typed("NOOP"), *said(b"250 injected\r\n")])
    reply = after.splitlines()[-1]
    client = stage("\n".join([*as_json(events).splitlines(), handshake, reply]))
    assert client.play(b"STARTTLS\r\nNOOP\r\n") == b"220 go\r\n250 injected\r\n"
    assert client.upgrades == [Upgrade(keep=True)]


def recorded_events(text: str) -> tuple[Event, ...]:
    return read_recording(text.encode()).events


def test_a_close_in_the_message_comes_after_as_many_octets() -> None:
    text = "220 x\n> DATA\n354 go\n> 12345678\n> 12345678\n< eof\n"
    client = stage(text)
    assert client.lines("DATA", "12345678", "1234567")[0] == "354 go\r\n"
    assert not client.closed()
    client.lines("1")
    assert client.closed()


def test_a_message_shorter_than_that_is_left_at_its_end() -> None:
    client = stage("220 x\n> DATA\n354 go\n> 12345678\n> 12345678\n< eof\n")
    client.lines("DATA", ".")
    assert client.closed()
    assert client.missed == []


def test_a_message_whose_end_is_not_recorded_is_refused() -> None:
    client = stage("220 x\n> DATA\n354 go\n> 12345678\n")
    assert client.lines("DATA", ".", "DATA")[1:] == [NOT_RECORDED.decode()] * 2


def test_a_reply_nobody_asked_for_comes_in_its_place() -> None:
    client = stage("220 x\nNOOP\n250 one\n250 two\nQUIT\n221 bye\n")
    assert client.play(b"NOOP\r\nQUIT\r\n") == b"250 one\r\n250 two\r\n221 bye\r\n"


def test_a_server_that_kept_silent_keeps_silent_and_that_is_told() -> None:
    client = stage(":connect [a.example]\n220 x\nNOOP\n:close\n")
    assert client.lines("NOOP") == [""]
    assert client.missed == ["a reply to NOOP"]


def test_a_close_without_a_reply_comes_behind_the_command() -> None:
    client = stage(":connect [a.example]\n220 x\nHELP\n< eof\n")
    assert not client.closed()
    client.lines("HELP")
    assert client.closed()
    assert client.missed == []


def test_lines_sent_as_raw_octets_have_their_replies() -> None:
    client = stage('220 x\n:raw "NOOP\\nHEL"\n250 bare\n:raw "P\\n"\n214 help\nQUIT\n221 bye\n')
    assert client.said == b"220 x\r\n"
    assert client.play(b"NOOP\n") == b"250 bare\r\n"
    assert client.play(b"HELP\n") == b"214 help\r\n"


def test_lmtp_gives_every_reply_to_the_end_of_the_message() -> None:
    client = stage(
        ":connect lmtp://a.example:24\n220 x\nLHLO x\n250 y\nMAIL FROM:<>\n250 ok\n"
        "RCPT TO:<a@b>\n250 ok\nRCPT TO:<c@b>\n250 ok\nDATA\n354 go\n\n.\n250 a\n452 c\n"
        "QUIT\n221 bye\n"
    )
    replies = client.lines("LHLO x", "MAIL FROM:<>", "RCPT TO:<a@b>", "DATA", ".", "QUIT")
    assert replies[-2:] == ["250 a\r\n452 c\r\n", "221 bye\r\n"]


def test_a_line_without_an_end_is_not_waited_for() -> None:
    client = stage(CALL)
    client.play(b"x" * LINE_OCTETS)
    assert client.closed()
    assert client.missed == ["a line without an end"]


def test_a_recording_begun_inside_a_session_has_a_greeting_made_up() -> None:
    (connection,) = recorded("NOOP\n250 ok\n")
    assert not connection.begun
    client = Stage(connection)
    assert client.said.startswith(b"220 ")
    assert client.lines("NOOP") == ["250 ok\r\n"]


def test_each_connection_of_a_recording_is_one_of_its_own() -> None:
    connections = recorded(
        ":connect [a.example]\n421 busy\n< eof\n"
        ':connect smtps://b.example\n# tls {"ok": true}\n220 y\n'
    )
    assert [connection.host for connection in connections] == ["a.example", "b.example"]
    assert [connection.implicit_tls for connection in connections] == [False, True]
    first, second = map(Stage, connections)
    assert (first.said, first.closed()) == (b"421 busy\r\n", True)
    assert (second.said, second.closed()) == (b"220 y\r\n", False)


def at(seconds: float, *events: Event) -> list[Event]:
    return [
        event._replace(at=seconds) if isinstance(event, tuple) else replace(event, at=seconds)
        for event in events
    ]


TIMED: list[Event] = [
    *at(10, OPENED),
    *at(11.5, *said(b"220 x\r\n")),
    *at(20, typed("EHLO x"), typed("NOOP")),
    *at(22, *said(b"250 y\r\n")),
    *at(25, *said(b"250 z\r\n")),
    *at(55, *said(b"421 idle\r\n")),
]


def test_with_timing_replies_wait_as_long_as_they_did() -> None:
    client = stage(as_json(TIMED), timing=True)
    assert (client.said, client.patience()) == (b"", 1.5)
    assert client.wait() == b"220 x\r\n"
    assert client.patience() is None
    client.play(b"EHLO x\r\nNOOP\r\n")
    assert client.waits == [2, 3]
    assert client.patience() == 30
    assert client.wait() == b"421 idle\r\n"


def test_without_timing_nothing_waits() -> None:
    client = stage(as_json(TIMED))
    client.play(b"EHLO x\r\nNOOP\r\n")
    assert client.said == b"220 x\r\n250 y\r\n250 z\r\n421 idle\r\n"
    assert client.waits == []


def test_with_timing_a_client_need_not_wait_for_what_nobody_asked_for() -> None:
    client = stage(
        as_json([*TIMED, *at(60, typed("QUIT")), *at(61, *said(b"221 b\r\n"))]), timing=True
    )
    client.wait()
    client.play(b"EHLO x\r\nNOOP\r\n")
    assert client.play(b"VRFY x\r\n") == NOT_RECORDED
    assert client.play(b"QUIT\r\n") == b"421 idle\r\n221 b\r\n"


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_the_recorded_client_gets_the_octets_of_the_recorded_server(path: Path) -> None:
    events = read_recording(path.read_bytes()).events
    assert said_again(events) == said_then(events)


REPLIES = st.sampled_from([
    b"250 ok\r\n", b"250-a\r\n250 b\r\n", b"550 5.1.1 no\n", b"421 x\r\n", b"2502 odd\r\n",
    b"334 \r\n", b"354 go\r\n", b"\xff\r\n",
])  # fmt: skip
COMMANDS = st.sampled_from(
    ["EHLO a", "NOOP", "MAIL FROM:<>", "RCPT TO:<a@b>", "RCPT TO:<c@b>", "DATA", "X"]
)


@given(st.lists(st.tuples(COMMANDS, REPLIES), max_size=12))
def test_any_dialogue_without_a_body_is_said_again(pairs: list[tuple[str, bytes]]) -> None:
    events: list[Event] = [OPENED, *said(b"220 x\r\n")]
    for command, reply in pairs:
        if not (command == "DATA" and reply.startswith(b"354")):
            events += [typed(command), *said(reply)]
    assert said_again(tuple(events)) == said_then(tuple(events))


@given(st.binary(max_size=300))
def test_whatever_a_client_sends_the_machine_goes_on(junk: bytes) -> None:
    client = stage(CALL)
    client.play(junk)
    client.play(b"\r\n.\r\nRSET\r\n")
    assert client.said.startswith(b"220 mx")


def said_then(events: tuple[Event, ...]) -> bytes:
    found = b""
    for event in events:
        if isinstance(event, Received):
            found += event.reply.raw
        elif isinstance(event, Secured):
            found += event.surplus
    return found


def said_again(events: tuple[Event, ...]) -> bytes:
    """Replay a recording to its own client."""
    found = b""
    connections = iter(recorded_connections(events))
    client = None
    for event in events:
        if client is None or isinstance(event, Opened):
            found += client.said if client else b""
            client = Stage(next(connections))
        if isinstance(event, Sent):
            client.play(event.command.raw)
    return found + (client.said if client else b"")
