"""`smtpprobe --print-completion SHELL`: completion scripts for bash, zsh, fish and PowerShell."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from smtpprobe.cli.completion.bash import bash_completion
from smtpprobe.cli.completion.fish import fish_completion
from smtpprobe.cli.completion.model import Command, commands
from smtpprobe.cli.completion.powershell import powershell_completion
from smtpprobe.cli.completion.zsh import zsh_completion

WRITERS: Mapping[str, Callable[[Sequence[Command]], str]] = {
    "bash": bash_completion,
    "zsh": zsh_completion,
    "fish": fish_completion,
    "powershell": powershell_completion,
}
"""The writer of each shell's completion script."""


def completion(shell: str) -> str:
    """Return the completion of one of the WRITERS, in ASCII."""
    return WRITERS[shell](commands())
