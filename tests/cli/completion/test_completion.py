"""Completion in bash, zsh and fish: each case is asked of the shell itself."""

from __future__ import annotations

import os
import pty
import re
import select
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from smtpprobe.cli.completion import WRITERS, completion
from smtpprobe.cli.completion.model import Kind, commands
from smtpprobe.cli.main import SUBCOMMANDS as NESTED
from smtpprobe.cli.main import main
from smtpprobe.cli.main_parser import SHELLS
from smtpprobe.explainer.arguments import BY_NAME, Output, read_words
from smtpprobe.misspelt import SUBCOMMANDS
from smtpprobe.script.reports.formats import Format
from tests.contracts.test_startup import loaded
from tests.servers import fetch, lab

FILES = ("checks.smtp", "two words.smtp", "names.txt")


class Case(NamedTuple):
    """A line up to the cursor, and the one word that can stand at its end."""

    line: str
    word: str


CASES = (
    Case("smtpprobe st", "starttls"),
    Case("smtpprobe --form", "--format"),
    Case("smtpprobe --format ta", "tap"),
    Case("smtpprobe --quiet --tls im", "implicit"),
    Case("smtpprobe --script che", "checks.smtp"),
    Case("smtpprobe --script a.smtp che", "checks.smtp"),
    Case("smtpprobe --script a.smtp --each-m", "--each-mx"),
    Case("smtpprobe --transcript nam", "names.txt"),
    Case("smtpprobe --no-toolb", "--no-toolbar"),
    Case("smtpprobe --print-completion zs", "zsh"),
    Case("smtpprobe sandbox --cert", "--certificate"),
    Case("smtpprobe sandbox --certificate exp", "expired"),
    Case("smtpprobe starttls --level da", "dane"),
    Case("smtpprobe starttls example.org --format ht", "html"),
    Case("smtpprobe explain --command AUTH-", "AUTH-STEP"),
    Case("smtpprobe explain -f nam", "names.txt"),
    Case("smtpprobe explain --file names.txt --summ", "--summary"),
    Case("smtpprobe import te", "telnet"),
    Case("smtpprobe import telnet nam", "names.txt"),
    Case("smtpprobe survey nam", "names.txt"),
    Case("smtpprobe survey re", "report"),
    Case("smtpprobe survey --dry", "--dry-run"),
    Case("smtpprobe survey report nam", "names.txt"),
    Case("smtpprobe survey report --ag", "--against"),
    Case("smtpprobe survey report names.txt --against nam", "names.txt"),
    Case("smtpprobe survey plan --dom", "--domains"),
    Case("smtpprobe survey names.txt --per-n", "--per-network"),
)

