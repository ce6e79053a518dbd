"""Hostile policy hosts: a policy counts where it came whole, and else it is not known.

The mail host is in order, so that senders by MTA-STS get through exactly where the policy was read.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Final, NamedTuple

import pytest

from smtpprobe.cli.launch import settings_of
from smtpprobe.cli.starttls_parser import starttls_parser
from smtpprobe.net.clock import now
from smtpprobe.net.connect import Connector, Endpoint, Made, direct
from smtpprobe.net.sts_policy import HTTPS
from smtpprobe.present.terminal import rendered
from smtpprobe.sandbox.hostile.catalogue import Outcome
from smtpprobe.sandbox.hostile.policies import IN_ORDER, POLICIES, PolicyEntry
from smtpprobe.sandbox.hostile.policy_host import serving_domain
from smtpprobe.starttls.arguments import read_words
from smtpprobe.starttls.collect.collect import collect, open_shared
from smtpprobe.starttls.collect.limits import Limits
from smtpprobe.starttls.finding import Level
from smtpprobe.starttls.judge.judge import Report, judge
from smtpprobe.starttls.judge.matrix import Reach
from smtpprobe.starttls.judge.options import Sender
from smtpprobe.starttls.reports.formats import Format, document
from smtpprobe.starttls.reports.text import report_lines
from tests.hostile.faces import ENOUGH, LIMIT, growing
from tests.hostile.laws import MOST_GROWN, RAW

MOST_SHOWN: Final = 64 * 1024
"""Characters of a report: nobody reads more, whatever a policy host says."""


class World(NamedTuple):
    """How the servers of a domain are reached: by what options, and a way that leads to each."""

    resolver: str
    port: str
    ca_file: str
    connector: Connector


@asynccontextmanager
async def world(entry: PolicyEntry, folder: Path) -> AsyncIterator[World]:
    async with serving_domain(entry, folder) as domain:

        async def connector(
            to: Endpoint, make: Callable[[], Made], /
        ) -> tuple[asyncio.Transport, Made]:
            there = to._replace(port=domain.policy_port) if to.port == HTTPS else to
            return await direct(there, make)

        resolver = f"127.0.0.1:{domain.names_port}"
        yield World(resolver, str(domain.mail_port), domain.ca_file, connector)


async def reported(place: World) -> Report:
    """Return the report on the domain."""
    words = starttls_parser().read(
        [
            *("--no-config", "--timeout", f"{LIMIT:g}s", "-4", "--resolver", place.resolver),
            *("--ca-file", place.ca_file, "-p", place.port, "hostile.test"),
        ]
    )
    read = read_words(words, {}, client=lambda: "me.example", settings=settings_of(words))
    how = replace(read.gathering, connector=place.connector)
    shared = await open_shared(how, Limits(), read.targets)
    try:
        return judge(await collect(read.targets[0], shared), read.judging, now())
    finally:
        await shared.close()


def written(report: Report) -> dict[str, str]:
    """Return a report in every format."""
    found = {
        form.value: document(form, [report])
        for form in (Format.JSON, Format.NAGIOS, Format.PROM, Format.JUNIT, Format.HTML)
    }
    return {**found, "text": rendered(report_lines(report, 120), colour=False)}


def of_policy(report: Report) -> list[tuple[str, Level]]:
    """Return what was found about MTA-STS."""
    return [(one.id, one.level) for one in report.findings if one.id.startswith("sts.")]


@pytest.mark.parametrize("entry", [IN_ORDER, *POLICIES], ids=lambda entry: entry.name)
async def test_a_policy_counts_where_it_came_whole_and_else_is_not_known(
    entry: PolicyEntry, tmp_path: Path
) -> None:
    async with world(entry, tmp_path) as place, growing(often=False) as grown:
        async with asyncio.timeout(ENOUGH):
            report = await reported(place)
    found, reach = of_policy(report), report.senders[Sender.STS]
    if entry.outcome is Outcome.HOLDS:
        assert (reach, found) == (Reach.ALL, [])
    elif entry.outcome is Outcome.FAILS:
        assert reach is not Reach.ALL
        assert any(level in (Level.FAIL, Level.UNKNOWN) for _, level in found), found
    assert "sts.absent" not in {one for one, _ in found}
    assert max(grown) < MOST_GROWN
    for form, text in written(report).items():
        raw = RAW.search(text)
        assert raw is None, (form, text[max(0, raw.start() - 60) : raw.end() + 20])
        assert len(text) < MOST_SHOWN, form


def test_names_are_given_once() -> None:
    assert len({entry.name for entry in POLICIES}) == len(POLICIES)
