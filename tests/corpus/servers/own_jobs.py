"""What smtpprobe itself made of each server, and what a person reads in it.

In the folder of a release `NAME.jobs` has what was written and the exit codes; `jobs.tsv` has a
line for each: the server, the job, the exit code that is right, and the words that the answer has
to have: all of those between `;`, any of those between `|`, and none that has a `!` in front.
"""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parent


class Answer(NamedTuple):
    """What one run of the program came to."""

    code: int
    text: str


class Right(NamedTuple):
    """What a person wants of it."""

    server: str
    job: str
    code: str
    words: str


def answers(text: str) -> dict[str, Answer]:
    """Return what a file of jobs holds, by the name of the job."""
    found = re.findall(r"(?ms)^# job (\S+)\n\$ [^\n]*\n# exit (\d+)\n(.*?)(?=^# job |\Z)", text)
    return {name: Answer(int(code), said) for name, code, said in found}


def kept(release: str, server: str) -> dict[str, Answer]:
    """Return the answers that were stored of a server."""
    return answers((FOLDER / release / f"{server}.jobs").read_text("utf-8", "surrogateescape"))


def rights(release: str) -> list[Right]:
    """Return the readings of what came on a release."""
    with (FOLDER / release / "jobs.tsv").open(encoding="utf-8", newline="") as file:
        lines = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE, strict=True)
        assert tuple(next(lines)) == Right._fields, "the header names the columns"
        return [Right(*line) for line in lines]


def wrong(answer: Answer, right: Right) -> list[str]:
    """Return what an answer has that it should not, and lacks that it should have."""
    found = [] if str(answer.code) == right.code else [f"exit {answer.code}, not {right.code}"]
    for term in filter(None, right.words.split(";")):
        if term.startswith("!"):
            found += [f"has {term[1:]}"] if term[1:] in answer.text else []
        elif not any(word in answer.text for word in term.split("|")):
            found.append(f"lacks {term}")
    return found
