"""Assertions on reply, hello, TLS and time; handshakes that the script itself judges."""

from __future__ import annotations

import ssl
from pathlib import Path

import pytest

from smtpprobe.client import Client, ConnectOptions
from smtpprobe.exits import ExitStatus
from smtpprobe.protocol.target import Target, TargetKind, parse_target
from smtpprobe.sandbox import faults
from smtpprobe.sandbox.faults import Close, Hang, Hear, Pause, Say, StartTls, Step
from smtpprobe.sandbox.practice_server import PracticeServer
from smtpprobe.sandbox.throwaway_ca import Certificate, server_context
from smtpprobe.script.language.assertion import holds, read_assertion
from smtpprobe.script.language.patterns import plain_pattern
from smtpprobe.script.parser.parser import parse
from smtpprobe.script.results.check import Outcome
from smtpprobe.script.results.results import ScriptResult
from smtpprobe.script.runner.run_settings import RunSettings
from smtpprobe.script.runner.runner import Runner
from tests.script.blocks import problems_of
from tests.script.runs import GREETING, heard, host, outcome, run, told

EHLO = (b"EHLO", b"250-mx.example\r\n250-SIZE 1000\r\n250-DSN\r\n250 AUTH PLAIN LOGIN\r\n")
HELLO = "EHLO x\n"


@pytest.fixture(scope="module")
def tls(tmp_path_factory: pytest.TempPathFactory) -> tuple[ssl.SSLContext, Path]:
    ca_file = tmp_path_factory.mktemp("tls") / "ca.pem"
    return server_context(Certificate.GOOD, ca_file), ca_file


@pytest.mark.parametrize(
    "assertion",
    [
        "reply.code == 250", "reply.code < 300", "reply.lines == 4", "reply.ms < 5000",
        "reply.text contains SIZE", "reply.text matches /^mx/", "not reply.enhanced",
        "ehlo.size == 1000", "ehlo.size <= 1k", "ehlo.size < 1M", "ehlo.keywords contains dsn",
        "ehlo.auth contains LOGIN", 'ehlo.auth == "PLAIN LOGIN"', "ehlo.dsn", "not ehlo.starttls",
        "not ehlo.keywords contains CHUNKING", "time.total < 5s", "time.connect < 5000ms",
        "time.greeting < 5", "client == client.example", "host == localhost",
    ],
)  # fmt: skip
async def test_what_is_so_holds(assertion: str) -> None:
    result = await run(f"{HELLO}:assert {assertion}\n", told(EHLO))
    assert result.status is ExitStatus.OK, outcome(result)
    assert len(result.checks) == 3


@pytest.mark.parametrize(
    ("assertion", "told_"),
    [
        ("reply.code == 550", "reply.code is 250"),
        ("not reply.code == 250", "reply.code is 250"),
        ("reply.enhanced", "reply.enhanced is empty"),
        ("ehlo.size >= 10M", "ehlo.size is 1000"),
        ("ehlo.starttls", "ehlo.starttls is empty"),
        ("time.total > 1m", "time.total is 0."),
    ],
)
async def test_what_is_not_so_fails_with_what_it_is(assertion: str, told_: str) -> None:
    result = await run(f"{HELLO}:assert {assertion}\n", told(EHLO))
    assert outcome(result)[0].startswith(f"F12 assertion failed: {told_}")
    assert result.status is ExitStatus.CHECK_FAILED
    warned = await run(f"{HELLO}:assert {assertion} severity=warning\n", told(EHLO))
    assert [check.outcome for check in warned.failed] == [Outcome.WARN]
    assert warned.status is ExitStatus.OK


@pytest.mark.parametrize(
    ("script", "told_"),
    [
        (":assert tls.verified\n", "tls.verified is unknown: no handshake on this connection"),
        (":assert not tls.ok\n", "tls.ok is unknown: no handshake on this connection"),
        (
            ":assert ehlo.size\n",
            "ehlo.size is unknown: no EHLO has been accepted on this connection",
        ),
        (":assert not ehlo.size\n", "ehlo.size is unknown: no EHLO has been accepted"),
        (":assert reply.code == 1\n", "reply.code is unknown: no reply has been received"),
    ],
)
async def test_what_is_unknown_is_neither_so_nor_not(script: str, told_: str) -> None:
    result = await run(f":connect [localhost]\n{script}", told(EHLO))
    assert outcome(result)[0].startswith(f"T06 {told_}")
    assert result.status is ExitStatus.CANNOT_TELL


