"""Finds and reads script files; all are parsed before anything is connected."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from smtpprobe.errors import ScriptError
from smtpprobe.script.language import parse
from smtpprobe.script.problem import ScriptProblems
from smtpprobe.script.source import SCRIPT_OCTETS
from smtpprobe.script.steps import Local, Script, acts

STANDARD_INPUT = "-"


def load_scripts(files: Sequence[str]) -> list[Script | ScriptError]:
    """Return each script, or what is wrong with it; `-` is standard input, a folder its scripts."""
    found: list[Script | ScriptError] = []
    for file in files:
        if file != STANDARD_INPUT and Path(file).is_dir():
            paths = sorted(Path(file).glob("**/*.smtp"))
            found += [_loaded(str(path)) for path in paths]
            if not paths:
                found.append(ScriptError(f"no scripts in {file}", "looked for **/*.smtp"))
        else:
            found.append(_loaded(file))
    return found


def needs_target(script: Script) -> bool:
    """Tell whether the script says nowhere whom it connects to first."""
    first = next((step for step in script.steps if acts(step)), None)
    if first is None:
        return False
    return not (isinstance(first, Local) and first.name == "connect" and first.argument)


def secrets_of(script: Script) -> list[str]:
    """Return the names of the secrets that a script declares."""
    return [
        step.argument for step in script.steps if isinstance(step, Local) and step.name == "secret"
    ]


def _loaded(file: str) -> Script | ScriptError:
    name = "standard input" if file == STANDARD_INPUT else file
    try:
        octets = _octets(file)
    except OSError as error:
        return ScriptError(f"cannot read {name}: {error.strerror}")
    try:
        return parse(octets, name)
    except ScriptProblems as problems:
        return problems


def _octets(file: str) -> bytes:
    """Return the file's octets, one more than is allowed at most."""
    if file == STANDARD_INPUT:
        return sys.stdin.buffer.read(SCRIPT_OCTETS + 1)
    with Path(file).open("rb") as opened:
        return opened.read(SCRIPT_OCTETS + 1)
