"""What a worker notes is read back however it ends; what cannot be known is not made up."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from smtpprobe.survey.jobs.journal import Noted, begin_journal, journal, noted
from tests.survey.made import DAY, address

ROW = {"place": 7, **address("mx.example.org", greeting="220 \udcff", facts=b"\0\xff")}


@pytest.fixture
def begun(tmp_path: Path) -> Path:
    path = tmp_path / "asked" / "1-0000000-00000.1"
    begin_journal(path)
    return path


def test_a_row_is_read_back_as_it_was(begun: Path) -> None:
    with journal(str(begun)) as note:
        note(7)
        note(ROW)
    assert noted(begun) == Noted(frozenset({7}), (ROW,))
    assert ROW["asked"] == DAY


KILLED = """
import os, signal, sys
from smtpprobe.survey.jobs.journal import journal
with journal(sys.argv[1]) as note:
    note(1)
    note({"place": 1})
    note(2)
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_it_outlives_a_worker_that_is_killed(begun: Path) -> None:
    done = subprocess.run([sys.executable, "-c", KILLED, str(begun)], check=False)
    assert done.returncode == -signal.SIGKILL
    assert noted(begun) == Noted(frozenset({1, 2}), ({"place": 1},))


def test_an_entry_without_its_end_is_none(begun: Path) -> None:
    with journal(str(begun)) as note:
        note(1)
        whole = begun.stat().st_size
        note(ROW)
    octets = begun.read_bytes()
    for size in range(whole, len(octets)):
        begun.write_bytes(octets[:size])
        assert noted(begun) == Noted(frozenset({1}), ())


@pytest.mark.parametrize("octets", [b"", b"\xc1", b"\xa5other\x01", b"\x90\x01", b"\x01\x02"])
def test_what_is_not_a_journal_of_this_boot_says_nothing(begun: Path, octets: bytes) -> None:
    begun.write_bytes(octets)
    assert noted(begun) is None
    begun.unlink()
    assert noted(begun) is None


def test_who_cannot_be_noted_is_not_asked(begun: Path) -> None:
    begun.unlink()
    begun.symlink_to("/dev/full")
    with journal(str(begun)) as note, pytest.raises(OSError, match="No space left"):
        note(1)


def test_where_there_is_no_boot_to_name_nothing_is_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("smtpprobe.survey.jobs.journal._BOOT", tmp_path / "none")
    begin_journal(tmp_path / "work" / "1")
    assert noted(tmp_path / "work" / "1") is None
