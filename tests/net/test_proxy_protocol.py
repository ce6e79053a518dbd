"""The PROXY header in front of everything: to servers that want it, and to those that do not."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from smtpprobe.client import Client, ConnectOptions
from smtpprobe.errors import ConnectFailed, UsageError
from smtpprobe.knowledge.annotate import annotate
from smtpprobe.present.session_state import state_lines
from smtpprobe.present.spans import text_of
from smtpprobe.present.transcript import TextTranscript
from smtpprobe.present.transcript_json import JsonTranscript
from smtpprobe.protocol.events import Opened
from smtpprobe.protocol.happening import Happening
from smtpprobe.protocol.target import Target, TargetKind
from smtpprobe.protocol.transport.proxy_header import parse_header
from smtpprobe.sandbox import faults
from smtpprobe.sandbox.faults import Close, Hang, Hear, Say
from smtpprobe.script.recordings.json_lines import read_json
from tests.net.stage import a_client, exchange, host
from tests.servers.postfix import HOSTNAME, Postfix


def asked(text: str) -> ConnectOptions:
    return ConnectOptions(proxy_header=parse_header(text))


HEADERS = (
    # what is asked for, whom Postfix takes for its client
    ("v1 192.0.2.1:4711", "192.0.2.1]:4711"),
    ("v2 192.0.2.9:4712 198.51.100.2:25", "192.0.2.9]:4712"),
    ("v2 local", "127.0.0.1]"),
)


@pytest.mark.parametrize(("text", "client_named"), HEADERS)
async def test_postfix_takes_the_client_of_the_header(
    text: str, client_named: str, postfix: Postfix
) -> None:
    mark = len(postfix.log_text())
    async with a_client(asked(text)) as (client, log):
        await client.open(host(postfix.ports.proxied))
        assert (await exchange(client, log, "EHLO me.example")).reply.code == 250
        before_quit = client.state
        assert (await exchange(client, log, "QUIT")).reply.code == 221
        header = log.only(Opened).via.header
        assert header.startswith(f"PROXY {text[:2]}")
        lines = [text_of(one) for one in state_lines(before_quit)]
        assert f"PROXY header: {header.removeprefix('PROXY ')}" in lines
    assert postfix.logs(f"connect from unknown[{client_named}", mark)


@pytest.mark.parametrize("text", ["v1 192.0.2.7:1", "v2 192.0.2.8:2"])
async def test_it_stands_in_front_of_implicit_tls(text: str, postfix: Postfix) -> None:
    mark = len(postfix.log_text())
    options = asked(text)._replace(verify=True, ca_file=str(postfix.ca_file), sni=HOSTNAME)
    target = Target(TargetKind.HOST, "localhost", postfix.ports.proxied_smtps, implicit_tls=True)
    async with a_client(options._replace(family=4)) as (client, log):
        await client.open(target)
        tls = log.only(Opened).tls
        assert tls is not None
        assert tls.verdict.verified is True
        assert (await exchange(client, log, "EHLO me.example")).reply.code == 250
    address = text.split()[1].partition(":")[0]
    assert postfix.logs(f"connect from unknown[{address}]", mark)


async def test_a_server_that_does_not_expect_it_is_said_to_have_taken_it_for_commands(
    postfix: Postfix,
) -> None:
    async with a_client(asked("v1")) as (client, log):
        await client.open(host(postfix.ports.smtp))
        await log.until(lambda: len(log.replies) > 1 or "Closed" in log.words)
        if len(log.replies) == 1:  # from 3.9 on, where the header came before the greeting was out
            assert any("PROXY header" in remark for remark in annotate(log.exchanges[0]).remarks)
            return
        told = annotate(log.exchanges[1])
        assert told.title == "PROXY header not expected"
        assert "--proxy-protocol" in told.next_steps[0].text


REFUSALS = (
    "421 4.3.0 mx.example Server local error",
    "554 5.7.1 go away",
)


@pytest.mark.parametrize("text", REFUSALS)
async def test_a_refusal_in_place_of_the_greeting_may_be_about_the_header(text: str) -> None:
    async with (
        faults.serve([Say(text.encode() + b"\r\n"), Hang()]) as server,
        a_client(asked("v1")) as (client, _),
    ):
        await client.open(Target(TargetKind.ADDRESS, "127.0.0.1", server.port))
        assert client.last is not None
        assert any("PROXY header" in remark for remark in annotate(client.last).remarks)
    async with (
        faults.serve([Say(text.encode() + b"\r\n"), Hang()]) as server,
        a_client() as (client, _),
    ):
        await client.open(Target(TargetKind.ADDRESS, "127.0.0.1", server.port))
        assert client.last is not None
        assert not any("PROXY header" in remark for remark in annotate(client.last).remarks)


async def test_an_early_talker_is_told_that_the_header_was_early() -> None:
    greeting = Say(b"554 5.5.0 SMTP protocol synchronization error\r\n")
    async with faults.serve([greeting, Close()]) as server, a_client(asked("v1")) as (client, _):
        await client.open(Target(TargetKind.ADDRESS, "127.0.0.1", server.port))
        assert client.last is not None
        assert annotate(client.last).title == "PROXY header not expected"


async def test_a_hello_in_line_behind_the_header_is_read_with_care() -> None:
    steps = [
        Say(b"220 mx\r\n"),
        Hear(b"EHLO me.example\r\n"),
        Say(b"500 5.5.2 Error: bad syntax\r\n"),
        Hang(),
    ]
    async with faults.serve(steps) as server, a_client(asked("v1")) as (client, log):
        await client.open(Target(TargetKind.ADDRESS, "127.0.0.1", server.port))
        found = await exchange(client, log, "EHLO me.example")
        assert annotate(found).meaning.startswith("perhaps: the server took the PROXY header")


async def test_addresses_of_two_families_are_refused_before_anything_is_sent() -> None:
    async with faults.serve([Say(b"220 mx\r\n"), Hang()]) as server:
        client = Client(asked("v1 2001:db8::1"))
        with pytest.raises(UsageError, match="not of one family"):
            await client.open(Target(TargetKind.ADDRESS, "127.0.0.1", server.port))
        await client.close()


async def test_who_closes_without_a_greeting_is_named_as_such() -> None:
    async with faults.serve([Close()]) as server:
        client = Client(asked("v1"))
        with pytest.raises(ConnectFailed) as raised:
            await client.open(Target(TargetKind.ADDRESS, "127.0.0.1", server.port))
    assert "PROXY header" in raised.value.hint


async def test_recordings_tell_of_the_header_and_replay_it() -> None:
    lines: list[str] = []
    text = TextTranscript(lambda: datetime.now(UTC))
    as_json = JsonTranscript(lambda: datetime.now(UTC))
    written: list[str] = []

    def happened(happening: Happening) -> None:
        lines.append(as_json.write(happening))
        written.append(text.write(happening))

    async with faults.serve([Say(b"220 mx\r\n"), Hang()]) as server:
        client = Client(asked("v1 192.0.2.1:4711 198.51.100.2:25"))
        client.subscribe(happened)
        await client.open(Target(TargetKind.ADDRESS, "127.0.0.1", server.port))
        await client.close()
    words = "PROXY v1 192.0.2.1:4711 -> 198.51.100.2:25"
    assert f"# via-header {words}\n" in "".join(written)
    opened = next(json.loads(one) for one in lines if '"open"' in one)
    assert opened["via"] == {"proxy": "", "header": words}
    again = read_json("".join(lines).encode(), "a.jsonl").tracks[0].events[0]
    assert isinstance(again, Opened)
    assert again.via.header == words
