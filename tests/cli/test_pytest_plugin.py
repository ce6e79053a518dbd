"""Scripts as tests of pytest, each run in a process of its own, as a user has it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

PLUGIN = "smtpprobe.cli.pytest_plugin"
"""Named here, so that no other plugin of this environment is loaded; one test goes without."""

GOOD = """\
:case "greeting"
< 220
:case "hello"
EHLO me.example
< 250 +STARTTLS
QUIT
"""
BAD = """\
:case "relay"
EHLO me.example
MAIL FROM:<spammer@example.org>
RCPT TO:<postmaster@sandbox.test>
< 554 5.7.1
:case "utf8"
EHLO me.example
:require NOSUCH
QUIT
"""

Pytest = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def run(tmp_path: Path) -> Pytest:
    """Runs pytest in a folder of its own."""

    def run(*words: str, code: int) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "pytest", "-p", PLUGIN, "-p", "no:cacheprovider", "-rA"]
        done = subprocess.run(
            [*command, *words],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
            env=os.environ | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        )
        assert done.returncode == code, done.stdout + done.stderr
        return done

    (tmp_path / "good.smtp").write_text(GOOD)
    (tmp_path / "bad.smtp").write_text(BAD)
    return run


def test_each_case_is_a_test_with_our_own_report_of_a_failure(run: Pytest) -> None:
    said = run("--smtp-options=--sandbox --client me.example", code=1).stdout
    assert "PASSED good.smtp::greeting" in said
    assert "PASSED good.smtp::hello" in said
    assert "FAILED bad.smtp::relay" in said
    assert "fail: RCPT accepted, expected 554" in said
    assert "--> " in said
    assert "bad.smtp:5:3" in said
    assert "Traceback" not in said
    assert "1 failed, 2 passed, 1 skipped" in said
    assert re.search(r"SKIPPED \[1\] bad\.smtp:7: .*NOSUCH", said)


def test_a_case_is_run_by_itself(run: Pytest) -> None:
    assert "1 passed, 3 deselected" in run("--smtp-options=--sandbox", "-k", "hello", code=0).stdout


def test_nothing_is_collected_unless_it_is_asked_for(run: Pytest) -> None:
    assert "no tests ran" in run(code=5).stdout


def test_the_configuration_asks_for_it_too(run: Pytest, tmp_path: Path) -> None:
    (tmp_path / "pytest.ini").write_text("[pytest]\nsmtp_options = --sandbox\n")
    assert "2 passed" in run("good.smtp", code=0).stdout


def test_a_server_that_is_not_there_is_a_failure_that_says_so(run: Pytest) -> None:
    said = run("--smtp-target=127.0.0.1:1", "good.smtp", code=1).stdout
    assert "connection refused" in said
    assert "2 failed" in said


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("--smtp-options=--nonsense", "--nonsense"),
        ("--smtp-target=[::1", "[::1"),
        ("--smtp-options=--sandbox 'open", "No closing quotation"),
    ],
)
def test_words_that_cannot_be_understood_are_a_usage_error(
    words: str, says: str, run: Pytest
) -> None:
    done = run(words, code=2)
    assert says in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr


def test_a_script_that_cannot_be_read_is_shown_with_its_place(run: Pytest, tmp_path: Path) -> None:
    (tmp_path / "bad.smtp").write_text(":timout 5s\n")
    said = run("--smtp-options=--sandbox", code=2).stdout
    assert 'unknown local command ":timout"' in said
    assert "bad.smtp:1:1" in said
    assert "Traceback" not in said


def test_a_folder_of_twenty_files_gives_a_test_a_case(run: Pytest, tmp_path: Path) -> None:
    for number in range(20):
        (tmp_path / "many").mkdir(exist_ok=True)
        (tmp_path / "many" / f"{number}.smtp").write_text(GOOD)
    assert "40 passed" in run("--smtp-options=--sandbox", "many", code=0).stdout


def test_it_costs_nothing_where_nobody_asked(tmp_path: Path) -> None:
    code = (
        "import sys, pytest; pytest.main(['-q', sys.argv[1]]);"
        "print(sorted(name for name in sys.modules if name.startswith('smtpprobe')))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.stdout.endswith("['smtpprobe', 'smtpprobe.cli', 'smtpprobe.cli.pytest_plugin']\n")
