"""Runs `smtpprobe send` from parsed arguments."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace

from smtpprobe.atomic_file import check_writable, same_file
from smtpprobe.cli.launch import (
    begin_own_table,
    connect_options,
    practice,
    practised,
    run_until_done,
    settings_of,
)
from smtpprobe.client import Client
from smtpprobe.login.sources import check_given
from smtpprobe.net.hostname import client_name
from smtpprobe.present.escape import shown
from smtpprobe.present.terminal import write_utf8
from smtpprobe.protocol.phase import Dialect
from smtpprobe.protocol.redact import Secrets
from smtpprobe.protocol.target import Target
from smtpprobe.send.arguments import Arguments, read_words
from smtpprobe.send.subcommand import Watch, run, write_script
from smtpprobe.settings.settings import Settings


def run_send(words: argparse.Namespace) -> int:
    """Run `smtpprobe send`; return the exit code.

    Raises:
        ProbeError: what was asked for cannot be done; the caller reports it.
    """
    settings = settings_of(words)
    if not settings.client:
        settings = settings._replace(client=client_name(words.timeout))
    given = read_words(words, settings.client)
    for warning in given.warnings:
        sys.stderr.write(f"smtpprobe: warning: {shown(warning)}\n")
    if words.dry_run or words.as_script is not None:
        return write_script(given)
    if given.order.mechanism is not None:
        check_given(given.login, given.order.mechanism, asks=sys.stdin.isatty())
    if given.output is not None:  # before anything is sent: a result that is lost is sent again
        check_writable(given.output)
        recorded = (("--transcript", settings.transcript), ("--pcap", words.pcap))
        same_file(*recorded, ("--output", given.output))
    begin_own_table(words, settings)
    if given.json:
        write_utf8(sys.stdout)
    return run_until_done(_send(words, given, settings))


async def _send(words: argparse.Namespace, given: Arguments, settings: Settings) -> int:
    verify = settings.tls_verify or given.order.mechanism is not None
    options = connect_options(words, settings, verify=verify)
    async with practice(wanted=words.sandbox) as server:
        if server is not None:
            target, options = practised(server, options, words)
            if words.lhlo is not None:
                target = target._replace(port=server.lmtp_port, dialect=Dialect.LMTP)
            given = replace(given, target=target)
        with _recording(words, settings, given.target) as watch:
            return await run(given, settings, options, watch)


@contextmanager
def _recording(
    words: argparse.Namespace, settings: Settings, target: Target | None
) -> Iterator[Watch | None]:
    """Give what records a client: to a transcript, to a packet capture; None without either."""
    if not (settings.transcript or words.pcap):
        yield None
        return
    from smtpprobe.script.recordings.capture import Capture  # noqa: PLC0415 - only for who records
    from smtpprobe.script.recordings.path import transcript_path  # noqa: PLC0415
    from smtpprobe.script.recordings.recorder import Recorder  # noqa: PLC0415

    kept: list[Recorder | Capture] = []

    def say(text: str) -> None:
        with suppress(OSError):  # said from inside the event loop
            sys.stderr.write(f"smtpprobe: {shown(text)}\n")

    def record(client: Client, secrets: Secrets) -> None:
        if settings.transcript:
            path = transcript_path(settings.transcript, target)
            kept.append(Recorder(client, path, say, secrets))
        if words.pcap:
            path = transcript_path(words.pcap, target)
            capture = Capture(path, say, secrets, keeps_secrets=words.pcap_secrets)
            capture.follow(client)
            kept.append(capture)

    try:
        yield record
    finally:
        for one in kept:
            one.close()
