"""The examples for the practice server: each runs green against it, by the client itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from smtpprobe.client import Client, ConnectOptions
from smtpprobe.exits import ExitStatus
from smtpprobe.protocol.target import parse_target
from smtpprobe.sandbox.practice_server import PracticeServer
from smtpprobe.script.language.steps import Script
from smtpprobe.script.parser.parser import parse
from smtpprobe.script.runner.run_settings import RunSettings
from smtpprobe.script.runner.runner import Runner

EXAMPLES = sorted(Path(__file__).parents[3].glob("examples/practice-*.smtp"))


SCRIPTS = [parse(example.read_bytes(), example.name) for example in EXAMPLES]


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
async def test_an_example_passes(script: Script) -> None:
    async with PracticeServer() as server:
        client = Client(ConnectOptions(ca_file=str(server.ca_file)))
        target = parse_target(f"{server.host}:{server.port}")
        result = await Runner(client, script, RunSettings("client.example", target)).run()
    assert result.status is ExitStatus.OK, result


def test_there_are_examples() -> None:
    assert len(EXAMPLES) >= 2
