"""Writes files atomically: a reader sees the old content or the new, never half of it."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from smtpprobe.errors import NotKept, UsageError
from smtpprobe.protocol.utf8 import utf8_text


def check_writable(path: str, option: str = "--output") -> None:
    """See before a run that what an option names can be written.

    Raises:
        UsageError: it cannot; the text says why.
    """
    file = Path(path)
    if file.is_dir():
        raise UsageError(f"{option}: {path} is a directory")
    if file.exists() and not file.is_file():
        return  # a pipe or a device
    folder = Path(os.path.realpath(path)).parent
    if not folder.is_dir():
        raise UsageError(f"{option}: no such directory: {folder}")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise UsageError(f"{option}: cannot write to {folder}")


def same_file(*named: tuple[str, str | None]) -> None:
    """See that no two options name one file; each is given with what it names.

    Raises:
        UsageError: two do, and one would overwrite the other.
    """
    seen: dict[str, str] = {}
    for option, path in named:
        if path is None or path == "-" or (os.path.exists(path) and not os.path.isfile(path)):  # noqa: PTH110, PTH113 - of one stat each
            continue
        other = seen.setdefault(os.path.realpath(path), option)
        if other != option:
            raise UsageError(
                f"{other} and {option} name the same file: {path}", "use a different file for each"
            )


def atomic_write(path: str, text: str | bytes, *, private: bool = False) -> None:
    """Replace a file in one step: its readers never see half of it.

    A file that exists keeps its mode and, where that can be, its owner; a link stays one, and a
    pipe or a device is written as it is. A new one that is `private` is for its owner only.

    Raises:
        UsageError: it cannot be written; the text says why, and the old file is still there.
    """
    octets = text if isinstance(text, bytes) else utf8_text(text).encode()
    try:
        mode = _mode(Path(path), private=private)
        if mode is None:
            Path(path).write_bytes(octets)
        else:
            _replace(Path(os.path.realpath(path)), octets, mode)
    except OSError as error:
        raise UsageError(f"cannot write {path}: {error.strerror or error}") from None


def write_results(files: Iterable[tuple[str, str, str]], *, private: bool = False) -> None:
    """Write what a run has given, path, text and option each; where that fails, keep it elsewhere.

    New files that are `private` are for their owner only.

    Raises:
        NotKept: one is not in its file; the text says why, and where it is.
    """
    troubles: list[str] = []
    for path, text, option in files:
        try:
            atomic_write(path, text, private=private)
        except UsageError as error:
            troubles.append(f"{option}: {error.message}; {kept_elsewhere(path, text)}")
    if troubles:
        raise NotKept(troubles[0], "\n  ".join(troubles[1:]))


def kept_elsewhere(path: str, text: str) -> str:
    """Write text into a file of the folder for temporary ones, else to standard output.

    Returns where it is, as a sentence. The file is for its owner only.
    """
    octets = utf8_text(text).encode()
    name = ""
    try:
        # the name keeps its suffix, and so its type
        number, name = _new_file(prefix="smtpprobe-", suffix=f"-{Path(path).name[-80:]}")
        with os.fdopen(number, "wb") as file:
            file.write(octets)
    except OSError:
        if name:
            with suppress(OSError):
                os.unlink(name)  # noqa: PTH108 - the name is that of mkstemp
        sys.stdout.write(text)
        sys.stdout.flush()
        return "the result is on standard output"
    return f"the result is in {name}"


def _new_file(*, prefix: str, suffix: str, dir: Path | None = None) -> tuple[int, str]:  # noqa: A002 - the name that mkstemp has for it
    """Create a new file, readable by its owner only; return its descriptor and its name."""
    from tempfile import mkstemp  # noqa: PLC0415 - it brings all archivers of Python, and is for results

    return mkstemp(prefix=prefix, suffix=suffix, dir=dir)


def _mode(path: Path, *, private: bool) -> int | None:
    """Return the permissions the file is to have; None where it is no file to be replaced."""
    try:
        found = path.stat().st_mode  # a pipe behind /dev/stdout has no real path
    except FileNotFoundError:
        # the mask can be read only by setting it
        mask = os.umask(0)
        os.umask(mask)
        return 0o600 if private else 0o666 & ~mask
    return stat.S_IMODE(found) if stat.S_ISREG(found) else None


@contextmanager
def written_whole(path: str) -> Iterator[BinaryIO]:
    """Yield a file for what is too long to hold; it takes the place of `path` when all went well.

    A pipe or a device is written as it is. Where something fails the old file is still there.

    Raises:
        NotKept: it cannot be written; the text says why.
    """
    try:
        mode = _mode(Path(path), private=False)
        if mode is None:
            with Path(path).open("wb") as file:
                yield file
            return
        with _replacement(Path(os.path.realpath(path)), mode) as file:
            yield file
    except OSError as error:
        raise NotKept(f"cannot write {path}: {error.strerror or error}") from None


def _replace(target: Path, octets: bytes, mode: int) -> None:
    with _replacement(target, mode) as file:
        file.write(octets)


@contextmanager
def _replacement(target: Path, mode: int) -> Iterator[BinaryIO]:
    """The temporary name ends in no suffix that a collector of `*.prom` would take."""
    number, name = _new_file(prefix=f".{target.name}.", suffix=".new", dir=target.parent)
    try:
        with os.fdopen(number, "wb") as file:
            yield file
            file.flush()
            with suppress(OSError):
                # only root can give a file to another owner
                found = target.stat()
                os.fchown(file.fileno(), found.st_uid, found.st_gid)
            os.fchmod(file.fileno(), mode)
            # else a crash may leave the new name on octets that never reached the disk
            os.fsync(file.fileno())
        os.replace(name, target)  # noqa: PTH105 - the name is that of mkstemp
    # Ctrl-C too leaves no temporary file behind
    except BaseException:
        with suppress(OSError):
            os.unlink(name)  # noqa: PTH108 - the same
        raise
