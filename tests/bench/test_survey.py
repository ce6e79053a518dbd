"""The measurement of `survey` measures, and its servers answer by name."""

from __future__ import annotations

import dns.flags
import dns.message
import dns.rcode

from tests.bench.survey_lab import DANE, DEAD, OF, SLOW, domains, host_address, reply

DIGEST = bytes(range(32))


def answers(name: str, kind: str) -> str:
    query = dns.message.make_query(name, kind, use_edns=0, want_dnssec=True)
    found = dns.message.from_wire(reply(query.to_wire(), DIGEST))
    assert query.is_response(found)
    assert found.flags & dns.flags.AD
    records = " ".join(str(record) for rrset in found.answer for record in rrset)
    return records or dns.rcode.to_text(found.rcode())


def test_the_dns_server_answers_by_name() -> None:
    assert answers("d6.h3.survey.test.", "MX") == "10 h3.survey.test."
    assert answers("d7.h3.survey.test.", "MX") == "0 ."
    assert answers("h251.survey.test.", "A") == "198.18.1.2"
    assert answers("_25._tcp.h2.survey.test.", "TLSA") == f"3 1 1 {DIGEST.hex()}"
    assert answers("_25._tcp.h1.survey.test.", "TLSA") == "NOERROR"
    assert answers("_mta-sts.x99.survey.test.", "TXT") == "NXDOMAIN"


def test_the_hosts_are_of_every_kind_and_in_many_networks() -> None:
    assert not {*DEAD} & {*SLOW} | {*DANE} & {*SLOW}
    assert max((*DEAD, *SLOW, *DANE)) < OF
    addresses = {host_address(number) for number in range(500)}
    assert len(addresses) == 500
    assert len({address.rpartition(".")[0] for address in addresses}) == 250
    assert [name for name in domains(100, 10) if name.startswith("x")] == ["x99.survey.test"]
