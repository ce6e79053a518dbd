"""From a target to its facts: DNS as it may be, every address, the policy, and what is shared."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest

from smtpprobe.errors import UsageError
from smtpprobe.policy.dns_answer import Lookup, LookupEnd, Status
from smtpprobe.policy.mta_sts import FetchEnd
from smtpprobe.protocol.target import parse_target
from smtpprobe.sandbox.faults import FaultServer, serve
from smtpprobe.starttls.collect.collect import checked, collect, open_shared
from smtpprobe.starttls.collect.limits import Limits
from smtpprobe.starttls.facts import Because, Connect, Facts, unknown
from tests.servers.dns_zone import Faults, NameServer
from tests.servers.postfix import Postfix
from tests.starttls.dialogues import gathering, good
from tests.starttls.stage import ids, judged

ServeDns = Callable[..., NameServer]


async def found(target: str, names: NameServer | None = None, **changes: object) -> Facts:
    """Return the facts of a target, by the servers of a zone."""
    if names is not None:
        changes["resolver"] = f"{names.host}:{names.port}"
    how = gathering(**changes)
    parsed = parse_target(target)
    shared = await open_shared(how, Limits(), (parsed,))
    try:
        return await collect(parsed, shared)
    finally:
        await shared.close()


@asynccontextmanager
async def mail_server() -> AsyncIterator[FaultServer]:
    async with serve(good()) as server:
        yield server


def status(lookup: Lookup | None) -> Status | None:
    return None if lookup is None else lookup.status


async def test_every_address_of_every_mx_is_asked(serve_dns: ServeDns) -> None:
    zone = "@ MX 20 mx2\n@ MX 10 mx1\nmx1 A 127.0.0.1\nmx2 A 127.0.0.3\nmx2 A 127.0.0.2"
    names = serve_dns({"lab.test": zone})
    async with mail_server() as server:
        facts = await found("lab.test", names, port=server.port)
    first, second = facts.hosts
    assert (first.name, first.preference) == ("mx1.lab.test", 10)
    assert [one.ip for one in second.addresses] == ["127.0.0.2", "127.0.0.3"]
    assert [one.connect for one in second.addresses] == [Connect.REFUSED] * 2
    assert first.addresses[0].tls is not None
    assert first.addresses[0].tls.sni == "mx1.lab.test"
    assert facts.connections == 3
    assert facts.resolver is not None
    assert facts.resolver.validating.no


async def test_a_resolver_that_never_answers_is_named_and_not_said_to_lack_validation() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as deaf:
        deaf.bind(("127.0.0.1", 0))
        asked = f"127.0.0.1:{deaf.getsockname()[1]}"
        facts = await found("lab.test", resolver=asked, lookup_limit=0.2)
    report = judged(facts)
    assert facts.resolver is not None
    assert facts.resolver.validating == unknown(Because.NO_ANSWER, "the resolver did not answer")
    assert not any("does not validate" in one.message for one in report.findings)
    (failed, *_) = report.findings
    assert failed.id == "dns.lookup-failed"
    assert failed.message.endswith(f"(asked {asked})")
    assert failed.fix == f"make sure that {asked} answers, or use another resolver (--resolver)"
    assert int(report.exit_status) == 4


async def test_a_resolver_that_is_not_there_is_told_so_and_not_to_have_refused_anything() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as taken:
        taken.bind(("127.0.0.1", 0))
        asked = f"127.0.0.1:{taken.getsockname()[1]}"
    report = judged(await found("lab.test", resolver=asked))
    (failed, *_) = report.findings
    assert failed.id == "dns.lookup-failed"
    assert "nothing listens on this port (connection refused)" in failed.message
    assert failed.fix == f"make sure that {asked} answers, or use another resolver (--resolver)"
    assert not any("did not look up the root" in one.message for one in report.findings)
    assert int(report.exit_status) == 4


async def test_a_resolver_that_refuses_the_root_is_told_as_such(serve_dns: ServeDns) -> None:
    facts = await found("lab.elsewhere", serve_dns({"lab.test": ""}))
    assert facts.resolver is not None
    assert facts.resolver.validating == unknown(Because.NO_WORD, LookupEnd.REFUSED.value)


async def test_a_host_is_asked_without_an_mx(serve_dns: ServeDns) -> None:
    names = serve_dns({"lab.test": "mx A 127.0.0.1"})
    async with mail_server() as server:
        facts = await found(f"mx.lab.test:{server.port}", names)
    assert [host.name for host in facts.hosts] == ["mx.lab.test"]
    assert (facts.sts, facts.tlsrpt, facts.lookups) == (None, None, ())
    assert not any(question.kind == "MX" for question in names.questions)


async def test_an_address_needs_no_dns_and_sends_no_name() -> None:
    async with mail_server() as server:
        facts = await found(f"127.0.0.1:{server.port}")
    assert facts.resolver is None
    tls = facts.hosts[0].addresses[0].tls
    assert tls is not None
    assert tls.sni is None


async def test_this_machine_is_never_asked_for_in_dns() -> None:
    async with mail_server() as server:
        facts = await found(f"localhost:{server.port}", family=4)
    assert facts.resolver is None
    assert facts.hosts[0].addresses[0].tls is not None
    assert facts.hosts[0].tlsa.lookup is None


async def test_a_name_can_be_sent_to_an_address() -> None:
    async with mail_server() as server:
        facts = await found(f"127.0.0.1:{server.port}", sni="mx.example.org")
    tls = facts.hosts[0].addresses[0].tls
    assert tls is not None
    assert tls.sni == "mx.example.org"


@pytest.mark.parametrize(
    ("zone", "faults", "expected"),
    [
        ("@ MX 0 .", None, "dns.null-mx"),
        ("@ MX 0 .", None, "dns.null-mx-unneeded"),
        ("@ MX 0 .\n@ MX 10 mx\nmx A 127.0.0.9", None, "dns.null-mx-conflict"),
        ("@ A 127.0.0.9", None, "dns.implicit-mx"),
        ("@ TXT x", None, "dns.no-mail-host"),
        ("@ MX 10 mx\nmx CNAME a\na A 127.0.0.9", None, "dns.mx-cname"),
        ("@ MX 10 127.0.0.9.", None, "dns.mx-invalid"),
        ("@ MX 10 mx", None, "dns.mx-invalid"),
        ("@ MX 10 mx", Faults(servfail=["lab.test/MX"]), "dns.lookup-failed"),
        ("@ MX 10 mx", Faults(refused=["lab.test/MX"]), "dns.lookup-failed"),
        ("@ MX 10 mx\nmx A 127.0.0.9", Faults(servfail=["mx.lab.test/A"]), "dns.lookup-failed"),
        ("@ MX 10 mx\nmx A 127.0.0.9", Faults(truncated=["lab.test/MX"]), "dns.mx-invalid"),
        ("@ MX 10 mx\nmx A 127.0.0.9", None, "conn.refused"),
    ],
)
async def test_dns_as_it_may_be_has_its_finding(
    serve_dns: ServeDns, zone: str, faults: Faults | None, expected: str
) -> None:
    facts = await found("lab.test", serve_dns({"lab.test": zone}, faults), port=9)
    assert expected in ids(judged(facts))


async def test_a_domain_that_does_not_exist_is_a_failure_not_an_error(serve_dns: ServeDns) -> None:
    facts = await found("gone.lab.test", serve_dns({"lab.test": ""}))
    report = judged(facts)
    assert ids(report)[0] == "dns.nxdomain"
    assert int(report.exit_status) == 1


async def test_submission_goes_by_srv_records(serve_dns: ServeDns) -> None:
    zone = "_submission._tcp SRV 0 0 {port} mx\n_submissions._tcp SRV 0 0 9 mx\nmx A 127.0.0.1"
    async with mail_server() as server:
        names = serve_dns({"lab.test": zone.format(port=server.port)})
        facts = await found("lab.test", names, submission=True)
    assert [(host.port, host.implicit_tls) for host in facts.hosts] == [
        (server.port, False),
        (9, True),
    ]
    assert "submission.465-missing" in ids(judged(facts))
    nothing = await found("lab.test", serve_dns({"lab.test": "@ TXT x"}), submission=True)
    assert "dns.no-mail-host" in ids(judged(nothing))
    refused = serve_dns({"lab.test": "_submission._tcp SRV 0 0 0 ."})
    report = judged(await found("lab.test", refused, submission=True))
    assert "submission.none" in ids(report)
    assert int(report.exit_status) == 5


async def test_records_of_an_unsigned_zone_are_shown_as_unverified(serve_dns: ServeDns) -> None:
    zone = "@ MX 10 mx\nmx A 127.0.0.1\n_9._tcp.mx TLSA 3 1 1 " + "ab" * 32
    facts = await found("lab.test", serve_dns({"lab.test": zone}), port=9)
    tlsa = facts.hosts[0].tlsa
    assert (tlsa.base, status(tlsa.lookup)) == ("mx.lab.test", Status.UNVERIFIED)
    assert tlsa.records[0].data == b"\xab" * 32
    assert "dns.resolver-unvalidated" in ids(judged(facts))


async def test_a_thousand_records_and_a_long_chain_of_aliases_are_bounded(
    serve_dns: ServeDns,
) -> None:
    many = "\n".join(f"_9._tcp.mx TLSA 3 1 1 {n:064x}" for n in range(1000))
    aliases = "\n".join(f"a{n} CNAME a{n + 1}" for n in range(30))
    zone = f"@ MX 10 mx\n@ MX 20 a0\nmx A 127.0.0.1\n{many}\n{aliases}\nloop CNAME loop"
    facts = await found("lab.test", serve_dns({"lab.test": zone}), port=9)
    assert len(facts.hosts[0].tlsa.records) == 1000
    assert "dns.lookup-failed" in ids(judged(facts))
    looped = await found("loop.lab.test", serve_dns({"lab.test": zone}))
    assert "dns.lookup-failed" in ids(judged(looped))


async def test_who_may_issue_certificates_is_looked_for_upwards(serve_dns: ServeDns) -> None:
    zone = '@ MX 10 mx.deep\nmx.deep A 127.0.0.9\n@ CAA 0 issue "ca.example"'
    names = serve_dns({"lab.test": zone})
    host = (await found("lab.test", names, port=9)).hosts[0]
    assert host.caa is not None
    assert (host.caa.name, host.caa.records) == ("lab.test", ('0 issue "ca.example"',))
    assert (await found("lab.test", names, port=9, caa=False)).hosts[0].caa is None


async def test_a_pinned_address_is_used_in_place_of_the_one_in_dns(serve_dns: ServeDns) -> None:
    names = serve_dns({"lab.test": "@ MX 10 mx\nmx A 192.0.2.1"})
    async with mail_server() as server:
        pins = {("mx.lab.test", server.port): "127.0.0.1"}
        facts = await found("lab.test", names, port=server.port, pins=pins)
    assert [one.ip for one in facts.hosts[0].addresses] == ["127.0.0.1"]
    assert facts.hosts[0].addresses[0].tls is not None


async def test_an_address_of_two_mail_hosts_with_one_name_is_asked_once(
    serve_dns: ServeDns,
) -> None:
    names = serve_dns({"a.test": "@ MX 10 mx.b.test.", "b.test": "@ MX 10 mx\nmx A 127.0.0.1"})
    async with mail_server() as server:
        how = gathering(resolver=f"{names.host}:{names.port}", port=server.port)
        shared = await open_shared(how, Limits())
        both = [await collect(parse_target(name), shared) for name in ("a.test", "b.test")]
        await shared.close()
        assert server.connections == 1
    assert [one.hosts[0].addresses[0].tls is not None for one in both] == [True, True]
    asked = [question for question in names.questions if question.name == "mx.b.test"]
    assert sorted(question.kind for question in asked) == ["A", "AAAA", "CAA"]


@pytest.mark.parametrize(
    ("zone", "end"),
    [
        ('_mta-sts TXT "v=STSv1; id=1"', FetchEnd.NO_HOST),
        ('_mta-sts TXT "v=STSv1; id=1"\nmta-sts A 127.0.0.1', FetchEnd.REFUSED),
        ("mta-sts A 127.0.0.1", FetchEnd.REFUSED),
        ('_mta-sts TXT "v=STSv1;"\nmta-sts A 127.0.0.1', None),
        ('_mta-sts TXT "v=STSv1; id=1"\n_mta-sts TXT "v=STSv1; id=2"', None),
        ("@ TXT x", None),
    ],
)
async def test_a_policy_is_fetched_where_there_is_reason_to(
    serve_dns: ServeDns, zone: str, end: FetchEnd | None
) -> None:
    names = serve_dns({"lab.test": f"@ MX 0 .\n{zone}"})
    facts = await found("lab.test", names, policy_port=9)
    assert facts.sts is not None
    assert (facts.sts.fetch.end if facts.sts.fetch is not None else None) is end


def test_a_target_that_is_no_mail_server_is_refused() -> None:
    for text in ("unix:/run/x", "lmtp://host"):
        with pytest.raises(UsageError):
            checked(parse_target(text), gathering())
    with pytest.raises(UsageError, match="not a domain"):
        checked(parse_target("[mx.test]"), gathering(submission=True))


async def test_postfix_shows_everything(postfix: Postfix) -> None:
    facts = await found(f"localhost:{postfix.ports.smtp}", ca_file=str(postfix.ca_file), family=4)
    report = judged(facts)
    address = facts.hosts[0].addresses[0]
    assert address.tls is not None
    assert (address.tls.version, address.tls.negotiated.group) != ("", "")
    assert report.addresses[0].standing.trusted.yes
    assert report.result.value == "ok"
    lax = judged(await found(f"{postfix.host}:{postfix.ports.xclient}"))
    assert "ehlo.xclient" in ids(lax)
    implicit = await found(f"smtps://{postfix.host}:{postfix.ports.smtps}")
    assert judged(implicit).addresses[0].standing.encrypted.yes
