"""The law of the result: never OK while the deciding sender is unknown, in clear or shut out."""

from __future__ import annotations

from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, given, settings

from smtpprobe.exits import ExitStatus
from smtpprobe.policy.dane import Chain, Record
from smtpprobe.policy.dns_answer import Status
from smtpprobe.protocol.tls_facts import TlsFacts, TrustPath
from smtpprobe.starttls.facts import (
    NO,
    YES,
    AddressFacts,
    Because,
    Connect,
    End,
    Facts,
    HostFacts,
    Said,
    Upgrade,
    unknown,
)
from smtpprobe.starttls.finding import Level
from smtpprobe.starttls.judge import judge as judging
from smtpprobe.starttls.judge.judge import Result
from smtpprobe.starttls.judge.matrix import Reach
from smtpprobe.starttls.judge.options import Sender
from smtpprobe.starttls.reports.json_report import report_object
from smtpprobe.starttls.reports.junit import junit_text
from smtpprobe.starttls.reports.nagios import nagios_text
from smtpprobe.starttls.reports.prometheus import prometheus_text
from smtpprobe.starttls.reports.text import report_lines
from tests.starttls.stage import (
    HELLO,
    INSIDE,
    facts,
    host,
    judged,
    mx,
    own_key,
    session,
    sts,
    tlsa,
    words,
)

KEY = own_key()
CODES = (None, 100, 220, 250, 354, 421, 450, 454, 501, 502, 550, 554)
TLS = (
    None,
    session(),
    session(path=TrustPath(18, "self-signed certificate")),
    session(version="TLSv1.1"),
    session()._replace(negotiated=session().negotiated._replace(client_certificate=True)),
    TlsFacts(ok=False, reason="the alert handshake failure"),
)

replies = st.none() | st.builds(
    Said, st.sampled_from(CODES), st.sampled_from(("", "no", "No certificate", "5.7.1 blocked"))
)
upgrades = st.builds(
    Upgrade,
    st.sampled_from((YES, NO, unknown(Because.ENDED))),
    replies,
    st.sampled_from((b"", b"250 x\r\n")),
)


@st.composite
def addresses(draw: st.DrawFn) -> AddressFacts:
    tls = draw(st.sampled_from(TLS))
    end = draw(st.none() | st.sampled_from(End))
    return AddressFacts(
        draw(st.sampled_from(("192.0.2.1", "2001:db8::1", "10.0.0.1"))),
        draw(st.sampled_from((25, 465, 587))),
        implicit_tls=draw(st.booleans()),
        connect=draw(st.sampled_from((*Connect, *[Connect.OK] * 9))),
        greeting=draw(replies),
        hello=draw(replies),
        before=draw(st.sampled_from((None, (), HELLO))),
        starttls=draw(upgrades),
        tls=tls,
        chain=Chain(tls.chain) if tls is not None else Chain(),
        inside=draw(replies),
        after=draw(st.sampled_from((None, (), INSIDE))),
        ended=draw(st.sampled_from(("", "421 busy"))) if end is None else end.name,
        end=end,
        alert=draw(st.sampled_from(("", "certificate_required"))),
        interrupted=draw(st.booleans()),
    )


@st.composite
def hosts(draw: st.DrawFn) -> HostFacts:
    found = tuple(draw(st.lists(addresses(), max_size=2)))
    made = host(*found or (AddressFacts("192.0.2.9", 25),))
    made = made._replace(addresses=found)
    records = draw(st.lists(st.sampled_from((KEY, Record(3, 1, 1, bytes(32)))), max_size=1))
    return made._replace(tlsa=tlsa(*records, status=draw(st.sampled_from(Status))))


targets = st.builds(
    lambda found, status, policy, away: facts()._replace(
        hosts=tuple(found),
        lookups=(mx("10 mx.example.org", status=status),),
        sts=sts() if policy else None,
        not_offered=away,
    ),
    st.lists(hosts(), max_size=2),
    st.sampled_from(Status),
    st.booleans(),
    st.booleans(),
)


@given(targets, st.none() | st.sampled_from(Sender), st.sampled_from((Level.FAIL, Level.WARN)))
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_the_result_is_never_ok_while_the_deciding_sender_does_not_deliver_over_tls(
    found: Facts, level: Sender | None, fail_on: Level
) -> None:
    report = judged(found, level=level, fail_on=fail_on)
    reached = report.senders[level or Sender.OPPORTUNISTIC]
    if reached not in (Reach.UNKNOWN, Reach.CLEAR, Reach.NONE):
        return
    assert report.result is not Result.OK
    told: Any = report_object(report)
    assert (told["result"], told["exit_code"]) != ("ok", 0)
    assert "Result: OK" not in words(report_lines(report, 100))
    assert 'result="ok"} 0' in prometheus_text([report])
    if report.result is not Result.NOTHING:
        assert told["exit_code"] in (1, 4)
        assert nagios_text([report])[1] != 0
        assert "<failure" in junit_text([report]) or "<skipped" in junit_text([report])


@given(targets)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_cell_is_tls_or_yes_while_nothing_is_known_to_follow_the_handshake(
    found: Facts,
) -> None:
    for one in judged(found).addresses:
        values = {one.cells[sender].value.value for sender in Sender}
        if not one.standing.inside.yes or one.standing.demanded.yes:
            assert not values & {"tls", "yes", "partial"}


@given(targets, st.none() | st.sampled_from(Sender))
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_rule_is_needed_for_the_result_not_to_be_ok(found: Facts, level: Sender | None) -> None:
    """`conn.timeout` and all other rules left out: what is unknown stays so."""
    with pytest.MonkeyPatch.context() as patch:
        for rules in ("TARGET_RULES", "HOST_RULES", "ADDRESS_RULES"):
            patch.setattr(judging, rules, ())
        report = judged(found, level=level)
    reached = report.senders[level or Sender.OPPORTUNISTIC]
    if reached in (Reach.UNKNOWN, Reach.CLEAR, Reach.NONE):
        assert report.result is not Result.OK
        assert report.exit_status is not ExitStatus.OK
