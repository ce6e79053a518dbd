"""The arguments of `smtpprobe starttls`, as options of collecting, judging and reporting."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from smtpprobe.atomic_file import check_writable, same_file
from smtpprobe.digits import whole_number
from smtpprobe.errors import UsageError
from smtpprobe.net.clock import now
from smtpprobe.net.mx_route import a_label
from smtpprobe.net.tls.strict_context import check_ca_file
from smtpprobe.policy.addresses import is_address
from smtpprobe.protocol.target import (
    Target,
    host_itself,
    parse_target,
    targets_of,
    with_port,
)
from smtpprobe.settings.option_limits import (
    DEEP_CONNECTIONS,
    LIST_JOBS,
    POLICY_SECONDS,
    REPLY_SECONDS,
)
from smtpprobe.settings.settings import Settings
from smtpprobe.starttls.collect.collect import checked
from smtpprobe.starttls.collect.options import (
    LIST_RETRY_SECONDS,
    RETRY_SECONDS,
    Gathering,
)
from smtpprobe.starttls.finding import Level
from smtpprobe.starttls.judge.options import JudgeOptions, Sender
from smtpprobe.starttls.reports.formats import Format


@dataclass(frozen=True, slots=True)
class Bulk:
    """A list of targets: its path (`-`: standard input) and how to work through it."""

    path: str
    jobs: int
    per_host: int
    resume: bool
    restart: bool
    no_progress: bool


@dataclass(frozen=True, slots=True)
class Arguments:
    """What was asked for. `output` is a file, None for standard output; `html` a second file.

    `pem` asks for certificates as PEM in JSON.
    """

    targets: tuple[Target, ...]
    gathering: Gathering
    judging: JudgeOptions
    form: Format
    output: str | None
    quiet: bool
    color: str
    bulk: Bulk | None = None
    html: str | None = None
    pem: bool = False


def read_words(
    words: argparse.Namespace,
    environment: Mapping[str, str],
    *,
    client: Callable[[], str],
    settings: Settings,
) -> Arguments:
    """Return the parsed arguments; `client` finds the EHLO name if none is given.

    `settings` are made of the words, the environment and the configuration file.

    Raises:
        UsageError: an argument is invalid, or contradicts another.
    """
    if words.submission and words.port is not None:
        raise UsageError(
            "--submission and --port cannot be used together", "SRV records give the ports"
        )
    if settings.ca_file:
        check_ca_file(settings.ca_file)
    for option, path in (("--output", words.output), ("--html", words.html)):
        if path is not None:
            check_writable(path, option)
    roots = settings.ca_file or None
    same_file(("--ca-file", roots), ("--output", words.output), ("--html", words.html))
    if words.deep_connections is not None and not words.deep:
        raise UsageError("--deep-connections needs --deep", "give both")
    served = _served(words)
    gathering = _gathering(words, environment, settings)
    texts = targets_of((*served, *(words.target or ()), *words.targets))
    targets = tuple(parse_target(text) for text in texts)
    bulk = _bulk(words, targets)
    if words.pem and bulk is None and words.format not in (Format.JSON.value, Format.JSONL.value):
        raise UsageError("--pem needs JSON output", "add --json or --jsonl")
    if not targets and bulk is None:
        raise UsageError("no target given", "for example smtpprobe starttls example.org")
    for target in targets:
        checked(target, gathering)
    named = gathering if gathering.client else replace(gathering, client=client())
    return Arguments(
        targets=targets,
        gathering=named,
        judging=_judging(words, gathering.sni),
        form=Format(words.format or Format.TEXT.value),
        output=words.output,
        quiet=bool(words.quiet),
        color=settings.color,
        bulk=bulk,
        html=words.html,
        pem=words.pem,
    )


def _served(words: argparse.Namespace) -> tuple[str, ...]:
    """Return the target of `--server`, which takes the port of `--port`; () without one."""
    if words.server is None:
        return ()
    host, port = host_itself(words.server), words.port
    words.port = None
    return (host if port is None else with_port(host, str(port)),)


def _bulk(words: argparse.Namespace, targets: Sequence[Target]) -> Bulk | None:
    """Return how to work through the list; None without one."""
    if words.input is None:
        for name in ("resume", "restart", "yes_active", "jobs", "per_host"):
            if getattr(words, name):
                raise UsageError(f"--{name.replace('_', '-')} is only for lists", "-i domains.txt")
        return None
    if targets:
        raise UsageError("targets are given twice: with -i and as arguments", "use one of them")
    if words.format not in (None, Format.JSONL.value):
        raise UsageError(f"-i writes JSON lines, not {words.format}", "omit --format")
    if words.html is not None:
        raise UsageError("--html does not work with a list", "use either -i or --html")
    if words.active and not words.yes_active:
        raise UsageError(
            "--active would test every server in the list", "add --yes-active to confirm"
        )
    if words.resume and words.restart:
        raise UsageError("--resume and --restart cannot be used together", "use one of them")
    if words.resume and (words.output is None or words.input == "-"):
        raise UsageError(
            "--resume needs a list in a file and -o FILE", "standard input cannot be read again"
        )
    return Bulk(
        words.input,
        words.jobs or LIST_JOBS,
        1 if words.deep else words.per_host or 1,
        words.resume,
        words.restart,
        words.no_progress,
    )


def _gathering(
    words: argparse.Namespace, environment: Mapping[str, str], settings: Settings
) -> Gathering:
    limit, sni = words.timeout, settings.name_sent
    return Gathering(
        client=settings.client,
        family=words.family,
        bind=words.bind,
        port=words.port,
        submission=words.submission,
        sni=a_label(sni) if sni else sni,
        resolver=settings.resolver or None,
        trust_ad=words.trust_ad,
        pins=read_pins(words.resolve),
        ca_file=settings.ca_file or None,
        keylog=words.keylog or environment.get("SSLKEYLOGFILE"),
        connect_limit=settings.connect_timeout,
        handshake_limit=settings.handshake_timeout,
        reply_limit=limit or REPLY_SECONDS,
        greeting_limit=settings.greeting_timeout,
        policy_limit=min(limit or POLICY_SECONDS, POLICY_SECONDS),
        lookup_limit=limit,
        caa=words.input is None,
        active=words.active,
        deep=words.deep,
        deep_connections=words.deep_connections or DEEP_CONNECTIONS,
        retry_wait=RETRY_SECONDS if words.input is None else LIST_RETRY_SECONDS,
    )


def read_pins(texts: Iterable[str]) -> dict[tuple[str, int], str]:
    """Return the addresses of `--resolve NAME:PORT:ADDR` by name and port.

    Raises:
        UsageError: one is not of that form.
    """
    pins = {}
    for text in texts:
        name, _, rest = text.partition(":")
        port, _, address = rest.partition(":")
        address = address.removeprefix("[").removesuffix("]")
        number = whole_number(port, 65535)
        if not (name and number and is_address(address)):
            raise UsageError(
                f"--resolve {text}: not NAME:PORT:ADDR", "for example mx1.example.org:25:192.0.2.1"
            )
        pins[a_label(name).lower(), number] = address
    return pins


def _judging(words: argparse.Namespace, sni: str | None) -> JudgeOptions:
    warn_days, fail_days = words.cert_days
    return JudgeOptions(
        level=Sender(words.level) if words.level is not None else None,
        at=read_day(words.at, now()) if words.at is not None else None,
        warn_days=warn_days,
        fail_days=fail_days,
        match=tuple(a_label(name) for name in words.match),
        sni=sni,
        previous_id=words.previous_id,
        fail_on=Level(words.fail_on),
    )


_AHEAD = re.compile(r"\+([0-9]{1,5})([hdw])")
_UNITS = {"h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}


def read_day(text: str, today: datetime) -> datetime:
    """Return the moment of `--at`: `+30d`, `+12h`, `+2w`, a date or a date and time (UTC).

    Raises:
        UsageError: it is none of them.
    """
    ahead = _AHEAD.fullmatch(text)
    try:
        if ahead is not None:
            return today + int(ahead[1]) * _UNITS[ahead[2]]
        found = datetime.fromisoformat(text)
    except (ValueError, OverflowError) as error:
        raise UsageError(
            f"--at {text}: not +DAYS or a date", "for example +30d or 2026-12-31"
        ) from error
    return found if found.tzinfo is not None else found.replace(tzinfo=UTC)
