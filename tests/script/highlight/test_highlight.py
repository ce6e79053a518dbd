"""Colouring: any text comes out whole, and bodies are found as the parser finds them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pygments import highlight as pygmentize
from pygments.formatters import NullFormatter
from pygments.lexers import get_lexer_by_name, get_lexer_for_filename

from smtpprobe.errors import ScriptError
from smtpprobe.script.highlight.grammar import Ink, ScriptLine
from smtpprobe.script.highlight.highlight import classified, inked
from smtpprobe.script.language.steps import BdatChunk, Body, Hold
from smtpprobe.script.parser.parser import parse
from smtpprobe.script.pygments_lexer import TOKENS, SmtpProbeLexer

EXAMPLES = sorted((Path(__file__).parents[3] / "examples").glob("*.smtp"))
BITS = st.sampled_from([
    "DATA", "data ", "\n", "\r\n", "\r", "\0", ".", "# c", ":hold", ":flush", ":let a = {{b}}",
    "< ",
    "<~ ", "<? ", "354", "503", "35x", "any", "not 550", "250-a", "250 b", "> DATA", "| x",
    "BDAT 5",
    "BDAT 3 LAST", "{{", "}}", '"', "\\", "/", "<a@b>", " ", "\t", "SIZE=1",
    "é", "\udc80", "\U0001f4e7",
    'line "354', "+SIZE>=10M", "5.7.1",
])  # fmt: skip
TEXTS = st.one_of(st.text(), st.lists(BITS).map("".join))


def inks(text: str) -> list[tuple[str, str]]:
    """The pieces of a text, each with the name of its ink, plain ones left out."""
    return [(ink.value, piece) for ink, piece in inked(text) if ink is not Ink.PLAIN]


@given(TEXTS)
def test_the_pieces_are_the_text(text: str) -> None:
    assert "".join(piece for _, piece in inked(text)) == text
    assert all(piece for _, piece in inked(text))


@given(TEXTS)
def test_the_tokens_of_pygments_are_the_text(text: str) -> None:
    lexer = SmtpProbeLexer()
    found = list(lexer.get_tokens_unprocessed(text))
    assert "".join(piece for _, _, piece in found) == text
    assert [at for at, _, _ in found] == [
        sum(len(piece) for _, _, piece in found[:count]) for count in range(len(found))
    ]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("# a {{b}}", [("comment", "# a {{b}}")]),
        (":let a = {{b}} x", [("local", ":let"), ("operator", "="), ("expansion", "{{b}}")]),
        (":for r in a b", [("local", ":for"), ("word", "in")]),
        (":for n in 01..20", [("local", ":for"), ("word", "in"), ("number", "01..20")]),
        (":sleep 500ms", [("local", ":sleep"), ("number", "500ms")]),
        (":tls verify on", [("local", ":tls"), ("word", "verify"), ("word", "on")]),
        (
            ":assert tls.version >= 1.2 severity=warning",
            [("local", ":assert"), ("operator", ">="), ("number", "1.2"),
             ("parameter", "severity"), ("operator", "=")],
        ),
        (r':raw "\x00\""', [("local", ":raw"), ("string", r'"\x00\""')]),
        ("<", [("marker", "<")]),
        (
            "<~ not 250|25x 5.7.x|5.1.1  # why",
            [("marker", "<~"), ("word", "not"), ("code", "250"), ("operator", "|"), ("code", "25x"),
             ("enhanced", "5.7.x"), ("operator", "|"), ("enhanced", "5.1.1"), ("comment", "# why")],
        ),
        (
            '<* any +SIZE>=10M -AUTH=PLAIN not "no" /r(e|\\/)/i lines=3 within 5s',
            [("marker", "<*"), ("word", "any"), ("keyword", "+SIZE"), ("operator", ">="),
             ("number", "10M"), ("keyword", "-AUTH"), ("operator", "="), ("word", "not"),
             ("string", '"no"'), ("regex", "/r(e|\\/)/i"), ("word", "lines"), ("operator", "="),
             ("number", "3"), ("word", "within"), ("number", "5s")],
        ),
        ('< 334 b64"User', [("marker", "<"), ("code", "334"), ("string", 'b64"User')]),
        ("< none for 2s", [("marker", "<"), ("word", "none"), ("word", "for"), ("number", "2s")]),
        ("| SIZE {{n}}", [("marker", "|"), ("reply", " SIZE "), ("expansion", "{{n}}")]),
        ("> DATA", [("marker", ">"), ("verb", "DATA")]),
        ("> 250 x", [("marker", ">")]),
        (
            "550-5.7.1 no",
            [("code", "550"), ("reply", "-"), ("enhanced", "5.7.1"), ("reply", " no")],
        ),
        ("250", [("code", "250")]),
        (
            "mail FROM:<a@b> SIZE=10 {{x}}",
            [("verb", "mail"), ("parameter", "FROM:"), ("path", "<a@b>"), ("parameter", "SIZE="),
             ("expansion", "{{x}}")],
        ),
        ("RCPT TO:<{{to}}>", [("verb", "RCPT"), ("parameter", "TO:"), ("expansion", "{{to}}")]),
        ("cHJhY3RpY2U=", []),
        ("*", []),
        ("EHLOX y", []),
    ],
)  # fmt: skip
def test_each_class_of_lines_has_its_colours(line: str, expected: list[tuple[str, str]]) -> None:
    assert inks(line) == expected
    assert inks(f"{line}\r\n") == expected


B, C, D, E, L, N, S, W, X = (
    ScriptLine.BODY, ScriptLine.COMMENT, ScriptLine.END_OF_BODY, ScriptLine.EXPECTATION,
    ScriptLine.LOCAL, ScriptLine.OCTETS, ScriptLine.SERVER_LINE, ScriptLine.WIRE, ScriptLine.EXACT,
)  # fmt: skip


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["DATA", "# text", ":x", "< 250", ".", "NOOP"], [W, B, B, B, D, W]),
        (["data", "# why", "< 35x", "# text", ".", "NOOP"], [W, C, E, B, D, W]),
        (["DATA", "< 503", "# c", "NOOP"], [W, E, C, W]),
        (["DATA", "< not 550|551", "x", "."], [W, E, B, D]),
        (["DATA", "< not 354", "NOOP"], [W, E, W]),
        (["DATA", "<~ any", "x", "."], [W, E, B, D]),
        (["DATA", "< eof", "NOOP"], [W, E, W]),
        (["DATA", "354-a", "354 b", "250 x", "."], [W, S, S, B, D]),
        (["DATA", "451 no", "NOOP"], [W, S, W]),
        (["DATA", '< line "354 go\\n"', "x", "."], [W, E, B, D]),
        (["DATA", '< line "354-go\\n"', '< line "354 go\\n"', "x", "."], [W, E, E, B, D]),
        (["> DATA", "< 354", "# c"], [X, E, C]),
        (["BDAT 7 LAST", "hello", "< 250"], [W, N, E]),
        (["BDAT 12", "# c", "", ":ab", "< 250"], [W, N, N, N, E]),
        (["> BDAT 7", "hello"], [X, W]),
        (
            [":hold", "MAIL x", "> RCPT", "", "DATA", ":flush", "< 250", "<~ 251", "# c", "< 25x",
             "< 354", "# text", ".", "NOOP"],
            [L, W, X, W, W, L, E, E, C, E, E, B, D, W],
        ),
        ([":hold", "MAIL x", "DATA", ":flush", "< 250", "< 503", "NOOP"], [L, W, W, L, E, E, W]),
        ([":hold", "MAIL x", "DATA", ":flush", "", "Subject: x", "."], [L, W, W, L, W, B, D]),
        ([":hold", "MAIL x", ":flush", "< 250", "NOOP"], [L, W, L, E, W]),
        ([":hold", "BDAT 3 LAST", "x", ":flush", "< 250"], [L, W, N, L, E]),
    ],
)  # fmt: skip
def test_bodies_end_where_they_end(lines: list[str], expected: list[ScriptLine]) -> None:
    assert list(classified(lines)) == expected


def parsed_bodies(text: str) -> set[int]:
    """The numbers of the lines that the parser takes for message text, from 0."""
    found: set[int] = set()
    for step in parse(text, "t").steps:
        if isinstance(step, Body):
            found |= set(range(step.place.line - 1, step.place.line - 1 + len(step.lines)))
        held = step.held if isinstance(step, Hold) else (step,)
        for one in held:
            if isinstance(one, BdatChunk):
                found |= set(range(one.place.line, one.place.line + one.octets.count(b"\n")))
    return found


LINES = st.sampled_from([
    "DATA", "data ", ".", "# c", "< 354", "< 503", "< any", "< not 550", "354 x", "354-y", "503 x",
    "",
    "> DATA", "BDAT 5", "BDAT 3 LAST", "x", "abc", '< line "354 go\\n"', "< eof", "NOOP",
    ":sleep 1s", ":hold", ":flush", "MAIL x", "<~ 250", "> RCPT", ":hold", ":flush",
])  # fmt: skip


@given(st.lists(LINES, max_size=12))
def test_message_text_is_what_the_parser_takes_for_it(lines: list[str]) -> None:
    text = "\n".join([*lines, ""])
    try:
        expected = parsed_bodies(text)
    except ScriptError:
        assume(False)  # noqa: FBT003 - hypothesis has it so
    found = {
        at
        for at, line_class in enumerate(classified(lines))
        if line_class in (ScriptLine.BODY, ScriptLine.OCTETS)
    }
    assert found == expected


@pytest.mark.parametrize(
    "part",
    [
        '"\\"', "{{", '{{ "{{" ', "< ", "/\\/", "<", "a" * 9 + "=", "0.", "1m", "-A", "|350",
        "DATA\n#\n",
        ":hold\nDATA\n:flush\n", "DATA\n< 354|", "250-\n", "BDAT 9\n", '< line "250-"\n', " \t",
    ],
)  # fmt: skip
def test_long_and_hostile_text_takes_no_longer_than_it_is_long(part: str) -> None:
    for start in ("", "< ", ":let ", "> ", "| "):
        text = start + part * (60_000 // len(part))
        assert sum(len(piece) for _, piece in inked(text)) == len(text)


def test_pygments_finds_the_lexer_by_name_and_by_file() -> None:
    assert isinstance(get_lexer_by_name("smtpprobe"), SmtpProbeLexer)
    assert isinstance(get_lexer_for_filename("call.smtp"), SmtpProbeLexer)
    assert pygmentize("\nEHLO x", SmtpProbeLexer(), NullFormatter()) == "\nEHLO x"


def test_every_ink_has_a_token() -> None:
    assert set(TOKENS) == set(Ink)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_has_its_colours(path: Path) -> None:
    text = path.read_text()
    found = {ink for ink, _ in inked(text)}
    assert {Ink.VERB, Ink.COMMENT} <= found
    assert "".join(piece for _, piece in inked(text)) == text
