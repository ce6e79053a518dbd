"""Joins of files that are too large to hold, by DuckDB: distinct places, and places to partitions.

DuckDB works on disk beyond its memory limit, so the size of the list does not matter.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from smtpprobe.survey.places import CHUNK, Lanes
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
    WITH each AS (
        SELECT unnest(flatten(places)) AS place FROM read_parquet(?)
    )
    SELECT DISTINCT
        place.ip AS ip, place.port AS port, place.implicit_tls AS implicit_tls,
        place.sni AS sni, place.second AS second, place.network AS network
    FROM each
    WHERE NOT place.excluded
    ORDER BY hash(network), network, hash(ip), ip, port, implicit_tls, sni NULLS FIRST, second
"""


def write_places(resolved: Sequence[Path], path: Path, *, size: int = CHUNK) -> None:
    """Write every distinct place of all domains, in the order in which they are asked.

    Network blocks come in a shuffled order; so do the places within one.
    """
    unfinished = path.with_name(f".{path.name}.new")
    lanes, number = Lanes(size), 0
    with (
        closing(connection(path.parent)) as base,
        pq.ParquetWriter(unfinished, ASKED, compression="zstd") as writer,
    ):
        found = base.sql(_PLACES, params=[[str(each) for each in resolved]])
        for rows in _batches(found):
            for row in rows:
                slot = lanes.slot(row["network"])
                row |= {"place": number, "lane": slot.lane, "chunk": slot.chunk}
                number += 1
            writer.write_table(pa.Table.from_pylist(rows, schema=ASKED))
    unfinished.replace(path)


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
    """
    if not addresses:
        return
    names = [str(each) for each in addresses]
    with closing(connection(work)) as base:
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
