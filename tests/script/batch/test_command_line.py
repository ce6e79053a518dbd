"""The options of scripts on the command line, as CI and monitoring give them."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest

from smtpprobe.protocol.target import parse_target
from smtpprobe.script.load import other_targets
from smtpprobe.script.parser.parser import parse
from tests.program import called


def smtpprobe(folder: Path, *words: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    command = called("--no-config", *words)
    return subprocess.run(
        command, cwd=folder, input=typed, text=True, capture_output=True, timeout=60, check=False
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    texts = {
        "good.smtp": "EHLO {{client}}\nRCPT TO:<{{to}}>\n< 503\nQUIT\n",
        "messy.smtp": "NOOP\n<   250    # fine\n\n\nQUIT\n",
        "open.smtp": "NOOP\n< 250\n",
        "bad.smtp": "NOOP\n< 550\nQUIT\n",
        "texts.smtp": "NOOP\n250 2.0.0 in other words\nQUIT\n221\n",
        "vars": "to = somebody@sandbox.test\n",
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text)
    return tmp_path


def test_a_variable_without_a_value_keeps_a_script_from_running(folder: Path) -> None:
    found = smtpprobe(folder, "--sandbox", "--script", "good.smtp")
    assert found.returncode == 3
    assert 'variable "to" has no value' in found.stderr


@pytest.mark.parametrize("words", [("--var", "to=a@sandbox.test"), ("--vars-file", "vars")])
def test_variables_come_from_options_and_files(folder: Path, words: tuple[str, str]) -> None:
    found = smtpprobe(folder, "--sandbox", *words, "--script", "good.smtp")
    assert found.returncode == 0, found.stderr


def test_check_shows_what_would_be_sent_and_sends_nothing(folder: Path) -> None:
    found = smtpprobe(folder, "--script", "messy.smtp", "--check")
    assert found.returncode == 0
    assert "send    NOOP  expects 250" in found.stdout
    assert smtpprobe(folder, "--script", "open.smtp", "--check", "--strict").returncode == 1
    document = json.loads(smtpprobe(folder, "--script", "open.smtp", "--check", "--json").stdout)
    assert [one["id"] for one in document["files"][0]["findings"]] == ["L03"]


def test_replies_that_stand_in_a_script_count_with_their_texts_when_asked_for(folder: Path) -> None:
    words = ("--sandbox", "--script", "texts.smtp")
    assert smtpprobe(folder, *words).returncode == 0
    strict = smtpprobe(folder, *words, "--strict-text")
    assert (strict.returncode, "reply lines differ" in strict.stdout) == (1, True)


def test_fmt_brings_a_script_into_its_form_and_diff_shows_it_before(folder: Path) -> None:
    shown = smtpprobe(folder, "--script", "messy.smtp", "--fmt", "--diff")
    assert (shown.returncode, "+< 250  # fine" in shown.stdout) == (1, True)
    assert smtpprobe(folder, "--script", "messy.smtp", "--fmt").returncode == 0
    assert (folder / "messy.smtp").read_text() == "NOOP\n< 250  # fine\n\nQUIT\n"
    assert smtpprobe(folder, "--script", "-", "--fmt", typed="NOOP\n<  250\n").stdout == (
        "NOOP\n< 250\n"
    )


def test_strict_counts_what_the_linter_finds(folder: Path) -> None:
    assert smtpprobe(folder, "--sandbox", "--script", "open.smtp").returncode == 0
    found = smtpprobe(folder, "--sandbox", "--script", "open.smtp", "--strict")
    assert found.returncode == 1
    assert "warning: connection left open" in found.stderr


def test_a_report_is_written_to_a_file_whole(folder: Path) -> None:
    words = ("--sandbox", "--script", "bad.smtp", "messy.smtp", "--format", "json", "-o", "r.json")
    found = smtpprobe(folder, *words, "--jobs", "2")
    assert (found.returncode, found.stdout) == (1, "")
    files = json.loads((folder / "r.json").read_text())["files"]
    assert [(one["file"], one["exit"]) for one in files] == [("bad.smtp", 1), ("messy.smtp", 0)]


def test_the_plugin_form_ends_with_the_plugin_s_exit_code(folder: Path) -> None:
    found = smtpprobe(folder, "--sandbox", "--script", "bad.smtp", "--format", "nagios")
    assert found.returncode == 2
    assert re.match(
        r"SMTP CRITICAL - NOOP accepted: 250 2.0.0 Ok \(bad.smtp:2 @ 127.0.0.1:\d+\) \| time=",
        found.stdout,
    )


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--fmt", "--check"), "--fmt cannot be used together"),
        (("--check", "--diff"), "--diff needs --fmt"),
        (("--check", "--format", "tap"), "--format tap is not supported there"),
        (("--secret", "pw=sesame"), "are visible to other users"),
        (("--var", "x"), "is not NAME=VALUE"),
        (("--cert-days", "7"), "--cert-days 7: not W,C in days"),
        (("--cert-days", "²,²"), "not W,C in days"),
        (("--cert-days", "7,21"), "with W at least as large as C"),
        (("-c", "soon"), "-c: 'soon' is not a duration"),
        (("--jobs", "0"), "--jobs 0: not a number from 1 to 999999"),
        (("--retry", "many"), "--retry many: not a number from 0 to 999999"),
        (("--max-time", "0"), "--max-time: 0 leaves no time"),
        (("--bind", "mx.example"), "--bind: 'mx.example' is not an address"),
        (("-o", "nowhere/r.json"), "no such directory"),
    ],
)
def test_words_that_cannot_be_meant_are_told_before_anything_is_sent(
    folder: Path, words: tuple[str, ...], message: str
) -> None:
    found = smtpprobe(folder, "--sandbox", "--script", "open.smtp", *words)
    assert found.returncode == 2
    assert message in found.stderr
    assert "sesame" not in found.stdout + found.stderr.replace("pw=sesame", "")


@pytest.mark.parametrize(
    "words",
    [
        ("--script", "ok.smtp", "--nonsense"),
        ("--script", "ok.smtp", "--skip-state", "green"),
        ("--script", "ok.smtp", "--timeout", "soon"),
        ("--script", "ok.smtp", "not a target"),
        ("--script", "bad.smtp", "open.smtp", "--transcript", "one", "--sandbox"),
    ],
)
def test_a_plugin_that_is_called_wrongly_is_unknown_with_a_line_of_status(
    words: tuple[str, ...], folder: Path
) -> None:
    for form in (("--format", "nagios"), ("--format=nagios",)):
        found = smtpprobe(folder, *words, *form)
        assert found.returncode == 3
        assert found.stdout.startswith("SMTP UNKNOWN - ")
        assert found.stdout.count("\n") == 1
        assert found.stderr.startswith("smtpprobe: ")
    assert smtpprobe(folder, *words).returncode == 2


def test_so_is_starttls_with_its_own_name_in_the_line() -> None:
    for words in (("--nonsense",), (), ("--active", "-i", "list")):
        command = called("starttls", *words, "--format", "nagios")
        found = subprocess.run(command, text=True, capture_output=True, timeout=60, check=False)
        assert (found.returncode, found.stdout[:19]) == (3, "STARTTLS UNKNOWN - ")


TWO_CONNECTIONS = "EHLO a\nQUIT\n< 221\n:connect\nNOOP\n:on b\nEHLO b\nQUIT\n:on main\nQUIT\n"


def test_a_recording_of_several_connections_talks_to_the_target_it_is_given(folder: Path) -> None:
    (folder / "two.smtp").write_text(TWO_CONNECTIONS)
    found = smtpprobe(folder, "--sandbox", "--script", "two.smtp", "--transcript", "recorded.smtp")
    assert found.returncode == 0, found.stdout
    recorded = (folder / "recorded.smtp").read_text()
    (host,) = re.findall(r"^:connect (\S+)$", recorded, re.MULTILINE)
    assert recorded.count("\n:connect\n") == 2
    older = recorded.replace("\n:connect\n", f"\n:connect {host}\n")
    for text in (recorded, older):  # the server of the recording is gone
        (folder / "recorded.smtp").write_text(text)
        again = smtpprobe(folder, "--sandbox", "--script", "recorded.smtp")
        assert (again.returncode, again.stderr) == (0, ""), again.stdout


def test_what_a_script_connects_to_is_told_where_it_is_not_the_target_given() -> None:
    given = parse_target("[127.0.0.1]:9")
    for text, lines in (
        (":connect a.invalid\n:connect b.invalid\n", [2]),
        (":connect a.invalid\n:connect a.invalid\n:connect\n", []),
        (":connect a.invalid\n:connect 127.0.0.1:9\n", []),
        (":let h = c.invalid\n:connect {{h}}\n:connect b.invalid\n:connect {{h}}\n", [3]),
        (":let h = c.invalid\n:connect b.invalid\n:connect {{h}}\n", [3]),
        (':connect a.invalid\n:case "x"\nNOOP\n:connect b.invalid\n:case "y"\nNOOP\n', [4]),
        (":connect a.invalid\n:repeat 2\n:connect b.invalid\n:end\n", [3]),
    ):
        found = other_targets(parse(text, "t.smtp"), given)
        assert [place.line for place, _ in found] == lines


def test_another_host_is_named_also_where_targets_are_compared(folder: Path) -> None:
    (folder / "other.smtp").write_text(":connect a.invalid\n:connect 127.0.0.1:9\nNOOP\n")
    words = ("--script", "other.smtp", "--compare", "127.0.0.1:1", "127.0.0.1:2", "--timeout", "1s")
    found = smtpprobe(folder, *words)
    told = "note: other.smtp:2: connects to 127.0.0.1:9, not to [127.0.0.1]:1 or [127.0.0.1]:2"
    assert found.stderr.splitlines()[0] == told


def test_another_host_in_a_script_is_named_before_it_is_dialled(folder: Path) -> None:
    (folder / "other.smtp").write_text(":connect a.invalid\nQUIT\n:connect [127.0.0.9]:9\nNOOP\n")
    found = smtpprobe(folder, "--sandbox", "--script", "other.smtp")
    assert found.stderr.startswith("note: other.smtp:3: connects to [127.0.0.9]:9, not to [127.")
    assert "line 3" in found.stdout
