"""Rows to and from Arrow octets, and Parquet files; the schema is always ours."""

from __future__ import annotations

import io
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from smtpprobe.protocol.utf8 import utf8_text
from smtpprobe.survey.schema import SCHEMA

BATCH = 1000
"""Rows read at a time."""


def packed(rows: Iterable[dict[str, Any]], schema: pa.Schema) -> bytes:
    """Return rows as Arrow octets, compressed."""
    listed = list(rows)
    try:
        table = pa.Table.from_pylist(listed, schema=schema)
    except UnicodeEncodeError:  # rare, and to look for it first costs more than all of this
        table = pa.Table.from_pylist([_in_utf8(row) for row in listed], schema=schema)
    sink = io.BytesIO()
    options = pa.ipc.IpcWriteOptions(compression="zstd")
    with pa.ipc.new_stream(sink, schema, options=options) as writer:
        writer.write_table(table)
    return sink.getvalue()


def _in_utf8(value: Any) -> Any:
    """Return a row with text that UTF-8 can hold: what a list says need not be text."""
    if isinstance(value, str):
        return utf8_text(value)
    if isinstance(value, dict):
        return {name: _in_utf8(each) for name, each in value.items()}
    return [_in_utf8(each) for each in value] if isinstance(value, list) else value


def unpacked(octets: bytes) -> pa.Table:
    """Return the table in some octets of `packed`."""
    return pa.ipc.open_stream(octets).read_all()


def write_parquet(octets: bytes, path: Path, **about: str) -> int:
    """Write what `packed` gave as a Parquet file, whole or not at all; return how many rows.

    Raises:
        OSError: there is no room, or the folder cannot be written to.
    """
    table = unpacked(octets)
    about = {"schema": SCHEMA} | about
    table = table.replace_schema_metadata({f"smtpprobe.{name}": about[name] for name in about})
    unfinished = path.with_name(f".{path.name}.new")
    try:
        with unfinished.open("wb") as file:
            pq.write_table(table, file, compression="zstd", row_group_size=BATCH)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    return int(table.num_rows)


def rows_of(path: Path, columns: list[str] | None = None) -> Iterator[dict[str, Any]]:
    """Yield the rows of a Parquet file, a batch in memory at a time."""
    with pq.ParquetFile(path) as file:
        for batch in file.iter_batches(BATCH, columns=columns):
            yield from batch.to_pylist()


def rows_in(path: Path) -> int:
    """Return how many rows a Parquet file has, without reading them."""
    return int(pq.read_metadata(path).num_rows)


def about(path: Path) -> dict[str, str]:
    """Return what `write_parquet` was told about a file."""
    found = pq.read_schema(path).metadata or {}
    prefix = b"smtpprobe."
    return {
        name.removeprefix(prefix).decode(): value.decode()
        for name, value in found.items()
        if name.startswith(prefix)
    }
