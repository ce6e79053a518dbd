"""The verdict on a chain of certificates: which fault of a path is told, and what is no fault."""

from __future__ import annotations

from datetime import timedelta

import pytest

from smtpprobe.net.tls.certificates import certificate_facts
from smtpprobe.policy import trust
from smtpprobe.policy.trust import EXPIRED, INVALID_PURPOSE, NOT_YET_VALID, Failure
from smtpprobe.protocol.tls_facts import CertificateFacts, TrustPath, Verdict
from tests.certificates import DAY, HOST, NOW, Entity

ROOT = Entity("root", ca=True)
MIDDLE = Entity("middle", ROOT, ca=True)
LEAF = Entity("leaf", MIDDLE)
PATH = tuple(certificate_facts(one.der) for one in (LEAF, MIDDLE, ROOT))
SECOND = timedelta(seconds=1)


def changed(place: int, **fields: object) -> tuple[CertificateFacts, ...]:
    """Return the path with another certificate at a place."""
    return (*PATH[:place], PATH[place]._replace(**fields), *PATH[place + 1 :])  # type: ignore[arg-type] # its fields


def code(failure: Failure | None) -> int | None:
    return None if failure is None else failure.code


@pytest.mark.parametrize("place", range(3))
@pytest.mark.parametrize("missing", ["not_before", "not_after"])
def test_a_date_that_cannot_be_read_is_never_taken_for_a_good_one(place: int, missing: str) -> None:
    path = changed(place, **{missing: None})
    failure = trust.dates(path, NOW)
    assert failure is not None
    assert "cannot be parsed" in failure.reason
    verdict = trust.verdict(path, TrustPath(0, "", path), HOST, NOW)
    assert verdict.trusted is False


@pytest.mark.parametrize("place", range(3))
def test_each_certificate_of_a_path_counts_from_its_first_to_its_last_second(place: int) -> None:
    begins, ends = NOW - DAY, NOW + DAY
    path = changed(place, not_before=begins, not_after=ends)
    assert code(trust.dates(path, begins)) is None
    assert code(trust.dates(path, ends)) is None
    assert code(trust.dates(path, begins - SECOND)) == NOT_YET_VALID
    assert code(trust.dates(path, ends + SECOND)) == EXPIRED


def verdict(
    path: tuple[CertificateFacts, ...] = PATH, *, code: int | None = 0, reference: str = HOST
) -> Verdict:
    return trust.verdict(path, TrustPath(code, "why" if code != 0 else "", path), reference, NOW)


def test_a_good_path_for_the_name_of_its_first_certificate_is_trusted_and_matches() -> None:
    assert verdict() == Verdict(trusted=True, reason="", code=0, name_matches=True, name_reason="")
    assert verdict().verified is True


def test_the_name_that_counts_is_the_servers_own_never_an_issuers() -> None:
    others = changed(0, names=("other.example",))
    found = verdict((others[0], MIDDLE_FOR_HOST, PATH[2]))
    assert (found.trusted, found.name_matches, found.verified) == (True, False, False)
    assert found.name_reason == "it is for other.example"


MIDDLE_FOR_HOST = PATH[1]._replace(names=(HOST,))


def test_a_path_that_fails_keeps_its_number_and_what_is_known_of_the_name() -> None:
    assert verdict(code=20) == Verdict(
        trusted=False, reason="why", code=20, name_matches=True, name_reason=""
    )
    assert verdict(code=None) == Verdict(
        trusted=None, reason="why", code=None, name_matches=True, name_reason=""
    )
    assert verdict(code=None).verified is None


def test_an_expired_certificate_is_told_as_such_and_its_name_beside_it() -> None:
    found = verdict(changed(0, not_after=NOW - DAY), reference="other.example")
    assert (found.trusted, found.code, found.name_matches) == (False, EXPIRED, False)


def test_without_a_certificate_or_without_a_name_nothing_is_claimed() -> None:
    assert verdict(()).verified is None
    assert verdict(()).reason == "no certificate was received"
    found = verdict(reference="")
    assert (found.trusted, found.name_matches, found.verified) == (True, None, None)
    assert found.name_reason == "no name to compare with (use --sni NAME)"


UNPARSED = CertificateFacts(b"x", "0")
"""A certificate of which nothing can be read."""


def test_what_cannot_be_read_of_a_certificate_is_unknown_never_trusted_and_never_wrong() -> None:
    whole = verdict((UNPARSED, *PATH[1:]))
    assert whole == Verdict(None, trust.UNREADABLE, None, None, trust.UNREADABLE)
    part = verdict(changed(1, unread=("nameConstraints",)))
    assert part == Verdict(
        trusted=None, reason=trust.PART_UNREAD, code=None, name_matches=True, name_reason=""
    )
    assert verdict(changed(1, unread=("certificatePolicies",))).verified is True


def test_names_that_cannot_be_read_leave_it_unknown_whether_one_is_the_wanted_one() -> None:
    for unread in ("subjectAltName", "extensions"):
        hidden = changed(0, names=(), unread=(unread,))[0]
        assert trust.name(hidden, HOST) == (None, trust.NAMES_UNREAD)
    other = changed(0, names=(), unread=("keyUsage",))[0]
    assert trust.name(other, HOST) == (False, "the certificate has no DNS names")


def test_of_the_names_of_another_host_three_are_told_and_the_rest_counted() -> None:
    def told(count: int) -> str:
        names = tuple(f"h{number}.example" for number in range(count))
        return trust.name(changed(0, names=names)[0], HOST)[1]

    assert told(3) == "it is for h0.example, h1.example, h2.example"
    assert told(5) == "it is for h0.example, h1.example, h2.example and 2 more"
    reason = "the address 192.0.2.1 is not in the certificate"
    assert trust.name(PATH[0], "192.0.2.1") == (False, reason)


@pytest.mark.parametrize(
    ("usage", "good"),
    [
        (None, True),
        (("digitalSignature",), True),
        (("keyEncipherment", "keyCertSign"), True),
        (("keyCertSign",), False),
        ((), False),
    ],
)
def test_a_key_has_to_be_good_for_one_use_in_tls_the_issuers_for_none(
    usage: tuple[str, ...] | None, good: bool
) -> None:
    failure = trust.purpose(changed(0, key_usage=usage))
    assert (failure is None) is good
    assert code(failure) == (None if good else INVALID_PURPOSE)
    assert trust.purpose(changed(1, key_usage=usage)) is None


@pytest.mark.parametrize("place", range(3))
def test_each_certificate_of_a_path_has_to_be_meant_for_servers(place: int) -> None:
    assert code(trust.purpose(changed(place, serves_tls=False))) == INVALID_PURPOSE
