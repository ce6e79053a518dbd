"""The user's own table as `explain` and the file system have it."""

from __future__ import annotations

import fcntl
import json
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from smtpprobe.errors import UsageError
from smtpprobe.explainer.own_table import (
    LOCK_SECONDS,
    add_row,
    begin,
    changed,
    read_file,
    take_up,
    writable_path,
)
from smtpprobe.knowledge.own.in_force import use
from smtpprobe.knowledge.own.read import MOST_OCTETS
from tests.explainer.test_subcommand import explain
from tests.knowledge.own.test_table import ROW

FROZEN = "550 5.1.1 mailbox 7 is frozen"


@pytest.fixture(autouse=True)
def _no_table_afterwards() -> Iterator[None]:
    yield
    use(())


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "own.toml"
    path.write_text(ROW)
    return path


def own(*words: str) -> bool:
    return bool(json.loads(explain("--jsonl", *words, FROZEN).stdout)["basis"] == "own")


def test_the_option_names_a_table(table: Path) -> None:
    assert own("--replies", str(table))
    assert not own()


def test_the_environment_names_a_table(table: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SMTPPROBE_REPLIES", str(table))
    assert own()


def test_a_table_lies_beside_the_configuration_or_is_named_in_it(
    tmp_path: Path, table: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    folder = tmp_path / "smtpprobe"
    folder.mkdir()
    (folder / "replies.toml").write_text(ROW.replace("frozen", "thawed"))
    assert not own()
    (folder / "replies.toml").write_text(ROW)
    assert own()
    (folder / "replies.toml").unlink()
    (folder / "config.toml").write_text(f'replies = "{table}"\n')
    assert own()


def test_a_log_is_read_by_the_table_as_a_reply_is(table: Path) -> None:
    log = "".join(f"550 5.1.1 mailbox {number} is {how}\n" for number in range(9)
                  for how in ("frozen", "unknown")).encode()  # fmt: skip
    rows = explain("--replies", str(table), "--jsonl", "-f", "-", stdin=log).stdout.splitlines()
    assert [json.loads(row)["basis"] == "own" for row in rows] == [True, False] * 9
    summary = explain("--replies", str(table), "--summary", "-f", "-", stdin=log).stdout
    assert "mailbox-disabled" in summary


def test_a_table_that_was_asked_for_must_be_right(table: Path) -> None:
    table.write_text(ROW + "zzz = 1\n")
    done = explain("--replies", str(table), FROZEN)
    assert done.returncode == 2
    assert f"{table}:6:1: error: unknown key 'zzz'" in done.stderr
    assert f"--check-replies {table}" in done.stderr
    missing = explain("--replies", str(table) + "x", FROZEN)
    assert missing.returncode == 2
    assert "No such file" in missing.stderr


def test_a_table_nobody_asked_for_is_used_as_far_as_it_is_right(table: Path) -> None:
    table.write_text(f"{ROW}[[reply]]\n")
    warnings = begin(str(table))
    assert len(warnings) == 3
    assert warnings[0].startswith(f"{table}:6:1: error: ")
    assert json.loads(explain("--jsonl", FROZEN).stdout)["basis"] != "own"


def test_checking_tells_all_problems_and_whether_there_are_errors(table: Path) -> None:
    done = explain("--check-replies", str(table))
    assert (done.returncode, done.stdout) == (0, f"{table}: 1 usable row\n")
    table.write_text(ROW + ROW)
    assert explain("--check-replies", str(table)).returncode == 0
    table.write_text(ROW + "zzz = 1\n")
    done = explain("--check-replies", str(table))
    assert done.returncode == 1
    assert done.stdout.startswith(f"{table}:6:1: error: ")
    assert explain("--check-replies", str(table), FROZEN).returncode == 2
    assert explain("--check-replies", str(table) + "x").returncode == 2


def test_what_is_no_text_is_told_with_its_place(table: Path) -> None:
    table.write_bytes(b"# a\n# \xff\n")
    assert [problem.told("f") for problem in read_file(table).problems] == [
        "f:2:3: error: not valid UTF-8"
    ]
    table.write_bytes(b"#" * (MOST_OCTETS + 1))
    with pytest.raises(UsageError, match="too large"):
        read_file(table)
    os.mkfifo(table.with_name("pipe"))
    with pytest.raises(UsageError, match="not a regular file"):
        read_file(table.with_name("pipe"))


def test_an_added_row_leaves_the_file_as_it_was_and_is_used(table: Path) -> None:
    row = ROW.replace("frozen", "thawed")
    table.chmod(0o640)
    assert add_row(table, row) == 7
    assert table.read_text() == f"{ROW}\n{row}"
    assert stat.S_IMODE(table.stat().st_mode) == 0o640
    assert len(read_file(table).rows) == 2


def test_a_new_table_is_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "new" / "replies.toml"
    assert add_row(path, ROW) == 1
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_no_row_is_added_to_a_table_that_is_wrong(table: Path) -> None:
    table.write_text("[[reply]\n")
    with pytest.raises(UsageError, match=r"own\.toml:1:"):
        add_row(table, ROW)
    assert table.read_text() == "[[reply]\n"


def test_a_file_of_another_system_is_kept_octet_by_octet(table: Path) -> None:
    octets = b"\xef\xbb\xbf" + ROW.replace("\n", "\r\n").encode().rstrip()
    table.write_bytes(octets)
    assert add_row(table, ROW.replace("frozen", "thawed")) == 7
    assert table.read_bytes().startswith(octets)
    assert len(read_file(table).rows) == 2


ADDER = """
import sys
from pathlib import Path
from smtpprobe.explainer import own_table
from smtpprobe.explainer.own_table import add_row
own_table.LOCK_SECONDS = 120
for number in range(20):
    add_row(Path(sys.argv[1]), sys.argv[2].replace("frozen", f"{sys.argv[3]} {number}"))
"""


def test_rows_added_by_several_programs_at_once_are_all_kept(tmp_path: Path) -> None:
    path = tmp_path / "replies.toml"
    running = [
        subprocess.Popen([sys.executable, "-c", ADDER, path, ROW, f"program {number}"])
        for number in range(3)
    ]
    assert [one.wait() for one in running] == [0, 0, 0]
    assert len(read_file(path).rows) == 60
    assert [file.name for file in tmp_path.iterdir()] == ["replies.toml"]


def test_a_folder_that_stays_locked_is_reported_and_nothing_is_written(
    table: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("smtpprobe.explainer.own_table.LOCK_SECONDS", LOCK_SECONDS / 100)
    folder = os.open(table.parent, os.O_RDONLY)
    fcntl.flock(folder, fcntl.LOCK_EX)
    try:
        with pytest.raises(UsageError, match="another program is writing"):
            add_row(table, ROW)
    finally:
        os.close(folder)
    assert table.read_text() == ROW


def test_without_the_configuration_no_row_goes_into_its_folder(table: Path) -> None:
    begin("", usual=False)
    with pytest.raises(UsageError, match="--no-config") as refused:
        writable_path("")
    assert "--replies FILE" in refused.value.hint
    assert writable_path(str(table)) == table


def test_a_changed_file_is_read_again(table: Path) -> None:
    take_up(table)
    assert changed() == ""
    table.write_text(ROW + ROW.replace("frozen", "thawed"))
    assert changed() == f"{table} has changed: 2 rows in use"
    assert changed() == ""
    add_row(table, ROW.replace("frozen", "sealed"))
    assert changed() == ""


def test_a_file_that_is_wrong_or_gone_leaves_the_rows_in_use(table: Path) -> None:
    take_up(table)
    table.write_text("[[reply]]\n")
    assert "has changed, but is not used: " in changed()
    assert changed() == ""
    table.unlink()
    assert changed() == f"{table} is gone; its rows stay in use until you leave"
    table.write_text(ROW)
    assert changed() == f"{table} has changed: 1 row in use"


def test_a_table_that_comes_later_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert begin("") == ()
    path = tmp_path / "smtpprobe" / "replies.toml"
    path.parent.mkdir()
    assert changed() == ""
    path.write_text(ROW)
    assert changed() == f"{path} has changed: 1 row in use"
