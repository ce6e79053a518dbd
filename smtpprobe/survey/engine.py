"""Carries jobs to workers, by Dask: a cluster of its own on this machine, or one that runs already.

Dask is told to try nothing twice: how often a job may be begun is decided here (`results.py`), as
others are contacted each time.
"""

from __future__ import annotations

import logging
import signal
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, nullcontext, suppress
from dataclasses import dataclass
from datetime import datetime
from multiprocessing import resource_tracker
from threading import Thread
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

import dask
from distributed import Client, LocalCluster, as_completed, get_worker, wait
from distributed.client import ClosedClientError
from distributed.scheduler import KilledWorker

from smtpprobe import __version__
from smtpprobe.errors import ProbeError, UsageError
from smtpprobe.exits import ExitStatus
from smtpprobe.net.clock import now
from smtpprobe.policy.addresses import is_loopback
from smtpprobe.survey.jobs.halting import halt_all
from smtpprobe.survey.stopping import Stopping

CLOCK_SECONDS = 5.0
"""How much a worker's clock may differ: its times are in the results, and judge certificates."""

WORKER_SECONDS = 60
"""How long the first worker may take to come."""

CONFIG = {
    "distributed.scheduler.allowed-failures": 0,
    "distributed.scheduler.worker-saturation": 1.0,
    "distributed.worker.daemon": True,
    # nobody looks at what follows, and it costs the scheduler and each worker CPU time all along
    "distributed.worker.profile.enabled": False,
    "distributed.admin.system-monitor.gil.enabled": False,
    "distributed.admin.system-monitor.disk": False,
    "distributed.admin.system-monitor.interval": "10s",
    "distributed.admin.tick.interval": "1s",
    "distributed.scheduler.active-memory-manager.start": False,
    "distributed.scheduler.work-stealing": False,
    "distributed.scheduler.http.routes": [],
    "distributed.worker.http.routes": [],
    "distributed.worker.memory.monitor-interval": "1s",
    "distributed.client.scheduler-info-interval": "10s",
    "distributed.diagnostics.nvml": False,
    "distributed.admin.low-level-log-length": 100,
}


class ClusterGone(ProbeError):  # noqa: N818 - names the outcome as the field does
    """The scheduler of the cluster has ended, or cannot be reached any more."""

    status = ExitStatus.CANNOT_TELL

    def __init__(self) -> None:
        super().__init__(
            "the survey stopped: the scheduler of the cluster cannot be reached any more",
            "nothing that is finished is lost; when it runs again, continue with --resume",
        )


@dataclass(frozen=True, slots=True)
class Where:
    """The cluster: its address, None for one of `workers` processes on this machine.

    `insecure` allows one beyond loopback without TLS.
    """

    address: str | None = None
    workers: int = 2
    insecure: bool = False


@dataclass(frozen=True, slots=True)
class Finished:
    """A job that came back under its token: what its work returned, or why it did not."""

    token: Any
    returned: Any = None
    lost: str = ""


TOPIC = "smtpprobe"
"""The events of Dask by which workers tell how far their jobs are."""

OFTEN = 1.0
"""Seconds between two of a job."""


def telling(key: str, work: Callable[..., Any], *given: Any) -> Any:
    """Do the work of a job, in a worker; it tells how many rows it has."""
    worker, due = get_worker(), 0.0

    def tell(rows: int) -> None:
        nonlocal due
        if monotonic() >= due:
            due = monotonic() + OFTEN
            worker.log_event(TOPIC, (key, rows))

    return work(*given, tell)


OVERLAP = 4
"""Jobs that a worker does at a time where they wait for others: none waits for one of them."""


class Engine:
    """Jobs under way, on some `workers`; `waits` of those that wait for others begin at once.

    `is_local` means that the workers are processes of this machine, and have its files.
    """

    def __init__(self, client: Client, workers: int, waits: int, *, is_local: bool) -> None:
        self.workers, self.waits, self.is_local = workers, waits, is_local
        self.told: Callable[[Any, int], None] = lambda _token, _rows: None
        """Told the token of a job and how many rows it has by now, in another thread."""
        self._client = client
        self._running: dict[Any, Any] = {}
        client.subscribe_topic(TOPIC, self._heard)
        self._done = as_completed(with_results=False)
        self._count = 0

    def free(self, slots: int) -> bool:
        """Return whether one more job may begin where so many may run at a time."""
        return len(self._running) < slots

    @property
    def idle(self) -> bool:
        """Whether nothing runs."""
        return not self._running

    def begin(self, token: Any, work: Callable[..., Any], *given: Any) -> None:
        """Begin a job; it is finished under its token.

        After what it is given the work gets what it can tell how many rows it has.

        Raises:
            ClusterGone: there is nobody to do it.
        """
        self._count += 1
        key = f"smtpprobe-{id(self)}-{self._count}"
        try:
            future = self._client.submit(telling, key, work, *given, pure=False, retries=0, key=key)
        except ClosedClientError:
            raise ClusterGone from None
        self._running[future] = token
        self._done.add(future)

    def wait(self) -> Finished:
        """Return the next job that finishes.

        Raises:
            ClusterGone: none will.
        """
        future = next(self._done)
        while future not in self._running:  # it was told to end
            future = next(self._done)
        if self._client.status in ("closing", "closed"):  # all jobs look as if they had failed
            raise ClusterGone
        return self._ended(future)

    def halt(self, seconds: float) -> None:
        """Tell the jobs under way to end with what they have, and wait for that some seconds."""
        if self.idle:
            return
        # a worker that hangs would answer nothing, and Dask waits for it
        telling = Thread(target=self._tell_to_end, daemon=True)
        telling.start()
        with suppress(TimeoutError):
            wait(list(self._running), timeout=seconds, return_when="ALL_COMPLETED")

    def ended(self) -> Iterator[Finished]:
        """Yield the jobs that have ended by now."""
        with suppress(ClusterGone):
            for future in [each for each in self._running if each.done()]:
                yield self._ended(future)

    def _heard(self, event: tuple[float, Any]) -> None:
        key, rows = event[1]
        for future, token in self._running.copy().items():
            if future.key == key:
                self.told(token, rows)

    def _tell_to_end(self) -> None:
        with suppress(OSError):
            self._client.run(halt_all)

    def _ended(self, future: Any) -> Finished:
        token = self._running.pop(future)
        if future.status == "finished":
            return Finished(token, future.result())
        if future.status in ("cancelled", "lost"):  # Dask does so where it has no scheduler
            raise ClusterGone
        if isinstance(future.exception(), KilledWorker):
            return Finished(token, lost="its worker ended before it did")
        error = future.exception()
        return Finished(token, lost=f"{type(error).__name__}: {error}")


