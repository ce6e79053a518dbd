"""The worlds of `worlds.toml`, each with its one right verdict."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

FILE: Final = Path(__file__).with_name("worlds.toml")

CLIENT: Final = "out.here.test"
"""What the sender calls itself in EHLO, if the world does not say."""


@dataclass(frozen=True, slots=True)
class World:
    """A row of the table; `worlds.toml` says what each field means."""

    id: str
    story: str
    asked: tuple[str, ...]
    cause: str
    who: str
    exit: int
    wrong: tuple[str, ...] = ()
    shows: tuple[str, ...] = ()
    log: str = ""
    secret: str = ""
    by: str = "words"
    unsaid: tuple[str, ...] = ()
    said: tuple[str, ...] = ()

    @property
    def recipient(self) -> str:
        """The address that is asked about."""
        return self.asked[0]

    @property
    def domain(self) -> str:
        """Its domain, as typed."""
        return self.recipient.rpartition("@")[2]

    @property
    def sender(self) -> str:
        """Who sends; empty for <>."""
        return self.option("--from").strip("<>")

    def option(self, name: str, otherwise: str = "") -> str:
        """Return what follows an option in the command line."""
        return self.asked[self.asked.index(name) + 1] if name in self.asked else otherwise

    def arguments(self, log: Path, secret: Path) -> list[str]:
        """Return what follows `smtpprobe why`, with the names of files: the log, the password."""
        files = {"{log}": str(log), "file:{secret}": f"file:{secret}"}
        given = [files.get(word, word) for word in self.asked]
        return given if "--ehlo" in given else [*given, "--ehlo", CLIENT]


def read(file: Path = FILE) -> tuple[World, ...]:
    """Return the worlds of a file in their order."""
    rows = tomllib.loads(file.read_text(encoding="utf-8"))["world"]
    return tuple(World(**{key: _value(found) for key, found in row.items()}) for row in rows)


def _value(found: Any) -> Any:
    return tuple(found) if isinstance(found, list) else found
