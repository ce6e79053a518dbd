from __future__ import annotations

import asyncio
from collections.abc import Iterable

import pytest

from smtpprobe.client import Client, ConnectOptions
from smtpprobe.errors import UsageError
from smtpprobe.exits import ExitStatus
from smtpprobe.protocol.command import exact_line, read_line
from smtpprobe.protocol.events import By, Closed, Event, Secured, Sent, Waived
from smtpprobe.protocol.phase import Phase
from smtpprobe.protocol.target import Target
from smtpprobe.protocol.tls_facts import TlsFacts
from smtpprobe.sandbox.practice_server import PracticeServer
from smtpprobe.script.parser.parser import parse
from smtpprobe.script.recordings.save import Saved, saved_script
from smtpprobe.script.runner.run_settings import RunSettings
from smtpprobe.script.runner.runner import Runner
from tests.present.sessions import OPENED, asis, message, said, typed
from tests.script.runs import host


def saved(events: Iterable[Event]) -> str:
    return saved_script([OPENED, *said(b"220 hi\r\n"), *events], "probe.example.org").text


def test_a_session_becomes_a_portable_script() -> None:
    found = saved_script(
        [
            OPENED,
            *said(b"220 mx1.example.net ESMTP Postfix\r\n"),
            typed("EHLO probe.example.org"),
            *said(
                b"250-mx1.example.net\r\n250-PIPELINING\r\n250-SIZE 26214400\r\n250-STARTTLS\r\n"
                b"250-X-ODD 1\r\n250-ENHANCEDSTATUSCODES\r\n250 8BITMIME\r\n"
            ),
            typed("MAIL FROM:<me@example.org>"),
            *said(b"250 2.1.0 Ok\r\n"),
            typed("RCPT TO:<bob@other.example>"),
            *said(b"554 5.7.1 <bob@other.example>: Relay access denied\r\n"),
        ],
        "probe.example.org",
    )
    assert (
        found.text
        == """\
< 220  # mx1.example.net ESMTP Postfix
EHLO {{client}}
< 250 +PIPELINING +SIZE>=26214400 +STARTTLS +ENHANCEDSTATUSCODES +8BITMIME
MAIL FROM:<me@example.org>
< 250 2.1.0  # Ok
RCPT TO:<bob@other.example>
< 554 5.7.1  # <bob@other.example>: Relay access denied
"""
    )
    assert found.summary("relay.smtp") == (
        "saved relay.smtp: 3 sends, 4 expectations (codes and enhanced codes), host as {{host}}"
    )


def test_the_host_is_written_as_a_variable_and_parts_of_other_names_are_not() -> None:
    text = saved(
        [typed("MAIL FROM:<a@mx1.example.net>"), *said(b"250\r\n"),
         typed("VRFY mx1.example.net.test xmx1.example.net"), *said(b"252\r\n")]
    )  # fmt: skip
    assert "MAIL FROM:<a@{{host}}>\n" in text
    assert "VRFY mx1.example.net.test xmx1.example.net\n" in text


def test_another_name_in_the_hello_is_kept() -> None:
    assert "EHLO other.example\n" in saved([typed("EHLO other.example"), *said(b"250 x\r\n")])


def test_a_message_typed_line_by_line_is_saved_as_a_message() -> None:
    lines = [typed(line, Phase.DATA) for line in ("Subject: x", "", "..dot", ":text", ".")]
    text = saved([typed("DATA"), *said(b"354 go\r\n"), *lines, *said(b"250 2.0.0 ok\r\n")])
    assert text.endswith("DATA\n< 354  # go\nSubject: x\n\n..dot\n:text\n.\n< 250 2.0.0  # ok\n")


def test_a_message_broken_off_is_saved_as_it_was() -> None:
    text = saved(
        [typed("DATA"), *said(b"354 go\r\n"), typed("x", Phase.DATA), Closed(0.0, By.THEM)]
    )
    assert text.endswith("DATA\n< 354  # go\n> x\n< eof\n")


def test_braces_in_a_message_are_not_replaced_when_it_runs() -> None:
    text = saved([typed("DATA"), *said(b"354\r\n"), message("{{client}}"), *said(b"250\r\n")])
    assert text.startswith(":expand off\n< 220")


def test_lines_that_did_not_wait_are_sent_as_they_stand() -> None:
    text = saved([typed("NOOP"), typed("QUIT"), *said(b"250 a\r\n", b"221 b\r\n")])
    assert text.endswith("> NOOP\n> QUIT\n< 250  # a\n< 221  # b\n")


def test_credentials_are_secrets_and_certificates_not_enforced_are_told() -> None:
    tls = TlsFacts(ok=True, ca_file="/tmp/ca.pem")
    text = saved(
        [typed("STARTTLS"), *said(b"220 go\r\n"), Secured(0.0, tls),
         typed("AUTH PLAIN AGEAc2VjcmV0"), *said(b"535 5.7.8 no\r\n")]
    )  # fmt: skip
    assert "AGEAc2VjcmV0" not in text
    assert "# ca-file /tmp/ca.pem\n:tls verify off\nSTARTTLS\n" in text
    assert ":secret auth_1\nAUTH PLAIN {{auth_1}}\n< 535 5.7.8" in text


