"""Runs `smtpprobe why` from parsed arguments."""

from __future__ import annotations

import argparse
import sys

from smtpprobe.cli.launch import run_until_done, settings_of
from smtpprobe.errors import Cancelled, UsageError
from smtpprobe.login.sources import NOT_GIVEN, asked, check_given, find
from smtpprobe.net.hostname import client_name
from smtpprobe.present.terminal import write_utf8
from smtpprobe.protocol.auth.mechanisms import MECHANISMS
from smtpprobe.why.arguments import Arguments, read_words
from smtpprobe.why.collect.login import Account
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
    for warning in given.login.warnings:
        sys.stderr.write(f"smtpprobe: warning: {warning}\n")
    return run_until_done(run(given, None if given.plan else _account(given)))


def _account(given: Arguments) -> Account | None:
    """Return who logs in; what is missing is asked for before anything else begins.

    Raises:
        UsageError: there are no credentials.
        Cancelled: Ctrl-C, or Ctrl-D in place of an answer.
    """
    if given.mechanism is None:
        return None
    check_given(given.login, given.mechanism, asks=sys.stdin.isatty())
    row = MECHANISMS.get(given.mechanism)
    host = given.request.target.name
    known = find(given.login, host, kind=None if row is None else row.secret)
    try:
        found = asked(known)
    except (KeyboardInterrupt, EOFError):
        sys.stderr.write("\n")  # the cursor is still behind the question
        raise Cancelled("cancelled; nothing was asked of any server") from None
    if found is None:
        raise UsageError("no user or password given for the login", NOT_GIVEN)
    return Account(found, given.mechanism)
