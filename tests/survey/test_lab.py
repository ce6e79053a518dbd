"""A survey of the whole lab: its verdicts are those of `starttls -i`, its addresses asked once."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.servers.mail_world import MailWorld
from tests.starttls.world import CHANGING

WHO = ("--client", "scan.lab.example", "--contact", "abuse@lab.example")


def surveyed(
    world: MailWorld, listed: Path, folder: Path, *more: str
) -> subprocess.CompletedProcess[str]:
    words = ("survey", str(listed), "-o", str(folder), *WHO, "--no-progress", "--debug", *more)
    return command(world, *words)


def command(world: MailWorld, *words: str) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).with_name("smtpprobe")
    trusting = {"SSL_CERT_FILE": str(world.ca_file)}
    return world.network.run(program, *words, env=trusting, within=280)


@pytest.fixture(scope="module")
def domains(mail_network: MailWorld) -> list[str]:
    """Some of every kind, but for servers that answer late or not at all."""
    kinds = (".certs.test", ".dane.test", ".plain.test", "example.org")
    names = [name for name in mail_network.domains if name.endswith(kinds) and name not in CHANGING]
    return names[::4]  # two connections to one address are half a second apart


@pytest.fixture(scope="module")
def listed(domains: list[str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("survey") / "domains.txt"
    file.write_text("".join(f"{name}\n" for name in domains))
    return file


@pytest.fixture(scope="module")
def results(mail_network: MailWorld, listed: Path) -> Path:
    folder = listed.parent / "results"
    done = surveyed(mail_network, listed, folder)
    assert (done.stderr, done.stdout, done.returncode) == ("", "", 0)
    return folder


def rows(folder: Path, query: str) -> list[tuple[Any, ...]]:
    with duckdb.connect() as base:
        return base.execute(query.replace("$", str(folder))).fetchall()


def test_every_verdict_is_that_of_a_plain_list(
    mail_network: MailWorld, listed: Path, results: Path
) -> None:
    plain = listed.parent / "plain.jsonl"
    command(
        mail_network,
        *("starttls", "-i", str(listed), "-o", str(plain), "--no-progress"),
        *("--client", "scan.lab.example"),
    )
    wanted = {
        found["seq"]: (found["target"], found["result"], told(found["findings"]))
        for found in map(json.loads, plain.read_text().splitlines())
    }
    found = {
        number: (target, result, told(findings))
        for number, target, result, findings in rows(
            results, "SELECT number, target, result, findings FROM '$/domains/*.parquet'"
        )
    }
    assert found == wanted


def told(findings: list[dict[str, Any]]) -> list[tuple[str, ...]]:
    """Return findings without what a resolver adds to a failed validation the first time only."""
    return [
        (*(one[key] for key in ("id", "level", "host", "ip")), one["message"].partition(" (")[0])
        for one in findings
    ]
