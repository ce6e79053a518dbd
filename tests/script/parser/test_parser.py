from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from smtpprobe.script.language.matchers import Codes, Eof, RawLine
from smtpprobe.script.language.steps import (
    BdatChunk,
    Body,
    Comment,
    Exact,
    Expect,
    Local,
    SmtpLine,
    Step,
)
from smtpprobe.script.parser.parser import parse
from smtpprobe.script.parser.source import SCRIPT_OCTETS
from tests.script.blocks import problems_of


def steps_of(text: str | bytes) -> tuple[Step, ...]:
    return parse(text, "t.smtp").steps


def kinds_of(text: str) -> list[str]:
    return [type(step).__name__ for step in steps_of(text)]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("EHLO x", SmtpLine),
        ("dXNlcg==", SmtpLine),
        ("*", SmtpLine),
        ("200", Expect),
        ("2502 x", SmtpLine),
        ("199 x", SmtpLine),
        ("250-", None),
        ("# text", Comment),
        (":close", Local),
        ("< 250", Expect),
        ("<~ 250", Expect),
        ("< eof  # done", Expect),
        ("> DATA", Exact),
        (">", Exact),
        ("250 ok", Expect),
    ],
)
def test_the_first_characters_of_a_line_decide(line: str, kind: type[Step] | None) -> None:
    if kind is None:
        assert problems_of(line).problems[0].id == "P11"
        return
    assert [type(step) for step in steps_of(line)] == [kind]


def test_lf_and_crlf_end_a_line_alike() -> None:
    assert steps_of("EHLO x\r\n< 250\r\n") == steps_of("EHLO x\n< 250\n")


def test_empty_lines_outside_a_message_are_layout() -> None:
    assert kinds_of("\n\nEHLO x\n\n< 250\n\n") == ["SmtpLine", "Expect"]


def test_a_line_sent_as_it_stands_loses_one_space_only() -> None:
    assert [step.text for step in steps_of(">  two\n>") if isinstance(step, Exact)] == [" two", ""]


def test_server_lines_up_to_the_last_one_are_one_expectation_on_the_code() -> None:
    (expect,) = steps_of("250-a\n250-b\n250 c\n")
    assert isinstance(expect, Expect)
    assert expect.what == Codes(("250",))
    assert expect.server == ("250-a", "250-b", "250 c")
    assert expect.place.line == 3


@pytest.mark.parametrize(
    ("under_data", "follows"),
    [
        ("", True),
        ("# not a comment but text\n", True),
        ("< 354\n", True),
        ("# note\n< 354\n", True),
        ("< 35x\n", True),
        ("< 3xx  # go\n", True),
        ("< any\n", True),
        ("< not 550\n", True),
        ("<~ 354\n", True),
        ("354 go ahead\n", True),
        ("354-a\n354 b\n", True),
        ('< line "354 go\\n"\n', True),
        ('< line "354-go\\n"\n< line "354 on\\n"\n', True),
        ("< 503\n", False),
        ("< not 354\n", False),
        ("< eof\n", False),
        ("503 no\n", False),
        ('< line "garbage"\n', False),
    ],
)
def test_whether_a_message_follows_data_is_decided_by_its_expectation(
    under_data: str, follows: bool
) -> None:
    text = f"DATA\n{under_data}:close\n# text\n.\n"
    if not follows:
        assert not any(isinstance(step, Body) for step in steps_of(text))
        return
    (body,) = (step for step in steps_of(text) if isinstance(step, Body))
    assert body.lines[-2:] == (":close", "# text")


@pytest.mark.parametrize("word", ["DATA", "data", "DaTa", "DATA  "])
def test_data_is_recognised_in_any_case_and_sent_as_written(word: str) -> None:
    wire, _ = steps_of(f"{word}\n.\n")
    assert isinstance(wire, SmtpLine)
    assert wire.text == word


def test_a_chunk_counts_its_lines_with_their_ends() -> None:
    (chunk, after) = steps_of("BDAT 21 LAST\nSubject: x\n\nhello\nQUIT\n")
    assert isinstance(chunk, BdatChunk)
    assert chunk.octets == b"Subject: x\r\n\r\nhello\r\n"
    assert isinstance(after, SmtpLine)


