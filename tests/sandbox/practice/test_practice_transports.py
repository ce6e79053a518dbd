"""What the practice server knows of proxies, other clients' names and reversed roles."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from functools import partial

import pytest

from smtpprobe.cli.launch import practice
from smtpprobe.client import Client, ConnectOptions
from smtpprobe.errors import ConnectFailed
from smtpprobe.knowledge.annotate import annotate
from smtpprobe.protocol.command import exact_line
from smtpprobe.protocol.phase import Phase
from smtpprobe.protocol.target import Target, TargetKind
from smtpprobe.protocol.transport.proxy_header import parse_header
from smtpprobe.sandbox.notices import Note, NoteKind
from smtpprobe.sandbox.practice.turned import EMPTY
from smtpprobe.sandbox.practice_server import PracticeServer
from tests.net.stage import Log, a_client, exchange
from tests.sandbox.rehearsal import Rehearsal

pytestmark = pytest.mark.real_time


def at(port: int, *, implicit_tls: bool = False) -> Target:
    return Target(TargetKind.ADDRESS, "127.0.0.1", port, implicit_tls=implicit_tls)


@pytest.mark.parametrize("implicit_tls", [False, True])
@pytest.mark.parametrize("header", ["v1 192.0.2.1:4711", "v2 192.0.2.1:4711", "v1 unknown"])
async def test_a_proxy_header_names_the_client(header: str, implicit_tls: bool) -> None:
    notes: list[Note] = []
    async with PracticeServer(on_note=notes.append, proxy_protocol=True) as server:
        options = ConnectOptions(proxy_header=parse_header(header))
        async with a_client(options) as (client, log):
            port = server.smtps_port if implicit_tls else server.port
            await client.open(at(port, implicit_tls=implicit_tls))
            assert (await exchange(client, log, "EHLO me.example")).reply.code == 250
    told = [note.text for note in notes if note.kind is NoteKind.OPENED]
    named = "192.0.2.1:4711" if "unknown" not in header else "not named"
    assert f"PROXY header: client {named}" in told


async def test_the_built_in_server_expects_the_header_that_is_configured() -> None:
    options = ConnectOptions(proxy_header=parse_header("v1 192.0.2.1"))
    async with practice(wanted=True, announced=True) as server, a_client(options) as (client, log):
        assert server is not None
        await client.open(at(server.port))
        assert (await exchange(client, log, "NOOP")).reply.code == 250


async def test_who_sends_no_proxy_header_is_closed_and_that_is_told() -> None:
    notes: list[Note] = []
    async with PracticeServer(on_note=notes.append, proxy_protocol=True) as server:
        reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
        writer.write(b"EHLO me.example\r\n")
        with suppress(ConnectionResetError):
            assert await reader.read() == b""
        writer.close()
    assert any("no PROXY header" in note.text for note in notes)


async def test_xclient_is_understood_on_request_only() -> None:
    async with PracticeServer(xclient=True) as server, a_client() as (client, log):
        await client.open(at(server.port))
        hello = await exchange(client, log, "EHLO me.example")
        assert all(one in hello.after.extensions for one in ("XCLIENT", "XFORWARD"))
        assert (await exchange(client, log, "XFORWARD NAME=spike.example")).reply.code == 250
        for bad in ("XCLIENT", "XCLIENT COLOUR=red", "XCLIENT NAME=a b", "XCLIENT NAME=\x7f"):
            assert (await exchange(client, log, bad)).reply.code == 501
        anew = await exchange(client, log, "XCLIENT NAME=spike.example ADDR=192.0.2.1")
        assert (anew.reply.code, client.state.phase) == (220, Phase.CONNECTED)
        assert (await exchange(client, log, "MAIL FROM:<a@b.example>")).reply.code == 503
    assert Rehearsal().last("EHLO me", "XCLIENT NAME=x").startswith("550 5.7.0")


async def fetching(client: Client, log: Log, command: str) -> None:
    async with PracticeServer() as server:
        await client.open(at(server.smtps_port, implicit_tls=True))
        await exchange(client, log, "EHLO me.example")
        login = "AUTH PLAIN AHByb2JlQHNhbmRib3gudGVzdABwcmFjdGljZQ=="
        assert (await exchange(client, log, login)).reply.code == 235
        assert "ATRN" in client.state.extensions
        found = await exchange(client, log, command)
        assert found.reply.code == 250
        assert "greet first" in annotate(found).meaning
        heard = []
        for reply, awaited in (
            ("220 me.example ready", "EHLO"),
            ("250-me.example\r\n250 PIPELINING", "MAIL"),
            ("250 ok", "RCPT"),
            ("250 ok", "DATA"),
            ("354 go on", "."),
            ("250 taken", "QUIT"),
        ):
            for line in reply.split("\r\n"):
                await client.send(exact_line(line, client.state.phase))
            await log.until(partial(begins, log, awaited))
            heard.append(awaited)
            told = annotate(log.exchanges[-1])
            assert told.title == "Roles reversed"
            assert told.next_steps[0].text.startswith("> ")
            assert not told.remarks
        await client.send(exact_line("221 bye", client.state.phase))
        await log.until(lambda: client.state.phase is Phase.CLOSED)
        text = b"".join(log.replies)
        assert b"Subject: waiting mail" in text


def begins(log: Log, awaited: str) -> bool:
    return log.replies[-1].startswith(awaited.encode())


@pytest.mark.parametrize("command", ["ATRN", "ATRN sandbox.test", "TURN"])
async def test_roles_are_reversed_and_a_waiting_message_is_fetched(command: str) -> None:
    async with a_client() as (client, log):
        await fetching(client, log, command)


REFUSED = (
    ("EHLO me", "ATRN", "530 5.7.0"),
    ("EHLO me", "TURN", "530 5.7.0"),
    ("EHLO me", "TURN now", "501 5.5.4"),
    ("NOOP", "ATRN", "503 5.5.1"),
)


@pytest.mark.parametrize(("before", "command", "reply"), REFUSED)
def test_roles_are_not_reversed_for_everybody(before: str, command: str, reply: str) -> None:
    assert Rehearsal(tls=True).last(before, command).startswith(reply)


def test_mail_of_others_and_no_mail_are_refused_by_their_codes() -> None:
    login = ("EHLO me", "AUTH PLAIN AHByb2JlQHNhbmRib3gudGVzdABwcmFjdGljZQ==")
    assert Rehearsal(tls=True).last(*login, "ATRN elsewhere.example").startswith("450 4.7.1")
    assert Rehearsal(tls=True).last(*login, f"ATRN {EMPTY}").startswith("453 4.3.0")


def test_a_refusal_of_the_new_server_ends_it_in_order() -> None:
    login = ("EHLO me", "AUTH PLAIN AHByb2JlQHNhbmRib3gudGVzdABwcmFjdGljZQ==", "ATRN")
    rehearsal = Rehearsal(tls=True)
    assert rehearsal.last(*login).startswith("250")
    assert rehearsal.last("220 me") == "EHLO sandbox.test"
    assert rehearsal.last("550 go away") == "QUIT"


async def test_a_port_that_expects_a_header_is_named_in_the_hint() -> None:
    async with PracticeServer() as server:
        client = Client(ConnectOptions(proxy_header=parse_header("v1"), greeting_timeout=1))
        with pytest.raises(ConnectFailed, match=r".") as raised:
            await client.open(at(server.smtps_port, implicit_tls=True))
        assert "PROXY header" in raised.value.hint
