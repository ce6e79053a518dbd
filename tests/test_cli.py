"""The command line as its user meets it."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from smtpprobe import __version__
from smtpprobe.cli import main
from smtpprobe.errors import UsageError
from smtpprobe.parsers import CERTIFICATES
from smtpprobe.run import files_and_target
from smtpprobe.sandbox.certificates import Certificate


def smtpprobe(*words: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "smtpprobe", *words],
        input=stdin,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )


@pytest.mark.parametrize(
    ("script", "positional", "named", "files", "target"),
    [
        (None, None, None, None, None),
        (None, "example.org", None, None, "example.org"),
        (["a.smtp"], None, None, ["a.smtp"], None),
        (["a.smtp", "example.org"], None, None, ["a.smtp"], "example.org"),
        (["a.smtp", "b.smtp"], None, None, ["a.smtp", "b.smtp"], None),
        (["a.smtp", "-"], None, None, ["a.smtp", "-"], None),
        (["a", "b"], None, "example.org", ["a", "b"], "example.org"),
        (["a", "b"], "example.org", None, ["a", "b"], "example.org"),
        (["example.org"], None, None, ["example.org"], None),
    ],
)
def test_the_last_word_after_script_is_the_target_unless_it_is_a_file(
    script: list[str] | None,
    positional: str | None,
    named: str | None,
    files: list[str] | None,
    target: str | None,
) -> None:
    assert files_and_target(script, positional, named) == (files, target)


def test_a_folder_that_exists_is_no_target(tmp_path: Path) -> None:
    words = ["a.smtp", str(tmp_path)]
    assert files_and_target(words, None, None) == (words, None)


def test_two_targets_are_a_usage_error() -> None:
    with pytest.raises(UsageError):
        files_and_target(None, "a.example", "b.example")


def test_standard_input_cannot_be_two_scripts(capsys: pytest.CaptureFixture[str]) -> None:
    for more in ((), ("--check",), ("--fmt",)):
        assert main(["--no-config", "--script", "-", "-", "[127.0.0.1]:1", *more]) == 2
        assert capsys.readouterr().err == (
            "smtpprobe: --script: - stands there twice, but standard input can be read once only\n"
        )


def test_help_teaches_targets_examples_and_exit_codes() -> None:
    result = smtpprobe("--help")
    assert result.returncode == 0
    for wanted in ("targets:", "examples:", "exit codes:", "--sandbox", "--resolver"):
        assert wanted in result.stdout


def test_the_version_is_told() -> None:
    assert smtpprobe("--version").stdout == f"smtpprobe {__version__}\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--bogus"], "unrecognized arguments: --bogus"),
        (["2001:db8::1"], "needs brackets"),
        (["sandbox", "--port", "70000"], "not a port"),
        (["--quiet", "sandbox"], "stands first"),
        (["--sandbox", "example.org"], "brings its own target"),
        (["--bind", "nowhere", "example.org"], "not an address"),
        (["--connect-timeout", "soon", "example.org"], "not a duration"),
        (["--ca-file", "/nonexistent", "example.org"], "cannot read"),
        (["--config", "/nonexistent", "example.org"], "cannot read"),
        (["--insecure", "--tls-verify", "example.org"], "contradict"),
        (["a.example", "--target", "b.example"], "two targets"),
    ],
)
def test_a_usage_error_is_said_in_two_lines_with_exit_code_2(words: list[str], said: str) -> None:
    result = smtpprobe(*words)
    assert result.returncode == 2
    assert said in result.stderr
    assert len(result.stderr.splitlines()) <= 2
    assert result.stdout == ""
    assert not re.search("Traceback", result.stderr)


@pytest.mark.parametrize(
    ("closed", "status"), [("<&-", 5), (">&-", 5), ("2>&-", 5), (">/dev/full", 4)]
)
def test_a_stream_that_leads_nowhere_is_no_crash(closed: str, status: int, tmp_path: Path) -> None:
    script = tmp_path / "nothing.smtp"
    script.write_text("# nothing\n")
    line = f"{sys.executable} -m smtpprobe --no-config --script {script} localhost:1 {closed}"
    result = subprocess.run(["bash", "-c", line], capture_output=True, text=True, check=False)
    assert result.returncode == status
    assert "internal error" not in result.stderr


def test_the_help_offers_every_certificate_that_the_practice_server_can_show() -> None:
    assert tuple(kind.value for kind in Certificate) == CERTIFICATES
