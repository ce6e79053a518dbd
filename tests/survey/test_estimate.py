"""What a survey would take: from what was measured, and with what was assumed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpprobe.survey.estimate.estimate import (
    CLIENT,
    NETWORK,
    RATE,
    SESSION_PACKETS,
    WORKERS,
    Cost,
    Sample,
    Wanted,
    estimated,
)
from smtpprobe.survey.estimate.words import Chosen, dry_lines, plan_lines
from smtpprobe.survey.politeness import Politeness

COST = Cost(rows=1000, seconds=10, cpu=2, client_cpu=1, octets=50_000, disk=60_000)
SAMPLE = Sample(
    domains=1000,
    addresses=100,
    half_domains=500,
    half_addresses=100,
    network="192.0.2.0/24",
    in_network=1,
    questions=6000,
    connections=100,
    session_seconds=50,
    costs=dict.fromkeys(("resolve", "addresses", "domains"), COST)
    | {"addresses": replace(COST, rows=100, seconds=40)},
)


def test_twice_the_domains_on_the_same_hosts_cost_twice_the_dns_and_no_more_of_the_hosts() -> None:
    one, two = (estimated(SAMPLE, Wanted(count)) for count in (1000, 2000))
    assert (one.addresses, two.addresses) == (100, 100)
    assert [stage.seconds for stage in one.stages] == [10, 40, 10]
    assert [stage.seconds for stage in two.stages] == [20, 40, 20]
    assert one.packets == 6000 * 2 + 100 * SESSION_PACKETS


def test_domains_that_share_nothing_have_addresses_of_their_own() -> None:
    apart = replace(SAMPLE, half_addresses=50)
    assert estimated(apart, Wanted(10_000)).addresses == 1000


@pytest.mark.parametrize(
    ("wanted", "seconds", "waits_for"),
    [
        (Wanted(1000, workers=1), 40, WORKERS),
        (Wanted(1000, workers=1, addresses=200), 80, WORKERS),
        (Wanted(1000, workers=1000), 1, CLIENT),
        (Wanted(1000, workers=10, rate=2), 50, RATE),
    ],
)
def test_what_all_waits_for_is_named(wanted: Wanted, seconds: float, waits_for: str) -> None:
    stage = estimated(SAMPLE, wanted).stages[1]
    assert (stage.seconds, stage.waits_for) == (seconds, waits_for)


def test_one_large_network_is_what_all_waits_for() -> None:
    sample = replace(SAMPLE, in_network=80)
    stage = estimated(sample, Wanted(1000, workers=100, per_network=4)).stages[1]
    assert (stage.seconds, stage.waits_for) == (80 * 0.5 / 4, NETWORK)


def test_refused_and_silent_hosts_have_fewer_packets_than_a_session() -> None:
    sample = replace(SAMPLE, questions=0, refused=40, silent=10)
    assert estimated(sample, Wanted(1000)).packets == 50 * SESSION_PACKETS + 40 * 2 + 10 * 5


@given(
    domains=st.integers(1, 10**9),
    workers=st.integers(1, 1000),
    half=st.integers(0, 100),
    share=st.integers(0, 100),
)
def test_more_workers_never_take_longer_and_addresses_stay_between_none_and_all_apart(
    domains: int, workers: int, half: int, share: int
) -> None:
    sample = replace(SAMPLE, half_addresses=half, in_network=share)
    one, more = estimated(sample, Wanted(domains, 1)), estimated(sample, Wanted(domains, workers))
    assert more.seconds <= one.seconds
    assert one.bottleneck in one.stages
    assert one.addresses <= round(100 * max(1, domains / 1000))


def test_an_empty_sample_is_no_reason_to_divide_by_it() -> None:
    empty = Sample(0, 0)
    assert estimated(empty, Wanted(1000)).seconds == 0
    assert list(plan_lines(empty, 1000, [Wanted(1000)], "sample/"))


def test_the_plan_says_what_is_measured_and_what_assumed() -> None:
    wanted = [Wanted(10_000, workers) for workers in (1, 10)]
    text = "\n".join(plan_lines(SAMPLE, 10_000, wanted, "sample/"))
    measured, _, assumed = text.partition("assumed:")
    assert "1,000 domains lead to 100 addresses (half of them to 100)" in measured
    assert "by the power 0.00" in assumed
    assert "1 worker: 4.0 min" in assumed
    assert "longest: DNS, limited by the workers" in assumed


def test_a_dry_run_invents_no_time_of_mail_hosts() -> None:
    chosen = Chosen(
        replace(SAMPLE, costs={"resolve": COST}),
        {"with addresses": 990, "unknown: DNS did not answer": 10},
        excluded=3,
        networks=90,
        busiest=(("192.0.2.0/24", 1, 300),),
        total=100_000,
    )
    text = "\n".join(dry_lines(chosen, 2, None, Politeness(64)))
    assert "no mail host and no policy host was contacted" in text
    assert "10 unknown: DNS did not answer" in text
    assert "mail hosts, not measured" in text
    assert "100 addresses (100 to 10,000 are possible)" in text
    assert "192.0.2.0/24" in text.splitlines()[-1]
    assert "by --rate" not in text
    assert "mail hosts: 50 s at least, by --rate 2" in "\n".join(
        dry_lines(chosen, 2, 2.0, Politeness(64))
    )
