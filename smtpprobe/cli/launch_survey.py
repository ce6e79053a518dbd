"""Runs `smtpprobe survey` and its sub-commands from parsed arguments."""

from __future__ import annotations

import argparse

from smtpprobe.errors import UsageError

PACKAGES = ("dask", "distributed", "duckdb", "pyarrow", "cattrs", "msgpack")


def run_survey(words: argparse.Namespace) -> int:
    """Run `smtpprobe survey`; return the exit code.

    Raises:
        ProbeError: what was asked for cannot be done; the caller reports it.
    """
    _check_packages()
    from smtpprobe.cli.launch import settings_of  # noqa: PLC0415
    from smtpprobe.net.hostname import client_name  # noqa: PLC0415
    from smtpprobe.survey.arguments import read_words  # noqa: PLC0415
    from smtpprobe.survey.dry_run import dry_run  # noqa: PLC0415
    from smtpprobe.survey.subcommand import run  # noqa: PLC0415

    settings = settings_of(words)
    client = settings.client or client_name(words.timeout)
    read = read_words(words, settings, client)
    return dry_run(read) if read.dry_run else run(read)


def run_survey_report(words: argparse.Namespace) -> int:
    """Run `smtpprobe survey report`; return the exit code.

    Raises:
        ProbeError: what was asked for cannot be done; the caller reports it.
    """
    _check_packages()
    from smtpprobe.survey.report.subcommand import read_words, run  # noqa: PLC0415

    return run(read_words(words))


def run_survey_plan(words: argparse.Namespace) -> int:
    """Run `smtpprobe survey plan`; return the exit code.

    Raises:
        ProbeError: what was asked for cannot be done; the caller reports it.
    """
    _check_packages()
    from smtpprobe.survey.plan import plan  # noqa: PLC0415

    return plan(words)


def _check_packages() -> None:
    """See that what the extra brings is there.

    Raises:
        UsageError: something is not.
    """
    from importlib.util import find_spec  # noqa: PLC0415 - for this command only

    missing = [name for name in PACKAGES if find_spec(name) is None]
    if missing:
        raise UsageError(
            f"survey needs packages that are not installed: {', '.join(missing)}",
            "install smtpprobe with its extra: smtpprobe[survey]",
        )
