"""An address given with `--resolve`: what goes wrong there is not blamed on the recipient."""

from __future__ import annotations

from errno import ECONNREFUSED
from typing import Any

import pytest

from smtpprobe.sandbox.faults import Hang, Say
from smtpprobe.sandbox.network import SILENCE, network
from smtpprobe.starttls.collect.limits import Limits
from smtpprobe.starttls.collect.options import Gathering
from smtpprobe.why.collect.allowance import AT_A_TIME, IN_ALL
from smtpprobe.why.collect.notes import Notes
from smtpprobe.why.collect.run import gather
from smtpprobe.why.collect.tools import Tools
from smtpprobe.why.diagnose.diagnose import Verdict, diagnose
from smtpprobe.why.facts import Known
from tests.why.collect.peer import ASKED, Peer, one_host
from tests.why.collect.stage import MadeUp

PINNED = "203.0.113.9"


async def verdict(there: Any) -> Verdict:
    async with network({(PINNED, 25): there}) as net:
        pins = {("mx.there.test", 25): PINNED}
        how = Gathering(
            "out.here.test", connector=net, connect_limit=5.0, reply_limit=10.0, pins=pins
        )
        shared = MadeUp(one_host(), how)
        shared.limits = Limits(AT_A_TIME, 0.0, IN_ALL)
        notes = Notes(Known(ASKED))
        await gather(notes, Tools(shared))
        return diagnose(notes.known)


@pytest.mark.parametrize("end", [ECONNREFUSED, SILENCE])
async def test_an_address_that_takes_no_connection_is_the_users_to_check(end: int) -> None:
    found = await verdict(end)
    assert (found.cause.id, found.who.value, int(found.status)) == ("pin-unreachable", "sender", 4)
    assert PINNED in found.title
    assert any("--resolve mx.there.test:25:ADDR" in step for step in found.now)


async def test_where_another_protocol_answers_there_nobody_is_blamed() -> None:
    found = await verdict([Say(b"SSH-2.0-x\r\n"), Hang()])
    assert (found.cause.id, found.who.value) == ("not-smtp", "unknown")
    assert any("without --resolve" in one for one in found.still_open)


async def test_what_a_mail_server_says_there_is_its_own() -> None:
    found = await verdict([Peer({b"RCPT": b"550 5.1.1 no such user\r\n"})])
    assert found.status.value == 1
    assert any("without --resolve" in one for one in found.still_open)
