"""What a typed line is, and what the lines that wait make of the next one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpprobe import __version__
from smtpprobe.knowledge.assist.line_hint import hint
from smtpprobe.present.escape import is_clean
from smtpprobe.protocol.command import read_line
from smtpprobe.protocol.events import Sent
from smtpprobe.protocol.phase import Phase
from smtpprobe.protocol.session import State
from smtpprobe.protocol.verbs import VERBS
from smtpprobe.repl.foreign_lines import answer
from smtpprobe.repl.line_class import LineClass, classified
from smtpprobe.repl.line_queue import Entry, Outbox, phase_ahead

READY = State(phase=Phase.READY)


async def _nothing(_entry: Entry) -> None:
    return


def _outbox(*lines: str) -> Outbox:
    outbox = Outbox()
    for line in lines:
        outbox.add(Entry(line, _nothing))
    return outbox


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("NOOP", LineClass.WIRE),
        ("noop", LineClass.WIRE),
        ("  NOOP", LineClass.WIRE),
        ("/base64", LineClass.WIRE),
        ("", LineClass.NOTHING),
        ("   ", LineClass.NOTHING),
        ("?", LineClass.HELP),
        ("> ?", LineClass.EXACT),
        (">", LineClass.EXACT),
        (">x", LineClass.WIRE),
        (":caps", LineClass.LOCAL),
        (" :caps", LineClass.LOCAL),
        ("# a remark", LineClass.COMMENT),
        ("< 250", LineClass.EXPECTATION),
        ("| text", LineClass.REPLY_TEXT),
        ("250 Ok", LineClass.SERVER_LINE),
        ("250-Ok", LineClass.SERVER_LINE),
        ("354", LineClass.SERVER_LINE),
        ("2500", LineClass.WIRE),
        ("quit", LineClass.WIRE),
    ],
)
def test_the_first_characters_tell_what_a_line_is(text: str, kind: LineClass) -> None:
    assert classified(text, Phase.READY) is kind


@given(st.text())
def test_in_a_message_every_line_is_message_text(text: str) -> None:
    assert classified(text, Phase.DATA) is LineClass.BODY
    assert classified(text, Phase.BDAT) is LineClass.BODY


@pytest.mark.parametrize("word", ["quit", "exit", "QUIT"])
def test_bare_words_leave_only_when_not_connected(word: str) -> None:
    assert classified(word, Phase.CLOSED, offline=True) is LineClass.LEAVE
    assert classified(word, Phase.READY) is not LineClass.LEAVE


def test_help_is_that_of_the_server_once_there_is_one() -> None:
    assert classified("help", Phase.CLOSED, offline=True) is LineClass.HELP
    assert classified("help", Phase.READY) is LineClass.WIRE
    assert ":help" in hint("help", READY).warnings[0]


@pytest.mark.parametrize(
    ("typed", "way"),
    [
        ("exit", ":quit"),
        ("LOGOUT", ":quit"),
        ("version", f"smtpprobe {__version__}"),
        ("open mx.example 25", ":connect [mx.example]:25 "),
        ("open mx.example", ":connect [mx.example] "),
        ("telnet mx.example 2525", ":connect [mx.example]:2525 "),
        ("telnet -4 2001:db8::1 25", ":connect [2001:db8::1]:25 "),
        ("connect mx.example:587", ":connect mx.example:587 "),
        ("open", ":connect mx.example.org:25 "),
        ("open a b", ":connect mx.example.org:25 "),
    ],
)
def test_a_line_of_another_program_is_answered_with_the_line_to_type(typed: str, way: str) -> None:
    for phase, offline in ((Phase.READY, False), (Phase.CLOSED, True)):
        if offline and typed == "exit":
            continue
        assert classified(typed, phase, offline=offline) is LineClass.FOREIGN
        assert way in answer(typed, offline=offline) + " "
        assert ("not connected" in answer(typed, offline=offline)) is offline
    assert f'"> {typed}" sends it' in answer(typed, offline=False)
    assert classified(typed, Phase.DATA) is LineClass.BODY
    assert classified(f"> {typed}", Phase.READY) is LineClass.EXACT


@given(st.sampled_from(sorted(VERBS)), st.text(max_size=20))
def test_no_command_of_smtp_is_taken_for_one_of_another_program(verb: str, rest: str) -> None:
    assert classified(f"{verb} {rest}", Phase.READY) is LineClass.WIRE


@given(st.text(max_size=60))
def test_the_answer_to_a_line_of_another_program_is_one_line_without_controls(rest: str) -> None:
    for typed in (f"open {rest}", f"telnet {rest}"):
        assert is_clean(answer(typed, offline=False))


@pytest.mark.parametrize(
    ("pending", "waiting", "phase"),
    [
        ((), (), Phase.READY),
        (("DATA",), (), Phase.DATA),
        (("data ",), ("text",), Phase.DATA),
        (("DATA",), ("text", "."), Phase.READY),
        (("AUTH LOGIN",), (), Phase.AUTH),
        (("AUTH LOGIN",), ("Ym9i",), Phase.AUTH),
        ((), ("NOOP", "DATA"), Phase.DATA),
        (("NOOP",), ("BDAT 5",), Phase.BDAT),
        ((), ("BDAT 8", "ab", "cd"), Phase.READY),
        ((), ("BDAT 8", "ab", "c"), Phase.BDAT),
        (("BDAT 4 LAST",), (), Phase.READY),
        (("NOOP",), ("RSET",), Phase.READY),
    ],
)
def test_lines_that_wait_decide_what_the_next_one_is(
    pending: tuple[str, ...], waiting: tuple[str, ...], phase: Phase
) -> None:
    sent = tuple(Sent(0.0, read_line(line, Phase.READY)) for line in pending)
    assert phase_ahead(READY._replace(pending=sent), _outbox(*waiting)) is phase


@pytest.mark.parametrize("line", [
    "Trying 192.0.2.10...",
    "Connected to mx1.example.net.",
    "Escape character is '^]'.",
    "Connection closed by foreign host.",
    "Escape Character is 'CTRL+]'",
    "Welcome to Microsoft Telnet Client",
    "Microsoft Telnet> o mx1.example.net 25",
    "Connecting To mx1.example.net...Could not open connection to the host, on port 25",
    "Entering character mode",
    "Connection closed by remote host.",
    "telnet> quit",
    "me@host:~$ telnet mx1.example.net 25",
    "Ncat: Connected to 192.0.2.10:25.",
    "Connection to mx1.example.net 25 port [tcp/smtp] succeeded!",
])  # fmt: skip
def test_a_line_that_telnet_shows_is_not_sent(line: str) -> None:
    assert classified(line, Phase.READY) is LineClass.TOOL_LINE
    assert classified(f"> {line}", Phase.READY) is LineClass.EXACT
    assert classified(line, Phase.DATA) is LineClass.BODY
    assert classified(line, Phase.AUTH) is LineClass.WIRE


def test_a_refused_data_takes_its_text_with_it_and_nothing_else() -> None:
    outbox = Outbox()
    for text, body in (("a", True), (".", True), ("NOOP", False)):
        outbox.add(Entry(text, _nothing, body=body))
    assert outbox.drop_body() == 2
    assert [entry.text for entry in outbox] == ["NOOP"]


def test_expectations_stay_with_what_was_sent_and_fall_with_what_was_not() -> None:
    outbox = Outbox()
    for text in ("< 421", "< eof", "RSET", "< 250"):
        outbox.add(Entry(text, _nothing, expects=text.startswith("<")))
    assert outbox.drop_unsent() == 2
    assert [entry.text for entry in outbox] == ["< 421", "< eof"]
