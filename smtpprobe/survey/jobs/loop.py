"""The event loop of a worker: all its jobs run on one, so that each works while others wait.

So the limits of a worker hold for all its jobs together, and they share the answers of DNS.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Hashable
from threading import Lock, Thread
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

Found = TypeVar("Found")

_STARTING = Lock()
_RUNNING: list[asyncio.AbstractEventLoop] = []

_KEPT: WeakKeyDictionary[asyncio.AbstractEventLoop, dict[Hashable, Any]] = WeakKeyDictionary()


def run(work: Coroutine[Any, Any, Found]) -> Found:
    """Return what some work gives, done on the loop of this process beside that of other threads.

    Raises:
        Exception: what the work raises.
    """
    with _STARTING:
        if not _RUNNING:
            _RUNNING.append(asyncio.new_event_loop())
            Thread(target=_RUNNING[0].run_forever, name="jobs", daemon=True).start()
    return asyncio.run_coroutine_threadsafe(work, _RUNNING[0]).result()


def kept(key: Hashable, make: Callable[[], Found]) -> Found:
    """Return what the jobs of the running loop share under a key, made by the first of them."""
    shared = _KEPT.setdefault(asyncio.get_running_loop(), {})
    if key not in shared:
        shared[key] = make()
    found: Found = shared[key]
    return found
