"""`smtpprobe survey plan`: the time of a survey for some numbers of workers, from a sample."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from smtpprobe.errors import UsageError
from smtpprobe.exits import ExitStatus
from smtpprobe.survey.estimate.estimate import Wanted
from smtpprobe.survey.estimate.measured import sample_of
from smtpprobe.survey.estimate.words import plan_lines


def plan(words: argparse.Namespace) -> int:
    """Print the plan; return the exit code.

    Raises:
        UsageError: not one folder, or no finished survey in the folder.
    """
    if len(words.folders) != 1:
        raise UsageError("give one folder", "for example smtpprobe survey plan sample/")
    [folder] = words.folders
    sample = sample_of(Path(folder))
    domains = words.domains or sample.domains
    wanted = [
        Wanted(domains, workers, words.addresses, words.rate, words.per_network)
        for workers in words.workers
    ]
    for line in plan_lines(sample, domains, wanted, folder):
        sys.stdout.write(f"{line}\n")
    return ExitStatus.OK
