"""JSON that a strict reader takes, whatever is in it."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpprobe.present.json_text import json_text
from smtpprobe.protocol.utf8 import utf8_text

ANY = st.text(st.characters())
"""Surrogates included: octets that are no UTF-8, and what an escape of JSON can bring in."""


@given(st.dictionaries(ANY, ANY | st.lists(ANY)), st.booleans(), st.booleans())
def test_any_text_gives_json_in_utf_8(
    value: dict[str, object], ascii_only: bool, compact: bool
) -> None:
    text = json_text(value, ascii_only=ascii_only, compact=compact)
    found = json.loads(text.encode())
    assert text.isascii() or not ascii_only
    assert list(found) == list({utf8_text(name): None for name in value})
    for name, each in value.items():
        if isinstance(each, str) and sum(utf8_text(one) == utf8_text(name) for one in value) == 1:
            assert found[utf8_text(name)] == utf8_text(each)


@pytest.mark.parametrize("ascii_only", [False, True])
def test_an_octet_that_is_no_utf_8_is_told_by_its_number(ascii_only: bool) -> None:
    assert json.loads(json_text("a\udcff\\\udc80b", ascii_only=ascii_only)) == "a\\xff\\\\x80b"
    assert json.loads(json_text("\ud83d", ascii_only=ascii_only)) == "\\ud83d"


def test_other_text_stands_as_it_is_or_in_escapes() -> None:
    assert json_text(["Grüße 📧"]) == '["Grüße 📧"]'
    assert json_text(["Grüße 📧"], ascii_only=True) == json.dumps(["Grüße 📧"])
    assert json_text({"a": [1, 2]}, compact=True) == '{"a":[1,2]}'
    assert json_text({"a": 1}, indent=1) == '{\n "a": 1\n}'
