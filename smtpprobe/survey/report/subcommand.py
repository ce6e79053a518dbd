"""`smtpprobe survey report`: the page of results that are there."""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path

from smtpprobe.errors import UsageError
from smtpprobe.exits import ExitStatus
from smtpprobe.survey.report.write import write_report


@dataclass(frozen=True, slots=True)
class Words:
    """What was asked for: the results, those of an earlier survey, and where the page goes."""

    folder: Path
    earlier: Path | None
    output: str | None
    quiet: bool


def read_words(words: argparse.Namespace) -> Words:
    """Return the parsed arguments.

    Raises:
        UsageError: there is no folder, or more than one.
    """
    if len(words.folders) != 1:
        what = "more than one folder" if words.folders else "no folder of results"
        raise UsageError(what, "for example smtpprobe survey report results/")
    earlier = Path(words.against) if words.against is not None else None
    return Words(Path(words.folders[0]), earlier, words.output, bool(words.quiet))


def run(words: Words) -> int:
    """Write the page; return the exit code.

    Raises:
        UsageError: the results cannot be read, or the page cannot be written.
    """
    finished = write_report(words.folder, words.earlier, words.output)
    if not finished and not words.quiet:
        sys.stderr.write(
            f"smtpprobe: warning: {words.folder}: the survey is not finished, as the page says\n"
        )
    return ExitStatus.OK
