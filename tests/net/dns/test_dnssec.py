"""Answers with their DNSSEC status: what counts as secure, what as unknown, what as failing."""

from __future__ import annotations

import asyncio
import errno
import itertools
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import dns.edns
import dns.flags
import dns.message
import dns.name
import dns.rcode
import dns.rdata
import dns.rrset
import pytest

from smtpprobe.net.dns.dnssec import PAYLOAD, Questioner, Servers, asking, negative_ttl, questioner
from smtpprobe.net.dns.records import texts
from smtpprobe.net.dns.resolver import TRY_SECONDS
from smtpprobe.policy.dns_answer import Lookup, LookupEnd, Status, weakest
from tests.servers.dns_zone import Faults, NameServer

ServeDns = Callable[..., NameServer]

ZONE = """
@ MX 20 mx2
@ MX 10 MX1
@ MX 0 .
mx1 A 192.0.2.2
mx1 A 192.0.2.1
mx1 AAAA 2001:db8::1
alias CNAME mx1
far CNAME alias
loop CNAME loop
_25._tcp.mx1 TLSA 3 1 1 8F2C41AA8F2C41AA8F2C41AA8F2C41AA8F2C41AA8F2C41AA8F2C41AA8F2C41AA
_s._tcp SRV 0 5 587 mx1
text TXT "v=STSv1; " "id=1"
"""


async def asked(names: NameServer, name: str, kind: str) -> Lookup:
    return await (await questioner(f"{names.host}:{names.port}")).ask(name, kind)


@pytest.mark.parametrize(
    ("name", "kind", "records", "aliases"),
    [
        ("lab.test", "MX", ("0 .", "10 mx1.lab.test", "20 mx2.lab.test"), ()),
        ("mx1.lab.test", "A", ("192.0.2.1", "192.0.2.2"), ()),
        ("far.lab.test", "AAAA", ("2001:db8::1",), ("alias.lab.test", "mx1.lab.test")),
        ("_25._tcp.mx1.lab.test", "TLSA", ("3 1 1 " + "8f2c41aa" * 8,), ()),
        ("_s._tcp.lab.test", "SRV", ("0 5 587 mx1.lab.test",), ()),
        ("text.lab.test", "TXT", ("v=STSv1; id=1",), ()),
        ("alias.lab.test", "CNAME", ("mx1.lab.test",), ()),
    ],
)
async def test_records_are_in_text_and_aliases_are_followed(
    serve_dns: ServeDns, name: str, kind: str, records: tuple[str, ...], aliases: tuple[str, ...]
) -> None:
    found = await asked(serve_dns({"lab.test": ZONE}), name, kind)
    assert found.records == records
    assert (found.aliases, found.reason, found.answered) == (aliases, "", True)
    assert found.status is Status.UNVERIFIED


@pytest.mark.parametrize(
    ("name", "kind", "faults", "status", "end"),
    [
        ("gone.lab.test", "A", Faults(), Status.UNVERIFIED, LookupEnd.NXDOMAIN),
        ("lab.test", "TXT", Faults(), Status.UNVERIFIED, LookupEnd.NO_DATA),
        ("loop.lab.test", "A", Faults(), Status.ERROR, LookupEnd.ALIASES),
        ("lab.test", "MX", Faults(servfail=["lab.test"]), Status.ERROR, LookupEnd.SERVFAIL),
        ("lab.test", "MX", Faults(refused=["lab.test"]), Status.ERROR, LookupEnd.REFUSED),
        ("x" * 64 + ".test", "A", Faults(), Status.ERROR, LookupEnd.BAD_NAME),
    ],
)
async def test_why_there_are_no_records_is_told_apart(  # noqa: PLR0917 - a table's columns
    serve_dns: ServeDns, name: str, kind: str, faults: Faults, status: Status, end: LookupEnd
) -> None:
    found = await asked(serve_dns({"lab.test": ZONE}, faults), name, kind)
    assert (found.status, found.records, found.end) == (status, (), end)
    assert found.reason.startswith(end.value)
    assert found.nxdomain is (end is LookupEnd.NXDOMAIN)


