"""The scripts of the folder that an assistant may run, by names below it."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

from smtpprobe.errors import UsageError
from smtpprobe.script.load import lies_in
from smtpprobe.script.parser.source import SUFFIX

MOST_NAMES = 50
"""How many names are told."""


def checked_folder(folder: str) -> Path:
    """Return the folder, with symbolic links followed once and for all.

    Raises:
        UsageError: it is none.
    """
    path = Path(folder)
    if not path.is_dir():
        raise UsageError(f"--scripts {folder}: not a folder", f"a folder with {SUFFIX} files")
    return path.resolve()


def names_in(folder: Path) -> list[str]:
    """Return the names of the scripts in a folder and below it, in order, at most MOST_NAMES."""
    found = (path for path in folder.glob(f"**/*{SUFFIX}") if lies_in(path, folder))
    return sorted(str(path.relative_to(folder)) for path in islice(found, MOST_NAMES))


def script_file(folder: Path, name: str) -> str:
    """Return the file of a script by its name.

    Raises:
        UsageError: there is no such script, or it leads out of the folder.
    """
    path = folder / name
    outside = Path(name).is_absolute() or "\0" in name or not lies_in(path, folder)
    if outside or path.suffix != SUFFIX or not path.is_file():
        names = ", ".join(names_in(folder)) or "none"
        raise UsageError(f"no script {name!r} in the folder of --scripts", f"there: {names}")
    return str(path)
