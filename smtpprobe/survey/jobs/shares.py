"""What a job takes of a process in which others run beside it: its share of the clock and CPU."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock
from time import monotonic, process_time


@dataclass(slots=True, eq=False)
class Share:
    """What a job has taken: seconds on the clock, and of the processor."""

    seconds: float = 0.0
    cpu: float = 0.0


class Shares:
    """Divides all time among the jobs under way in it: their shares add up to what has passed."""

    def __init__(
        self,
        clock: Callable[[], float] = monotonic,
        processor: Callable[[], float] = process_time,
    ) -> None:
        self._clock, self._processor = clock, processor
        self._lock = Lock()
        self._under_way = set[Share]()
        self._at = self._cpu_at = 0.0

    @contextmanager
    def counted(self) -> Iterator[Share]:
        """Yield the share of a job that lasts as long as the block; it is known when that ends."""
        share = Share()
        with self._lock:
            self._divide()
            self._under_way.add(share)
        try:
            yield share
        finally:
            with self._lock:
                self._divide()
                self._under_way.discard(share)

    def _divide(self) -> None:
        """Give everybody under way an equal part of what has passed since the last time."""
        now, cpu = self._clock(), self._processor()
        for share in self._under_way:
            share.seconds += (now - self._at) / len(self._under_way)
            share.cpu += (cpu - self._cpu_at) / len(self._under_way)
        self._at, self._cpu_at = now, cpu
