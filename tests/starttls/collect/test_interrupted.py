"""Ctrl-C: what was found by then is reported, what was not reached is unknown because of it."""

from __future__ import annotations

import asyncio
import json
import signal
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any

import pytest

from smtpprobe.protocol.target import parse_target
from smtpprobe.sandbox.faults import FaultServer, Hang, Hear, Say, Script, StartTls, serve
from smtpprobe.starttls.collect.collect import collect, open_shared
from smtpprobe.starttls.collect.limits import Limits
from smtpprobe.starttls.collect.shared import Shared
from smtpprobe.starttls.facts import AddressFacts, Because, Connect, Facts
from smtpprobe.starttls.finding import Level
from smtpprobe.starttls.judge.matrix import Reach, Value
from smtpprobe.starttls.judge.options import Sender
from smtpprobe.starttls.reports.text import in_words
from tests.net.stage import server_side
from tests.servers.dns_zone import Faults, NameServer
from tests.starttls.collect.test_collect_deep import answering
from tests.starttls.dialogues import ASKED, GO, GREETING, OFFER, gathering, good
from tests.starttls.stage import ids, judged

ServeDns = Callable[..., NameServer]

STUCK_AT_STARTTLS: Script = [GREETING, *OFFER, ASKED, Hang()]
SECURED = StartTls(server_side("mx"))
STUCK_INSIDE: Script = [GREETING, *OFFER, ASKED, GO, SECURED, Hear(b"EHLO"), Hang()]
LATER = Say(b"454 4.7.0 later\r\n")


async def until(happened: Callable[[], object]) -> None:
    async with asyncio.timeout(60):
        while not happened():  # noqa: ASYNC110 - nobody tells
            await asyncio.sleep(0.01)


async def cut(target: str, ready: Callable[[Shared], object], **how: object) -> Facts:
    """Return the facts of a target whose check is interrupted a little after it is ready for it."""
    parsed = parse_target(target)
    shared = await open_shared(gathering(**how), Limits(), (parsed,))
    task = asyncio.ensure_future(collect(parsed, shared))
    try:
        await until(lambda: ready(shared))
        await asyncio.sleep(0.1)
        shared.interrupt()
        async with asyncio.timeout(60):
            return await task
    finally:
        await shared.close()


async def cut_at(server: FaultServer, heard: bytes, times: int = 1, **how: object) -> AddressFacts:
    """Return an address whose check is interrupted when the server has heard a line."""

    def so_often(_shared: Shared) -> bool:
        return sum(line.startswith(heard) for line in server.heard) >= times

    facts = await cut(f"127.0.0.1:{server.port}", so_often, **how)
    assert facts.interrupted
    return facts.hosts[0].addresses[0]


async def test_what_a_server_said_until_then_is_kept() -> None:
    async with serve(STUCK_AT_STARTTLS) as server:
        found = await cut_at(server, b"STARTTLS")
    assert found.interrupted
    assert found.greeting is not None
    assert found.before == ("SIZE 1000", "STARTTLS")
    assert found.starttls.advertised.yes
    assert (found.starttls.reply, found.tls, found.connections) == (None, None, 1)


async def test_a_handshake_that_was_done_is_kept_and_nothing_is_blamed_on_the_server() -> None:
    async with serve(STUCK_INSIDE) as server:
        found = await cut(f"127.0.0.1:{server.port}", lambda _: len(server.heard) == 3)
    report = judged(found)
    assert report.addresses[0].standing.encrypted.yes
    cell = report.addresses[0].cells[Sender.OPPORTUNISTIC]
    assert (cell.value, cell.reason) == (Value.UNKNOWN, "the check was interrupted")
    assert {one.id for one in report.findings if one.level is not Level.WARN} == {
        "check.interrupted"
    }
    assert report.result.value == "inconclusive"


