"""The sender matrix: what each kind of sender does at an address, and at the whole target."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from smtpprobe.policy.dane import Chain, Record
from smtpprobe.policy.dns_answer import Status, answered
from smtpprobe.policy.mta_sts import FetchEnd
from smtpprobe.protocol.target import Target, TargetKind
from smtpprobe.protocol.tls_facts import TlsFacts, TrustPath
from smtpprobe.starttls.facts import (
    NO,
    YES,
    AddressFacts,
    Because,
    Connect,
    Facts,
    ResolverFacts,
    Said,
    SecondChain,
    Trusted,
    Upgrade,
    unknown,
)
from smtpprobe.starttls.judge.matrix import Reach
from smtpprobe.starttls.judge.options import Sender
from smtpprobe.starttls.reports.json_report import report_object
from smtpprobe.starttls.reports.text import in_words
from tests.certificates import Entity
from tests.starttls.stage import (
    GONE,
    HELLO,
    MIDDLE,
    POLICY,
    address,
    certificates,
    facts,
    fetched,
    host,
    in_clear,
    judged,
    mx,
    own_key,
    session,
    sts,
    tlsa,
    unreached,
)

ELSEWHERE = session(Entity("elsewhere", MIDDLE, names=("other.example",)), MIDDLE)
SELF_SIGNED = session(path=TrustPath(18, "self-signed certificate"))
UNJUDGED = session(path=TrustPath(None, "no CA store on this system"))
OWN, OTHER = own_key(), own_key(Entity("another", MIDDLE))
FAR = ResolverFacts("192.0.2.53", YES, Trusted.NO)


def row(found: Facts) -> tuple[str, ...]:
    """The four cells of the first address."""
    cells = judged(found).addresses[0].cells
    return tuple(cells[sender].value.value for sender in Sender)


def reasons(found: Facts) -> tuple[str, ...]:
    cells = judged(found).addresses[0].cells
    return tuple(cells[sender].reason for sender in Sender)


def signed(*records: Record, status: Status = Status.SECURE, tls: TlsFacts | None = None) -> Facts:
    return facts(host(address(tls=tls), tlsa=tlsa(*records, status=status)))


def with_policy(found: Facts, change: tuple[bytes, bytes] = (b"", b"")) -> Facts:
    return found._replace(sts=sts(fetch=fetched(POLICY.replace(*change))))


def plain(**changes: object) -> Facts:
    return facts(host(in_clear(**changes)))  # type: ignore[arg-type]


NA = "not-applicable"


@pytest.mark.parametrize(
    ("make", "cells"),
    [
        (facts, ("tls", "yes", NA, NA)),
        (plain, ("clear", "no", NA, NA)),
        (lambda: facts(host(address(tls=SELF_SIGNED))), ("tls", "no", NA, NA)),
        (lambda: facts(host(address(tls=ELSEWHERE))), ("tls", "no", NA, NA)),
        (lambda: facts(host(address(tls=UNJUDGED))), ("tls", "unknown", NA, NA)),
        (lambda: signed(OWN), ("tls", "yes", "yes", NA)),
        (lambda: signed(OTHER), ("tls", "yes", "no", NA)),
        (lambda: signed(OWN, tls=SELF_SIGNED), ("tls", "no", "yes", NA)),
        (lambda: signed(Record(3, 1, 1, b"")), ("tls", "yes", "yes", NA)),
        (lambda: signed(status=Status.BOGUS), ("tls", "yes", "no", NA)),
        (lambda: signed(status=Status.ERROR), ("tls", "yes", "no", NA)),
        (lambda: signed(OWN, status=Status.INSECURE), ("tls", "yes", NA, NA)),
        (lambda: signed(OWN, status=Status.UNVERIFIED), ("tls", "yes", "unknown", NA)),
        (
            lambda: signed(status=Status.TIMEOUT)._replace(resolver=FAR),
            ("tls", "yes", "unknown", NA),
        ),
        (
            lambda: signed(OWN)._replace(lookups=(mx("10 x", status=Status.BOGUS),)),
            ("tls", "yes", "no", NA),
        ),
        (lambda: with_policy(facts()), ("tls", "yes", NA, "yes")),
        (lambda: with_policy(facts(), (b"enforce", b"testing")), ("tls", "yes", NA, NA)),
        (lambda: with_policy(facts(), (b"enforce", b"none")), ("tls", "yes", NA, NA)),
        (lambda: with_policy(facts(), (b"mx.example", b"mx9.example")), ("tls", "yes", NA, "no")),
        (lambda: with_policy(plain()), ("clear", "no", NA, "no")),
        (
            lambda: with_policy(facts(host(address(tls=session(version="TLSv1.1"))))),
            ("tls", "no", NA, "no"),
        ),
        (
            lambda: with_policy(facts(host(address(tls=UNJUDGED)))),
            ("tls", "unknown", NA, "unknown"),
        ),
        (
            lambda: facts(sts=sts(fetch=fetched(end=FetchEnd.TIMEOUT))),
            ("tls", "yes", NA, "unknown"),
        ),
        (lambda: facts(host(unreached(Connect.REFUSED))), ("unknown",) * 4),
        (lambda: plain(greeting=Said(554, "no"), before=None, hello=None), ("unknown",) * 4),
        (lambda: plain(greeting=Said(None, "SSH"), before=None, hello=None), ("no",) * 4),
        (
            lambda: facts(host(address(starttls=address().starttls._replace(surplus=b"x")))),
            ("no",) * 4,
        ),
        (
            lambda: plain(before=HELLO, starttls=Upgrade(YES, Said(454, "later"))),
            ("clear", "no", NA, NA),
        ),
        (
            lambda: facts(host(address(tls=TlsFacts(ok=False), implicit_tls=True))),
            ("no", "no", NA, NA),
        ),
    ],
)
def test_each_kind_of_sender_decides_for_itself(
    make: Callable[[], Facts], cells: tuple[str, ...]
) -> None:
    assert row(make()) == cells


def test_what_is_unknown_says_why() -> None:
    assert (
        reasons(facts(host(unreached(Connect.TIMEOUT, reason="within 10s"))))
        == ("no connection: within 10s",) * 4
    )
    assert "not trusted" in reasons(signed(OWN, status=Status.UNVERIFIED))[2]
    assert reasons(facts(host(address(tls=UNJUDGED))))[1] == "no CA store on this system"


def test_an_address_has_neither_dane_nor_mta_sts() -> None:
    found = facts(host(address(), name="192.0.2.1"))
    found = found._replace(target=Target(TargetKind.ADDRESS, "192.0.2.1"), domain="")
    assert row(found) == ("tls", "no", NA, NA)


def test_a_further_name_counts_only_where_it_is_asked_for() -> None:
    found = with_policy(facts(host(address(tls=ELSEWHERE))))
    report = judged(found, match=("other.example",))
    cells = report.addresses[0].cells
    assert cells[Sender.PKIX].value.value == "yes"
    assert cells[Sender.STS].value.value == "no"


@pytest.mark.parametrize(
    ("addresses", "reaches"),
    [
        ((address(), address("192.0.2.2")), ("tls", "all")),
        ((address(), in_clear("192.0.2.2")), ("degraded", "partial")),
        ((in_clear(), in_clear("192.0.2.2")), ("clear", "none")),
        ((address(), unreached(Connect.REFUSED, "192.0.2.2")), ("tls", "all")),
        ((unreached(Connect.REFUSED),), ("unknown", "unknown")),
    ],
)
def test_the_rows_amount_to_something_for_the_whole_target(
    addresses: tuple[AddressFacts, ...], reaches: tuple[str, str]
) -> None:
    senders = judged(facts(host(*addresses))).senders
    assert (senders[Sender.OPPORTUNISTIC].value, senders[Sender.PKIX].value) == reaches
    assert senders[Sender.STS] is Reach.NOT_APPLICABLE or "unknown" in reaches


def test_a_level_makes_one_kind_of_sender_decide() -> None:
    wrong = signed(OTHER)
    assert judged(wrong).result.value == "fail"
    assert judged(wrong, level=Sender.OPPORTUNISTIC).result.value == "ok"
    assert judged(wrong, level=Sender.DANE).result.value == "fail"
    untrusted = facts(host(address(tls=SELF_SIGNED)))
    assert judged(untrusted).result.value == "ok"
    assert judged(untrusted, level=Sender.PKIX).result.value == "fail"


ANOTHER = Entity("rsa", MIDDLE)


def with_two_keys(*records: Record, second: SecondChain | None = None) -> Facts:
    """A host with a certificate of each key type, the second one that of ANOTHER."""
    shown = second or SecondChain(YES, Chain(certificates(ANOTHER)))
    return facts(host(address(second=shown), tlsa=tlsa(*records)))


@pytest.mark.parametrize(
    ("records", "cell", "whole"),
    [
        ((OWN, own_key(ANOTHER)), "yes", "all"),
        ((OWN,), "partial", "partial"),
        ((own_key(ANOTHER),), "partial", "partial"),
        ((OTHER,), "no", "none"),
        ((Record(3, 1, 1, b""),), "yes", "all"),
    ],
    ids=["both", "first", "second", "neither", "unusable"],
)
def test_of_two_certificates_each_stops_the_dane_senders_that_get_it(
    records: tuple[Record, ...], cell: str, whole: str
) -> None:
    found = with_two_keys(*records)
    assert row(found)[2] == cell
    assert judged(found).senders[Sender.DANE].value == whole


def test_who_stands_before_two_certificates_is_told() -> None:
    found = with_two_keys(OWN)
    assert "one of its two certificates matches no record" in reasons(found)[2]
    assert "some DANE senders cannot deliver" in in_words(judged(found))
    split = found.hosts[0]
    wrong = host(address("192.0.2.2"), name="mx2.example.org", tlsa=tlsa(OTHER))
    told = in_words(judged(facts(split, wrong)))
    assert "DANE senders reach some addresses only" in told


def test_without_an_answer_about_mail_hosts_nothing_is_said_of_senders() -> None:
    nobody = facts()._replace(hosts=(), lookups=(mx(status=Status.TIMEOUT),))
    assert set(judged(nobody).senders.values()) == {Reach.UNKNOWN}
    assert report_object(judged(nobody))["dns"] == {
        "mx": {"status": "timeout", "rrset": [], "reason": "no answer from the DNS server"}
    }
    gone = nobody._replace(lookups=(GONE,))
    assert judged(gone).senders[Sender.OPPORTUNISTIC] is Reach.NONE


def test_who_is_unknown_is_not_said_to_deliver() -> None:
    assert in_words(judged(facts())) == "every sender delivers over TLS"
    unjudged = in_words(judged(facts(host(address(tls=UNJUDGED)))))
    assert (
        unjudged
        == "mail is delivered over TLS; it is unknown whether senders that require PKIX can deliver"
    )
    nobody = facts(host(address(tls=TlsFacts(ok=False), implicit_tls=True)))
    assert (
        in_words(judged(nobody))
        == "no mail can be delivered; senders that require PKIX cannot deliver"
    )


def test_without_a_second_certificate_the_first_decides() -> None:
    assert row(with_two_keys(OWN, second=SecondChain(NO)))[2] == "yes"
    untold = with_two_keys(OWN, second=SecondChain(unknown(Because.RETRY)))
    assert row(untold)[2] == "yes"
    assert Because.RETRY.value in reasons(untold)[2]


def test_records_behind_an_alias_are_compared_with_all_names_of_usage_2() -> None:
    lookup = answered("mx.example.org", "A", Status.SECURE, ("192.0.2.1",), ("real.example.net",))
    found = facts(host(address(), lookups=(lookup,), tlsa=tlsa(OWN)))
    assert row(found)[2] == "yes"
