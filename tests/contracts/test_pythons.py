"""Which Python is taken, and what is said where there is none to take."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.contracts.lock import REPOSITORY


def ran(*command: str, **settings: str) -> tuple[int, str]:
    """Run a command of the repository; return its status and what it said."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFL"))
    }
    kept |= {"CI": "", **settings}
    done = subprocess.run(
        command,
        cwd=REPOSITORY,
        env=kept,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout


def pretended(folder: Path, answer: str) -> str:
    """Write a program that a Python is asked by `-c`, and that answers always the same."""
    program = folder / "python3"
    program.write_text(f"#!/bin/sh\n{answer}\n")
    program.chmod(0o755)
    return str(program)


def test_a_python_that_is_named_is_taken() -> None:
    assert ran(".ci/python", PYTHON=sys.executable) == (0, f"{sys.executable}\n")


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("exit 127", "does not run"),
        ("case $2 in *print*) echo 3.9 ;; *) exit 1 ;; esac", "3.11 or newer is needed ("),
        ("case $2 in *print*) echo 3.12 ;; *ensurepip*) exit 1 ;; esac", "3.12 has no venv module"),
    ],
    ids=["a shim that leads nowhere", "too old", "without venv"],
)
def test_a_python_that_cannot_be_taken_is_told_why(tmp_path: Path, answer: str, said: str) -> None:
    status, text = ran(".ci/python", PYTHON=pretended(tmp_path, answer))
    assert status == 1
    assert said in text


def test_a_python_that_is_not_there_is_told() -> None:
    assert ran(".ci/python", PYTHON="python3.1") == (1, "there is no python3.1\n")


@pytest.mark.parametrize(("ci", "status"), [("", 0), ("true", 2)])
def test_without_any_python_nothing_is_tested_and_that_is_said(ci: str, status: int) -> None:
    command = ("make", "test-pythons", "PYTHONS=python3.1 python3.2")
    found, text = ran(*command, CI=ci)
    assert found == status
    assert "python3.2: not tested: there is no python3.2\n" in text
    assert "nothing tested: none of python3.1 python3.2 is on this machine" in text
