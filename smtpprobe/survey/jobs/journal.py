"""Which addresses a job has asked, and what they showed, written by its worker as it goes.

So it is known also where the worker, or everything, is killed. A file for each time that a job is
begun: first the boot of the machine, then the number of each address just before it is dialled, and
its row once it is there. It outlives the process, but not the machine, where it may lack its end: a
journal of an earlier boot says nothing.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple

from smtpprobe.survey.codec import entries_of, octets_of_entry

Row = dict[str, Any]

_BOOT = Path("/proc/sys/kernel/random/boot_id")


class Noted(NamedTuple):
    """What a journal has: the numbers of those that were asked, and the rows that came of it."""

    asked: frozenset[int]
    rows: tuple[Row, ...]


def _boot() -> str:
    """Return what no other boot of any machine has; nothing where that is not known."""
    with suppress(OSError):
        return _BOOT.read_text().strip()
    return ""


def begin_journal(path: Path) -> None:
    """Begin a journal in which nobody has been asked.

    Raises:
        OSError: there is no room for it.
    """
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(octets_of_entry(_boot()))


@contextmanager
def journal(path: str | None) -> Iterator[Callable[[int | Row], None]]:
    """Yield what notes that an address is about to be asked, or its row.

    Without a path it does nothing.

    Raises:
        OSError: there is no journal, or no room for the next entry.
    """
    if path is None:
        yield lambda _entry: None
        return
    handle = os.open(path, os.O_WRONLY | os.O_APPEND)

    def note(entry: int | Row) -> None:
        octets = octets_of_entry(entry)
        if os.write(handle, octets) < len(octets):
            raise OSError("no room in the journal")

    try:
        yield note
    finally:
        os.close(handle)


def noted(path: Path) -> Noted | None:
    """Return what a journal has; None where that is not known."""
    try:
        entries = entries_of(path.read_bytes())
    except OSError:
        return None
    boot = next(entries, "")
    if not boot or boot != _boot():
        return None
    asked, rows = set[int](), list[Row]()
    for entry in entries:
        match entry:
            case int():
                asked.add(entry)
            case dict():
                rows.append(entry)
            case _:
                return None
    return Noted(frozenset(asked), tuple(rows))
