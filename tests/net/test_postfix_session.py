"""The client against a real Postfix: what the fault server only plays."""

from __future__ import annotations

from pathlib import Path

import pytest

from smtpprobe.client import ConnectOptions
from smtpprobe.knowledge.rules.handshake import annotate_handshake
from smtpprobe.protocol.events import By, Closed, Opened, Secured
from smtpprobe.protocol.target import Target, TargetKind
from smtpprobe.protocol.transport.tls_offer import EVERYTHING, TlsOffer
from tests.certificates import CLIENT, Entity
from tests.net.stage import a_client, exchange, host, line
from tests.servers.postfix import DOMAIN, HOSTNAME, Postfix

DELIVERY = (
    (f"MAIL FROM:<me@{DOMAIN}>", 250),
    (f"RCPT TO:<alice@{DOMAIN}>", 250),
    ("RCPT TO:<somebody@elsewhere.example>", 554),
    (f"RCPT TO:<full@{DOMAIN}>", 452),
    ("DATA", 354),
)


async def test_a_verified_session_delivers_mail(postfix: Postfix) -> None:
    options = ConnectOptions(verify=True, ca_file=str(postfix.ca_file))
    async with a_client(options) as (client, log):
        await client.open(host(postfix.ports.smtp))
        assert "STARTTLS" in (await exchange(client, log, "EHLO me.example")).reply.texts
        await client.send(line("starttls", client.state))
        tls = log.only(Secured).tls
        assert (tls.ok, tls.verdict.verified) == (True, True)
        assert log.only(Secured).surplus == b""
        found = await exchange(client, log, "EHLO me.example")
        assert "STARTTLS" not in found.after.extensions
        for text, code in DELIVERY:
            assert (await exchange(client, log, text)).reply.code == code
        for text in ("Subject: test", "", "..a dot", ""):
            await client.send(line(text, client.state))
        queued = await exchange(client, log, ".")
        assert queued.reply.raw.startswith(b"250 2.0.0 Ok: queued as ")
        assert (await exchange(client, log, "QUIT")).reply.code == 221
        closed = await log.until_event(Closed)
        assert (closed.by, closed.reason) == (By.THEM, "")


async def test_a_certificate_of_an_unknown_ca_is_shown_and_the_session_goes_on(
    postfix: Postfix,
) -> None:
    async with a_client() as (client, log):
        await client.open(host(postfix.ports.smtp))
        await exchange(client, log, "EHLO me.example")
        await client.send(line("STARTTLS", client.state))
        verdict = log.only(Secured).tls.verdict
        assert (verdict.trusted, verdict.code, verdict.name_matches) == (False, 20, True)
        assert (await exchange(client, log, "EHLO me.example")).reply.code == 250


async def test_implicit_tls_is_up_before_the_greeting(postfix: Postfix) -> None:
    target = Target(TargetKind.HOST, "localhost", postfix.ports.smtps, implicit_tls=True)
    async with a_client(ConnectOptions(sni=HOSTNAME)) as (client, log):
        await client.open(target)
        tls = log.only(Opened).tls
        assert tls is not None
        assert (tls.sni, tls.verdict.name_matches) == (HOSTNAME, True)


async def test_a_postfix_that_loses_patience_is_heard_at_once(postfix: Postfix) -> None:
    async with a_client() as (client, log):
        await client.open(host(postfix.ports.impatient))
        await log.until_event(Closed)
        assert log.words == ["Opened", "Received", "Received", "Closed"]
        assert log.replies[-1].startswith(b"421 4.4.2 ")


@pytest.mark.parametrize(("shown", "logged"), [(True, "Untrusted"), (False, "Anonymous")])
async def test_postfix_tells_a_client_with_a_certificate_from_one_without(
    shown: bool, logged: str, postfix: Postfix, tmp_path: Path
) -> None:
    own = Entity("client.example.org", purposes=(CLIENT,))
    pair = tmp_path / "own.pem"
    pair.write_bytes(own.key_pem + own.pem)
    offer = TlsOffer(str(pair)) if shown else EVERYTHING
    before = len(postfix.log_text())
    async with a_client(ConnectOptions(offer=offer)) as (client, log):
        await client.open(host(postfix.ports.asking))
        await exchange(client, log, "EHLO me.example")
        await client.send(line("STARTTLS", client.state))
        negotiated = log.only(Secured).tls.negotiated
        assert (negotiated.client_certificate, negotiated.own_certificate) == (True, shown)
        assert (await exchange(client, log, "EHLO me.example")).reply.code == 250
        assert (await exchange(client, log, "QUIT")).reply.code == 221
    assert postfix.logs(f"{logged} TLS connection established from", before)


async def test_a_server_that_demands_a_certificate_gets_it_before_mail(
    postfix: Postfix, tmp_path: Path
) -> None:
    own = Entity("client.example.org", purposes=(CLIENT,))
    pair = tmp_path / "own.pem"
    pair.write_bytes(own.key_pem + own.pem)
    async with a_client(ConnectOptions(offer=TlsOffer(str(pair)))) as (client, log):
        await client.open(host(postfix.ports.demanding))
        await exchange(client, log, "EHLO me.example")
        await client.send(line("STARTTLS", client.state))
        # the issuer is unknown to it, which in TLS 1.3 it says after its side has ended
        told = "\n".join(annotate_handshake(log.only(Secured), client.state).details)
        assert "client certificate sent" in told
