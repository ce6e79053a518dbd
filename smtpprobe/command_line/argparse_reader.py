"""Words read by argparse, from the options of a command; loaded where there are words to read."""

from __future__ import annotations

import argparse
from typing import NoReturn

from smtpprobe.command_line.options import SHOW
from smtpprobe.misspelt import near_value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any

    from smtpprobe.command_line.options import Option
    from smtpprobe.command_line.parser import Parser


class _Show(argparse.Action):
    """Shows a text and leaves; what is shown is made only then."""

    def __init__(self, **how: Any) -> None:
        super().__init__(nargs=0, **how)

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        assert isinstance(parser, _Reader)
        parser.command.leave_with(self.const())


class _Reader(argparse.ArgumentParser):
    """Leaves all that is shown to the command: help, and what is wrong with the words."""

    def __init__(self, command: Parser, options: Iterable[Option]) -> None:
        self.command = command
        super().__init__(prog=command.prog, usage=command.usage, add_help=False, allow_abbrev=False)
        self.register("action", SHOW, _Show)
        group = self.add_argument_group()
        for option in options:
            group.add_argument(*option.names, **option.how)

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        """Say which of the possible values was meant, where one is near."""
        known = list(map(str, action.choices or ()))
        if known and str(value) not in known and (near := near_value(str(value), known)):
            name = action.option_strings[-1] if action.option_strings else str(action.metavar)
            self.command.error(f"{name} {value}: no such value", f"did you mean {name} {near}?")
        super()._check_value(action, value)

    def error(self, message: str) -> NoReturn:
        """Report what is wrong; raises UsageError."""
        self.command.error(message)


def read_words(
    command: Parser, options: Iterable[Option], argv: Sequence[str]
) -> tuple[argparse.Namespace, list[str]]:
    """Return the words by name, and those that belong to no option.

    Raises:
        UsageError: a value is missing or not of its kind, or a word that is required.
        SystemExit: one of the options shows something and leaves.
    """
    return _Reader(command, options).parse_known_args(argv)
