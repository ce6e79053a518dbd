"""Facts come back as they were, certificates and odd octets included."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from smtpprobe.protocol.target import parse_target
from smtpprobe.starttls.facts import AddressFacts, Facts
from smtpprobe.survey.codec import facts_of, octets_of
from tests.starttls.dialogues import gathered, good
from tests.starttls.stage import facts as staged


async def test_what_an_address_showed_comes_back_whole() -> None:
    shown = await gathered(good())
    assert shown.tls is not None
    again = facts_of(octets_of(shown), AddressFacts)
    assert again.tls is not None
    assert again.tls.shown == shown.tls.shown
    assert again == shown._replace(tls=shown.tls._replace(certificates=shown.tls.shown))


def test_what_dns_says_comes_back_whole() -> None:
    found = staged()
    assert facts_of(octets_of(found), Facts) == found


def test_text_that_is_not_text_comes_back_too() -> None:
    target = parse_target("example.org")._replace(name="caf\udce9.test")
    found = Facts(target, 25, None, datetime(2026, 11, 30, tzinfo=UTC), notes=("\ud800",))
    assert facts_of(octets_of(found), Facts) == found


@pytest.mark.parametrize("octets", [b"", b"\xc1", b"\x80", b"\x93\x01\x02\x03"])
def test_octets_of_something_else_are_a_clear_error(octets: bytes) -> None:
    with pytest.raises(ValueError, match="not facts of this version"):
        facts_of(octets, AddressFacts)
