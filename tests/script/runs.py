"""Runs a script text against a server that says what a test wants."""

from __future__ import annotations

from collections.abc import Mapping

from smtpprobe.client import Client, ConnectOptions
from smtpprobe.present.terminal import rendered
from smtpprobe.protocol.target import Target, TargetKind
from smtpprobe.sandbox import faults
from smtpprobe.sandbox.faults import Hang, Hear, Say, Step
from smtpprobe.script.failure_view import failure_lines
from smtpprobe.script.language import parse
from smtpprobe.script.results import ScriptResult
from smtpprobe.script.runner import Runner
from smtpprobe.script.settings import RunSettings

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
) -> ScriptResult:
    async with faults.serve(server, *more) as listening:
        client = Client(ConnectOptions(family=4, verify=True, greeting_timeout=0.3))
        settings = RunSettings("client.example", host(listening.port), limit, secrets or {})
        return await Runner(client, parse(text, "t.smtp"), settings).run()


def outcome(result: ScriptResult) -> tuple[str, ...]:
    """The ids of what did not pass, and the messages."""
    return tuple(f"{check.id} {check.message}" for check in result.failed)


def block(result: ScriptResult) -> str:
    """The first failure as a user sees it, the times left out."""
    lines = rendered(failure_lines(result, result.failed[0]), colour=False).splitlines()
    lines[1] = lines[1].split("  +")[0].rsplit("   ", 1)[0].rstrip()
    return "\n".join(lines) + "\n"
