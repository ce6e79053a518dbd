"""Durations and sizes as people write and read them."""

from __future__ import annotations

import pytest

from smtpprobe.protocol.pace import Pace
from smtpprobe.protocol.units import (
    parse_duration,
    shown_clock,
    shown_duration,
    shown_octets,
    written_duration,
)


@pytest.mark.parametrize(
    ("seconds", "written", "shown"),
    [
        (0.001, "1ms", "1 ms"),
        (0.5, "500ms", "500 ms"),
        (1, "1s", "1.0 s"),
        (1.5, "1500ms", "1.5 s"),
        (59, "59s", "59.0 s"),
        (60, "60s", "1:00"),
        (61, "61s", "1:01"),
        (90, "90s", "1:30"),
        (120, "2m", "2:00"),
        (121, "121s", "2:01"),
        (3599, "3599s", "59:59"),
        (3600, "60m", "1:00:00"),
        (3661, "3661s", "1:01:01"),
    ],
)
def test_a_time_is_written_as_it_is_read_and_shown_for_people(
    seconds: float, written: str, shown: str
) -> None:
    assert written_duration(seconds) == written
    assert parse_duration(written) == pytest.approx(seconds)
    assert shown_duration(seconds) == shown
    assert shown_clock(60 + seconds) == shown_duration(60 + seconds)


@pytest.mark.parametrize(
    ("octets", "shown"),
    [
        (0, "0 octets"),
        (1023, "1023 octets"),
        (1024, "1 KiB"),
        (1536, "1.5 KiB"),
        (10240, "10 KiB"),
        (1024**2, "1 MiB"),
        (26214400, "25 MiB"),
        (1024**3, "1 GiB"),
        (5 * 1024**4, "5120 GiB"),
    ],
)
def test_a_size_is_shown_in_the_largest_unit_that_it_fills(octets: int, shown: str) -> None:
    assert shown_octets(octets) == shown


@pytest.mark.parametrize(
    ("pace", "portion", "written"),
    [
        (Pace(), 65536, ""),
        (Pace(rate=5), 1, "5/s"),
        (Pace(rate=10), 1, "10/s"),
        (Pace(rate=29), 2, "29/s"),
        (Pace(segment=7), 7, "--segment 7"),
        (Pace(rate=1000, segment=7), 7, "1000/s --segment 7"),
        (Pace(rate=20, segment=7), 2, "20/s --segment 7"),
        (Pace(rate=10**9), 65536, "1000000000/s"),
    ],
)
def test_a_portion_is_a_tenth_of_a_seconds_and_no_segment_more(
    pace: Pace, portion: int, written: str
) -> None:
    assert pace.portion == portion
    assert str(pace) == written
