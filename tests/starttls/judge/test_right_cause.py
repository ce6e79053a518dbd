"""What ends a session before mail gets its own name, and advice that fits it."""

from __future__ import annotations

import pytest

from smtpprobe.policy.addresses import nobodys
from smtpprobe.sandbox.faults import Close, Drip, Flood, Hang, Hear, Reset, Say, Script
from smtpprobe.starttls.collect.address import Place, collect_address
from smtpprobe.starttls.facts import Connect, Said
from tests.starttls.dialogues import ASKED, GOODBYE, GREETING, OFFER, gathered, gathering
from tests.starttls.judge.test_behind_the_handshake import on
from tests.starttls.stage import address, facts, host, in_clear, judged

HEARD = Hear(b"EHLO")

CAUSES: dict[str, tuple[Script, str, str]] = {
    "close for a greeting": ([Close()], "conn.rejected", "unknown"),
    "close in the greeting": ([Say(b"220-mx\r\n220"), Close()], "conn.rejected", "unknown"),
    "endless greeting": ([Flood(b"220-mx\r\n")], "conn.not-smtp", "fail"),
    "354 for a greeting": ([Say(b"354 go\r\n"), *GOODBYE], "conn.not-smtp", "fail"),
    "silence for a greeting": ([Hang()], "conn.timeout", "unknown"),
    "close at EHLO": ([GREETING, HEARD, Close()], "conn.closed", "unknown"),
    "reset at EHLO": ([GREETING, HEARD, Reset()], "conn.closed", "unknown"),
    "endless EHLO": ([GREETING, HEARD, Flood(b"250-x\r\n")], "ehlo.bad-reply", "fail"),
    "354 to EHLO": ([GREETING, HEARD, Say(b"354 go\r\n"), *GOODBYE], "ehlo.bad-reply", "fail"),
    "no code to EHLO": ([GREETING, HEARD, Say(b"what?\r\n"), *GOODBYE], "conn.not-smtp", "fail"),
    "silence at EHLO": ([GREETING, HEARD, Hang()], "conn.timeout", "unknown"),
    "drip at EHLO": ([GREETING, HEARD, Drip(b"250-x\r\n" * 9, 0.2)], "conn.timeout", "unknown"),
    "close at STARTTLS": ([GREETING, *OFFER, ASKED, Close()], "conn.closed", "unknown"),
    "reset at STARTTLS": ([GREETING, *OFFER, ASKED, Reset()], "conn.closed", "unknown"),
    "silence at STARTTLS": ([GREETING, *OFFER, ASKED, Hang()], "conn.timeout", "unknown"),
}


@pytest.mark.parametrize(("script", "finding", "level"), CAUSES.values(), ids=CAUSES)
async def test_a_cause_has_its_name_and_no_firewall_is_blamed(
    script: Script, finding: str, level: str
) -> None:
    patience = 1.5 if finding == "conn.timeout" else 10.0
    report = on(await gathered(script, greeting_limit=patience, reply_limit=patience))
    told = [one for one in report.findings if one.level.value in ("fail", "unknown")]
    assert [(one.id, one.level.value) for one in told] == [(finding, level)]
    assert "firewall" not in told[0].fix
    assert int(report.exit_status) == (1 if level == "fail" else 4)


async def test_a_link_local_address_without_its_interface_is_said_to_lack_it() -> None:
    found = await collect_address(Place("fe80::1", 25), gathering())
    report = judged(facts(host(found)))
    (failed,) = (one for one in report.findings if one.id.startswith("conn."))
    assert (failed.id, failed.level.value) == ("conn.failed", "unknown")
    assert "fe80::1%eth0" in failed.message
    assert "outbound port 25" not in failed.fix


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("ff02::1", "multicast"),
        ("224.0.0.1", "multicast"),
        ("255.255.255.255", "broadcast"),
        ("240.0.0.1", "reserved"),
        ("febf::1", "needs an interface"),
    ],
)
def test_an_address_that_no_host_has_is_named(address: str, words: str) -> None:
    assert words in nobodys(address)


@pytest.mark.parametrize(
    "address", ["192.0.2.1", "2001:db8::1", "127.0.0.1", "10.0.0.1", "fe80::1%eth0", "/run/x", ""]
)
def test_other_addresses_may_be_those_of_hosts(address: str) -> None:
    assert nobodys(address) == ""


def test_addresses_of_a_host_that_differ_in_starttls_are_told_as_that() -> None:
    for other, name in (("192.0.2.2", "addresses"), ("2001:db8::1", "family")):
        report = judged(facts(host(address(), in_clear(other))))
        (differ,) = (one for one in report.findings if one.id.startswith(f"conn.{name}"))
        assert differ.message == f"STARTTLS is listed at 192.0.2.1, not at {other}"


def test_addresses_of_a_host_that_differ_behind_the_handshake_are_told_as_that() -> None:
    stuck = address("192.0.2.2", after=None, inside=Said(550, "no"), ended="550 no")
    report = judged(facts(host(address(), stuck)))
    (differ,) = (one for one in report.findings if one.id == "conn.addresses-differ")
    assert differ.message == "mail is accepted over TLS at 192.0.2.1, not at 192.0.2.2"


async def test_what_a_reset_before_the_greeting_was_is_told() -> None:
    found = await gathered([Reset()])
    assert (found.connect, found.reason) == (Connect.CLOSED, "connection reset")
