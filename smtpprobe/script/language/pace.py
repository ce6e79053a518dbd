"""Reads how octets go out: `N/s`, `--segment N`, or `off`."""

from __future__ import annotations

from smtpprobe.errors import UsageError
from smtpprobe.protocol.pace import Pace
from smtpprobe.protocol.units import parse_rate, parse_segment


def read_pace(argument: str) -> Pace | None:
    """Return the pace that `:rate N/s [--segment N]` sets; None for `off`.

    Raises:
        UsageError: it cannot be understood.
    """
    words = argument.split()
    if words == ["off"]:
        return None
    segment = None
    if "--segment" in words[:-1]:
        at = words.index("--segment")
        segment = parse_segment(words[at + 1])
        del words[at : at + 2]
    if len(words) > 1 or not (words or segment):
        raise UsageError("a rate such as 10/s, --segment 1, or off")
    return Pace(parse_rate(words[0]) if words else None, segment)
