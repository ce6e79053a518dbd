"""Reads the list of a survey in partitions, from text, CSV or Parquet; never the whole of it."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from smtpprobe.errors import UsageError
from smtpprobe.starttls.bulk.input import text_of
from smtpprobe.survey.jobs.resolve import Entry

EMPTY = "smtpprobe: the list is empty: nothing was checked\n"
"""What is said of a list without entries."""

PARTITION = 1000
"""Entries of a partition."""

COLUMN = "domain"

MOST_OCTETS = 4096
"""A longer line is not an entry; its rest is passed over."""


@dataclass(frozen=True, slots=True)
class Partition:
    """Some entries that follow one another in the list; `number` counts from 0."""

    number: int
    entries: tuple[Entry, ...]

    @property
    def digest(self) -> str:
        """What tells whether a list is still the one that was surveyed."""
        texts = "\n".join(entry.text for entry in self.entries)
        return hashlib.sha256(texts.encode("utf-8", "backslashreplace")).hexdigest()


def partitions(path: str, column: str = COLUMN, size: int = PARTITION) -> Iterator[Partition]:
    """Yield the partitions of a list; the kind of file is told by its suffix.

    Raises:
        UsageError: it cannot be read, or has no such column.
    """
    entries: list[Entry] = []
    number = 0
    for entry in _entries(path, column):
        entries.append(entry)
        if len(entries) == size:
            yield Partition(number, tuple(entries))
            entries, number = [], number + 1
    if entries:
        yield Partition(number, tuple(entries))


def _entries(path: str, column: str) -> Iterator[Entry]:
    readers = {".csv": _csv, ".parquet": _parquet}
    reader = readers.get(Path(path).suffix.lower())
    texts = reader(path, column) if reader is not None else _lines(path)
    try:
        yield from (Entry(number, text) for number, text in texts)
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror or error}") from error


def _lines(path: str) -> Iterator[tuple[int, str]]:
    with Path(path).open("rb") as stream:
        number = 0
        while raw := stream.readline(MOST_OCTETS):
            number += 1
            part = raw
            while part and not part.endswith(b"\n"):
                part = stream.readline(MOST_OCTETS)
            if text := text_of(raw):
                yield number, text


def _csv(path: str, column: str) -> Iterator[tuple[int, str]]:
    with Path(path).open(encoding="utf-8-sig", errors="backslashreplace", newline="") as stream:
        rows = _rows(path, stream)
        names = [name.strip() for name in next(rows, [])]
        if column not in names:
            raise _missing(path, column, names)
        at = names.index(column)
        for number, row in enumerate(rows, 2):
            if len(row) > at and (text := row[at].strip()):
                yield number, text


def _rows(path: str, stream: Iterable[str]) -> Iterator[list[str]]:
    """Yield rows; UsageError at one that cannot be read."""
    rows = csv.reader(stream)
    try:
        yield from rows
    except csv.Error as error:
        told = f"{path}: the row that ends in line {rows.line_num} cannot be read: {error}"
        raise UsageError(told, "is a quote missing?") from None


def _parquet(path: str, column: str) -> Iterator[tuple[int, str]]:
    import pyarrow as pa  # noqa: PLC0415 - for this kind of file only
    import pyarrow.parquet as pq  # noqa: PLC0415

    try:
        file = pq.ParquetFile(path)
    except pa.ArrowInvalid as error:
        raise UsageError(f"{path}: not a Parquet file: {str(error)[:200]}") from error
    with file:
        if column not in file.schema_arrow.names:
            raise _missing(path, column, file.schema_arrow.names)
        number = 0
        for batch in file.iter_batches(10_000, columns=[column]):
            for value in batch.column(0).to_pylist():
                number += 1
                if value is not None and (text := str(value).strip()):
                    yield number, text


def _missing(path: str, column: str, names: list[str]) -> UsageError:
    there = ", ".join(name[:40] for name in names[:20]) or "none"
    return UsageError(f"{path}: no column {column!r}", f"its columns: {there}; --column NAME")
