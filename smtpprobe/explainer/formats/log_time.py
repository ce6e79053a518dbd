"""When a line of a log was written: as it says, and as a time that can be compared."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

_WITHIN = 64
"""Where in a line the time ends at the latest; journald's stands anywhere in its object."""

_MONTHS = b"Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_OLD = re.compile(
    rb"(?:<[0-9]{1,3}>)?((" + b"|".join(_MONTHS) + rb") ([ 0-9][0-9]) ([0-9]{2}:[0-9]{2}:[0-9]{2}))"
)
_ISO = re.compile(
    rb"(?:<[0-9]{1,3}>1 )?(([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]([0-9]{2}:[0-9]{2}:[0-9]{2})"
    rb"(?:[.,][0-9]{1,9})? ?(Z|[+-][0-9]{2}:?[0-9]{2})?)"
)
_TAI = re.compile(rb"(@([0-9a-f]{16})[0-9a-f]{8})")
_EPOCH = re.compile(rb"(([0-9]{9,10})\.[0-9]{4,9})")
_JOURNAL = re.compile(rb'"__REALTIME_TIMESTAMP" ?: ?"?(([0-9]{10})[0-9]{6})"?')
_TAI_BEGIN = (1 << 62) + 10
"""The label of 1970 (libtai), the ten seconds of then included; leap seconds since are left out."""


class LogTime(NamedTuple):
    """`text` is the time as written, `when` the same to compare by; None where it is no time.

    Without a zone in the log `when` has the time of the machine that wrote it, called UTC.
    """

    text: str
    when: datetime | None


def log_time(line: bytes, now: datetime) -> LogTime | None:
    """Return when a line was written; None where it does not say.

    Syslog leaves out the year (RFC 3164 4.1.2): it is the latest that is not after `now`.
    """
    if line.startswith(b"{"):
        match = _JOURNAL.search(line)
        return _seconds(match) if match is not None else None
    start = line[:_WITHIN]
    if (match := _OLD.match(start)) is not None:
        return LogTime(match[1].decode("ascii"), _of_syslog(match, now))
    if (match := _ISO.match(start)) is not None:
        return LogTime(match[1].decode("ascii").strip(), _of_iso(match))
    if (match := _TAI.match(start)) is not None:
        return _of_seconds(match[1], int(match[2], 16) - _TAI_BEGIN)
    match = _EPOCH.match(start)
    return _seconds(match) if match is not None else None


def _seconds(match: re.Match[bytes]) -> LogTime:
    return _of_seconds(match[1], int(match[2]))


def _of_seconds(_: bytes, seconds: int) -> LogTime:
    """Return a time given as a number, which is in UTC; people read it as a date."""
    try:
        when = datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        return LogTime("", None)
    return LogTime(when.strftime("%Y-%m-%d %H:%M:%S UTC"), when)


def _of_syslog(match: re.Match[bytes], now: datetime) -> datetime | None:
    month = _MONTHS.index(match[2]) + 1
    for year in (now.year + 1, now.year, now.year - 1):
        try:
            when = datetime.strptime(
                f"{year} {month} {int(match[3])} {match[4].decode()} +0000", "%Y %m %d %H:%M:%S %z"
            )
        except ValueError:
            continue  # 29 February
        # a day more, as the zone of the log is not known
        if when <= now + timedelta(days=1):
            return when
    return None


def _of_iso(match: re.Match[bytes]) -> datetime | None:
    zone = (match[4] or b"Z").decode()
    try:
        return datetime.fromisoformat(f"{match[2].decode()}T{match[3].decode()}{zone}").astimezone(
            UTC
        )
    except (ValueError, OverflowError):
        return None
