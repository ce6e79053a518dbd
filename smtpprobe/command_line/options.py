"""The options of a command as data: what help, completion, docs and the reading of words go by.

Pure.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

SHOW = "show"
"""The action of an option that shows something and leaves; `const` is a function of no arguments
that returns the text."""

_VALUELESS = frozenset({"store_true", "store_const", SHOW})
"""The actions of options that take no value."""


class Option:
    """An option with all its names, or a word without one, whose only name is where it goes.

    `how` is what `argparse.add_argument` takes: `action`, `dest`, `nargs`, `type`, `choices`,
    `metavar`, `default`, `const`.
    """

    __slots__ = ("how", "meaning", "names")

    def __init__(self, names: Sequence[str], meaning: str | None, how: dict[str, Any]) -> None:
        self.names = tuple(names)
        self.meaning = meaning
        """What help says of it; None keeps it out of help, completion and docs."""
        self.how = how

    @property
    def positional(self) -> bool:
        """Whether it is a word without an option."""
        return not self.names[0].startswith("-")

    @property
    def shows(self) -> bool:
        """Whether it shows something and leaves."""
        return self.how.get("action") == SHOW

    @property
    def dest(self) -> str:
        """The name of its value among the words that were read."""
        given: str | None = self.how.get("dest")
        if given is not None:
            return given
        long = next((name for name in self.names if name.startswith("--")), self.names[0])
        return long.lstrip("-").replace("-", "_")

    @property
    def choices(self) -> tuple[str, ...]:
        """The only values that it takes; empty where any is possible."""
        return tuple(self.how.get("choices") or ())

    @property
    def many(self) -> bool:
        """Whether it takes several values in a row."""
        return self.how.get("nargs") == "+"

    @property
    def metavar(self) -> str:
        """What stands for one value of it; empty where it takes none."""
        if self.how.get("action") in _VALUELESS:
            return ""
        if given := self.how.get("metavar"):
            return str(given)
        return f"{{{','.join(self.choices)}}}" if self.choices else self.dest.upper()

    @property
    def value(self) -> str:
        """What follows its name: `N`, `{auto,off}`, `FILE [FILE ...]`; or nothing."""
        return f"{self.metavar} [{self.metavar} ...]" if self.many else self.metavar

    @property
    def invocation(self) -> str:
        """How it is written: `-p, --port N`."""
        if self.positional:
            return self.metavar
        return f"{', '.join(self.names)} {self.value}".rstrip()


class Group:
    """Options under one heading of the help page."""

    __slots__ = ("options", "title")

    def __init__(self, title: str) -> None:
        self.title = title
        self.options: list[Option] = []

    def add_argument(self, *names: str, help: str | None, **how: Any) -> None:  # noqa: A002 - argparse's own word
        """Add an option by all its names; `help` None hides it, `how` is argparse's."""
        self.options.append(Option(names, help, how))

    @property
    def shown(self) -> list[Option]:
        """The options that help shows."""
        return [option for option in self.options if option.meaning is not None]
