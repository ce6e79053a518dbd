"""When a line of a log was written."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpprobe.explainer.formats.log_time import LogTime, log_time

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("line", "text", "when"),
    [
        (b"Mar  1 11:02:44 out1 postfix/smtp[1]: x", "Mar  1 11:02:44", "2026-03-01T11:02:44"),
        (b"<22>Mar  1 11:02:44 out1 x", "Mar  1 11:02:44", "2026-03-01T11:02:44"),
        (b"Dec 31 23:59:59 out1 x", "Dec 31 23:59:59", "2025-12-31T23:59:59"),
        (b"Mar  3 01:00:00 out1 x", "Mar  3 01:00:00", "2026-03-03T01:00:00"),
        (b"Mar  4 01:00:00 out1 x", "Mar  4 01:00:00", "2025-03-04T01:00:00"),
        (b"2026-03-01 11:02:44 1abc-2 => a@b", "2026-03-01 11:02:44", "2026-03-01T11:02:44"),
        (
            b"2026-03-01 11:02:44 +0100 1abc-2 => a@b",
            "2026-03-01 11:02:44 +0100",
            "2026-03-01T10:02:44",
        ),
        (
            b"2026-03-01T11:02:44.123456+01:00 out1 x",
            "2026-03-01T11:02:44.123456+01:00",
            "2026-03-01T10:02:44",
        ),
        (b"<22>1 2026-03-01T11:02:44Z out1 x", "2026-03-01T11:02:44Z", "2026-03-01T11:02:44"),
        (b"1772362964.123456 delivery 1", "2026-03-01 11:02:44 UTC", "2026-03-01T11:02:44"),
        (
            b"@4000000069a41cde00000000 delivery 1",
            "2026-03-01 11:02:44 UTC",
            "2026-03-01T11:02:44",
        ),
        (
            b'{"MESSAGE":"x","__REALTIME_TIMESTAMP":"1772362964123456"}',
            "2026-03-01 11:02:44 UTC",
            "2026-03-01T11:02:44",
        ),
    ],
)
def test_each_kind_of_log_has_its_time(line: bytes, text: str, when: str) -> None:
    assert log_time(line, NOW) == LogTime(text, datetime.fromisoformat(f"{when}+00:00"))


@pytest.mark.parametrize("line", [b"", b"550 no", b"postfix/smtp[1]: x", b"{}", b"{not json"])
def test_a_line_without_a_time_has_none(line: bytes) -> None:
    assert log_time(line, NOW) is None


@pytest.mark.parametrize("line", [b"Feb 30 11:02:44 x", b"2026-13-01 11:02:44 x"])
def test_a_time_that_never_was_is_kept_as_it_is_written(line: bytes) -> None:
    found = log_time(line, NOW)
    assert found is not None
    assert found.when is None


@given(st.binary(max_size=80))
def test_any_octets_are_read(octets: bytes) -> None:
    for line in (octets, b"@" + octets.hex().encode(), b"Mar " + octets, b"{" + octets):
        log_time(line, NOW)
