"""One address, from dialling to QUIT, against servers that do every odd thing."""

from __future__ import annotations

import asyncio
import ssl

import pytest

from smtpprobe.protocol.tls_facts import TlsFailure
from smtpprobe.sandbox.faults import (
    Close,
    Drip,
    Flood,
    Hang,
    Hear,
    Pause,
    Reset,
    Say,
    Script,
    StartTls,
    serve,
)
from smtpprobe.starttls.collect.address import Place, collect_address
from smtpprobe.starttls.facts import Connect, Said
from tests.net.stage import server_side
from tests.servers.lab import free_ports
from tests.starttls.dialogues import (
    ASKED,
    GO,
    GOODBYE,
    GREETING,
    INSIDE,
    OFFER,
    gathered,
    gathering,
    good,
)

BUSY = Say(b"421 4.3.2 too busy\r\n")
LATER = Say(b"454 4.7.0 TLS not available\r\n")


async def test_a_session_goes_from_the_greeting_to_quit() -> None:
    async with serve(good()) as server:
        place = Place(server.host, server.port, sni="mx.example.org")
        facts = await collect_address(place, gathering())
        await server.until_heard(b"QUIT")
        assert server.heard[0] == b"EHLO probe.example\r\n"
    assert facts.connect is Connect.OK
    assert facts.greeting == Said(220, "mx.example.org ESMTP")
    assert facts.before == ("SIZE 1000", "STARTTLS")
    assert facts.after == ("SIZE 1000", "AUTH PLAIN")
    assert facts.starttls.reply == Said(220, "2.0.0 go ahead", "2.0.0")
    assert facts.starttls.surplus == b""
    assert facts.tls is not None
    assert (facts.tls.ok, facts.tls.version, facts.tls.sni) == (True, "TLSv1.3", "mx.example.org")
    assert facts.tls.negotiated.group in ("x25519", "x25519mlkem768")
    assert facts.tls.negotiated.signature.startswith("ecdsa_")
    assert facts.tls.negotiated.client_certificate is False
    assert facts.chain.certificates[0].names == ("mx.example.org",)
    assert (facts.ended, facts.retried, facts.connections) == ("", "", 1)


async def test_an_older_session_shows_group_signature_and_extensions_too() -> None:
    facts = await gathered(good(server_side("mx.example.org", newest=ssl.TLSVersion.TLSv1_2)))
    assert facts.tls is not None
    seen = facts.tls.negotiated
    assert facts.tls.version == "TLSv1.2"
    assert (seen.group, seen.signature) == ("x25519", "ecdsa_secp256r1_sha256")
    assert (seen.extended_master_secret, seen.secure_renegotiation) == (True, True)
    assert (seen.compression, seen.client_certificate) == (False, False)


async def test_tls_1_3_binds_its_secrets_always_and_never_renegotiates() -> None:
    facts = await gathered(good())
    assert facts.tls is not None
    seen = facts.tls.negotiated
    assert facts.tls.version == "TLSv1.3"
    assert (seen.extended_master_secret, seen.secure_renegotiation) == (True, None)
    assert (seen.compression, seen.client_certificate) == (False, False)


BARE_HELLO = bytes.fromhex("160303002a 02000026 0303" + 32 * "00" + "00 c02f 00")
"""A ServerHello of TLS 1.2 without extensions."""


async def test_of_a_handshake_that_breaks_off_nothing_is_told_that_was_not_seen() -> None:
    facts = await gathered([GREETING, *OFFER, ASKED, GO, Pause(0.2), Say(BARE_HELLO), Close()])
    assert facts.tls is not None
    assert not facts.tls.ok
    seen = facts.tls.negotiated
    assert (seen.extended_master_secret, seen.secure_renegotiation) == (False, False)
    assert seen.client_certificate is None


async def test_a_client_certificate_that_is_asked_for_is_noticed() -> None:
    context = server_side("mx.example.org")
    context.verify_mode = ssl.CERT_OPTIONAL
    facts = await gathered(good(context))
    assert facts.tls is not None
    assert facts.tls.ok
    assert facts.tls.negotiated.client_certificate is True


