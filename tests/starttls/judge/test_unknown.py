"""Every reason for which a fact can be unknown is provoked, and shown with its reason."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from typing import Any

import pytest

from smtpprobe.net.tls.certificates import certificate_facts
from smtpprobe.policy.dane import Record
from smtpprobe.policy.dns_answer import Status
from smtpprobe.policy.mta_sts import FetchEnd
from smtpprobe.protocol.tls_facts import Negotiated, Shown, TlsFacts, TrustPath
from smtpprobe.starttls.facts import (
    NO,
    YES,
    AddressFacts,
    Because,
    Connect,
    Deep,
    End,
    Fact,
    Facts,
    ResolverFacts,
    Said,
    SecondChain,
    Trusted,
    Upgrade,
    unknown,
)
from smtpprobe.starttls.judge.judge import Report
from smtpprobe.starttls.reports.json_report import report_object
from tests.starttls.stage import (
    HELLO,
    LEAF,
    address,
    facts,
    fetched,
    host,
    in_clear,
    judged,
    session,
    sts,
    tlsa,
    unreached,
)

UNSEEN = session()._replace(negotiated=session().negotiated._replace(compression=None))
KEY = Record(3, 1, 1, bytes(32))


def one(found: AddressFacts) -> Facts:
    return facts(host(found))


def active(**changes: Fact) -> Facts:
    return one(address(starttls=address().starttls._replace(**changes)))  # type: ignore[arg-type]


CASES: dict[Because, Callable[[], Facts]] = {
    Because.NO_CONNECTION: lambda: one(unreached(Connect.TIMEOUT)),
    Because.NO_GREETING: lambda: one(unreached(Connect.SILENT)),
    Because.REJECTED: lambda: one(in_clear(greeting=Said(554, "no"), before=None, hello=None)),
    Because.NOT_SMTP: lambda: one(in_clear(greeting=Said(None, "SSH"), before=None, hello=None)),
    Because.NO_HELLO: lambda: one(in_clear(hello=None, before=None, starttls=Upgrade())),
    Because.ONE_HELLO: lambda: one(address(implicit_tls=True, starttls=Upgrade(), after=None)),
    Because.NO_TLS: lambda: active(injection=unknown(Because.NO_TLS)),
    Because.ENDED: lambda: one(
        in_clear(before=HELLO, starttls=Upgrade(advertised=YES), ended="no answer to STARTTLS")
    ),
    Because.HASTY: lambda: one(
        address(after=None, ended="no answer to EHLO", end=End.SILENT, hasty=True)
    ),
    Because.NEEDS_ACTIVE: facts,
    Because.NO_STARTTLS: lambda: active(injection=unknown(Because.NO_STARTTLS)),
    Because.LISTED: lambda: active(unadvertised=unknown(Because.LISTED)),
    Because.UNLISTED: lambda: active(injection=unknown(Because.UNLISTED)),
    Because.NEEDS_DEEP: lambda: one(address(deep=Deep())),
    Because.RETRY: lambda: one(address(second=SecondChain(unknown(Because.RETRY)))),
    Because.NOT_SEEN: lambda: one(address(tls=UNSEEN)),
    Because.NO_RENEGOTIATION: facts,
    Because.NO_ROOTS: lambda: one(address(tls=session(path=TrustPath(None, "no CA store")))),
    Because.UNREADABLE: lambda: one(
        address(tls=session(certificates=Shown((certificate_facts(b"junk"),))))
    ),
    Because.PART_UNREADABLE: lambda: one(
        address(
            tls=session(
                certificates=Shown((certificate_facts(LEAF.der)._replace(unread=("extensions",)),))
            )
        )
    ),
    Because.UNVERIFIED: lambda: facts(host(tlsa=tlsa(KEY, status=Status.UNVERIFIED))),
    Because.NO_ANSWER: lambda: facts(host(tlsa=tlsa(status=Status.TIMEOUT)))._replace(
        resolver=ResolverFacts("192.0.2.53", NO, Trusted.NO),
    ),
    Because.NO_WORD: lambda: facts(
        resolver=ResolverFacts("192.0.2.53", unknown(Because.NO_WORD, "REFUSED"), Trusted.NO)
    ),
    Because.NO_POLICY: lambda: facts(sts=sts(fetch=fetched(end=FetchEnd.TIMEOUT))),
    Because.NOT_ASKED: lambda: one(
        address(deep=Deep(versions=(("SSLv3", unknown(Because.NOT_ASKED)),)))
    ),
    Because.NOT_TESTABLE: lambda: one(address(deep=Deep(resumption=unknown(Because.NOT_TESTABLE)))),
    Because.OTHER_SURPLUS: lambda: active(pipelined=unknown(Because.OTHER_SURPLUS)),
    Because.VARIES: lambda: active(injection=unknown(Because.VARIES)),
    Because.NO_DEMAND: lambda: active(state_kept=unknown(Because.NO_DEMAND)),
    Because.NOT_NEEDED: facts,
    Because.INTERRUPTED: lambda: one(unreached(Connect.INTERRUPTED)),
    Because.EXCLUDED: lambda: one(unreached(Connect.EXCLUDED)),
}


def reasons(value: object) -> Iterator[str]:
    """Yield every text in a JSON object that stands as the reason of an unknown field."""
    if isinstance(value, dict):
        for name, each in value.items():
            if isinstance(each, str) and "reason" in name:
                yield each
            elif name.endswith("_reason") and isinstance(each, dict):
                yield from map(str, each.values())
            yield from reasons(each)
    elif isinstance(value, list):
        for each in value:
            yield from reasons(each)


def held(value: object) -> Iterator[Fact]:
    """Yield every fact in plain data."""
    if isinstance(value, Fact):
        yield value
    elif isinstance(value, tuple | dict):
        for each in value.values() if isinstance(value, dict) else value:
            yield from held(each)
    elif is_dataclass(value):
        for one_field in fields(value):
            yield from held(getattr(value, one_field.name))


@pytest.mark.parametrize("because", CASES, ids=lambda because: because.name)
def test_a_reason_is_shown_where_a_fact_is_unknown(because: Because) -> None:
    found = list(reasons(report_object(judged(CASES[because]()))))
    assert any(reason.startswith(because.value) for reason in found)


def told_of_tls(tls: TlsFacts) -> dict[str, object]:
    """The session of the only address in JSON."""
    found: Any = report_object(judged(one(address(tls=tls))))
    return found["hosts"][0]["addresses"][0]["tls"]  # type: ignore[no-any-return]


def test_tls_1_3_is_not_said_to_lack_what_it_has_no_need_of() -> None:
    told = told_of_tls(session())
    assert told["extended_master_secret"] == "yes"
    assert told["secure_renegotiation"] == "unknown"
    assert told["secure_renegotiation_reason"] == "TLS 1.3 has no renegotiation"


def test_of_a_failed_handshake_the_reason_is_not_the_local_library() -> None:
    told = told_of_tls(session()._replace(ok=False, version="", negotiated=Negotiated()))
    names = ("extended_master_secret", "secure_renegotiation", "compression", "client_certificate")
    assert {told[name] for name in names} == {"unknown"}
    assert {told[f"{name}_reason"] for name in names} == {"no TLS session"}


ELSEWHERE = ("senders", "would_deliver", "versions", "findings")
"""Where an unknown one has its reason in an object beside, in a cell below, or in its own words."""


def unexplained(value: object, path: str = "") -> Iterator[str]:
    """Yield the fields of a JSON object that are unknown and do not say why."""
    if isinstance(value, dict):
        for name, each in value.items():
            if each == "unknown" and not value.get(f"{name}_reason"):
                yield f"{path}.{name}"
            if name not in ELSEWHERE:
                yield from unexplained(each, f"{path}.{name}")
    elif isinstance(value, list):
        for each in value:
            yield from unexplained(each, path)


@pytest.mark.parametrize("because", CASES, ids=lambda because: because.name)
def test_what_is_unknown_in_json_has_its_reason_beside_it(because: Because) -> None:
    silent = ResolverFacts("192.0.2.53", unknown(Because.NO_ANSWER), Trusted.NO)
    for changed in (CASES[because](), CASES[because]()._replace(resolver=silent)):
        assert not list(unexplained(report_object(judged(changed))))


def test_every_reason_is_provoked() -> None:
    assert set(CASES) == set(Because)


@pytest.mark.parametrize("because", CASES, ids=lambda because: because.name)
def test_a_fact_is_unknown_if_and_only_if_it_has_a_reason(because: Because) -> None:
    report: Report = judged(CASES[because]())
    found = list(held(report.case))
    assert found
    assert all((fact.answer.value == "unknown") is bool(fact.reason) for fact in found)
