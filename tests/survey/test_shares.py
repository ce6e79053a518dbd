"""What jobs that run side by side have taken adds up to what has passed."""

from __future__ import annotations

from smtpprobe.survey.jobs.shares import Shares


class Clock:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.at = 0.0

    def __call__(self) -> float:
        return self.at


def test_jobs_at_a_time_share_the_time_and_one_alone_has_all_of_it() -> None:
    clock, processor = Clock(), Clock()
    shares = Shares(clock, processor)
    clock.at = 100.0  # nothing runs
    with shares.counted() as long:
        clock.at, processor.at = 104.0, 1.0
        with shares.counted() as short:
            clock.at, processor.at = 110.0, 2.0
        clock.at = 111.0
    clock.at = 200.0
    with shares.counted() as later:
        clock.at = 202.0
    assert (long.seconds, short.seconds, later.seconds) == (4 + 3 + 1, 3, 2)
    assert (long.cpu, short.cpu, later.cpu) == (1.5, 0.5, 0.0)
