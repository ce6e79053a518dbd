"""Writes the page of a survey, and the queries beside it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from smtpprobe.atomic_file import atomic_write, check_writable
from smtpprobe.errors import UsageError
from smtpprobe.survey.queries import write_queries
from smtpprobe.survey.report.counted import figures
from smtpprobe.survey.report.page import survey_page
from smtpprobe.survey.report.standing import read_settings

PAGE = "report.html"

STANDARD_OUTPUT = "-"


def write_report(folder: Path, earlier: Path | None = None, output: str | None = None) -> bool:
    """Write the page of the results in a folder, with the queries unless it goes elsewhere.

    `earlier` is the folder of an earlier survey. Returns whether the survey is finished.

    Raises:
        UsageError: there are no results that can be read, or the page cannot be written.
    """
    try:
        return _written(folder, earlier, output)
    except OSError as error:
        raise UsageError(f"{folder}: the page cannot be made: {error.strerror}") from error


def _written(folder: Path, earlier: Path | None, output: str | None) -> bool:
    read_settings(folder)
    page = output if output is not None else str(folder / PAGE)
    if output is None and not os.access(folder, os.W_OK | os.X_OK):
        raise UsageError(
            f"cannot write to {folder}", "write the page elsewhere: -o FILE, or -o - for a pipe"
        )
    if page != STANDARD_OUTPUT:
        check_writable(page)
    found = figures(folder, earlier)
    text = survey_page(found)
    if page == STANDARD_OUTPUT:
        sys.stdout.write(text)
    else:
        atomic_write(page, text)
    if output is None:
        write_queries(folder, earlier)
    return found.standing.finished
