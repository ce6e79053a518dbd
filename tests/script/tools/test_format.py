"""`--fmt`: files are rewritten whole or not at all, and `--diff` changes nothing."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest  # noqa: TC002 - fixtures are named by it

from smtpprobe.exits import ExitStatus
from smtpprobe.script.tools.format import format_files

ROUGH = b"\xef\xbb\xbfEHLO x\r\n<   250\r\nNOOP \xff\r\n\r\n\r\n"
FINE = b"EHLO x\n< 250\nNOOP \xff\n"


def run(*files: Path | str, diff: bool = False) -> tuple[ExitStatus, str, str]:
    """Return the status, and what was told on both streams."""
    below, err = io.BytesIO(), io.StringIO()
    out = io.TextIOWrapper(below, "utf-8")
    status = format_files([str(file) for file in files], diff=diff, out=out, err=err)
    out.flush()
    return status, below.getvalue().decode("utf-8", "surrogateescape"), err.getvalue()


def test_a_file_is_rewritten_its_mode_and_its_link_kept(tmp_path: Path) -> None:
    path, link = tmp_path / "a.smtp", tmp_path / "link.smtp"
    path.write_bytes(ROUGH)
    path.chmod(0o640)
    link.symlink_to(path)
    assert run(link) == (ExitStatus.OK, "", f"formatted {link}\n")
    assert path.read_bytes() == FINE
    assert path.stat().st_mode & 0o777 == 0o640
    assert link.is_symlink()
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a.smtp", "link.smtp"]


def test_a_file_in_canonical_form_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "a.smtp"
    path.write_bytes(FINE)
    before = path.stat()
    assert run(path) == (ExitStatus.OK, "", "")
    assert path.stat() == before


def test_a_diff_changes_nothing_and_says_so_in_the_exit_status(tmp_path: Path) -> None:
    path = tmp_path / "a.smtp"
    path.write_bytes(b"EHLO x\n<   250\n")
    status, out, err = run(path, diff=True)
    assert (status, err) == (ExitStatus.CHECK_FAILED, "")
    assert out == f"--- {path}\n+++ {path}\n@@ -1,2 +1,2 @@\n EHLO x\n-<   250\n+< 250\n"
    assert path.read_bytes() == b"EHLO x\n<   250\n"
    path.write_bytes(FINE)
    assert run(path, diff=True) == (ExitStatus.OK, "", "")


def test_a_diff_of_octets_that_are_no_text_is_a_patch_all_the_same(tmp_path: Path) -> None:
    path = tmp_path / "a.smtp"
    path.write_bytes(b"<  250\nNOOP \xff\n")
    assert " NOOP \udcff\n" in run(path, diff=True)[1]


def test_standard_input_goes_to_standard_output(monkeypatch: pytest.MonkeyPatch) -> None:
    for diff, status in ((False, ExitStatus.OK), (True, ExitStatus.CHECK_FAILED)):
        stdin = io.TextIOWrapper(io.BytesIO(ROUGH))
        monkeypatch.setattr("sys.stdin", stdin)
        told = run("-", diff=diff)
        assert told[0] is status
        if not diff:
            assert told[1].encode("utf-8", "surrogateescape") == FINE


def test_a_broken_script_is_told_and_left_alone_and_the_others_are_rewritten(
    tmp_path: Path,
) -> None:
    broken, rough = tmp_path / "a.smtp", tmp_path / "b.smtp"
    broken.write_bytes(b"<   2500\n")
    rough.write_bytes(ROUGH)
    status, _, err = run(tmp_path)
    assert status is ExitStatus.SCRIPT_UNREADABLE
    assert f"--> {broken}:1:5" in err
    assert broken.read_bytes() == b"<   2500\n"
    assert rough.read_bytes() == FINE


def test_names_without_a_value_do_not_keep_a_script_from_its_form(tmp_path: Path) -> None:
    path = tmp_path / "a.smtp"
    path.write_bytes(b"RCPT TO:<{{rcpt}}>\n<  250\n")
    assert run(path)[0] is ExitStatus.OK
    assert path.read_bytes() == b"RCPT TO:<{{rcpt}}>\n< 250\n"


def test_a_file_that_cannot_be_written_stays_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.smtp"
    path.write_bytes(ROUGH)

    def full(_file: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    status, _, err = run(path)
    assert status is ExitStatus.CANNOT_TELL
    assert f"cannot write {path}: No space left on device" in err
    assert path.read_bytes() == ROUGH
    assert list(tmp_path.iterdir()) == [path]
