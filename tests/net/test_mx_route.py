from __future__ import annotations

import socket
from collections.abc import Callable, Iterator

import dns.resolver
import pytest

from smtpprobe.errors import LookupFailed, NoMailService, UsageError
from smtpprobe.net.clock import monotonic
from smtpprobe.net.mx_route import Plan, Wish, a_label, find_route
from smtpprobe.protocol.attempts import Found, MailHost, Outcome
from smtpprobe.protocol.target import Target, TargetKind, parse_target
from tests.servers import dns_zone

ZONE = """
@        MX 20 mx2
@        MX 10 mx1
mx1      A 127.0.0.3
mx2      A 127.0.0.2
mx2      AAAA ::1
null     MX 0 .
mixed    MX 0 .
mixed    MX 10 mx1
plain    A 127.0.0.5
empty    TXT "nothing to dial"
alias    CNAME mx2
odd      MX 10 alias
odd      MX 20 192.0.2.1.
odd      MX 30 gone
odd      MX 40 mx1
gone2    MX 10 gone
moved    CNAME lab.test.
lost     MX 10 localhost.
lost     MX 20 mail.localhost.
self     MX 10 mx1
half     MX 10 localhost.
half     MX 20 both
both     A 127.0.0.1
both     A 192.0.2.7
outside  MX 10 real
real     A 192.0.2.8
link     A 169.254.1.1
xn--bcher-kva  MX 10 mx1
"""
FAULTS = dns_zone.Faults(servfail={"broken.lab.test"}, refused={"closed.lab.test"})


@pytest.fixture(scope="module")
def resolver() -> Iterator[str]:
    zones = {"lab.test": ZONE, "many.test": "".join(f"@ MX {n} mx{n}\n" for n in range(60))}
    with dns_zone.serving(zones, FAULTS) as server:
        yield f"{server.host}:{server.port}"


async def found(
    text: str, resolver: str | None = None, *, port: int = 2525, **wish: object
) -> Plan:
    """Find the route; a domain has the port of a lab, where loopback is meant."""
    target = parse_target(text)
    if target.kind is TargetKind.DOMAIN:
        target = target._replace(port=port)
    return await find_route(target, Wish(resolver=resolver, **wish), monotonic)  # type: ignore[arg-type]


def dialled(plan: Plan) -> list[tuple[str, str, int, int, bool]]:
    return [(a.host.name, a.address, a.index, a.count, a.final) for a in plan.attempts()]


async def test_a_domain_leads_to_every_address_of_every_mx_in_order(resolver: str) -> None:
    plan = await found("lab.test", resolver)
    assert plan.route.found is Found.MX
    assert plan.route.hosts == (MailHost("mx1.lab.test", 10), MailHost("mx2.lab.test", 20))
    assert plan.route.notes == ()
    assert plan.route.resolver == resolver
    assert plan.route.seconds > 0
    assert dialled(plan) == [
        ("mx1.lab.test", "127.0.0.3", 1, 1, False),
        ("mx2.lab.test", "127.0.0.2", 1, 2, False),
        ("mx2.lab.test", "::1", 2, 2, True),
    ]


async def test_a_family_restricts_what_is_dialled(resolver: str) -> None:
    plan = await found("lab.test", resolver, family=6)
    outcomes = [(a.host.name, a.address, a.outcome, a.final) for a in plan.attempts()]
    assert outcomes == [
        ("mx1.lab.test", "", Outcome.NO_ADDRESS, False),
        ("mx2.lab.test", "::1", Outcome.CONNECTING, True),
    ]


async def test_no_mx_but_an_address_is_an_implicit_mx(resolver: str) -> None:
    plan = await found("plain.lab.test", resolver)
    assert plan.route.found is Found.IMPLICIT_MX
    assert plan.route.hosts == (MailHost("plain.lab.test"),)
    assert [a.address for a in plan.attempts()] == ["127.0.0.5"]


async def test_a_null_mx_is_said_and_not_dialled(resolver: str) -> None:
    with pytest.raises(NoMailService, match="RFC 7505"):
        await found("null.lab.test", resolver)


async def test_a_null_mx_beside_others_is_odd_and_ignored(resolver: str) -> None:
    plan = await found("mixed.lab.test", resolver)
    assert [host.name for host in plan.route.hosts] == ["mx1.lab.test"]
    assert "null MX" in plan.route.notes[0]


