"""`smtpprobe import`: reads a dialogue of another tool, writes the script that it is."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from smtpprobe.atomic_file import atomic_write
from smtpprobe.errors import ScriptError
from smtpprobe.exits import ExitStatus
from smtpprobe.present.escape import escaped
from smtpprobe.script.importers.exim import import_exim
from smtpprobe.script.importers.swaks import import_swaks
from smtpprobe.script.importers.telnet import import_telnet
from smtpprobe.script.importers.writer import Imported, Trouble
from smtpprobe.script.input_file import STANDARD_INPUT, spoken_name, whole_octets
from smtpprobe.script.parser.source import SCRIPT_OCTETS

IMPORTERS: Mapping[str, Callable[[str], Imported]] = {
    "telnet": import_telnet,
    "swaks": import_swaks,
    "exim": import_exim,
}
NOTHING = {
    "telnet": "it contains neither server replies nor commands",
    "swaks": 'no line starts with "<-" or " ->"',
    "exim": 'no line is sent or read ("???")',
}

_SHOWN = 20
"""How many inexpressible things are listed one by one."""


def run_import(words: argparse.Namespace) -> int:
    """Import a file (`-`: standard input) to a file or standard output; return the exit code.

    Raises:
        ScriptError: the file cannot be read, is too large or holds no such dialogue.
        UsageError: the script cannot be written.
    """
    form, file, output = words.form, words.file, words.output
    if form == "swaks-command":
        return _import_command(file, output)
    name = spoken_name(file)
    read = whole_octets(file, SCRIPT_OCTETS).decode("utf-8", "surrogateescape")
    importer = IMPORTERS[form]
    if form == "exim":
        importer = partial(import_exim, part=NamedFiles(file, SCRIPT_OCTETS))
    imported = importer(read.removeprefix("\ufeff"))
    if imported.empty:
        raise ScriptError(f"{name}: {NOTHING[form]}", "for the formats see smtpprobe import --help")
    octets = imported.text.encode("utf-8", "surrogateescape")
    if output is None:
        sys.stdout.buffer.write(octets)
        sys.stdout.buffer.flush()
    else:
        atomic_write(output, octets, private=True)  # it may hold addresses
    if imported.complete:
        return ExitStatus.OK
    sys.stderr.write("".join(f"smtpprobe: {line}\n" for line in _told(name, imported.troubles)))
    return ExitStatus.CHECK_FAILED


def _import_command(given: str, output: str | None) -> int:
    """Write the `send` line for a command line of swaks; `-` reads it from standard input."""
    from smtpprobe.script.importers.swaks_command import translated  # noqa: PLC0415 - few need it

    text = given
    if given == STANDARD_INPUT:
        text = whole_octets(given, SCRIPT_OCTETS).decode("utf-8", "surrogateescape").strip()
    found = translated(text)
    if output is None:
        sys.stdout.write(f"{found.line}\n")
    else:
        octets = f"#!/bin/sh\n{found.line}\n".encode("utf-8", "surrogateescape")
        atomic_write(output, octets, private=True)
    sys.stderr.write("".join(f"smtpprobe: {escaped(one)}\n" for one in found.troubles))
    return ExitStatus.CHECK_FAILED if found.troubles else ExitStatus.OK


def _told(name: str, troubles: Sequence[Trouble]) -> Iterator[str]:
    """Return a line for each thing that could not be expressed: its place, and why."""
    for why, line, file in troubles[:_SHOWN]:
        place = f"{file or name}:{line}" if line else name
        yield f"{place}: {escaped(why)}"
    if len(troubles) > _SHOWN:
        yield f"{name}: ... and {len(troubles) - _SHOWN} more"
    yield f'{name}: {len(troubles)} could not be expressed; see "# import:" in the script'


class NamedFiles:
    """Reads the files that a dialogue in `file` names; all of them may have `limit` octets.

    The tool looks from the folder it is started in; so that is first, then the folder of the
    dialogue and those above it. Exim's test runner puts the folder in the place of `DIR`, and the
    name of the test in that of `TESTNUM`.
    """

    def __init__(self, file: str, limit: int) -> None:
        beside = () if file == STANDARD_INPUT else Path(file).absolute().parents
        self._folders = (Path(), *beside)
        self._number = Path(file).stem
        self._left = limit

    def __call__(self, name: str) -> str:
        """Return the text of a file.

        Raises:
            ScriptError: it cannot be read, or is too much.
        """
        put_in = name.removeprefix("DIR/").replace("TESTNUM", self._number)
        paths = [folder / one for folder in self._folders for one in (name, put_in)]
        path = next((path for path in paths if path.is_file()), None)
        if path is None:
            raise ScriptError(f"no file {name}")
        octets = whole_octets(str(path), self._left)
        self._left -= len(octets)
        return octets.decode("utf-8", "surrogateescape")
