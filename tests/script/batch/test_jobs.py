from __future__ import annotations

import asyncio
import io
import random
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smtpprobe.client import ConnectOptions
from smtpprobe.exits import ExitStatus
from smtpprobe.protocol.target import parse_target
from smtpprobe.sandbox import faults
from smtpprobe.sandbox.faults import Hang, Hear, Pause, Say, Step
from smtpprobe.script.batch.jobs import Each, Job, OrderedOutput, jobs_of, run_jobs
from smtpprobe.script.batch.run import ScriptOptions, run_scripts
from smtpprobe.script.parser.parser import parse
from smtpprobe.script.results.results import ScriptResult
from tests.script.runs import GREETING, host, told
from tests.servers.dns_zone import NameServer

CONNECT = ConnectOptions(family=4, verify=True, greeting_timeout=0.3)


def slow(seconds: float) -> list[Step]:
    return [GREETING, Hear(b"NOOP"), Pause(seconds), Say(b"250 ok\r\n"), Hang()]


def test_what_several_write_at_once_stands_in_their_order() -> None:
    written: list[str] = []
    turns = OrderedOutput(written.append)
    turns.write(1, "b1 ")
    turns.write(0, "a1 ")
    turns.write(2, "c1 ")
    turns.done(2)
    turns.write(0, "a2 ")
    turns.done(0)
    turns.write(1, "b2 ")
    turns.done(1)
    assert "".join(written) == "a1 a2 b1 b2 c1 "


async def test_jobs_run_at_the_same_time_and_are_reported_in_order(tmp_path: Path) -> None:
    names = [tmp_path / f"{letter}.smtp" for letter in "abcd"]
    for name in names:
        name.write_text(f":echo {name.stem}\nNOOP\n")
    out = io.StringIO()
    servers = [slow(seconds) for seconds in (0.4, 0.3, 0.2, 0.1)]
    async with faults.serve(*servers) as server:
        options = ScriptOptions("x", timeout=5.0, at_once=4)
        files = [str(name) for name in names]
        began = asyncio.get_running_loop().time()
        status = await run_scripts(files, host(server.port), CONNECT, options, out=out)
        took = asyncio.get_running_loop().time() - began
    assert status is ExitStatus.OK
    assert [line for line in out.getvalue().splitlines() if line.startswith("#")] == [
        "# a", "# b", "# c", "# d",
    ]  # fmt: skip
    assert took < 0.99, "together they would take a second one after the other"


@pytest.mark.parametrize(("per_host", "most"), [(1, 1), (2, 2), (8, 4)])
async def test_a_host_gets_no_more_than_its_share_at_once(per_host: int, most: int) -> None:
    running = highest = 0
    script = parse("NOOP\n", "t.smtp")
    jobs = [Job(script, parse_target("[127.0.0.1]:25"), CONNECT) for _ in range(4)]

    async def run(_number: int, _job: Job) -> ScriptResult:
        nonlocal running, highest
        running += 1
        highest = max(highest, running)
        await asyncio.sleep(0.01)
        running -= 1
        return ScriptResult("t.smtp", {"": ()}, ())

    await run_jobs(jobs, run, at_once=4, per_host=per_host)
    assert highest == most


class Stage:
    """Jobs that run until they are let go; which have begun, by number."""

    def __init__(self, hosts: str, *, at_once: int, per_host: int) -> None:
        script = parse("NOOP\n", "t.smtp")
        self.begun: list[int] = []
        self._ends = [asyncio.Event() for _ in hosts]
        jobs = [Job(script, parse_target(f"{name}.example:25"), CONNECT) for name in hosts]
        self._running = asyncio.ensure_future(
            run_jobs(jobs, self._run, at_once=at_once, per_host=per_host)
        )

    async def _run(self, number: int, _job: Job) -> ScriptResult:
        self.begun.append(number)
        await self._ends[number].wait()
        return ScriptResult("t.smtp", {"": ()}, ())

    async def goes_on(self, *ended: int) -> list[int]:
        """End some jobs; return all that have begun once nothing more can happen."""
        for number in ended:
            self._ends[number].set()
        for _ in range(20):
            await asyncio.sleep(0)
        return self.begun

    async def over(self) -> None:
        for end in self._ends:
            end.set()
        async with asyncio.timeout(5):
            await self._running


