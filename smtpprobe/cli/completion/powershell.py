"""Completion for PowerShell 5.1 and newer.

Nobody has run it yet: there is no PowerShell where the tests run, which compare its text only.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import assert_never

from smtpprobe.cli.completion.model import Command, Kind, Value

_SCRIPT = """\
# PowerShell completion of smtpprobe, for $PROFILE:
#   smtpprobe --print-completion powershell | Out-String | Invoke-Expression

Register-ArgumentCompleter -Native -CommandName smtpprobe -ScriptBlock {{
    param($current, $ast, $position)
    $commands = [ordered]@{{
{commands}    }}
    $nested = @({nested})
    # what an option takes: words, 'file', 'host' or 'any'; with + in front several of them
    $values = @{{
{values}    }}
    $options = @{{
{options}    }}
    $positional = @{{
{positional}    }}
    $before = @($ast.CommandElements | Select-Object -Skip 1 |
        Where-Object {{ $_.Extent.EndOffset -lt $position }} | ForEach-Object {{ "$_" }})
    $command = ''
    if ($before.Count -gt 0 -and $commands.Contains($before[0])) {{ $command = $before[0] }}
    if ($before.Count -gt 1 -and $nested -contains "$command $($before[1])") {{
        $command = "$command $($before[1])"
    }}

    function Offer($words) {{
        $words | Where-Object {{ $_ -like "$current*" }} | ForEach-Object {{
            [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
        }}
    }}
    function Offer-Value($value) {{
        switch ($value.TrimStart('+') -split '; ') {{
            'file' {{
                [System.Management.Automation.CompletionCompleters]::CompleteFilename($current)
            }}
            'host' {{ Offer @('localhost') }}
            'any' {{ }}
            default {{ Offer ($_ -split ' ') }}
        }}
    }}

    for ($at = $before.Count - 1; $at -ge 0 -and $before[$at] -notlike '-?*'; $at--) {{ }}
    $value = if ($at -ge 0) {{ $values["$command $($before[$at])"] }}
    if ($value -and $at -eq $before.Count - 1) {{ return Offer-Value $value }}
    if ($current -like '-*') {{
        return $options[$command].GetEnumerator() | Where-Object {{ $_.Key -like "$current*" }} |
            Sort-Object Key | ForEach-Object {{
                [System.Management.Automation.CompletionResult]::new(
                    $_.Key, $_.Key, 'ParameterName', $_.Value)
            }}
    }}
    if ($value -and $value.StartsWith('+')) {{ return Offer-Value $value }}
    if ($before.Count -eq 0) {{ Offer @($commands.Keys) }}
    $words = @($positional[$command])
    $depth = @($command -split ' ' -ne '').Count
    $number = [Math]::Min($before.Count - $depth, $words.Count - 1)
    if ($number -ge 0) {{ Offer-Value $words[$number] }}
}}
"""


def powershell_completion(commands: Sequence[Command]) -> str:
    """Return the completion script for PowerShell."""
    return _SCRIPT.format(
        commands=_pairs(((one.name, one.meaning) for one in commands if one.depth == 1), 8),
        nested=", ".join(_quoted(one.name) for one in commands if one.depth > 1),
        values=_pairs(
            (
                (f"{command.name} {name}", _offer(value))
                for command in commands
                for name, value in command.value_of.items()
            ),
            8,
        ),
        options="".join(
            f"        {_quoted(command.name)} = @{{\n{_pairs(_meanings(command), 12)}        }}\n"
            for command in commands
        ),
        positional="".join(
            f"        {_quoted(command.name)} = @("
            f"{', '.join(_quoted(_offer(value)) for value in command.words)})\n"
            for command in commands
        ),
    )


def _meanings(command: Command) -> Iterable[tuple[str, str]]:
    """Return each option with its meaning; PowerShell takes names that differ in case for one."""
    found: dict[str, tuple[str, str]] = {}
    for option in command.options:
        for name in option.names:
            found.setdefault(name.lower(), (name, option.meaning))
    return found.values()


def _pairs(pairs: Iterable[tuple[str, str]], indent: int) -> str:
    kept: dict[str, str] = {}
    for name, text in pairs:
        kept.setdefault(name.lower(), f"{' ' * indent}{_quoted(name)} = {_quoted(text)}\n")
    return "".join(kept.values())


def _offer(value: Value) -> str:
    many = "+" if value.many else ""
    match value.kind:
        case Kind.ONE_OF:
            return f"{many}{' '.join(value.words)}"
        case Kind.FILE | Kind.HOST | Kind.ANY:
            words = f"{' '.join(value.words)}; " if value.words else ""
            return f"{many}{words}{value.kind.value}"
        case Kind.NOTHING:
            return ""
        case _:
            assert_never(value.kind)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
