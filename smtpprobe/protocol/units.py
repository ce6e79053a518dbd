"""Durations and sizes as the command line, scripts and settings write them, and back."""

from __future__ import annotations

import re

from smtpprobe.errors import UsageError

_DURATION = r"([0-9]{1,9})(ms|s|m)"
_BARE = r"[0-9]{1,9}"
_SIZE = r"([0-9]{1,15})([kM]?)"
_SECONDS = {"ms": 0.001, "s": 1.0, "m": 60.0}
_OCTETS = {"": 1, "k": 1024, "M": 1024**2}


def parse_duration(text: str) -> float:
    """Return the seconds of `500ms`, `30s` or `5m`.

    Raises:
        UsageError: the text is no duration; the hint shows one.
    """
    match = re.fullmatch(_DURATION, text.strip())
    if match is None:
        raise UsageError(f"{text!r} is not a duration", "write 500ms, 30s or 5m")
    return int(match[1]) * _SECONDS[match[2]]


def parse_limit(text: str, option: str = "") -> float:
    """Return the seconds of a limit: a duration, or a bare number of seconds; never 0.

    `option` is what a complaint names.

    Raises:
        UsageError: the text is no such limit; the hint shows one.
    """
    bare = text.strip()
    named = f"{option}: " if option else ""
    try:
        seconds = float(bare) if re.fullmatch(_BARE, bare) else parse_duration(text)
    except UsageError as error:
        raise UsageError(f"{named}{error.message}", error.hint) from None
    if not seconds:
        raise UsageError(f"{named}{bare} leaves no time for a reply", "write 500ms, 30s or 5m")
    return seconds


def parse_size(text: str) -> int:
    """Return the octets of `10M` (times 1024 squared), `10k` or plain digits.

    Raises:
        UsageError: the text is no size; the hint shows one.
    """
    match = re.fullmatch(_SIZE, text.strip())
    if match is None:
        raise UsageError(f"{text!r} is not a size", "write 10M, 512k or 65536")
    return int(match[1]) * _OCTETS[match[2]]


def parse_rate(text: str) -> int:
    """Return the octets a second of `100/s` or `10k/s`.

    Raises:
        UsageError: the text is no rate; the hint shows one.
    """
    if not re.fullmatch(r"[1-9][0-9]{0,14}[kM]?/s", text.strip()):
        raise UsageError(f"{text!r} is not a rate", "octets per second: 10/s, 10k/s")
    return parse_size(text.strip().removesuffix("/s"))


def parse_segment(text: str) -> int:
    """Return how many octets go out in one write: at least 1.

    Raises:
        UsageError: the text is no such number.
    """
    if not (octets := parse_size(text)):
        raise UsageError("a segment has at least one octet", "write 1, 100 or 1k")
    return octets


def shown_duration(seconds: float) -> str:
    """Return a measured time as it is shown: `48 ms`, `12.4 s`, `5:00`."""
    if seconds < 1:
        return f"{seconds * 1000:.0f} ms"
    if seconds < 60:
        return f"{seconds:.1f} s"
    return shown_clock(seconds)


def shown_clock(seconds: float) -> str:
    """Return a time as `m:ss`, or `h:mm:ss` from one hour on."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def written_duration(seconds: float) -> str:
    """Return a limit as the user would write it: `500ms`, `30s`, `5m`."""
    milliseconds = round(seconds * 1000)
    if milliseconds % 1000:
        return f"{milliseconds}ms"
    whole = milliseconds // 1000
    return f"{whole // 60}m" if whole and whole % 60 == 0 and whole > 60 else f"{whole}s"


def shown_octets(octets: int) -> str:
    """Return a size for people: `25 MiB`, `9.8 MiB`, `512 octets`."""
    for unit, factor in (("GiB", 1024**3), ("MiB", 1024**2), ("KiB", 1024)):
        if octets >= factor:
            return f"{octets / factor:.1f}".removesuffix(".0") + f" {unit}"
    return f"{octets} octets"
