"""Reads the two parts of the corpus."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parent
PARTS = ("tune", "hold")


class Row(NamedTuple):
    """A reply and its reading; each of several causes, blames and the like is right."""

    id: str
    provider: str
    language: str
    command: str
    reply: str
    cause: frozenset[str]
    blame: frozenset[str]
    retry: frozenset[str]
    hard: frozenset[str]
    source: str
    why: str


def rows(part: str) -> list[Row]:
    """Return the rows of a part in the order of its file; a line end in a reply is one."""
    with (FOLDER / f"{part}.tsv").open(encoding="utf-8", newline="") as file:
        lines = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE, strict=True)
        assert lines.fieldnames == list(Row._fields), "the header names the columns"
        return [_row(line) for line in lines]


def _row(line: dict[str, str]) -> Row:
    cause, blame, retry, hard = (
        frozenset(line[name].split("|")) for name in ("cause", "blame", "retry", "hard")
    )
    reply = line["reply"].replace("\\n", "\n")
    asked = (line["id"], line["provider"], line["language"], line["command"], reply)
    return Row(*asked, cause, blame, retry, hard, line["source"], line["why"])
