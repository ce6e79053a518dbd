"""A submission host that is not reached: it is the sending side's, and has another port."""

from __future__ import annotations

from dataclasses import replace

import pytest

from smtpprobe.api.offline import explain
from smtpprobe.policy.dns_answer import Lookup, LookupEnd
from smtpprobe.protocol.target import Target, TargetKind
from smtpprobe.send.order import Stage
from smtpprobe.starttls.facts import Connect, Facts, HostFacts
from smtpprobe.why.causes import Who
from smtpprobe.why.diagnose.diagnose import Verdict, diagnose
from smtpprobe.why.facts import Fact, Known, Trial
from smtpprobe.why.request import Kind
from tests.why.diagnose.stage import ASKED, AT, host, no, trial, yes

NAME = "smtp.isp.test"
WAY = Target(TargetKind.HOST, NAME, 587)
RELAYED = replace(ASKED, kind=Kind.SUBMISSION, way=WAY)


def relay(connect: Connect = Connect.OK) -> HostFacts:
    found = host(NAME, connect=connect)
    address = found.addresses[0]._replace(port=587)
    return found._replace(port=587, addresses=(address,))


def verdict(*told: Fact | Trial, at: HostFacts) -> Verdict:
    facts = Facts(WAY, 587, None, AT, "", hosts=(at,))
    told_facts = tuple(one for one in told if isinstance(one, Fact))
    trials = tuple(one for one in told if isinstance(one, Trial))
    return diagnose(Known(RELAYED, told_facts, trials, starttls=facts))


def test_a_port_that_is_closed_is_told_with_the_one_that_greets() -> None:
    found = verdict(yes("road.other-port", port="465"), at=relay(Connect.REFUSED))
    assert (found.cause.id, found.who, int(found.status)) == ("wrong-port", Who.SENDER, 1)
    assert "port 587" in found.title
    assert any(step.endswith(f"--via submission smtps://{NAME}") for step in found.now)
    other = verdict(yes("road.other-port", port="587"), at=relay(Connect.TIMEOUT))
    assert any(step.endswith(f"--via submission {NAME}:587") for step in other.now)


@pytest.mark.parametrize(
    ("connect", "who", "status"),
    [(Connect.REFUSED, Who.SENDER, 1), (Connect.TIMEOUT, Who.UNKNOWN, 4)],
)
def test_a_relay_that_is_not_reached_is_no_matter_of_the_recipients_domain(
    connect: Connect, who: Who, status: int
) -> None:
    found = verdict(no("road.other-port"), at=relay(connect))
    assert (found.cause.id, found.who, int(found.status)) == ("relay-unreachable", who, status)
    assert "there.test" not in " ".join((found.title, *found.now))


@pytest.mark.parametrize("end", [LookupEnd.NXDOMAIN, LookupEnd.NO_DATA])
def test_a_relay_without_an_address_is_a_name_in_our_own_settings(end: LookupEnd) -> None:
    lookups = tuple(Lookup(NAME, kind, end) for kind in ("A", "AAAA"))
    found = verdict(at=HostFacts(NAME, 587, None, lookups=lookups))
    assert (found.cause.id, found.who) == ("relay-without-address", Who.SENDER)


def test_what_a_relay_does_is_for_the_sending_side_and_a_mailbox_stays_the_recipients() -> None:
    silent = verdict(at=relay(Connect.SILENT))
    assert (silent.cause.id, silent.who) == ("timeout", Who.SENDER)
    full = verdict(trial("552 5.2.2 Mailbox full", at=relay()), at=relay())
    assert (full.cause.id, full.who) == ("mailbox-full", Who.RECIPIENT)


def test_a_port_with_tls_from_the_first_octet_is_asked_so_and_no_mx_record_is_blamed() -> None:
    found = verdict(at=relay(Connect.TLS_AT_ONCE))
    assert (found.cause.id, found.who, int(found.status)) == ("tls-at-once", Who.SENDER, 1)
    assert any(step.endswith(f"--via submission smtps://{NAME}:587") for step in found.now)
    assert "MX" not in " ".join((found.title, *found.now))


@pytest.mark.parametrize("reply", ["500 5.5.1 Unknown command", "500 5.5.2 Syntax error"])
def test_a_relay_that_does_not_know_ehlo_speaks_another_protocol(reply: str) -> None:
    """Dovecot's LMTP server, and that of Cyrus."""
    at = relay()
    refused = replace(trial(reply, at=at, stage=Stage.EHLO), reading=explain(reply, "EHLO"))
    found = verdict(refused, at=at)
    assert (found.cause.id, found.who, int(found.status)) == ("speaks-no-smtp", Who.SENDER, 1)
    assert "LMTP" in " ".join(found.now)
    assert reply in found.title


def test_a_resolver_that_does_not_run_is_no_matter_of_the_recipients_domain() -> None:
    lookups = tuple(Lookup(NAME, kind, LookupEnd.NOT_THERE) for kind in ("A", "AAAA"))
    found = verdict(at=HostFacts(NAME, 587, None, lookups=lookups))
    assert (found.cause.id, found.who) == ("no-resolver", Who.SENDER)
    fails = tuple(Lookup(NAME, kind, LookupEnd.SERVFAIL) for kind in ("A", "AAAA"))
    failing = verdict(at=HostFacts(NAME, 587, None, lookups=fails))
    assert f"dig +trace {NAME} A" in " ".join(failing.now)
    assert "there.test" not in " ".join((failing.title, *failing.now))


def test_what_is_ruled_out_is_the_port_that_was_reached() -> None:
    found = verdict(trial("550 5.7.1 no", at=relay()), at=relay())
    assert any(one.out == "port 587 and the way there" for one in found.ruled_out)
