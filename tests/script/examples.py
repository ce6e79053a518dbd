"""The examples of the project, and how each is run against the practice server and the lab."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from smtpprobe.client import Client, ConnectOptions
from smtpprobe.protocol.phase import Dialect
from smtpprobe.protocol.target import Target, TargetKind
from smtpprobe.sandbox.practice_server import PracticeServer
from smtpprobe.script.language.defined_names import Outside
from smtpprobe.script.language.steps import Script
from smtpprobe.script.parser.parser import parse
from smtpprobe.script.results.results import ScriptResult
from smtpprobe.script.runner.run_settings import Identity, RunSettings
from smtpprobe.script.runner.runner import Runner
from smtpprobe.script.runner.timed_regex import timed_pattern

FOLDER = Path(__file__).parents[2] / "examples"
NAMES = sorted(path.stem for path in FOLDER.glob("*.smtp"))
NUMBERS = count(1)


@dataclass(frozen=True, slots=True)
class Play:
    """How an example is run: on which of a server's ports, with which `--var` and `--secret`."""

    port: str = "port"
    variables: Mapping[str, str] = field(default_factory=dict)
    secrets: Mapping[str, str] = field(default_factory=dict)


DOMAIN = {"domain": "sandbox.test"}
GREYLISTED = {"to": "greylist@sandbox.test", "tries": "9", "wait": "30ms"}
LOGIN = {"user": "probe@sandbox.test", "to": "somebody@other.example"}

PRACTICE = {
    "bad-sequence": Play(variables={"local": "sandbox.test"}),
    "banner-baseline": Play(variables={"name": "sandbox.test"}),
    "chunking": Play(variables=DOMAIN),
    "delivery": Play(variables=DOMAIN),
    "early-talker": Play(variables={"patience": "50ms"}),
    "eight-bit": Play(variables=DOMAIN),
    "first-session": Play(),
    "greylisting": Play(variables=GREYLISTED),
    "lmtp-delivery": Play(
        "lmtp_port",
        DOMAIN | {"full": "afterdot-552-5.2.2@sandbox.test", "nobody": "unknown@sandbox.test"},
    ),
    "null-sender": Play(variables=DOMAIN),
    "pipelining": Play(variables=DOMAIN | {"nobody": "unknown@sandbox.test"}),
    "practice-login": Play(),
    "practice-refusals": Play(),
    "relay-refused": Play(variables={"local": "sandbox.test"}),
    "size-limit": Play(),
    "smtputf8": Play(variables=DOMAIN),
    "starttls-certificate": Play(),
    "starttls-injection": Play(variables={"patience": "50ms"}),
    "submission-login": Play("submission_port", LOGIN, {"password": "practice"}),
    "vrfy-disabled": Play(variables={"known": "somebody", "unknown": "nobody"}),
}


def text_of(name: str) -> str:
    """Return an example as it stands in the file."""
    return (FOLDER / f"{name}.smtp").read_text(encoding="utf-8")


def script_of(name: str, play: Play, text: str | None = None) -> Script:
    """Return an example, or a changed text of it, read as `--script` does."""
    found = text_of(name) if text is None else text
    outside = Outside(play.variables)
    return parse(found, f"{name}.smtp", outside=outside, compile_regex=timed_pattern)


def case_alone(script: Script, line: int) -> Script:
    """Return the script with only the case that a line belongs to."""
    case = [case for case in script.cases if case.place.line <= line][-1]
    return script._replace(cases=(case,))


def target_of(name: str, port: int) -> Target:
    """Return a server on loopback, as an example for it is given one."""
    dialect = Dialect.LMTP if name.startswith("lmtp") else Dialect.SMTP
    return Target(TargetKind.HOST, "localhost", port, dialect=dialect)


def settings_of(name: str, play: Play, port: int) -> RunSettings:
    """Return how an example is run there."""
    return RunSettings(
        "client.example",
        target_of(name, port),
        timeout=5.0,
        secrets=play.secrets,
        outside=Outside(play.variables),
        identity=Identity(f"r{next(NUMBERS)}", "Sat, 21 Nov 2026 22:14:03 +0000"),
        compile_regex=timed_pattern,
    )


async def run_script(script: Script, play: Play, port: int, ca_file: Path | None) -> ScriptResult:
    """Run an example that was read against a server on loopback."""
    options = ConnectOptions(family=4, verify=True, ca_file=str(ca_file) if ca_file else None)
    settings = settings_of(script.name, play, port)
    return await Runner(Client(options), script, settings).run()


async def run_example(name: str, play: Play, port: int, ca_file: Path | None) -> ScriptResult:
    """Run an example against a server on loopback."""
    return await run_script(script_of(name, play), play, port, ca_file)


async def practised(
    name: str, server: PracticeServer, script: Script | None = None, play: Play | None = None
) -> ScriptResult:
    """Run an example, or a changed one, against the practice server."""
    play = play or PRACTICE[name]
    script = script or script_of(name, play)
    return await run_script(script, play, getattr(server, play.port), server.ca_file)
