"""The rows of the user's own table that this run goes by.

Most have no table, and start without what makes one.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from smtpprobe.knowledge.own.rows import OwnRow

_IN_FORCE: list[tuple[OwnRow, ...]] = [()]
"""Set when the run begins, when their file changes, and by `:set replies`."""


def use(rows: tuple[OwnRow, ...]) -> None:
    """Use these rows from now on."""
    _IN_FORCE[0] = rows


def in_use() -> tuple[OwnRow, ...]:
    """Return the rows in use, the very object that `use` was given."""
    return _IN_FORCE[0]
