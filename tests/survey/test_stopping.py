"""Ctrl-C and SIGTERM stop a survey once, between what must not be torn."""

from __future__ import annotations

import signal
from typing import Self

import pytest

from smtpprobe.exits import ExitStatus
from smtpprobe.survey import engine
from smtpprobe.survey.engine import Where
from smtpprobe.survey.stopping import Stopped, Stopping


@pytest.fixture
def stopping() -> Stopping:
    return Stopping()


@pytest.mark.parametrize(
    ("number", "status"),
    [
        (signal.SIGINT, ExitStatus.INTERRUPTED),
        (signal.SIGTERM, ExitStatus.TERMINATED),
        (signal.SIGHUP, ExitStatus.TERMINATED),
    ],
)
def test_a_signal_stops_at_once_and_gives_its_exit_code(
    stopping: Stopping, number: signal.Signals, status: ExitStatus
) -> None:
    before = signal.getsignal(number)
    with stopping.watching(), pytest.raises(Stopped) as stopped:
        signal.raise_signal(number)
    assert stopped.value.status is status
    assert signal.getsignal(number) is before


def test_a_signal_that_is_held_back_stops_when_the_block_ends(stopping: Stopping) -> None:
    told: list[str] = []

    def block() -> None:
        with stopping.held():
            signal.raise_signal(signal.SIGINT)
            told.append("its end")

    with stopping.watching(), pytest.raises(Stopped):
        block()
    assert told == ["its end"]


def test_a_signal_that_is_ignored_stays_ignored(stopping: Stopping) -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with stopping.watching():
            signal.raise_signal(signal.SIGHUP)
    finally:
        signal.signal(signal.SIGHUP, before)


def test_ctrl_c_while_processes_begin_or_end_tears_neither(
    stopping: Stopping, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []

    class Interrupted:
        """A cluster or client of Dask during whose beginning and end somebody presses Ctrl-C."""

        def __init__(self, *_given: object, **_options: object) -> None:
            signal.raise_signal(signal.SIGINT)

        def __enter__(self) -> Self:
            told.append("begun")
            return self

        def __exit__(self, *_error: object) -> None:
            signal.raise_signal(signal.SIGINT)
            told.append("ended")

    monkeypatch.setattr(engine, "LocalCluster", Interrupted)
    monkeypatch.setattr(engine, "Client", Interrupted)
    monkeypatch.setattr("multiprocessing.resource_tracker.ensure_running", lambda: None)
    with stopping.watching(), pytest.raises(Stopped), engine.opened(Where(), stopping):
        raise AssertionError("it goes on")
    assert told == ["begun", "begun", "ended", "ended"]


def test_a_second_ctrl_c_ends_the_wait_for_what_is_under_way_and_nothing_else(
    stopping: Stopping,
) -> None:
    told: list[str] = []

    def stop() -> None:
        try:
            signal.raise_signal(signal.SIGINT)
        finally:
            signal.raise_signal(signal.SIGINT)
            with stopping.patient():
                signal.raise_signal(signal.SIGINT)
                told.append("it waits on")
            signal.raise_signal(signal.SIGINT)
            told.append("its rows are written")

    with stopping.watching(), pytest.raises(Stopped):
        stop()
    assert told == ["its rows are written"]
