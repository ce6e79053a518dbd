"""Verdicts that hang on one detail: the day, a chain's order, what addresses share."""

from __future__ import annotations

import pytest

from smtpprobe.policy.dane import Chain
from smtpprobe.policy.dns_answer import Lookup, LookupEnd, Status, answered
from smtpprobe.policy.mta_sts import FetchEnd
from smtpprobe.protocol.target import Target, TargetKind
from smtpprobe.protocol.tls_facts import CertificateFacts, TrustPath
from smtpprobe.starttls.facts import YES, Deep, Facts, Said, Upgrade
from smtpprobe.starttls.judge.assessment import case_of
from smtpprobe.starttls.judge.certificate import disorder
from smtpprobe.starttls.judge.connection import difference
from smtpprobe.starttls.judge.options import JudgeOptions
from smtpprobe.starttls.judge.ratings import weak_key
from smtpprobe.starttls.judge.strict import Client, named
from smtpprobe.starttls.judge.usable import unusable
from tests.certificates import DAY, HOST, NOW, Entity
from tests.starttls.judge.test_findings import (
    ELSEWHERE,
    STRANGER,
    anchored,
    at,
    published,
)
from tests.starttls.stage import (
    DOMAIN,
    GONE,
    LEAF,
    MIDDLE,
    ROOT,
    address,
    certificates,
    facts,
    fetched,
    host,
    ids,
    in_clear,
    judged,
    own_key,
    session,
    sts,
)


def policy_of(**changes: object) -> tuple[bool, str]:
    """Return whether a policy fetched so counts, and what is wrong with the file."""
    found = facts(sts=sts(fetch=fetched(**changes)))  # type: ignore[arg-type]
    case = case_of(found, JudgeOptions(), NOW)
    return case.sts.policy is not None, case.sts.policy_problem


@pytest.mark.parametrize(
    "changes",
    [
        {"end": FetchEnd.CUT},
        {"end": FetchEnd.BROKEN},
        {"end": FetchEnd.CERTIFICATE},
        {"http_status": 404},
        {"http_status": 500},
        {"truncated": True},
        {"content_type": "text/html"},
    ],
    ids=str,
)
def test_a_policy_that_did_not_come_whole_with_200_as_plain_text_is_no_policy(
    changes: dict[str, object],
) -> None:
    assert policy_of() == (True, "")
    assert policy_of(**changes) == (False, "")


def test_a_policy_counts_for_nobody_without_its_record() -> None:
    for records in (["v=spf1 -all"], ["v=STSv1; id=1", "v=STSv1; id=2"], ["v=STSv1;"]):
        case = case_of(facts(sts=sts(*records)), JudgeOptions(), NOW)
        assert case.sts.policy is None, records
        assert case.sts.unreached is None


def test_a_record_for_an_issuer_counts_by_the_name_of_the_mx_that_was_found() -> None:
    """The answer that has the MX records decides, whatever else was asked for first."""
    found = anchored(LEAF)
    other = host().lookups
    report = judged(found._replace(lookups=(*other, *found.lookups)))
    assert ids(report) == ids(judged(found))
    assert "dane.ta-name" in ids(judged(anchored(ELSEWHERE)))


def lasting(*days: int, code: int = 0) -> tuple[str, ...]:
    """Return what is said of a path whose certificates, leaf first, last as many days."""
    chain = [certificates(one)[0] for one in (LEAF, MIDDLE, ROOT)]
    path = tuple(
        one._replace(not_after=NOW + day * DAY) for one, day in zip(chain, days, strict=True)
    )
    shown = session(path=TrustPath(code, "", path))
    found = at(tls=shown)
    report = judged(found, at=NOW, warn_days=14, fail_days=7)
    return tuple(
        f"{one.level.value}: {one.message}" for one in report.findings if one.id == "cert.expiring"
    )


def test_any_certificate_below_the_root_that_ends_soon_is_told_with_whose_it_is() -> None:
    assert lasting(90, 90, 90) == ()
    assert lasting(13, 90, 90) == ("warn: 13 days left",)
    assert lasting(90, 13, 90) == ("warn: 13 days left of middle",)
    assert lasting(90, 90, 1) == ()  # a root is trusted, whatever its date
    assert lasting(13, 5, 90) == ("warn: 13 days left",)


@pytest.mark.parametrize(
    ("days", "told"),
    [
        (14, ()),
        (13, ("warn: 13 days left",)),
        (7, ("warn: 7 days left",)),
        (6, ("fail: 6 days left",)),
        (0, ("fail: 0 days left",)),
    ],
)
def test_the_limits_for_days_left_hold_to_the_day(days: int, told: tuple[str, ...]) -> None:
    assert lasting(days, 90, 90) == told


