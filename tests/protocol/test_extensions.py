"""What an EHLO reply announces, also in the forms of old servers."""

from __future__ import annotations

import pytest

from smtpprobe.protocol.extensions import parse_extensions
from smtpprobe.protocol.reply import parse_reply


@pytest.mark.parametrize(
    ("lines", "keywords", "mechanisms"),
    [
        (("mx",), (), ()),
        (("mx", "AUTH plain LOGIN"), ("AUTH",), ("PLAIN", "LOGIN")),
        (("mx", "auth=plain login"), ("AUTH",), ("PLAIN", "LOGIN")),
        (("mx", "AUTH="), ("AUTH",), ()),
        (("mx", "AUTH PLAIN", "AUTH=PLAIN LOGIN"), ("AUTH",), ("PLAIN", "LOGIN")),
        (("mx", "X-AUTH="), ("X-AUTH=",), ()),
        (("AUTH PLAIN", "SIZE"), ("SIZE",), ()),  # the first line greets
        (("mx", "", "HELP"), ("HELP",), ()),
    ],
)
def test_keywords_are_read_with_their_parameters(
    lines: tuple[str, ...], keywords: tuple[str, ...], mechanisms: tuple[str, ...]
) -> None:
    last = len(lines) - 1
    text = "".join(
        f"250{'-' if place < last else ' '}{line}\r\n" for place, line in enumerate(lines)
    )
    found = parse_extensions(parse_reply(text.encode()))
    assert tuple(dict.fromkeys(found.keywords)) == keywords
    assert found.auth_mechanisms == mechanisms
    assert ("AUTH" in found) is ("AUTH" in keywords)
