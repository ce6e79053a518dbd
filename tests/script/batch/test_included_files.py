"""Files that a script names: found beside the file that names them, told with their own places."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest

from smtpprobe.errors import ScriptError
from smtpprobe.present.terminal import rendered
from smtpprobe.script.language.problem import ScriptProblems
from smtpprobe.script.language.steps import Script, SmtpLine
from smtpprobe.script.lint.rules import lint
from smtpprobe.script.load import load_scripts, script_octets
from smtpprobe.script.parser.source import SCRIPT_OCTETS
from smtpprobe.script.reports.failures import finding_lines, problem_lines
from smtpprobe.script.tools.static_check import error_data


def write(folder: Path, files: dict[str, str]) -> str:
    """Write files into a folder, and return the name of the first."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return str(folder / next(iter(files)))


def loaded(folder: Path, files: dict[str, str]) -> Script | ScriptError:
    """Return the first file, loaded as for a run."""
    (found,) = load_scripts([write(folder, files)])
    return found


def told(folder: Path, files: dict[str, str]) -> list[tuple[str, str, str]]:
    """Return what is wrong: id, message, and place with the folder left out."""
    found = loaded(folder, files)
    assert isinstance(found, ScriptProblems)
    return [
        (
            one.id,
            one.message.replace(f"{folder}/", ""),
            f"{one.place.file or found.name}:{one.place.line}:{one.place.column}".replace(
                f"{folder}/", ""
            ),
        )
        for one in found.problems
    ]


def test_a_path_is_relative_to_the_file_that_holds_it(tmp_path: Path) -> None:
    files = {"t.smtp": ":include in/a.smtp\nQUIT\n", "in/a.smtp": "EHLO x\n:include b.smtp\n",
             "in/b.smtp": "NOOP\n"}  # fmt: skip
    script = loaded(tmp_path, files)
    assert isinstance(script, Script)
    assert [step.text for step in script.steps if isinstance(step, SmtpLine)] == [
        "EHLO x", "NOOP", "QUIT",
    ]  # fmt: skip


NO_FILE = "No such file or directory"


@pytest.mark.parametrize(
    ("files", "problem"),
    [
        ({"t": "EHLO x\n:include no\n"}, ("P19", f"cannot read no: {NO_FILE}", "t:2:10")),
        ({"t": ":include .\n"}, ("P19", "cannot read .: Is a directory", "t:1:10")),
        ({"t": ":include t\n"}, ("P19", ":include too deep: more than 8 files", "t:1:10")),
        ({"t": ":data no\n"}, ("P19", f"cannot read no: {NO_FILE}", "t:1:1")),
        ({"t": ":include\n"}, ("P18", "bad argument: file name is missing", "t:1:9")),
        ({"t": ":include a\n", "a": "NOOP\n< 99\n"}, ("P02", "this is not a reply code", "a:2:3")),
        (
            {"t": "NOOP\n:include a\n", "a": "\nNOOP {{nope}}\n"},
            ("P07", 'variable "nope" has no value', "a:2:6"),
        ),
        (
            {"t": ":include a\n.\n", "a": "DATA\nx\n"},
            ("P05", "the message body never ends", "a:2:1"),
        ),
        (
            {"t": ":include a\n:flush\n", "a": ":hold\nNOOP\n"},
            ("P09", '":hold" without ":flush"', "a:1:1"),
        ),
        (
            {"t": ":include a\n:end\n", "a": "NOOP\n:repeat 2\nNOOP\n"},
            ("P10", 'block ":repeat" is not closed', "a:2:1"),
        ),
        (
            {"t": ":include a\n", "a": ':case "x"\n'},
            ("P18", "bad argument: no case in an included file", "a:1:1"),
        ),
        (
            {"t": ":include a\n", "a": "NO\0OP\n"},
            ("P19", "cannot read a:1:3: NUL is not allowed in a script", "t:1:10"),
        ),
    ],
)
def test_a_problem_is_told_where_it_stands(
    tmp_path: Path, files: dict[str, str], problem: tuple[str, str, str]
) -> None:
    assert problem in told(tmp_path, files)


def test_the_line_of_an_included_file_is_shown(tmp_path: Path) -> None:
    found = loaded(tmp_path, {"t": ":include a\n", "a": "NOOP\n< 2500\n"})
    assert isinstance(found, ScriptProblems)
    assert (
        rendered(problem_lines(found), colour=False).replace(f"{tmp_path}/", "")
        == """\
error: this is not a reply code
  --> a:2:3
      included from t:1
   |
 2 | < 2500
   |   ^^^^ three digits, 200\N{EN DASH}599, with x as wildcard: 250, 25x, 2xx, 250|251
"""
    )


