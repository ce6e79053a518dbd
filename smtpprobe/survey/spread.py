"""Joins of files that are too large to hold, by DuckDB: distinct places, and places to partitions.

DuckDB works on disk beyond its memory limit, so the size of the list does not matter.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from smtpprobe.survey.places import Lanes, chunk_size
from smtpprobe.survey.schema import ASKED
from smtpprobe.survey.tables import BATCH

MEMORY = "512MB"


def connection(work: Path) -> duckdb.DuckDBPyConnection:
    """Return a database without a file, whose overflow goes to a folder of the survey."""
    base = duckdb.connect()
    base.execute(f"SET memory_limit = '{MEMORY}'")
    base.execute("SET temp_directory = ?", [str(work / "duckdb")])
    base.execute("SET TimeZone = 'UTC'")
    return base


_PLACES = """
    CREATE TEMP TABLE wanted AS
    WITH each AS (
        SELECT unnest(flatten(places)) AS place FROM read_parquet(?)
    )
    SELECT DISTINCT
        place.ip AS ip, place.port AS port, place.implicit_tls AS implicit_tls,
        place.sni AS sni, place.second AS second, place.network AS network
    FROM each
    WHERE NOT place.excluded {new}
    ORDER BY hash(network), network, hash(ip), ip, port, implicit_tls, sni NULLS FIRST, second
"""

_NEW = """
    AND NOT EXISTS (
        FROM read_parquet(?) AS earlier
        WHERE earlier.ip = place.ip AND earlier.port = place.port
        AND earlier.implicit_tls = place.implicit_tls AND earlier.second = place.second
        AND earlier.sni IS NOT DISTINCT FROM place.sni
    )
"""
"""Not among the places that were written earlier."""

_AFTER = "SELECT coalesce(max(lane), -1) + 1, coalesce(max(place), -1) + 1 FROM read_parquet(?)"


def write_places(
    resolved: Sequence[Path], path: Path, *, earlier: Sequence[Path] = (), workers: int = 1
) -> None:
    """Write every distinct place of all domains, in the order in which they are asked.

    Network blocks come in a shuffled order; so do the places within one. Those in the `earlier`
    files are left out, and their lanes and numbers are not used again.

    Raises:
        OSError: there is no room.
    """
    unfinished = path.with_name(f".{path.name}.new")
    schema = ASKED.with_metadata({"smtpprobe.parts": str(len(resolved))})
    with written_by_duckdb(), closing(connection(path.parent)) as base:
        lane, number = _wanted(base, resolved, earlier)
        [(total,)] = base.execute("SELECT count(*) FROM wanted").fetchall()
        lanes = Lanes(chunk_size(total, workers), lane)
        with pq.ParquetWriter(unfinished, schema, compression="zstd") as writer:
            for rows in _batches(base.sql("FROM wanted")):
                for row in rows:
                    slot = lanes.slot(row["network"])
                    row |= {"place": number, "lane": slot.lane, "chunk": slot.chunk}
                    number += 1
                writer.write_table(pa.Table.from_pylist(rows, schema=schema))
    unfinished.replace(path)


def _wanted(
    base: duckdb.DuckDBPyConnection, resolved: Sequence[Path], earlier: Sequence[Path]
) -> tuple[int, int]:
    """Find the places, in the table `wanted`; return the first lane and number that are free."""
    params, before = [[str(each) for each in resolved]], [str(each) for each in earlier]
    if not before:
        base.execute(_PLACES.format(new=""), params)
        return 0, 0
    base.execute(_PLACES.format(new=_NEW), [*params, before])
    [(lane, number)] = base.execute(_AFTER, [before]).fetchall()
    return lane, number


@contextmanager
def written_by_duckdb() -> Iterator[None]:
    """Tell that there is no room as everything else does.

    Raises:
        OSError: DuckDB could not write what overflows its memory.
    """
    try:
        yield
    except (duckdb.IOException, duckdb.OutOfMemoryException) as error:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)) from error


_JOINED = """
    WITH each AS (
        SELECT filename, unnest(flatten(places)) AS place FROM read_parquet(?, filename = true)
    ), wanted AS (
        SELECT DISTINCT
            filename, place.ip AS ip, place.port AS port, place.implicit_tls AS implicit_tls,
            place.sni AS sni, place.second AS second
        FROM each
    ), later AS (
        SELECT place FROM read_parquet(?) WHERE round = 2
    )
    SELECT wanted.*, asked.facts
    FROM wanted JOIN read_parquet(?) AS asked
        ON asked.ip = wanted.ip AND asked.port = wanted.port
        AND asked.implicit_tls = wanted.implicit_tls AND asked.second = wanted.second
        AND asked.sni IS NOT DISTINCT FROM wanted.sni
    WHERE asked.round = 2 OR NOT asked.again OR asked.place NOT IN (FROM later)
    ORDER BY wanted.filename
"""


def shown_to(
    resolved: Sequence[Path], addresses: Sequence[Path], work: Path
) -> Iterator[tuple[Path, list[dict[str, Any]]]]:
    """Yield for each of some files of resolved domains what their places showed.

    A file whose places showed nothing is not among them.

    Raises:
        OSError: there is no room.
    """
    if not addresses:
        return
    names = [str(each) for each in addresses]
    with written_by_duckdb(), closing(connection(work)) as base:
        found = base.sql(_JOINED, params=[[str(each) for each in resolved], names, names])
        file, rows = "", list[dict[str, Any]]()
        for batch in _batches(found):
            for row in batch:
                if row["filename"] != file:
                    if rows:
                        yield Path(file), rows
                    file, rows = row["filename"], []
                rows.append(row)
        if rows:
            yield Path(file), rows


def _batches(found: Any) -> Iterator[list[dict[str, Any]]]:
    for batch in found.to_arrow_reader(BATCH):
        yield batch.to_pylist()
