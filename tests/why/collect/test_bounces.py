"""Whether the sender's mail host takes bounces: asked of it on request only, and once."""

from __future__ import annotations

from dataclasses import replace
from errno import ECONNREFUSED

import pytest

from smtpprobe.sandbox.network import Where
from smtpprobe.starttls.facts import Answer
from smtpprobe.why.diagnose.diagnose import diagnose
from tests.why.collect.peer import ASKED, Peer, heard, sought

THERE: Where = ("198.51.100.1", 25)
HERE: Where = ("192.0.2.9", 25)
NO = b"550 5.7.1 no\r\n"
ASKING = replace(ASKED, bounces=True)


async def test_a_host_that_takes_bounces_is_told_and_ends_with_rset_and_quit() -> None:
    known, net = await sought({THERE: [Peer({})], HERE: [Peer({})]}, request=ASKING)
    own = [line.decode() for server in net.servers for line in server.heard if b"me@" in line]
    assert "RCPT TO:<me@here.test>" in own
    assert "DATA" not in heard(net)
    assert known.answer("us.bounces") is Answer.YES
    assert known.connections == 2


async def test_without_the_option_it_is_not_asked() -> None:
    known, net = await sought({THERE: [Peer({})], HERE: [Peer({})]})
    assert known.every("us.bounces") == ()
    assert "RCPT TO:<me@here.test>" not in heard(net)


@pytest.mark.parametrize("refusal", [{b"MAIL FROM:<>": NO}, {b"RCPT TO:<me@": NO}])
async def test_a_host_that_refuses_them_is_why_the_sender_is_refused(
    refusal: dict[bytes, bytes],
) -> None:
    places = {THERE: [Peer({b"MAIL FROM:<me": NO})], HERE: [Peer(refusal)]}
    known, _ = await sought(places, request=ASKING)
    verdict = diagnose(known)
    assert known.answer("us.bounces") is Answer.NO
    assert (verdict.cause.id, verdict.who.value) == ("sender-refuses-bounces", "sender")


@pytest.mark.parametrize(
    "host", [ECONNREFUSED, [Peer({b"RCPT": b"451 4.7.1 Greylisted\r\n"})]], ids=["gone", "for now"]
)
async def test_what_does_not_answer_or_not_now_is_unknown(host: int | list[Peer]) -> None:
    known, _ = await sought({THERE: [Peer({b"MAIL FROM:<me": NO})], HERE: host}, request=ASKING)
    assert known.answer("us.bounces") is Answer.UNKNOWN
    assert diagnose(known).cause.id == "sender-rejected"


async def test_a_sender_that_alone_is_refused_leaves_open_whether_it_takes_bounces() -> None:
    known, _ = await sought({THERE: [Peer({b"MAIL FROM:<me": NO})]})
    assert any("--bounces" in one for one in diagnose(known).still_open)