@pytest.mark.parametrize(
    ("reply", "written"),
    [
        (b"250-a\r\n250 b\r\n", "< 250  # a / b\n"),
        (b"250\r\n", "< 250\n"),
        (b"550 \x1b[2J\r\n", "< 550  # \\x1b[2J\n"),
        (b"550-5.1.1 a\r\n550 5.1.1 b\r\n", "< 550 5.1.1  # a / b\n"),
        (b"550-5.1.1 a\r\n550 5.7.1 b\r\n", "< 550  # a / b\n"),
        (b"600 x\r\n", '< line "600 x\\r\\n"\n'),
        (b"garbage\r\n", '< line "garbage\\r\\n"\n'),
    ],
)
def test_a_reply_becomes_an_expectation_of_its_codes(reply: bytes, written: str) -> None:
    assert saved([typed("NOOP"), *said(reply)]).endswith(f"NOOP\n{written}")


def test_a_session_forgotten_in_part_begins_with_the_first_whole_connection() -> None:
    found = saved_script([typed("NOOP"), OPENED, *said(b"220\r\n")], "x")
    assert found.begins_late
    assert "starts with the first connection still in memory" in found.summary("f")
    with pytest.raises(UsageError, match="nothing to save"):
        saved_script([typed("NOOP")], "x")


def test_a_second_connection_is_made_again() -> None:
    text = saved([Closed(0.0, By.US), OPENED, *said(b"220 again\r\n"), Closed(0.0, By.US)])
    assert text == "< 220  # hi\n:close\n:connect\n< 220  # again\n"


LINES = [
    "EHLO client.example", "STARTTLS", "EHLO client.example", "AUTH LOGIN", "*",
    "MAIL FROM:<a@localhost>", "RCPT TO:<550-5.1.1@sandbox.test>",
    "RCPT TO:<multiline@sandbox.test>", "RCPT TO:<a@sandbox.test>", "250 odd", "NOOP {{x}}",
    "DATA", "Subject: x", "", ":text {{client}}", "..dot", ".", "VRFY a@localhost", "QUIT",
]  # fmt: skip


async def _interactive(port: int) -> Saved:
    """Type a session line by line, each after its reply, as at the prompt."""
    client = Client(ConnectOptions(family=4, verify=False))
    await client.open(host(port))
    settled = _Settled(client)
    for line in LINES:
        phase = client.state.phase
        local = line.startswith("250") and phase is not Phase.DATA
        command = exact_line(line, phase) if local else read_line(line, phase)
        await client.send(command)
        await settled.wait()
    await settled.closed()
    return saved_script(client.events, "client.example")


class _Settled:
    def __init__(self, client: Client) -> None:

        self._client = client
        self._stirred = asyncio.Event()
        client.subscribe(lambda _happening: self._stirred.set())

    async def wait(self) -> None:
        while self._client.state.awaiting:
            await self._once()

    async def closed(self) -> None:
        while self._client.state.phase is not Phase.CLOSED:
            await self._once()

    async def _once(self) -> None:
        self._stirred.clear()
        await self._stirred.wait()


async def test_a_saved_session_runs_green() -> None:
    async with PracticeServer() as server:
        found = await _interactive(server.port)
        target: Target = host(server.port)
        script = parse(found.text, "saved.smtp")
        settings = RunSettings("client.example", target)
        strict = Client(ConnectOptions(family=4, verify=True))
        result = await Runner(strict, script, settings).run()
        assert result.status is ExitStatus.OK, (found.text, result.failed)
        assert len(result.checks) == found.expectations
        assert [event.command.raw for event in strict.events if isinstance(event, Sent)][:3] == [
            b"EHLO client.example\r\n", b"STARTTLS\r\n", b"EHLO client.example\r\n",
        ]  # fmt: skip


def test_lines_sent_exactly_stay_exact() -> None:
    assert saved([asis("STARTTLS"), *said(b"220 go\r\n")]).endswith("> STARTTLS\n< 220  # go\n")


def test_lines_that_mean_more_than_their_octets_are_held_together() -> None:
    held = [typed("STARTTLS"), asis("NOOP"), *said(b"220 go\r\n")]
    tls = Secured(0.0, TlsFacts(ok=True))
    assert saved([*held, tls]).endswith(
        ":tls verify off\n:hold\nSTARTTLS\n> NOOP\n:flush\n< 220  # go\n"
    )
    login = [typed("RSET"), typed("AUTH PLAIN AGEAYg=="), *said(b"250 a\r\n", b"235 b\r\n")]
    assert saved(login).endswith(
        ":secret auth_1\n:hold\nRSET\nAUTH PLAIN {{auth_1}}\n:flush\n< 250  # a\n< 235  # b\n"
    )


def test_silence_that_was_waited_for_is_saved() -> None:
    assert saved([asis("NOOP"), Waived(0.0, 0.5)]).endswith("> NOOP\n< none for 500ms\n")
