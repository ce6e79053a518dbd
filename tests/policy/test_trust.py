"""The verdict on a chain of certificates: which fault of a path is told, and what is no fault."""

from __future__ import annotations

from datetime import timedelta

import pytest

from smtpprobe.net.tls.certificates import certificate_facts
from smtpprobe.policy import trust
from smtpprobe.policy.trust import EXPIRED, NOT_YET_VALID, Failure
from smtpprobe.protocol.tls_facts import CertificateFacts, TrustPath
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
