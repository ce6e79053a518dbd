"""Each mechanism, with a good and a bad password, over real TLS to the practice server."""

from __future__ import annotations

import pytest

from smtpprobe.client import Client, ConnectOptions
from smtpprobe.login.responders import login
from smtpprobe.net.clock import monotonic
from smtpprobe.protocol.auth.channel_binding import binding_of
from smtpprobe.protocol.auth.login import Credentials, choose
from smtpprobe.protocol.auth.mechanisms import MECHANISMS as ROWS
from smtpprobe.protocol.auth.sasl import Login, Manner
from smtpprobe.protocol.command import Command, read_line
from smtpprobe.protocol.phase import Phase
from smtpprobe.protocol.reply import Reply
from smtpprobe.protocol.target import Target, TargetKind
from smtpprobe.repl.wait import reply_to
from smtpprobe.sandbox.practice.login import MECHANISMS
from smtpprobe.sandbox.practice_server import PracticeServer

USER, PASSWORD = "probe@sandbox.test", "practice"


async def outcome(client: Client, attempt: Login) -> Reply:
    """Log in; return the last reply."""
    command: Command | None = read_line(attempt.line, client.state.phase)
    while command is not None:
        reply = (await reply_to(client, command)).reply
        command = attempt.after(reply)
    return reply


@pytest.mark.real_time
@pytest.mark.parametrize("password", [PASSWORD, "wrong"])
async def test_each_mechanism_logs_in_by_the_right_password_alone(password: str) -> None:
    async with PracticeServer() as server:
        client = Client(ConnectOptions(), clock=monotonic)
        target = Target(TargetKind.ADDRESS, server.host, server.smtps_port, implicit_tls=True)
        for name in MECHANISMS:
            await client.open(target)
            await reply_to(client, read_line("EHLO me", Phase.CONNECTED))
            credentials = Credentials(USER, password, ROWS[name].secret)
            attempt = login(name, credentials, client.state.tls, MECHANISMS)
            code = (await outcome(client, attempt)).code
            good = password == PASSWORD or name == "ANONYMOUS"
            assert code == (235 if good else 535), name
            assert (client.state.authenticated == name) is good
            assert ("proved" in attempt.verdict) is (good and name.startswith("SCRAM"))
            assert not attempt.doubt
        offered = client.state.extensions.auth_mechanisms
        choice = choose(offered, Credentials(USER, PASSWORD), client.state.tls)
        assert choice.mechanism == "SCRAM-SHA-256-PLUS"
        await client.close()


@pytest.mark.real_time
@pytest.mark.parametrize("kind", ["tls-exporter", "tls-server-end-point"])
async def test_each_channel_binding_ties_a_login_to_its_connection(kind: str) -> None:
    async with PracticeServer() as server:
        client = Client(ConnectOptions(), clock=monotonic)
        target = Target(TargetKind.ADDRESS, server.host, server.smtps_port, implicit_tls=True)
        bound = []
        for _ in range(2):
            await client.open(target)
            await reply_to(client, read_line("EHLO me", Phase.CONNECTED))
            found = binding_of(client.state.tls, kind)
            if isinstance(found, str):
                pytest.skip(found)
            bound.append(found.data)
            manner = Manner(binding=kind)
            credentials = Credentials(USER, PASSWORD)
            attempt = login("SCRAM-SHA-256-PLUS", credentials, client.state.tls, (), manner)
            assert (await outcome(client, attempt)).code == 235
            assert "proved" in attempt.verdict
        await client.close()
        assert (bound[0] == bound[1]) is (kind == "tls-server-end-point")


@pytest.mark.real_time
async def test_a_login_that_is_bound_to_another_connection_is_refused() -> None:
    async with PracticeServer() as server:
        client = Client(ConnectOptions(), clock=monotonic)
        target = Target(TargetKind.ADDRESS, server.host, server.smtps_port, implicit_tls=True)
        await client.open(target)
        await reply_to(client, read_line("EHLO me", Phase.CONNECTED))
        tls = client.state.tls
        assert tls is not None
        elsewhere = tls._replace(exporter=b"x" * 32)
        attempt = login("SCRAM-SHA-256-PLUS", Credentials(USER, PASSWORD), elsewhere)
        reply = await outcome(client, attempt)
        await client.close()
        assert reply.code == 535
        assert "channel-bindings-dont-match" in reply.text