async def test_a_job_that_waits_for_its_host_holds_no_place_of_others() -> None:
    stage = Stage("aaab", at_once=2, per_host=1)
    assert await stage.goes_on() == [0, 3]
    assert await stage.goes_on(3) == [0, 3], "only jobs of the busy host are left"
    assert await stage.goes_on(0) == [0, 3, 1]
    await stage.over()
    assert stage.begun == [0, 3, 1, 2]


async def test_jobs_begin_in_order_as_far_as_their_hosts_have_room() -> None:
    stage = Stage("aabbcc", at_once=3, per_host=2)
    assert await stage.goes_on() == [0, 1, 2]
    assert await stage.goes_on(2) == [0, 1, 2, 3]
    assert await stage.goes_on(0, 1, 3) == [0, 1, 2, 3, 4, 5]
    await stage.over()


@given(
    hosts=st.text("abcd", max_size=30),
    at_once=st.integers(2, 8),
    per_host=st.integers(1, 4),
    order=st.randoms(use_true_random=False),
)
@settings(max_examples=200, deadline=None)
def test_all_jobs_run_and_no_place_stays_empty_that_a_job_may_have(
    hosts: str, at_once: int, per_host: int, order: random.Random
) -> None:
    async def run() -> None:
        stage = Stage(hosts, at_once=at_once, per_host=per_host)
        ended: set[int] = set()
        while len(ended) < len(hosts):
            running = [number for number in await stage.goes_on() if number not in ended]
            busy = Counter(hosts[number] for number in running)
            assert len(running) <= at_once
            assert max(busy.values()) <= per_host
            left = [hosts[number] for number in range(len(hosts)) if number not in stage.begun]
            assert len(running) == at_once or all(busy[host] == per_host for host in left)
            last = order.choice(running)
            ended.add(last)
            await stage.goes_on(last)
        await stage.over()
        assert sorted(stage.begun) == list(range(len(hosts)))

    asyncio.run(run())


async def test_a_script_that_failed_runs_again_and_the_last_run_counts(tmp_path: Path) -> None:
    script = tmp_path / "t.smtp"
    script.write_text("NOOP\n")
    out = io.StringIO()
    bad, good = told((b"NOOP", b"451 later\r\n")), told((b"NOOP", b"250 ok\r\n"))
    async with faults.serve(bad, bad, good) as server:
        options = ScriptOptions("x", timeout=5.0, retry=2)
        target = host(server.port)
        status = await run_scripts([str(script)], target, CONNECT, options, out=out)
    assert status is ExitStatus.OK
    async with faults.serve(bad, bad, good) as server:
        options = ScriptOptions("x", timeout=5.0, retry=1)
        target = host(server.port)
        status = await run_scripts([str(script)], target, CONNECT, options, out=out)
    assert status is ExitStatus.CHECK_FAILED


ZONE = """
@    MX 20 mx2
@    MX 10 mx1
mx1  A 192.0.2.3
mx1  A 192.0.2.4
mx2  A 192.0.2.2
half MX 10 localhost.
half MX 20 gone
half MX 30 mx2
"""


@pytest.mark.parametrize(
    ("each", "variants"),
    [
        (Each.TARGET, [("", None, None)]),
        (Each.MX, [("mx1.lab.test", "mx1.lab.test", None), ("mx2.lab.test", "mx2.lab.test", None)]),
        (
            Each.ADDRESS,
            [
                ("mx1.lab.test [192.0.2.3]", "mx1.lab.test", "192.0.2.3"),
                ("mx1.lab.test [192.0.2.4]", "mx1.lab.test", "192.0.2.4"),
                ("mx2.lab.test [192.0.2.2]", "mx2.lab.test", "192.0.2.2"),
            ],
        ),
    ],
)
async def test_each_host_or_address_of_a_domain_is_checked_by_itself(
    each: Each,
    variants: list[tuple[str, str | None, str | None]],
    serve_dns: Callable[..., NameServer],
) -> None:
    server = serve_dns({"lab.test": ZONE})
    connect = CONNECT._replace(resolver=f"{server.host}:{server.port}")
    script = parse("NOOP\n", "t.smtp")
    jobs = await jobs_of([script], parse_target("lab.test"), connect, each)
    found = [(job.variant, job.connect.mx, job.connect.address) for job in jobs]
    assert sorted(found, key=str) == variants


