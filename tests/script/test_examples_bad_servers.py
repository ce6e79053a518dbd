"""Against a server that is bad in one point an example is red, at the line about that point."""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio

from smtpprobe.client import Client, ConnectOptions
from smtpprobe.exits import ExitStatus
from smtpprobe.protocol.happening import Happening
from smtpprobe.sandbox import faults
from smtpprobe.sandbox.faults import Hang, Hear, Say, StartTls, Step
from smtpprobe.sandbox.practice_server import PracticeServer
from smtpprobe.sandbox.throwaway_ca import Certificate, server_context
from smtpprobe.script.results.check import Outcome
from smtpprobe.script.runner.runner import Runner
from tests.script.examples import (
    NAMES,
    PRACTICE,
    Play,
    practised,
    run_example,
    script_of,
    settings_of,
    text_of,
)
from tests.script.replayed import Change, served
from tests.script.runs import GREETING


@dataclass(frozen=True, slots=True)
class Bad:
    """A server's fault, and how the line of the example begins that has to find it."""

    change: Change
    line: str
    number: int = 1
    """The so manyeth line that begins so."""


def bad(asked: bytes, reply: str, line: str, *, number: int = 1, nth: int = 1) -> Bad:
    """The `nth` answer to a line that begins so is this, which that line of the example finds."""
    return Bad(Change(asked, nth, reply.encode() + b"\r\n"), line, number)


BAD = {
    "bad-sequence": bad(b"RCPT", "250 2.1.5 Ok", "< 503"),
    "banner-baseline": bad(
        b"EHLO", "250-sandbox.test\r\n250-PIPELINING\r\n250 8BITMIME", "< 250 +ENHANCED"
    ),
    "chunking": bad(b"BDAT", "451 4.3.0 not now", "< 250", nth=1),
    "delivery": bad(b".\r\n", "250 2.0.0 Ok, somewhere", "< 250 2.0.0 /queued"),
    "early-talker": bad(b"", "421 4.3.2 too busy", "< 220 within"),
    "eight-bit": bad(b"MAIL", "250 2.1.0 Ok", "< 501|504|555", nth=2),
    "first-session": bad(b"RCPT", "250 2.1.5 Ok", "< 550 5.1.1"),
    "greylisting": bad(b"RCPT", "450 4.2.0 Later", "< 250", nth=-1),
    "lmtp-delivery": bad(b".\r\n", "250 2.0.0 <full@sandbox.test> Ok", "< 452|550|552", nth=2),
    "null-sender": bad(b"MAIL", "550 5.7.1 No bounces here", "< 250 2.1.0"),
    "pipelining": bad(b"RCPT", "250 2.1.5 Ok", "< 550|551|553"),
    "practice-login": bad(b"AUTH", "235 2.7.0 Welcome", "< 535 5.7.8", nth=2),
    "practice-refusals": bad(b".\r\n", "250 2.0.0 Ok", "< 554 5.7.1", number=2),
    "relay-refused": bad(b"RCPT", "250 2.1.5 Ok", "< 450|451|454|503"),
    "size-limit": bad(b"MAIL", "250 2.1.0 Ok", "< 552 5.3.4"),
    "smtputf8": bad(b".\r\n", "554 5.6.0 What language is this?", "< 250 2.0.0"),
    "starttls-certificate": bad(b"EHLO", "250-sandbox.test\r\n250 AUTH PLAIN", "< 250 +STARTTLS"),
    "starttls-injection": bad(b"STARTTLS", "454 4.7.0 No TLS today", "< 220"),
    "submission-login": bad(b"AUTH", "235 2.7.0 Welcome", "< 535 5.7.8"),
    "vrfy-disabled": bad(b"VRFY", "550 5.1.1 No such user", ":assert reply.code", nth=2),
}


def line_of(name: str, beginning: str, number: int) -> int:
    """Return the number of the so manyeth line of an example that begins so."""
    lines = enumerate(text_of(name).split("\n"), 1)
    return [at for at, line in lines if line.startswith(beginning)][number - 1]


