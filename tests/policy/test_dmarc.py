"""DMARC (RFC 9989): records, the walk through DNS, the policy that applies, alignment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpprobe.policy.dmarc import (
    Discovery,
    Request,
    aligned,
    discover,
    found_at,
    owner,
    read_dmarc,
    walk,
)
from smtpprobe.policy.dns_answer import Lookup, LookupEnd, answered


def discovered(
    domain: str, zone: Mapping[str, str | LookupEnd], *, exists: bool | None = True
) -> Discovery:
    """Return what a walk finds where `zone` has the record of each domain, or how asking ends."""
    steps = []
    for name in walk(domain):
        what = zone.get(name, LookupEnd.NXDOMAIN)
        if isinstance(what, LookupEnd):
            lookup = Lookup(owner(name), "TXT", what)
        else:
            lookup = answered(owner(name), "TXT", records=(what,))
        steps.append(found_at(name, lookup))
    return discover(domain, steps, exists=exists)


def test_the_walk_asks_the_domain_and_each_above_it() -> None:
    assert walk("A.mail.example.com.") == (
        "a.mail.example.com",
        "mail.example.com",
        "example.com",
        "com",
    )


def test_a_long_domain_is_asked_for_eight_names_at_most() -> None:
    names = walk("a.b.c.d.e.f.g.h.i.j.mail.example.com")
    assert len(names) == 8
    assert names[:2] == ("a.b.c.d.e.f.g.h.i.j.mail.example.com", "g.h.i.j.mail.example.com")
    assert walk("a.b.c.d.e.f.mail.example") == (
        "a.b.c.d.e.f.mail.example",
        "b.c.d.e.f.mail.example",
        "c.d.e.f.mail.example",
        "d.e.f.mail.example",
        "e.f.mail.example",
        "f.mail.example",
        "mail.example",
        "example",
    )


@given(st.lists(st.sampled_from("ab"), min_size=1, max_size=40))
def test_no_domain_is_asked_for_more_than_eight_names_and_each_is_above_it(
    labels: list[str],
) -> None:
    domain = ".".join(labels)
    names = walk(domain)
    assert names[0] == domain
    assert len(names) <= 8
    assert all(domain.endswith(f".{name}") for name in names[1:])
    assert names[-1] == labels[-1]


def test_what_is_no_tag_is_passed_over_and_of_a_tag_that_comes_twice_the_first_counts() -> None:
    plain = read_dmarc(["v=DMARC1; p=none"]).record
    assert plain is not None
    for more in ("sp", "p2=reject", "=reject", "p=reject", "s p=reject"):
        text = f"v=DMARC1; p=none; {more}"
        assert read_dmarc([text]).record == replace(plain, text=text), more


def test_the_record_of_the_domain_itself_asks_by_p() -> None:
    found = discovered("example.com", {"example.com": "v=DMARC1; p=reject; sp=none; aspf=s"})
    assert (found.asked, found.tag, found.stands_at) == (Request.REJECT, "p", "example.com")
    assert found.record is not None
    assert (found.record.strict_spf, found.record.strict_dkim) == (True, False)


def test_a_subdomain_inherits_by_sp_or_p() -> None:
    zone = {"example.com": "v=DMARC1; p=reject; sp=quarantine"}
    found = discovered("news.example.com", zone)
    assert (found.asked, found.tag, found.organisation) == (
        Request.QUARANTINE,
        "sp",
        "example.com",
    )
    zone = {"example.com": "v=DMARC1; p=reject"}
    assert discovered("news.example.com", zone).asked is Request.REJECT


def test_a_domain_that_does_not_exist_inherits_by_np() -> None:
    zone = {"example.com": "v=DMARC1; p=none; sp=quarantine; np=reject"}
    assert discovered("x.example.com", zone, exists=False).asked is Request.REJECT
    assert discovered("x.example.com", zone, exists=True).asked is Request.QUARANTINE


def test_where_it_is_unknown_whether_the_domain_exists_the_policy_is_unknown_if_that_matters() -> (
    None
):
    zone = {"example.com": "v=DMARC1; p=none; np=reject"}
    assert discovered("x.example.com", zone, exists=None).asked is None
    zone = {"example.com": "v=DMARC1; p=reject; np=reject"}
    assert discovered("x.example.com", zone, exists=None).asked is Request.REJECT


def test_the_organisation_is_the_record_nearest_to_the_root() -> None:
    zone = {"mail.example.com": "v=DMARC1; p=none", "example.com": "v=DMARC1; p=reject"}
    assert discovered("a.mail.example.com", zone).organisation == "example.com"
    assert discovered("a.mail.example.com", zone).asked is Request.REJECT


def test_the_organisation_is_one_below_a_public_suffix_that_says_so() -> None:
    found = discovered("a.mail.example.com", {"com": "v=DMARC1; p=reject; psd=y"})
    assert found.organisation == "example.com"
    assert (found.stands_at, found.asked) == ("com", Request.REJECT)


def test_nothing_above_a_record_that_ends_its_organisation_counts() -> None:
    zone: dict[str, str | LookupEnd] = {
        "mail.example.com": "v=DMARC1; p=none; psd=n",
        "example.com": "v=DMARC1; p=reject",
        "com": LookupEnd.SERVFAIL,
    }
    found = discovered("a.mail.example.com", zone)
    assert (found.organisation, found.asked) == ("mail.example.com", Request.NONE)
    assert found.unknown == ""
    assert found.queries == ("_dmarc.a.mail.example.com", "_dmarc.mail.example.com")


def test_without_any_record_the_domain_is_its_own_organisation() -> None:
    found = discovered("a.example.com", {})
    assert (found.record, found.asked, found.organisation) == (None, None, "a.example.com")
    assert found.unknown == ""


@pytest.mark.parametrize("end", [LookupEnd.SERVFAIL, LookupEnd.TIMEOUT, LookupEnd.BOGUS])
def test_a_question_without_answer_leaves_the_policy_unknown_not_absent(end: LookupEnd) -> None:
    found = discovered("a.example.com", {"example.com": end})
    assert (found.record, found.asked, found.organisation) == (None, None, "")
    assert found.unknown.startswith("_dmarc.example.com: ")


def test_the_policy_of_the_domain_itself_is_known_though_those_above_are_not() -> None:
    zone: dict[str, str | LookupEnd] = {
        "a.example.com": "v=DMARC1; p=reject",
        "com": LookupEnd.TIMEOUT,
    }
    found = discovered("a.example.com", zone)
    assert found.asked is Request.REJECT
    assert found.organisation == ""


def test_a_policy_under_test_asks_for_one_step_less() -> None:
    assert discovered("a.example", {"a.example": "v=DMARC1;p=reject;t=y"}).asked is (
        Request.QUARANTINE
    )
    assert discovered("a.example", {"a.example": "v=DMARC1;p=quarantine;t=y"}).asked is Request.NONE


@pytest.mark.parametrize(
    ("records", "count", "p", "problem"),
    [
        (["v=DMARC1; p=reject"], 1, Request.REJECT, ""),
        (["v = DMARC1 ;p = Reject"], 1, Request.REJECT, ""),
        (["v=DMARC1; P=reject; x=y; broken"], 1, Request.REJECT, ""),
        (["v=DMARC1; p=reject", "v=spf1 -all"], 1, Request.REJECT, ""),
        (["v=DMARC1; p=none", "v=DMARC1; p=none"], 2, None, "2 records: none of them counts"),
        (["v=DMARC1"], 1, None, "there is no p="),
        (["v=DMARC1; rua=mailto:a@b.example"], 1, Request.NONE, ""),
        (["v=DMARC1; p=rejct; rua=mailto:a@b.example"], 1, Request.NONE, ""),
        (["v=DMARC1; p=rejct"], 1, None, "p=rejct is not none, quarantine or reject"),
        (["v=dmarc1; p=reject"], 0, None, "must begin with 'v=DMARC1;'"),
        (["p=reject; v=DMARC1"], 0, None, "must begin with 'v=DMARC1;'"),
        (["v=DMARC10; p=reject"], 0, None, ""),
        (["v=spf1 -all"], 0, None, ""),
    ],
)
def test_records_are_read_as_receivers_read_them(
    records: list[str], count: int, p: Request | None, problem: str
) -> None:
    found = read_dmarc(records)
    assert found.count == count
    assert (found.record.p if found.record else None) is p
    assert problem in found.problem
    assert bool(problem) == bool(found.problem)


def test_a_tag_that_only_older_receivers_know_is_a_doubt() -> None:
    found = read_dmarc(["v=DMARC1; p=reject; pct=10"]).record
    assert found is not None
    assert "RFC 9989 has removed it" in found.doubts[0]


def test_alignment_is_of_the_same_organisation_or_the_same_domain() -> None:
    zone = {"example.com": "v=DMARC1; p=reject"}
    one, other = discovered("news.example.com", zone), discovered("bounce.example.com", zone)
    assert aligned(one, other, strict=False) is True
    assert aligned(one, other, strict=True) is False
    assert aligned(one, one, strict=True) is True
    assert aligned(one, discovered("other.example", {}), strict=False) is False


def test_alignment_is_unknown_where_an_organisation_is() -> None:
    one = discovered("news.example.com", {"example.com": "v=DMARC1; p=reject"})
    other = discovered("bounce.example.com", {"example.com": LookupEnd.TIMEOUT})
    assert aligned(one, other, strict=False) is None
    assert aligned(one, other, strict=True) is False


@given(st.text(max_size=80))
def test_any_text_is_read(text: str) -> None:
    assert read_dmarc([text]).count in (0, 1)


def test_a_public_suffix_of_two_labels_has_organisations_of_three() -> None:
    found = discovered("a.mail.example.co.uk", {"co.uk": "v=DMARC1; p=reject; psd=y"})
    assert found.organisation == "example.co.uk"
    other = discovered("b.other.co.uk", {"co.uk": "v=DMARC1; p=reject; psd=y"})
    assert aligned(found, other, strict=False) is False


def test_whose_organisation_is_unknown_aligns_with_nobody_elses_for_certain() -> None:
    known = discovered("mail.example.com", {"example.com": "v=DMARC1; p=none"})
    lost = discovered("news.example.com", {"example.com": LookupEnd.SERVFAIL})
    assert (known.organisation, lost.organisation) == ("example.com", "")
    assert aligned(known, lost, strict=False) is None
    assert aligned(lost, known, strict=False) is None
    assert aligned(lost, replace(lost, domain="x.example.com"), strict=False) is None


@pytest.mark.parametrize(("said", "strict"), [("s", True), ("S", True), ("r", False), ("x", False)])
def test_strict_alignment_is_asked_for_each_kind_by_its_own_tag(said: str, strict: bool) -> None:
    found = read_dmarc([f"v=DMARC1; p=none; adkim={said}"]).record
    assert found is not None
    assert (found.strict_dkim, found.strict_spf) == (strict, False)
    found = read_dmarc([f"v=DMARC1; p=none; aspf={said}"]).record
    assert found is not None
    assert (found.strict_dkim, found.strict_spf) == (False, strict)


def test_a_request_that_cannot_be_read_counts_as_none_and_is_doubtful() -> None:
    found = read_dmarc(["v=DMARC1; p=rejekt; rua=mailto:a@example.com"]).record
    assert found is not None
    assert found.p is Request.NONE
    assert found.doubts == ("p=rejekt is not none, quarantine or reject: receivers take p=none",)


def test_a_final_dot_does_not_make_another_organisation() -> None:
    zone = {"com": "v=DMARC1; p=none; psd=y"}
    assert discovered("a.example.com.", zone).organisation == "example.com"
    assert discovered("example.com.", {}).organisation == "example.com"


def test_a_record_above_that_cannot_be_read_is_named_by_its_own_place() -> None:
    found = discovered("a.example.com", {"example.com": "v=DMARC1; p=rejected; sp=no"})
    clean = discovered("a.example.com", {"a.example.com": "v=DMARC1; p=reject"})
    assert clean.problem == ""
    assert found.problem.startswith("_dmarc.example.com: ")
