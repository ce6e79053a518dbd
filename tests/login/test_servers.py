"""Each mechanism, with a good and a bad password, against a real server that has it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from smtpprobe.client import Client, ConnectOptions
from smtpprobe.login.responders import login
from smtpprobe.net.clock import monotonic
from smtpprobe.protocol.auth.login import Credentials, choose, shows_certificate
from smtpprobe.protocol.auth.mechanisms import MECHANISMS, Secret
from smtpprobe.protocol.auth.sasl import Login
from smtpprobe.protocol.command import Command, read_line
from smtpprobe.protocol.phase import Phase
from smtpprobe.protocol.reply import Reply
from smtpprobe.protocol.target import Target, TargetKind
from smtpprobe.protocol.transport.tls_offer import EVERYTHING
from smtpprobe.repl.wait import reply_to, settled
from tests.login.servers import (
    PASSWORD,
    TOKEN,
    LoginServer,
    dovecot_submission,
    exim,
    postfix_with_cyrus,
)
from tests.servers import lab

pytestmark = [pytest.mark.servers, pytest.mark.real_time]

KNOWN = {Secret.PASSWORD: PASSWORD, Secret.TOKEN: TOKEN, Secret.OTHER: ""}


@pytest.fixture(scope="module")
def cyrus() -> Iterator[LoginServer]:
    with postfix_with_cyrus() as server:
        yield server


@pytest.fixture(scope="module")
def dovecot_for_logins() -> Iterator[LoginServer]:
    with dovecot_submission() as server:
        yield server


@pytest.fixture(scope="module")
def exim_for_logins() -> Iterator[LoginServer]:
    with exim() as server:
        yield server


async def connected(server: LoginServer, *, certificate: bool = False) -> Client:
    """Return a client inside TLS that has said EHLO."""
    offer = EVERYTHING
    if certificate:
        assert server.certificate is not None
        offer = EVERYTHING._replace(certificate=str(server.certificate), key=str(server.key))
    client = Client(ConnectOptions(offer=offer), clock=monotonic)
    await client.open(Target(TargetKind.ADDRESS, lab.HOST, server.port))
    for line in ("EHLO me.example", "STARTTLS", "EHLO me.example"):
        await reply_to(client, read_line(line, Phase.CONNECTED))
        await settled(client)
    return client


async def run(client: Client, attempt: Login) -> Reply:
    """Log in; return the last reply."""
    command: Command | None = read_line(attempt.line, client.state.phase)
    while command is not None:
        reply = (await reply_to(client, command)).reply
        command = attempt.after(reply)
    return reply


async def logs_in(server: LoginServer, name: str, *, good: bool) -> None:
    """See that a mechanism logs in by the right secret, and by no other one."""
    kind = MECHANISMS[name].secret
    client = await connected(server, certificate=name == "EXTERNAL")
    state = client.state
    if name.endswith("-PLUS") and name not in state.extensions.auth_mechanisms:
        await client.close()
        pytest.skip(f"{server.name} does not announce {name}: Dovecot has it from 2.4 on")
    assert name in state.extensions.auth_mechanisms
    secret = KNOWN[kind] if good else "wrong"
    user = server.user if good or kind is not Secret.OTHER else "mallory@lab.test"
    if name == "EXTERNAL" and good:
        user = f"{server.user}@lab.test"
    attempt = login(
        name, Credentials(user, secret, kind), state.tls, state.extensions.auth_mechanisms
    )
    reply = await run(client, attempt)
    await client.close()
    assert (reply.code == 235) is good, (name, reply.text, attempt.given_up)
    assert not attempt.doubt
    assert ("proved that it knows" in attempt.verdict) is (good and name.startswith("SCRAM-"))
    if not good:
        assert reply.code in (535, 501), reply.text


@pytest.mark.parametrize("good", [True, False], ids=["good", "bad"])
@pytest.mark.parametrize("name", ["PLAIN", "LOGIN", "CRAM-MD5", "SCRAM-SHA-1", "SCRAM-SHA-256"])
async def test_postfix_with_cyrus_sasl_lets_in_by(
    cyrus: LoginServer, name: str, good: bool
) -> None:  # fmt: skip
    await logs_in(cyrus, name, good=good)


@pytest.mark.parametrize("good", [True, False], ids=["good", "bad"])
@pytest.mark.parametrize(
    "name", ["PLAIN", "LOGIN", "SCRAM-SHA-256", "SCRAM-SHA-256-PLUS", "OAUTHBEARER", "XOAUTH2"]
)
async def test_dovecots_submission_server_lets_in_by(
    dovecot_for_logins: LoginServer, name: str, good: bool
) -> None:  # fmt: skip
    await logs_in(dovecot_for_logins, name, good=good)


@pytest.mark.parametrize("good", [True, False], ids=["good", "bad"])
@pytest.mark.parametrize("name", ["CRAM-MD5", "EXTERNAL"])
async def test_exim_lets_in_by(
    exim_for_logins: LoginServer, name: str, good: bool
) -> None:  # fmt: skip
    await logs_in(exim_for_logins, name, good=good)


async def test_exim_that_knows_the_certificate_is_logged_in_to_by_it_alone(
    exim_for_logins: LoginServer,
) -> None:
    client = await connected(exim_for_logins, certificate=True)
    shown = shows_certificate(client.state.tls)
    assert shown
    credentials = Credentials(kind=Secret.OTHER, certificate=shown)
    choice = choose(client.state.extensions.auth_mechanisms, credentials, client.state.tls)
    await client.close()
    assert choice.mechanism == "EXTERNAL"


async def test_the_strongest_of_cyrus_is_scram(cyrus: LoginServer) -> None:
    client = await connected(cyrus)
    offered = client.state.extensions.auth_mechanisms
    choice = choose(offered, Credentials(cyrus.user, PASSWORD), client.state.tls)
    await client.close()
    assert choice.mechanism.startswith("SCRAM-SHA-256")