async def test_a_handshake_forgets_the_hello(tls: tuple[ssl.SSLContext, Path]) -> None:
    context, ca_file = tls
    server: list[Step] = [
        *told(EHLO, (b"STARTTLS", b"220 go\r\n"))[:-1], StartTls(context), Hang(),
    ]  # fmt: skip
    script = f"{HELLO}STARTTLS\n:assert tls.ok\n:assert ehlo.size\n"
    result, _ = await heard(script, server, ca_file=ca_file)
    assert outcome(result)[0].startswith("T06 ehlo.size is unknown")


async def secured(
    script: str, server: PracticeServer, port: int | None = None, *, trusting: bool = True
) -> ScriptResult:
    """Run a script against the practice server."""
    ca_file = str(server.ca_file) if trusting else None
    client = Client(ConnectOptions(family=4, verify=True, ca_file=ca_file))
    settings = RunSettings("x", host(port or server.port), 5.0)
    return await Runner(client, parse(script, "t.smtp"), settings).run()


async def test_all_of_a_good_handshake_can_be_asserted() -> None:
    script = (
        "EHLO x\nSTARTTLS\n:assert tls.ok\n:assert tls.verified\n:assert tls.version >= 1.2\n"
        ":assert tls.cipher contains _\n:assert tls.days_left > 80\n:assert tls.days_left <= 90\n"
        ":assert tls.subject contains sandbox.test\n:assert tls.issuer contains practice\n"
        ":assert tls.san contains localhost\n:assert not tls.surplus\n"
        ":assert not tls.san contains elsewhere.example\nEHLO x\nQUIT\n"
    )
    async with PracticeServer() as server:
        result = await secured(script, server)
    assert result.status is ExitStatus.OK, outcome(result)


@pytest.mark.parametrize(
    ("assertion", "version", "holds_"),
    [
        (f"{negated}tls.version {comparison} {written}", version, so is not bool(negated))
        for negated in ("", "not ")
        for version, minor in (("1", 0), ("1.1", 1), ("1.2", 2), ("1.3", 3))
        for written in ("1.2", "TLS1.2", "TLSv1.2", "tlsv1.2", '"TLS 1.2"')
        for comparison, so in (
            ("==", minor == 2), ("!=", minor != 2), ("<", minor < 2), (">=", minor >= 2),
        )
    ],
)  # fmt: skip
def test_a_version_of_tls_is_compared_as_reports_write_it(
    assertion: str, version: str, holds_: bool
) -> None:
    assert holds(read_assertion(assertion, plain_pattern), version) is holds_


@pytest.mark.parametrize(
    ("assertion", "version"),
    [
        *((f"tls.version {how}", "1.3") for how in (
            "contains 1.3", "contains TLSv1.3", "matches /^1[.]3$/", "matches /^TLSv1[.][23]$/",
            "matches /^TLS1[.]3$/", "not contains TLSv1.2", "not matches /1[.]2/", "> SSLv3",
        )),
        *((f"tls.version {how}", "1") for how in ("== 1.0", "== TLSv1", "== TLSv1.0", "< 1.1")),
    ],
)  # fmt: skip
def test_a_version_of_tls_can_be_asked_for_by_name(assertion: str, version: str) -> None:
    if " not " in assertion:
        assertion = "not " + assertion.replace(" not", "", 1)
    assert holds(read_assertion(assertion, plain_pattern), version)


@pytest.mark.parametrize("wanted", ["TLSv1.3x", "v1.3", "13", "2.0", "yes", '"TLS"'])
def test_what_is_no_version_of_tls_is_told(wanted: str) -> None:
    (problem,) = problems_of(f"STARTTLS\n:assert tls.version >= {wanted}\n").problems
    shown = wanted.strip('"')
    assert problem.message == (
        f'bad argument: "{shown}" is not a TLS version; 1.3, TLS1.3 and TLSv1.3 are equivalent'
    )


