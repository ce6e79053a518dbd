"""`smtpprobe import`: reads a dialogue of another tool, writes the script that it is."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping

from smtpprobe.errors import ScriptError
from smtpprobe.exits import ExitStatus
from smtpprobe.script.bounded_read import spoken_name, whole_octets
from smtpprobe.script.importers.exim import import_exim
from smtpprobe.script.importers.swaks import import_swaks
from smtpprobe.script.importers.telnet import import_telnet
from smtpprobe.script.importers.writer import Imported
from smtpprobe.script.source import SCRIPT_OCTETS
from smtpprobe.whole_file import atomic_write

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
    name = spoken_name(file)
    read = whole_octets(file, SCRIPT_OCTETS).decode("utf-8", "surrogateescape")
    imported = IMPORTERS[form](read.removeprefix("\ufeff"))
    if imported.empty:
        raise ScriptError(f"{name}: {NOTHING[form]}", "smtpprobe import --help tells the forms")
    octets = imported.text.encode("utf-8", "surrogateescape")
    if output is None:
        sys.stdout.buffer.write(octets)
        sys.stdout.buffer.flush()
    else:
        atomic_write(output, octets, private=True)  # it may hold addresses
    if imported.complete:
        return ExitStatus.OK
    lost = imported.text.count("\n# import: ")
    sys.stderr.write(f'smtpprobe: {name}: {lost} not expressed; see "# import:" in the script\n')
    return ExitStatus.CHECK_FAILED
