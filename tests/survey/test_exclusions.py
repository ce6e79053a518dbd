"""Those who asked not to be contacted are not, by address, by network or by domain."""

from __future__ import annotations

import asyncio

import pytest

from smtpprobe.errors import UsageError
from smtpprobe.net.connect import Endpoint
from smtpprobe.survey.exclusions import EXCLUDED, Exclusions, read_exclusions

LIST = """\
192.0.2.0/24   # a whole network
198.51.100.7
2001:db8:bad::/48

Example.ORG
bücher.example
"""


@pytest.fixture
def exclusions() -> Exclusions:
    return read_exclusions(LIST.splitlines(keepends=True), "networks.txt")


@pytest.mark.parametrize(
    ("ip", "covered"),
    [
        ("192.0.2.255", True),
        ("192.0.3.0", False),
        ("198.51.100.7", True),
        ("198.51.100.8", False),
        ("2001:db8:bad::1", True),
        ("2001:db8:bae::1", False),
        ("::ffff:192.0.2.1", True),
        ("mx.example.org", False),
    ],
)
def test_an_address_is_excluded_by_its_network(
    exclusions: Exclusions, ip: str, covered: bool
) -> None:
    assert exclusions.covers(ip) is covered


@pytest.mark.parametrize(
    ("name", "covered"),
    [
        ("example.org", True),
        ("mail.EXAMPLE.org.", True),
        ("notexample.org", False),
        ("org", False),
        ("xn--bcher-kva.example", True),
    ],
)
def test_a_domain_excludes_what_is_below_it(
    exclusions: Exclusions, name: str, covered: bool
) -> None:
    assert exclusions.covers_name(name) is covered


@pytest.mark.parametrize("line", ["192.0.2.0/33", "not a name", "10.0.0.0/8 192.0.2.1"])
def test_a_line_that_is_neither_is_named_with_its_number(line: str) -> None:
    with pytest.raises(UsageError, match=r"^list:2: "):
        read_exclusions(["example.org\n", line], "list")


async def test_no_way_leads_to_an_excluded_address(exclusions: Exclusions) -> None:
    asked = list[str]()

    async def way(to: Endpoint, _make: object, /) -> tuple[asyncio.Transport, asyncio.Protocol]:
        asked.append(to.address)
        raise ConnectionRefusedError

    guarded = exclusions.honoured(way)  # type: ignore[arg-type]
    with pytest.raises(ConnectionRefusedError):
        await guarded(Endpoint("203.0.113.1", 25), asyncio.Protocol)
    with pytest.raises(OSError, match=EXCLUDED):
        await guarded(Endpoint("192.0.2.1", 25), asyncio.Protocol)
    assert asked == ["203.0.113.1"]
