"""Reads the parts of the corpus."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parent
PARTS = ("tune", "odd", "fresh", "wild", "odd-hold", "fresh-hold", "wild-hold", "hold")
HIDDEN = ("odd-hold", "fresh-hold", "wild-hold", "hold")
"""The parts of which nobody looks at more than the totals."""


NEAREST: dict[str, frozenset[str]] = {
    "domain-listed": frozenset({"spam-content", "sender-rejected"}),
    "url-listed": frozenset({"spam-content", "content-rejected"}),
    "blocked-by-recipient": frozenset({"policy", "sender-rejected"}),
    "delivery-expired": frozenset({"timeout", "network-error"}),
    "host-not-found": frozenset({"unknown-domain", "network-error"}),
    "no-route": frozenset({"unknown-domain", "network-error"}),
    "tls-refused": frozenset({"tls-unavailable", "tls-required"}),
}
"""Causes that are finer than those the program has, and which of its own are right instead.

A program that has one under another name gets the name here and in the two files.
"""


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
    cause = cause.union(*(NEAREST.get(name, ()) for name in cause))
    reply = line["reply"].replace("\\n", "\n")
    asked = (line["id"], line["provider"], line["language"], line["command"], reply)
    return Row(*asked, cause, blame, retry, hard, line["source"], line["why"])