@pytest.mark.parametrize(
    "first",
    [
        [GREETING, *OFFER, ASKED, LATER, *GOODBYE],
        [BUSY, Close()],
        [GREETING, Hear(b"EHLO"), BUSY, Close()],
        [GREETING, *OFFER, ASKED, BUSY, Close()],
    ],
    ids=["454 to STARTTLS", "421 as greeting", "421 to EHLO", "421 to STARTTLS"],
)
async def test_after_a_421_or_454_one_more_session_decides(first: Script) -> None:
    facts = await gathered(first, good())
    assert facts.tls is not None
    assert facts.tls.ok
    assert facts.connections == 2
    assert facts.retried.startswith(("421", "454"))
    twice = await gathered(first, first, good())
    assert twice.tls is None
    assert twice.connections == 2


async def test_a_retry_that_lists_starttls_where_the_first_session_did_not_is_told() -> None:
    plain = Say(b"250 mx\r\n")
    first = [GREETING, *OFFER, ASKED, LATER, *GOODBYE]
    lost = await gathered(first, [GREETING, Hear(b"EHLO"), plain, *GOODBYE])
    assert lost.listings == (True, False)
    won = await gathered([GREETING, Hear(b"EHLO"), Say(b"250 mx\r\n421 bye\r\n"), Close()], good())
    assert (won.listings, won.tls is not None) == ((False, True), True)
    assert (await gathered(first, good())).listings == (True, True)


async def test_an_alert_behind_the_220_belongs_to_the_handshake() -> None:
    alert = bytes.fromhex("15030300020250")
    facts = await gathered([GREETING, *OFFER, ASKED, Say(GO.octets + alert), Close()])
    assert facts.starttls.surplus == b""
    assert facts.tls is not None
    assert (facts.tls.ok, facts.tls.negotiated.alert) == (False, "internal_error")


async def test_a_5xx_is_not_asked_again() -> None:
    no = Say(b"502 5.5.1 not implemented\r\n")
    facts = await gathered([GREETING, *OFFER, ASKED, no, *GOODBYE], good())
    assert facts.starttls.reply == Said(502, "5.5.1 not implemented", "5.5.1")
    assert (facts.connections, facts.tls) == (1, None)
    blocked = await gathered([Say(b"554 5.7.1 blocked\r\n"), *GOODBYE], good())
    assert (blocked.connections, blocked.before) == (1, None)
    assert blocked.greeting == Said(554, "5.7.1 blocked", "5.7.1")


async def test_plaintext_behind_the_220_is_surplus_and_the_session_goes_on() -> None:
    forged = Say(b"220 go\r\n250 forged\r\nhalf")
    secured = StartTls(server_side("mx.example.org"))
    facts = await gathered([GREETING, *OFFER, ASKED, forged, secured, *INSIDE, *GOODBYE])
    assert facts.starttls.surplus == b"250 forged\r\nhalf"
    assert facts.tls is not None
    assert facts.tls.ok
    assert facts.after == ("SIZE 1000", "AUTH PLAIN")


async def test_plaintext_where_the_handshake_should_be_fails_it() -> None:
    script = [GREETING, *OFFER, ASKED, GO, Pause(0.1), Say(b"250 late\r\n"), Hang()]
    facts = await gathered(script)
    assert facts.starttls.surplus == b"250 late\r\n"
    assert facts.tls is not None
    assert not facts.tls.ok


async def test_a_server_without_starttls_costs_one_connection() -> None:
    facts = await gathered([GREETING, Hear(b"EHLO"), Say(b"250 mx\r\n"), *GOODBYE])
    assert facts.starttls.advertised.no
    assert (facts.before, facts.tls, facts.connections) == ((), None, 1)


async def test_what_is_not_smtp_is_kept_as_it_was_said() -> None:
    async with asyncio.timeout(2):  # nobody waits for an answer to QUIT
        facts = await gathered([Say(b"SSH-2.0-OpenSSH_9.2\r\n"), Hang()])
    assert facts.greeting is not None
    assert (facts.greeting.code, facts.greeting.text) == (None, "SSH-2.0-OpenSSH_9.2")


