"""Writes docs/survey.md from the schema of the results: `python -m tests.docs.survey`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa

from smtpprobe.survey.queries import queries
from smtpprobe.survey.schema import ADDRESSES, DOMAINS, SCHEMA, meaning_of

PAGE = Path(__file__).parents[2] / "docs" / "survey.md"

HEAD = f"""\
# `smtpprobe survey`: the results

Generated from the schema by `python -m tests.docs.survey`; a test checks that it is current.
How a survey is made: [Survey the domains of a country](howto/survey.md).

The schema is `{SCHEMA}`; it is in `survey.json`, and in the metadata of each Parquet file as
`smtpprobe.schema`. Version 1 may gain columns; a changed meaning makes version 2. The meaning
of each column is in the files, too.

Null means that there is nothing to say, as the table has it: it is neither no nor unknown. A
column that can be unknown has the word `unknown`. What a server sent is escaped as in the JSON of
[`smtpprobe starttls`](starttls.md#json).
"""

OF_ADDRESSES = """\
A row for each address, port and TLS name that was asked, however many domains lead there. A row
with `again` was refused for now; the row of `round` 2 with the same `place` replaces it, if there
is one."""

OF_DOMAINS = """\
A row for each entry of the list. `hosts.addresses` names the row of `addresses` by `ip`, `port`,
`implicit_tls`, `sni` and `second`."""

QUERIES = """
## queries/*.sql

Written when a survey ends, and by `smtpprobe survey report`. Each begins with its question and its
columns, and runs from the folder of the results: `duckdb < queries/senders.sql`.

| query | question |
|---|---|
"""

TABLES = {
    "addresses/*.parquet": (
        ADDRESSES,
        OF_ADDRESSES,
    ),
    "domains/*.parquet": (
        DOMAINS,
        OF_DOMAINS,
    ),
}


def page() -> str:
    """Return the page."""
    parts = [HEAD]
    for name, (schema, text) in TABLES.items():
        parts.append(f"\n## {name}\n\n{text}\n\n| column | type | meaning |\n|---|---|---|\n")
        parts += _rows(schema, "")
    parts.append(QUERIES)
    parts += [f"| `{each.name}.sql` | {each.question} |\n" for each in queries().values()]
    return "".join(parts)


def _rows(columns: pa.Schema | pa.StructType, above: str) -> Iterator[str]:
    for column in columns:
        name = f"{above}{column.name}"
        yield f"| `{name}` | {_type(column.type)} | {meaning_of(column)} |\n"
        inner = column.type.value_type if pa.types.is_list(column.type) else column.type
        if pa.types.is_struct(inner):
            yield from _rows(inner, f"{name}.")


_WORDS = {
    "string": "text",
    "bool": "true or false",
    "int8": "integer",
    "int16": "integer",
    "int32": "integer",
    "int64": "integer",
    "double": "number",
    "timestamp[ms, tz=UTC]": "time (UTC)",
    "large_binary": "octets",
}


def _type(kind: pa.DataType) -> str:
    if pa.types.is_list(kind):
        inner = kind.value_type
        return "list of records" if pa.types.is_struct(inner) else f"list of {_type(inner)}s"
    return "record" if pa.types.is_struct(kind) else _WORDS[str(kind)]


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
