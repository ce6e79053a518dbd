"""What each tool does, without the protocol: arguments in, the text of its result out.

All raise a ProbeError for what cannot be done; its message is for the assistant.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Coroutine, Iterable, Mapping
from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from smtpprobe.assistant.allowed import Allowed
from smtpprobe.assistant.gate import Gate
from smtpprobe.assistant.marked import marked
from smtpprobe.assistant.no_mail import check_script
from smtpprobe.assistant.scripts import script_file
from smtpprobe.client import ConnectOptions
from smtpprobe.errors import ProbeError, ScriptError, UsageError
from smtpprobe.exits import MEANINGS, ExitStatus
from smtpprobe.explainer.pasted import explain_pasted
from smtpprobe.knowledge.annotation import Annotation
from smtpprobe.net.clock import now
from smtpprobe.net.connect import Connector, direct
from smtpprobe.present.counted import counted
from smtpprobe.present.terminal import rendered
from smtpprobe.protocol.target import Target, parse_target
from smtpprobe.protocol.units import written_duration
from smtpprobe.protocol.verbs import CONTEXT_WORDS, Context
from smtpprobe.script.batch.given_values import named_secrets
from smtpprobe.script.batch.run import ScriptOptions, run_scripts
from smtpprobe.script.language.commands import NAME
from smtpprobe.script.load import Given, load_script
from smtpprobe.script.reports.formats import Show
from smtpprobe.settings.option_limits import REPLY_SECONDS
from smtpprobe.starttls.at_prompt import gathering_of
from smtpprobe.starttls.collect.collect import collect, open_shared
from smtpprobe.starttls.collect.limits import Limits
from smtpprobe.starttls.collect.options import Gathering
from smtpprobe.starttls.judge.judge import Report, judge
from smtpprobe.starttls.judge.options import JudgeOptions
from smtpprobe.starttls.reports.text import report_lines

MOST_TEXT = 256 * 1024
"""How many characters are explained in one call."""

MOST_VALUES, MOST_VALUE = 50, 1000
"""How many variables a script gets, and how long each may be."""

AT_ONCE = 2
"""How many calls go out to the network at a time; others wait."""

SECONDS = 120.0
"""How long one call may take."""

ENDING = 5.0
"""Seconds behind that in which a script that was cut short closes and reports."""

MOST_READINGS = 20
"""How many different readings of replies are told in short."""

T = TypeVar("T")


class CannotTell(ProbeError):  # noqa: N818 - names the outcome
    """A call took too long, so that there is nothing to tell."""

    status = ExitStatus.CANNOT_TELL


class Permission(NamedTuple):
    """What the user permits: hosts, a folder of scripts, mail; and how connections are made."""

    allowed: Allowed = Allowed()
    scripts: Path | None = None
    mail: bool = False
    seconds: float = SECONDS
    client: str = "localhost"
    resolver: str | None = None
    ca_file: str | None = None
    timeout: float | None = None
    connector: Connector = direct


class Tools:
    """The tools, for as long as an assistant is connected."""

    def __init__(self, permission: Permission) -> None:
        self.permission = permission
        self._turns = asyncio.Semaphore(AT_ONCE)

    async def explain(self, text: str, command: str = "") -> str:
        """Return what a reply, log lines or a bounce mean; nothing is connected to.

        Raises:
            UsageError: the text is too long, or there is no such command.
        """
        if len(text) > MOST_TEXT:
            raise UsageError(
                f"the text has {len(text):,} characters, more than {MOST_TEXT:,}",
                "give the lines in question",
            )
        context = _context_of(command)
        found = await asyncio.to_thread(explain_pasted, text, context)
        if not found.lines:
            raise UsageError(
                "no known reply, code, keyword or log line in this text",
                'for example "550 5.7.1 Relay access denied", 4.7.0, PIPELINING',
            )
        own = _in_short([annotation for _, annotation in found.replies])
        return marked(own, rendered(found.lines, colour=False))

    async def check_starttls(self, target: str) -> str:
        """Return who can deliver to a domain or host over TLS, and why not.

        Raises:
            ProbeError: the target is not permitted, or cannot be checked at all.
        """
        allowed, permission = self.permission.allowed, self.permission
        parsed = parse_target(target)
        allowed.check_target(parsed)
        gate = Gate(allowed, mail=False, beneath=permission.connector)
        gate.opens(parsed)
        how = _gathering(permission, gate)

        async def check() -> Report:
            shared = await open_shared(how, Limits(), (parsed,))
            try:
                return judge(await collect(parsed, shared), JudgeOptions(), now())
            finally:
                await shared.close()

        report = await self._in_time(check())
        findings = [f"{one.level.value} {one.id}" for one in report.findings]
        own = [f"check_starttls: {report.result.value}"]
        own += [f"findings: {', '.join(findings)}"] if findings else []
        return marked("\n".join(own), rendered(report_lines(report, 120), colour=False))

    async def run_script(
        self, script: str, target: str = "", variables: Mapping[str, str] | None = None
    ) -> str:
        """Return how the run of a script of the folder went.

        Raises:
            ProbeError: the script or the target is not permitted, or it cannot be run.
        """
        permission = self.permission
        if permission.scripts is None:
            raise UsageError("no scripts can be run: there is no --scripts")
        values = _checked_values(variables or {})
        parsed: Target | None = parse_target(target) if target else None
        if parsed is not None:
            permission.allowed.check_target(parsed)
        file = script_file(permission.scripts, script)
        if not permission.mail:
            given = Given(values, parsed, named_secrets(()), permission.scripts)
            loaded = load_script(file, given.outside, within=permission.scripts)
            if not isinstance(loaded, ScriptError):
                check_script(loaded)
        gate = Gate(permission.allowed, mail=permission.mail, beneath=permission.connector)
        out, err = StringIO(), StringIO()
        options = ScriptOptions(
            client=permission.client,
            timeout=REPLY_SECONDS if permission.timeout is None else permission.timeout,
            max_time=permission.seconds,
            show=Show.FAILURES,
            variables=values,
            within=permission.scripts,
        )
        run = run_scripts([file], parsed, _connecting(permission, gate), options, out=out, err=err)
        code = await self._in_time(run)
        meaning = next((text for status, text in MEANINGS.items() if status == code), "")
        own = f"run_script: exit code {code}: {meaning}"
        return marked(own, f"{err.getvalue()}{out.getvalue()}")

    async def _in_time(self, work: Coroutine[Any, Any, T]) -> T:
        """Return what some work gives, within the time that a call may take.

        Raises:
            UsageError: it takes longer.
        """
        limit = self.permission.seconds
        try:
            async with self._turns, asyncio.timeout(limit + ENDING):
                return await work
        except TimeoutError:
            raise CannotTell(
                f"not finished within {written_duration(limit)}: the result is unknown",
                "--max-time sets how long a call may take",
            ) from None
        finally:
            work.close()


def _connecting(permission: Permission, gate: Gate) -> ConnectOptions:
    """Return how scripts connect: a certificate has to verify, as in any script."""
    options = ConnectOptions(
        verify=True,
        client=permission.client,
        resolver=permission.resolver,
        ca_file=permission.ca_file,
        timeout=permission.timeout,
        connector=gate,
        guard=gate.opens,
    )
    if (limit := permission.timeout) is None:
        return options
    return options._replace(connect_timeout=limit, handshake_timeout=limit, greeting_timeout=limit)


def _gathering(permission: Permission, gate: Gate) -> Gathering:
    return replace(gathering_of(_connecting(permission, gate)), connector=gate)


def _checked_values(variables: Mapping[str, str]) -> dict[str, str]:
    """Return the variables of a script.

    Raises:
        UsageError: a name is none, or there is too much.
    """
    if len(variables) > MOST_VALUES or any(len(one) > MOST_VALUE for one in variables.values()):
        raise UsageError(
            f"variables: at most {MOST_VALUES}, each of at most {MOST_VALUE} characters"
        )
    for name in variables:
        if not NAME.fullmatch(name):
            raise UsageError(f"variables: {name[:40]!r} is not a name", "letters, digits and _")
    return dict(variables)


def _in_short(annotations: Iterable[Annotation]) -> str:
    """Return the readings of replies in words of our own tables only, most frequent first."""
    readings = Counter(
        f"cause: {one.cause.value}, to act: {one.blame.value}, retry: {one.retry.value}, "
        f"basis: {one.basis.value}"
        for one in annotations
    )
    lines = [
        f"{counted(count, 'reply', 'replies')}: {reading}"
        for reading, count in readings.most_common(MOST_READINGS)
    ]
    left = len(readings) - len(lines)
    return "\n".join(["explain:", *lines, *([f"and {left} more readings"] if left > 0 else [])])


def _context_of(command: str) -> Context | None:
    words = {each.json.upper(): context for context, each in CONTEXT_WORDS.items()}
    if not command.strip():
        return None
    if (context := words.get(command.strip().upper())) is None:
        raise UsageError(f"{command[:40]!r} is not a command", ", ".join(sorted(words)))
    return context
