"""The plan of a script, as `--check` shows it."""

from __future__ import annotations

import pytest

from smtpprobe.present.terminal import rendered
from smtpprobe.script.parser.parser import parse
from smtpprobe.script.tools.plan import plan
from smtpprobe.script.tools.static_check import plan_lines


def told(text: str) -> str:
    return rendered(plan_lines(plan(parse(text, "t.smtp"))), colour=False)


SCRIPT = """\
:let to = a@b.example
:require SIZE
EHLO x
< 250 +PIPELINING
<~ 250 +SMTPUTF8
MAIL FROM:<>
:for word in a 1..20
RCPT TO:<{{word}}>
< 250|251
:end
DATA
Subject: x

x
.
< 250 within 5s
> NOOP
<? any
QUIT
< 221
< eof
"""

PLAN = """\
   1  let     :let to = a@b.example
   3  greet   expects 2xx (implied)
   3  send    EHLO x                expects 250 +PIPELINING; warns unless 250 +SMTPUTF8; \
skipped without SIZE
   6  send    MAIL FROM:<>          expects 2xx or 3xx (implied)
   7  block   :for word in a 1..20
   8  send      RCPT TO:<{{word}}>  expects 250|251
  11  send    DATA                  expects 354 (implied), \
then body lines 12\N{EN DASH}14 and the dot
  15  dot     .                     expects 250 within 5s
  17  send    > NOOP                waits for no reply
  18  reply   optional: any
  19  send    QUIT                  expects 221; eof
"""


def test_what_is_sent_and_what_must_come_is_told_line_by_line() -> None:
    assert told(SCRIPT) == PLAN


def test_held_lines_are_told_with_the_replies_that_are_theirs() -> None:
    text = ":hold\nMAIL FROM:<>\n> NOOP\nDATA\n:flush\n< 250\n<~ 250 2.1.0\n< 250\n< 354\n.\n"
    assert told(f"EHLO x\n{text}").splitlines()[2:] == [
        "   2  hold    3 lines in one write",
        "   3  send      MAIL FROM:<>  expects 250; warns unless 250 2.1.0",
        "   4  send      > NOOP        expects 250",
        "   5  send      DATA          expects 354",
        "   6  flush   :flush",
        "  11  dot     .               expects 2xx (implied)",
    ]


def test_a_reply_expected_further_down_is_not_called_implied() -> None:
    text = "NOOP\n# a remark\n< 250\n<~ 251\nRSET\n:echo wait\n< 250\n"
    assert told(f"EHLO x\n{text}").splitlines()[2:] == [
        "   2  send    NOOP    expects 250; warns unless 251",
        "   6  send    RSET    expects the lines below",
        "   7  local   :echo wait",
        "   8  reply   expects 250",
    ]


def test_each_case_begins_with_a_greeting_and_its_last_steps_are_told() -> None:
    text = ':implicit on\n:case "a"\n< 220\nQUIT\n:case "b"\nEHLO x\n:finally\nQUIT\n'
    assert told(text).splitlines() == [
        "   1  local   :implicit on",
        '   2  case    :case "a"',
        "   3  greet   expects 220",
        "   4  send    QUIT    expects 2xx or 3xx (implied)",
        '   5  case    :case "b"',
        "   6  greet   expects 2xx (implied)",
        "   6  send    EHLO x  expects 2xx or 3xx (implied)",
        "   8  finally always, if still connected",
        "   8  send    QUIT    expects 2xx or 3xx (implied)",
    ]


def test_without_implied_expectations_one_reply_is_read_all_the_same() -> None:
    assert told(":implicit off\nEHLO x\n").splitlines()[1:] == [
        "   2  send    EHLO x  one reply of any kind"
    ]


@pytest.mark.parametrize(
    "login",
    [
        "AUTH PLAIN AGEAcGFzcw==",
        "AUTH LOGIN\n< 334\ncGFzcw==",
        "AUTH LOGIN\nYWxpY2U=\ncGFzcw==",
        ":hold\nAUTH PLAIN AGEAcGFzcw==\n:flush",
        "> AUTH PLAIN AGEAcGFzcw==",
        "auth plain {{x}}cGFzc",
    ],
)
def test_credentials_are_masked(login: str) -> None:
    shown = told(f":let x = 1\nEHLO x\n{login}\nQUIT\n")
    assert "cGFzc" not in shown
    assert "YWxp" not in shown
    assert "********" in shown


def test_a_control_character_is_shown_escaped() -> None:
    assert "\x1b" not in told('NOOP \x1b[2J\n< 250 "\x1b"\n')


def test_what_makes_a_response_is_told_as_it_is_written() -> None:
    line = 'AUTH PLAIN {{ plain("u", "wrong") }}'
    assert line in told(f"EHLO x\n{line}\n")
