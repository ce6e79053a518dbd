"""One answer of DNS for all: each end apart, and nothing decided by words."""

from __future__ import annotations

import pytest

from smtpprobe.policy.dns_answer import (
    Exchanger,
    Lookup,
    LookupEnd,
    Status,
    answered,
    exchangers,
    records_of,
    telling,
    weakest,
)

ANSWERS = {LookupEnd.FOUND, LookupEnd.NO_DATA, LookupEnd.NXDOMAIN}


def ended(end: LookupEnd) -> Lookup:
    return Lookup("lab.test", "MX", end, proof=Status.SECURE)


@pytest.mark.parametrize("end", LookupEnd)
def test_what_dnssec_says_holds_for_answers_and_for_nothing_else(end: LookupEnd) -> None:
    found = ended(end)
    assert found.answered is (end in ANSWERS)
    assert (found.status is Status.SECURE) is (end in ANSWERS)


@pytest.mark.parametrize("end", [end for end in LookupEnd if end not in ANSWERS])
def test_what_was_not_answered_is_never_absent(end: LookupEnd) -> None:
    assert not ended(end).absent
    assert ended(end).reason == end.value


def test_no_two_ends_read_alike() -> None:
    assert len({end.value for end in LookupEnd}) == len(LookupEnd)


@pytest.mark.parametrize("end", LookupEnd)
def test_of_two_answers_trouble_tells_before_absence(end: LookupEnd) -> None:
    gone, other = ended(LookupEnd.NXDOMAIN), ended(end)
    for both in ((gone, other), (other, gone)):
        assert telling(both).end is (LookupEnd.NXDOMAIN if end is LookupEnd.FOUND else end)


def test_a_detail_stands_behind_the_words_and_a_limit_in_the_sentence() -> None:
    failed = Lookup("x", "A", LookupEnd.SERVFAIL, detail="stale answer")
    assert failed.reason == "the DNS server failed (SERVFAIL): stale answer"
    late = Lookup("x", "A", LookupEnd.TIMEOUT, detail="within 5s")
    assert late.reason == "no answer from the DNS server within 5s"


def test_records_make_an_answer_found_and_none_make_it_absent() -> None:
    four, six = answered("x", "A", records=("192.0.2.1",)), answered("x", "AAAA")
    assert (four.end, six.end) == (LookupEnd.FOUND, LookupEnd.NO_DATA)
    assert (four.reason, six.absent) == ("", True)
    assert records_of((six, four)) == ("192.0.2.1",)


def test_exchangers_are_in_order_and_each_once() -> None:
    records = ("20 b.test", "10 z.test", "10 a.test", "20 b.test", "0 .")
    assert exchangers(answered("lab.test", "MX", records=records)) == (
        Exchanger(0, "."),
        Exchanger(10, "a.test"),
        Exchanger(10, "z.test"),
        Exchanger(20, "b.test"),
    )


def test_what_rests_on_several_answers_is_as_trustworthy_as_the_worst_of_them() -> None:
    assert weakest() is Status.SECURE
    assert weakest(Status.SECURE, Status.SECURE) is Status.SECURE
    order = [*map(Status, ("secure", "unverified", "insecure", "timeout", "error", "bogus"))]
    for at, worse in enumerate(order):
        for better in order[: at + 1]:
            assert weakest(better, worse) is weakest(worse, better) is worse
