"""Where a message begins and ends, decided before anything is sent."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpprobe.script.language.formatter import formatted
from smtpprobe.script.language.steps import Body, Exact, Expect, Hold, SmtpLine, Step
from smtpprobe.script.parser.parser import parse
from tests.script.blocks import problems_of

HELD = ":hold\nMAIL FROM:<>\nRCPT TO:<a@b.example>\nDATA\n:flush\n"


def steps_of(text: str) -> tuple[Step, ...]:
    return parse(text, "t.smtp").steps


def bodies_of(text: str) -> list[tuple[str, ...]]:
    return [step.lines for step in steps_of(text) if isinstance(step, Body)]


@pytest.mark.parametrize(
    ("under_flush", "lines"),
    [
        ("< 250\n< 250\n< 354\nSubject: x\n\n:x\n.\n", ("Subject: x", "", ":x")),
        ("< 250\n\n# note\n< 250\n< 354\n# text\n.\n", ("# text",)),
        ("250 ok\n250 ok\n354 go\n< 250\n.\n", ("< 250",)),
        ("< 250\n<~ 250 2.1.0\n< 250\n<~ 354\n.\n", None),
        ("Subject: x\n.\n", ("Subject: x",)),
        ("# note\n\nSubject: x\n.\n", ("Subject: x",)),
        ("< 250\nSubject: x\n.\n", ("Subject: x",)),
        ("< 250\n< 250\n< 503\nRSET\n", None),
        ("< 250\n< 250\n503 no\nRSET\n", None),
    ],
)
def test_the_message_of_a_held_data_begins_behind_the_expectation_that_is_its_own(
    under_flush: str, lines: tuple[str, ...] | None
) -> None:
    if lines is None and "<~ 354" in under_flush:
        # a soft one belongs to the reply above it: the message begins at the first other line
        assert bodies_of(HELD + under_flush) == [()]
        return
    assert bodies_of(HELD + under_flush) == ([] if lines is None else [lines])


def test_the_steps_of_held_lines_are_theirs() -> None:
    hold, *_ = steps_of(HELD + "< 250\n< 250\n< 354\n.\n")
    assert isinstance(hold, Hold)
    assert [one.text for one in hold.held] == ["MAIL FROM:<>", "RCPT TO:<a@b.example>", "DATA"]
    assert hold.flush.line == 5


@pytest.mark.parametrize("marker", ["<?", "<*"])
def test_whether_the_message_of_a_held_data_follows_must_be_certain(marker: str) -> None:
    found = problems_of(f"{HELD}< 250\n{marker} 250\n< 250\n< 354\nx\n.\n").problems
    assert {one.id for one in found} == {"P12"}


def test_data_sent_as_it_stands_has_no_message() -> None:
    steps = steps_of("> DATA\n< 354\n> Subject: x\n> .\n< 250\n")
    assert [type(step) for step in steps] == [Exact, Expect, Exact, Exact, Expect]


def test_a_dot_with_a_blank_does_not_end_a_message() -> None:
    assert bodies_of("DATA\n. \n..\n.\n") == [(". ", "..")]


def test_a_message_may_have_no_line() -> None:
    assert bodies_of("DATA\n< 354\n.\n") == [()]


@pytest.mark.parametrize("line", ["# c", "", ":close", "< 250", "250 ok", "> x", "| x"])
def test_the_line_right_under_data_is_text_unless_it_is_an_expectation(line: str) -> None:
    text = f"DATA\n{line}\nx\n.\n"
    if line in ("< 250", "250 ok"):
        assert bodies_of(text) == []
    else:
        assert bodies_of(text) == [(line, "x")]


def test_several_messages_in_one_script_are_kept_apart() -> None:
    assert bodies_of("DATA\na\n.\n< 250\nDATA\n< 354\nb\n.\n") == [("a",), ("b",)]


_OCTETS = st.binary(max_size=30).filter(lambda line: not set(line) & set(b"\r\n\0"))


@given(st.lists(_OCTETS.filter(lambda line: line != b"."), max_size=4))
def test_any_octets_of_a_message_are_kept(lines: list[bytes]) -> None:
    script = parse(b"".join(line + b"\n" for line in (b"DATA", b"< 354", *lines, b".")), "t.smtp")
    (body,) = (step for step in script.steps if isinstance(step, Body))
    assert [line.encode("utf-8", "surrogateescape") for line in body.lines] == lines


@given(_OCTETS)
def test_any_octets_behind_a_greater_than_sign_go_out_as_they_stand(line: bytes) -> None:
    (step,) = parse(b"> " + line, "t.smtp").steps
    assert isinstance(step, Exact)
    assert step.text.encode("utf-8", "surrogateescape") == line


@given(st.from_regex(rb"(?:[A-Za-z0-9+/]{4})+(?:[A-Za-z0-9+/]{2}==)?", fullmatch=True))
def test_any_answer_to_a_challenge_is_a_line_for_the_server(answer: bytes) -> None:
    text = b"AUTH LOGIN\n< 334\n" + answer + b"\n< 334\n.\n"
    _, _, wire, *_ = parse(text, "t.smtp").steps
    assert isinstance(wire, SmtpLine)
    assert wire.text.encode() == answer


@pytest.mark.parametrize("code", ["554", "5xx", "220"])
def test_lines_under_a_refusal_of_data_are_of_the_reply_not_of_a_message(code: str) -> None:
    text = f"DATA\n< {code}\n| no mail\n| today\nQUIT\n"
    script = parse(text, "t.smtp")
    _, refusal, leave = script.steps
    assert isinstance(refusal, Expect)
    assert [one.start for one in refusal.replies] == ["no mail", "today"]
    assert isinstance(leave, SmtpLine)
    assert formatted(script) == text


def test_lines_under_354_begin_the_message() -> None:
    assert bodies_of("DATA\n< 354\n| no mail\n.\n") == [("| no mail",)]
