"""Reads how far a survey is, from `survey.json` and `log.jsonl`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from smtpprobe.errors import UsageError
from smtpprobe.present.escape import shown
from smtpprobe.survey.report.figures import Standing
from smtpprobe.survey.schema import SCHEMA


def read_standing(folder: Path) -> Standing:
    """Return how far the survey in a folder is.

    Raises:
        UsageError: there is none, or one that this version cannot read.
    """
    standing = Standing(read_settings(folder))
    try:
        with (folder / "log.jsonl").open("rb") as lines:
            for line in lines:
                _take(standing, line)
    except FileNotFoundError:
        pass
    except OSError as error:
        raise UsageError(f"{folder / 'log.jsonl'}: {error.strerror}") from error
    return standing


def read_settings(folder: Path) -> dict[str, Any]:
    """Return what `survey.json` has.

    Raises:
        UsageError: there is no survey, or one that this version cannot read.
    """
    try:
        found = json.loads((folder / "survey.json").read_bytes())
    except FileNotFoundError:
        hint = "name the folder that was given to survey with -o"
        raise UsageError(f"{folder}: no results of a survey", hint) from None
    except OSError as error:
        raise UsageError(f"{folder / 'survey.json'}: {error.strerror}") from error
    except ValueError:
        found = None
    if not isinstance(found, dict) or not isinstance(found.get("schema"), str):
        raise UsageError(f"{folder / 'survey.json'}: not the settings of a survey")
    if found["schema"] != SCHEMA:
        made = shown(str(found.get("smtpprobe", "unknown")))
        raise UsageError(
            f"{folder}: results of schema {shown(found['schema'])}, this smtpprobe reads {SCHEMA}",
            f"they were made by smtpprobe {made}: use that version",
        )
    return found


def _take(standing: Standing, line: bytes) -> None:
    """Follow a line of the log; one that was cut off is none."""
    try:
        entry = json.loads(line)
    except ValueError:
        return
    if not isinstance(entry, dict):
        return
    job, time = str(entry.get("job")), str(entry.get("time", ""))
    standing.began = standing.began or time
    standing.ended = time
    match entry.get("event"):
        case "begin":
            standing.finished = False
        case "done":
            standing.finished = True
        case "aside":
            standing.set_aside[job] = str(entry.get("reason"))
        case "retry":
            standing.set_aside.pop(job, None)
