"""Checks of the lab's domains: gathered from within its network, many at a time.

How fast the machine is decides nothing: a server that answers is waited for as long as it takes.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Final
from unittest import mock

from smtpprobe.protocol.target import parse_target
from smtpprobe.starttls.collect.collect import collect, open_shared
from smtpprobe.starttls.collect.limits import Limits
from smtpprobe.starttls.collect.options import Gathering
from smtpprobe.starttls.collect.shared import Shared
from smtpprobe.starttls.judge.judge import Report, judge
from smtpprobe.starttls.judge.options import JudgeOptions
from tests.servers import certificate_part, dane_part, dns_part, fault_part, policy_part
from tests.servers.ground import Case
from tests.servers.mail_world import MailWorld

CASES: Final = (
    *certificate_part.CASES,
    *policy_part.CASES,
    *fault_part.CASES,
    *fault_part.SLOW,
    *dns_part.CASES,
    Case(f"{policy_part.SLOW.name}.sts.test", policy_part.SLOW.found),
)

DANE: Final = (*dane_part.SELF_HOSTED, *dane_part.OTHERS)

DOMAINS: Final = (
    *(case.domain for case in CASES),
    *(case.domain for case in DANE),
    dane_part.SECOND_CERTIFICATE.domain,
    *("example.org", "plain.test", "m.test"),
)

CHANGING: Final = {
    "injection.faults.test": "it acts a part in each connection: first it is in order",
    "once-454.faults.test": "it says 454 once",
}
"""Servers that are not the same in each connection, so that two clients cannot be compared."""

AT_A_TIME: Final = 8

PATIENCE: Final = 120.0
"""Seconds for an answer that comes, be the machine ever so busy."""

UNANSWERED: Final = {
    *(case.domain for case in fault_part.SLOW),
    *("unreachable.faults.test", f"{policy_part.SLOW.name}.sts.test", "tlsa-silent.dane.test"),
    # its ports wait for a ClientHello, or for a greeting
    "swapped.submit.test",
}
"""Domains that take a client as long as it lets them."""


def gathering(world: MailWorld, patience: float = PATIENCE, **changes: object) -> Gathering:
    """Return how facts are gathered in the lab, with its roots."""
    how = Gathering(
        client="probe.test",
        port=world.network.smtp_port,
        resolver=f"{world.resolver.host}:{world.resolver.port}",
        ca_file=str(world.ca_file),
        policy_port=world.policies.port,
        policy_limit=patience,
        connect_limit=patience,
        handshake_limit=patience,
        greeting_limit=patience,
        reply_limit=patience,
        retry_wait=0.1,
    )
    return replace(how, **changes)  # type: ignore[arg-type]


def reports_on(world: MailWorld, domains: Iterable[str], **changes: object) -> Mapping[str, Report]:
    """Return the report on each domain."""
    with (
        world.network.inside(),
        mock.patch("smtpprobe.net.dns.resolver.QUESTION_SECONDS", PATIENCE),
        mock.patch("smtpprobe.net.dns.dnssec.TRY_SECONDS", PATIENCE),
    ):
        return asyncio.run(_all_reports(world, list(domains), changes))


async def _all_reports(
    world: MailWorld, domains: list[str], changes: Mapping[str, Any]
) -> dict[str, Report]:
    patient = gathering(world, **changes)
    hasty = replace(gathering(world, 5.0, **changes), lookup_limit=8.0)
    found = await asyncio.gather(
        _reports(patient, [domain for domain in domains if domain not in UNANSWERED]),
        _reports(hasty, [domain for domain in domains if domain in UNANSWERED]),
    )
    every = {domain: report for group in found for domain, report in group.items()}
    return {domain: every[domain] for domain in domains}


async def _reports(how: Gathering, domains: list[str]) -> dict[str, Report]:
    shared = await open_shared(how, Limits(4, 0.0))
    gate = asyncio.Semaphore(AT_A_TIME)
    try:
        found = await asyncio.gather(*(_report(domain, shared, gate) for domain in domains))
    finally:
        await shared.close()
    return dict(zip(domains, found, strict=True))


async def _report(domain: str, shared: Shared, gate: asyncio.Semaphore) -> Report:
    async with gate:
        facts = await collect(parse_target(domain), shared)
        return judge(facts, JudgeOptions(), datetime.now(UTC))
