"""Which TXT record is the SPF record (RFC 7208 4.5), and the words of a result."""

from __future__ import annotations

import pytest

from smtpprobe.policy.spf import SpfCheck, SpfRecord, SpfResult, read_spf, with_address


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        ([], SpfRecord(0)),
        (["google-site-verification=x", "v=spf1 mx -all"], SpfRecord(1, "v=spf1 mx -all")),
        (["V=SPF1 -all"], SpfRecord(1, "V=SPF1 -all")),
        (["v=spf1"], SpfRecord(1, "v=spf1")),
        (["v=spf1 -all", "v=spf1 mx -all"], SpfRecord(2)),
        (["v=spf10 -all"], SpfRecord(0)),
        (["v=DMARC1; p=none"], SpfRecord(0)),
    ],
)
def test_only_a_record_that_begins_with_the_version_counts(
    records: list[str], expected: SpfRecord
) -> None:
    assert read_spf(records) == expected


@pytest.mark.parametrize(
    "near",
    ['"v=spf1 mx -all"', " v=spf1 mx", "v = spf1 mx", "v=spf1,mx", "spf2.0/pra mx", "v=spf mx"],
)
def test_a_record_that_was_meant_to_be_one_is_named(near: str) -> None:
    assert read_spf([near]).near == near
    assert "it must begin with 'v=spf1 '" in read_spf([near]).problem


def test_two_records_are_a_problem_and_one_is_none() -> None:
    assert "2 SPF records" in read_spf(["v=spf1 mx"] * 2).problem
    assert read_spf(["v=spf1 mx"]).problem == ""


@pytest.mark.parametrize(
    ("record", "address", "expected"),
    [
        ("v=spf1 mx -all", "192.0.2.1", '"v=spf1 ip4:192.0.2.1 mx -all"'),
        ("v=spf1 redirect=b.example", "2001:db8::1", '"v=spf1 ip6:2001:db8::1 redirect=b.example"'),
        ("", "192.0.2.1", '"v=spf1 ip4:192.0.2.1 -all"'),
        ('v=spf1 a="b" \\', "192.0.2.1", '"v=spf1 ip4:192.0.2.1 a=\\"b\\" \\\\"'),
    ],
)
def test_an_address_is_added_in_front_and_the_rest_of_the_record_stays(
    record: str, address: str, expected: str
) -> None:
    assert with_address(record, address) == expected


def test_a_record_too_long_for_one_string_is_written_as_several() -> None:
    record = "v=spf1 " + "ip4:198.51.100.1 " * 30 + "-all"
    strings = with_address(record, "192.0.2.1").strip('"').split('" "')
    assert all(len(one) <= 255 for one in strings)
    assert "".join(strings) == record.replace("v=spf1 ", "v=spf1 ip4:192.0.2.1 ")


def test_the_words_of_a_result_say_what_matched_and_what_it_means() -> None:
    check = SpfCheck("192.0.2.1", "a.example", by_ehlo=False, result=SpfResult.FAIL, term="-all")
    assert check.words == "fail by -all: the domain says that this address must not send for it"


def test_an_unknown_result_says_why_and_never_none() -> None:
    check = SpfCheck("10.0.0.1", "a.example", by_ehlo=False, result=None, problem="behind NAT")
    assert check.words == "unknown: behind NAT"