def test_an_empty_chunk_has_no_octets_under_it() -> None:
    assert kinds_of("BDAT 0 LAST\nQUIT\n") == ["BdatChunk", "SmtpLine"]


def test_a_fragment_may_leave_its_message_open() -> None:
    script = parse("DATA\nSubject: x", "paste", fragment=True)
    assert script.steps[-1] == Body(script.steps[-1].place, ("Subject: x",), ended=False)
    assert [type(step) for step in parse("DATA", "paste", fragment=True).steps] == [SmtpLine]


def test_terms_are_read() -> None:
    (expect,) = steps_of("< 250|251 2.1.x|2.7.0 +SIZE>=10M -AUTH +AUTH=PLAIN  # note")
    assert isinstance(expect, Expect)
    assert expect.wanted == "250|251 2.1.x|2.7.0 +SIZE>=10M -AUTH +AUTH=PLAIN"
    assert [term.column for term in expect.terms] == [11, 23, 34, 40]


def test_a_raw_line_is_read_with_its_escapes() -> None:
    (expect,) = steps_of(r'< line "250 a\x00\"\\\r\n"')
    assert isinstance(expect, Expect)
    assert expect.what == RawLine(b'250 a\0"\\\r\n')


def test_the_server_s_close_can_be_expected() -> None:
    (expect,) = steps_of("< eof")
    assert isinstance(expect, Expect)
    assert expect.what == Eof()


@pytest.mark.parametrize(("octets", "told"), [(b"a\0b", r"\0"), (b"a\rb\n", r"\r")])
def test_nul_and_lone_cr_cannot_stand_in_a_script(octets: bytes, told: str) -> None:
    (problem,) = problems_of(b"EHLO x\n" + octets).problems
    assert problem.id == "P20"
    assert (problem.place.line, problem.place.column) == (2, 2)
    assert told in problem.help[0]


def test_a_script_over_16_mib_is_refused() -> None:
    (problem,) = problems_of(b"#" * (SCRIPT_OCTETS + 1)).problems
    assert problem.id == "P22"


def test_ten_problems_are_told_at_once_at_most() -> None:
    assert len(problems_of(":nonsense\n" * 50).problems) == 10


def test_octets_that_are_not_utf8_pass_unchanged() -> None:
    (wire,) = steps_of(b"NOOP \xff\xfe\n")
    assert isinstance(wire, SmtpLine)
    assert wire.text.encode("utf-8", "surrogateescape") == b"NOOP \xff\xfe"


_BODY_LINE = st.text(st.characters(exclude_characters="\r\n\0", codec="utf-8"), max_size=40).filter(
    lambda line: line != "."
)


@given(st.lists(_BODY_LINE, max_size=5))
def test_no_line_of_a_message_is_classified(lines: list[str]) -> None:
    text = "".join(f"{line}\n" for line in ("DATA", "< 354", *lines, ".", "QUIT"))
    _, _, body, quit_ = steps_of(text)
    assert isinstance(body, Body)
    assert body.lines == tuple(lines)
    assert isinstance(quit_, SmtpLine)


@given(st.text(st.characters(exclude_characters="\r\n\0", codec="utf-8"), max_size=40))
def test_any_line_behind_a_greater_than_sign_goes_out_as_it_stands(line: str) -> None:
    (exact,) = steps_of(f"> {line}")
    assert isinstance(exact, Exact)
    assert exact.text == line


@given(st.from_regex(r"[A-Za-z0-9+/]{4,20}={0,2}", fullmatch=True))
def test_a_line_of_base64_is_never_taken_for_anything_local(line: str) -> None:
    assume(line.upper() != "DATA")  # the one word of base64 that is a command with a body
    (wire,) = steps_of(line)
    assert isinstance(wire, SmtpLine)
    assert wire.text == line


@pytest.mark.parametrize(
    "line",
    ['< 250 "{{" "}}"', '< 250 "{{user}}""x"', '< 250 "{{b64(user)}}" "}}"', '< 250 {{b64("a")}}'],
)
def test_braces_that_a_string_holds_whole_or_open_are_left_alone(line: str) -> None:
    parse(f":let user = x\nNOOP\n{line}\n", "t.smtp")
