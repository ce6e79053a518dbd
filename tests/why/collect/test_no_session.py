"""Where the road ends without a dialogue there is a verdict that says how, and no policy is blamed.

A host that answers, and not as a mail host does, is told by what it says.
"""

from __future__ import annotations

from dataclasses import replace
from errno import ECONNREFUSED

import pytest

from smtpprobe.protocol.target import Target, TargetKind
from smtpprobe.sandbox.faults import Flood, Hang, Say, Script
from smtpprobe.sandbox.network import SILENCE, Where
from smtpprobe.starttls.facts import Answer
from smtpprobe.why.diagnose.diagnose import diagnose
from smtpprobe.why.request import Kind
from tests.why.collect.peer import ASKED, HERE, Peer, one_host, sought
from tests.why.collect.stage import Zone

MX: Where = ("198.51.100.1", 25)

TWO: Zone = {
    **HERE,
    "there.test": {"MX": ("10 mx.there.test", "20 mx2.there.test")},
    "mx.there.test": {"A": ("198.51.100.1",)},
    "mx2.there.test": {"A": ("198.51.100.2",)},
}


def peer(greeting: bytes = b"220 mx ESMTP\r\n", **answers: bytes) -> Script:
    return [Peer({verb.encode(): said for verb, said in answers.items()}, greeting=greeting)]


@pytest.mark.parametrize(
    ("server", "shown"),
    [
        ([Flood(b"x" * 1024)], "more than 64 KiB came"),
        ([Flood(b"220-hello\r\n")], "more than 64 KiB came"),
        ([Say(b"SSH-2.0-OpenSSH_9.2\r\n"), Hang()], "instead of a greeting it says SSH-2.0"),
        ([Say(b"HTTP/1.1 400 Bad Request\r\nServer: x\r\n\r\n")], "it says HTTP/1.1 400"),
        ([Say(b"\r\n"), Hang()], "it says an empty line"),
        ([Say(b"\x15\x03\x01\x00\x02\x02\x28"), Hang()], "answers a TLS handshake"),
        (peer(b"354 go ahead\r\n"), "it says 354 go ahead"),
        (peer(b"999 hi\r\n"), "it says 999 hi"),
        (peer(EHLO=b"what?\r\n", HELO=b"what?\r\n"), "to EHLO it says what?"),
        (peer(MAIL=b"354 more\r\n"), "to MAIL it says 354 more"),
        (peer(RCPT=b"Ok\r\n"), "to RCPT it says Ok"),
        (peer(RCPT=b"250-x\r\n" * 20_000), "more than 64 KiB to RCPT"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
async def test_what_does_not_speak_smtp_is_told_by_what_it_says(server: Script, shown: str) -> None:
    known, _ = await sought({MX: server})
    verdict = diagnose(known)
    assert (verdict.cause.id, int(verdict.status)) == ("not-smtp", 4)
    assert shown in verdict.title


@pytest.mark.parametrize(
    ("second", "cause"),
    [(ECONNREFUSED, "not-smtp"), (SILENCE, "not-smtp"), (peer(), "accepted")],
    ids=["refused", "silent", "well"],
)
async def test_a_second_host_does_not_hide_it(second: Script | int, cause: str) -> None:
    known, _ = await sought({MX: [Flood(b"x" * 1024)], ("198.51.100.2", 25): second}, TWO)
    assert diagnose(known).cause.id == cause


async def test_starttls_that_fails_is_told_beside_an_acceptance() -> None:
    server = peer(EHLO=b"250-mx\r\n250 STARTTLS\r\n", STARTTLS=b"220 go\r\n")
    verdict = diagnose((await sought({MX: server}))[0])
    assert verdict.cause.id == "accepted"
    assert any("mail is sent in the clear" in one for one in verdict.beside)


async def test_without_a_recipient_a_silent_host_beside_a_well_one_is_no_verdict() -> None:
    known, _ = await sought(
        {MX: [Hang()], ("198.51.100.2", 25): peer()}, TWO, replace(ASKED, rcpt=False)
    )
    assert diagnose(known).cause.id == "not-tried"


async def test_a_port_for_tls_at_once_that_does_not_speak_it_is_the_sending_sides_matter() -> None:
    relay = Target(TargetKind.HOST, "mx.there.test", 465, implicit_tls=True)
    request = replace(ASKED, kind=Kind.SUBMISSION, way=relay)
    known, _ = await sought({("198.51.100.1", 465): peer()}, one_host(), request)
    verdict = diagnose(known)
    assert (verdict.cause.id, verdict.who.value) == ("tls-failed", "sender")
    assert known.answer("road.greeting") is Answer.NO


async def test_a_greeting_without_a_code_is_shown_as_it_is_and_rules_nothing_out() -> None:
    known, _ = await sought({MX: [Say(b"hello there\r\n"), Hang()]})
    assert [one.value for one in known.every("road.greeting")] == ["hello there"]
    assert not any("greets" in one.by for one in diagnose(known).ruled_out)
