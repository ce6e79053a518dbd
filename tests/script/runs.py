"""Runs a script text against a server that says what a test wants."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from pathlib import Path

from smtpprobe.client import MEMORY_OCTETS, Client, ConnectOptions
from smtpprobe.present.terminal import rendered
from smtpprobe.protocol.redact import Secrets
from smtpprobe.protocol.target import Target, TargetKind
from smtpprobe.sandbox import faults
from smtpprobe.sandbox.faults import Hang, Hear, Say, Step
from smtpprobe.script.language.defined_names import Outside
from smtpprobe.script.load import Folder
from smtpprobe.script.parser.parser import parse
from smtpprobe.script.reports.failures import failure_lines
from smtpprobe.script.results.results import ScriptResult
from smtpprobe.script.runner.run_settings import RunSettings
from smtpprobe.script.runner.runner import Runner
from smtpprobe.script.runner.timed_regex import timed_pattern

GREETING = Say(b"220 mx.example ESMTP\r\n")


def host(port: int) -> Target:
    return Target(TargetKind.HOST, "localhost", port)


def told(*pairs: tuple[bytes, bytes]) -> list[Step]:
    """A server that greets, then answers each command with its reply, and waits."""
    steps: list[Step] = [GREETING]
    for command, reply in pairs:
        steps += [Hear(command), Say(reply)]
    return [*steps, Hang()]


async def run(
    text: str,
    server: list[Step],
    *more: list[Step],
    limit: float | None = 5.0,
    secrets: Mapping[str, str] | None = None,
    hidden: Secrets | None = None,
    echo: Callable[[str], None] | None = None,
    texts: bool = False,
) -> ScriptResult:
    result, _ = await heard(
        text, server, *more, limit=limit, secrets=secrets, hidden=hidden, echo=echo, texts=texts
    )
    return result


async def heard(
    text: str,
    server: list[Step],
    *more: list[Step],
    limit: float | None = 5.0,
    secrets: Mapping[str, str] | None = None,
    hidden: Secrets | None = None,
    values: Mapping[str, str] | None = None,
    folder: Path | None = None,
    ca_file: Path | None = None,
    echo: Callable[[str], None] | None = None,
    memory_octets: int = MEMORY_OCTETS,
    texts: bool = False,
) -> tuple[ScriptResult, list[bytes]]:
    """Run a script text; return the result and the lines that the server has heard."""
    outside = Outside(values or {})
    library = None if folder is None else Folder(folder)
    script = parse(text, "t.smtp", outside=outside, compile_regex=timed_pattern, library=library)
    trust = None if ca_file is None else str(ca_file)
    async with faults.serve(server, *more) as listening:
        options = ConnectOptions(family=4, verify=True, greeting_timeout=0.3, ca_file=trust)
        client = Client(options, memory_octets=memory_octets)
        settings = RunSettings(
            "client.example", host(listening.port), limit, secrets or {}, hidden or Secrets(),
            outside=outside,
            library=library, compile_regex=timed_pattern, texts=texts,
        )  # fmt: skip
        result = await Runner(client, script, settings, echo or (lambda _: None)).run()
        await asyncio.sleep(0)
        return result, list(listening.heard)


def outcome(result: ScriptResult) -> tuple[str, ...]:
    """The ids of what did not pass, and the messages."""
    return tuple(f"{check.id} {check.message}" for check in result.failed)


def block(result: ScriptResult) -> str:
    """The first failure as a user sees it, the times left out."""
    lines = rendered(failure_lines(result, result.failed[0]), colour=False).splitlines()
    lines[1] = lines[1].split("  +")[0].rsplit("   ", 1)[0].rstrip()
    return "\n".join(lines) + "\n"
