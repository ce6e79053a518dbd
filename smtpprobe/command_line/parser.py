"""A command: what it takes, in groups, its help page, and the reading of its words."""

from __future__ import annotations

import os
import sys

from smtpprobe.command_line.help_page import drawn_page
from smtpprobe.command_line.options import Group
from smtpprobe.misspelt import dashes, near_option, near_subcommand

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence
    from typing import Any, NoReturn

    from smtpprobe.command_line.options import Option


class Parser:
    """Says what is wrong in one line, and where help is; exit code 2."""

    def __init__(self, prog: str, *, usage: str, description: str = "", epilog: str = "") -> None:
        self.prog = prog
        self.usage = usage
        self.description = description
        self.epilog = epilog
        self._words = Group("positional arguments")
        self._options = Group("options")
        self._groups: list[Group] = []
        self._many: str | None = None
        """Where words without an option go, if there may be several."""

    def add_argument(self, *names: str, help: str | None, **how: Any) -> None:  # noqa: A002 - argparse's own word
        """Add a word without an option, or an option under no heading of its own."""
        group = self._options if names[0].startswith("-") else self._words
        group.add_argument(*names, help=help, **how)

    def add_many(self, name: str, metavar: str, meaning: str) -> None:
        """Add the words without an option, of which there may be several."""
        self._many = name
        self.add_argument(name, metavar=metavar, nargs="*", help=meaning)

    def add_argument_group(self, title: str) -> Group:
        """Return a new group of options, under its heading."""
        group = Group(title)
        self._groups.append(group)
        return group

    @property
    def groups(self) -> tuple[Group, ...]:
        """All groups, in the order of the help page."""
        return self._words, self._options, *self._groups

    @property
    def options(self) -> Iterator[Option]:
        """All options, those that help does not show too, and the words without one."""
        return (option for group in self.groups for option in group.options)

    @property
    def names(self) -> frozenset[str]:
        """The names of all options."""
        return frozenset(
            name for option in self.options if not option.positional for name in option.names
        )

    def help_page(self) -> str:
        """Return the help, as wide as the terminal."""
        return drawn_page(self.usage, self.description, self.groups, self.epilog, _columns())

    def read(self, argv: Sequence[str]) -> argparse.Namespace:
        """Return the parsed words; those without an option may come anywhere between options.

        Raises:
            UsageError: one of them is wrong.
            SystemExit: one of them shows something and leaves, as --help does.
            OSError: standard output did not take what is shown.
        """
        self._show_first(argv)
        from smtpprobe.command_line.argparse_reader import read_words  # noqa: PLC0415 - not for help

        words, more = read_words(self, self.options, argv)
        if more and (self._many is None or any(word.startswith("-") for word in more)):
            # where no command is expected, the first word may be one that is misspelt
            near = near_subcommand(argv[0]) if " " not in self.prog else ""
            self.error(f"unrecognized arguments: {' '.join(more)}", near or self.meant(more))
        if self._many is not None:
            getattr(words, self._many).extend(more)
        return words

    def _show_first(self, argv: Sequence[str]) -> None:
        """Show what the first word asks for, whatever follows it."""
        for option in self.options:
            if option.shows and argv and argv[0] in option.names:
                self.leave_with(option.how["const"]())

    def meant(self, words: Sequence[str]) -> str:
        """Return what was meant by words of which one is no option here; empty if unknown."""
        return dashes(words) or near_option(words, self.names)

    def leave_with(self, text: str) -> NoReturn:
        """Show a text, and leave.

        Raises:
            SystemExit: always, after flushing the output.
            OSError: standard output did not take it.
        """
        sys.stdout.write(text)
        sys.stdout.flush()
        sys.exit(0)

    def error(self, message: str, hint: str = "") -> NoReturn:
        """Report what is wrong with the words, and with `hint` what to do about it.

        Raises:
            UsageError: always.
        """
        from smtpprobe.errors import UsageError  # noqa: PLC0415 - only for what is wrong

        raise UsageError(message, hint or f"see {self.prog} --help")


def _columns() -> int:
    """Return the terminal's width as `shutil` would, without its imports."""
    given = os.environ.get("COLUMNS", "")
    if given.isdecimal() and int(given):
        return int(given)
    try:
        return os.get_terminal_size(sys.__stdout__.fileno()).columns or 80  # type: ignore[union-attr]
    except (AttributeError, ValueError, OSError):  # closed, or no terminal
        return 80
