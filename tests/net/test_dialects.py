"""LMTP and XCLIENT as real servers speak them."""

from __future__ import annotations

import pytest

from smtpprobe.client import Client
from smtpprobe.knowledge.annotate import annotate
from smtpprobe.knowledge.assist.completion import Hints, completions
from smtpprobe.protocol.phase import Dialect, Phase
from smtpprobe.protocol.target import Target, parse_target
from tests.net.stage import Log, a_client, exchange, host, line
from tests.servers.dovecot import Dovecot
from tests.servers.postfix import Postfix


def lmtp_targets(dovecot: Dovecot) -> tuple[Target, Target]:
    return (
        parse_target(f"lmtp://[127.0.0.1]:{dovecot.lmtp_port}"),
        parse_target(f"lmtp+unix:{dovecot.lmtp_socket}"),
    )


async def says(client: Client, log: Log, text: str) -> int | None:
    return (await exchange(client, log, text)).reply.code


@pytest.mark.parametrize("way", [0, 1], ids=["tcp", "unix"])
async def test_lmtp_answers_each_recipient_that_it_took(way: int, dovecot: Dovecot) -> None:
    async with a_client() as (client, log):
        await client.open(lmtp_targets(dovecot)[way])
        assert client.state.dialect is Dialect.LMTP
        assert await says(client, log, "LHLO me.example") == 250
        assert await says(client, log, "MAIL FROM:<me@lab.test>") == 250
        assert await says(client, log, "RCPT TO:<alice@lab.test>") == 250
        assert await says(client, log, "RCPT TO:<full@lab.test>") == 250
        assert await says(client, log, "RCPT TO:<nobody@lab.test>") == 550
        assert await says(client, log, "DATA") == 354
        await client.send(line("Subject: two replies", client.state))
        await client.send(line("", client.state))
        before = len(log.exchanges)
        await client.send(line(".", client.state))
        await log.until(lambda: len(log.exchanges) == before + 2)
        assert [one.reply.code for one in log.exchanges[before:]] == [250, 552]
        assert client.state.pending == ()
        assert client.state.phase is Phase.READY


async def test_postfix_takes_who_xclient_names_and_greets_anew(postfix: Postfix) -> None:
    mark = len(postfix.log_text())
    async with a_client() as (client, log):
        await client.open(host(postfix.ports.xclient))
        assert await says(client, log, "EHLO me.example") == 250
        assert "XCLIENT" in client.state.extensions
        offered = [one.text for one in completions("XCLIENT ", client.state, Hints("me.example"))]
        assert any("ADDR" in one for one in offered)
        found = await exchange(client, log, "XCLIENT NAME=spike.example ADDR=192.0.2.123")
        assert found.reply.code == 220
        assert client.state.phase is Phase.CONNECTED
        assert client.state.identity is None
        assert client.state.greeting is found.reply
        assert "EHLO" in (annotate(found).next_steps[0].command or "")
        assert await says(client, log, "EHLO me.example") == 250
        assert await says(client, log, "MAIL FROM:<me@example.org>") == 250
        assert await says(client, log, "QUIT") == 221
    assert postfix.logs("from spike.example[192.0.2.123]", mark)


async def test_postfix_refuses_a_bad_attribute_of_xclient(postfix: Postfix) -> None:
    async with a_client() as (client, log):
        await client.open(host(postfix.ports.xclient))
        assert await says(client, log, "EHLO me.example") == 250
        found = await exchange(client, log, "XCLIENT COLOUR=red")
        assert found.reply.severity is not None
        assert found.reply.code == 501
        assert client.state.identity == "me.example"
