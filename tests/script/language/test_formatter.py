"""The canonical form: what it changes, and all that it never touches."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpprobe.script.language.defined_names import Outside
from smtpprobe.script.language.formatter import formatted, unified_diff
from smtpprobe.script.language.patterns import PlainPattern
from smtpprobe.script.language.problem import ScriptProblems
from smtpprobe.script.language.steps import Assert, Expect, Place, Script
from smtpprobe.script.language.tokens import tokens
from smtpprobe.script.parser.parser import parse

EXAMPLES = sorted((Path(__file__).parents[3] / "examples").glob("**/*.smtp"))


def read(text: str | bytes) -> Script:
    return parse(text, "t.smtp", outside=Outside(anything=True))


def fmt(text: str | bytes) -> str:
    return formatted(read(text))


_PLACES = ("column", "line", "sources")


def meaning(thing: object) -> object:
    """Return what a part of a script says, its places and blanks between words left out."""
    match thing:
        case Place():
            return None
        case PlainPattern():
            return thing.names
        case Mapping():
            return [meaning(value) for value in thing.values()]
        case tuple() if hasattr(thing, "_asdict"):
            said = {name: value for name, value in thing._asdict().items() if name not in _PLACES}
            blank = {Assert: "text", Expect: "template"}.get(type(thing))
            if blank is not None:
                said[blank] = tuple(token.text for token in tokens(said[blank]))
            return type(thing), {name: meaning(value) for name, value in said.items()}
        case tuple():
            return tuple(meaning(one) for one in thing)
        case _:
            return thing


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("<   250   2.1.0\t+SIZE", "< 250 2.1.0 +SIZE"),
        ("<~ 250 # note  ", "<~ 250  # note  "),
        ("< 250    #note", "< 250  #note"),
        ('< 250 "a  b"  /c  d/', '< 250 "a  b" /c  d/'),
        ('< 250 b64"a  b"   within   5s', '< 250 b64"a  b" within 5s'),
        ("< {{  x  }}   5.1.1", "< {{  x  }} 5.1.1"),
        ("< 250\n|PIPE  LINING", "< 250\n| PIPE  LINING"),
        ("< 250\n|  two", "< 250\n|  two"),
        ("< 250\n|", "< 250\n|"),
        (":timeout   5s  ", ":timeout 5s"),
        (":let   x=  a  b  ", ":let x = a  b"),
        (":let x =", ":let x ="),
        (":echo  a  b", ":echo a  b"),
        (':for x  in  a   "b  c"\n:end  ', ':for x in a "b  c"\n:end'),
        (":for x  in  1..{{ run.id }}\n:end  ", ":for x in 1..{{ run.id }}\n:end"),
        (":retry 3   every  60s\n:end", ":retry 3 every 60s\n:end"),
        (":assert   tls.ok  severity=warning", ":assert tls.ok severity=warning"),
        (':raw    "a  b"', ':raw "a  b"'),
        (":data   f   --raw", ":data f --raw"),
        (':case   "a  b"', ':case "a  b"'),
        ("\n\n\nEHLO x\n\n\n\nQUIT\n\n\n", "EHLO x\n\nQUIT"),
        ("# a  comment  ", "# a  comment  "),
        ("EHLO   x  ", "EHLO   x  "),
        (">   a  ", ">   a  "),
        ("250-a  b\n250   c  ", "250-a  b\n250   c  "),
        ("   ", "   "),
        ("DATA\n\n\n<   250\n:x   y\n.\n\n\n<   250", "DATA\n\n\n<   250\n:x   y\n.\n\n< 250"),
        ("BDAT 6\n\n\n\n\n\nQUIT", "BDAT 6\n\n\n\n\nQUIT"),
        (":hold\n\n\nBDAT 4\n\n\n:flush  ", ":hold\n\nBDAT 4\n\n\n:flush"),
    ],
)
def test_a_line_in_canonical_form(written: str, canonical: str) -> None:
    assert fmt(written) == f"{canonical}\n"


def test_an_empty_script_stays_empty() -> None:
    assert fmt("") == fmt("\n\n") == ""


def test_line_ends_and_a_byte_order_mark_are_no_part_of_what_a_script_says() -> None:
    assert fmt("\ufeffEHLO x\r\n<  250\r\n".encode()) == "EHLO x\n< 250\n"


@pytest.mark.parametrize("written", ["\ufeff\ufeffNOOP\n", "\n\ufeffNOOP\n", "\n\n\ufeff<\n"])
def test_a_byte_order_mark_of_a_line_is_not_taken_for_that_of_the_file(written: str) -> None:
    once = fmt(written)
    assert once == f"\n\ufeff{written.lstrip(chr(10)).lstrip(chr(0xFEFF))}"
    assert fmt(once) == once


def test_octets_that_are_not_utf8_stay() -> None:
    octets = b"NOOP \xff\xfe\n# \x80\n< 250  # \xc3\n"
    assert fmt(octets).encode("utf-8", "surrogateescape") == octets


_LINES = st.sampled_from(
    ["", "", "EHLO x", "DATA", "data ", ".", "BDAT 4", "x", "< 354", '<  250 \t"a  b"   # c  d',
     "<~ any", "<*   any", "< 550", "| a  b", "|a", "250-x", "250  y", "250", "354 go", ":hold",
     ":flush ", ':for  x  in  a "b  c"', ":for n  in 1..2", ":end", ":repeat 2", ":echo  a  b",
     ":let  x =  {{ y }}  ",
     "> a  b", ">", "#  c", ":assert  reply.code   ==  250", "< {{ x }} /a  b/i", ":require  A   B",
     ':case "a"', ":finally ", ":close", "   ", '< 250 "a"/b/', '< 250 "a"#c', ":timeout  5s",
     "< none  for  2s", '< line  "a  b"', "MAIL FROM:<a  b>", "STARTTLS", ":tls verify off"]
)  # fmt: skip
_TEXTS = st.lists(_LINES, max_size=14).map("\n".join) | st.text(
    '<>:|#25 0x-+/"\\{}()=.\tDATAbd\n', max_size=60
)


@given(_TEXTS)
def test_the_canonical_form_says_the_same_and_is_its_own_canonical_form(text: str) -> None:
    try:
        before = read(text)
    except ScriptProblems:
        return
    after = formatted(before)
    again = read(after)
    assert meaning(again.preamble) == meaning(before.preamble)
    assert meaning(again.cases) == meaning(before.cases)
    assert formatted(again) == after
    assert after == "" or (after.endswith("\n") and not after.startswith("\n"))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.name)
def test_the_examples_are_in_canonical_form(example: Path) -> None:
    octets = example.read_bytes()
    assert fmt(octets).encode("utf-8", "surrogateescape") == octets


def test_a_difference_is_shown_as_a_patch() -> None:
    before = "EHLO x\n<  250\nQUIT"
    assert (
        "".join(unified_diff(before, fmt(before), "t.smtp"))
        == """\
--- t.smtp
+++ t.smtp
@@ -1,3 +1,3 @@
 EHLO x
-<  250
-QUIT
\\ No newline at end of file
+< 250
+QUIT
"""
    )
    assert unified_diff("EHLO x\n", "EHLO x\n", "t.smtp") == []
