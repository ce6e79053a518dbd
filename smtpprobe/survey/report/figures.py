"""What a survey comes to, as the page has it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

Row: TypeAlias = dict[str, Any]


@dataclass(slots=True)
class Standing:
    """What `survey.json` and `log.jsonl` say; times are as they are there, empty for none.

    `finished` is whether every stage came to its end, and nothing was begun since. `set_aside` has
    why, by the job.
    """

    settings: dict[str, Any]
    finished: bool = False
    began: str = ""
    ended: str = ""
    set_aside: dict[str, str] = field(default_factory=dict)

    def told(self, name: str) -> str:
        """Return a setting as text; empty where there is none."""
        found = self.settings.get(name)
        return "" if found is None else str(found)


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier survey: how far it was, and where its changes are counted."""

    standing: Standing
    changes: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """What a survey comes to. `answers` has the first rows of each query, `adoption` all in all.

    `resolved` counts entries with an answer of DNS, `results` domains by their result.
    """

    standing: Standing
    results: dict[str, int]
    resolved: int
    asked: int
    answers: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)
    adoption: tuple[Row, ...] = ()
    total_adoption: Row = field(default_factory=dict)
    earlier: Earlier | None = None

    @property
    def verdicts(self) -> int:
        """Entries with a verdict."""
        return sum(self.results.values())
