"""`--check`: no network, all that is wrong at once, and exit codes that CI can act on."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from smtpprobe.exits import ExitStatus
from smtpprobe.script.load import Given
from smtpprobe.script.tools.static_check import check_files

CLEAN = "EHLO x\n< 250\nQUIT\n"
FOUND = "EHLO x\n> NOOP\nQUIT\n"
BROKEN = "< 2500\n"


def check(folder: Path, files: dict[str, str], **options: bool) -> tuple[ExitStatus, str, str]:
    """Return the status and what was told on both streams, the folder left out."""
    for name, text in files.items():
        (folder / name).write_text(text)
    out, err = io.StringIO(), io.StringIO()
    names = [str(folder / name) for name in files]
    status = check_files(names, Given({"given": "1"}), out=out, err=err, **options)
    told = [one.getvalue().replace(f"{folder}/", "") for one in (out, err)]
    return status, told[0], told[1]


@pytest.mark.parametrize(
    ("files", "strict", "status"),
    [
        ({"a": CLEAN}, False, ExitStatus.OK),
        ({"a": CLEAN}, True, ExitStatus.OK),
        ({"a": FOUND}, False, ExitStatus.OK),
        ({"a": FOUND}, True, ExitStatus.CHECK_FAILED),
        ({"a": BROKEN}, False, ExitStatus.SCRIPT_UNREADABLE),
        ({"a": FOUND, "b": BROKEN, "c": CLEAN}, True, ExitStatus.SCRIPT_UNREADABLE),
    ],
)
def test_the_exit_status(
    tmp_path: Path, files: dict[str, str], *, strict: bool, status: ExitStatus
) -> None:
    assert check(tmp_path, files, strict=strict)[0] is status
    assert check(tmp_path, files, strict=strict, machine=True)[0] is status


def test_the_plan_is_shown_and_the_findings_under_it(tmp_path: Path) -> None:
    assert check(tmp_path, {"a": FOUND})[1:] == (
        """\
   1  greet   expects 2xx (implied)
   1  send    EHLO x  expects 2xx or 3xx (implied)
   2  send    > NOOP  waits for no reply
   3  send    QUIT    expects 2xx or 3xx (implied)

warning: no expectation for this line before the next line for the server
  --> a:2:1
   |
 2 | > NOOP
   | ^^^^^^
   |
   = help: write the expected reply below it, or "<* any"
""",
        "",
    )


def test_what_is_wrong_with_several_files_is_told_of_each(tmp_path: Path) -> None:
    _, out, err = check(tmp_path, {"a": BROKEN, "b": CLEAN, "c": "NOOP {{nope}}\n"})
    assert [line for line in err.splitlines() if line.startswith("  -->")] == [
        "  --> a:1:3", "  --> c:1:6",
    ]  # fmt: skip
    assert "EHLO x" in out


def test_names_given_from_outside_have_a_value(tmp_path: Path) -> None:
    assert check(tmp_path, {"a": "EHLO {{given}}\nQUIT\n"})[0] is ExitStatus.OK


def test_a_machine_gets_one_document_with_ids_and_places(tmp_path: Path) -> None:
    _, out, err = check(tmp_path, {"a": BROKEN, "b": FOUND}, machine=True)
    document = json.loads(out)
    assert (document["schema"], document["v"], document["exit"]) == ("smtpprobe/check/1", 1, 3)
    broken, found = document["files"]
    (problem,) = broken["problems"]
    assert {key: problem[key] for key in ("id", "file", "line", "column", "width")} == {
        "id": "P02", "file": "a", "line": 1, "column": 3, "width": 4,
    }  # fmt: skip
    assert [one["id"] for one in found["findings"]] == ["L10"]
    assert found["plan"][1] == {
        "file": None, "line": 1, "depth": 0, "kind": "send", "text": "EHLO x",
        "expects": "expects 2xx or 3xx (implied)",
    }  # fmt: skip
    assert err == ""


def test_a_machine_learns_of_a_folder_without_scripts(tmp_path: Path) -> None:
    out = io.StringIO()
    assert check_files([str(tmp_path)], machine=True, out=out) is ExitStatus.SCRIPT_UNREADABLE
    (file,) = json.loads(out.getvalue())["files"]
    assert file["problems"][0]["id"] == "P21"
