"""The file of the user's own table: where it is, what it holds, and a row added to it."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

from smtpprobe.atomic_file import atomic_write
from smtpprobe.errors import UsageError
from smtpprobe.knowledge.own.rows import use

TYPE_CHECKING = False
if TYPE_CHECKING:
    from smtpprobe.knowledge.own.read import Table

FILE = "replies.toml"
"""Its name in the folder of the configuration file."""

CHECK = "smtpprobe explain --check-replies"


def usual_path() -> Path:
    """Return where the table is where nothing else is said."""
    from smtpprobe.settings.settings import config_path  # noqa: PLC0415 - slow to find

    return config_path().with_name(FILE)


def named_path(setting: str) -> Path:
    """Return the file that the setting `replies` means; empty means the usual one."""
    return Path(setting).expanduser() if setting else usual_path()


def read_file(path: Path) -> Table:
    """Return what a file holds, with its problems.

    Raises:
        UsageError: it cannot be read, or is too large.
    """
    return _table(path, _octets(path))


def _octets(path: Path) -> bytes:
    from smtpprobe.knowledge.own.read import MOST_OCTETS  # noqa: PLC0415 - only with a table

    try:
        # a pipe would be waited for, and a device has no end
        if not stat.S_ISREG(path.stat().st_mode):
            raise UsageError(f"cannot read {path}: it is not a regular file")
        with path.open("rb") as file:
            octets = file.read(MOST_OCTETS + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise UsageError(f"cannot read {path}: {reason}") from None
    if len(octets) > MOST_OCTETS:
        raise UsageError(f"{path} is too large: at most {MOST_OCTETS // 1024} KiB")
    return octets


def _table(path: Path, octets: bytes) -> Table:
    from smtpprobe.knowledge.own.read import Problem, Table, read_table  # noqa: PLC0415 - as above

    try:
        text = octets.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = octets[: error.start]
        line, column = before.count(b"\n") + 1, error.start - before.rfind(b"\n")
        return Table((), (Problem(line, column, "not valid UTF-8"),))
    return read_table(text.replace("\r\n", "\n"), path.name)


def take_up(path: Path) -> None:
    """Go by a table from now on.

    Raises:
        UsageError: it cannot be read, or a row is wrong; the previous table stays in force.
    """
    table = read_file(path)
    if table.errors:
        more = len(table.errors) - 1
        raise UsageError(
            table.errors[0].told(str(path)),
            f"{f'and {more} more; ' if more else ''}to see all: {CHECK} {path}",
        )
    use(table.rows)


def begin(setting: str, *, usual: bool = True, asked: bool = False) -> tuple[str, ...]:
    """Go by the table of this run; return what is wrong with it, a sentence each.

    `usual` means that the usual file is looked for where the setting is empty. The rows that are
    right are used, but for a table that was `asked` for by an option.

    Raises:
        UsageError: a table that was asked for cannot be used.
    """
    use(())
    if not setting and not usual:
        return ()
    path = named_path(setting)
    if asked:
        take_up(path)
        return ()
    if not setting and not os.path.lexists(path):
        return ()
    try:
        table = read_file(path)
    except UsageError as error:
        return (error.message,)
    use(table.rows)
    return tuple(problem.told(str(path)) for problem in table.problems)


def check(path: Path) -> bool:
    """Print what is wrong with a table; return whether it has no errors.

    Raises:
        UsageError: it cannot be read.
    """
    from smtpprobe.knowledge.wording import count  # noqa: PLC0415 - only for this
    from smtpprobe.present.escape import shown  # noqa: PLC0415

    table = read_file(path)
    for problem in table.problems:
        sys.stdout.write(f"{shown(problem.told(str(path)))}\n")
    sys.stdout.write(f"{shown(str(path))}: {count(len(table.rows), 'usable row')}\n")
    return not table.errors


def add_row(path: Path, row: str) -> int:
    """Add a row behind what a file holds, for its owner alone where it is new; go by it.

    Returns the line at which the row begins.

    Raises:
        UsageError: the file is there but wrong, or cannot be written; it is as it was.
    """
    octets = _octets(path) if os.path.lexists(path) else b""
    if octets:
        take_up(path)
    ended = octets if not octets or octets.endswith(b"\n") else octets + b"\n"
    before = ended + b"\n" if ended.strip() else ended
    new = before + row.encode()
    table = _table(path, new)
    if table.errors:
        raise UsageError(f"no row was written: {table.errors[0].message}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise UsageError(f"cannot write {path}: {error.strerror}") from None
    atomic_write(str(path), new, private=True)
    take_up(path)
    return before.count(b"\n") + 1
