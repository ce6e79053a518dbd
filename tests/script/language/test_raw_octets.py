from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpprobe.present.escape import quoted
from smtpprobe.protocol.pace import Pace
from smtpprobe.script.language.problem import ScriptProblems
from smtpprobe.script.language.raw_octets import Named, RawOctets, read_raw
from smtpprobe.script.parser.parser import parse

OCTETS = st.binary(max_size=50)


@given(OCTETS)
def test_octets_are_read_back_as_they_are_shown(octets: bytes) -> None:
    assert read_raw(quoted(octets)) == RawOctets((octets,))


@given(OCTETS.filter(bool), st.sampled_from(["", " "]))
def test_hex_is_read_with_blanks_and_without(octets: bytes, blank: str) -> None:
    assert read_raw(f'hex"{octets.hex(blank) if blank else octets.hex()}"').parts == (octets,)


def test_strings_hex_and_files_stand_one_after_the_other() -> None:
    found = read_raw(r'"a\r\n" hex"00 FF" m.eml file"my mail" --rate 10/s "." --segment 1')
    parts = (b"a\r\n", b"\x00\xff", Named("m.eml"), Named("my mail"), b".")
    assert found == RawOctets(parts, Pace(10, 1))
    assert found.files == ("m.eml", "my mail")


@pytest.mark.parametrize(
    ("argument", "column", "why"),
    [
        (r'"ab\q"', 9, r"unknown escape \q; known: "),
        (r'"é\xZZ"', 8, r"unknown escape \x; known: "),
        (r'"ok\r\n" "a\8"', 17, r"unknown escape \8; known: "),
        ('"open', 6, 'expected a string: "..."'),
        ('hex"0d 0a0"', 13, '"0a0" is not a whole number of octets'),
        ('hex"0d,0a"', 12, '"," is not a hex digit'),
        ('hex"0d', 6, 'hex"..." is not closed'),
        (r"NOOP\r\n", 6, r'octets are written in quotes: "NOOP\r\n"'),
        ('"a" --fast', 10, "unknown option --fast"),
    ],
)
def test_what_is_wrong_is_underlined_where_it_stands(argument: str, column: int, why: str) -> None:
    with pytest.raises(ScriptProblems) as raised:
        parse(f":raw {argument}\n", "t.smtp")
    (problem,) = raised.value.problems
    assert (problem.id, problem.place.line, problem.place.column) == ("P18", 1, column)
    assert problem.message.startswith(f"bad argument: {why}")
    assert problem.help[0].startswith(":raw ")


def test_inside_hold_it_is_told_that_one_raw_does_the_same() -> None:
    with pytest.raises(ScriptProblems) as raised:
        parse(':hold\nRSET\n:raw "NOOP\\n"\n:flush\n', "t.smtp")
    (problem,) = raised.value.problems
    assert (problem.id, problem.place.line) == ("P09", 3)
    assert problem.help == (r'one :raw goes out in one write: :raw "RSET\r\n" hex"0a"',)