@pytest.mark.parametrize(
    ("script", "connect"),
    [
        ([Hang()], Connect.SILENT),
        ([Close()], Connect.CLOSED),
        ([Reset()], Connect.CLOSED),
        ([Drip(b"220 a very slow greeting\r\n", 0.1)], Connect.SILENT),
    ],
    ids=["silent", "closed", "reset", "dripping"],
)
async def test_nobody_who_greets_is_told_apart(script: Script, connect: Connect) -> None:
    facts = await gathered(script, greeting_limit=0.3, reply_limit=1.0)
    assert facts.connect is connect


async def test_a_refused_connection_is_named() -> None:
    (port,) = free_ports(1)
    facts = await collect_address(Place("127.0.0.1", port), gathering())
    assert facts.connect is Connect.REFUSED
    assert facts.starttls.advertised.reason == "no connection"


@pytest.mark.parametrize(
    ("script", "ended"),
    [
        ([GREETING, Hear(b"EHLO"), Hang()], "no answer to EHLO within 0.3s"),
        ([GREETING, Hear(b"EHLO"), Drip(b"250-x\r\n" * 50, 0.05)], "no answer to EHLO within"),
        ([GREETING, Hear(b"EHLO"), Flood(b"250-x\r\n")], "a reply of more than 64 KiB"),
        ([GREETING, Hear(b"EHLO"), Close()], "the server closed the connection"),
        ([GREETING, *OFFER, ASKED, Close()], "the server closed the connection"),
        ([GREETING, *OFFER, ASKED, Hang()], "no answer to STARTTLS within"),
    ],
    ids=["silence", "drip", "flood", "close", "close at STARTTLS", "silence at STARTTLS"],
)
async def test_what_ends_a_session_early_is_told_in_bounded_time(
    script: Script, ended: str
) -> None:
    patience = 0.3 if "within" in ended else 5.0
    facts = await gathered(script, reply_limit=patience)
    assert facts.ended.startswith(ended)
    assert facts.tls is None


@pytest.mark.parametrize(
    "after",
    [[Close()], [Reset()], [Pause(0.05), Say(b"\x15\x03\x01\x00\x02\x02\x28"), Close()]],
    ids=["close", "reset", "alert"],
)
async def test_a_handshake_that_fails_says_why(after: Script) -> None:
    facts = await gathered([GREETING, *OFFER, ASKED, GO, *after])
    assert facts.tls is not None
    assert not facts.tls.ok
    assert facts.tls.reason
    if len(after) == 3:
        assert facts.tls.negotiated.alert == "handshake_failure"


async def test_tls_from_the_first_octet_needs_no_starttls() -> None:
    secured = StartTls(server_side("mx.example.org"))
    facts = await gathered([secured, GREETING, *INSIDE, *GOODBYE], implicit=True)
    assert facts.tls is not None
    assert facts.tls.ok
    assert facts.before == ("SIZE 1000", "AUTH PLAIN")
    assert facts.starttls.reply is None


async def test_a_port_that_speaks_in_clear_instead_of_tls_is_a_failed_handshake() -> None:
    facts = await gathered([GREETING, Hang()], implicit=True)
    assert facts.connect is Connect.TLS_FAILED
    assert facts.tls is not None
    assert facts.tls.failure is TlsFailure.PLAINTEXT


async def test_every_octet_may_be_the_last_one() -> None:
    said = b"220 mx\r\n250-mx\r\n250 STARTTLS\r\n220 go\r\n"
    for end in range(0, len(said), 3):
        facts = await gathered([Say(said[:end]), Close()], greeting_limit=0.5, reply_limit=0.5)
        assert facts.tls is None or not facts.tls.ok


@pytest.mark.parametrize(
    ("first", "waited"),
    [([GREETING, *OFFER, ASKED, LATER, *GOODBYE], 5.0), ([BUSY, Close()], 30.0)],
    ids=["454", "421"],
)
async def test_a_server_without_tls_for_now_is_left_alone_for_less_than_one_that_closes(
    first: Script, waited: float
) -> None:
    waits: list[float] = []

    async def pause(seconds: float) -> None:
        waits.append(seconds)

    async with serve(first, good()) as server:
        place = Place("127.0.0.1", server.port)
        await collect_address(place, gathering(retry_wait=30.0), pause)
    assert waits == [waited]
