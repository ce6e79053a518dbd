"""The command line as its user meets it."""

from __future__ import annotations

import importlib
import re
import subprocess
import sys
from pathlib import Path
from unittest import mock

import pytest

from smtpprobe import __version__
from smtpprobe.cli.launch import files_and_target
from smtpprobe.cli.main import COMMANDS, main
from smtpprobe.cli.main_parser import main_parser
from smtpprobe.cli.sandbox_parser import CERTIFICATES, sandbox_parser
from smtpprobe.cli.starttls_parser import starttls_parser
from smtpprobe.errors import UsageError
from smtpprobe.present.spans import text_of
from smtpprobe.repl.run import banner
from smtpprobe.sandbox.throwaway_ca import Certificate
from smtpprobe.settings.defaults import SETTINGS, SWITCHED_OFF
from tests.program import called


def smtpprobe(*words: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        called(*words),
        input=stdin,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )


@pytest.mark.parametrize(
    ("words", "files", "target"),
    [
        ("", None, None),
        ("example.org", None, "example.org"),
        ("--script a.smtp", ["a.smtp"], None),
        ("--script a.smtp example.org", ["a.smtp"], "example.org"),
        ("--script a.smtp b.smtp", ["a.smtp", "b.smtp"], None),
        ("--script a.smtp -", ["a.smtp", "-"], None),
        ("--script a b --target example.org", ["a", "b"], "example.org"),
        ("example.org --script a b", ["a", "b"], "example.org"),
        ("--script example.org", ["example.org"], None),
        ("--script a.smtp mx.example 25", ["a.smtp"], "mx.example:25"),
        ("--script a.smtp mx.example --port 25", ["a.smtp"], "mx.example:25"),
        ("--script a.smtp b.smtp 25", ["a.smtp", "b.smtp"], "25"),
        ("mx.example 25", None, "mx.example:25"),
        ("mx.example --quiet 25", None, "mx.example:25"),
        ("--target mx.example 25", None, "mx.example:25"),
        ("-p 25 mx.example", None, "mx.example:25"),
        ("-p25 mx.example", None, "mx.example:25"),
        ("mx.example --port=25", None, "mx.example:25"),
        ("--server mx.example", None, "[mx.example]"),
        ("-s mx.example -p 587", None, "[mx.example]:587"),
        ("--server mx.example 587", None, "[mx.example]:587"),
        ("--server [mx.example]:587", None, "[mx.example]:587"),
        ("--server 2001:db8::1 25", None, "[2001:db8::1]:25"),
        ("2001:db8::1 25", None, "[2001:db8::1]:25"),
        ("smtps://mx.example 4650", None, "smtps://mx.example:4650"),
    ],
)
def test_the_target_is_found_among_the_words_and_a_number_is_its_port(
    words: str, files: list[str] | None, target: str | None
) -> None:
    read = main_parser().read(words.split())
    assert files_and_target(read) == (files, target)


def test_a_folder_that_exists_is_no_target(tmp_path: Path) -> None:
    read = main_parser().read(["--script", "a.smtp", str(tmp_path)])
    assert files_and_target(read) == (["a.smtp", str(tmp_path)], None)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("a.example --target b.example", "two targets"),
        ("a.example b.example", "two targets"),
        ("--server a.example b.example", "two targets"),
        ("a.example:25 587", "two ports"),
        ("a.example 25 587", "two ports"),
        ("a.example 25 -p 587", "two ports"),
        ("[::1]:25 587", "two ports"),
        ("unix:/run/lmtp 25", "takes no port"),
        ("--port 25", "no target"),
    ],
)
def test_two_targets_or_two_ports_are_a_usage_error(words: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        files_and_target(main_parser().read(words.split()))


@pytest.mark.parametrize("command", [(), ("starttls",)])
@pytest.mark.parametrize(
    ("word", "way"),
    [("help", "--help"), ("?", "--help"), ("version", "--version"), ("quit", ":quit"),
     ("EXIT", ":quit")],
)  # fmt: skip
def test_a_word_of_other_programs_is_answered_with_the_way_to_say_it_here(
    command: tuple[str, ...], word: str, way: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*command, word]) == 2
    said = capsys.readouterr().err
    assert way in said
    assert f"[{word}]" in said


def test_standard_input_cannot_be_two_scripts(capsys: pytest.CaptureFixture[str]) -> None:
    for more in ((), ("--check",), ("--fmt",)):
        assert main(["--no-config", "--script", "-", "-", "[127.0.0.1]:1", *more]) == 2
        assert capsys.readouterr().err == (
            "smtpprobe: --script: - is given twice, but standard input can be read only once\n"
        )


def test_what_a_switch_switches_off_is_said_as_what_happens_then() -> None:
    help_text = " ".join(main_parser().help_page().split())
    assert "without: " not in help_text
    on = {name for name, kind, default, *_ in SETTINGS if kind == "bool" and default}
    assert set(SWITCHED_OFF) == on
    for name, words in SWITCHED_OFF.items():
        assert f"--no-{name.replace('_', '-')} {words}" in help_text


def test_the_help_breaks_no_option_and_no_path_at_a_hyphen(monkeypatch: pytest.MonkeyPatch) -> None:
    for parser in (main_parser(), sandbox_parser(), starttls_parser()):
        words: list[set[str]] = []
        for columns in ("400", "40"):
            monkeypatch.setenv("COLUMNS", columns)
            options = parser.help_page().partition("general:")[2].partition("targets:")[0]
            words.append(set(options.split()))
        assert words[0] == words[1]


