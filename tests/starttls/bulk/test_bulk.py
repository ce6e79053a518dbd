"""Lists: numbered results, resuming after a cut, limits for each address, bounded caches."""

from __future__ import annotations

import asyncio
import io
import json
import signal
import socket
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from smtpprobe.errors import LookupFailed, UsageError
from smtpprobe.exits import ExitStatus, combined
from smtpprobe.net.tls.certificates import certificate_facts
from smtpprobe.progress_line import Progress, ProgressLine
from smtpprobe.protocol.tls_facts import Shown
from smtpprobe.sandbox.faults import serve
from smtpprobe.starttls.arguments import Arguments, Bulk
from smtpprobe.starttls.bulk.input import Lines, count
from smtpprobe.starttls.bulk.output import Sink, Tally, summary
from smtpprobe.starttls.bulk.run import DNS_REST, run_bulk
from smtpprobe.starttls.collect.byte_cache import ByteCache
from smtpprobe.starttls.collect.collect import open_shared
from smtpprobe.starttls.collect.limits import Limits
from smtpprobe.starttls.collect.shared import octets_of_address
from smtpprobe.starttls.judge.options import JudgeOptions
from smtpprobe.starttls.reports.formats import Format
from tests.certificates import Entity
from tests.servers.dns_zone import Faults, NameServer
from tests.starttls.dialogues import gathering, good
from tests.starttls.stage import address, session

ServeDns = Callable[..., NameServer]
LIST = "# a list\r\n\r\na.lab.test  # with a comment\r\nbad target\nb.lab.test\na.lab.test\n"
ZONE = "a MX 10 mx\nb MX 0 .\nmx A 127.0.0.1"


def listed(folder: Path, text: str = LIST) -> str:
    file = folder / "domains.txt"
    file.write_text(text)
    return str(file)


def wanted(path: str, output: Path | None, names: NameServer, port: int, **more: bool) -> Arguments:
    how = gathering(resolver=f"{names.host}:{names.port}", port=port)
    each = Bulk(path, 4, 1, more.get("resume", False), more.get("restart", False), True)  # noqa: FBT003
    target = str(output) if output is not None else None
    form, never = Format.JSONL, "never"
    return Arguments((), how, JudgeOptions(), form, target, True, never, each)  # noqa: FBT003


async def run(words: Arguments) -> int:
    assert words.bulk is not None
    return await run_bulk(words, words.bulk)


def results(output: Path) -> dict[int, dict[str, object]]:
    found = [json.loads(line) for line in output.read_text().splitlines()]
    assert len({one["seq"] for one in found}) == len(found)
    return {one["seq"]: one for one in found}


async def test_each_line_has_its_result_and_a_server_is_asked_once(
    serve_dns: ServeDns, tmp_path: Path
) -> None:
    names, output = serve_dns({"lab.test": ZONE}), tmp_path / "out.jsonl"
    async with serve(good()) as server:
        status = await run(wanted(listed(tmp_path), output, names, server.port))
        assert server.connections == 1
    found = results(output)
    assert {seq: one["result"] for seq, one in found.items()} == {
        3: "ok",
        4: "inconclusive",
        5: "nothing",
        6: "ok",
    }
    assert "is not a host or domain" in str(found[4]["error"])
    assert status == 4