async def test_who_was_only_greeted_or_never_answered_is_unknown_because_of_it() -> None:
    async with serve([Hang()]) as server:
        silent = await cut(f"127.0.0.1:{server.port}", lambda _: server.connections)
    async with serve([GREETING, Hear(b"EHLO"), Hang()]) as server:
        greeted = await cut_at(server, b"EHLO")
    assert silent.hosts[0].addresses[0].connect is Connect.INTERRUPTED
    assert greeted.starttls.advertised.because is Because.INTERRUPTED
    report = judged(silent)
    assert ids(report) == ["check.interrupted"]
    cells = report.addresses[0].cells
    assert {cells[one].reason for one in (Sender.OPPORTUNISTIC, Sender.PKIX)} == {
        "the check was interrupted"
    }


async def test_before_the_second_try_nothing_is_said_of_the_first() -> None:
    """A 454 counts when it comes twice."""
    later: Script = [GREETING, *OFFER, ASKED, LATER, Hear(b"QUIT"), Say(b"221 bye\r\n")]
    async with serve(later) as server:
        found = await cut_at(server, b"QUIT", retry_wait=60.0)
    assert found.retried.startswith("454")
    assert (found.connect, found.connections) == (Connect.INTERRUPTED, 1)
    async with serve(later, STUCK_AT_STARTTLS) as server:
        second = await cut_at(server, b"STARTTLS", times=2)
    assert (second.retried[:3], second.starttls.reply, second.connections) == ("454", None, 2)


async def test_of_the_active_tests_each_is_unknown_because_of_it() -> None:
    async with serve(good(), STUCK_AT_STARTTLS) as server:
        found = await cut_at(server, b"STARTTLS", times=2, active=True)
    assert found.tls is not None
    upgrade = found.starttls
    for fact in (upgrade.injection, upgrade.pipelined, upgrade.state_kept):
        assert fact.because is Because.INTERRUPTED


async def test_of_the_deep_tests_those_that_were_done_are_kept() -> None:
    made = server_side("mx.example.org")
    async with serve(good(made), answering(made), answering(made), [Hang()]) as server:
        found = await cut(f"127.0.0.1:{server.port}", lambda _: server.connections == 4, deep=True)
    deep = found.hosts[0].addresses[0].deep
    assert deep is not None
    versions = dict(deep.versions)
    assert not [name for name in ("TLSv1.2", "TLSv1.1") if versions[name].because]
    assert all(fact.because is Because.NOT_ASKED for _, fact in deep.classes)
    assert not deep.complete
    assert (deep.stopped, deep.resumption.because) == ("interrupted", Because.INTERRUPTED)
    assert found.connections == 4


async def test_dns_that_was_not_waited_for_is_no_failure_of_dns(serve_dns: ServeDns) -> None:
    zone = "@ MX 10 mx\nmx A 127.0.0.1"
    names = serve_dns({"lab.test": zone}, Faults(silent=["mx.lab.test/AAAA"]))

    def asked(_shared: Shared) -> bool:
        return any(one.kind == "AAAA" for one in names.questions)

    resolver = f"{names.host}:{names.port}"
    report = judged(await cut("lab.test", asked, resolver=resolver, port=9, caa=False))
    assert report.findings[0].id == "check.interrupted"
    assert not {"dns.lookup-failed", "dns.tlsa-servfail", "conn.timeout"} & set(ids(report))
    assert report.addresses[0].cells[Sender.DANE].reason == "the check was interrupted"
    silent = serve_dns({"lab.test": zone}, Faults(silent=["lab.test/MX"]))
    report = judged(
        await cut(
            "lab.test",
            lambda _: any(one.kind == "MX" for one in silent.questions),
            resolver=f"{silent.host}:{silent.port}",
        )
    )
    assert "check.interrupted" in ids(report)
    assert not {"dns.no-mail-host", "dns.lookup-failed"} & set(ids(report))
    assert set(report.senders.values()) == {Reach.UNKNOWN}
    assert in_words(report) == "interrupted before a mail host was found"


