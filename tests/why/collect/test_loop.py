"""CNAME records that lead back to themselves are told as that, not as DNS that fails."""

from __future__ import annotations

from dataclasses import replace

import pytest

from smtpprobe.policy.dns_answer import LookupEnd
from smtpprobe.starttls.collect.collect import open_shared
from smtpprobe.starttls.collect.limits import Limits
from smtpprobe.starttls.collect.options import Gathering
from smtpprobe.why.collect.notes import Notes
from smtpprobe.why.collect.run import gather
from smtpprobe.why.collect.tools import Tools
from smtpprobe.why.diagnose.diagnose import Verdict, diagnose
from smtpprobe.why.facts import Known
from tests.servers.dns_zone import Faults, serving
from tests.why.collect.peer import ASKED, sought
from tests.why.collect.stage import Zone


async def from_server(zone: str, faults: Faults | None = None) -> Verdict:
    with serving({"there.test": zone}, faults or Faults()) as server:
        how = Gathering("out.here.test", resolver=f"{server.host}:{server.port}")
        shared = await open_shared(how, Limits(1, 0.0, 1))
        notes = Notes(Known(replace(ASKED, sender=None)))
        await gather(notes, Tools(shared))
        await shared.close()
        return diagnose(notes.known)


@pytest.mark.real_time
async def test_a_mail_host_that_is_an_alias_of_itself_is_told_with_the_way_round() -> None:
    found = await from_server("@ MX 10 mx\nmx CNAME my\nmy CNAME mx\n")
    assert (found.cause.id, found.who.value, int(found.status)) == ("cname-loop", "recipient", 4)
    assert "mx.there.test -> my.there.test -> mx.there.test" in found.title
    assert any("dig mx.there.test" in step for step in found.now)


@pytest.mark.real_time
async def test_a_resolver_that_gives_up_on_it_hides_it_from_nobody() -> None:
    faults = Faults(servfail={"mx.there.test/A", "mx.there.test/AAAA"})
    found = await from_server("@ MX 10 mx\nmx CNAME my\nmy CNAME mx\n", faults)
    assert found.cause.id == "cname-loop"


@pytest.mark.real_time
async def test_a_failure_without_a_loop_stays_one_of_dns() -> None:
    faults = Faults(servfail={"mx.there.test/A", "mx.there.test/AAAA"})
    found = await from_server("@ MX 10 mx\nmx CNAME my\nmy A 198.51.100.1\n", faults)
    assert found.cause.id == "dns-failure"


def world(**aliases: str) -> Zone:
    failing = {"A": LookupEnd.SERVFAIL, "AAAA": LookupEnd.SERVFAIL}
    return {
        "there.test": {"MX": ("10 a.test",)},
        "a.test": {**failing, "CNAME": (aliases["a"],)},
        **{f"{name}.test": {"CNAME": (to,)} for name, to in aliases.items() if name != "a"},
    }


@pytest.mark.parametrize(
    ("zone", "way"),
    [
        (world(a="a.test."), "a.test -> a.test"),
        (world(a="B.test", b="c.test", c="b.TEST"), "a.test -> b.test -> c.test -> b.test"),
    ],
)
async def test_the_loop_may_be_of_one_name_and_may_begin_further_on(zone: Zone, way: str) -> None:
    known, _ = await sought({}, zone)
    found = diagnose(known)
    assert found.cause.id == "cname-loop"
    assert f"in DNS, {way} leads back" in found.title


async def test_a_chain_without_an_end_is_not_followed_for_ever() -> None:
    names = [f"n{number}" for number in range(100)]
    chain = {one: f"{other}.test" for one, other in zip(["a", *names], names, strict=False)}
    known, _ = await sought({}, world(**chain))
    assert diagnose(known).cause.id == "dns-failure"
