"""Runs `smtpprobe why` from parsed arguments."""

from __future__ import annotations

import argparse
import sys

from smtpprobe.cli.launch import run_until_done, settings_of
from smtpprobe.errors import UsageError
from smtpprobe.net.hostname import client_name
from smtpprobe.present.terminal import write_utf8
from smtpprobe.why.arguments import read_words
from smtpprobe.why.subcommand import run


def run_why(words: argparse.Namespace) -> int:
    """Run `smtpprobe why`; return the exit code.

    Raises:
        ProbeError: what was asked for cannot be done; the caller reports it.
    """
    settings = settings_of(words)
    if settings.proxy:
        raise UsageError(
            f"why does not use a proxy, and {settings.shown('proxy')} is configured",
            "SMTPPROBE_PROXY= smtpprobe why ... connects directly",
        )
    if not settings.client:
        settings = settings._replace(client=client_name(words.timeout))
    given = read_words(words, settings)
    if given.json or given.letter:
        write_utf8(sys.stdout)
    return run_until_done(run(given))
