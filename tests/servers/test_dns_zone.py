"""What the tests may rely on in the lab's DNS server, seen with dnspython and a plain socket."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator

import dns.exception
import dns.flags
import dns.message
import dns.query
import dns.rcode
import pytest

from tests.servers.dns_zone import HOST, Faults, NameServer, Question, serving

ZONE = """
@        MX 10 dead
@        MX 20 alive
dead     A  127.0.0.3
alive    A  127.0.0.2
alive    AAAA ::1
mail     CNAME alive
away     CNAME host.other.test.
nowhere  CNAME gone
a.loop   CNAME b.loop
b.loop   CNAME a.loop
deep.er  A  127.0.0.4
"""
ZONE += "".join(f'long TXT "{letter * 250}"\n' for letter in "abcdef")

FAULTS = Faults(
    servfail={"broken.lab.test", "alive.lab.test/TXT"},
    refused={"closed.lab.test"},
    silent={"quiet.lab.test"},
    truncated={"mail.lab.test"},
)


@pytest.fixture(scope="module")
def server() -> Iterator[NameServer]:
    zones = {"lab.test": ZONE, "other.test": "host A 127.0.0.9", "sub.lab.test": "x A 127.0.0.8"}
    with serving(zones, FAULTS) as running:
        yield running


def ask(server: NameServer, name: str, kind: str, transport: str = "udp") -> dns.message.Message:
    query = dns.message.make_query(name, kind)
    send = dns.query.udp if transport == "udp" else dns.query.tcp
    return send(query, server.host, port=server.port, timeout=60)


def answers(response: dns.message.Message) -> list[str]:
    return [record.to_text() for rrset in response.answer for record in rrset]


@pytest.mark.parametrize("transport", ["udp", "tcp"])
def test_it_answers_with_authority_what_is_in_the_zone(server: NameServer, transport: str) -> None:
    response = ask(server, "Lab.Test", "MX", transport)
    assert sorted(map(str.lower, answers(response))) == ["10 dead.lab.test.", "20 alive.lab.test."]
    assert response.rcode() == dns.rcode.NOERROR
    assert response.flags & dns.flags.AA


def test_it_tells_a_missing_name_from_a_missing_type(server: NameServer) -> None:
    missing = ask(server, "nobody.lab.test", "A")
    assert missing.rcode() == dns.rcode.NXDOMAIN
    empty = ask(server, "alive.lab.test", "MX")
    assert (empty.rcode(), empty.answer) == (dns.rcode.NOERROR, [])
    for response in (missing, empty):
        assert "lab.test. 300 IN SOA" in response.authority[0].to_text()


def test_a_name_between_two_names_exists(server: NameServer) -> None:
    assert ask(server, "er.lab.test", "A").rcode() == dns.rcode.NOERROR


def test_it_follows_a_cname_within_and_across_its_zones(server: NameServer) -> None:
    inside = ask(server, "mail.lab.test", "AAAA", "tcp")
    assert answers(inside) == ["alive.lab.test.", "::1"]
    across = ask(server, "away.lab.test", "A")
    assert answers(across) == ["host.other.test.", "127.0.0.9"]


def test_a_cname_to_a_missing_name_is_nxdomain(server: NameServer) -> None:
    response = ask(server, "nowhere.lab.test", "A")
    assert answers(response) == ["gone.lab.test."]
    assert response.rcode() == dns.rcode.NXDOMAIN


def test_a_loop_of_cnames_is_answered_as_it_is(server: NameServer) -> None:
    assert answers(ask(server, "a.loop.lab.test", "A")) == ["b.loop.lab.test.", "a.loop.lab.test."]


def test_the_longest_origin_holds_a_name(server: NameServer) -> None:
    assert answers(ask(server, "x.sub.lab.test", "A")) == ["127.0.0.8"]


def test_names_of_no_zone_are_refused(server: NameServer) -> None:
    assert ask(server, "example.com", "A").rcode() == dns.rcode.REFUSED


def test_listed_names_fail_and_a_listed_type_fails_alone(server: NameServer) -> None:
    assert ask(server, "broken.lab.test", "MX").rcode() == dns.rcode.SERVFAIL
    assert ask(server, "alive.lab.test", "TXT").rcode() == dns.rcode.SERVFAIL
    assert answers(ask(server, "alive.lab.test", "A")) == ["127.0.0.2"]
    assert ask(server, "closed.lab.test", "A").rcode() == dns.rcode.REFUSED


@pytest.mark.parametrize("transport", ["udp", "tcp"])
def test_listed_names_meet_silence(server: NameServer, transport: str) -> None:
    query = dns.message.make_query("quiet.lab.test", "A")
    send = dns.query.udp if transport == "udp" else dns.query.tcp
    with pytest.raises(dns.exception.Timeout):
        send(query, server.host, port=server.port, timeout=0.3)


def test_listed_names_are_truncated_over_udp_and_whole_over_tcp(server: NameServer) -> None:
    short = ask(server, "mail.lab.test", "A")
    assert (short.flags & dns.flags.TC, short.answer) == (dns.flags.TC, [])
    assert answers(ask(server, "mail.lab.test", "A", "tcp"))[-1] == "127.0.0.2"


def test_an_answer_too_long_for_a_packet_is_truncated(server: NameServer) -> None:
    assert ask(server, "long.lab.test", "TXT").flags & dns.flags.TC
    assert len(answers(ask(server, "long.lab.test", "TXT", "tcp"))) == 6


def test_it_remembers_what_it_was_asked(server: NameServer) -> None:
    ask(server, "Dead.lab.test", "A", "tcp")
    assert server.questions[-1] == Question("dead.lab.test", "A", "tcp")


def test_octets_that_are_no_query_get_no_answer_and_do_no_harm(server: NameServer) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        sender.sendto(b"nonsense", (server.host, server.port))
    assert answers(ask(server, "dead.lab.test", "A")) == ["127.0.0.3"]


def test_two_mail_hosts_can_differ_in_who_listens_on_one_port() -> None:
    with socket.create_server(("127.0.0.2", 0)) as alive:
        port = alive.getsockname()[1]
        socket.create_connection(("127.0.0.2", port), timeout=60).close()
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.3", port), timeout=60)


def test_when_it_stops_its_threads_and_port_are_gone() -> None:
    before = set(threading.enumerate())  # another test's may end meanwhile
    with serving({"lab.test": ""}) as server, socket.create_connection((HOST, server.port)):
        assert set(threading.enumerate()) - before
    assert set(threading.enumerate()) <= before
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((HOST, server.port), timeout=60)


def test_the_fixture_serves_as_many_name_servers_as_a_test_asks_for(
    serve_dns: Callable[..., NameServer],
) -> None:
    first = serve_dns({"lab.test": "@ A 127.0.0.5"})
    second = serve_dns({"lab.test": "@ A 127.0.0.6"}, Faults(servfail={"lab.test/MX"}))
    assert answers(ask(first, "lab.test", "A")) == ["127.0.0.5"]
    assert answers(ask(second, "lab.test", "A")) == ["127.0.0.6"]
    assert ask(second, "lab.test", "MX").rcode() == dns.rcode.SERVFAIL
