"""The questions that results are asked, as SQL of DuckDB: `sql/*.sql`, copied beside the results.

Each file begins with its question and its columns, and runs from the folder of results.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

import pyarrow.parquet as pq

from smtpprobe.atomic_file import atomic_write
from smtpprobe.survey.results import Stage
from smtpprobe.survey.schema import ADDRESSES, DOMAINS, RESOLVED

FOLDER = "queries"

_EARLIER = "SET VARIABLE earlier = '.';"

_TABLES = {Stage.RESOLVE: RESOLVED, Stage.PROBE: ADDRESSES, Stage.JUDGE: DOMAINS}

_NO_ROWS = "none.parquet"
"""Stands where a stage has no file: DuckDB does not read files that match nothing."""


@dataclass(frozen=True, slots=True)
class Query:
    """A question; `name` is that of its file, without the suffix."""

    name: str
    text: str

    @property
    def question(self) -> str:
        """What it answers."""
        return self.text.partition("\n")[0].removeprefix("-- ")

    @property
    def columns(self) -> dict[str, str]:
        """What each column of the answer means."""
        return dict(self._columns())

    @property
    def about_earlier(self) -> bool:
        """Whether it compares with an earlier survey."""
        return _EARLIER in self.text

    def against(self, earlier: str) -> str:
        """Return its text with the folder of an earlier survey, as seen from the results."""
        quoted = earlier.replace("'", "''")
        return self.text.replace(_EARLIER, f"SET VARIABLE earlier = '{quoted}';")

    def _columns(self) -> Iterator[tuple[str, str]]:
        name, meaning = "", ""
        for line in self.text.splitlines()[2:]:
            if not line.startswith("-- "):
                break
            if line.startswith("--   "):
                meaning += f" {line[5:].strip()}"
                continue
            if name:
                yield name, meaning
            name, _, meaning = line[3:].partition(": ")
        yield name, meaning


@cache
def queries() -> dict[str, Query]:
    """Return all by their names."""
    folder = files("smtpprobe.survey") / "sql"
    names = sorted(each.name for each in folder.iterdir() if each.name.endswith(".sql"))
    read = ((name.removesuffix(".sql"), (folder / name).read_text("utf-8")) for name in names)
    return {name: Query(name, text) for name, text in read}


def lay_out(folder: Path) -> None:
    """Write a file without rows for each stage that has none.

    Raises:
        OSError: there is no room, or it cannot be written to.
    """
    for stage, schema in _TABLES.items():
        place = folder / stage.value
        place.mkdir(exist_ok=True)
        if not any(place.glob("*.parquet")):
            pq.write_table(schema.empty_table(), place / _NO_ROWS)


def write_queries(folder: Path, earlier: Path | None = None) -> None:
    """Write all beside the results; those that compare name the folder of the earlier survey.

    Raises:
        OSError: there is no room, or it cannot be written to.
    """
    seen = os.path.relpath(earlier, folder) if earlier is not None else "."
    lay_out(folder)
    (folder / FOLDER).mkdir(exist_ok=True)
    for query in queries().values():
        atomic_write(str(folder / FOLDER / f"{query.name}.sql"), query.against(seen))
