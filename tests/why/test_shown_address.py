"""The address that a server shows for its client."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpprobe.why.shown_address import shown_address

SERVER = "192.0.2.25"


@pytest.mark.parametrize(
    ("text", "family", "shown"),
    [
        ("mx.example Hello pc.example [203.0.113.9]", 4, "203.0.113.9"),
        ("mx.example at your service, [2001:db8::9]", 6, "2001:db8::9"),
        ("mx.example Hello pc [IPv6:2001:DB8::9], pleased to meet you", 6, "2001:db8::9"),
        ("mx.example Hello pc (203.0.113.9)", 4, "203.0.113.9"),
        ("Client host [203.0.113.9] blocked using list.example", 4, "203.0.113.9"),
        ("IP 203.0.113.9 is blocked, see https://list.example", 4, "203.0.113.9"),
        ("blocked: https://list.example/?ip=203.0.113.9", 4, "203.0.113.9"),
        ("mx.example Hello pc [::ffff:203.0.113.9]", 4, "203.0.113.9"),
        ("mx.example Hello pc [203.0.113.9]", 6, ""),
        ("mx.example [192.0.2.25] greets you", 4, ""),
        ("[192.0.2.25] Hello [203.0.113.9]", 4, "203.0.113.9"),
        ("Hello [203.0.113.9] or [203.0.113.10]", 4, ""),
        ("Hello pc [10.0.0.7]", 4, ""),
        ("Hello pc [100.64.1.1]", 4, ""),
        ("Hello pc [127.0.0.1]", 4, ""),
        ("mx ESMTP Sendmail 8.17.1.9/8.17.1", 4, ""),
        ("mx version 4.96.1.2 ready", 4, ""),
        ("Hello pc [203.0.113.900]", 4, ""),
        ("", 4, ""),
    ],
)
def test_only_an_address_written_as_that_of_a_client_is_taken(
    text: str, family: int, shown: str
) -> None:
    assert shown_address(text, family, [SERVER]) == shown


@given(st.text("[]()0123456789abcdef:. ipIP6v", max_size=200))
def test_any_text_is_read(text: str) -> None:
    assert shown_address(text, 4, []).count(".") in (0, 3)
