"""`--deep` and the second key type: hellos made by hand, against real TLS servers and odd ones."""

from __future__ import annotations

import asyncio
import ssl
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from hypothesis import given
from hypothesis import strategies as st

from smtpprobe.net.connect import Endpoint
from smtpprobe.net.tls.cipher_suites import ECDSA_CIPHERS, OLD_CIPHERS, TLS1_3_CIPHERS
from smtpprobe.net.tls.client_hello import TLS1_0, TLS1_2, TLS1_3, Hello, HelloReader
from smtpprobe.net.tls.handshake_messages import exchanged_group
from smtpprobe.net.tls.hello_probe import Line, ask
from smtpprobe.sandbox.faults import (
    Close,
    FaultServer,
    Flood,
    Hang,
    Hear,
    Say,
    Script,
    StartTls,
    serve,
)
from smtpprobe.starttls.collect.address import Place, collect_address
from smtpprobe.starttls.collect.deep import probe_deeply
from smtpprobe.starttls.collect.limits import Limits
from smtpprobe.starttls.collect.second_chain import second_chain
from smtpprobe.starttls.collect.shared import Shared
from smtpprobe.starttls.facts import AddressFacts, Because
from tests.certificates import Entity
from tests.starttls.dialogues import ASKED, GO, GOODBYE, GREETING, INSIDE, OFFER, gathering, good
from tests.starttls.stage import facts as domain
from tests.starttls.stage import host, judged, levels

FAST = gathering(reply_limit=1.0)


def line_to(server: FaultServer) -> Line:
    to = Endpoint(server.host, server.port, limit=0.3)
    return Line(to, implicit_tls=False, client="probe.example", greeting_limit=0.3, limit=0.3)


def context(folder: Path, *entities: Entity, newest: ssl.TLSVersion) -> ssl.SSLContext:
    """A server with the certificates, one a key type, up to a version of TLS."""
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.set_ciphers("ALL:@SECLEVEL=0")
    made.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
    made.maximum_version = newest
    for one in entities:
        file = folder / f"{one.name}.pem"
        file.write_bytes(one.key_pem + one.pem)
        made.load_cert_chain(file)
    return made


def answering(made: ssl.SSLContext) -> Script:
    return [GREETING, *OFFER, ASKED, GO, StartTls(made), *INSIDE, *GOODBYE]


async def deep(made: ssl.SSLContext, **changes: object) -> AddressFacts:
    how = replace(FAST, **changes)  # type: ignore[arg-type]
    async with serve(good(made), answering(made)) as server:
        place = Place(server.host, server.port, sni="mx.example.org")
        facts = await probe_deeply(await collect_address(place, how), place, how)
        assert server.connections == facts.connections
        return facts


async def test_versions_ciphers_and_groups_are_found_without_the_local_library(
    tmp_path: Path,
) -> None:
    leaf = Entity("leaf", names=("mx.example.org",))
    facts = await deep(context(tmp_path, leaf, newest=ssl.TLSVersion.TLSv1_3))
    assert facts.deep is not None
    versions = {name: fact.answer.value for name, fact in facts.deep.versions}
    assert (versions["SSLv2"], versions["SSLv3"]) == ("unknown", "no")
    assert (versions["TLSv1.2"], versions["TLSv1.3"]) == ("yes", "yes")
    assert "TLS_AES_256_GCM_SHA384" in facts.deep.ciphers
    assert {"x25519", "secp256r1"} <= set(facts.deep.groups)
    assert facts.connections <= FAST.deep_connections + 1
    assert [name for name, _ in facts.deep.sni] == ["", "smtpprobe.invalid"]


async def test_a_server_that_ends_at_tls_1_2_is_told(tmp_path: Path) -> None:
    leaf = Entity("leaf", names=("mx.example.org",))
    facts = await deep(context(tmp_path, leaf, newest=ssl.TLSVersion.TLSv1_2))
    assert facts.deep is not None
    assert dict(facts.deep.versions)["TLSv1.3"].no
    assert {"x25519", "secp256r1", "secp384r1"} <= set(facts.deep.groups)


async def test_of_a_server_with_many_suites_is_told_how_many_were_not_asked(
    tmp_path: Path,
) -> None:
    leaf = Entity("leaf", names=("mx.example.org",))
    found = await deep(context(tmp_path, leaf, newest=ssl.TLSVersion.TLSv1_3))
    assert found.deep is not None
    assert not found.deep.complete
    assert found.deep.untested_ciphers
    assert not {*found.deep.untested_ciphers} & {*found.deep.ciphers}
    assert "limit of 25 reached" in found.deep.stopped