async def test_mistakes_in_mx_records_are_named_and_the_rest_is_dialled(resolver: str) -> None:
    plan = await found("odd.lab.test", resolver)
    assert plan.route.notes == (
        "the MX alias.lab.test is an alias (CNAME) of mx2.lab.test, forbidden by RFC 2181 10.3",
        "the MX 192.0.2.1 is an IP address, not a host name",
    )
    attempts = list(plan.attempts())
    assert [(a.host.name, a.address) for a in attempts] == [
        ("alias.lab.test", "127.0.0.2"),
        ("alias.lab.test", "::1"),
        ("192.0.2.1", ""),
        ("gone.lab.test", ""),
        ("mx1.lab.test", "127.0.0.3"),
    ]
    assert [a.reason for a in attempts if not a.address] == [
        "an MX must be a host name, not an IP address (RFC 5321 5.1)",
        "no such name (NXDOMAIN)",
    ]


async def test_a_domain_that_is_an_alias_is_followed_and_named(resolver: str) -> None:
    plan = await found("moved.lab.test", resolver)
    assert plan.route.notes == ("moved.lab.test is an alias (CNAME) of lab.test",)
    assert len(plan.route.hosts) == 2


async def test_an_internationalised_domain_is_asked_for_in_a_labels(resolver: str) -> None:
    plan = await found("bücher.lab.test", resolver)
    assert plan.route.notes == ("bücher.lab.test is xn--bcher-kva.lab.test in DNS",)


@pytest.mark.parametrize(
    ("domain", "words"),
    [
        ("none.lab.test", "no such name (NXDOMAIN)"),
        ("broken.lab.test", "SERVFAIL"),
        ("closed.lab.test", "REFUSED"),
        ("empty.lab.test", "no MX record, and no address"),
    ],
)
async def test_why_a_domain_leads_nowhere_is_told_apart(
    resolver: str, domain: str, words: str
) -> None:
    with pytest.raises(LookupFailed) as error:
        await found(domain, resolver)
    assert domain in error.value.message
    assert words in error.value.message
    assert f"(asked {resolver})" in error.value.message
    assert f"[{domain}]" in error.value.hint


async def test_a_bare_domain_that_dns_does_not_know_is_not_asked_of_the_system(
    resolver: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", _never)
    with pytest.raises(LookupFailed):
        await found("none.lab.test", resolver)


def _never(*_: object, **__: object) -> None:
    raise AssertionError("nobody should ask the system")


def _knows_nothing(*_: object, **__: object) -> None:
    raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")


def _knows(address: str) -> Callable[..., list[object]]:
    def getaddrinfo(*_: object, **__: object) -> list[object]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 0))]

    return getaddrinfo


