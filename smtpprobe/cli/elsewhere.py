"""What an option means that a command does not have: it is of another command or another tool."""

from __future__ import annotations

from collections.abc import Sequence

from smtpprobe.cli.completion.model import commands

VERBOSE = ("-v", "-vv", "--verbose")


def option_elsewhere(words: Sequence[str]) -> str:
    """Return which commands have an option of this name, for the first word that one has."""
    for word in words:
        name = word.partition("=")[0]
        if name in VERBOSE:
            return "all is shown without it; --help lists the options for less"
        if not name.startswith("-"):
            continue
        having = [
            f"smtpprobe {command.name}".strip()
            for command in commands()
            if any(name in option.names for option in command.options)
        ]
        if having:
            several = f"{', '.join(having[:-1])} and " if having[1:] else ""
            return f"{name} is an option of {several}{having[-1]}"
    return ""
