"""Completion in PowerShell: its text, as there is no PowerShell here to ask."""

from __future__ import annotations

import re

from smtpprobe.cli.completion import completion
from smtpprobe.cli.completion.model import Command, Kind, Option, Value, commands
from smtpprobe.cli.completion.powershell import powershell_completion

MODEL = (
    Command("", "", (
        Option(("-q", "--quiet"), "say it's less"),
        Option(("--script",), "files", Value(Kind.FILE, "FILE", many=True)),
    ), (Value(Kind.HOST, "TARGET"),)),
    Command("check", "check a host", (
        Option(("--level",), "how", Value(Kind.ONE_OF, "level", ("low", "high"))),
        Option(("-n",), "how often", Value(Kind.ANY, "N")),
        Option(("-N",), "never", Value(Kind.NOTHING)),
    ), (Value(Kind.FILE, "FILE", ("low", "high")),)),
    Command("check all", "check hosts", (), (Value(Kind.FILE, "FILE"),)),
)  # fmt: skip

TABLES = """\
    $commands = [ordered]@{
        'check' = 'check a host'
    }
    $nested = @('check all')
    # what an option takes: words, 'file', 'host' or 'any'; with + in front several of them
    $values = @{
        ' --script' = '+file'
        'check --level' = 'low high'
        'check -n' = 'any'
    }
    $options = @{
        '' = @{
            '-q' = 'say it''s less'
            '--quiet' = 'say it''s less'
            '--script' = 'files'
        }
        'check' = @{
            '--level' = 'how'
            '-n' = 'how often'
        }
        'check all' = @{
        }
    }
    $positional = @{
        '' = @('host')
        'check' = @('low high; file')
        'check all' = @('file')
    }
"""


def test_the_tables_of_powershell_say_what_each_option_takes() -> None:
    text = powershell_completion(MODEL)
    assert TABLES in text
    assert text.startswith("# PowerShell completion of smtpprobe")


def test_no_table_has_a_key_twice_whose_case_powershell_does_not_see() -> None:
    for table in re.findall(r"@\{\n((?: +'.*' = '.*'\n)+)", completion("powershell")):
        keys = [line.split("' = '")[0].strip().lower() for line in table.splitlines()]
        assert len(keys) == len(set(keys))


def test_every_option_of_every_command_is_there() -> None:
    text = completion("powershell")
    for command in commands():
        for option in command.options:
            assert any(f"'{name}' = " in text for name in option.names)


def test_brackets_and_quotes_are_closed() -> None:
    text = re.sub(r"'[^'\n]*'", "", "\n".join(
        line for line in completion("powershell").splitlines() if not line.lstrip().startswith("#")
    ))  # fmt: skip
    assert "'" not in text
    for opened, closed in ("()", "[]", "{}"):
        assert text.count(opened) == text.count(closed)