async def test_a_host_that_only_the_system_knows_is_dialled_and_said_to_be(
    resolver: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", _knows("127.0.0.9"))
    plan = await found("none.lab.test:25", resolver)
    (attempt,) = plan.attempts()
    assert (attempt.address, attempt.from_system) == ("127.0.0.9", True)
    known = next((await found("plain.lab.test:25", resolver)).attempts())
    assert (known.address, known.from_system) == ("127.0.0.5", False)


async def test_a_domain_that_is_nearly_a_subcommand_and_unknown_says_which(resolver: str) -> None:
    with pytest.raises(LookupFailed) as error:
        await found("sandbx", resolver)
    assert error.value.hint == "did you mean `smtpprobe sandbox`?"


async def test_a_domain_that_does_not_exist_is_not_offered_as_a_host_of_dns(resolver: str) -> None:
    with pytest.raises(LookupFailed) as error:
        await found("none.lab.test", resolver)
    assert error.value.hint.startswith("check the spelling; [none.lab.test] if only this system")


async def test_a_host_that_nobody_knows_says_what_dns_said(
    resolver: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", _knows_nothing)
    with pytest.raises(LookupFailed) as error:
        await found("none.lab.test:25", resolver)
    assert "NXDOMAIN" in error.value.message
    assert "this system does not resolve it either" in error.value.message


async def test_without_dns_servers_hosts_still_work_and_domains_say_why(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def nothing(*_: object) -> None:
        raise dns.resolver.NoResolverConfiguration

    monkeypatch.setattr(dns.resolver.BaseResolver, "read_resolv_conf", nothing)
    monkeypatch.setattr(socket, "getaddrinfo", _knows("127.0.0.9"))
    (attempt,) = (await found("mx:25")).attempts()
    assert attempt.from_system
    with pytest.raises(LookupFailed) as error:
        await found("lab.test")
    assert "--resolver" in error.value.hint


@pytest.mark.parametrize("text", ["localhost", "localhost:25", "Mail.LocalHost:25"])
async def test_localhost_never_goes_to_dns(text: str) -> None:
    plan = await found(text, "192.0.2.53")
    assert [a.address for a in plan.attempts()] == ["127.0.0.1", "::1"]
    assert plan.route.resolver == ""
    only = await found(text, "192.0.2.53", family=6)
    assert [a.address for a in only.attempts()] == ["::1"]


async def test_addresses_and_sockets_are_dialled_as_they_are() -> None:
    (attempt,) = (await found("[IPv6:::1]:25")).attempts()
    assert (attempt.host.name, attempt.address, attempt.final) == ("::1", "::1", True)
    (attempt,) = (await found("unix:/run/lmtp")).attempts()
    assert (attempt.address, attempt.port) == ("/run/lmtp", 0)


async def test_an_address_of_the_other_family_is_a_usage_error() -> None:
    with pytest.raises(UsageError, match="excluded by -6"):
        await found("192.0.2.1", family=6)


@pytest.mark.parametrize("mx", ["2", "mx2.lab.test", "MX2.lab.test."])
async def test_one_mx_can_be_chosen_by_number_or_name(resolver: str, mx: str) -> None:
    plan = await found("lab.test", resolver, mx=mx)
    assert {a.host.name for a in plan.attempts()} == {"mx2.lab.test"}
    assert len(plan.route.hosts) == 2


@pytest.mark.parametrize("mx", ["0", "3", "99999999999999999999"])
async def test_an_mx_number_out_of_range_says_how_many_there_are(resolver: str, mx: str) -> None:
    with pytest.raises(UsageError, match="has 2 MX") as error:
        await found("lab.test", resolver, mx=mx)
    assert error.value.hint == "1: mx1.lab.test, 2: mx2.lab.test"


@pytest.mark.parametrize(
    ("target", "words"),
    [("lab.test", "not an MX"), ("plain.lab.test", "no MX"), ("localhost", "not a domain")],
)
async def test_an_mx_that_is_not_there_is_a_usage_error(
    resolver: str, target: str, words: str
) -> None:
    with pytest.raises(UsageError, match=words):
        await found(target, resolver, mx="other.example")


async def test_a_swarm_of_mx_is_cut_and_the_cut_told(resolver: str) -> None:
    plan = await found("many.test", resolver)
    assert len(plan.stations) == 50
    assert plan.route.notes == ("only the first 50 of 60 MX hosts are used",)
    assert [a.final for a in plan.attempts()].count(True) == 1


@pytest.mark.parametrize("name", ["a" * 64 + ".test", "\N{SNOWMAN}\N{ZERO WIDTH JOINER}.test"])
def test_a_name_without_a_form_in_dns_is_a_usage_error(name: str) -> None:
    with pytest.raises(UsageError):
        a_label(name)


async def test_a_target_keeps_its_own_port_on_every_host(resolver: str) -> None:
    target = Target(TargetKind.DOMAIN, "lab.test", 2525)
    plan = await find_route(target, Wish(resolver=resolver), monotonic)
    assert {a.port for a in plan.attempts()} == {2525}


@pytest.mark.parametrize(
    ("domain", "hosts"),
    [
        ("lost.lab.test", ["localhost", "mail.localhost"]),
        ("self.lab.test", ["mx1.lab.test"]),
        ("plain.lab.test", ["plain.lab.test"]),
        ("link.lab.test", ["link.lab.test"]),
    ],
)
async def test_a_domain_cannot_lead_to_this_machine(
    resolver: str, domain: str, hosts: list[str]
) -> None:
    attempts = list((await found(domain, resolver, port=25)).attempts())
    assert {a.outcome for a in attempts} == {Outcome.LEFT_OUT}
    assert [a.host.name for a in attempts] == hosts
    assert [a.final for a in attempts].count(True) == 1
    assert all(a.reason for a in attempts)


async def test_what_can_be_the_domains_is_dialled_and_the_rest_told(resolver: str) -> None:
    plan = await found("half.lab.test", resolver, port=25)
    assert [(a.address, a.outcome) for a in plan.attempts()] == [
        ("", Outcome.LEFT_OUT),
        ("192.0.2.7", Outcome.CONNECTING),
    ]
    (note,) = plan.route.notes
    assert note.startswith("both.lab.test: 127.0.0.1 not contacted: it points at this machine")
    assert dialled(await found("outside.lab.test", resolver, port=25))[0][1] == "192.0.2.8"


async def test_a_host_that_the_user_names_is_dialled_wherever_it_is(resolver: str) -> None:
    for text, address in (("both.lab.test:25", "127.0.0.1"), ("plain.lab.test:25", "127.0.0.5")):
        assert address in [a.address for a in (await found(text, resolver)).attempts()]
    by_lab_port = await found("lost.lab.test", resolver)
    assert {a.outcome for a in by_lab_port.attempts()} == {Outcome.LEFT_OUT}
