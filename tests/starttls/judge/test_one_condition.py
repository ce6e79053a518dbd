"""Findings that hang on one condition of several: where it is not met, nothing is told."""

from __future__ import annotations

import pytest

from smtpprobe.policy.dns_answer import Lookup, LookupEnd, Status, answered
from smtpprobe.policy.mta_sts import FetchEnd
from smtpprobe.starttls.facts import AddressFacts, Facts, Upgrade
from smtpprobe.starttls.judge.assessment import case_of
from smtpprobe.starttls.judge.options import JudgeOptions
from tests.certificates import NOW
from tests.starttls.judge.test_findings import OWN as OWN_KEY
from tests.starttls.judge.test_findings import STRANGER, at, published, submission
from tests.starttls.judge.test_matrix import reasons
from tests.starttls.stage import (
    DOMAIN,
    address,
    facts,
    fetched,
    host,
    ids,
    in_clear,
    judged,
    mx,
    own_key,
    session,
    sts,
    tlsa,
)


def messages(found: Facts, name: str) -> list[str]:
    return [one.message for one in judged(found).findings if one.id == name]


def test_a_record_that_does_not_match_is_told_only_where_its_answer_is_signed() -> None:
    wrong = own_key(STRANGER)
    assert "dane.no-match" in ids(judged(published(wrong)))
    assert "dane.no-match" not in ids(judged(published(wrong, status=Status.INSECURE)))


def test_an_unsigned_mx_matters_to_dane_only_where_there_are_records() -> None:
    def told(*records: object) -> bool:
        found = host(tlsa=tlsa(*records))  # type: ignore[arg-type]
        unsigned = mx(f"10 {found.name}", status=Status.INSECURE)
        return "dane.mx-insecure" in ids(judged(facts(found, lookups=(unsigned,))))

    assert told(OWN_KEY)
    assert not told()


def test_one_lost_answer_leaves_it_unknown_whether_there_is_a_mail_host() -> None:
    def told(*lookups: Lookup) -> bool:
        found = facts()._replace(hosts=(), lookups=lookups, submission=True)
        return "dns.no-mail-host" in ids(judged(found))

    none = answered(f"_submission._tcp.{DOMAIN}", "SRV", Status.SECURE)
    other = answered(f"_submissions._tcp.{DOMAIN}", "SRV", Status.SECURE)
    lost = Lookup(f"_submissions._tcp.{DOMAIN}", "SRV", LookupEnd.TIMEOUT)
    assert told(none, other)
    assert not told(none, lost)
    assert not told(lost, none)


def test_the_end_of_a_session_is_told_in_its_own_words_before_those_of_a_limit() -> None:
    silent = address(
        greeting=None, before=(), starttls=Upgrade(), after=None, hello=None, ended="it is cut off",
    )._replace(tls=None)  # fmt: skip
    assert messages(facts(host(silent)), "conn.timeout") == ["it is cut off"]


def test_two_addresses_of_the_other_family_are_compared_with_each_other() -> None:
    old = session(version="TLSv1.2")
    first, second, third = address(), address("2001:db8::1"), address("2001:db8::2", tls=old)
    same = address("2001:db8::2")
    assert "conn.addresses-differ" in ids(judged(facts(host(first, second, third))))
    assert "conn.addresses-differ" not in ids(judged(facts(host(first, second, same))))


def test_a_missing_port_465_is_told_only_where_587_works() -> None:
    assert "submission.465-missing" in ids(judged(submission()))
    broken = submission()
    dead = replace_hosts(broken, in_clear())
    assert "submission.465-missing" not in ids(judged(dead))
    assert "submission.465-missing" not in ids(judged(facts()))


def replace_hosts(found: Facts, *addresses: AddressFacts) -> Facts:
    (one,) = found.hosts
    return found._replace(hosts=(one._replace(addresses=addresses),))


@pytest.mark.parametrize("end", [FetchEnd.TIMEOUT, FetchEnd.UNREACHABLE])
def test_a_policy_host_that_is_not_reached_is_told_with_the_reason_if_there_is_one(
    end: FetchEnd,
) -> None:
    def told(reason: str) -> list[str]:
        fetch = fetched(end=end, reason=reason, body=b"", http_status=0)
        return messages(facts(sts=sts(fetch=fetch)), "sts.fetch")

    assert told("no route") == [f"the policy: {end.value}: no route"]
    assert told("") == [f"the policy: {end.value}"]


def test_of_a_submission_service_no_name_of_the_domain_is_asked_as_of_an_mx() -> None:
    def named(found: Facts) -> object:
        return case_of(found, JudgeOptions(), NOW).standings[0].for_domain

    assert named(facts()) is not None
    assert named(submission()) is None


@pytest.mark.parametrize(
    ("found", "told"),
    [
        (facts(host(in_clear())), "no STARTTLS"),
        (
            at(tls=session()._replace(ok=False, reason="the alert handshake failure"), after=None),
            "the handshake fails",
        ),
    ],
    ids=["none", "failed"],
)
def test_a_sender_that_asks_for_tls_is_told_why_there_is_none(found: Facts, told: str) -> None:
    assert told in reasons(found)
