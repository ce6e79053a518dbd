"""Counts a large log by chunks, on all processors, in the order of the file."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from smtpprobe.explainer.cache import Meanings
from smtpprobe.explainer.formats.log import LogLines
from smtpprobe.explainer.input.chunks import Chunk
from smtpprobe.explainer.input.reader import count_of
from smtpprobe.explainer.report.tally import Tally

if TYPE_CHECKING:
    from concurrent.futures import Future

WORTH_IT = 8
"""From this many chunks on, a second process is worth its start."""


class ChunkCounter:
    """Counts chunks of one log, one after the other."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._log = LogLines()
        self._meanings = Meanings()

    def tally(self, chunk: Chunk) -> Tally:
        """Return the counts of one chunk."""
        tally = Tally(lines=count_of(chunk))
        # looked up once: a chunk has thousands of lines
        read, meaning, add, source = self._log.read, self._meanings.of, tally.add, self._source
        for number, line in enumerate(chunk.octets.split(b"\n"), chunk.number):
            found = read(line, number)
            if found is not None:
                add(found, meaning(found), source)
        tally.used = tally.replies
        return tally


def tallies(chunks: Iterator[Chunk], source: str) -> Iterator[Tally]:
    """Yield the counts of each chunk in order; a long log is counted by several processes."""
    counter = ChunkCounter(source)
    for chunk in islice(chunks, WORTH_IT):
        yield counter.tally(chunk)
    following = next(chunks, None)
    if following is None:
        return
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1
    if processors < 2:
        yield counter.tally(following)
        yield from map(counter.tally, chunks)
        return
    yield from _side_by_side(following, chunks, counter, processors)


def _side_by_side(
    first: Chunk, chunks: Iterator[Chunk], counter: ChunkCounter, processors: int
) -> Iterator[Tally]:
    """Yield the counts of chunks that worker processes count; few chunks are under way at once."""
    import multiprocessing  # noqa: PLC0415 - only for long logs
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415

    pool = ProcessPoolExecutor(
        processors,
        # a forked child has all tables and the cache
        multiprocessing.get_context("fork"),
        initializer=_begin,
        initargs=(counter,),
    )
    waiting: deque[Future[Tally]] = deque([pool.submit(_count, first)])
    try:
        for chunk in chunks:
            waiting.append(pool.submit(_count, chunk))
            if len(waiting) > 3 * processors:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


_COUNTER: list[ChunkCounter] = []
"""The counter of a worker process; it keeps what it has explained from chunk to chunk."""


def _begin(counter: ChunkCounter) -> None:
    """Prepare a worker: Ctrl-C is the parent's business."""
    import signal  # noqa: PLC0415

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _COUNTER[:] = [counter]


def _count(chunk: Chunk) -> Tally:
    return _COUNTER[0].tally(chunk)
