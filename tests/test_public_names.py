"""The package's Python interface: every name resolves, and importing it costs nothing."""

from __future__ import annotations

import subprocess
import sys

import pytest

import smtpprobe


@pytest.mark.parametrize("name", dir(smtpprobe))
def test_every_public_name_resolves_and_is_documented(name: str) -> None:
    found = getattr(smtpprobe, name)
    assert isinstance(found, str) or found.__doc__


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError):
        _ = smtpprobe.Nothing


def test_importing_the_package_loads_none_of_its_modules() -> None:
    code = "import sys, smtpprobe; print([m for m in sys.modules if m.startswith('smtpprobe.')])"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout == "[]\n"


async def test_a_session_in_a_few_lines_of_python() -> None:
    from smtpprobe.sandbox.practice_server import PracticeServer  # noqa: PLC0415 - as a user would

    async with PracticeServer() as server:
        client = smtpprobe.Client(smtpprobe.ConnectOptions())
        await client.open(smtpprobe.parse_target(f"127.0.0.1:{server.port}"))
        assert client.last is not None
        assert smtpprobe.annotate(client.last).meaning.startswith("ready")
        await client.close()