async def test_a_policy_that_was_not_waited_for_is_unknown_because_of_it(
    serve_dns: ServeDns,
) -> None:
    zone = '@ MX 10 mx\nmx A 127.0.0.1\nmta-sts A 127.0.0.1\n_mta-sts TXT "v=STSv1; id=1"'
    names = serve_dns({"lab.test": zone})
    async with serve([Hang()]) as host:
        facts = await cut(
            "lab.test",
            lambda _: host.connections,
            resolver=f"{names.host}:{names.port}",
            port=9,
            policy_port=host.port,
            policy_limit=1.0,
        )
    report = judged(facts)
    assert report.addresses[0].cells[Sender.STS].reason == "the check was interrupted"
    assert "sts.fetch" not in ids(report)


@asynccontextmanager
async def program(*words: str) -> AsyncIterator[asyncio.subprocess.Process]:
    line = (sys.executable, "-m", "smtpprobe", "starttls", *words)
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(*line, stdout=pipe, stderr=pipe)
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def ended(
    server: FaultServer, *words: str, by: signal.Signals = signal.SIGINT
) -> tuple[int | None, str, str]:
    """Run the program, end it by a signal in the middle of STARTTLS; return what it gave."""
    async with program(*words, f"127.0.0.1:{server.port}") as process:
        await until(lambda: b"STARTTLS\r\n" in server.heard)
        process.send_signal(by)
        async with asyncio.timeout(60):
            out, err = await process.communicate()
        return process.returncode, out.decode(), err.decode()


@pytest.mark.real_time
@pytest.mark.parametrize(("by", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
async def test_the_program_reports_what_it_knows(by: signal.Signals, code: int) -> None:
    async with serve(STUCK_AT_STARTTLS) as server:
        status, out, err = await ended(server, by=by)
    assert (status, err) == (code, "interrupted\n")
    assert "Result: INCONCLUSIVE  interrupted" in out
    assert "U check.interrupted" in out
    assert "1 unknown.  interrupted\n" in out
    assert "interrupted after STARTTLS was offered (220 mx.example.org ESMTP)" in out


@pytest.mark.real_time
async def test_json_is_whole_and_says_so() -> None:
    async with serve(STUCK_AT_STARTTLS) as server:
        status, out, err = await ended(server, "--json")
    told: dict[str, Any] = json.loads(out)
    assert (status, err) == (130, "interrupted\n")
    assert (told["interrupted"], told["result"], told["exit_code"]) == (True, "inconclusive", 4)
    (address,) = told["hosts"][0]["addresses"]
    assert address["starttls"]["advertised"] == "yes"
    assert address["would_deliver_reason"]["opportunistic"] == "the check was interrupted"


@pytest.mark.real_time
async def test_a_plugin_gives_the_one_code_that_its_caller_understands() -> None:
    async with serve(STUCK_AT_STARTTLS) as server:
        status, out, _ = await ended(server, "--format", "nagios")
    assert status == 3
    assert out.startswith("STARTTLS UNKNOWN - ")


@pytest.mark.real_time
async def test_of_several_targets_each_that_was_begun_has_its_report() -> None:
    async with serve(good(), host="127.0.0.2") as done, serve(STUCK_AT_STARTTLS) as server:
        other = f"127.0.0.2:{done.port}"
        async with program("--jsonl", f"127.0.0.1:{server.port}", other) as process:
            await until(lambda: b"STARTTLS\r\n" in server.heard and b"QUIT\r\n" in done.heard)
            await asyncio.sleep(0.3)
            process.send_signal(signal.SIGINT)
            out, err = await process.communicate()
    told: Sequence[dict[str, Any]] = [json.loads(line) for line in out.splitlines()]
    assert (process.returncode, err) == (130, b"interrupted\n")
    assert [(one["interrupted"], one["result"]) for one in told] == [
        (True, "inconclusive"),
        (False, "ok"),
    ]