async def test_with_connections_enough_all_that_the_local_library_agrees_on_is_found(
    tmp_path: Path,
) -> None:
    """The server is made of the library that lists its own suites; it has no parameters for DHE."""
    leaf = Entity("leaf", names=("mx.example.org",))
    made = context(tmp_path, leaf, newest=ssl.TLSVersion.TLSv1_3)
    found = await deep(made, deep_connections=500)
    own = {each["name"] for each in made.get_ciphers()}
    expected = {
        name
        for name in (*OLD_CIPHERS.values(), *TLS1_3_CIPHERS.values())
        if name in own and name.startswith(("TLS_", "ECDHE-ECDSA", "AECDH-"))
    }
    assert found.deep is not None
    assert found.deep.complete
    assert {*found.deep.ciphers} == expected


async def test_a_strict_server_refuses_all_weak_kinds_at_once(tmp_path: Path) -> None:
    made = context(
        tmp_path, Entity("leaf", names=("mx.example.org",)), newest=ssl.TLSVersion.TLSv1_3
    )
    made.minimum_version = ssl.TLSVersion.TLSv1_2
    made.set_ciphers("ECDHE+AESGCM:ECDHE+CHACHA20")
    found = await deep(made, deep_connections=60)
    assert found.deep is not None
    assert found.deep.complete
    assert not [name for name, fact in found.deep.classes if fact.yes and name != "post-quantum"]
    assert {name for name, fact in found.deep.versions if fact.yes} == {"TLSv1.2", "TLSv1.3"}


async def test_a_server_with_tls_from_the_first_octet_is_asked_too(tmp_path: Path) -> None:
    leaf = Entity("leaf", names=("mx.example.org",))
    made = context(tmp_path, leaf, newest=ssl.TLSVersion.TLSv1_3)
    script = [StartTls(made), GREETING, *INSIDE, *GOODBYE]
    async with serve(script) as server:
        place = Place(server.host, server.port, implicit_tls=True, sni="mx.example.org")
        found = await probe_deeply(await collect_address(place, FAST), place, FAST)
        assert server.connections == found.connections
    assert found.deep is not None
    assert dict(found.deep.versions)["TLSv1.2"].yes
    assert {version for version, fact, _ in found.deep.resumed if fact.yes} == {
        "TLSv1.3",
        "TLSv1.2",
    }


async def test_resumption_is_tried_for_each_version(tmp_path: Path) -> None:
    made = context(
        tmp_path, Entity("leaf", names=("mx.example.org",)), newest=ssl.TLSVersion.TLSv1_3
    )
    found = await deep(made)
    assert found.deep is not None
    assert found.deep.resumption.yes
    assert {version: fact.yes for version, fact, _ in found.deep.resumed} == {
        "TLSv1.3": True,
        "TLSv1.2": True,
    }


async def test_a_server_without_tickets_and_sessions_resumes_nothing(tmp_path: Path) -> None:
    made = context(
        tmp_path, Entity("leaf", names=("mx.example.org",)), newest=ssl.TLSVersion.TLSv1_3
    )
    made.options |= ssl.OP_NO_TICKET
    made.num_tickets = 0
    found = await deep(made)
    assert found.deep is not None
    resumed = {version: fact for version, fact, _ in found.deep.resumed}
    assert resumed["TLSv1.3"].no


async def test_whether_sessions_are_resumed_is_unknown_where_nothing_answers_in_tls(
    tmp_path: Path,
) -> None:
    made = context(
        tmp_path, Entity("leaf", names=("mx.example.org",)), newest=ssl.TLSVersion.TLSv1_3
    )
    made.num_tickets = 0
    async with serve(good(made), [*answering(made)[:6], Hang()]) as server:
        place = Place(server.host, server.port, sni="mx.example.org")
        found = await probe_deeply(await collect_address(place, FAST), place, FAST)
    assert found.deep is not None
    told = {version: fact for version, fact, _ in found.deep.resumed}
    assert told["TLSv1.3"].because is Because.ENDED
    assert "no answer in TLS within 1s" in told["TLSv1.3"].reason


