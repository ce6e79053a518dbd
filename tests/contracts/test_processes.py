"""A run of the tests leaves no process behind; the fixture in conftest.py fails one that does."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import time

import pytest

from tests.contracts.processes import VARIABLE, Watch, left_behind
from tests.virtual_time import TidyLoop

FORGETS_IT = "sleep 300 >/dev/null 2>&1 & echo $!"


def test_the_run_is_marked_so_that_its_processes_can_be_told_apart() -> None:
    assert os.environ[VARIABLE]


def test_a_child_that_is_still_there_is_found_until_it_ends() -> None:
    with subprocess.Popen(["sleep", "300"], env={}) as child:
        assert f"{child.pid}: sleep 300" in left_behind("no mark")
        child.kill()
        child.wait()
        assert not any(line.startswith(f"{child.pid}:") for line in left_behind("no mark"))


def test_a_process_whose_parent_is_gone_is_found_by_its_mark() -> None:
    name, value = "SMTPPROBE_TEST_STRAY", str(os.getpid())
    mark = f"{name}={value}"
    said = subprocess.check_output(
        ["sh", "-c", FORGETS_IT], env=os.environ | {name: value}, text=True
    )
    stray = f"{int(said)}: sleep 300"
    try:
        assert stray in left_behind(mark)
    finally:
        os.kill(int(said), signal.SIGKILL)
    deadline = time.monotonic() + 60
    while stray in left_behind(mark):
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_a_child_is_left_until_it_was_waited_for_unless_a_server_of_several_tests_has_it() -> None:
    watch = Watch(patience=0.0)
    with subprocess.Popen(["sleep", "300"]) as child:
        with pytest.raises(AssertionError, match=f"{child.pid}: (?!ended)"):
            watch.assert_none_left()
        watch.assert_none_left(but=child.pid)
        child.kill()
        os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
        with pytest.raises(AssertionError, match=f"{child.pid}: ended, not waited for"):
            watch.assert_none_left()
        watch.these_stay()
        watch.assert_none_left()
    Watch(patience=0.0).assert_none_left()


async def test_a_loop_is_not_closed_over_a_listener_that_is_still_open() -> None:
    def leaving_one() -> None:
        loop = TidyLoop()
        with socket.create_server(("127.0.0.1", 0)) as listener:
            loop.run_until_complete(loop.create_server(asyncio.Protocol, sock=listener))
            loop.close()

    with pytest.raises(AssertionError, match="left open"):
        await asyncio.to_thread(leaving_one)
