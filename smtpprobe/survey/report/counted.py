"""Counts the figures of a page: the answers to the queries, over results of any size.

DuckDB counts, on disk where memory does not suffice; only the first rows of an answer are held.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import duckdb

from smtpprobe.errors import UsageError
from smtpprobe.survey.queries import lay_out, queries
from smtpprobe.survey.report.figures import Earlier, Figures, Row, Standing
from smtpprobe.survey.report.standing import read_standing
from smtpprobe.survey.results import Stage
from smtpprobe.survey.spread import connection

ROWS = 40
"""Rows of an answer that are kept."""

ASKED = (
    *("senders", "tls-versions", "certificates-by-issuer", "certificates-days-left"),
    *("shared-hosts", "unknown"),
)
"""The queries whose first rows are in the page."""


def figures(folder: Path, earlier: Path | None = None) -> Figures:
    """Return what the results in a folder come to, against those in another.

    Raises:
        UsageError: they cannot be read.
    """
    standing = read_standing(folder)
    then = read_standing(earlier) if earlier is not None else None
    with tempfile.TemporaryDirectory(prefix=".smtpprobe-", dir=_room(folder)) as named:
        work = Path(named).resolve()
        _seen_from(work, folder)
        if earlier is not None:
            _seen_from(work / _EARLIER, earlier)
        # the queries name their files as seen from where they run
        with closing(connection(work)) as base, contextlib.chdir(work):
            try:
                return _counted(base, standing, then)
            except duckdb.Error as error:
                told = str(error).splitlines()[0][:300]
                raise UsageError(f"{folder}: the results cannot be read: {told}") from error


_EARLIER = "earlier"


def _room(folder: Path) -> Path | None:
    """Return where what does not fit into memory goes: to the results, if they can be written."""
    work = folder / "work"
    return work if os.access(work, os.W_OK | os.X_OK) else None


def _seen_from(place: Path, folder: Path) -> None:
    """Make a folder look like that of the results, without writing to it; no stage lacks a file."""
    place.mkdir(exist_ok=True)
    for stage in Stage:
        there = (folder / stage.value).resolve()
        if any(there.glob("*.parquet")):
            (place / stage.value).symlink_to(there, target_is_directory=True)
    lay_out(place)


def _counted(base: duckdb.DuckDBPyConnection, standing: Standing, then: Standing | None) -> Figures:
    results = dict(base.sql(_RESULTS).fetchall())
    found: dict[str, Any] = {
        "standing": standing,
        "results": results,
        "resolved": _count(base, Stage.RESOLVE),
        "asked": _count(base, Stage.PROBE),
    }
    if not results:
        return Figures(**found)
    changes = queries()["changes"].against(_EARLIER)
    return Figures(
        **found,
        answers={name: tuple(_first(base, queries()[name].text)) for name in ASKED},
        **_adoption(base),
        earlier=Earlier(then, tuple(_rows(base, changes))) if then is not None else None,
    )


_RESULTS = "SELECT coalesce(result, 'inconclusive'), count(*) FROM 'domains/*.parquet' GROUP BY ALL"


def _count(base: duckdb.DuckDBPyConnection, stage: Stage) -> int:
    [(found,)] = base.sql(f"SELECT count(*) FROM '{stage.value}/*.parquet'").fetchall()  # noqa: S608 - a constant
    return int(found)


def _adoption(base: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    first: list[Row] = []
    total: dict[str, int] = {}
    for row in _rows(base, queries()["adoption"].text):
        if len(first) < ROWS:
            first.append(row)
        for name, value in row.items():
            if name != "tld":
                total[name] = total.get(name, 0) + value
    return {"adoption": tuple(first), "total_adoption": total}


def _first(base: duckdb.DuckDBPyConnection, text: str) -> Iterator[Row]:
    for number, row in enumerate(_rows(base, text)):
        if number == ROWS:
            return
        yield row


def _rows(base: duckdb.DuckDBPyConnection, text: str) -> Iterator[Row]:
    """Yield the rows of an answer, a few in memory at a time."""
    answer = base.execute(text)
    names = [str(column[0]) for column in answer.description or ()]
    while some := answer.fetchmany(100):
        for row in some:
            yield dict(zip(names, row, strict=True))
