"""What the logs of real servers in `data/` hold, line by line; hosts behaved as they are named.

`outcomes.tsv` has a row for each: the class is 0 where a reply is quoted, else the code is; `-`
stands for what the log does not tell, `""` for an empty text.
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TypeAlias

Outcome: TypeAlias = tuple[
    int, int, int, str | None, str | None, str | None, str | None, str | None, str | None, str
]
"""Line, class, code, enhanced code, command, host, recipient, client, queue id, cause."""

TABLE = Path(__file__).with_suffix(".tsv")


def _outcomes() -> dict[str, list[Outcome]]:
    found: dict[str, list[Outcome]] = {}
    with TABLE.open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows, delimiter="\t", quoting=csv.QUOTE_NONE):
            name, line, klass, code, *texts, cause = row.values()
            told = [None if text == "-" else text.replace('""', "") for text in texts]
            enhanced, command, host, recipient, client, queue_id = told
            found.setdefault(name, []).append(
                (
                    *(int(line), int(klass), int(code)),
                    *(enhanced, command, host, recipient, client, queue_id, cause),
                )
            )
    return found


OUTCOMES = _outcomes()
"""The outcomes of each file in `data/` that is read so, by its name."""