async def test_a_host_without_an_address_to_dial_is_no_less_a_job(
    serve_dns: Callable[..., NameServer],
) -> None:
    server = serve_dns({"lab.test": ZONE})
    connect = CONNECT._replace(resolver=f"{server.host}:{server.port}")
    script = parse("NOOP\n", "t.smtp")
    jobs = await jobs_of([script], parse_target("half.lab.test"), connect, Each.ADDRESS)
    found = [(job.variant, job.connect.address) for job in jobs]
    alone = [("localhost", None), ("gone.lab.test", None)]
    assert found == [*alone, ("mx2.lab.test [192.0.2.2]", "192.0.2.2")]


@pytest.mark.parametrize("each", [Each.MX, Each.ADDRESS])
async def test_a_mail_host_without_an_address_is_a_job_that_cannot_be_told(
    each: Each, serve_dns: Callable[..., NameServer], tmp_path: Path
) -> None:
    server = serve_dns({"lab.test": "@ MX 10 mx1\n@ MX 20 gone\nmx1 A 127.0.0.3\n"})
    connect = CONNECT._replace(resolver=f"{server.host}:{server.port}")
    target, out = parse_target("lab.test"), io.StringIO()
    jobs = await jobs_of([parse("NOOP\n", "t.smtp")], target, connect, each)
    assert [job.variant.split()[0] for job in jobs] == ["mx1.lab.test", "gone.lab.test"]
    script = tmp_path / "t.smtp"
    script.write_text("NOOP\n")
    options = ScriptOptions("x", timeout=1.0, each=each)
    status = await run_scripts([str(script)], target, connect, options, out=out)
    assert status is ExitStatus.CANNOT_TELL
    assert "t.smtp @ gone.lab.test" in out.getvalue()


@pytest.mark.parametrize(
    ("target", "by_host", "by_address"),
    [
        ("127.0.0.1", "[127.0.0.1]", "[127.0.0.1]"),
        ("127.0.0.1:587", "[127.0.0.1]:587", "[127.0.0.1]:587"),
        ("[::1]:587", "[::1]:587", "[::1]:587"),
        ("smtps://127.0.0.1", "smtps://[127.0.0.1]", "smtps://[127.0.0.1]"),
        ("localhost:587", "localhost:587", "localhost [127.0.0.1]:587 localhost [::1]:587"),
        ("localhost:25", "localhost", "localhost [127.0.0.1] localhost [::1]"),
        ("lmtp://localhost", "localhost:24", "localhost [127.0.0.1]:24 localhost [::1]:24"),
        ("unix:/run/no.sock", "unix:/run/no.sock", "unix:/run/no.sock"),
    ],
)
async def test_what_was_run_against_is_named_once_and_with_its_port(
    target: str, by_host: str, by_address: str
) -> None:
    script = parse("NOOP\n", "t.smtp")
    for each, names in ((Each.MX, by_host), (Each.ADDRESS, by_address)):
        jobs = await jobs_of([script], parse_target(target), ConnectOptions(), each)
        assert sorted(job.named for job in jobs) == sorted(names.replace(" l", "|l").split("|"))


async def test_a_domain_that_leads_nowhere_is_one_job_that_will_say_why(
    serve_dns: Callable[..., NameServer],
) -> None:
    server = serve_dns({"lab.test": ZONE})
    connect = CONNECT._replace(resolver=f"{server.host}:{server.port}")
    target = parse_target("gone.lab.test")
    jobs = await jobs_of([parse("NOOP\n", "t.smtp")], target, connect, Each.MX)
    assert [(job.target, job.variant) for job in jobs] == [(target, "")]


async def test_only_the_address_wished_for_is_dialled(tmp_path: Path) -> None:
    script = tmp_path / "t.smtp"
    script.write_text("NOOP\n")
    out = io.StringIO()
    async with faults.serve(told((b"NOOP", b"250 ok\r\n"))) as server:
        connect = CONNECT._replace(address="127.0.0.9")
        options = ScriptOptions("x", timeout=1.0)
        status = await run_scripts([str(script)], host(server.port), connect, options, out=out)
    assert status is ExitStatus.CANNOT_TELL
    assert server.heard == []
