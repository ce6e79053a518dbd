"""Without a network namespace the lab stands on ports of loopback, and serves as well."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest

from smtpprobe.starttls.judge.judge import Report
from smtpprobe.starttls.judge.options import Sender
from tests.servers import lab
from tests.servers.dane_part import SELF_HOSTED
from tests.servers.mail_world import running
from tests.starttls.lab.test_lab import DANE_CELLS
from tests.starttls.world import reports_on

CASES = {case.name: case for case in SELF_HOSTED}
DANE = ("ee", "ee-stale", "ta", "agility-1", "agility-2", "unknown-type", "no-starttls")
FOUND = {
    "expired.certs.test": "cert.expired",
    "refused-502.faults.test": "starttls.refused",
    "redirect.sts.test": "sts.redirect",
    "plain.test": "dane.mx-insecure",
    "late.test": "dns.mx-bogus",
}


@pytest.fixture(scope="module")
def reports() -> Iterator[Mapping[str, Report]]:
    with running(lab.loopback()) as world:
        yield reports_on(world, [*FOUND, *(CASES[name].domain for name in DANE)])


@pytest.mark.servers
@pytest.mark.parametrize("name", DANE)
def test_dane_is_judged_at_any_port(reports: Mapping[str, Report], name: str) -> None:
    (address,) = reports[CASES[name].domain].addresses
    assert address.cells[Sender.DANE].value is DANE_CELLS[CASES[name].verdict]


@pytest.mark.servers
@pytest.mark.parametrize(("domain", "finding"), FOUND.items())
def test_so_is_everything_else(reports: Mapping[str, Report], domain: str, finding: str) -> None:
    assert finding in [found.id for found in reports[domain].findings]