@contextmanager
def opened(where: Where, stopping: Stopping | None = None) -> Iterator[Engine]:
    """Yield an engine for the block; its processes are begun and ended undisturbed.

    Raises:
        UsageError: there is no such cluster, it is not secure, or its workers are not fit.
    """
    stopping = stopping or Stopping()
    with ExitStack() as stack:
        stack.enter_context(dask.config.set(CONFIG))
        # one that runs elsewhere may not answer for long, and has no processes of ours
        with stopping.held() if where.address is None else nullcontext():
            client = stack.enter_context(_client(where, stack))
        stack.callback(stopping.end)
        threads = _fit(client)
        waits = sum(min(OVERLAP, each) for each in threads)
        yield Engine(client, len(threads), waits, is_local=where.address is None)


def _client(where: Where, stack: ExitStack) -> Client:
    if where.address is None:
        with _deaf_children():
            cluster = LocalCluster(
                n_workers=where.workers,
                threads_per_worker=OVERLAP,
                processes=True,
                dashboard_address=None,
                # without one Dask takes port 8787 for its metrics, and warns where it is taken
                scheduler_kwargs={"dashboard_address": "127.0.0.1:0"},
                host="127.0.0.1",
                # what becomes of a worker is told by what becomes of its job
                silence_logs=logging.CRITICAL,
            )
        return Client(stack.enter_context(cluster))
    check_address(where)
    # what becomes of the scheduler is told by what becomes of the jobs; Dask would add tracebacks
    for name in ("distributed", "distributed.client", "tornado.application"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    try:
        return Client(where.address, timeout=30)
    except (OSError, TimeoutError, ValueError) as error:
        raise UsageError(
            f"--cluster {where.address}: {error}", "see that the scheduler runs there"
        ) from error


@contextmanager
def _deaf_children() -> Iterator[None]:
    """What begins in this block, and what that begins, never hears the signals of a terminal.

    Ctrl-C goes to all processes in the foreground; it is for this one to end its workers. Threads
    and processes inherit what is blocked. Python's own helper unblocks it again when it begins, so
    it is there before.
    """
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT, signal.SIGHUP))
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def check_address(where: Where) -> None:
    """See that jobs and results cannot be read or forged on their way.

    Raises:
        UsageError: the cluster is beyond loopback, without TLS, and that is not accepted.
    """
    address = where.address or ""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        parts, host = urlsplit(""), ""
    if parts.scheme not in ("tcp", "tls") or not host:
        raise UsageError(
            f"--cluster {address}: not the address of a Dask scheduler",
            "for example tls://scheduler.example.org:8786",
        )
    if parts.scheme == "tls" or where.insecure or is_loopback(host) or host == "localhost":
        return
    raise UsageError(
        f"--cluster {address}: whoever can reach it can run code on its workers",
        "use tls:// with certificates (Dask's settings), or --insecure-cluster",
    )


def _fit(client: Client) -> list[int]:
    """Return how many jobs each worker does at a time.

    Raises:
        UsageError: there is no worker, or one has another version or time than this machine.
    """

    def never_twice(dask_scheduler: Any) -> None:
        dask_scheduler.allowed_failures = 0

    try:
        client.wait_for_workers(1, timeout=WORKER_SECONDS)
    except TimeoutError:
        raise UsageError("the cluster has no workers", "start some: dask worker ADDRESS") from None
    client.run_on_scheduler(never_twice)
    asked = now()
    for worker, (version, there) in client.run(introduced).items():
        early, late = (asked - there).total_seconds(), (there - now()).total_seconds()
        if version != __version__:
            raise UsageError(
                f"the worker {worker} has smtpprobe {version}, this is {__version__}",
                "install the same version on all",
            )
        if max(early, late) > CLOCK_SECONDS:
            raise UsageError(
                f"the clock of the worker {worker} differs by {max(early, late):.0f} s",
                "synchronise the clocks; times and certificates would be judged wrongly",
            )
    return list(client.nthreads().values())


def introduced() -> tuple[str, datetime]:
    """Return the version of smtpprobe in a worker, and the time there."""
    return __version__, now()