OFFERS_NOTHING = (
    "smtpprobe --jobs che", "smtpprobe starttls --form-no", "smtpprobe --certificate",
    "smtpprobe import che", "smtpprobe che", "smtpprobe example.org st",
    "smtpprobe survey report --dry", "smtpprobe survey names.txt re", "smtpprobe survey plan re",
    "smtpprobe starttls report --agai",
)  # fmt: skip
"""Lines at whose end nothing can stand that is known; `--certificate` is an option of `sandbox`."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in FILES:
        (tmp_path / name).touch()
    for name in SHELLS:
        (tmp_path / f".{name}").write_text(completion(name))
    return tmp_path


def run(folder: Path, *command: str) -> str:
    """Return what a shell prints that knows nothing of whose machine it runs on."""
    env = {"PATH": os.environ["PATH"], "HOME": str(folder), "LC_ALL": "C.UTF-8"}
    done = subprocess.run(
        command, cwd=folder, env=env, capture_output=True, text=True, timeout=30, check=True
    )
    assert done.stderr == ""
    return done.stdout


def in_bash(folder: Path, line: str) -> list[str]:
    """Return what bash offers; it cuts a line at `=` as well (COMP_WORDBREAKS)."""
    words = re.findall(r"=|[^ =]+", line) + ([""] if line.endswith(" ") else [])
    asked = " ".join(f"'{word}'" for word in words)
    script = (
        f". ./.bash; COMP_WORDS=({asked}); COMP_CWORD={len(words) - 1}; _smtpprobe\n"
        'printf "%s\\n" "${COMPREPLY[@]}"'
    )
    return run(folder, "bash", "--norc", "-c", script).split("\n")[:-1]


def in_fish(folder: Path, line: str) -> list[str]:
    script = f"source .fish; complete -C '{line}'"
    out = run(folder, *lab.program("fish"), "--no-config", "-c", script)
    return [offered.partition("\t")[0] for offered in out.splitlines()]


def zsh_start() -> str:
    """Return what .zshenv says: where a brought zsh has its modules and functions; nothing else."""
    if fetch.why_missing("zsh"):
        return "setopt no_rcs\n"
    root = fetch.root_of("zsh")
    (modules,) = root.glob("usr/lib/*/zsh/*")
    functions = [folder for folder in root.glob("usr/share/zsh/functions/**") if folder.is_dir()]
    return f"setopt no_rcs\nmodule_path=({modules})\nfpath=({' '.join(map(str, functions))})\n"


class Zsh:
    """A zsh on a terminal of its own, in which `smtpprobe` tells the words it was given."""

    def __init__(self, folder: Path) -> None:
        program = lab.program("zsh")
        (folder / ".zshenv").write_text(zsh_start())
        self._pid, self._terminal = pty.fork()
        if self._pid == 0:
            os.chdir(folder)
            environment = {"TERM": "dumb", "PATH": os.environ["PATH"], "HOME": str(folder)}
            os.execvpe(program[0], [*program, "-i"], environment)
        self._ask("PS1= PS2= RPS1=; unsetopt zle_bracketed_paste beep prompt_cr prompt_sp\n")
        self._ask("autoload -Uz compinit && compinit -D -u && . ./.zsh\n")
        self._ask("zstyle ':completion:*' menu no; smtpprobe() { print -r -- \"<${(j:|:)@}>\" }\n")

    def completed(self, line: str) -> str:
        """Return the words of the line as they are run after Tab, joined by `|`."""
        return self._said(f"{line}\t\n", r"^<(.*)>\r?$")

    def close(self) -> None:
        os.close(self._terminal)
        os.waitpid(self._pid, 0)

    def _ask(self, text: str) -> None:
        """Type a text, and wait until it has been run."""
        self._said(f"{text}print -r -- ma''rk\n", r"^(mark)\r?$")

    def _said(self, typed: str, wanted: str) -> str:
        """Type a text; return what a line that it leads to says, by the pattern for that line."""
        os.write(self._terminal, typed.encode())
        said, deadline = "", time.monotonic() + 60
        while (found := re.search(wanted, said, re.MULTILINE)) is None:
            ready, _, _ = select.select([self._terminal], [], [], deadline - time.monotonic())
            assert ready, said
            said += os.read(self._terminal, 65536).decode(errors="replace")
        return found[1]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.line)
def test_bash_completes(case: Case, folder: Path) -> None:
    assert in_bash(folder, case.line) == [case.word]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.line)
def test_fish_completes(case: Case, folder: Path) -> None:
    assert in_fish(folder, case.line) == [case.word]


def test_zsh_completes(folder: Path) -> None:
    zsh = Zsh(folder)
    try:
        found = [zsh.completed(case.line) for case in CASES]
        nothing = [zsh.completed(line) for line in OFFERS_NOTHING]
        joined = zsh.completed("smtpprobe --format=ta")
    finally:
        zsh.close()
    assert found == ["|".join([*line.split()[1:-1], word]) for line, word in CASES]
    assert nothing == ["|".join(line.split()[1:]) for line in OFFERS_NOTHING]
    assert joined == "--format=tap"


@pytest.mark.parametrize("line", OFFERS_NOTHING)
@pytest.mark.parametrize("ask", [in_bash, in_fish])
def test_nothing_is_offered_that_cannot_be_meant(
    line: str, ask: Callable[[Path, str], list[str]], folder: Path
) -> None:
    assert [offered for offered in ask(folder, line) if offered] == []


def test_a_value_behind_an_equals_sign_is_completed(folder: Path) -> None:
    assert in_bash(folder, "smtpprobe --format=ta") == ["tap"]
    words = [one.value for one in Format]
    assert sorted(in_bash(folder, "smtpprobe --format=")) == sorted(words)
    assert in_fish(folder, "smtpprobe --format=ta") == ["--format=tap"]


def test_a_file_with_a_blank_in_its_name_is_one_word(folder: Path) -> None:
    assert in_bash(folder, "smtpprobe --script two") == ["two words.smtp"]
    assert in_fish(folder, "smtpprobe --script two") == ["two words.smtp"]


def test_the_sub_commands_are_all_there() -> None:
    names = [command.name for command in commands()]
    assert tuple(name for name in names if " " not in name)[1:] == SUBCOMMANDS
    assert {tuple(name.split()) for name in names if " " in name} == {*NESTED}


def test_the_options_of_explain_are_those_it_reads() -> None:
    (explain,) = (command for command in commands() if command.name == "explain")
    names = {name for option in explain.options for name in option.names}
    assert names == set(BY_NAME)
    assert {output.value for output in Output if output.value} <= names
    assert set(explain.value_of) == {name for name, option in BY_NAME.items() if option.value}
    for option in explain.options:
        if option.value.kind is Kind.ONE_OF:
            for word in option.value.words:
                read_words([option.names[0], word, "550 x"])


def test_what_a_shell_reads_is_ascii_and_tells_how_to_have_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert tuple(WRITERS) == SHELLS
    for name in SHELLS:
        assert main(["--print-completion", name]) == 0
        out = capsys.readouterr().out
        assert out.isascii()
        assert f"smtpprobe --print-completion {name}" in "".join(out.splitlines()[:2])


def test_help_starts_without_it() -> None:
    modules = loaded("-m", "smtpprobe", "--help")
    assert not [name for name in modules if name.startswith("smtpprobe.cli.completion")]
    assert "smtpprobe.explainer.arguments" not in modules
