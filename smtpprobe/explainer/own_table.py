"""The file of the user's own table: where it is, what it holds, and a row added to it."""

from __future__ import annotations

import os
import stat
import sys
import time
from contextlib import contextmanager
from pathlib import Path

from smtpprobe.errors import UsageError
from smtpprobe.knowledge.own.in_force import in_use, use

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from smtpprobe.knowledge.own.read import Table
    from smtpprobe.knowledge.own.rows import OwnRow

FILE = "replies.toml"
"""Its name in the folder of the configuration file."""

CHECK = "smtpprobe explain --check-replies"


LOCK_SECONDS = 2.0
"""How long adding a row waits for another smtpprobe that is adding one."""

Stamp = tuple[int, int, int]


class _InForce:
    """The file in use: its stamp when it was read (None: it was not there), and its rows.

    `usual` is False under --no-config: the table in the folder of the configuration is not for
    this run.
    """

    path: Path | None = None
    stamp: Stamp | None = None
    rows: tuple[OwnRow, ...] = ()
    usual: bool = True


_FILE = _InForce()


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


def _stamp(path: Path) -> Stamp | None:
    """Return what changes when a file does: time of writing, size, inode; None if it is gone."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


def take_up(path: Path) -> None:
    """Use a table from now on, and watch its file.

    Raises:
        UsageError: it cannot be read, or a row is wrong; the previous table stays in force.
    """
    stamp = _stamp(path)  # before reading: a change meanwhile is noticed later
    table = read_file(path)
    if table.errors:
        more = len(table.errors) - 1
        raise UsageError(
            table.errors[0].told(str(path)),
            f"{f'and {more} more; ' if more else ''}to see all: {CHECK} {path}",
        )
    _watch(path, stamp, table.rows)


def _watch(path: Path | None, stamp: Stamp | None, rows: tuple[OwnRow, ...]) -> None:
    use(rows)
    _FILE.path, _FILE.stamp, _FILE.rows = path, stamp, rows


def changed() -> str:
    """Read the table again if its file has changed; return a message, empty if it has not.

    A file that is gone or wrong leaves the rows in use as they are.
    """
    from smtpprobe.knowledge.wording import count  # noqa: PLC0415

    path = _FILE.path
    if path is None or _FILE.rows is not in_use() or (stamp := _stamp(path)) == _FILE.stamp:
        return ""
    _FILE.stamp = stamp
    if stamp is None:
        return f"{path} is gone; its rows stay in use until you leave"
    try:
        take_up(path)
    except UsageError as error:
        return f"{path} has changed, but is not used: {error.message}"
    return f"{path} has changed: {count(len(in_use()), 'row')} in use"


def begin(setting: str, *, usual: bool = True, asked: bool = False) -> tuple[str, ...]:
    """Go by the table of this run; return what is wrong with it, a sentence each.

    `usual` means that the usual file is looked for where the setting is empty. The rows that are
    right are used, but for a table that was `asked` for by an option.

    Raises:
        UsageError: a table that was asked for cannot be used.
    """
    _watch(None, None, ())
    _FILE.usual = usual
    if not setting and not usual:
        return ()
    path = named_path(setting)
    if asked:
        take_up(path)
        return ()
    stamp = _stamp(path)
    _watch(path, stamp, ())
    if not setting and not os.path.lexists(path):
        return ()
    try:
        table = read_file(path)
    except UsageError as error:
        return (error.message,)
    _watch(path, stamp, table.rows)
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


def writable_path(setting: str) -> Path:
    """Return the file that a row is added to.

    Raises:
        UsageError: none is named, and --no-config keeps the usual one out of this run.
    """
    if not setting and not _FILE.usual:
        raise UsageError(
            "--no-config: the table in the configuration folder is not used, so no row was written",
            "name a file: --replies FILE, or :set replies FILE (it may be empty)",
        )
    return named_path(setting)


def add_row(path: Path, row: str) -> int:
    """Append a row to a table, and use it; a new file is readable by its owner only.

    Returns the line at which the row begins. The file is locked and read again first, so that two
    prompts that add rows at the same time lose none.

    Raises:
        UsageError: the file is there but wrong, or cannot be written; it is as it was.
    """
    from smtpprobe.atomic_file import atomic_write  # noqa: PLC0415 - heavy, and only for this

    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise UsageError(f"cannot write {path}: {error.strerror}") from None
    with _alone(path):
        octets = _octets(path) if os.path.lexists(path) else b""
        if octets:
            take_up(path)
        ended = octets if not octets or octets.endswith(b"\n") else octets + b"\n"
        before = ended + b"\n" if ended.strip() else ended
        new = before + row.encode()
        table = _table(path, new)
        if table.errors:
            raise UsageError(f"no row was written: {table.errors[0].message}")
        atomic_write(str(path), new, private=True)
        take_up(path)
    return before.count(b"\n") + 1


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Hold the lock for adding rows: on the folder, as the file itself is replaced.

    A system or file system without such locks goes without.

    Raises:
        UsageError: another program holds it for LOCK_SECONDS.
    """
    try:
        import fcntl  # noqa: PLC0415 - not on every system
    except ImportError:
        yield
        return
    folder = os.open(Path(os.path.realpath(path)).parent, os.O_RDONLY)
    try:
        until = time.monotonic() + LOCK_SECONDS
        while True:
            try:
                fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > until:
                    raise UsageError(
                        f"another program is writing to {path.parent}; no row was written",
                        "repeat :explain --teach",
                    ) from None
                time.sleep(0.02)
            except OSError:
                break
        yield
    finally:
        os.close(folder)
