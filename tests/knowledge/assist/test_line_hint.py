"""Hints on a half-typed line: they warn and never block."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpprobe.knowledge.assist.line_hint import hint
from smtpprobe.protocol.phase import Phase
from smtpprobe.protocol.session import State
from smtpprobe.protocol.verbs import Context
from tests.knowledge.sessions import announcing, before

READY = before(Context.MAIL)
MAIL = before(Context.RCPT)
LIMITED = announcing("SIZE 1048576")
UTF8 = announcing("SMTPUTF8")


@pytest.mark.parametrize(
    ("text", "state", "warning"),
    [
        ("RCPT TO: <a@b.example>", MAIL, "space after the colon"),
        ("RCPT TO:a@b.example", MAIL, "missing <"),
        ("RCPT TO:\u201ca@b.example\u201d", MAIL,
         'character 9 is U+201C (left double quotation mark), not "'),
        ("RCPT\u00a0TO:<a@b.example>", MAIL, "character 5 is U+00A0 (no-break space), not a space"),
        ("EHLO mx\u200b.example", READY,
         "character 8 is U+200B (zero width space), which is invisible"),
        ("RCPT TO:<a@b.example and more", MAIL, "missing >"),
        ("MAIL FROM <a@b.example>", READY, "missing :"),
        ("RCTP TO:<a@b.example>", MAIL, "did you mean RCPT?"),
        ("EHOL x", READY, "did you mean EHLO?"),
        ("FROBNICATE ", READY, "FROBNICATE: not a known command"),
        ("DATA", MAIL, "out of order: 503 expected: no recipient yet"),
        ("MAIL FROM:<a>", MAIL, "out of order: 503 expected: a transaction is open"),
        ("MAIL FROM:<a>", State(phase=Phase.CONNECTED), "out of order: 503 expected: no EHLO yet"),
        ("AUTH CRAM-MD5", READY, "not announced: 502 expected"),
        ("AUTH PLAIN", announcing("AUTH PLAIN"), "in plaintext: base64 hides no password"),
        ("STARTTLS now", announcing("STARTTLS"), "STARTTLS takes no argument: 501 expected"),
        ("MAIL FROM:<\u00e4@b.example>", READY, "8-bit address, but SMTPUTF8 is not announced"),
        ("MAIL FROM:<\u00e4@b.example>", UTF8, "8-bit address without SMTPUTF8"),
        ("MAIL FROM:<a> SIZE=1048577", LIMITED,
         "SIZE above the server's limit, 1048576 (1 MiB): 552 expected"),
        ("MAIL FROM:<a> RET=FULL", READY, "RET not announced: 555 expected"),
        ("EHLO ", READY, "a name is missing: 501 expected"),
        ("NOOP " + "x" * 480, READY, "487 of 512 octets"),
        ("NOOP " + "x" * 600, READY, "607 of 512 octets: 500 expected"),
    ],
)  # fmt: skip
def test_a_line_is_warned_of(text: str, state: State, warning: str) -> None:
    assert hint(text, state).warnings == (warning,)


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("", READY),
        ("R", MAIL),
        ("RCPT TO:<a@b.example>", MAIL),
        ("RCPT TO:<a b", MAIL),
        ("MAIL FROM:<a> SIZE=1048576", LIMITED),
        ("MAIL FROM:<\u00e4@b.example> SMTPUTF8", UTF8),
        ("QUIT", READY),
        (":oops", READY),
        ("> anything", READY),
        ("# remark", READY),
    ],
)
def test_a_good_line_is_left_alone(text: str, state: State) -> None:
    found = hint(text, state).warnings
    assert found == () or text == "RCPT TO:<a b"


def test_the_syntax_is_that_of_the_command() -> None:
    assert hint("rcpt ", MAIL).syntax == "RCPT TO:<mailbox> [NOTIFY=...] [ORCPT=...]"
    assert hint("", MAIL).syntax == ""


def test_message_text_is_told_from_commands() -> None:
    data = before(Context.DATA_END)
    assert hint(":word", data).warnings == ("message text; Ctrl-] for commands",)
    assert hint(".word", data).warnings == ("the server takes off the first dot: type two",)
    assert hint(".", data).warnings == ()
    assert hint("x" * 999, data).warnings == ("1001 of 1000 octets in a line of text",)


def test_a_challenge_answer_that_is_no_base64_is_told() -> None:
    auth = READY._replace(phase=Phase.AUTH)
    assert hint("bob", auth).warnings == ("not base64 yet: :b64 TEXT encodes",)
    assert hint("Ym9i", auth).warnings == ()
    assert hint("*", auth).warnings == ()


@given(st.text(max_size=80), st.sampled_from(list(Phase)))
def test_any_line_in_any_phase_gets_a_hint(text: str, phase: Phase) -> None:
    found = hint(text, READY._replace(phase=phase))
    assert all(found.warnings)