def test_a_date_that_cannot_be_read_does_not_hide_the_next_that_ends() -> None:
    chain = certificates(LEAF, MIDDLE)
    case = case_of(facts(), JudgeOptions(), NOW)
    assert case.days_left(chain[0]._replace(not_after=None)) is None
    assert case.days_left(chain[0]._replace(not_after=NOW)) == 0
    assert case.days_left(chain[0]._replace(not_after=NOW - DAY / 24)) == -1


UNREAD = CertificateFacts(b"x", "0")


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ((), ""),
        ((LEAF,), ""),
        ((LEAF, MIDDLE), ""),
        ((LEAF, MIDDLE, ROOT), ""),
        ((LEAF, ROOT, MIDDLE), "certificate 2 of 3 is out of order: root"),
        (
            (LEAF, ROOT),
            "the issuer of certificate 1 (middle) is missing before certificate 2 of 2: root",
        ),
        (
            (LEAF, MIDDLE, Entity("else", ca=True)),
            "the issuer of certificate 2 (root) is missing before certificate 3 of 3: else",
        ),
        (
            (LEAF, Entity("stray", Entity("else", ca=True))),
            "certificate 2 of 2 does not belong to the chain: stray",
        ),
        ((ROOT, Entity("else", ca=True)), "certificate 2 of 2 does not belong to the chain: else"),
        ((LEAF, MIDDLE, STRANGER), "certificate 3 of 3 is out of order: stranger"),
        ((LEAF, MIDDLE, MIDDLE), "certificate 3 of 3 is sent twice: middle"),
        ((LEAF, LEAF, MIDDLE), "certificate 2 of 3 is sent twice: leaf"),
        ((LEAF, MIDDLE, ROOT, LEAF), "certificate 4 of 4 is sent twice: leaf"),
        (
            (LEAF, Entity("else", ca=True)),
            "the issuer of certificate 1 (middle) is missing before certificate 2 of 2: else",
        ),
    ],
    ids=lambda value: "-".join(one.name for one in value) if isinstance(value, tuple) else "",
)
def test_the_first_certificate_out_of_its_place_is_told(
    sent: tuple[Entity, ...], told: str
) -> None:
    assert disorder(certificates(*sent)) == told


def test_of_an_order_with_a_certificate_that_cannot_be_read_nothing_is_claimed() -> None:
    assert disorder((*certificates(LEAF), UNREAD)) == ""
    assert disorder((*certificates(LEAF, ROOT, MIDDLE), UNREAD)) == ""


def between(found: Facts) -> str:
    case = case_of(found, JudgeOptions(), NOW)
    one, other = case.standings
    return difference(one, other)


def two(first: object, second: object) -> Facts:
    return facts(host(first, second))  # type: ignore[arg-type]


FIRST, SECOND = "192.0.2.1", "192.0.2.2"


def test_what_one_address_does_and_another_does_not_is_told_the_right_way_round() -> None:
    works = address(FIRST)
    cases = {
        f"STARTTLS is listed at {FIRST}, not at {SECOND}": in_clear(SECOND),
        f"TLSv1.3 at {FIRST}, TLSv1.2 at {SECOND}": address(SECOND, session(version="TLSv1.2")),
        f"different certificates at {FIRST} and {SECOND}": address(SECOND, session(STRANGER)),
        f"TLS at {FIRST}, none at {SECOND}": address(
            SECOND, starttls=Upgrade(advertised=YES)
        )._replace(tls=None),
        "": address(SECOND),
    }
    for told, other in cases.items():
        assert between(two(works, other)) == told
    turned = f"STARTTLS is listed at {SECOND}, not at {FIRST}"
    assert between(two(in_clear(FIRST), address(SECOND))) == turned


def test_two_addresses_in_clear_do_not_differ() -> None:
    assert between(two(in_clear(FIRST), in_clear(SECOND))) == ""


def test_what_to_publish_is_told_where_a_new_record_helps_and_nowhere_else() -> None:
    def fix(found: Facts, name: str) -> str:
        return next(one.fix for one in judged(found).findings if one.id == name)

    assert "TLSA 3 1 1" in fix(published(own_key(STRANGER)), "dane.no-match")
    assert "TLSA 3 1 1" not in fix(anchored(ELSEWHERE), "dane.ta-name")


NAMED = Target(TargetKind.HOST, HOST)
A, AAAA = answered(HOST, "A", Status.SECURE), answered(HOST, "AAAA", Status.SECURE)


def why_unusable(*lookups: Lookup, of: Facts | None = None, **changes: object) -> str:
    """Return why a mail host with these addresses can take no mail."""
    one = host(lookups=lookups, **changes)  # type: ignore[arg-type] # its fields
    found = unusable(of or facts(one), one)
    return found.why if found is not None else ""