async def test_a_version_of_tls_may_be_a_value() -> None:
    for wanted, ids in (("TLSv1.2", []), ("TLSv9", ["F11"])):
        script = f":let least = {wanted}\nEHLO x\nSTARTTLS\n:assert tls.version >= {{{{least}}}}\n"
        async with PracticeServer() as server:
            result = await secured(script, server)
        assert [check.id for check in result.failed] == ids


@pytest.mark.parametrize("comparison", ["<", "<=", ">", ">="])
@pytest.mark.parametrize("negated", ["", "not "])
@pytest.mark.parametrize("side", ["tls.version", "tls.days_left", "ehlo.size", "reply.enhanced"])
def test_what_is_not_there_is_neither_more_nor_less_than_something(
    side: str, negated: str, comparison: str
) -> None:
    for wanted in ("1.2", "TLSv1.2") if side == "tls.version" else ("7", "10M", "4.0.0"):
        assertion = read_assertion(f"{negated}{side} {comparison} {wanted}", plain_pattern)
        assert not holds(assertion, "")


JUDGED = "EHLO x\nSTARTTLS\n:assert not tls.ok\n:assert not tls.verified\n:assert not tls.version\n"


async def test_a_failed_handshake_is_judged_by_the_assertions_under_it() -> None:
    async with PracticeServer() as server:
        result = await secured(f"{JUDGED}:assert tls.days_left > 80\n", server, trusting=False)
        assert result.status is ExitStatus.OK, outcome(result)
        assert result.notes[0].startswith("line 2: TLS handshake failed after STARTTLS: ")
        failed = await secured("EHLO x\nSTARTTLS\n:assert tls.ok\n", server, trusting=False)
        assert outcome(failed) == ("F12 assertion failed: tls.ok is false",)
        assert failed.status is ExitStatus.CHECK_FAILED
        unjudged = await secured("EHLO x\nSTARTTLS\nEHLO x\n", server, trusting=False)
        assert unjudged.failed[0].id == "T04"
        assert unjudged.status is ExitStatus.CANNOT_TELL


async def test_assertions_below_the_next_sending_step_judge_no_handshake() -> None:
    script = "EHLO x\nSTARTTLS\nEHLO x\n:assert tls.ok\n"
    async with PracticeServer() as server:
        result = await secured(script, server, trusting=False)
    assert (result.failed[0].id, result.status) == ("T04", ExitStatus.CANNOT_TELL)


async def test_after_a_failed_handshake_the_connection_is_gone_and_can_be_made_again() -> None:
    async with PracticeServer() as server:
        result = await secured(f"{JUDGED}QUIT\n", server, trusting=False)
        assert [check.id for check in result.failed] == ["F10"]
        result = await secured(f"{JUDGED}:connect\nEHLO x\nQUIT\n", server, trusting=False)
        assert result.status is ExitStatus.OK, outcome(result)


async def test_certificates_may_be_looked_at_only() -> None:
    script = ":tls verify off\nEHLO x\nSTARTTLS\n:assert tls.ok\n:assert not tls.verified\nEHLO x\n"
    async with PracticeServer() as server:
        result = await secured(script, server, trusting=False)
        assert result.status is ExitStatus.OK, outcome(result)


async def test_certificates_are_enforced_again_in_the_next_case() -> None:
    script = ':case "a"\n:tls verify off\nEHLO x\nSTARTTLS\nEHLO x\n:case "b"\nEHLO x\nSTARTTLS\n'
    async with PracticeServer() as server:
        result = await secured(script, server, trusting=False)
    assert [case.outcome for case in result.cases] == [Outcome.PASS, Outcome.ERROR]
    assert [check.id for check in result.failed] == ["T04"]


