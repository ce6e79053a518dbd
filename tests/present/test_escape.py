"""No text from a server can drive a terminal, whatever it holds."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpprobe.present.escape import (
    as_sent,
    cut,
    escaped,
    is_clean,
    octets_as_sent,
    quoted,
    shown,
)
from tests.strict_json import octets_again


@given(st.binary())
def test_nothing_that_drives_a_terminal_is_left(octets: bytes) -> None:
    text = shown(octets.decode("utf-8", "surrogateescape"))
    text.encode()
    assert not any(unicodedata.category(character) in ("Cc", "Cs") for character in text)


@pytest.mark.parametrize(
    ("text", "escape"),
    [
        ("\x1b[2J", "\\x1b[2J"),
        ("\x9b", "\\x9b"),
        ("a\u202eb", "a\\u202eb"),
        ("\u200b", "\\u200b"),
        ("\udcff", "\\xff"),
        ("\x07", "\\x07"),
        ("\u2028", "\\u2028"),
    ],
)
def test_each_kind_of_danger_has_its_escape(text: str, escape: str) -> None:
    assert escaped(text) == escape
    assert not is_clean(text)


def test_plain_text_and_tab_are_clean() -> None:
    assert is_clean("250\tGrüße")
    assert escaped("Grüße") == "Grüße"


def test_an_over_long_line_is_cut_and_its_length_told() -> None:
    assert cut("x" * 1001) == "x" * 1000 + "... (1001 octets)"
    assert cut("x" * 1000) == "x" * 1000


def test_quoted_octets_are_a_string_of_the_script_language() -> None:
    assert quoted(b'a"\\\r\n\t\0\x1b\xff') == '"a\\"\\\\\\r\\n\\t\\0\\x1b\\xff"'


@given(st.binary() | st.text("\\xf0c5", max_size=12).map(str.encode))
def test_what_a_server_sent_can_be_had_again(octets: bytes) -> None:
    for text in (as_sent(octets.decode("utf-8", "surrogateescape")), octets_as_sent(octets)):
        assert octets_again(text) == octets
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e]", text)


@pytest.mark.parametrize(
    ("octets", "text"),
    [
        (b"220 \xff mx", "220 \\xff mx"),
        (b"220 \\xff mx", "220 \\x5cxff mx"),
        (b"220 \\X \\ \\x4", "220 \\X \\ \\x4"),
        ("Grüße\tan\nalle".encode(), "Grüße\tan\nalle"),
        (b"\x1b[2J\0", "\\x1b[2J\\x00"),
        ("a\u202eb\x9b".encode(), "a\\xe2\\x80\\xaeb\\xc2\\x9b"),
    ],
)
def test_programs_get_octets_that_are_no_text_in_escapes(octets: bytes, text: str) -> None:
    assert as_sent(octets.decode("utf-8", "surrogateescape")) == text


@given(st.text(st.characters()))
def test_text_for_programs_is_utf_8_whatever_it_was(text: str) -> None:
    as_sent(text).encode()
