"""`--active`: plaintext commands behind STARTTLS, and state kept across it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

import pytest

from smtpprobe.sandbox.faults import Close, Hang, Hear, Say, Script, StartTls, Step, Talk, serve
from smtpprobe.starttls.collect_active import probe_actively
from smtpprobe.starttls.collect_address import Place, collect_address
from smtpprobe.starttls.facts import AddressFacts, Because
from tests.net.stage import server_side
from tests.servers.postfix import Postfix
from tests.starttls.dialogues import ASKED, GO, GOODBYE, GREETING, OFFER, gathering, good

SECURED = StartTls(server_side("mx.example.org"))
BEGUN: list[Step] = [GREETING, *OFFER, ASKED]
NO_MAIL = (Hear(b"MAIL"), Say(b"503 5.5.1 EHLO first\r\n"))
MAIL = (Hear(b"MAIL"), Say(b"250 ok\r\n"), Hear(b"RSET"), Say(b"250 ok\r\n"))
DEMANDING: list[Step] = [GREETING, *NO_MAIL, *OFFER, ASKED, GO, SECURED]
STATELESS: Script = [*DEMANDING, *NO_MAIL, *GOODBYE]


@dataclass(frozen=True)
class Drop(Step):
    """Forget what stands in the buffer, as a server must."""

    async def play(self, talk: Talk) -> None:
        await asyncio.sleep(0.05)
        talk.reader._buffer.clear()  # type: ignore[attr-defined]


async def probed(*scripts: Script) -> AddressFacts:
    async with serve(*scripts) as server:
        place = Place(server.host, server.port, sni="mx.example.org")
        how = gathering(listen=0.05, reply_limit=1.0)
        return await probe_actively(await collect_address(place, how), place, how)


def answers(facts: AddressFacts) -> tuple[str, str, str]:
    found = facts.starttls
    return tuple(  # type: ignore[return-value]
        fact.answer.value for fact in (found.injection, found.pipelined, found.state_kept)
    )


FENCE = (Hear(b"EHLO fence"), Say(b"250 mx\r\n"))
KEPT = (Hear(b"EHLO"), Say(b"250 mx\r\n"), *FENCE)


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        ([*BEGUN, Drop(), GO, SECURED, *FENCE, *GOODBYE], "no"),
        ([*BEGUN, Drop(), GO, SECURED, Say(b"250 mx greets you\r\n"), Hang()], "yes"),
        ([*BEGUN, Drop(), GO, SECURED, Hear(b"EHLO"), Say(b"250 a\r\n250 b\r\n"), Hang()], "yes"),
        ([*BEGUN, GO, SECURED, *KEPT, *GOODBYE], "yes"),
        ([*BEGUN, Close()], "no"),
        ([*BEGUN, Say(b"503 5.5.1 no pipelining\r\n"), *GOODBYE], "no"),
        ([*BEGUN, GO, Close()], "no"),
    ],
    ids=["dropped", "unasked", "two answers", "kept", "closed", "refused", "no handshake"],
)
async def test_a_line_behind_starttls_is_dropped_or_it_is_an_injection(
    second: Script, expected: str
) -> None:
    facts = await probed(good(), second, STATELESS)
    assert answers(facts)[0] == expected
    assert facts.connections == 3


async def test_a_line_behind_starttls_that_runs_in_clear_is_told_apart() -> None:
    second: Script = [*BEGUN, Hear(b"EHLO"), Say(b"220 go\r\n250 mx\r\n"), Hang()]
    assert answers(await probed(good(), second, STATELESS))[:2] == ("no", "yes")


async def test_mail_before_ehlo_inside_tls_shows_what_was_kept() -> None:
    dropped: Script = [*BEGUN, Drop(), GO, SECURED, *FENCE, *GOODBYE]
    kept: Script = [*DEMANDING, *MAIL, *GOODBYE]
    assert answers(await probed(good(), dropped, kept))[2] == "yes"
    assert answers(await probed(good(), dropped, STATELESS))[2] == "no"


async def test_a_server_that_demands_no_ehlo_shows_nothing_by_accepting_mail() -> None:
    dropped: Script = [*BEGUN, Drop(), GO, SECURED, *FENCE, *GOODBYE]
    facts = await probed(good(), dropped, [GREETING, *MAIL, *GOODBYE])
    assert facts.starttls.state_kept.because is Because.NO_DEMAND


async def test_starttls_that_is_not_listed_may_work_all_the_same() -> None:
    plain: Script = [GREETING, Hear(b"EHLO"), Say(b"250 mx\r\n"), *GOODBYE]
    works: Script = [GREETING, Hear(b"EHLO"), Say(b"250 mx\r\n"), ASKED, GO, SECURED, Hang()]
    refused: Script = [GREETING, Hear(b"EHLO"), Say(b"250 mx\r\n"), ASKED, Say(b"502 no\r\n")]
    assert (await probed(plain, works)).starttls.unadvertised.yes
    assert (await probed(plain, [*refused, *GOODBYE])).starttls.unadvertised.no
    assert (await probed(plain, plain)).connections == 2


async def test_a_server_that_will_not_be_tested_leaves_the_facts_unknown() -> None:
    facts = await probed(good(), [Say(b"421 enough\r\n"), Close()])
    assert facts.starttls.injection.because is Because.ENDED
    assert answers(facts) == ("unknown",) * 3


async def test_postfix_drops_what_stands_behind_starttls(postfix: Postfix) -> None:
    place = Place(postfix.host, postfix.ports.smtp)
    facts = await collect_address(place, gathering())
    found = await probe_actively(facts, place, gathering(listen=0.2))
    assert answers(found) == ("no", "no", "unknown")
    assert found.starttls.state_kept.because is Because.NO_DEMAND