def test_a_host_is_unusable_only_where_no_address_of_it_can_be_reached() -> None:
    nowhere = answered(HOST, "A", Status.SECURE, ("127.0.0.1",))
    reached = answered(HOST, "A", Status.SECURE, ("127.0.0.1", "192.0.2.1"))
    lost = Lookup(HOST, "AAAA", LookupEnd.TIMEOUT)
    assert why_unusable(nowhere).startswith("has the address 127.0.0.1")
    assert why_unusable(reached) == ""
    assert why_unusable(A, AAAA) == "has no address"
    assert why_unusable(A, lost) == why_unusable(nowhere, lost) == why_unusable() == ""


def test_what_the_user_named_is_theirs_to_know() -> None:
    assert why_unusable(A, AAAA, pinned=True) == ""
    assert why_unusable(A, AAAA, of=facts(target=NAMED)) == ""
    assert why_unusable(A, AAAA, literal=True) == "is an IP address, not a host name"


@pytest.mark.parametrize(
    ("status", "told"),
    [
        (300, "sts.redirect"),
        (308, "sts.redirect"),
        (399, "sts.redirect"),
        (200, ""),
        (299, "sts.fetch"),
        (400, "sts.fetch"),
        (404, "sts.fetch"),
    ],
)
def test_a_redirect_of_a_policy_is_one_and_another_status_is_not(status: int, told: str) -> None:
    report = judged(facts(sts=sts(fetch=fetched(http_status=status))))
    assert [one for one in ids(report) if one in ("sts.redirect", "sts.fetch")] == [told][
        : len(told)
    ]


def test_an_id_is_called_unchanged_only_where_the_old_one_is_known() -> None:
    found = facts(sts=sts("v=STSv1; id=2"))
    assert "sts.id-unchanged" in ids(judged(found, previous_id="2"))
    assert "sts.id-unchanged" not in ids(judged(found, previous_id="1"))
    assert "sts.id-unchanged" not in ids(judged(found))
    invalid = facts(sts=sts("v=STSv1; id=2-3"))
    assert "sts.id-unchanged" not in ids(judged(invalid))


def test_a_domain_that_does_not_exist_is_told_but_not_of_a_missing_service() -> None:
    assert "dns.nxdomain" in ids(judged(facts()._replace(hosts=(), lookups=(GONE,))))
    service = facts()._replace(hosts=(), lookups=(GONE,), submission=True)
    assert "dns.nxdomain" not in ids(judged(service))


def test_a_question_cut_short_by_the_user_is_no_fault_of_the_resolver() -> None:
    def asked(end: LookupEnd) -> list[str]:
        lost = Lookup(DOMAIN, "MX", end)
        found = ids(judged(facts()._replace(hosts=(), lookups=(lost,))))
        return [one for one in found if one.startswith("dns.")]

    assert asked(LookupEnd.SERVFAIL) == asked(LookupEnd.TIMEOUT) == ["dns.lookup-failed"]
    assert asked(LookupEnd.INTERRUPTED) == []


def test_keys_of_kinds_that_are_rated_bad_are_and_others_are_not() -> None:
    bad = ("RSA 1024", "RSA 2047", "DSA 2048", "EC secp192r1")
    good = ("RSA 2048", "EC secp256r1", "Ed25519", "GOST 256", "RSA unknown", "")
    assert [one for one in (*bad, *good) if weak_key(one)] == [*bad]


def test_a_refusal_of_every_level_of_postfix_is_told_in_one_name() -> None:
    levels = (Client.MAY, Client.DANE, Client.SECURE)
    others = [one for one in Client if one not in levels]
    assert named(levels) == "Postfix at every level"
    assert named([*others, *levels]).startswith("Postfix at every level, ")
    assert named([Client.MAY]) == Client.MAY.value
    assert named([Client.SECURE, Client.MAY]) == f"{Client.SECURE.value}, {Client.MAY.value}"


def test_a_refused_starttls_needs_no_advice_about_220_and_another_answer_does() -> None:
    def fix(code: int) -> str:
        upgrade = Upgrade(advertised=YES, reply=Said(code, "no TLS"))
        found = at(tls=None, chain=Chain(), after=None, starttls=upgrade)
        plain = found.hosts[0].addresses[0]._replace(tls=None)
        report = judged(facts(host(plain)))
        return next(one.fix for one in report.findings if one.id == "starttls.refused")

    assert "only 220 starts TLS" not in fix(454) + fix(400) + fix(502)
    assert "only 220 starts TLS" in fix(250)
    assert "only 220 starts TLS" in fix(399)


def test_a_group_beside_the_weak_one_that_is_chosen_is_told_apart() -> None:
    def told(*names: str) -> str:
        deep = Deep(groups=names)
        weak = session().negotiated._replace(group="dh 1024")
        report = judged(at(tls=session(version="TLSv1.2", negotiated=weak), deep=deep))
        return next(one.message for one in report.findings if one.id == "tls.weak-group")

    assert " is chosen" not in told()
    assert " is chosen" not in told("x25519")
    assert " is chosen" in told("secp192r1")