async def test_implicit_tls_is_judged_under_connect_and_tls_on() -> None:
    async with PracticeServer() as server:
        target = f"smtps://localhost:{server.smtps_port}"
        script = f":connect {target}\n:assert not tls.ok\n:assert not tls.verified\n"
        client = Client(ConnectOptions(family=4, verify=True))
        result = await Runner(client, parse(script, "t"), RunSettings("x", timeout=5.0)).run()
        assert result.status is ExitStatus.OK, outcome(result)
        asked = parse(":assert tls.ok\nEHLO x\n", "t")
        settings = RunSettings("x", parse_target(target), timeout=5.0)
        result = await Runner(client, asked, settings).run()
        assert outcome(result) == ("F12 assertion failed: tls.ok is false",)
        unjudged = parse(f":connect {target}\nEHLO x\n", "t")
        result = await Runner(client, unjudged, RunSettings("x", timeout=5.0)).run()
        assert result.status is ExitStatus.CANNOT_TELL


async def test_tls_on_begins_without_starttls(tls: tuple[ssl.SSLContext, Path]) -> None:
    context, ca_file = tls
    server: list[Step] = [
        GREETING, Hear(b"NOOP"), Say(b"250 ok\r\n"), StartTls(context), Hear(b"NOOP"),
        Say(b"250 ok\r\n"), Hang(),
    ]  # fmt: skip
    result, _ = await heard("NOOP\n:tls on\n:assert tls.ok\nNOOP\n", server, ca_file=ca_file)
    assert result.status is ExitStatus.OK, outcome(result)


async def test_surplus_plaintext_can_be_asserted(tls: tuple[ssl.SSLContext, Path]) -> None:
    context, ca_file = tls
    server: list[Step] = [
        GREETING, Hear(b"STARTTLS"), Say(b"220 go\r\n250 injected\r\n"), StartTls(context),
        Hear(b"NOOP"), Say(b"250 ok\r\n"), Hang(),
    ]  # fmt: skip
    script = "STARTTLS\n:assert tls.ok\n:assert tls.surplus contains injected\nNOOP\n"
    result, _ = await heard(script, server, ca_file=ca_file)
    assert result.status is ExitStatus.OK, outcome(result)
    assert "250 injected" in result.notes[0]


@pytest.mark.parametrize(
    "steps",
    [
        [Close()],
        [Pause(0.05), Say(b"250 plain\r\n"), Hang()],
        [Say(b"\x15\x03\x01\x00\x02\x02\x28")],
    ],
)
async def test_a_handshake_that_breaks_down_is_judged_too(steps: list[Step]) -> None:
    server: list[Step] = [GREETING, Hear(b"STARTTLS"), Say(b"220 go\r\n"), *steps]
    result = await run("STARTTLS\n:assert not tls.ok\n:assert not tls.verified\n", server)
    assert result.status is ExitStatus.OK, outcome(result)
    bare = await run("STARTTLS\nEHLO x\n", server)
    assert bare.status is ExitStatus.CANNOT_TELL
    assert bare.failed[0].id == "T04"


async def test_a_handshake_that_hangs_has_a_limit_of_its_own() -> None:
    server = told((b"STARTTLS", b"220 go\r\n"))
    async with faults.serve(server) as listening:
        client = Client(ConnectOptions(family=4, verify=True, handshake_timeout=0.05))
        settings = RunSettings("x", host(listening.port), 5.0)
        result = await Runner(client, parse("STARTTLS\nEHLO x\n", "t"), settings).run()
    assert outcome(result) == (
        "T04 TLS handshake failed after STARTTLS: not finished within 0.05s",
    )
    assert result.status is ExitStatus.CANNOT_TELL


async def test_a_refused_starttls_leaves_nothing_to_judge() -> None:
    result = await run("STARTTLS\n< 454\n:assert tls.ok\n", told((b"STARTTLS", b"454 no\r\n")))
    assert outcome(result)[0].startswith("T06 tls.ok is unknown")
    assert result.status is ExitStatus.CANNOT_TELL


async def test_an_address_is_looked_for_in_the_certificate() -> None:
    async with PracticeServer() as server:
        target = Target(TargetKind.ADDRESS, "127.0.0.1", server.port)
        client = Client(ConnectOptions(verify=True, ca_file=str(server.ca_file)))
        script = parse("EHLO x\nSTARTTLS\n:assert tls.verified\nNOOP {{host}}\n", "t")
        result = await Runner(client, script, RunSettings("x", target)).run()
    assert result.status is ExitStatus.OK, outcome(result)
