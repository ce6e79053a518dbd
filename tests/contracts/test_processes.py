"""A run of the tests leaves no process behind; the fixture in conftest.py fails one that does."""

from __future__ import annotations

import os
import signal
import subprocess
import time

from tests.contracts.processes import VARIABLE, left_behind

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
