"""Runs `smtpprobe survey` from parsed arguments."""

from __future__ import annotations

import argparse

from smtpprobe.cli.launch import settings_of
from smtpprobe.errors import UsageError
from smtpprobe.net.hostname import client_name

PACKAGES = ("dask", "distributed", "duckdb", "pyarrow", "cattrs")


def run_survey(words: argparse.Namespace) -> int:
    """Run `smtpprobe survey`; return the exit code.

    Raises:
        ProbeError: what was asked for cannot be done; the caller reports it.
    """
    from importlib.util import find_spec  # noqa: PLC0415 - for this command only

    missing = [name for name in PACKAGES if find_spec(name) is None]
    if missing:
        raise UsageError(
            f"survey needs packages that are not installed: {', '.join(missing)}",
            "install smtpprobe with its extra: smtpprobe[survey]",
        )
    from smtpprobe.survey.arguments import read_words  # noqa: PLC0415
    from smtpprobe.survey.subcommand import run  # noqa: PLC0415

    settings = settings_of(words)
    client = settings.client or client_name(words.timeout)
    return run(read_words(words, settings, client))
