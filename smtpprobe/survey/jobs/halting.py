"""Jobs of this process that can be told to come to an end, with what they have by then."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

_UNDER_WAY = set[Callable[[], None]]()


@contextmanager
def haltable(halt: Callable[[], None]) -> Iterator[None]:
    """Have `halt` called, from another thread, if the process is told to end during the block."""
    _UNDER_WAY.add(halt)
    try:
        yield
    finally:
        _UNDER_WAY.discard(halt)


def halt_all() -> None:
    """Tell all jobs of this process that can be told."""
    for halt in tuple(_UNDER_WAY):
        halt()