@pytest.fixture(scope="module")
def tls(tmp_path_factory: pytest.TempPathFactory) -> tuple[ssl.SSLContext, Path]:
    """A server's good certificate, and the CA to trust."""
    ca_file = tmp_path_factory.mktemp("tls") / "ca.pem"
    return server_context(Certificate.GOOD, ca_file), ca_file


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def practice() -> AsyncIterator[PracticeServer]:
    async with PracticeServer(pace=0.01) as server:
        yield server


async def recorded(name: str, server: PracticeServer) -> list[Happening]:
    """Return what happens when an example is run against the practice server."""
    play = PRACTICE[name]
    client = Client(ConnectOptions(family=4, verify=True, ca_file=str(server.ca_file)))
    happened: list[Happening] = []
    client.subscribe(happened.append)
    settings = settings_of(name, play, getattr(server, play.port))
    result = await Runner(client, script_of(name, play), settings).run()
    assert result.status is ExitStatus.OK
    return happened


def test_there_is_a_bad_server_for_each_example() -> None:
    assert sorted(BAD) == NAMES


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("name", BAD)
async def test_an_example_is_red_against_a_server_that_is_bad_in_one_point(
    name: str, practice: PracticeServer, tls: tuple[ssl.SSLContext, Path]
) -> None:
    context, ca_file = tls
    fault = BAD[name]
    happened = await recorded(name, practice)
    async with faults.serve(*served(happened, fault.change, context)) as server:
        result = await run_example(name, PRACTICE[name], server.port, ca_file)
    wrong = [check for check in result.checks if check.status is not ExitStatus.OK]
    assert wrong, "green"
    line = line_of(name, fault.line, fault.number)
    assert (wrong[0].place.line, result.status) == (line, ExitStatus.CHECK_FAILED), result.failed


@pytest.mark.parametrize(
    "kind", [Certificate.EXPIRED, Certificate.SELF_SIGNED, Certificate.WRONG_NAME]
)
async def test_a_bad_certificate_is_red_at_the_assertion_about_it(kind: Certificate) -> None:
    async with PracticeServer(certificate=kind) as server:
        result = await practised("starttls-certificate", server)
    line = line_of("starttls-certificate", ":assert tls.ok", 1)
    assert [check.place.line for check in result.failed] == [line]
    assert result.status is ExitStatus.CHECK_FAILED


async def test_a_certificate_that_ends_soon_is_a_warning_before_it_is_a_failure() -> None:
    name = "starttls-certificate"
    async with PracticeServer() as server:
        warned = await practised(name, server, play=Play(variables={"warn": "1000"}))
        failed = await practised(name, server, play=Play(variables={"fail": "1000"}))
    line = line_of(name, ":assert tls.days_left >= {{warn}}", 1)
    assert [(check.place.line, check.outcome) for check in warned.failed] == [(line, Outcome.WARN)]
    assert warned.status is ExitStatus.OK
    assert [check.place.line for check in failed.failed] == [line + 1]
    assert failed.status is ExitStatus.CHECK_FAILED


async def test_a_server_that_obeys_what_was_smuggled_into_tls_is_red(
    tls: tuple[ssl.SSLContext, Path],
) -> None:
    context, ca_file = tls
    hello = Say(b"250-mx.example\r\n250 STARTTLS\r\n")
    server: list[Step] = [
        GREETING, Hear(b"EHLO"), hello, Hear(b"STARTTLS"), Hear(b"NOOP"), Say(b"220 go\r\n"),
        StartTls(context), Say(b"250 2.0.0 Ok\r\n"), Hang(),
    ]  # fmt: skip
    async with faults.serve(server) as listening:
        result = await run_example("starttls-injection", Play(), listening.port, ca_file)
    assert [check.place.line for check in result.failed] == [
        line_of("starttls-injection", "< none for", 1)
    ]
    assert result.failed[0].message == "unexpected 250, expected silence for 2s"
    assert result.status is ExitStatus.CHECK_FAILED
