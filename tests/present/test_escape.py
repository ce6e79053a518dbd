"""No text from a server can drive a terminal, whatever it holds."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpprobe.present.escape import cut, escaped, is_clean, quoted, shown


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
