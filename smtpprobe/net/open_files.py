"""How many connections fit under the system's limit on open files."""

from __future__ import annotations

import resource
from contextlib import suppress

from smtpprobe.named_tuple import NamedTuple

SPARE = 24
"""Files open beside those of the jobs: streams, event loop, lists, reports, modules read."""

QUESTIONS = 64
"""Parallel DNS queries, at most; each has a socket."""

FEWEST_QUESTIONS = 4


class Fit(NamedTuple):
    """What fits under the limit on open files: jobs, and questions to DNS, at a time."""

    jobs: int
    questions: int
    limit: int

    def remark(self, asked: int) -> str:
        """Return the message for it; empty where all the requested jobs fit."""
        if self.jobs >= asked:
            return ""
        return (
            f"--jobs {asked}: reduced to {self.jobs}, as at most {self.limit} files "
            "may be open (ulimit -n)"
        )


def fitting(jobs: int, each: int) -> Fit:
    """Return how many of the jobs, with `each` files open, fit; raises the soft limit."""
    limit = _raised(SPARE + QUESTIONS + jobs * each)
    room = max(0, limit - SPARE)
    questions = min(QUESTIONS, max(FEWEST_QUESTIONS, room // 3))
    return Fit(max(1, min(jobs, (room - questions) // each)), questions, limit)


def _raised(needed: int) -> int:
    """Return the limit on open files, raised to what is needed as far as that is allowed."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft == resource.RLIM_INFINITY or soft >= needed:
        return needed if soft == resource.RLIM_INFINITY else soft
    wanted = needed if hard == resource.RLIM_INFINITY else min(hard, needed)
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
        return wanted
    return soft
