"""Every finding is provoked by facts in which one thing is wrong, at the level that is told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from smtpprobe.net.tls.anchors import with_anchors
from smtpprobe.net.tls.certificates import certificate_facts
from smtpprobe.policy.dane import DANE_TA, Chain, Record, association, selected
from smtpprobe.policy.dns_answer import Lookup, Status, answered
from smtpprobe.policy.mta_sts import FetchEnd
from smtpprobe.protocol.target import Target, TargetKind
from smtpprobe.protocol.tls_facts import Negotiated, Shown, TlsFacts, TrustPath
from smtpprobe.starttls.facts import (
    NO,
    YES,
    Because,
    Connect,
    Deep,
    End,
    Facts,
    ResolverFacts,
    Said,
    SecondChain,
    Trusted,
    Upgrade,
    unknown,
)
from smtpprobe.starttls.finding_table import FINDINGS
from smtpprobe.starttls.judge import judge
from smtpprobe.starttls.judge.options import Sender
from smtpprobe.starttls.reports.json_report import report_object
from tests.certificates import CLIENT, DAY, HOST, NOW, Entity
from tests.starttls.stage import (
    DOMAIN,
    GONE,
    HELLO,
    LEAF,
    MIDDLE,
    POLICY,
    ROOT,
    address,
    certificates,
    facts,
    fetched,
    host,
    ids,
    in_clear,
    judged,
    levels,
    mx,
    own_key,
    reports,
    session,
    sts,
    tlsa,
    unreached,
)


@dataclass(frozen=True)
class Provoked:
    """Facts that provoke a finding, and its level."""

    id: str
    level: str
    make: Callable[[], Facts]
    options: Mapping[str, object] = field(default_factory=dict)
    note: str = ""


UNREAD = certificate_facts(b"no certificate")


def at(**changes: object) -> Facts:
    """A domain with one address, changed."""
    return facts(host(address(**changes)))  # type: ignore[arg-type]


def in_tls(**changes: object) -> Facts:
    return at(tls=session(**changes))  # type: ignore[arg-type]


def seen(**changes: object) -> Facts:
    """A TLS 1.2 session whose handshake showed something."""
    negotiated = session().negotiated._replace(**changes)  # type: ignore[arg-type]
    return in_tls(version="TLSv1.2", negotiated=negotiated)


def showing(*entities: Entity, path: TrustPath | None = None) -> Facts:
    return at(tls=session(*entities, path=path))


def failing(code: int, reason: str, *entities: Entity) -> Facts:
    return showing(*entities, path=TrustPath(code, reason))


def policy(change: tuple[bytes, bytes] = (b"", b""), **changes: object) -> Facts:
    return facts(sts=sts(fetch=fetched(POLICY.replace(*change), **changes)))


def ended(end: FetchEnd) -> Facts:
    return facts(sts=sts(fetch=fetched(b"", end=end, http_status=0)))


def published(*records: Record, status: Status = Status.SECURE, **changes: object) -> Facts:
    return facts(host(address(**changes), tlsa=tlsa(*records, status=status)))  # type: ignore[arg-type]


def anchored(leaf: Entity) -> Facts:
    """A host with a 2 1 1 record for the issuer of its certificate."""
    chain = with_anchors(Chain(certificates(leaf, MIDDLE)), [TA])
    return published(TA, tls=session(leaf, MIDDLE), chain=chain)


def aliased(leaf: Entity) -> Facts:
    """The same without MX, where the records stand at the name behind an alias."""
    found = anchored(leaf)
    (one,) = found.hosts
    one = one._replace(preference=None, tlsa=replace(one.tlsa, base="behind.example.org"))
    return found._replace(hosts=(one,), lookups=(absent("MX"),), implicit_mx=True)


def no_hosts(**changes: object) -> Facts:
    return facts()._replace(hosts=(), **changes)  # type: ignore[arg-type]


def submission(**changes: object) -> Facts:
    found = facts(host(address(port=587), port=587, preference=None))
    lookups = (answered(f"_submission._tcp.{DOMAIN}", "SRV", Status.SECURE, ("0 0 587 x",)),)
    return found._replace(submission=True, lookups=lookups, tlsrpt=None, **changes)  # type: ignore[arg-type]


def two(first: object, second: object) -> Facts:
    return facts(host(first, second))  # type: ignore[arg-type]


def absent(kind: str) -> Lookup:
    return answered(DOMAIN, kind, Status.SECURE)


def digest(entity: Entity, selector: int, mtype: int, usage: int = 3) -> Record:
    part = selected(entity.der, selector)
    assert part is not None
    return Record(usage, selector, mtype, association(part, mtype))


STRANGER = Entity("stranger", MIDDLE)
ELSEWHERE = Entity("elsewhere", MIDDLE, names=("other.example",))
NEXT_HOP = Entity("next hop", MIDDLE, names=(DOMAIN,))
OLD = Entity("old", MIDDLE, ends=NOW - DAY)
NO_POLICY = replace(sts("v=spf1 -all"), fetch=None)
UNSIGNED = Status.INSECURE
FAR = ResolverFacts("192.0.2.53", YES, Trusted.NO)
DEAF = ResolverFacts("127.0.0.1", NO, Trusted.LOOPBACK)
REFUSED = Upgrade(advertised=YES, reply=Said(454, "4.7.0 TLS not available", "4.7.0"))
OWN = own_key()
TA = digest(MIDDLE, 1, 1, DANE_TA)

CASES = (
    Provoked("check.interrupted", "unknown", lambda: facts(interrupted=True)),
    Provoked(
        "check.undecided",
        "unknown",
        lambda: at(after=None),
        note="no answer to EHLO inside TLS is known",
    ),
    Provoked("dns.nxdomain", "fail", lambda: no_hosts(lookups=(GONE,))),
    Provoked(
        "dns.no-mail-host",
        "fail",
        lambda: no_hosts(lookups=(absent("MX"),), own_addresses=(absent("A"), absent("AAAA"))),
    ),
    Provoked(
        "dns.no-mail-host",
        "fail",
        lambda: submission()._replace(hosts=(), lookups=(absent("SRV"), absent("SRV"))),
        note="no SRV",
    ),
    Provoked(
        "dns.no-mail-host",
        "fail",
        lambda: facts(host(name="localhost", addresses=(), lookups=())),
        note="none usable",
    ),
    Provoked("dns.mx-insecure", "note", lambda: facts(lookups=(mx("10 x", status=UNSIGNED),))),
    Provoked(
        "dns.mx-bogus",
        "fail",
        lambda: no_hosts(lookups=(mx(status=Status.BOGUS, detail="signature expired"),)),
    ),
    Provoked(
        "dns.mx-bogus",
        "fail",
        lambda: published(status=Status.BOGUS),
        note="TLSA",
    ),
    Provoked(
        "dns.lookup-failed",
        "unknown",
        lambda: no_hosts(lookups=(mx(status=Status.TIMEOUT),)),
    ),
    Provoked(
        "dns.mx-cname",
        "warn",
        lambda: facts(
            host(lookups=(answered(HOST, "A", Status.SECURE, ("192.0.2.1",), ("real.example",)),))
        ),
    ),
    Provoked("dns.mx-invalid", "warn", lambda: at(ip="10.0.0.1")),
    Provoked("dns.mx-invalid", "warn", lambda: at(ip="::ffff:127.0.0.1"), note="mapped"),
    Provoked(
        "dns.mx-invalid",
        "warn",
        lambda: facts(host(name="192.0.2.1", literal=True, addresses=(), lookups=())),
        note="literal",
    ),
    Provoked(
        "dns.mx-invalid",
        "warn",
        lambda: facts(host(addresses=(), lookups=(absent("A"), absent("AAAA")))),
        note="no address",
    ),
    Provoked("dns.implicit-mx", "note", lambda: facts(implicit_mx=True)),
    Provoked("dns.null-mx", "note", lambda: no_hosts(not_offered=True)),
    Provoked("dns.null-mx-conflict", "fail", lambda: facts(null_conflict=True)),
    Provoked(
        "dns.null-mx-unneeded",
        "note",
        lambda: no_hosts(not_offered=True, own_addresses=(absent("A"), absent("AAAA"))),
    ),
    Provoked("dns.tlsa-servfail", "fail", lambda: published(status=Status.ERROR)),
    Provoked("dns.resolver-unvalidated", "note", lambda: facts(resolver=FAR)),
    Provoked("dns.resolver-unvalidated", "note", lambda: facts(resolver=DEAF), note="deaf"),
    Provoked(
        "dns.resolver-unvalidated",
        "unknown",
        lambda: published(OWN, status=Status.UNVERIFIED)._replace(resolver=FAR),
        note="TLSA",
    ),
    Provoked(
        "dns.resolver-unvalidated",
        "unknown",
        lambda: facts(resolver=FAR),
        {"level": Sender.DANE},
        "level dane",
    ),
    Provoked("conn.refused", "unknown", lambda: facts(host(unreached(Connect.REFUSED)))),
    Provoked(
        "conn.refused",
        "warn",
        lambda: two(address(), unreached(Connect.REFUSED, "192.0.2.2")),
        note="other answers",
    ),
    Provoked("conn.timeout", "unknown", lambda: facts(host(unreached(Connect.TIMEOUT)))),
    Provoked(
        "conn.timeout", "unknown", lambda: facts(host(unreached(Connect.SILENT))), note="silent"
    ),
    Provoked(
        "conn.timeout",
        "note",
        lambda: two(address(), unreached(Connect.UNREACHABLE, "2001:db8::1")),
        note="no IPv6 here",
    ),
    Provoked(
        "conn.timeout",
        "unknown",
        lambda: facts(
            host(in_clear(before=None, hello=None, starttls=Upgrade(), ended="no answer to EHLO"))
        ),
        note="no answer to EHLO",
    ),
    Provoked(
        "conn.421",
        "unknown",
        lambda: facts(host(in_clear(greeting=Said(421, "4.3.2 busy"), before=None, hello=None))),
    ),
    Provoked(
        "conn.421",
        "unknown",
        lambda: facts(
            host(in_clear(starttls=Upgrade(advertised=YES, reply=Said(421, "x")), ended="421 x"))
        ),
        note="to STARTTLS",
    ),
    Provoked(
        "conn.rejected",
        "unknown",
        lambda: facts(host(in_clear(greeting=Said(554, "5.7.1 blocked"), before=None, hello=None))),
    ),
    Provoked(
        "conn.rejected",
        "unknown",
        lambda: facts(host(in_clear(hello=Said(550, "5.7.1 no"), before=None))),
        note="EHLO",
    ),
    Provoked(
        "conn.rejected", "unknown", lambda: facts(host(unreached(Connect.CLOSED))), note="closed"
    ),
    Provoked("conn.excluded", "unknown", lambda: facts(host(unreached(Connect.EXCLUDED)))),
    Provoked(
        "conn.closed",
        "unknown",
        lambda: facts(
            host(in_clear(before=None, hello=None, starttls=Upgrade(), ended="x", end=End.CLOSED))
        ),
    ),
    Provoked("conn.failed", "unknown", lambda: facts(host(unreached(Connect.FAILED)))),
    Provoked(
        "conn.failed",
        "warn",
        lambda: two(address(), unreached(Connect.FAILED, "fe80::1")),
        note="other answers",
    ),
    Provoked("conn.tls-at-once", "fail", lambda: facts(host(unreached(Connect.TLS_AT_ONCE)))),
    Provoked(
        "ehlo.bad-reply",
        "fail",
        lambda: facts(host(in_clear(hello=Said(354, "go on"), before=None))),
    ),
    Provoked(
        "tls.unusable",
        "fail",
        lambda: at(inside=Said(550, "5.5.1 no"), after=None, ended="550 5.5.1 no"),
    ),
    Provoked(
        "tls.unusable",
        "unknown",
        lambda: at(inside=Said(450, "4.3.2 later"), after=None, ended="450 4.3.2 later"),
        note="4yz",
    ),
    Provoked(
        "tls.client-cert-required",
        "fail",
        lambda: at(alert="certificate_required", after=None, ended="closed", end=End.CLOSED),
    ),
    Provoked(
        "conn.not-smtp",
        "fail",
        lambda: facts(host(in_clear(greeting=Said(None, "SSH-2.0-x"), before=None, hello=None))),
    ),
    Provoked("conn.unasked-reply", "fail", lambda: at(unasked="554 no")),
    Provoked("conn.family-differs", "warn", lambda: two(address(), in_clear("2001:db8::1"))),
    Provoked("conn.addresses-differ", "warn", lambda: two(address(), in_clear("192.0.2.2"))),
    Provoked(
        "conn.addresses-differ",
        "warn",
        lambda: two(address(), address("192.0.2.2", session(STRANGER, MIDDLE))),
        note="certificate",
    ),
    Provoked("starttls.missing", "fail", lambda: facts(host(in_clear()))),
    Provoked(
        "starttls.missing",
        "fail",
        lambda: facts(host(in_clear(before=("XXXXXXXA",)))),
        note="masked",
    ),
    Provoked("starttls.varies", "fail", lambda: at(also_listed=(False,))),
    Provoked(
        "starttls.not-220",
        "fail",
        lambda: facts(host(address(starttls=Upgrade(YES, Said(250, "2.0.0 Ok"))))),
    ),
    Provoked(
        "starttls.refused", "fail", lambda: facts(host(in_clear(before=HELLO, starttls=REFUSED)))
    ),
    Provoked(
        "starttls.surplus",
        "fail",
        lambda: at(starttls=address().starttls._replace(surplus=b"250 forged\r\n")),
    ),
    Provoked(
        "starttls.injection",
        "fail",
        lambda: at(starttls=address().starttls._replace(injection=YES)),
    ),
    Provoked(
        "starttls.pipelined-plain",
        "warn",
        lambda: at(starttls=address().starttls._replace(pipelined=YES)),
    ),
    Provoked("starttls.still-offered", "warn", lambda: at(after=HELLO)),
    Provoked("starttls.auth-before-tls", "warn", lambda: at(before=(*HELLO, "AUTH PLAIN"))),
    Provoked(
        "starttls.state-kept",
        "warn",
        lambda: at(starttls=address().starttls._replace(state_kept=YES)),
    ),
    Provoked(
        "starttls.works-unadvertised",
        "note",
        lambda: facts(host(in_clear(starttls=Upgrade(advertised=NO, unadvertised=YES)))),
    ),
    Provoked("ehlo.xclient", "warn", lambda: at(before=(*HELLO, "XCLIENT NAME ADDR"))),
    Provoked("requiretls.cleartext", "note", lambda: at(before=(*HELLO, "REQUIRETLS"))),
    Provoked(
        "tls.handshake",
        "fail",
        lambda: at(tls=TlsFacts(ok=False, reason="the alert handshake failure"), after=None),
    ),
    Provoked("tls.old-version", "warn", lambda: in_tls(version="TLSv1.1")),
    Provoked(
        "tls.old-version",
        "fail",
        lambda: published(OWN, tls=session(version="TLSv1.1")),
        note="with DANE",
    ),
    Provoked(
        "tls.old-version",
        "fail",
        lambda: at(port=465, tls=session(version="TLSv1")),
        note="submission",
    ),
    Provoked(
        "tls.old-version",
        "note",
        lambda: at(deep=Deep(versions=(("TLSv1.0", YES), ("TLSv1.2", YES)))),
        note="deep",
    ),
    Provoked("tls.weak-cipher", "warn", lambda: in_tls(cipher="AES256-SHA", version="TLSv1.2")),
    Provoked("tls.weak-group", "warn", lambda: seen(group="dh 1024")),
    Provoked(
        "tls.weak-group",
        "fail",
        lambda: seen(group="dh 1024")._replace(sts=sts()),
        note="with a policy",
    ),
    Provoked("tls.weak-signature", "warn", lambda: seen(signature="rsa_pkcs1_sha1")),
    Provoked("tls.no-ems", "warn", lambda: seen(extended_master_secret=False)),
    Provoked("tls.compression", "warn", lambda: seen(compression=True)),
    Provoked("tls.insecure-renegotiation", "fail", lambda: seen(secure_renegotiation=False)),
    Provoked("tls.sni-differs", "note", lambda: at(deep=Deep(sni=(("", "another digest"),)))),
    Provoked(
        "tls.client-cert",
        "note",
        lambda: in_tls(negotiated=Negotiated(client_certificate=True)),
    ),
    Provoked(
        "tls.not-testable",
        "note",
        lambda: at(deep=Deep(resumption=unknown(Because.NOT_TESTABLE))),
    ),
    Provoked("cert.untrusted", "warn", lambda: failing(18, "self-signed certificate")),
    Provoked(
        "cert.untrusted",
        "fail",
        lambda: failing(18, "self-signed certificate")._replace(sts=sts()),
        note="policy",
    ),
    Provoked(
        "cert.untrusted",
        "fail",
        lambda: failing(18, "self-signed certificate"),
        {"level": Sender.PKIX},
        "level pkix",
    ),
    Provoked("cert.purpose", "warn", lambda: showing(Entity("leaf", MIDDLE, purposes=(CLIENT,)))),
    Provoked(
        "cert.missing-intermediate",
        "warn",
        lambda: failing(20, "unable to get local issuer certificate", LEAF),
    ),
    Provoked("cert.expired", "warn", lambda: showing(Entity("leaf", MIDDLE, ends=NOW - DAY))),
    Provoked("cert.expired", "warn", in_tls, {"at": NOW + 91 * DAY}, "at"),
    Provoked(
        "cert.expired",
        "note",
        lambda: published(own_key(OLD), tls=session(OLD, MIDDLE)),
        note="3 1 1",
    ),
    Provoked("cert.expiring", "warn", facts, {"warn_days": 91}),
    Provoked("cert.expiring", "fail", facts, {"warn_days": 91, "fail_days": 91}, "fail"),
    Provoked("cert.name", "warn", lambda: showing(ELSEWHERE, MIDDLE)),
    Provoked(
        "cert.name",
        "warn",
        lambda: facts(host(address(), name="192.0.2.1"))._replace(
            target=Target(TargetKind.ADDRESS, "192.0.2.1"),
            domain="",
        ),
        note="address",
    ),
    Provoked(
        "cert.cn-only",
        "fail",
        lambda: showing(Entity(HOST, MIDDLE, names=()), MIDDLE)._replace(sts=sts()),
        note="with a policy",
    ),
    Provoked("cert.cn-only", "warn", lambda: showing(Entity(HOST, MIDDLE, names=()), MIDDLE)),
    Provoked("cert.unreadable", "warn", lambda: at(tls=session(certificates=Shown((UNREAD,))))),
    Provoked(
        "cert.unreadable",
        "unknown",
        lambda: at(tls=session(certificates=Shown((UNREAD,))))._replace(sts=sts()),
        note="needed",
    ),
    Provoked("cert.order", "note", lambda: showing(LEAF, ROOT, MIDDLE)),
    Provoked("cert.order", "note", lambda: showing(LEAF, MIDDLE, STRANGER), note="superfluous"),
    Provoked("cert.order", "note", lambda: showing(LEAF, LEAF, MIDDLE), note="twice"),
    Provoked("cert.weak-key", "warn", lambda: at(tls=changed(key="RSA 1024", key_bits=1024))),
    Provoked("cert.weak-sig", "warn", lambda: at(tls=changed(signature_hash="sha1"))),
    Provoked("cert.must-staple", "note", lambda: at(tls=changed(must_staple=True))),
    Provoked("dane.no-match", "fail", lambda: published(own_key(STRANGER))),
    Provoked(
        "dane.agility-shadow",
        "fail",
        lambda: published(OWN, digest(STRANGER, 1, 2)),
    ),
    Provoked(
        "dane.second-cert",
        "fail",
        lambda: published(OWN, second=SecondChain(YES, Chain(certificates(STRANGER)))),
    ),
    Provoked(
        "dane.second-cert",
        "fail",
        lambda: published(
            own_key(STRANGER), second=SecondChain(YES, Chain(certificates(STRANGER)))
        ),
        note="first",
    ),
    Provoked("dane.all-unusable", "warn", lambda: published(Record(3, 1, 1, b"short"))),
    Provoked(
        "dane.too-many",
        "fail",
        lambda: published(*(Record(3, 1, 1, n.to_bytes(32)) for n in range(100)), OWN),
    ),
    Provoked("dane.pkix-usage", "warn", lambda: published(digest(LEAF, 1, 1, 1))),
    Provoked("dane.ta-not-sent", "fail", lambda: published(digest(ROOT, 1, 1, DANE_TA))),
    Provoked("dane.ta-name", "fail", lambda: anchored(ELSEWHERE)),
    Provoked(
        "dane.ta-name",
        "warn",
        lambda: anchored(NEXT_HOP)._replace(lookups=(mx("10 x", status=UNSIGNED),)),
        note="the next hop behind an insecure MX",
    ),
    Provoked("dane.ta-name", "fail", lambda: aliased(LEAF), note="the name before an alias"),
    Provoked("dane.no-rollover", "note", lambda: published(OWN)),
    Provoked(
        "dane.mx-insecure",
        "warn",
        lambda: published(OWN)._replace(lookups=(mx("10 x", status=UNSIGNED),)),
    ),
    Provoked("sts.absent", "note", lambda: facts(sts=NO_POLICY)),
    Provoked("sts.txt-multiple", "fail", lambda: facts(sts=sts("v=STSv1; id=1", "v=STSv1; id=2"))),
    Provoked("sts.txt-syntax", "fail", lambda: facts(sts=sts("v=STSv1;"))),
    Provoked("sts.txt-syntax", "warn", lambda: facts(sts=sts("v=STSv1 ; id=1")), note="blank"),
    Provoked("sts.txt-syntax", "fail", lambda: facts(sts=sts("v=stsv1; id=1")), note="nearly"),
    Provoked("sts.txt-missing", "warn", lambda: facts(sts=sts("x", fetch=fetched()))),
    Provoked("sts.fetch", "fail", lambda: ended(FetchEnd.REFUSED)),
    Provoked("sts.fetch", "fail", lambda: ended(FetchEnd.NO_HOST), note="no host"),
    Provoked("sts.fetch", "fail", lambda: policy(http_status=404), note="404"),
    Provoked("sts.fetch", "unknown", lambda: ended(FetchEnd.TIMEOUT), note="timeout"),
    Provoked("sts.fetch", "fail", lambda: ended(FetchEnd.CUT), note="cut short"),
    Provoked("sts.fetch", "warn", lambda: policy(open_ended=True), note="no sure end"),
    Provoked("sts.cert", "fail", lambda: ended(FetchEnd.CERTIFICATE)),
    Provoked("sts.redirect", "fail", lambda: policy(http_status=301, location="https://x/")),
    Provoked("sts.type", "fail", lambda: policy(content_type="text/html")),
    Provoked("sts.size", "fail", lambda: policy(truncated=True)),
    Provoked("sts.policy-syntax", "fail", lambda: policy((b"STSv1", b"STSv9"))),
    Provoked("sts.policy-syntax", "warn", lambda: policy((b"604800", b"31557601")), note="max_age"),
    Provoked("sts.policy-syntax", "warn", lambda: policy((b"mode:", b"mode :")), note="blank"),
    Provoked("sts.mx-uncovered", "fail", lambda: policy((b"mx.example", b"mx9.example"))),
    Provoked(
        "sts.mx-uncovered",
        "warn",
        lambda: policy((b"enforce\nmx: mx.", b"testing\nmx: mx9.")),
        note="testing",
    ),
    Provoked("sts.testing", "note", lambda: policy((b"enforce", b"testing"))),
    Provoked("sts.none", "note", lambda: policy((b"enforce", b"none"))),
    Provoked("sts.max-age-short", "warn", lambda: policy((b"604800", b"3600"))),
    Provoked("sts.id-unchanged", "warn", policy, {"previous_id": "1"}),
    Provoked("sts.dane-first", "note", lambda: published(OWN)._replace(sts=sts())),
    Provoked("tlsrpt.absent", "note", lambda: published(OWN)._replace(tlsrpt=reports())),
    Provoked("tlsrpt.syntax", "warn", lambda: facts(tlsrpt=reports("v=TLSRPTv1; x"))),
    Provoked("tlsrpt.syntax", "warn", lambda: facts(tlsrpt=reports("v=tlsrptv1")), note="nearly"),
    Provoked(
        "tlsrpt.syntax",
        "warn",
        lambda: facts(tlsrpt=reports("v=TLSRPTv1 ; rua=mailto:a@b.c")),
        note="doubtful",
    ),
    Provoked("tlsrpt.multiple", "warn", lambda: facts(tlsrpt=reports(*["v=TLSRPTv1;"] * 2))),
    Provoked("submission.465-missing", "note", submission),
    Provoked("submission.none", "note", lambda: submission()._replace(hosts=(), not_offered=True)),
)


def changed(**changes: object) -> TlsFacts:
    """A session whose certificate has something else about it."""
    shown = session().shown
    leaf, *rest = shown.chain
    chain = (leaf._replace(**changes), *rest)  # type: ignore[arg-type]
    return session(certificates=shown._replace(chain=chain))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.id} {case.note}".strip())
def test_a_finding_is_told_when_its_fact_is_there_and_not_when_all_is_well(case: Provoked) -> None:
    assert levels(judged(case.make(), **case.options), case.id) == [case.level]
    assert case.id not in ids(judged(facts()))


def test_of_a_resolver_that_does_not_answer_it_is_not_said_that_it_does_not_validate() -> None:
    silent = ResolverFacts("192.0.2.53", unknown(Because.NO_ANSWER), Trusted.NO)
    (told,) = (one for one in judged(facts(resolver=silent)).findings if "resolver" in one.id)
    assert told.message.startswith("whether the resolver 192.0.2.53 validates is unknown (the DNS")
    assert told.fix == "make sure that 192.0.2.53 answers, or use another resolver (--resolver)"


def test_a_lookup_that_failed_tells_who_was_asked() -> None:
    silent = ResolverFacts("192.0.2.53", unknown(Because.NO_ANSWER), Trusted.NO)
    none = no_hosts(lookups=(mx(status=Status.TIMEOUT),), resolver=silent)
    (told,) = (one for one in judged(none).findings if one.id == "dns.lookup-failed")
    assert told.message == "example.org MX: no answer from the DNS server (asked 192.0.2.53)"
    assert told.fix.startswith("make sure that 192.0.2.53 answers")


def test_of_two_certificates_the_one_that_matches_nothing_is_named() -> None:
    second = SecondChain(YES, Chain(certificates(STRANGER)))
    for right, wrong in ((LEAF, STRANGER), (STRANGER, LEAF)):
        report = judged(published(own_key(right), second=second))
        (told,) = (one for one in report.findings if one.level.value == "fail")
        assert told.id == "dane.second-cert"
        assert told.fix == f"publish _25._tcp.{HOST} TLSA {own_key(wrong)}"


@pytest.mark.parametrize("pem", [False, True])
def test_a_second_certificate_stands_in_json_with_what_dane_makes_of_it(*, pem: bool) -> None:
    second = SecondChain(YES, Chain(certificates(STRANGER, ROOT)))
    for record, verdict in ((own_key(STRANGER), "match"), (own_key(LEAF), "no-match")):
        document: Any = report_object(judged(published(record, second=second)), pem=pem)
        told = document["hosts"][0]["addresses"][0]
        assert told["dane"]["second_certificate"] == "yes"
        assert told["second_certificate"]["dane_verdict"] == verdict
        shown = told["second_certificate"]["chain"]
        assert [one["cert_sha256"] for one in shown] == [
            one.sha256 for one in certificates(STRANGER, ROOT)
        ]
        assert ("pem" in shown[0]) is pem
    alone: Any = report_object(judged(published(OWN, second=SecondChain(NO))))
    assert "second_certificate" not in alone["hosts"][0]["addresses"][0]


@pytest.mark.parametrize(
    "common", [(HOST, "other.test"), ("other.test", HOST), ("a.test", HOST, "b.test")]
)
def test_each_of_several_common_names_counts_as_it_does_with_postfix_and_openssl(
    common: tuple[str, ...],
) -> None:
    leaf = Entity(common[0], MIDDLE, names=(), more_common_names=common[1:])
    report = judged(showing(leaf, MIDDLE))
    assert levels(report, "cert.cn-only") == ["warn"]
    assert levels(report, "cert.name") == []
    (standing,) = (one.standing for one in report.addresses)
    assert (standing.name.match, standing.name.via) == (HOST, "CN")
    named = judged(showing(replace_names(leaf, ("other.test",)), MIDDLE))
    assert levels(named, "cert.name") == ["warn"]


def replace_names(one: Entity, names: tuple[str, ...]) -> Entity:
    """The same certificate with DNS names, beside which no common name counts."""
    return Entity(one.name, one.issuer, names=names, more_common_names=one.more_common_names)


def test_where_no_rule_finds_what_keeps_all_mail_away_it_is_not_ok(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(judge, "ADDRESS_RULES", ())
    report = judged(facts(host(in_clear())))
    assert levels(report, "check.undecided") == ["fail"]
    assert int(report.exit_status) == 1


def test_where_all_is_well_nothing_is_found() -> None:
    report = judged(facts(host(tlsa=tlsa(OWN, own_key(STRANGER))), sts=sts()))
    assert set(ids(report)) == {"sts.dane-first"}
    assert (report.result.value, int(report.exit_status)) == ("ok", 0)


def test_every_finding_of_the_table_is_provoked() -> None:
    assert {case.id for case in CASES} == set(FINDINGS)
