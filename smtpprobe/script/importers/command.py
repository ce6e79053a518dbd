"""`smtpprobe import`: reads a dialogue of another tool, writes the script that it is."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from smtpprobe.errors import ScriptError, UsageError
from smtpprobe.exits import ExitStatus
from smtpprobe.script.bounded_read import STANDARD_INPUT, octets_at_most
from smtpprobe.script.importers.exim import import_exim
from smtpprobe.script.importers.swaks import import_swaks
from smtpprobe.script.importers.telnet import import_telnet
from smtpprobe.script.importers.writer import Imported
from smtpprobe.script.source import SCRIPT_OCTETS

IMPORTERS: Mapping[str, Callable[[str], Imported]] = {
    "telnet": import_telnet,
    "swaks": import_swaks,
    "exim": import_exim,
}
NOTHING = {
    "telnet": "no reply of a server and no command is in it",
    "swaks": 'no line begins with "<-" or " ->"',
    "exim": 'no line is sent or read ("???")',
}


def run_import(form: str, file: str, output: str | None) -> int:
    """Import a file (`-`: standard input) to a file or standard output; return the exit code.

    Raises:
        ScriptError: the file cannot be read, is too large or holds no such dialogue.
        UsageError: the script cannot be written.
    """
    name = "standard input" if file == STANDARD_INPUT else file
    imported = IMPORTERS[form](_text(file, name))
    if imported.empty:
        raise ScriptError(f"{name}: {NOTHING[form]}", "smtpprobe import --help tells the forms")
    octets = imported.text.encode("utf-8", "surrogateescape")
    if output is None:
        sys.stdout.buffer.write(octets)
        sys.stdout.buffer.flush()
    else:
        _write(Path(output), octets)
    if imported.complete:
        return ExitStatus.OK
    lost = imported.text.count("\n# import: ")
    sys.stderr.write(f'smtpprobe: {name}: {lost} not expressed; see "# import:" in the script\n')
    return ExitStatus.CHECK_FAILED


def _text(file: str, name: str) -> str:
    try:
        octets = octets_at_most(file, SCRIPT_OCTETS + 1)
    except OSError as error:
        raise ScriptError(f"cannot read {name}: {error.strerror}") from None
    if len(octets) > SCRIPT_OCTETS:
        raise ScriptError(f"{name} is larger than {SCRIPT_OCTETS // 1024**2} MiB")
    return octets.decode("utf-8", "surrogateescape").removeprefix("\ufeff")


def _write(path: Path, octets: bytes) -> None:
    """Write the whole file or none of it; it may hold addresses, so it is for its owner only."""
    try:
        descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(descriptor, "wb") as file:
            file.write(octets)
        Path(temporary).replace(path)
    except OSError as error:
        raise UsageError(f"cannot write {path}: {error.strerror}") from None