async def test_an_output_file_is_gone_on_with_where_it_was_cut(
    serve_dns: ServeDns, tmp_path: Path
) -> None:
    names, output = serve_dns({"lab.test": ZONE}), tmp_path / "out.jsonl"
    path = listed(tmp_path)
    async with serve(good()) as server:
        await run(wanted(path, output, names, server.port))
        whole = output.read_bytes()
        for end in range(0, len(whole), len(whole) // 7):
            output.write_bytes(whole[:end])
            status = await run(wanted(path, output, names, server.port, resume=True))
            assert set(results(output)) == {3, 4, 5, 6}
            assert status == 4
        with pytest.raises(UsageError, match="already exists") as caught:
            await run(wanted(path, output, names, server.port))
        assert "--resume" in caught.value.hint
        await run(wanted(path, output, names, server.port, restart=True))
        assert len(results(output)) == 4


async def test_a_list_stops_where_the_resolver_is_not_there_and_goes_on_where_it_stopped(
    serve_dns: ServeDns, tmp_path: Path
) -> None:
    names, output = serve_dns({"lab.test": ZONE}), tmp_path / "out.jsonl"
    path = listed(tmp_path)
    async with serve(good()) as server:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as taken:
            taken.bind(("127.0.0.1", 0))
            absent = replace(names, port=taken.getsockname()[1])
        with pytest.raises(LookupFailed, match="the list stopped at line 3: ") as told:
            await run(wanted(path, output, absent, server.port))
        assert "--resume" in told.value.hint
        assert set(results(output)) <= {4}
        assert await run(wanted(path, output, names, server.port, resume=True)) == 4
    found = results(output)
    assert [found[seq]["result"] for seq in (3, 5, 6)] == ["ok", "nothing", "ok"]


async def test_a_resolver_that_is_back_after_some_seconds_stops_no_list(
    serve_dns: ServeDns, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names, output = serve_dns({"lab.test": ZONE}), tmp_path / "out.jsonl"
    there = open_shared

    async def away_at_first(*arguments: Any) -> Any:
        shared = await there(*arguments)
        assert shared.questioner is not None
        servers = shared.questioner.servers
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as taken:
            taken.bind(("127.0.0.1", 0))
            shared.questioner.servers = replace(servers, port=taken.getsockname()[1])
        back = partial(setattr, shared.questioner, "servers", servers)
        asyncio.get_running_loop().call_later(DNS_REST / 2, back)
        return shared

    monkeypatch.setattr("smtpprobe.starttls.bulk.run.open_shared", away_at_first)
    async with serve(good()) as server:
        assert await run(wanted(listed(tmp_path), output, names, server.port)) == 4
    assert [results(output)[seq]["result"] for seq in (3, 5, 6)] == ["ok", "nothing", "ok"]


async def test_results_of_another_list_are_refused(serve_dns: ServeDns, tmp_path: Path) -> None:
    names, output = serve_dns({"lab.test": ZONE}), tmp_path / "out.jsonl"
    async with serve(good()) as server:
        await run(wanted(listed(tmp_path), output, names, server.port))
        for other in ("a.lab.test\n", LIST.replace("b.lab", "c.lab"), ""):
            path = listed(tmp_path, other)
            with pytest.raises(UsageError, match="input changed"):
                await run(wanted(path, output, names, server.port, resume=True))
    output.write_text("no JSON\n")
    with pytest.raises(UsageError, match="input changed"):
        await run(wanted(listed(tmp_path), output, names, 9, resume=True))


@pytest.mark.parametrize("code", [99, -1, "0", None, True, 0.0])
def test_a_result_with_an_exit_code_that_is_none_tells_nothing(code: object) -> None:
    tally = Tally()
    tally.take({"result": "ok", "exit_code": 0})
    tally.take({"result": "ok", "exit_code": code})
    assert combined(tally.codes) is ExitStatus.CANNOT_TELL


def program(path: str, output: Path, names: NameServer, *more: str) -> list[str]:
    resolver = f"{names.host}:{names.port}"
    words = ["-i", path, "-o", str(output), "--resolver", resolver, "--jobs", "2", *more]
    return [sys.executable, "-m", "smtpprobe", "starttls", *words]


def stopped(command: list[str], output: Path, number: signal.Signals) -> int:
    """Run a list until some lines are written, send a signal, and return the exit code."""
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        while not output.exists() or output.read_bytes().count(b"\n") < 5:
            time.sleep(0.01)
        process.send_signal(number)
        return process.wait()


def null_mx(serve_dns: ServeDns, folder: Path, lines: int) -> tuple[NameServer, str, set[str]]:
    """Domains without mail; DNS is silent about some of the last, so that none ends too soon."""
    silent = {f"d{n}.lab.test" for n in range(lines // 2, lines // 2 + 8)}
    zone = "\n".join(f"d{n} MX 0 ." for n in range(lines))
    names = serve_dns({"lab.test": zone}, Faults(silent=silent))
    return names, listed(folder, "".join(f"d{n}.lab.test\n" for n in range(lines))), silent


def test_a_killed_run_is_gone_on_with(serve_dns: ServeDns, tmp_path: Path) -> None:
    names, path, silent = null_mx(serve_dns, tmp_path, 60)
    output = tmp_path / "out.jsonl"
    command = program(path, output, names, "--resume")
    assert stopped(command, output, signal.SIGKILL) == -9
    assert output.read_bytes().count(b"\n") < 60
    silent.clear()
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode == 5
    assert set(results(output)) == set(range(1, 61))
    assert "60 targets" in done.stderr


def test_an_interrupted_run_ends_with_whole_lines(serve_dns: ServeDns, tmp_path: Path) -> None:
    names, path, _ = null_mx(serve_dns, tmp_path, 200)
    output = tmp_path / "out.jsonl"
    assert stopped(program(path, output, names), output, signal.SIGINT) == 130
    assert output.read_bytes().endswith(b"\n")
    assert 5 <= len(results(output)) < 200


async def test_lines_are_read_one_by_one_whatever_they_hold(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "\ufeffa.test\n" + "x" * 100_000 + "\n\xff.test\n#\nlast.test"
    lines = Lines(listed(tmp_path, text))
    found = []
    while (line := await lines.next()) is not None:
        found.append((line.number, line.text[:8]))
    lines.close()
    assert found == [(1, "a.test"), (2, "x" * 8), (3, "\xff.test"), (5, "last.tes")]
    assert count(listed(tmp_path, text)) == 4
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"a.test\n")))
    typed = Lines("-")
    first = await typed.next()
    assert first is not None
    assert (first.text, await typed.next()) == ("a.test", None)
    with pytest.raises(UsageError, match="No such file"):
        Lines(str(tmp_path / "missing"))


def test_a_certificate_of_many_short_names_weighs_what_it_takes() -> None:
    octets = Entity("many", names=tuple(f"{n}" for n in range(3000))).der
    tracemalloc.start()
    shown = certificate_facts(octets)
    taken, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    weight = octets_of_address(address(tls=session(certificates=Shown((shown,)))))
    assert 3 * len(octets) < taken < 2 * weight


async def test_what_is_looked_up_is_kept_within_octets_and_time() -> None:
    now = 0.0
    cache: ByteCache[int, bytes] = ByteCache(100, len, lambda _: 10.0, lambda: now)
    made: list[int] = []

    async def get(key: int, size: int = 40) -> bytes:
        async def make() -> bytes:
            made.append(key)
            await asyncio.sleep(0)
            return bytes(size)

        return await cache.get(key, make)

    await asyncio.gather(get(1), get(1), get(1))
    assert made == [1]
    await get(2)
    await get(1)
    await get(3)  # 2 was used longest ago
    assert cache.octets == 80
    await get(1)
    await get(2)
    assert made == [1, 2, 3, 2]
    now = 11.0
    await get(2)
    assert made[-1] == 2
    await get(9, size=1000)
    assert cache.octets <= 100


async def test_who_fails_to_look_up_fails_for_all_and_is_asked_again() -> None:
    cache: ByteCache[int, int] = ByteCache(100, lambda _: 1, lambda _: 1.0, lambda: 0.0)

    async def broken() -> int:
        raise OSError("down")

    async def works() -> int:
        return 7

    with pytest.raises(OSError, match="down"):
        await cache.get(1, broken)
    assert await cache.get(1, works) == 7
    await cache.close()


async def test_an_address_has_one_connection_at_a_time_and_others_do_not_wait_for_it() -> None:
    limits = Limits(1, 0.05, slots=2)
    order: list[str] = []

    async def use(ip: str, name: str, seconds: float) -> None:
        async with limits.turn(ip):
            order.append(f"{name} begins")
            await asyncio.sleep(seconds)
            order.append(f"{name} ends")

    await asyncio.gather(
        use("192.0.2.1", "a", 0.05),
        use("192.0.2.1", "b", 0.0),
        use("192.0.2.1", "c", 0.0),
        use("192.0.2.2", "d", 0.0),
    )
    assert order.index("a ends") < order.index("b begins") < order.index("c begins")
    assert order.index("d begins") < order.index("a ends")


async def test_a_pause_gives_the_slot_to_others() -> None:
    limits = Limits(1, 0.0, slots=1)
    order: list[str] = []

    async def waits() -> None:
        async with limits.turn("192.0.2.1") as pause:
            await pause(0.05)
            order.append("waited")

    async def works() -> None:
        async with limits.turn("192.0.2.2"):
            order.append("worked")

    await asyncio.gather(waits(), works())
    assert order == ["worked", "waited"]


async def test_an_address_that_said_421_is_left_alone_for_a_while() -> None:
    limits = Limits(1, 0.0)
    limits.leave_alone("192.0.2.1", 0.1)
    loop = asyncio.get_running_loop()
    began = loop.time()
    async with limits.turn("192.0.2.1"):
        assert loop.time() - began >= 0.09


async def test_the_progress_tells_rate_time_left_and_results() -> None:
    tally = Tally()
    progress = Progress(lambda: tally.far(200), ProgressLine())
    for result, code in (("ok", 0), ("fail", 1), ("ok", 0)):
        tally.take(
            {"result": result, "exit_code": code, "findings": [{"id": "x", "level": "fail"}]}
        )
    text = progress.text(1.5)
    assert "] 3/200  2.0/s  1:38 left  ok 2  fail 1  inconclusive 0  nothing 0" in text
    assert tally.far(None).text(1.0).startswith("3 checked")
    assert summary(tally, 90.0) == (
        "3 targets in 1:30: 2 ok, 1 fail, 0 inconclusive, 0 nothing\n        3  x\n"
    )


def test_the_progress_line_is_gone_before_a_result_is_written_to_the_terminal(
    capsys: pytest.CaptureFixture[str],
) -> None:
    told: list[str] = []
    Sink(None, lambda: told.append(capsys.readouterr().out)).write({"seq": 1})
    assert told == [""]
    assert capsys.readouterr().out == '{"seq":1}\n'
