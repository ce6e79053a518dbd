"""The `case` branches that bash and zsh share: the value of each option, by command."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from smtpprobe.cli.completion.model import Command, Kind, Value

Offer = Callable[[Value], str]
"""Returns the shell code that offers a value."""


def value_cases(commands: Iterable[Command], offer: Offer, *, many: bool = False) -> str:
    """Return a branch for each value of options; with `many` for those of several words."""
    lines = []
    for command in commands:
        grouped: dict[Value, list[str]] = {}
        for option in command.options:
            if option.value.kind is not Kind.NOTHING and (option.value.many or not many):
                grouped.setdefault(option.value, []).extend(option.names)
        for value, names in grouped.items():
            pattern = " | ".join(f'"{command.name} {name}"' for name in names)
            lines.append(f"    {pattern}) {offer(value)}; return ;;\n")
    return "".join(lines)


def word_cases(commands: Iterable[Command], offer: Offer) -> str:
    """Return a branch for each command's positional arguments, by number."""
    lines = []
    for command in commands:
        for number, value in enumerate(command.words, 1):
            place = '"*' if number == len(command.words) else f'{number}"'
            lines.append(f'    "{command.name} {place}) {offer(value)} ;;\n')
    return "".join(lines)
