"""Where DNS fails: is it the zone, its signatures, its name servers, or our resolver?

Two resolvers are real servers on loopback; the one fails, and the other may.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import pytest

from smtpprobe.net.dns.delegation import Ask, NameServer
from smtpprobe.starttls.collect.collect import open_shared
from smtpprobe.starttls.collect.limits import Limits
from smtpprobe.starttls.collect.options import Gathering
from smtpprobe.starttls.facts import Answer
from smtpprobe.why.collect import elsewhere
from smtpprobe.why.collect.notes import Notes
from smtpprobe.why.collect.run import gather
from smtpprobe.why.collect.tools import Tools
from smtpprobe.why.diagnose.diagnose import diagnose
from smtpprobe.why.facts import Known
from tests.servers.dns_zone import Faults, serving
from tests.why.collect.peer import ASKED
from tests.why.diagnose.stage import no, verdict
from tests.why.diagnose.stage import yes as told_yes

ZONES: Final = {"there.test": "@ MX 10 mx\nmx A 198.51.100.1\n"}
FAILS: Final = Faults(servfail={"there.test"})
REQUEST: Final = replace(ASKED, sender=None)


async def sought(ours: Faults, theirs: Faults | None) -> Known:
    """What is known where one server is our resolver, and one the other."""
    with serving(ZONES, ours) as here, serving(ZONES, theirs or Faults()) as there:
        how = Gathering("out.here.test", resolver=f"{here.host}:{here.port}")
        shared = await open_shared(how, Limits(1, 0.0, 1))
        other = f"{there.host}:{there.port}" if theirs is not None else ""
        notes = Notes(Known(replace(REQUEST, other_resolver=other)))
        await gather(notes, Tools(shared))
        await shared.close()
        if theirs is None:
            assert there.questions == []
        return notes.known


@pytest.mark.real_time
async def test_our_resolver_fails_and_another_answers() -> None:
    known = await sought(FAILS, Faults())
    assert known.answer("address.elsewhere") is Answer.YES
    assert known.answer("address.unchecked") is Answer.NO
    found = diagnose(known)
    assert (found.cause.id, found.who.value, int(found.status)) == ("resolver-fails", "sender", 4)


@pytest.mark.real_time
async def test_both_fail_and_it_is_the_zone() -> None:
    found = diagnose(await sought(FAILS, FAILS))
    assert (found.cause.id, found.who.value) == ("dns-failure", "recipient")
    assert "neither our resolver nor another one" in found.because


@pytest.mark.real_time
async def test_without_the_option_no_other_resolver_is_asked() -> None:
    known = await sought(FAILS, None)
    assert known.every("address.elsewhere") == ()
    assert "--other-resolver" in " ".join(diagnose(known).now)


@pytest.mark.real_time
async def test_a_lame_server_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    async def servers(_name: str, _ask: Ask) -> tuple[NameServer, ...]:
        one = NameServer("there.test", "ns1.there.test", "192.0.2.53", serves=False, said="REFUSED")
        return (one,)

    monkeypatch.setattr(elsewhere, "name_servers", servers)
    found = diagnose(await sought(FAILS, FAILS))
    assert found.cause.id == "lame-delegation"
    assert "ns1.there.test [192.0.2.53]" in found.title
    assert found.who.value == "recipient"


@pytest.mark.real_time
async def test_what_validation_alone_refuses_is_bogus() -> None:
    known = await sought(FAILS, None)
    bogus = replace(known, facts=(told_yes("address.unchecked"), told_yes("address.elsewhere")))
    assert diagnose(bogus).cause.id == "dnssec-bogus"
    lame = replace(known, facts=(no("address.delegation"), told_yes("address.delegation")))
    assert diagnose(lame).cause.id == "dns-failure"
    assert any("name server" in one for one in diagnose(lame).beside)


def test_the_facts_of_a_failure_change_no_verdict_where_there_is_a_way() -> None:
    assert verdict(no("address.elsewhere")).cause.id != "dns-failure"
