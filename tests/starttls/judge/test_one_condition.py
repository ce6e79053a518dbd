"""Findings that hang on one condition of several: where it is not met, nothing is told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from smtpprobe.policy.dane import Record
from smtpprobe.policy.dns_answer import Lookup, LookupEnd, Status, answered
from smtpprobe.policy.mta_sts import FetchEnd
from smtpprobe.protocol.tls_facts import TlsFacts, TrustPath
from smtpprobe.starttls.facts import NO, YES, AddressFacts, Deep, Facts, Trusted, Upgrade
from smtpprobe.starttls.judge.assessment import case_of
from smtpprobe.starttls.judge.options import JudgeOptions
from tests.certificates import NOW
from tests.starttls.judge.test_findings import OWN as OWN_KEY
from tests.starttls.judge.test_findings import STRANGER, at, published, submission
from tests.starttls.judge.test_matrix import reasons
from tests.starttls.stage import (
    DOMAIN,
    LEAF,
    MIDDLE,
    RESOLVER,
    ROOT,
    address,
    certificates,
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


OLD_VERSIONS = (("TLSv1.0", YES), ("TLSv1.1", YES), ("TLSv1.2", NO))


@pytest.mark.parametrize(
    ("version", "told"),
    [
        ("TLSv1", "TLSv1 is the newest version it supports (TLSv1.1 too);"),
        ("TLSv1.1", "TLSv1.1 is the newest version it supports (TLSv1.0 too);"),
        ("TLSv1.2", "TLSv1.0, TLSv1.1 accepted"),
    ],
)
def test_of_old_versions_each_is_named_once(version: str, told: str) -> None:
    found = at(tls=session(version=version), deep=Deep(versions=OLD_VERSIONS))
    (message,) = messages(found, "tls.old-version")
    assert message.startswith(told)


OTHER = "ab" * 32


@pytest.mark.parametrize(
    ("names", "told"),
    [
        ((("", ""),), []),
        ((("other.example", ""),), []),
        ((("", OTHER),), ["a different certificate for no name"]),
        ((("other.example", OTHER), ("", OTHER)),
         ["a different certificate for other.example, no name"]),
    ],
)  # fmt: skip
def test_another_certificate_is_told_with_the_names_it_was_shown_for(
    names: tuple[tuple[str, str], ...], told: list[str]
) -> None:
    own = session().chain[0].sha256
    found = at(deep=Deep(sni=(*names, ("own.example", own))))
    assert messages(found, "tls.sni-differs") == told


BAD = [Record(9, 1, 1, bytes([number]) * 32) for number in range(4)]


@pytest.mark.parametrize(("number", "shown"), [(1, 1), (3, 3), (4, 3)])
def test_of_records_that_cannot_be_used_three_are_shown(number: int, shown: int) -> None:
    (message,) = messages(published(*BAD[:number]), "dane.all-unusable")
    assert message.count("unknown usage 9") == shown


@pytest.mark.parametrize(
    ("records", "status", "told"),
    [
        ((OWN_KEY,), Status.SECURE, True),
        ((OWN_KEY, BAD[0]), Status.SECURE, True),
        ((BAD[0], OWN_KEY), Status.SECURE, True),
        ((BAD[0],), Status.SECURE, False),
        ((OWN_KEY,), Status.INSECURE, False),
        ((), Status.SECURE, False),
    ],
)
def test_dane_goes_first_where_one_record_can_be_used(
    records: tuple[Record, ...], status: Status, *, told: bool
) -> None:
    found = published(*records, status=status)._replace(sts=sts())
    assert ("sts.dane-first" in ids(judged(found))) is told


@pytest.mark.parametrize(
    ("status", "told"),
    [
        (Status.ERROR, ["dns.lookup-failed"]),
        (Status.TIMEOUT, ["dns.lookup-failed"]),
        (Status.BOGUS, ["dns.mx-bogus"]),
        (Status.INTERRUPTED, []),
    ],
)
def test_a_question_for_the_policy_record_that_fails_is_told(
    status: Status, told: list[str]
) -> None:
    found = judged(facts(sts=sts(status=status))).findings
    assert [one.id for one in found if one.message.startswith("_mta-sts")] == told


@pytest.mark.parametrize(
    ("status", "told", "why"),
    [
        (Status.ERROR, ["dns.tlsa-servfail"], "the TLSA lookup fails"),
        (Status.TIMEOUT, ["dns.tlsa-servfail"], "the TLSA lookup fails"),
        (Status.BOGUS, ["dns.mx-bogus"], "the TLSA answer fails validation"),
        (Status.INTERRUPTED, [], "the check was interrupted"),
    ],
)
def test_a_question_for_tlsa_records_that_fails_is_told(
    status: Status, told: list[str], why: str
) -> None:
    found = published(status=status)
    assert [one.id for one in judged(found).findings if "TLSA:" in one.message] == told
    assert why in reasons(found)
    doubted = found._replace(resolver=replace(RESOLVER, trusted=Trusted.NO))
    assert "dns.tlsa-servfail" not in ids(judged(doubted))


def test_a_check_that_was_cut_short_says_nothing_of_a_missing_port() -> None:
    assert "submission.465-missing" not in ids(judged(submission(interrupted=True)))


def test_the_key_of_the_server_is_told_without_a_name_and_that_of_another_with_it() -> None:
    chain = session().chain
    for place, whose in ((0, ""), (1, " of middle")):
        weak = tuple(
            one._replace(key="RSA 1024") if at == place else one for at, one in enumerate(chain)
        )
        tls = session()
        tls = tls._replace(certificates=tls.shown._replace(chain=weak))
        assert messages(at_with(tls), "cert.weak-key") == [f"the key{whose} is RSA 1024"]


def at_with(tls: TlsFacts) -> Facts:
    return facts(host(address(tls=tls)))


@pytest.mark.parametrize(
    ("common_name", "subject", "whose"),
    [
        ("Root", "CN=Root", "it chains to Root, which is sent"),
        ("", "O=Root", "it chains to O=Root, which is sent"),
        ("", "", "it chains to one without a name, which is sent"),
    ],
)
def test_an_own_root_is_called_by_what_it_has(common_name: str, subject: str, whose: str) -> None:
    leaf, middle, root = certificates(LEAF, MIDDLE, ROOT)
    odd = root._replace(common_name=common_name, subject=subject, issuer=subject)
    middle = middle._replace(issuer=subject)
    tls = session(path=TrustPath(19, "self-signed certificate in certificate chain"))
    tls = tls._replace(certificates=tls.shown._replace(chain=(leaf, middle, odd)))
    told = " ".join(messages(at_with(tls), "cert.untrusted"))
    assert whose in told
