"""Verdicts that hang on one detail: the day, a chain's order, what addresses share."""

from __future__ import annotations

import pytest

from smtpprobe.policy.mta_sts import FetchEnd
from smtpprobe.protocol.tls_facts import CertificateFacts, TrustPath
from smtpprobe.starttls.facts import YES, Facts, Upgrade
from smtpprobe.starttls.judge.assessment import case_of
from smtpprobe.starttls.judge.certificate import disorder
from smtpprobe.starttls.judge.connection import difference
from smtpprobe.starttls.judge.options import JudgeOptions
from tests.certificates import DAY, NOW, Entity
from tests.starttls.judge.test_findings import (
    ELSEWHERE,
    STRANGER,
    anchored,
    at,
    published,
)
from tests.starttls.stage import (
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
        ((LEAF, ROOT), "certificate 2 of 2 does not belong to the chain: root"),
        ((LEAF, MIDDLE, STRANGER), "certificate 3 of 3 is out of order: stranger"),
        ((LEAF, MIDDLE, MIDDLE), "certificate 3 of 3 is sent twice: middle"),
        ((LEAF, LEAF, MIDDLE), "certificate 2 of 3 is sent twice: leaf"),
        ((LEAF, MIDDLE, ROOT, LEAF), "certificate 4 of 4 is sent twice: leaf"),
        ((LEAF, Entity("else", ca=True)), "certificate 2 of 2 does not belong to the chain: else"),
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