async def test_a_truncated_answer_is_asked_for_over_tcp(serve_dns: ServeDns) -> None:
    names = serve_dns({"lab.test": ZONE}, Faults(truncated=["lab.test"]))
    found = await asked(names, "lab.test", "MX")
    assert len(found.records) == 3
    assert [each.transport for each in names.questions if each.name == "lab.test"] == [
        "udp",
        "tcp",
    ]


async def test_silence_is_no_answer_in_bounded_time(
    serve_dns: ServeDns, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("smtpprobe.net.dns.resolver.QUESTION_SECONDS", 0.3)
    found = await asked(
        serve_dns({"lab.test": ZONE}, Faults(silent=["lab.test"])), "lab.test", "MX"
    )
    assert found.status is Status.TIMEOUT
    assert not found.answered


async def test_an_answer_too_long_for_udp_and_not_to_be_had_over_tcp_is_told_as_such(
    serve_dns: ServeDns, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def refused(*_: object, **__: object) -> None:
        raise ConnectionRefusedError(errno.ECONNREFUSED, "Connect call failed ('127.0.0.1', 53)")

    monkeypatch.setattr("dns.asyncquery.tcp", refused)
    names = serve_dns({"lab.test": ZONE}, Faults(truncated=["lab.test"]))
    found = await asked(names, "lab.test", "MX")
    assert found.status is Status.ERROR
    assert found.reason == (
        "the DNS query could not be sent: over TCP, as it is too long for UDP: connection refused"
    )


class Probed(Questioner):
    """Answers the probe as told, one answer a probe, and every other question without AD."""

    def __init__(self, *probes: dns.message.Message | Lookup, own: bool = False) -> None:
        super().__init__(Servers(("127.0.0.1",)))
        self.probes = list(probes)
        self.own = own

    async def _response(
        self, name: str, _kind: str, *, checking: bool
    ) -> dns.message.Message | Lookup:
        assert checking
        if name == ".":
            return self.probes.pop(0)
        made = response(name, code=OK, ad=False, ede=None)
        made.flags |= dns.flags.AA if self.own else 0
        return made


@contextmanager
def nobody() -> Iterator[int]:
    """Yield a port of loopback on which nobody listens."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    yield port


async def test_nobody_on_the_port_is_told_at_once_and_by_the_next_answer_no_longer(
    serve_dns: ServeDns,
) -> None:
    names = serve_dns({"lab.test": ZONE})
    with nobody() as port:
        asker = await questioner(f"127.0.0.1:{port}")
        began = asyncio.get_running_loop().time()
        found = await asker.ask("lab.test", "MX")
        assert asyncio.get_running_loop().time() - began < TRY_SECONDS
    assert found.status is Status.ERROR
    assert found.reason == (
        "the DNS server is not running: nothing listens on this port (connection refused)"
    )
    assert asker.absent == found.reason
    asker.servers = replace(asker.servers, port=names.port)
    assert (await asker.ask("lab.test", "MX")).records
    assert asker.absent == ""


async def test_a_server_that_is_silent_about_everything_costs_its_limit_once() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as deaf:
        deaf.bind(("127.0.0.1", 0))
        asker = await questioner(f"127.0.0.1:{deaf.getsockname()[1]}", limit=1.0)
        loop = asyncio.get_running_loop()
        began = loop.time()
        assert (await asker.ask("lab.test", "MX")).status is Status.TIMEOUT
        assert 0.9 < loop.time() - began < 1.5
    assert asker.absent == ""


SILENCE = Lookup(".", "NS", LookupEnd.TIMEOUT)


async def test_of_a_resolver_that_never_answers_the_probe_it_is_unknown_whether_it_validates() -> (
    None
):
    silent = Probed(SILENCE, SILENCE)
    for _ in range(3):
        assert (await silent.ask("x.test", "A")).status is Status.UNVERIFIED
    assert silent.validating is None
    assert silent.untold == SILENCE


async def test_a_probe_that_got_lost_is_sent_once_more() -> None:
    slow = Probed(SILENCE, response(".", code=OK, ad=True, ede=None))
    assert (await slow.ask("x.test", "A")).status is Status.INSECURE
    assert slow.validating is True


@pytest.mark.parametrize("name", ["SERVFAIL", "REFUSED"])
async def test_a_resolver_that_does_not_look_up_the_root_may_validate_all_the_same(
    name: str,
) -> None:
    answer = response(".", code=dns.rcode.from_text(name), ad=False, ede=None)
    found = Probed(answer, answer)
    assert (await found.ask("x.test", "A")).status is Status.UNVERIFIED
    assert found.validating is None
    assert found.untold is not None
    assert found.untold.end is LookupEnd[name]


async def test_a_server_that_knows_only_its_own_zones_validates_nothing() -> None:
    answer = response(".", code=dns.rcode.REFUSED, ad=False, ede=None)
    found = Probed(answer, answer, own=True)
    await found.ask("x.test", "A")
    assert found.validating is False


async def test_a_resolver_for_which_the_root_is_bogus_validates() -> None:
    answer = response(".", code=FAILS, ad=False, ede=7)
    found = Probed(answer)
    await found.ask("x.test", "A")
    assert found.validating is True


def test_a_record_of_a_wrong_length_does_not_take_the_others_with_it() -> None:
    query = dns.message.make_query("_25._tcp.mx.test", "TLSA")
    made = dns.message.make_response(query)
    records = ("3 1 1 " + "ab" * 32, "3 1 2 " + "ab" * 20)
    made.answer.append(dns.rrset.from_text("_25._tcp.mx.test.", 60, "IN", "TLSA", *records))
    read = dns.message.from_wire(made.to_wire())
    assert texts(read.answer[0]) == records


@pytest.mark.parametrize(
    ("kind", "records"),
    [
        ("MX", ("0 .", "9 b.test", "10 a.test", "100 a.test")),
        ("SRV", ("0 5 587 b.test", "10 0 25 a.test")),
        ("A", ("9.0.0.1", "10.0.0.1", "10.0.0.10")),
        ("TLSA", ("2 0 1 " + "cd" * 32, "3 1 1 " + "ab" * 32)),
        ("TXT", ("v=spf1 -all", "v=STSv1; id=1")),
    ],
)
def test_a_resolver_that_rotates_the_records_changes_nothing(
    kind: str, records: tuple[str, ...]
) -> None:
    for order in itertools.permutations(records):
        rows = [
            dns.rdata.from_text("IN", kind, quoted(kind, one), dns.name.root, relativize=False)
            for one in order
        ]
        assert texts(dns.rrset.from_rdata_list("x.test.", 60, rows)) == records


def quoted(kind: str, record: str) -> str:
    return f'"{record}"' if kind == "TXT" else record


def response(name: str, *, code: dns.rcode.Rcode, ad: bool, ede: int | None) -> dns.message.Message:
    query = dns.message.make_query(name, "A", use_edns=0)
    made = dns.message.make_response(query)
    made.set_rcode(code)
    if ad:
        made.flags |= dns.flags.AD
    if ede is not None:
        made.use_edns(0, options=[dns.edns.EDEOption(dns.edns.EDECode(ede), "why")])
    return made


class Scripted(Questioner):
    """Answers from a table instead of a server; the root is signed."""

    def __init__(self, servers: Servers, answer: dns.message.Message, *, signed: bool) -> None:
        super().__init__(servers)
        self.answer, self.signed = answer, signed
        self.unchecked = response("x.test", code=dns.rcode.NOERROR, ad=False, ede=None)

    async def _exchange(
        self, query: dns.message.Message, _server: str, _limit: float
    ) -> dns.message.Message | Lookup:
        if query.question[0].name.to_text() == ".":
            return response(".", code=dns.rcode.NOERROR, ad=self.signed, ede=None)
        if query.flags & dns.flags.CD:
            return self.unchecked
        assert query.flags & dns.flags.AD
        return self.answer


LOOPBACK, FAR = Servers(("127.0.0.1",)), Servers(("192.0.2.53",))
TRUSTED = Servers(("192.0.2.53",), trust_ad=True)
OK, FAILS = dns.rcode.NOERROR, dns.rcode.SERVFAIL


@pytest.mark.parametrize(
    ("servers", "signed", "ad", "status"),
    [
        (LOOPBACK, True, True, Status.SECURE),
        (LOOPBACK, True, False, Status.INSECURE),
        (LOOPBACK, False, False, Status.UNVERIFIED),
        (LOOPBACK, False, True, Status.SECURE),
        (FAR, True, True, Status.UNVERIFIED),
        (FAR, True, False, Status.UNVERIFIED),
        (TRUSTED, True, True, Status.SECURE),
    ],
)
async def test_the_ad_bit_counts_only_from_a_resolver_that_is_trusted_and_validates(
    servers: Servers, signed: bool, ad: bool, status: Status
) -> None:
    answer = response("x.test", code=OK, ad=ad, ede=None)
    found = await Scripted(servers, answer, signed=signed).ask("x.test", "A")
    assert found.status is status
    assert found.reason == "no such record (NODATA)"


@pytest.mark.parametrize("code", range(6, 13))
async def test_an_extended_error_tells_a_bogus_answer(code: int) -> None:
    answer = response("x.test", code=FAILS, ad=False, ede=code)
    found = await Scripted(FAR, answer, signed=True).ask("x.test", "A")
    assert found.status is Status.BOGUS
    assert "(why)" in found.reason


async def test_without_an_extended_error_the_answer_with_checking_disabled_tells() -> None:
    answer = response("x.test", code=FAILS, ad=False, ede=None)
    assert (await Scripted(LOOPBACK, answer, signed=True).ask("x.test", "A")).status is Status.BOGUS
    far = await Scripted(FAR, answer, signed=True).ask("x.test", "A")
    assert far.status is Status.ERROR
    broken = Scripted(LOOPBACK, answer, signed=True)
    broken.unchecked = answer
    assert (await broken.ask("x.test", "A")).status is Status.ERROR


def test_what_rests_on_several_answers_is_as_good_as_the_worst() -> None:
    assert weakest(Status.SECURE, Status.INSECURE) is Status.INSECURE
    assert weakest(Status.SECURE, Status.BOGUS, Status.TIMEOUT) is Status.BOGUS
    assert weakest() is Status.SECURE


class Wavering(Questioner):
    """Fails the first question for a name, as a resolver under load does."""

    failed = False

    async def _response(
        self, name: str, kind: str, *, checking: bool
    ) -> dns.message.Message | Lookup:
        if name == "mx1.lab.test" and not self.failed:
            self.failed = True
            message = dns.message.make_response(dns.message.make_query(name, kind))
            message.set_rcode(dns.rcode.SERVFAIL)
            return message
        return await super()._response(name, kind, checking=checking)


async def test_a_failure_that_passes_is_no_failed_validation(serve_dns: ServeDns) -> None:
    names = serve_dns({"lab.test": ZONE})
    servers = (await questioner(f"{names.host}:{names.port}")).servers
    found = await Wavering(servers).ask("mx1.lab.test", "A")
    assert (found.status, found.reason) == (Status.UNVERIFIED, "")


@pytest.mark.parametrize(("name", "kind"), [("a.example", "MX"), (".", "NS"), ("é.example", "TXT")])
@pytest.mark.parametrize("checking", [True, False])
def test_a_query_is_the_one_that_the_library_makes(name: str, kind: str, checking: bool) -> None:
    whole = dns.message.make_query(name, kind, use_edns=0, want_dnssec=True, payload=PAYLOAD)
    whole.flags |= dns.flags.AD if checking else dns.flags.CD
    found = asking(name, kind, checking=checking)
    whole.id = found.id
    assert found.to_wire() == whole.to_wire()
    assert found.is_response(dns.message.make_response(whole))


@pytest.mark.parametrize(
    ("authority", "seconds"),
    [
        ("lab.test. 60 IN SOA ns.lab.test. root.lab.test. 1 2 3 4 900", 60),
        ("lab.test. 3600 IN SOA ns.lab.test. root.lab.test. 1 2 3 4 900", 900),
        (". 3600 IN SOA ns.lab.test. root.lab.test. 1 2 3 4 900", 900),
        ("other.test. 60 IN SOA ns.lab.test. root.lab.test. 1 2 3 4 900", 300),
        ("lab.test. 60 IN NS ns.lab.test.", 300),
        ("", 300),
    ],
)
def test_an_answer_without_records_holds_as_long_as_its_soa_record_says(
    authority: str, seconds: int
) -> None:
    head = "id 1\nopcode QUERY\nrcode NXDOMAIN\nflags QR RD\n"
    sections = f";QUESTION\na.b.lab.test. IN MX\n;ANSWER\n;AUTHORITY\n{authority}\n"
    response = dns.message.from_text(head + sections)
    assert negative_ttl(response) == seconds
