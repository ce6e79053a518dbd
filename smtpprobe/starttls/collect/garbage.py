"""How often cyclic garbage is looked for: a check makes many objects, and leaves few cycles."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

THRESHOLDS = (10_000, 20, 20)


def collect_rarely() -> None:
    """Exempt what is loaded by now, and look less often from now on."""
    gc.freeze()
    gc.set_threshold(*THRESHOLDS)


@contextmanager
def collected_rarely() -> Iterator[None]:
    """Look less often during the block, in a process that is not only ours."""
    before = gc.get_threshold()
    gc.set_threshold(*THRESHOLDS)
    try:
        yield
    finally:
        gc.set_threshold(*before)
