"""The validating resolver over the lab's signed tree: secure, insecure, bogus, and why."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import dns.edns
import dns.flags
import dns.message
import dns.query
import dns.rcode
import pytest

from tests.servers import dns_zone, lab, network, unbound
from tests.servers.signed_zone import Signing, planted

SIGNED = """
@            MX 10 mx
mx           A 192.0.2.1
_25._tcp.mx  TLSA 3 1 1 {digest}
alias        CNAME mx.child.signed.test.
outside      CNAME mx.plain.test.
broken       A 192.0.2.2
failing      A 192.0.2.3
""".format(digest="00" * 32)

MANY = "".join(f"_25._tcp TLSA 3 1 1 {number:064x}\n" for number in range(1000))

ZONES = {
    "signed.test": SIGNED,
    "child.signed.test": "mx A 192.0.2.4",
    "plain.test": "mx A 192.0.2.5\n@ MX 10 mx",
    "many.test": MANY,
    "expired.test": "@ MX 10 mx",
    "late.test": "@ MX 10 mx",
    "bogus.test": "@ MX 10 mx\nmx A 192.0.2.6",
}

SIGNING = {
    "plain.test": Signing.NONE,
    "expired.test": Signing.EXPIRED,
    "late.test": Signing.EXPIRED,
}

FAULTS = dns_zone.Faults(
    servfail={"_25._tcp.failing.signed.test/TLSA"},
    silent={"_25._tcp.silent.signed.test/TLSA"},
    forged={"bogus.test/MX", "broken.signed.test/A", "_25._tcp.mx.bogus.test/TLSA"},
)


@pytest.fixture(scope="module")
def resolver() -> Iterator[unbound.Unbound]:
    root = lab.required("unbound")
    tree = planted(ZONES, SIGNING)
    with ExitStack() as stack:
        authority = stack.enter_context(dns_zone.serving(tree.zones, FAULTS))
        servers = dict.fromkeys(tree.origins, f"{authority.host}@{authority.port}")
        yield stack.enter_context(unbound.running(root, tree.anchor, servers, network.Machine()))


def ask(resolver: unbound.Unbound, name: str, kind: str) -> dns.message.Message:
    query = dns.message.make_query(name, kind, want_dnssec=True)
    response, _ = dns.query.udp_with_fallback(query, resolver.host, port=resolver.port, timeout=60)
    return response


def status(response: dns.message.Message) -> str:
    if response.rcode() == dns.rcode.SERVFAIL:
        return "SERVFAIL"
    word = dns.rcode.to_text(response.rcode()) if response.rcode() else "found"
    if not response.rcode() and not response.answer:
        word = "nothing"
    return f"{word} secure" if response.flags & dns.flags.AD else f"{word} insecure"


@pytest.mark.parametrize(
    ("name", "kind", "said"),
    [
        (".", "NS", "found secure"),
        ("test", "NS", "nothing secure"),
        ("signed.test", "MX", "found secure"),
        ("signed.test", "DS", "found secure"),
        ("mx.signed.test", "A", "found secure"),
        ("mx.signed.test", "AAAA", "nothing secure"),
        ("_25._tcp.mx.signed.test", "TLSA", "found secure"),
        ("_tcp.mx.signed.test", "TLSA", "nothing secure"),
        ("_465._tcp.mx.signed.test", "TLSA", "NXDOMAIN secure"),
        ("nobody.signed.test", "A", "NXDOMAIN secure"),
        ("nobody.at.signed.test", "A", "NXDOMAIN secure"),
        ("zzz.signed.test", "A", "NXDOMAIN secure"),
        ("nowhere.test", "MX", "NXDOMAIN secure"),
        ("alias.signed.test", "A", "found secure"),
        ("mx.child.signed.test", "A", "found secure"),
        ("outside.signed.test", "A", "found insecure"),
        ("plain.test", "MX", "found insecure"),
        ("plain.test", "DS", "nothing secure"),
        ("mx.plain.test", "TLSA", "nothing insecure"),
        ("bogus.test", "MX", "SERVFAIL"),
        ("mx.bogus.test", "A", "found secure"),
        ("_25._tcp.mx.bogus.test", "TLSA", "SERVFAIL"),
        ("broken.signed.test", "A", "SERVFAIL"),
        ("expired.test", "MX", "SERVFAIL"),
        ("_25._tcp.failing.signed.test", "TLSA", "SERVFAIL"),
        ("_25._tcp.silent.signed.test", "TLSA", "SERVFAIL"),
    ],
)
def test_unbound_says_whether_an_answer_can_be_believed(
    resolver: unbound.Unbound, name: str, kind: str, said: str
) -> None:
    assert status(ask(resolver, name, kind)) == said


@pytest.mark.parametrize(
    ("name", "kind", "codes"),
    [
        ("bogus.test", "MX", [dns.edns.EDECode.DNSSEC_BOGUS]),
        ("late.test", "MX", [dns.edns.EDECode.SIGNATURE_EXPIRED]),
        ("_25._tcp.failing.signed.test", "TLSA", []),
    ],
)
def test_unbound_says_why_an_answer_cannot_be_believed(
    resolver: unbound.Unbound, name: str, kind: str, codes: list[dns.edns.EDECode]
) -> None:
    errors = ask(resolver, name, kind).extended_errors()
    assert [error.code for error in errors] == codes


def test_a_thousand_records_come_over_tcp(resolver: unbound.Unbound) -> None:
    query = dns.message.make_query("_25._tcp.many.test", "TLSA", want_dnssec=True)
    response, used_tcp = dns.query.udp_with_fallback(
        query, resolver.host, port=resolver.port, timeout=60
    )
    assert used_tcp
    assert status(response) == "found secure"
    assert len(response.answer[0]) == 1000
