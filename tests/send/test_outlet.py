"""A delivery whose reader has gone: it goes on, and its outcome is told where it can be."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tests.program import called

SEND = (
    *("send", "--no-config", "--sandbox"),
    *("--client", "client.example"),
)
BOB = ("--to", "bob@sandbox.test")
ACCEPTED = "accepted for 1 of 1 recipient, queue id "


def sent(output: int, *words: str) -> tuple[int, str]:
    """Return the exit code of a delivery that writes there, and what it tells."""
    ran = subprocess.run(
        called(*SEND, *words),
        stdout=output,
        stderr=subprocess.PIPE,
        text=True,
        timeout=60,
        check=False,
    )
    return ran.returncode, ran.stderr


@pytest.fixture
def unread() -> int:
    """Return the end of a pipe that nobody reads."""
    reading, writing = os.pipe()
    os.close(reading)
    return writing


WAYS = [(), ("--quiet",), ("--json",), ("--repeat", "2")]


@pytest.mark.parametrize("words", WAYS, ids=" ".join)
def test_a_delivery_goes_on_without_a_reader_and_its_outcome_is_one_line(
    unread: int, words: tuple[str, ...]
) -> None:
    code, told = sent(unread, *BOB, *words)
    os.close(unread)
    assert code == 0
    assert told.startswith("smtpprobe: cannot write to standard output: ")
    assert ("2 accepted" if "--repeat" in words else ACCEPTED) in told
    assert told.count("\n") == 1


@pytest.mark.parametrize(
    ("recipient", "code", "outcome"),
    [
        ("550", 1, "; refused at "),
        ("afterdot-hangup", 4, "; delivery unknown: "),
        ("hangup", 4, "; no answer at "),
    ],
)
def test_the_outcome_decides_the_exit_code_also_where_the_disk_is_full(
    recipient: str, code: int, outcome: str
) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    with Path("/dev/full").open("wb") as full:
        found, told = sent(full.fileno(), "--to", f"{recipient}@sandbox.test")
    assert found == code
    assert outcome in told
    assert told.count("\n") == 1


def test_a_report_that_cannot_be_written_is_noticed_before_anything_is_sent(
    tmp_path: Path,
) -> None:
    record = tmp_path / "session.smtp"
    words = ("--transcript", str(record), "-o", str(tmp_path / "missing" / "x.json"))
    code, told = sent(subprocess.DEVNULL, *BOB, *words)
    assert code == 2
    assert told.startswith("smtpprobe: --output: no such directory: ")
    assert not record.exists()


def test_a_report_that_could_not_be_written_after_all_does_not_hide_the_outcome() -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    code, told = sent(subprocess.DEVNULL, *BOB, "-o", "/dev/full")
    assert code == 0
    assert "the result is in " in told
    assert ACCEPTED in told
    name = told.partition("the result is in ")[2].partition(";")[0]
    assert ACCEPTED in Path(name).read_text()
    Path(name).unlink()


def test_the_report_and_the_record_of_a_session_are_different_files(tmp_path: Path) -> None:
    record = str(tmp_path / "session.smtp")
    code, told = sent(subprocess.DEVNULL, *BOB, "--transcript", record, "-o", record)
    assert code == 2
    assert "name the same file" in told
