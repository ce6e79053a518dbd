"""A result that cannot be written where it was to go is kept, and nothing writes over another."""

from __future__ import annotations

import contextlib
import os
import stat
import subprocess
from pathlib import Path

import pytest

from smtpprobe.atomic_file import same_file, write_results
from smtpprobe.errors import NotKept, UsageError
from smtpprobe.starttls.bulk.output import Sink, may_write
from tests.program import REAL, called

FULL = "/dev/full"
"""A disk on which there is never room, on any machine and for anybody."""

NOBODY = "127.0.0.1:1"


@pytest.fixture
def spare(tmp_path: Path) -> Path:
    """Return the folder of temporary files."""
    folder = tmp_path / "spare"
    folder.mkdir()
    return folder


def ran(*words: str, spare: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run the program itself."""
    return subprocess.run(
        called(*words),
        env=os.environ | ({"TMPDIR": str(spare)} if spare is not None else {}),
        stdin=subprocess.DEVNULL,
        check=False,
        capture_output=True,
        text=True,
    )


@pytest.mark.parametrize(
    ("words", "held"),
    [
        (("--script", "SCRIPT", "-o", FULL, NOBODY), "cannot connect to 127.0.0.1:1"),
        (("--json", "--script", "SCRIPT", "-o", FULL, NOBODY), '"schema": '),
        (("starttls", "-o", FULL, NOBODY), "WHO CAN DELIVER"),
        (("starttls", "--json", "-o", FULL, NOBODY), '"schema": '),
        (("starttls", "--html", FULL, NOBODY), "<html"),
        (("starttls", "-i", "LIST", "-o", FULL), '"schema":'),
    ],
)
def test_what_a_full_disk_does_not_take_is_in_another_file_that_is_named(
    words: tuple[str, ...], held: str, spare: Path, tmp_path: Path
) -> None:
    script, targets = tmp_path / "s.smtp", tmp_path / "list"
    script.write_text("EHLO me.example\nQUIT\n")
    targets.write_text(f"{NOBODY}\n")
    places = {"SCRIPT": str(script), "LIST": str(targets)}
    done = ran(*(places.get(word, word) for word in words), spare=spare)
    assert done.returncode == 4, done.stderr
    assert "No space left on device" in done.stderr
    (kept,) = spare.iterdir()
    assert str(kept) in done.stderr
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert held in kept.read_text()


def test_each_of_two_results_has_its_own_place_where_neither_can_be_written(spare: Path) -> None:
    done = ran("starttls", "-o", FULL, "--html", FULL, NOBODY, spare=spare)
    assert done.returncode == 4
    kept = list(spare.iterdir())
    assert len(kept) == 2
    assert all(str(path) in done.stderr for path in kept)


def test_a_plugin_whose_report_is_not_where_it_belongs_is_unknown(
    spare: Path, tmp_path: Path
) -> None:
    script = tmp_path / "s.smtp"
    script.write_text("QUIT\n")
    done = ran("--format", "nagios", "--script", str(script), "-o", FULL, NOBODY, spare=spare)
    assert done.returncode == 3
    assert done.stdout.startswith("SMTP UNKNOWN - --output: cannot write /dev/full")
    assert str(next(spare.iterdir())) in done.stdout


WRITING = (
    ("--help",),
    ("--version",),
    ("--print-completion", "bash"),
    *((command, "--help") for command in ("sandbox", "explain", "starttls", "import")),
    ("explain", "--version"),
    ("--script", "SCRIPT", "--check"),
    ("--script", "SCRIPT", NOBODY),
    ("starttls", NOBODY),
    ("starttls", "-i", "LIST"),
    ("explain", "550 5.1.1 no"),
    ("explain", "5.1.1"),
    ("explain", "-f", "LOG"),
    ("explain", "-f", "LOG", "-f", "/nonexistent"),
    ("import", "telnet", "CALL"),
)
"""What each front end can write on standard output; nobody answers anywhere."""


def into_the_full_disk(
    *words: str, folder: Path, unbuffered: bool, full_too: bool = False
) -> subprocess.CompletedProcess[str]:
    """Run the program with standard output on a full disk, and standard error where asked for."""
    texts = {"SCRIPT": "QUIT\n", "LIST": f"{NOBODY}\n", "LOG": "550 5.1.1 no\n"}
    texts["CALL"] = "220 mx.example ESMTP\nQUIT\n221 bye\n"
    for name, text in texts.items():
        (folder / name).write_text(text)
    placed = [str(folder / word) if word in texts else word for word in words]
    with Path(FULL).open("w") as full:
        return subprocess.run(
            (*REAL, *placed) if unbuffered else called(*placed),
            env=os.environ | ({"PYTHONUNBUFFERED": "1"} if unbuffered else {}),
            stdin=subprocess.DEVNULL,
            stdout=full,
            stderr=full if full_too else subprocess.PIPE,
            check=False,
            text=True,
        )


@pytest.mark.parametrize("unbuffered", [False, True])
@pytest.mark.parametrize("words", WRITING, ids=" ".join)
def test_a_full_disk_behind_standard_output_is_told_and_no_result_by_itself(
    words: tuple[str, ...], tmp_path: Path, *, unbuffered: bool
) -> None:
    done = into_the_full_disk(*words, folder=tmp_path, unbuffered=unbuffered)
    assert done.returncode == 4
    assert "No space left on device" in done.stderr
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr


@pytest.mark.parametrize("unbuffered", [False, True])
@pytest.mark.parametrize(
    ("words", "status"),
    [
        (("explain", "550 5.1.1 no"), 4),
        (("--help",), 4),
        (("--nonsense",), 2),
        (("--format", "nagios", "--nonsense"), 3),
        (("--format", "nagios", "--script", "SCRIPT", NOBODY), 3),
    ],
)
def test_where_standard_error_is_full_too_the_exit_code_still_tells(
    words: tuple[str, ...], status: int, tmp_path: Path, *, unbuffered: bool
) -> None:
    done = into_the_full_disk(*words, folder=tmp_path, unbuffered=unbuffered, full_too=True)
    assert done.returncode == status


def test_with_no_room_anywhere_the_result_is_on_standard_output(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("tempfile.tempdir", "/nonexistent")
    with pytest.raises(NotKept, match="the result is on standard output"):
        write_results([(FULL, "the report\n", "--output")])
    assert capsys.readouterr().out == "the report\n"


def test_a_full_disk_leaves_the_old_report_whole(
    tmp_path: Path, spare: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = tmp_path / "report.txt"
    report.write_text("old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    monkeypatch.setattr("tempfile.tempdir", str(spare))
    with pytest.raises(NotKept):
        write_results([(str(report), "new", "--output")])
    assert report.read_text() == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["report.txt", "spare"]
    assert next(spare.iterdir()).read_text() == "new"


def test_two_runs_on_one_file_of_results_are_refused(tmp_path: Path) -> None:
    path = str(tmp_path / "out.jsonl")
    with contextlib.closing(Sink(path)) as first:
        first.write({"seq": 1, "target": "a.test"})
        for _ in range(2):
            with pytest.raises(UsageError, match="another run is writing to this file"):
                Sink(path)
        for more in ([], ["--resume"], ["--restart"]):
            targets = tmp_path / "list"
            targets.write_text("a.test\n")
            done = ran("starttls", "-i", str(targets), "-o", path, *more)
            assert (done.returncode, done.stdout) == (2, "")
    assert Path(path).read_text() == '{"seq":1,"target":"a.test"}\n'
    with contextlib.closing(Sink(path)) as second:
        second.empty()
    assert Path(path).read_bytes() == b""
    may_write(path, "-", resume=False, restart=False)  # nothing in it: nothing is lost


@pytest.mark.parametrize(
    "words",
    [
        ("--script", "{f}", "-o", "{f}", NOBODY),
        ("--script", "{f}", "-o", "{link}", NOBODY),
        ("--script", "{folder}", "-o", "{f}", NOBODY),
        ("--script", "{f}", "-o", "{new}", "--transcript", "{new}", NOBODY),
        ("starttls", "-i", "{f}", "-o", "{f}", "--restart"),
        ("starttls", "-i", "{f}", "-o", "{link}", "--restart"),
        ("starttls", "-o", "{new}", "--html", "{new}", NOBODY),
    ],
)
def test_two_options_that_name_one_file_are_refused_and_the_file_is_as_it_was(
    words: tuple[str, ...], tmp_path: Path
) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    file = folder / "f.smtp"
    file.write_text("QUIT\n")
    link = tmp_path / "link"
    link.symlink_to(file)
    names = {"f": file, "link": link, "folder": folder, "new": tmp_path / "new"}
    done = ran(*(word.format(**names) for word in words))
    assert (done.returncode, done.stdout) == (2, "")
    assert "name the same file: " in done.stderr
    assert file.read_text() == "QUIT\n"
    assert not (tmp_path / "new").exists()


def test_devices_and_standard_input_are_no_one_file() -> None:
    same_file(("-i", "-"), ("--output", "-"), ("--html", "/dev/null"), ("--keylog", "/dev/null"))


@pytest.mark.parametrize("option", ["-o", "--html"])
def test_a_folder_that_is_missing_is_told_before_anything_is_dialled(option: str) -> None:
    done = ran("starttls", option, "/nonexistent/report", NOBODY)
    assert done.returncode == 2
    assert "no such directory: /nonexistent" in done.stderr
