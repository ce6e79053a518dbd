"""The arguments of `smtpprobe survey`, as options of its jobs and of the engine."""

from __future__ import annotations

import argparse
import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from smtpprobe import __version__
from smtpprobe.errors import UsageError
from smtpprobe.misspelt import near_word
from smtpprobe.net.clock import now
from smtpprobe.net.tls.strict_context import check_ca_file
from smtpprobe.settings.option_limits import POLICY_SECONDS, REPLY_SECONDS
from smtpprobe.settings.settings import Settings
from smtpprobe.starttls.collect.options import LIST_RETRY_SECONDS, Gathering
from smtpprobe.starttls.judge.options import JudgeOptions
from smtpprobe.survey.contact import check_contact
from smtpprobe.survey.engine import Where
from smtpprobe.survey.exclusions import Exclusions, read_exclusions
from smtpprobe.survey.options import Options
from smtpprobe.survey.politeness import Politeness
from smtpprobe.survey.report.standing import read_standing
from smtpprobe.survey.schema import SCHEMA

COMMANDS = ("plan", "report")
"""What can stand in the place of a list."""


@dataclass(frozen=True, slots=True)
class Arguments:
    """What was asked for; `listed` is the list."""

    listed: str
    column: str
    folder: Path
    options: Options
    where: Where
    contact: str
    against: Path | None
    resume: bool
    silent: bool
    dry_run: bool = False
    rate: float | None = None
    """For all workers together."""

    @property
    def settings(self) -> dict[str, Any]:
        """Those that decide the results, for the folder: a survey is resumed with the same."""
        how, judging = self.options.gathering, self.options.judging
        excluded = self.options.exclusions
        return {
            "schema": SCHEMA,
            "smtpprobe": __version__,
            "list": self.listed,
            "column": self.column,
            "contact": self.contact,
            "client": how.client,
            "port": how.port,
            "family": how.family,
            "resolver": how.resolver,
            "trust_ad": how.trust_ad,
            "ca_file": how.ca_file,
            "reply_limit": how.reply_limit,
            "cert_days": [judging.warn_days, judging.fail_days],
            "excluded_networks": sorted(map(str, excluded.networks)),
            "excluded_domains": sorted(excluded.domains),
        }


def read_words(words: argparse.Namespace, settings: Settings, client: str) -> Arguments:
    """Return the parsed arguments; `client` is the EHLO name.

    Raises:
        UsageError: an argument is wrong or missing, or a file cannot be read.
    """
    listed = _list(words.lists)
    if words.output is None and not words.dry_run:
        raise UsageError("no folder for the results", "for example -o results/")
    contact = check_contact(words.contact, client)
    if settings.ca_file:
        check_ca_file(settings.ca_file)
    workers = words.workers or os.cpu_count() or 1
    return Arguments(
        listed=listed,
        column=words.column,
        folder=Path(words.output or "."),
        options=_options(words, settings, client),
        where=Where(words.cluster, workers, words.insecure_cluster),
        contact=contact,
        against=_earlier(words.against),
        resume=words.resume,
        silent=words.no_progress or bool(words.quiet),
        dry_run=words.dry_run,
        rate=words.rate,
    )


def with_workers(options: Options, rate: float | None, workers: int) -> Options:
    """Return the options of one of some workers, which has its share of the rate."""
    share = None if rate is None else rate / workers
    return replace(options, politeness=replace(options.politeness, rate=share))


def _list(words: list[str]) -> str:
    if not words:
        raise UsageError(
            "no list given",
            "for example smtpprobe survey domains.txt -o results/ --client scan.example.org "
            "--contact abuse@example.org",
        )
    near = near_word(words[0], COMMANDS)
    meant = f"did you mean smtpprobe survey {near}?" if near else ""
    if len(words) > 1:
        raise UsageError(f"more than one list: {' '.join(words[:3])}", meant or "give one")
    path = Path(words[0])
    if path.is_dir():
        raise UsageError(f"{path}: is a directory", "a list is a .txt, .csv or .parquet file")
    if not path.is_file():
        hint = meant or "a list is a .txt, .csv or .parquet file"
        raise UsageError(f"{path}: no such file", hint)
    _check_plain(path)
    return words[0]


_COMPRESSED = {b"\x1f\x8b": "gzip", b"\x28\xb5\x2f\xfd": "zstd", b"\xfd7zXZ": "xz", b"BZh": "bzip2",
               b"PK\x03\x04": "zip"}  # fmt: skip
"""How compressed files begin: each of their lines would be taken for a bad domain."""


def _check_plain(path: Path) -> None:
    """See that a list can be read, and is not compressed.

    Raises:
        UsageError: it cannot, or is.
    """
    try:
        with path.open("rb") as file:
            beginning = file.read(8)
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}") from error
    for magic, name in _COMPRESSED.items():
        if beginning.startswith(magic):
            raise UsageError(f"{path}: compressed by {name}", "decompress it first")


def _earlier(folder: str | None) -> Path | None:
    """Return the folder of an earlier survey, once it is certain that it is one."""
    if folder is None:
        return None
    read_standing(Path(folder))
    return Path(folder)


def _options(words: argparse.Namespace, settings: Settings, client: str) -> Options:
    limit, (warn_days, fail_days) = words.timeout, words.cert_days
    gathering = Gathering(
        client=client,
        family=words.family,
        port=words.port,
        resolver=settings.resolver or None,
        trust_ad=words.trust_ad,
        ca_file=settings.ca_file or None,
        connect_limit=settings.connect_timeout,
        handshake_limit=settings.handshake_timeout,
        reply_limit=limit or REPLY_SECONDS,
        greeting_limit=settings.greeting_timeout,
        policy_limit=min(limit or POLICY_SECONDS, POLICY_SECONDS),
        lookup_limit=limit,
        caa=False,
        retry_wait=LIST_RETRY_SECONDS,
        questions=words.jobs,
    )
    polite = Politeness(words.jobs, words.per_host, words.per_network, words.rate)
    judging = JudgeOptions(warn_days=warn_days, fail_days=fail_days)
    return Options(gathering, judging, polite, _exclusions(words.exclude), now())


def _exclusions(paths: list[str]) -> Exclusions:
    found = Exclusions()
    for path in paths:
        try:
            with Path(path).open(encoding="utf-8", errors="backslashreplace") as lines:
                each = read_exclusions(lines, path)
        except OSError as error:
            raise UsageError(f"--exclude {path}: {error.strerror}") from error
        found = Exclusions(found.networks | each.networks, found.domains | each.domains)
    return found
