"""Runs `smtpprobe mcp` from parsed arguments."""

from __future__ import annotations

import argparse
import asyncio
import os
import signal
import sys
from importlib.util import find_spec

from smtpprobe.assistant.allowed import Allowed, read_rule
from smtpprobe.assistant.scripts import checked_folder
from smtpprobe.assistant.tools import SECONDS, Permission, Tools
from smtpprobe.cli.launch import check_loop_fits
from smtpprobe.errors import UsageError
from smtpprobe.exits import ExitStatus
from smtpprobe.knowledge.own.in_force import use
from smtpprobe.net.hostname import client_name
from smtpprobe.net.tls.strict_context import check_ca_file
from smtpprobe.signals import heeded


def run_mcp(words: argparse.Namespace) -> int:
    """Serve an assistant until it closes its end; return the exit code.

    Raises:
        UsageError: an option cannot be used, the SDK is missing, or nobody is at the other end.
    """
    permission = permission_of(words)
    if find_spec("mcp") is None:
        raise UsageError(
            "smtpprobe mcp needs the package mcp, which is not installed",
            "pip install 'smtpprobe[mcp]'",
        )
    if sys.stdin.isatty():
        raise UsageError(
            "smtpprobe mcp speaks JSON with an assistant's program, and this is a terminal",
            "smtpprobe mcp --help shows the lines of its configuration",
        )
    from smtpprobe.assistant.server import server  # noqa: PLC0415 - an extra, and slow

    made = server(Tools(permission))
    use(())

    async def serve() -> None:
        # the thread that reads standard input cannot be woken, and would hold up an orderly end
        loop = asyncio.get_running_loop()
        for number, code in _ENDS.items():
            if number in heeded((number,)):
                loop.add_signal_handler(number, os._exit, int(code))
        await made.run_stdio_async()

    check_loop_fits()
    asyncio.run(serve())
    return ExitStatus.OK


_ENDS = {
    signal.SIGINT: ExitStatus.INTERRUPTED,
    signal.SIGTERM: ExitStatus.TERMINATED,
    signal.SIGHUP: ExitStatus.TERMINATED,
}


def permission_of(words: argparse.Namespace) -> Permission:
    """Return what the options permit.

    Raises:
        UsageError: one cannot be used, or has no effect.
    """
    rules = tuple(rule for text in words.allow for rule in read_rule(text))
    if words.scripts is not None and not rules:
        raise UsageError("--scripts has no effect without --allow", "name the hosts: --allow HOST")
    if words.allow_mail and words.scripts is None:
        raise UsageError("--allow-mail has no effect without --scripts")
    if words.ca_file:
        check_ca_file(words.ca_file)
    return Permission(
        allowed=Allowed(rules),
        scripts=checked_folder(words.scripts) if words.scripts is not None else None,
        mail=words.allow_mail,
        seconds=words.max_time or SECONDS,
        client=words.client or client_name(words.timeout),
        resolver=words.resolver or None,
        ca_file=words.ca_file or None,
        timeout=words.timeout,
    )
