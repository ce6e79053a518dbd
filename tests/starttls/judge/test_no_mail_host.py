"""A domain none of whose hosts can take mail fails, in every form of the report."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from smtpprobe.policy.dns_answer import Lookup, LookupEnd, Status, answered
from smtpprobe.protocol.target import Target, TargetKind
from smtpprobe.starttls.collect.address import Place
from smtpprobe.starttls.collect.shared import Shared
from smtpprobe.starttls.facts import AddressFacts, Facts, HostFacts
from smtpprobe.starttls.judge.judge import Result
from smtpprobe.starttls.reports.html import html_page
from smtpprobe.starttls.reports.json_report import report_object
from smtpprobe.starttls.reports.junit import junit_text
from smtpprobe.starttls.reports.nagios import nagios_text
from smtpprobe.starttls.reports.prometheus import prometheus_text
from smtpprobe.starttls.reports.text import report_lines
from tests.servers.dns_zone import NameServer
from tests.starttls.collect.test_collect import found, mail_server
from tests.starttls.reports.test_views import VALIDATOR
from tests.starttls.stage import DOMAIN, address, facts, host, ids, judged, levels, words

ServeDns = Callable[..., NameServer]

NONE = "dns.no-mail-host"


def named(name: str, *ips: str, kinds: tuple[str, ...] = ("A", "AAAA"), **changes: object) -> Facts:
    """A domain with one MX of that name, which nobody was dialled at."""
    return facts(mx_host(name, *ips, kinds=kinds, **changes))


def mx_host(
    name: str, *ips: str, kinds: tuple[str, ...] = ("A", "AAAA"), **changes: object
) -> HostFacts:
    lookups = tuple(
        answered(name, kind, Status.SECURE, tuple(ip for ip in ips if (":" in ip) is (kind != "A")))
        for kind in kinds
    )
    return host(name=name, addresses=())._replace(**{"lookups": lookups, **changes})  # type: ignore[arg-type]


UNUSABLE = {
    "an address in place of a name": named("192.0.2.1", kinds=(), literal=True),
    "no address": named("mx.example.org"),
    "localhost": named("localhost", kinds=()),
    "a name below localhost": named("mail.localhost", kinds=()),
    "loopback": named("mx.example.org", "127.0.0.1", "::1"),
    "loopback, mapped": named("mx.example.org", "::ffff:127.0.0.1"),
    "unspecified": named("mx.example.org", "0.0.0.0", "::"),
    "link-local": named("mx.example.org", "169.254.1.1", "fe80::1"),
    "several of them": facts(
        mx_host("192.0.2.1", kinds=(), literal=True), mx_host("mx.example.org")
    ),
    "no MX, and loopback as the address": named(DOMAIN, "127.0.0.1", preference=None)._replace(
        implicit_mx=True
    ),
}


@pytest.mark.parametrize("case", UNUSABLE)
def test_where_no_host_can_take_mail_the_check_fails(case: str) -> None:
    report = judged(UNUSABLE[case])
    assert levels(report, NONE) == ["fail"]
    assert report.findings[0].id == NONE
    assert (report.result, int(report.exit_status)) == (Result.FAIL, 1)


@pytest.mark.parametrize("case", UNUSABLE)
def test_every_form_of_the_report_says_so(case: str) -> None:
    report = judged(UNUSABLE[case])
    told: Any = report_object(report)
    VALIDATOR.validate(told)
    assert (told["result"], told["exit_code"]) == ("fail", 1)
    assert all(one["unusable"] for one in told["hosts"])
    text, code = nagios_text([report])
    assert code == 2
    assert text.startswith(f"STARTTLS CRITICAL - {DOMAIN}: {NONE} ")
    assert f"<failure message={report.findings[0].message!r}".replace("'", '"') in junit_text(
        [report]
    )
    assert f'id="{NONE}",level="fail"}} 1' in prometheus_text([report])
    assert NONE in html_page([report])
    shown = words(report_lines(report))
    assert "Result: FAIL  no usable mail host" in shown
    assert NONE in shown


WORDS = {
    "an address in place of a name": "the only MX host 192.0.2.1 is an IP address",
    "no address": "the only MX host mx.example.org has no address",
    "localhost": "the only MX host localhost points back at the sender",
    "loopback": "the only MX host mx.example.org has the address 127.0.0.1, which no sender",
    "several of them": "no MX host is usable: 192.0.2.1 is an IP address, not a "
    "host name; mx.example.org has no address",
    "no MX, and loopback as the address": "example.org has the address 127.0.0.1",
}


@pytest.mark.parametrize("case", WORDS)
def test_it_says_what_is_wrong_with_each(case: str) -> None:
    assert judged(UNUSABLE[case]).findings[0].message.startswith(WORDS[case])


def test_of_many_unusable_hosts_three_are_told_one_by_one() -> None:
    many = facts(*(mx_host(f"mx{n}.example.org") for n in range(9)))
    assert judged(many).findings[0].message.endswith("mx2.example.org has no address; and 6 more")


def test_one_usable_host_among_several_leaves_a_warning_for_the_others() -> None:
    report = judged(
        facts(host(), mx_host("192.0.2.7", kinds=(), literal=True), mx_host("localhost"))
    )
    assert levels(report, "dns.mx-invalid") == ["warn", "warn"]
    assert {one.host for one in report.findings} == {"192.0.2.7", "localhost"}
    assert report.result is Result.OK


SILENT = Lookup("mx.example.org", "A", LookupEnd.TIMEOUT)
NOT_KNOWN = {
    "its addresses could not be asked for": named("mx.example.org", lookups=(SILENT,)),
    "another host could not be asked for": facts(
        mx_host("192.0.2.1", kinds=(), literal=True), mx_host("mx.example.org", lookups=(SILENT,))
    ),
    "the MX could not be asked for": facts()._replace(
        hosts=(), lookups=(Lookup(DOMAIN, "MX", LookupEnd.TIMEOUT),)
    ),
}


@pytest.mark.parametrize("case", NOT_KNOWN)
def test_what_could_not_be_looked_up_is_unknown_and_not_unusable(case: str) -> None:
    report = judged(NOT_KNOWN[case])
    assert NONE not in ids(report)
    assert levels(report, "dns.lookup-failed") == ["unknown"]
    assert report.result is Result.INCONCLUSIVE
    assert "it is unknown whether there is a mail host" in words(report_lines(report))


def test_hosts_beyond_those_looked_at_may_be_usable() -> None:
    assert NONE not in ids(judged(named("localhost", kinds=())._replace(more_hosts=1)))


@pytest.mark.parametrize(
    ("kinds", "told"),
    [
        (("A",), "has no IPv4 address, and -4 excludes IPv6"),
        (("AAAA",), "has no IPv6 address, and -6 excludes IPv4"),
    ],
)
def test_a_family_that_was_left_out_may_have_addresses(kinds: tuple[str, ...], told: str) -> None:
    own = tuple(answered(DOMAIN, kind, Status.SECURE) for kind in kinds)
    none = answered(DOMAIN, "MX", Status.SECURE)
    for case in (
        named("mx.example.org", kinds=kinds),
        facts()._replace(hosts=(), lookups=(none,), own_addresses=own),
    ):
        report = judged(case)
        assert levels(report, NONE) == ["unknown"]
        assert told.removeprefix("has ") in report.findings[0].message
        assert "dns.mx-invalid" not in ids(report)
        assert report.result is Result.INCONCLUSIVE
    null = judged(facts()._replace(hosts=(), not_offered=True, own_addresses=own))
    assert "dns.null-mx-unneeded" not in ids(null)


PRIVATE = {
    "RFC 1918": "10.0.0.1",
    "RFC 6598": "100.64.0.1",
    "ULA": "fd00::1",
}


@pytest.mark.parametrize("kind", PRIVATE)
def test_senders_within_a_private_network_reach_its_hosts_so_they_are_warned_about(
    kind: str,
) -> None:
    report = judged(facts(host(address(PRIVATE[kind]))))
    assert levels(report, "dns.mx-invalid") == ["warn"]
    assert NONE not in ids(report)


@pytest.mark.parametrize(
    "target", [Target(TargetKind.HOST, "localhost"), Target(TargetKind.ADDRESS, "127.0.0.1")]
)
def test_a_host_or_an_address_that_the_user_names_is_checked(target: Target) -> None:
    one = host(address("127.0.0.1"), name=target.name, preference=None)
    report = judged(facts(one)._replace(target=target, domain="", lookups=()))
    assert not {NONE, "dns.mx-invalid"} & set(ids(report))


ZONES = {
    "an address in place of a name": "@ MX 10 127.0.0.9.",
    "no address": "@ MX 10 mx",
    "no such name": "@ MX 10 mx.elsewhere",
    "localhost": "@ MX 10 localhost.",
    "loopback": "@ MX 10 mx\nmx A 127.0.0.1",
    "loopback without MX": "@ A 127.0.0.1",
    "several": "@ MX 10 mx\n@ MX 20 localhost.\nmx AAAA ::1",
}


@pytest.mark.parametrize("case", ZONES)
async def test_nobody_is_dialled_where_no_host_can_take_mail(
    serve_dns: ServeDns, case: str
) -> None:
    facts = await found("lab.test", serve_dns({"lab.test": ZONES[case]}))
    report = judged(facts)
    assert facts.connections == 0
    assert levels(report, NONE) == ["fail"]
    assert report.result is Result.FAIL


SRV = {
    "localhost": "_submission._tcp SRV 0 0 587 localhost.",
    "an address in place of a name": "_submissions._tcp SRV 0 0 465 127.0.0.9.",
    "loopback": "_submission._tcp SRV 0 0 587 mx\n_submissions._tcp SRV 0 0 465 mx\nmx A 127.0.0.1",
    "no address": "_submission._tcp SRV 0 0 587 mx\n_submissions._tcp SRV 0 0 465 mx",
}


@pytest.mark.parametrize("case", SRV)
async def test_the_same_holds_for_hosts_of_submission(serve_dns: ServeDns, case: str) -> None:
    facts = await found("lab.test", serve_dns({"lab.test": SRV[case]}), submission=True)
    report = judged(facts)
    assert facts.connections == 0
    assert levels(report, NONE) == ["fail"]
    assert report.findings[0].message.startswith("the only SRV target ")


async def test_a_lab_on_ports_of_loopback_is_checked(serve_dns: ServeDns) -> None:
    names = serve_dns({"lab.test": "@ MX 10 mx\nmx A 127.0.0.1"})
    async with mail_server() as server:
        facts = await found("lab.test", names, port=server.port)
    assert facts.hosts[0].addresses[0].tls is not None
    assert NONE not in ids(judged(facts))


@pytest.mark.parametrize("name", ["mx.lab.test", "localhost"])
async def test_an_address_given_by_the_user_is_dialled_wherever_it_is(
    serve_dns: ServeDns, name: str
) -> None:
    names = serve_dns({"lab.test": f"@ MX 10 {name}."})
    facts = await found("lab.test", names, pins={(name, 25): "127.0.0.9"})
    assert [one.ip for one in facts.hosts[0].addresses] == ["127.0.0.9"]
    assert not {NONE, "dns.mx-invalid"} & set(ids(judged(facts)))


async def test_an_address_on_loopback_beside_another_is_not_dialled(
    serve_dns: ServeDns, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def dialled(_: Shared, place: Place) -> AddressFacts:
        return address(place.ip)

    monkeypatch.setattr(Shared, "address", dialled)
    zone = "@ MX 10 mx\nmx A 127.0.0.1\nmx AAAA 2001:db8::1"
    facts = await found("lab.test", serve_dns({"lab.test": zone}))
    assert [one.ip for one in facts.hosts[0].addresses] == ["2001:db8::1"]
    assert levels(judged(facts), "dns.mx-invalid") == ["warn"]