async def test_a_prime_is_told_by_its_length_also_where_it_looks_like_a_curve() -> None:
    for bits in (1024, 2048, 3072, 6144, 8192):
        prime = b"\xff" * (bits // 8)
        assert exchanged_group(len(prime).to_bytes(2) + prime + b"\0\1\2") == f"dh {bits}"
    assert exchanged_group(b"\x03\x00\x1d\x20" + bytes(32)) == "x25519"
    assert exchanged_group(b"\x03\x63\x99\x20") == "x25519kyber768draft00"


def test_a_hello_of_an_awkward_length_is_filled_up() -> None:
    for count in range(1, len(OLD_CIPHERS), 5):
        for version in (TLS1_0, TLS1_2):
            octets = Hello(version, tuple(OLD_CIPHERS)[:count], name="mx.example.org").octets()
            assert not 256 <= len(octets) - 5 < 512
            assert int.from_bytes(octets[3:5]) == len(octets) - 5


async def test_a_421_ends_it() -> None:
    enough: Script = [Say(b"421 4.7.0 too many connections\r\n"), Close()]
    async with serve(good(), good(), enough) as server:
        place = Place(server.host, server.port)
        facts = await probe_deeply(await collect_address(place, FAST), place, FAST)
        assert server.connections == 3
    assert facts.deep is not None
    assert facts.deep.stopped.startswith("421")
    assert dict(facts.deep.versions)["TLSv1.1"].because is Because.ENDED
    assert dict(facts.deep.versions)["TLSv1.0"].because is Because.NOT_ASKED
    assert not facts.deep.complete


async def test_starttls_that_is_listed_now_and_then_is_seen_in_every_connection(
    tmp_path: Path,
) -> None:
    leaf = Entity("leaf", names=("mx.example.org",))
    made = context(tmp_path, leaf, newest=ssl.TLSVersion.TLSv1_3)
    bare: Script = [GREETING, Hear(b"EHLO"), Say(b"250 mx\r\n"), ASKED, Say(b"502 no\r\n"), Hang()]
    sometimes = (good(made), answering(made), answering(made), bare, answering(made))
    async with serve(*sometimes) as server:
        place = Place(server.host, server.port, sni="mx.example.org")
        facts = await probe_deeply(await collect_address(place, FAST), place, FAST)
        assert server.connections == facts.connections == len(facts.listings)
    assert facts.listings.count(False) == 1
    report = judged(domain(host(facts._replace(ip="192.0.2.1"))))
    assert levels(report, "starttls.varies") == ["fail"]
    async with serve(good(made), bare) as server:
        place = Place(server.host, server.port, sni="mx.example.org", second=True)
        facts = await second_chain(await collect_address(place, FAST), place, FAST)
    assert facts.listings == (False, True)


@pytest.mark.parametrize(
    ("key_type", "present"), [("two", "yes"), ("one", "no")], ids=["two types", "one type"]
)
async def test_the_certificate_of_the_other_key_type_is_read(
    key_type: str, present: str, tmp_path: Path
) -> None:
    leaf = Entity("ec", names=("mx.example.org",))
    both = [leaf]
    if key_type == "two":
        key = rsa.generate_private_key(65537, 2048)
        both.append(Entity("rsa", names=("mx.example.org",), key=key))
    made = context(tmp_path, *both, newest=ssl.TLSVersion.TLSv1_3)
    made.set_ciphers("ECDHE")
    async with serve(good(made), answering(made)) as server:
        place = Place(server.host, server.port, sni="mx.example.org", second=True)
        facts = await second_chain(await collect_address(place, FAST), place, FAST)
        await asyncio.sleep(0.1)  # asyncio cannot cancel the server's half of a handshake
    assert facts.second.present.answer.value == present
    assert facts.connections == 2
    assert len(facts.second.chain.certificates) == (1 if key_type == "two" else 0)


async def test_it_is_read_also_where_a_session_is_open_already(tmp_path: Path) -> None:
    made = context(tmp_path, Entity("ec", names=("mx.example.org",)), newest=ssl.TLSVersion.TLSv1_3)
    made.set_ciphers("ECDHE")
    shared = Shared(FAST, None, Limits())
    async with serve(good(made), answering(made)) as server:
        place = Place(server.host, server.port, sni="mx.example.org", second=True)
        shared.live = await collect_address(place, FAST)
        facts = await shared.address(place)
        await asyncio.sleep(0.1)  # asyncio cannot cancel the server's half of a handshake
    assert facts.second.present.no


async def test_a_retry_leaves_no_connection_for_the_second_certificate() -> None:
    later: Script = [GREETING, *OFFER, ASKED, Say(b"454 4.7.0 later\r\n"), *GOODBYE]
    async with serve(later, good()) as server:
        place = Place(server.host, server.port, second=True)
        facts = await second_chain(await collect_address(place, FAST), place, FAST)
    assert facts.second.present.because is Because.RETRY
    assert facts.connections == 2


@pytest.mark.parametrize(
    "script",
    [
        [Hang()],
        [Close()],
        [Flood(b"220-x\r\n")],
        [GREETING, *OFFER, ASKED, GO, Hang()],
        [GREETING, *OFFER, ASKED, GO, Close()],
        [GREETING, *OFFER, ASKED, GO, Flood(b"\x16\x03\x03\x40\x00" + b"x" * 16384)],
        [GREETING, *OFFER, ASKED, GO, Say(b"250 no TLS here\r\n"), Hang()],
    ],
    ids=["silent", "closed", "flood", "no hello", "hang up", "flood of records", "plaintext"],
)
async def test_a_hostile_server_neither_hangs_nor_breaks_it(script: Script) -> None:
    async with serve(script) as server:
        found = await ask(line_to(server), Hello(TLS1_2, tuple(OLD_CIPHERS)))
    assert found.answer is None or not found.answer.accepted


@pytest.mark.parametrize(
    ("script", "reason", "code"),
    [
        ([Flood(b"220-x\r\n")], "greeting of more than 64 KiB", 0),
        ([Say(b"220-hi\r\n22"), Close()], "closed: no greeting", 0),
        ([Say(b"421-full\r\n421 4.3.2 later\r\n"), Hang()], "421 4.3.2 later", 421),
        ([GREETING, Hear(b"EHLO"), Say(b"\r\n"), Hang()], "an empty line as answer to EHLO", 0),
    ],
)
async def test_what_ends_it_before_a_hello_is_told(script: Script, reason: str, code: int) -> None:
    async with serve(script) as server:
        found = await ask(line_to(server), Hello(TLS1_2, tuple(OLD_CIPHERS)))
    assert (found.answer, found.reason, found.code) == (None, reason, code)


async def test_digits_that_are_no_ascii_are_no_code_and_octets_stay() -> None:
    greetings = ("²²² ÿ\r\n".encode("latin-1"), "²²² hello\r\n".encode())
    found = []
    for greeting in greetings:
        async with serve([Say(greeting), Hang()]) as server:
            found.append(await ask(line_to(server), Hello(TLS1_2, tuple(OLD_CIPHERS))))
    assert [(one.code, one.reason) for one in found] == [
        (0, "\udcb2\udcb2\udcb2 \udcff"),
        (0, "²²² hello"),
    ]


def test_a_hello_is_understood_by_a_real_server_at_any_chunking(tmp_path: Path) -> None:
    made = context(tmp_path, Entity("leaf"), newest=ssl.TLSVersion.TLSv1_3)
    for version, ciphers in ((TLS1_2, ECDSA_CIPHERS), (TLS1_3, TLS1_3_CIPHERS)):
        incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        server = made.wrap_bio(incoming, outgoing, server_side=True)
        incoming.write(Hello(version, tuple(ciphers), name="mx.example.org").octets())
        with pytest.raises(ssl.SSLWantReadError):
            server.do_handshake()
        octets = outgoing.read()
        for size in (1, 7, len(octets)):
            reader = HelloReader()
            for start in range(0, len(octets), size):
                reader.feed(octets[start : start + size])
            assert reader.answer.version == version
            assert reader.answer.cipher in ciphers
            assert bool(reader.answer.certificates) is (version == TLS1_2)


@given(st.binary(max_size=400))
def test_reading_an_answer_never_fails(octets: bytes) -> None:
    HelloReader().feed(octets)
    HelloReader().feed(b"\x16\x03\x03" + len(octets).to_bytes(2) + octets)


def test_no_cipher_has_two_names() -> None:
    names = [*OLD_CIPHERS.values(), *TLS1_3_CIPHERS.values()]
    assert len(names) == len(set(names))


async def test_an_address_without_tls_is_not_asked_further() -> None:
    plain = AddressFacts("127.0.0.1", 9)
    assert await probe_deeply(plain, Place("127.0.0.1", 9), FAST) is plain
    untold = await second_chain(plain, Place("127.0.0.1", 9), FAST)
    assert untold.second.present.because is Because.NO_TLS
