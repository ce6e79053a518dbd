"""Plain facts for tests of the judge: a target where all is well, and how to change one thing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime

from smtpprobe.net.tls.certificates import certificate_facts
from smtpprobe.policy.dane import Chain, Record, owner, record_for
from smtpprobe.policy.dns_answer import Lookup, LookupEnd, Status, answered
from smtpprobe.policy.mta_sts import FetchEnd, PolicyFetch
from smtpprobe.protocol.target import Target, TargetKind
from smtpprobe.protocol.tls_facts import CertificateFacts, Negotiated, Shown, TlsFacts, TrustPath
from smtpprobe.starttls.facts import (
    NO,
    YES,
    AddressFacts,
    Connect,
    Facts,
    HostFacts,
    ResolverFacts,
    Said,
    StsFacts,
    TlsaFacts,
    Trusted,
    Upgrade,
)
from smtpprobe.starttls.judge.judge import Report, judge
from smtpprobe.starttls.judge.options import JudgeOptions
from tests.certificates import DAY, HOST, NOW, Entity

DOMAIN = "example.org"
ROOT = Entity("root", ca=True, ends=NOW + 900 * DAY)
MIDDLE = Entity("middle", ROOT, ca=True, ends=NOW + 400 * DAY)
LEAF = Entity("leaf", MIDDLE, ends=NOW + 90 * DAY)
HELLO = ("PIPELINING", "SIZE 10240000", "STARTTLS")
INSIDE = ("PIPELINING", "SIZE 10240000", "AUTH PLAIN")
POLICY = b"version: STSv1\nmode: enforce\nmx: mx.example.org\nmax_age: 604800\n"


def certificates(*entities: Entity) -> tuple[CertificateFacts, ...]:
    return tuple(certificate_facts(one.der) for one in entities)


def session(*entities: Entity, path: TrustPath | None = None, **changes: object) -> TlsFacts:
    """A handshake that went well; the chain is trusted unless a path says otherwise."""
    chain = certificates(*(entities or (LEAF, MIDDLE)))
    tls = TlsFacts(
        ok=True,
        version="TLSv1.3",
        cipher="TLS_AES_256_GCM_SHA384",
        bits=256,
        sni=HOST,
        reference=HOST,
        certificates=Shown(chain, path or TrustPath(0, "", (*chain, certificates(ROOT)[0]))),
        negotiated=Negotiated(
            "x25519",
            "ecdsa_secp256r1_sha256",
            extended_master_secret=True,
            secure_renegotiation=None,
            compression=False,
            client_certificate=False,
        ),
    )
    return tls._replace(**changes)  # type: ignore[arg-type]


def address(ip: str = "192.0.2.1", tls: TlsFacts | None = None, **changes: object) -> AddressFacts:
    """An address where STARTTLS works."""
    tls = tls or session()
    facts = AddressFacts(
        ip,
        25,
        greeting=Said(220, f"{HOST} ESMTP"),
        hello=Said(250, f"{HOST}\nSTARTTLS"),
        before=HELLO,
        starttls=Upgrade(advertised=YES, reply=Said(220, "2.0.0 Ready to start TLS", "2.0.0")),
        tls=tls,
        chain=Chain(tls.chain),
        after=INSIDE,
    )
    return facts._replace(**changes)  # type: ignore[arg-type]


def in_clear(ip: str = "192.0.2.1", **changes: object) -> AddressFacts:
    """An address without STARTTLS."""
    plain = address(ip, before=("PIPELINING",), starttls=Upgrade(advertised=NO), after=None)
    return plain._replace(tls=None, chain=Chain(), **changes)  # type: ignore[arg-type]


def unreached(connect: Connect, ip: str = "192.0.2.1", reason: str = "") -> AddressFacts:
    """An address where no server sent a greeting."""
    return AddressFacts(ip, 25, connect=connect, reason=reason)


ENDS = {
    Status.BOGUS: LookupEnd.BOGUS,
    Status.ERROR: LookupEnd.SERVFAIL,
    Status.TIMEOUT: LookupEnd.TIMEOUT,
    Status.INTERRUPTED: LookupEnd.INTERRUPTED,
}
"""How a question ended that came to a status without an answer."""


def looked_up(
    name: str, kind: str, status: Status, records: tuple[str, ...] = (), detail: str = ""
) -> Lookup:
    """An answer of a status, or why there is none."""
    match status:
        case Status.SECURE | Status.INSECURE | Status.UNVERIFIED:
            return answered(name, kind, status, records)
        case _:
            return Lookup(name, kind, ENDS[status], detail=detail)


GONE = Lookup(DOMAIN, "MX", LookupEnd.NXDOMAIN, proof=Status.SECURE)
"""The domain does not exist."""


def mx(*records: str, status: Status = Status.SECURE, detail: str = "") -> Lookup:
    return looked_up(DOMAIN, "MX", status, records, detail)


def tlsa(*records: Record, status: Status = Status.SECURE, detail: str = "") -> TlsaFacts:
    lookup = looked_up(owner(HOST, 25), "TLSA", status, tuple(map(str, records)), detail)
    return TlsaFacts(HOST, lookup, records)


def own_key(entity: Entity = LEAF) -> Record:
    found = record_for(entity.der)
    assert found is not None
    return found


def host(*addresses: AddressFacts, name: str = HOST, **changes: object) -> HostFacts:
    found = addresses or (address(),)
    lookups = tuple(
        answered(name, kind, Status.SECURE, ips)
        for kind, ips in (
            ("A", tuple(one.ip for one in found if ":" not in one.ip)),
            ("AAAA", tuple(one.ip for one in found if ":" in one.ip)),
        )
        if ips
    )
    made = HostFacts(name, 25, 10, lookups=lookups, addresses=found)
    return made._replace(**changes)  # type: ignore[arg-type]


def fetched(body: bytes = POLICY, **changes: object) -> PolicyFetch:
    made = PolicyFetch(
        f"https://mta-sts.{DOMAIN}/.well-known/mta-sts.txt",
        FetchEnd.ANSWERED,
        http_status=200,
        content_type="text/plain",
        body=body,
        not_after=NOW + 40 * DAY,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def sts(
    *records: str, fetch: PolicyFetch | None = None, status: Status = Status.SECURE
) -> StsFacts:
    """MTA-STS with a policy that covers the host, or with other records."""
    txt = looked_up(f"_mta-sts.{DOMAIN}", "TXT", status, records or ("v=STSv1; id=1",))
    return StsFacts(txt, fetch or fetched())


def reports(*records: str) -> Lookup:
    return answered(f"_smtp._tls.{DOMAIN}", "TXT", Status.SECURE, records)


RESOLVER = ResolverFacts("127.0.0.1", YES, Trusted.LOOPBACK)


def facts(*hosts: HostFacts, **changes: object) -> Facts:
    """A domain, signed, with one mail host and no policy."""
    found = hosts or (host(),)
    made = Facts(
        Target(TargetKind.DOMAIN, DOMAIN),
        25,
        RESOLVER,
        NOW,
        domain=DOMAIN,
        lookups=(mx(*(f"10 {one.name}" for one in found)),),
        hosts=found,
        connections=sum(one.connections for each in found for one in each.addresses),
        tlsrpt=reports("v=TLSRPTv1; rua=mailto:tls@example.org"),
    )
    return made._replace(**changes)  # type: ignore[arg-type]


def judged(found: Facts, **options: object) -> Report:
    return judge(found, JudgeOptions(**options), datetime.now(UTC))  # type: ignore[arg-type]


def ids(report: Report) -> list[str]:
    return [one.id for one in report.findings]


def levels(report: Report, name: str) -> list[str]:
    return [one.level.value for one in report.findings if one.id == name]


def failures(report: Report) -> set[str]:
    return {one.id for one in report.findings if one.level.value == "fail"}


def words(lines: Iterable[tuple[tuple[str, str], ...]]) -> str:
    return "\n".join("".join(text for _, text in line) for line in lines)
