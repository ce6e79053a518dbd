"""JSON as strict readers take it, and the octets behind the texts in it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.json


def strictly(text: str | bytes) -> Any:
    """Return JSON read as UTF-8 without NaN, without a name told twice, without surrogates."""
    whole = text if isinstance(text, str) else text.decode()
    found = json.loads(whole, parse_constant=_no, object_pairs_hook=_once)
    json.dumps(found, ensure_ascii=False).encode()
    return found


def _no(name: str) -> None:
    raise AssertionError(name)


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    assert len({name for name, _ in pairs}) == len(pairs)
    return dict(pairs)


def texts_in(value: object) -> Iterator[str]:
    """Yield every text in a value, names of fields included."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for each in value:
            yield from texts_in(each)
    elif isinstance(value, dict):
        for name, each in value.items():
            yield name
            yield from texts_in(each)


def octets_again(text: str) -> bytes:
    """Return what a server sent, as docs/formats.md tells those who want its octets."""
    return re.sub(rb"\\x([0-9a-f]{2})", lambda match: bytes([int(match[1], 16)]), text.encode())


def rows_of_duckdb(file: Path) -> list[dict[str, Any]]:
    """Return the rows that DuckDB finds; what it has no one type for is text to it."""
    found = duckdb.execute("select * from read_json(?)", [str(file)])
    names = [each[0] for each in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def rows_of_arrow(file: Path) -> list[dict[str, Any]]:
    """Return the rows that Arrow finds; it takes no field of two types."""
    lines = pyarrow.json.ParseOptions(newlines_in_values=True)
    rows: list[dict[str, Any]] = pyarrow.json.read_json(file, parse_options=lines).to_pylist()
    return rows