def test_the_banner_names_the_practice_servers_ca_in_one_piece() -> None:
    path = Path("/tmp/a-rather-long-folder/of-the-practice-server/ca.pem")
    practice = mock.Mock(host="127.0.0.1", port=40125, ca_file=path)
    lines = [text_of(line) for line in banner(None, practice, 40)]
    assert any(str(path) in line for line in lines)


def test_help_teaches_targets_examples_and_exit_codes() -> None:
    result = smtpprobe("--help")
    assert result.returncode == 0
    for wanted in ("targets:", "examples:", "exit codes:", "--sandbox", "--resolver"):
        assert wanted in result.stdout


def test_the_version_is_told() -> None:
    said = smtpprobe("--version").stdout
    assert said.startswith(f"smtpprobe {__version__}\n")
    for word in ("Python", "TLS ", "aiosmtplib", "settings", "config.toml"):
        assert word in said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--bogus"], "unrecognized arguments: --bogus"),
        (["--proxy-protocl=v1", "a.example"], "did you mean --proxy-protocol?"),
        (["send", "--to", "a@b.example", "--qiut-after", "rcpt"], "did you mean --quit-after?"),
        (["explain", "--sumary", "x"], "did you mean --summary?"),
        (["--to", "a@b.example", "mx.example"], "--to is an option of smtpprobe send"),
        (["-v", "mx.example"], "all is shown without it"),
        (["--format", "prometheus", "a.example"], "did you mean --format prom?"),
        (["--format=josn", "a.example"], "did you mean --format json?"),
        (["--format", "xyz", "a.example"], "choose from"),
        (["starttls", "--format", "nagiso", "a.example"], "did you mean --format nagios?"),
        (["sandbox", "--certificate", "expire"], "did you mean --certificate expired?"),
        (["explain", "--format", "jsno", "550"], "did you mean --format json?"),
        (["starttl", "example.org"], "did you mean `smtpprobe starttls`?"),
        (["exlain", "550", "5.1.1"], "did you mean `smtpprobe explain`?"),
        (["sned", "--to", "a@b.example"], "did you mean `smtpprobe send`?"),
        (["starttl", "--htlm", "a.example"], "did you mean `smtpprobe starttls`?"),
        (["help", "send"], "did you mean `smtpprobe send --help`?"),
        (["mx.example", "25", "explain"], "'explain' is a sub-command and must come first"),
        (["--summary", "x"], "--summary is an option of smtpprobe explain"),
        (["--trust-ad", "x"], "of smtpprobe starttls, smtpprobe why and smtpprobe survey"),
        (["send", "--to", "a@b.example", "-tlso", "mx"], "-tlso is an option of swaks"),
        (["send", "--to", "a@b.example", "-lp", "2525", "mx"], "here: --bind ADDR:PORT"),
        (["starttls", "--resolvr", "x"], "did you mean --resolver?"),
        (["sandbox", "--prot", "1"], "did you mean --port?"),
        (["send", "--to", "a@b.example", "--tls", "implict"], "did you mean --tls implicit?"),
        (["send", "--sandbox", "--to", "a@b.example", "c.example"], "does not take a target"),
        (["2001:db8::1"], "needs brackets"),
        (["sandbox", "--port", "70000"], "--port 70000: the port must be a number from 0 to 65535"),
        (["sandbox", "--lmtp-port", "mail"], "--lmtp-port mail: the port must be a number"),
        (["--port", "0", "mx.example"], "--port 0: the port must be a number from 1 to 65535"),
        (["--port", "0x19", "mx.example"], "for example --port 587"),
        (["--quiet", "sandbox"], "must come first"),
        (["--quiet", "sandbox", "2525"], "must come first"),
        (["--quiet", "explain", "550", "relay"], "must come first"),
        (["--sandbox", "example.org"], "does not take a target"),
        (["--bind", "nowhere", "example.org"], "not an address"),
        (["--connect-timeout", "soon", "example.org"], "not a duration"),
        (["--ca-file", "/nonexistent", "example.org"], "cannot read"),
        (["--ca-file", "/etc/passwd", "example.org"], "contains no PEM certificates"),
        (["--ca-file", "/", "example.org"], "CA file /: "),
        (["--insecure", "--ca-file", "/etc/passwd", "example.org"], "contains no PEM certificates"),
        (["send", "--to", "a@b.example", "--ca-file", "/etc/passwd"], "no PEM certificates"),
        (["starttls", "--ca-file", "/etc/passwd", "example.org"], "no PEM certificates"),
        (["--config", "/nonexistent", "example.org"], "cannot read"),
        (["--insecure", "--tls-verify", "example.org"], "cannot be used together"),
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


def test_a_target_that_is_nearly_a_subcommand_gets_a_hint_where_there_is_no_input() -> None:
    said = "did you mean `smtpprobe sandbox`?"
    assert said in smtpprobe("--no-config", "sandbx").stderr
    assert "did you mean `smtpprobe explain`?" in smtpprobe("--no-config", "explan", "550").stderr
    for other in ("sandbx.", "[sandbx]", "sandbx:25", "mx.example"):
        assert "did you mean" not in smtpprobe("--no-config", other).stderr


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


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_the_help_of_the_program_names_every_command(command: str) -> None:
    assert f"       smtpprobe {command} " in main_parser().help_page()


@pytest.mark.parametrize("command", sorted(COMMANDS.keys() - {"import"}))  # it has one alone
def test_no_option_of_a_command_is_left_without_a_heading(command: str) -> None:
    module, _, function = COMMANDS[command][0].partition(":")
    parser = getattr(importlib.import_module(f"smtpprobe.{module}"), function)()
    assert "\noptions:\n" not in parser.help_page()
