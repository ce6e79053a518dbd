"""What starting the program may load: `--help` and `explain TEXT` answer before anything heavy."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = frozenset(
    {
        *("asyncio", "ssl", "socket", "aiosmtplib", "dns", "cryptography", "OpenSSL", "trustme"),
        *("prompt_toolkit", "pygments", "platformdirs", "idna", "h11", "importlib.metadata"),
    }
)

NOT_FOR_ONE_REPLY = frozenset(
    {"dataclasses", "inspect", "argparse", "json", "pathlib", "logging", "typing"}
)
"""`explain TEXT` costs little more than the tables: its records are named tuples of our making."""


def loaded(*arguments: str) -> set[str]:
    """Return the modules a run of Python imports, and fail unless it ends well."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", *arguments],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    lines = (line for line in done.stderr.splitlines() if line.startswith("import time:"))
    return {line.rpartition("|")[2].strip() for line in lines}


@pytest.fixture(scope="module")
def bare() -> set[str]:
    """What Python itself loads here, as tools in site-packages may load things at every start."""
    return loaded("-c", "pass")


def test_nothing_heavy_is_loaded_for_the_help(bare: set[str]) -> None:
    modules = loaded("-m", "smtpprobe", "--help") - bare
    assert "smtpprobe.cli.main" in modules
    assert modules & (HEAVY | {"argparse", "typing"}) == set()  # a third of such a start, a quarter


@pytest.mark.parametrize("command", ["send", "starttls", "why", "survey", "explain"])
def test_the_help_of_a_command_loads_no_more_than_the_page(command: str, bare: set[str]) -> None:
    modules = loaded("-m", "smtpprobe", command, "--help") - bare
    assert modules & (HEAVY | {"argparse", "smtpprobe.knowledge.annotate"}) == set()


def test_importing_the_package_loads_nothing_heavy(bare: set[str]) -> None:
    modules = loaded("-c", "import smtpprobe") - bare
    assert "smtpprobe" in modules
    assert modules & HEAVY == set()


def test_a_prompt_opens_before_what_a_connection_needs_is_loaded(bare: set[str]) -> None:
    modules = loaded("-c", "import smtpprobe.repl.run") - bare
    assert "smtpprobe.client" in modules
    # an annotation of `net.Wire` that is evaluated would do
    assert modules & {"aiosmtplib", "dns", "cryptography", "OpenSSL", "h11", "idna"} == set()
    assert "smtpprobe.knowledge.annotate" not in modules  # it comes with the first reply


@pytest.mark.parametrize("text", ["550 5.1.1 x", "250 ok", "451 4.7.1 Greylisted"])
def test_one_reply_is_explained_without(text: str, bare: set[str]) -> None:
    modules = loaded("-m", "smtpprobe", "explain", text) - bare
    assert "smtpprobe.knowledge.rules.order" in modules
    assert modules & (HEAVY | NOT_FOR_ONE_REPLY) == set()


def test_help_about_a_check_is_without_typing(bare: set[str]) -> None:
    modules = loaded("-m", "smtpprobe", "starttls", "--help") - bare
    assert "smtpprobe.cli.starttls_parser" in modules
    assert modules & (HEAVY | {"typing"}) == set()


def test_a_heavy_module_would_be_seen(bare: set[str]) -> None:
    assert {"asyncio", "ssl"} <= loaded("-c", "import asyncio") - bare