def test_the_line_that_included_a_file_is_told(tmp_path: Path) -> None:
    files = {"t": "NOOP\n:include in/a\n", "in/a": "NOOP\n:include b\n", "in/b": "< 2500\n"}
    found = loaded(tmp_path, files)
    assert isinstance(found, ScriptProblems)
    lines = rendered(problem_lines(found), colour=False).replace(f"{tmp_path}/", "").splitlines()
    assert lines[1:5] == [
        "  --> in/b:1:3", "      included from in/a:2", "      included from t:2", "   |",
    ]  # fmt: skip
    assert found.message.replace(f"{tmp_path}/", "").startswith("in/b:1:3, included from in/a:2: ")
    assert [one["included"] for one in error_data(found)] == [
        [{"file": f"{tmp_path}/in/a", "line": 2}, {"file": f"{tmp_path}/t", "line": 2}]
    ]


def test_a_file_included_by_several_lines_has_them_all(tmp_path: Path) -> None:
    found = loaded(tmp_path, {"t": ":include a\n" * 10, "a": "NOOP {{nope}}\n"})
    assert isinstance(found, ScriptProblems)
    shown = rendered(problem_lines(found), colour=False).replace(f"{tmp_path}/", "").splitlines()
    block = shown[: shown.index("")]
    assert [line.strip() for line in block if "from" in line] == [
        *(f"included from t:{number}" for number in range(1, 9)), "and from 2 more",
    ]  # fmt: skip


def test_a_file_that_includes_itself_is_told_once(tmp_path: Path) -> None:
    found = loaded(tmp_path, {"t": ":include a\n", "a": ":include a\n"})
    assert isinstance(found, ScriptProblems)
    shown = rendered(problem_lines(found), colour=False).replace(f"{tmp_path}/", "")
    assert [line.strip() for line in shown.splitlines() if "from" in line] == [
        "included from t:1", "included from a:1",
    ]  # fmt: skip


def test_a_finding_of_the_linter_tells_the_line_that_included_its_file(tmp_path: Path) -> None:
    script = loaded(tmp_path, {"t": "EHLO x\n:include a\nQUIT\n", "a": "AUTH PLAIN AGEAYg==\n"})
    assert isinstance(script, Script)
    shown = rendered(finding_lines(script, lint(script)), colour=False)
    assert f"  --> {tmp_path}/a:1:1\n      included from {tmp_path}/t:2\n" in shown


def test_a_folder_without_scripts_is_told(tmp_path: Path) -> None:
    (found,) = load_scripts([str(tmp_path)])
    assert isinstance(found, ScriptError)
    assert (found.id, found.message) == ("P21", f"no scripts in {tmp_path}")
    assert found.hint == "looked for **/*.smtp"


def test_a_file_that_is_not_there_is_told() -> None:
    (found,) = load_scripts(["/nowhere/x.smtp"])
    assert isinstance(found, ScriptError)
    assert (found.id, found.message) == ("P19", f"cannot read /nowhere/x.smtp: {NO_FILE}")


def test_of_a_file_of_a_gigabyte_no_more_is_read_than_tells_that_it_is_too_large(
    tmp_path: Path,
) -> None:
    path = tmp_path / "large.smtp"
    with path.open("wb") as file:
        file.truncate(1024**3)  # a hole takes no room on the disk
    (found,) = load_scripts([str(path)])
    assert isinstance(found, ScriptProblems)
    (problem,) = found.problems
    assert (problem.id, problem.message) == ("P22", f"{path} is larger than 16 MiB")
    assert SCRIPT_OCTETS == 16 * 1024**2


def test_a_short_script_is_read_without_the_memory_for_the_longest(tmp_path: Path) -> None:
    file = write(tmp_path, {"t.smtp": "NOOP\n"})
    tracemalloc.start()
    try:
        assert script_octets(file) == b"NOOP\n"
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < SCRIPT_OCTETS / 16


def test_no_octet_of_a_script_of_several_pieces_is_lost(tmp_path: Path) -> None:
    text = "".join(f"NOOP {number}\n" for number in range(50_000))
    assert script_octets(write(tmp_path, {"t.smtp": text})) == text.encode()


def test_the_limit_is_in_octets_not_in_characters(tmp_path: Path) -> None:
    path = tmp_path / "large.smtp"
    path.write_text("#" + "\N{PILE OF POO}" * (SCRIPT_OCTETS // 4) + "\n")
    (found,) = load_scripts([str(path)])
    assert isinstance(found, ScriptProblems)
