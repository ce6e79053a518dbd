"""A proxy as it is written, shown without its password, and refused where none is meant."""

from __future__ import annotations

import pytest

from smtpprobe.errors import UsageError
from smtpprobe.protocol.transport.proxy import masked_proxy, parse_proxy
from smtpprobe.protocol.transport.proxy_header import End


@pytest.mark.parametrize(
    ("text", "shown", "resolves"),
    [
        ("socks5://h", "socks5://h:1080", False),
        ("SOCKS5h://h/", "socks5h://h:1080", True),
        ("http://h:3128", "http://h:3128", True),
        ("http://h:65535", "http://h:65535", True),
        ("http://bob@h:1", "http://bob@h:1", True),
        ("socks5h://bob:pw@h:1", "socks5h://bob:********@h:1", True),
        ("socks5://a:b:c@h", "socks5://a:********@h:1080", False),
        ("socks5://b%40b:p%3Aw@h", "socks5://b%40b:********@h:1080", False),
        ("socks5://[2001:db8::1]", "socks5://[2001:db8::1]:1080", False),
    ],
)
def test_a_proxy_is_shown_as_it_was_written_but_its_password(
    text: str, shown: str, *, resolves: bool
) -> None:
    found = parse_proxy(text)
    assert str(found) == shown
    assert found.resolves is resolves


def test_the_password_is_what_follows_the_first_colon_decoded() -> None:
    for text, password in (("socks5://a:b:c@h", "b:c"), ("socks5://a:p%3Aw@h", "p:w")):
        found = parse_proxy(text)
        assert (found.user, found.password) == ("a", password)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("http://h", "has no port"),
        ("http://h:0", "from 1 to 65535"),
        ("http://h:65536", "from 1 to 65535"),
        ("http://bob:hunter2@h:65536", "from 1 to 65535"),
        ("http://:hunter2@h:1", "without a user name"),
        ("ftp://bob:hunter2@h:1", "cannot be understood"),
        ("socks5://bob:hunter2@x@h:1", "cannot be understood"),
        ("http://a%3Ab:hunter2@h:1", "has no colon"),
        (f"socks5://{'b' * 256}:hunter2@h", "printable ASCII"),
        ("socks5://b%00:hunter2@h", "printable ASCII"),
        ("socks5://b:hunter2%C3%A4@h", "printable ASCII"),
    ],
)
def test_what_is_no_proxy_is_refused_without_the_password(text: str, told: str) -> None:
    with pytest.raises(UsageError, match=told) as refused:
        parse_proxy(text)
    assert "hunter2" not in f"{refused.value} {refused.value.hint}"


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("socks5://bob:pw@h:1", "socks5://bob:********@h:1"),
        ("socks5://bob:pw@x@h:1", "socks5://bob:********@h:1"),
        ("socks5://:pw@h", "socks5://:********@h"),
        ("socks5://bob@h:1", "socks5://bob@h:1"),
        ("socks5://h:1", "socks5://h:1"),
        ("bob:pw@h", "bob:pw@h"),  # no proxy: nothing says what it is
    ],
)
def test_in_text_what_can_be_a_password_is_masked(text: str, masked: str) -> None:
    assert masked_proxy(f"use {text} now") == f"use {masked} now"


@pytest.mark.parametrize(
    ("end", "written"),
    [
        (End("192.0.2.1"), "192.0.2.1"),
        (End("192.0.2.1", 25), "192.0.2.1:25"),
        (End("::1"), "[::1]"),
        (End("::1", 0), "[::1]:0"),
    ],
)
def test_an_end_of_a_connection_is_written_with_brackets_where_it_needs_them(
    end: End, written: str
) -> None:
    assert str(end) == written
