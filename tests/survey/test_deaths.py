"""What dies in each stage, and what a full disk stops: every domain once, nobody asked thrice."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import duckdb
import pytest

from smtpprobe.errors import NotKept
from smtpprobe.sandbox.faults import Hang, serve
from smtpprobe.survey.engine import ClusterGone, Engine, Finished
from smtpprobe.survey.politeness import Politeness
from smtpprobe.survey.results import Stage
from tests.servers import lab
from tests.servers.dns_zone import NameServer
from tests.starttls.dialogues import GREETING, good
from tests.survey.test_stages import (
    ALL_WELL,
    DOMAINS,
    HOSTS,
    ZONE,
    Folder,
    another_dask,
    asking,
    log_of,
    mortals,
    playing,
    workers,
)

pytestmark = pytest.mark.real_time

__all__ = ["another_dask", "mortals", "workers"]


@pytest.fixture
def folder(tmp_path: Path, serve_dns: Callable[..., NameServer]) -> Folder:
    return Folder(tmp_path, serve_dns({"lab.test": ZONE}))


@pytest.mark.parametrize("stage", [Stage.RESOLVE, Stage.JUDGE])
async def test_workers_that_are_killed_lose_no_domain(
    mortals: Engine, folder: Folder, monkeypatch: pytest.MonkeyPatch, stage: Stage
) -> None:
    begin, killed = Engine.begin, list[int]()

    def begun(running: Engine, token: object, *given: object) -> None:
        begin(running, token, *given)  # type: ignore[arg-type]
        if token.name.stage is stage and not killed:  # type: ignore[attr-defined]
            killed.extend(running._client.run(os.getpid).values())
            for number in killed:
                os.kill(number, signal.SIGKILL)

    monkeypatch.setattr(Engine, "begin", begun)
    async with playing(good()) as servers:
        found = await folder.run(mortals, servers[HOSTS[0]].port)
        assert [server.connections for server in servers.values()] == [1, 1, 1]
    assert killed
    assert not found.set_aside
    assert folder.verdicts == ALL_WELL


async def test_of_a_part_whose_workers_die_each_time_only_who_was_asked_twice_stays_unknown(
    mortals: Engine, folder: Folder
) -> None:
    """Everybody is asked one after the other, and the worker is killed at one of them."""
    (port,) = lab.free_ports(1, host="")
    async with (
        serve(good(), host=HOSTS[0], port=port) as first,
        serve([GREETING, Hang()], host=HOSTS[1], port=port) as deadly,
        serve(good(), host=HOSTS[2], port=port) as third,
    ):
        folder.politeness = Politeness(1)
        survey = asyncio.ensure_future(folder.run(mortals, port))
        for times in (1, 2):
            while deadly.connections < times:  # noqa: ASYNC110 - the server counts, it tells nobody
                await asyncio.sleep(0.01)
            os.kill(await asyncio.to_thread(asking, port), signal.SIGKILL)
        results = await asyncio.wait_for(survey, 120)
        assert [first.connections, deadly.connections, third.connections] == [1, 2, 1]
        again = await folder.run(mortals, port)
        assert [first.connections, deadly.connections, third.connections] == [1, 2, 1]
    assert folder.verdicts == ALL_WELL | {"c.lab.test": "inconclusive"}
    [(job, reason)] = results.set_aside.items()
    assert job.startswith("addresses/1-")
    assert reason.endswith(f"asked twice, and nothing came of it: {HOSTS[1]} port {port}")
    assert again.set_aside == results.set_aside
    [aside] = [line for line in map(json.loads, log_of(folder)) if line["event"] == "aside"]
    assert aside["addresses"] == [{"ip": HOSTS[1], "port": port, "sni": "mx2.lab.test"}]
    assert folder.told[-1] == "verdicts: 7 of 7"
    assert "addresses asked: 3 of 3" in folder.told
    assert not list((folder.folder / "work" / "asked").iterdir())


async def test_addresses_that_nobody_could_ask_are_asked_by_the_next_run_and_judged_then(
    mortals: Engine, folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with playing(good()) as servers:
        port = servers[HOSTS[0]].port
        with monkeypatch.context() as patch:
            patch.setattr(Engine, "begin", in_vain(Engine.begin))
            patch.setattr(Engine, "wait", failing(Engine.wait))
            results = await folder.run(mortals, port)
        assert list(results.set_aside)
        assert [server.connections for server in servers.values()] == [0, 0, 0]
        inconclusive = {name for name, found in folder.verdicts.items() if found == "inconclusive"}
        assert {"a.lab.test", "b.lab.test", "c.lab.test", "d.lab.test"} <= inconclusive
        results = await folder.run(mortals, port)
        assert [server.connections for server in servers.values()] == [1, 1, 1]
    assert not results.set_aside
    assert folder.verdicts == ALL_WELL


def in_vain(begin: Callable[..., None]) -> Callable[..., None]:
    """Have a job of addresses do something else, which asks nobody."""

    def begun(running: Engine, token: object, work: object, *given: object) -> None:
        if token.name.stage is Stage.PROBE:  # type: ignore[attr-defined]
            begin(running, token, lambda *_given: os.getpid())
        else:
            begin(running, token, work, *given)

    return begun


def failing(wait: Callable[[Engine], Finished]) -> Callable[[Engine], Finished]:
    """Have each job of addresses end with its worker."""

    def waited(running: Engine) -> Finished:
        finished = wait(running)
        if finished.token.name.stage is Stage.PROBE:
            return Finished(finished.token, lost="its worker ended before it did")
        return finished

    return waited


async def test_a_client_that_is_killed_in_each_stage_is_resumed_to_the_end(
    tmp_path: Path, serve_dns: Callable[..., NameServer]
) -> None:
    names = serve_dns({"lab.test": ZONE})
    listed, folder = tmp_path / "list.txt", tmp_path / "results"
    listed.write_text("".join(f"{name}.lab.test\n" for name in DOMAINS))
    async with playing(good()) as servers:
        command = [
            *(str(Path(sys.executable).with_name("smtpprobe")), "survey", str(listed)),
            *("-o", str(folder), "--resume", "--workers", "1"),
            *("-p", str(servers[HOSTS[0]].port), "--resolver", f"{names.host}:{names.port}"),
            *("--client", "scan.example.org", "--contact", "abuse@example.org"),
        ]
        for stage in Stage:
            await asyncio.to_thread(killed_in, stage, command, folder / "log.jsonl")
        done = await asyncio.to_thread(subprocess.run, command, capture_output=True, text=True)
        assert done.returncode == 0
        assert "set aside" not in done.stderr
        assert max(server.connections for server in servers.values()) <= 2
    with duckdb.connect() as base:
        rows = base.execute(f"SELECT target, result FROM '{folder}/domains/*.parquet'").fetchall()
    assert len(rows) == len(DOMAINS)
    assert dict(rows) == {name: ALL_WELL[name] for name, _ in rows}


def killed_in(stage: Stage, command: list[str], log: Path) -> None:
    """Run a survey and kill it, and it alone, when the first job of a stage begins."""
    before = log.read_text().count(f'"begin","job":"{stage.value}/') if log.exists() else 0
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        while process.poll() is None:
            with suppress(OSError):
                if log.read_text().count(f'"begin","job":"{stage.value}/') > before:
                    break
        process.kill()
    assert process.returncode == -signal.SIGKILL


class _OfNobody:
    """A job whose scheduler has ended, as Dask shows it."""

    def __init__(self, status: str) -> None:
        self.status = status


@pytest.mark.parametrize("status", ["cancelled", "lost"])
async def test_a_scheduler_that_ends_stops_the_survey_and_costs_no_second_attempt(
    workers: Engine, folder: Folder, monkeypatch: pytest.MonkeyPatch, status: str
) -> None:
    wait = Engine.wait

    def waited(running: Engine) -> Finished:
        finished = wait(running)
        if finished.token.name.stage is not Stage.PROBE:
            return finished
        job = _OfNobody(status)
        running._running[job] = finished.token
        return running._ended(job)

    async with playing(good()) as servers:
        port = servers[HOSTS[0]].port
        with monkeypatch.context() as patch:
            patch.setattr(Engine, "wait", waited)
            with pytest.raises(ClusterGone, match="cannot be reached any more"):
                await folder.run(workers, port)
        found = await folder.run(workers, port)
        assert [server.connections for server in servers.values()] == [1, 1, 1]
    assert not found.set_aside
    assert folder.verdicts == ALL_WELL


FULL = Path("/dev/full")


@pytest.mark.parametrize("stage", Stage)
async def test_a_disk_that_is_full_in_a_stage_stops_it_and_it_is_resumed(
    workers: Engine, folder: Folder, monkeypatch: pytest.MonkeyPatch, stage: Stage
) -> None:
    open_ = Path.open

    def opened(path: Path, *given: object, **more: object) -> object:
        """Have no room for the files of the stage: what is written to them is refused."""
        if path.parent.name == stage.value and given[:1] == ("wb",):
            path.touch()
            return open_(FULL, "wb")
        return open_(path, *given, **more)  # type: ignore[call-overload]

    async with playing(good()) as servers:
        port = servers[HOSTS[0]].port
        with monkeypatch.context() as patch:
            patch.setattr(Path, "open", opened)
            with pytest.raises(NotKept, match="no space left on device: the survey stopped"):
                await folder.run(workers, port)
        leftover = [path.name for path in (folder.folder / stage.value).iterdir()]
        assert not [name for name in leftover if name.endswith(".new")]
        found = await folder.run(workers, port)
        assert max(server.connections for server in servers.values()) <= 2
    assert not found.set_aside
    assert folder.verdicts == ALL_WELL


async def test_a_log_that_has_no_room_stops_the_survey_before_anybody_is_asked(
    workers: Engine, folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with playing(good()) as servers:
        port = servers[HOSTS[0]].port
        with monkeypatch.context() as patch:
            patch.setattr(
                "smtpprobe.survey.results.os.write", lambda _handle, octets: len(octets) // 2
            )
            with pytest.raises(NotKept, match="no space left"):
                await folder.run(workers, port)
        assert not any(server.connections for server in servers.values())
        await folder.run(workers, port)
    assert folder.verdicts == ALL_WELL


def test_a_folder_that_cannot_be_written_to_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    words = [sys.executable, "-m", "smtpprobe", "survey", str(tmp_path / "file")]
    who = ["--client", "scan.example.org", "--contact", "abuse@example.org"]
    done = subprocess.run(
        [*words, "-o", str(tmp_path / "file" / "results"), *who],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "Not a directory" in done.stderr
    assert "Traceback" not in done.stderr
