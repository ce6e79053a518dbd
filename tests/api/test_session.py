"""The Python interface, as a program uses it: and servers that misbehave."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from email.message import EmailMessage

import pytest

import smtpprobe
from smtpprobe.sandbox.faults import Close, Hang, Hear, Say, serve
from smtpprobe.sandbox.practice_server import PracticeServer

MESSAGE = "Subject: hello\n\n.a line with a dot\n"


@pytest.fixture
async def server() -> AsyncIterator[PracticeServer]:
    async with PracticeServer() as server:
        yield server


def trusting(server: PracticeServer) -> smtpprobe.ConnectOptions:
    """Return options that trust the practice server."""
    return smtpprobe.ConnectOptions(
        verify=True, ca_file=str(server.ca_file), client="me.example", timeout=10
    )


async def test_the_example_of_the_documentation_holds(server: PracticeServer) -> None:
    target = f"127.0.0.1:{server.port}"
    async with smtpprobe.connect(target, options=trusting(server)) as session:
        hello = await session.command("EHLO me.example")
        assert hello.reply.code == 250
        assert hello.elapsed is not None
        assert "STARTTLS" in session.extensions
        facts = await session.starttls()
        assert facts.ok
        assert session.tls is facts
        await session.command("EHLO me.example")
        people = ["postmaster@sandbox.test", "full@sandbox.test"]
        sent = await session.transaction("me@me.example", people, MESSAGE)
        assert not sent.accepted
        assert sent.recipients["postmaster@sandbox.test"].result.value == "accepted"
        assert sent.recipients["full@sandbox.test"].result.value in {"refused", "deferred"}
        assert sent.last.reply.code == 250
        assert sent.report.queue_ids
        assert "accepted" in smtpprobe.annotate(sent.last).meaning
        again = await session.transaction("me@me.example", people[0], MESSAGE)
        assert again.accepted
    assert session.state.phase.name == "CLOSED"


async def test_all_that_comes_back_has_a_form_for_json(server: PracticeServer) -> None:
    async with smtpprobe.connect(f"127.0.0.1:{server.port}", options=trusting(server)) as session:
        await session.command("EHLO me.example")
        facts = await session.starttls()
        sent = await session.transaction("me@me.example", "postmaster@sandbox.test", MESSAGE)
    report = await smtpprobe.check_starttls(f"[127.0.0.1]:{server.port}", trusting(server))
    told = smtpprobe.annotate(sent.last)
    values = [smtpprobe.as_json(one) for one in (facts, sent, sent.report, sent.last, told, report)]
    assert json.loads(json.dumps(values)) == values
    assert values[3]["annotation"] == values[4]
    assert values[5]["schema"] == "smtpprobe/starttls/1"
    with pytest.raises(TypeError, match="no JSON for a str"):
        smtpprobe.as_json("text")  # type: ignore[arg-type]


async def test_a_message_of_the_email_package_is_sent_as_it_is(server: PracticeServer) -> None:
    message = EmailMessage()
    message["Subject"] = "hello"
    message.set_content("text")
    async with smtpprobe.connect(f"127.0.0.1:{server.port}") as session:
        sent = await session.transaction("me@me.example", "postmaster@sandbox.test", message)
    assert sent.accepted


async def test_events_come_in_order_to_the_close(server: PracticeServer) -> None:
    seen: list[str] = []
    async with smtpprobe.connect(f"127.0.0.1:{server.port}") as session:
        events = session.events()

        async def watch() -> None:
            seen.extend([type(happening.event).__name__ async for happening in events])

        watching = asyncio.ensure_future(watch())
        await asyncio.sleep(0)
        await session.command("NOOP")
    await asyncio.wait_for(watching, 10)
    assert seen == ["Sent", "Received", "Sent", "Received", "Closed"]


async def test_what_a_server_refuses_is_data(server: PracticeServer) -> None:
    async with smtpprobe.connect(f"127.0.0.1:{server.port}") as session:
        refused = await session.command("RCPT TO:<a@b.example>")
    assert refused.reply.code == 503


async def test_starttls_that_is_refused_has_the_reply() -> None:
    async with (
        serve(
            [Say(b"220 x\r\n"), Hear(), Say(b"454 4.7.0 TLS not available\r\n"), Hang()]
        ) as server,
        smtpprobe.connect(f"127.0.0.1:{server.port}") as session,
    ):
        with pytest.raises(smtpprobe.HandshakeFailed, match=r"454 4\.7\.0") as failed:
            await session.starttls()
        assert failed.value.exchange.reply.code == 454
        assert failed.value.tls is None


async def test_a_certificate_that_does_not_verify_fails_the_handshake(
    server: PracticeServer,
) -> None:
    async with smtpprobe.connect(f"127.0.0.1:{server.port}") as session:
        await session.command("EHLO me.example")
        with pytest.raises(smtpprobe.HandshakeFailed) as failed:
            await session.starttls()
    assert failed.value.tls is not None
    assert not failed.value.tls.ok


async def test_silence_is_an_error_within_the_limit() -> None:
    async with (
        serve([Say(b"220 x\r\n"), Hang()]) as server,
        smtpprobe.connect(f"127.0.0.1:{server.port}", timeout=5) as session,
    ):
        with pytest.raises(smtpprobe.NoReply, match="no reply within 5s"):
            await session.command("NOOP")


async def test_a_closed_connection_is_an_error_and_the_context_ends_well() -> None:
    async with (
        serve([Say(b"220 x\r\n"), Hear(), Close()]) as server,
        smtpprobe.connect(f"127.0.0.1:{server.port}") as session,
    ):
        with pytest.raises(smtpprobe.NoReply, match="closed the connection"):
            await session.command("NOOP")
        with pytest.raises(smtpprobe.NoReply):
            await session.command("NOOP")


async def test_a_cancelled_command_leaves_its_reply_to_nobody() -> None:
    steps = [
        Say(b"220 x\r\n"),
        Hear(),
        Hear(),
        Say(b"250 late\r\n"),
        Say(b"251 right\r\n"),
        Hear(),
        Hang(),
    ]
    async with (
        serve(steps) as server,
        smtpprobe.connect(f"127.0.0.1:{server.port}") as session,
    ):
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(1):
                await session.command("NOOP")
        assert (await session.command("NOOP")).reply.code == 251


async def test_a_line_end_in_a_command_is_refused_before_it_is_sent(server: PracticeServer) -> None:
    async with smtpprobe.connect(f"127.0.0.1:{server.port}") as session:
        with pytest.raises(smtpprobe.UsageError):
            await session.command("NOOP\r\nQUIT")
        assert session.state.commands == 0


async def test_an_error_inside_closes_without_quit(server: PracticeServer) -> None:
    kinds: list[str] = []

    async def fail() -> None:
        async with smtpprobe.connect(f"127.0.0.1:{server.port}") as session:
            session.client.subscribe(lambda one: kinds.append(type(one.event).__name__))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    assert kinds == ["Closed"]


@pytest.mark.parametrize("mechanism", ["", "PLAIN"])
async def test_a_login_gives_its_last_exchange(server: PracticeServer, mechanism: str) -> None:
    known = server.credentials
    target = f"127.0.0.1:{server.submission_port}"
    for password, code in ((known.password, 235), ("wrong", 535)):
        async with smtpprobe.connect(target, options=trusting(server)) as session:
            await session.command("EHLO me.example")
            await session.starttls()
            await session.command("EHLO me.example")
            exchange = await session.login(known.user, password, mechanism)
            assert exchange.reply.code == code
            assert (session.state.authenticated is not None) == (code == 235)


async def test_nobody_there_is_an_error_that_says_so() -> None:
    with pytest.raises(smtpprobe.ConnectFailed):
        async with smtpprobe.connect("127.0.0.1:1"):
            pass


async def test_a_password_goes_out_in_clear_only_on_request(server: PracticeServer) -> None:
    async with smtpprobe.connect(f"127.0.0.1:{server.submission_port}") as session:
        await session.command("EHLO me.example")
        before = session.state.commands
        with pytest.raises(smtpprobe.UsageError):
            await session.login("user", "secret", "PLAIN")
        assert session.state.commands == before


@pytest.mark.parametrize("verify", [True, False])
async def test_a_ca_file_that_cannot_be_used_is_an_error_before_anything_is_connected_to(
    *, verify: bool
) -> None:
    options = smtpprobe.ConnectOptions(verify=verify, ca_file="/nowhere/ca.pem", client="x")
    with pytest.raises(smtpprobe.UsageError, match="CA file"):
        async with smtpprobe.connect("[127.0.0.1]:1", options=options):
            pass
    with pytest.raises(smtpprobe.UsageError, match="CA file"):
        await smtpprobe.check_starttls("[127.0.0.1]:1", options)
