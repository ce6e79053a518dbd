"""Converts the values of options: `type=` of the parsers.

Each error names the option and shows a valid value, which argparse's own errors do not.
"""

from __future__ import annotations

import re

from smtpprobe.digits import whole_number
from smtpprobe.errors import UsageError
from smtpprobe.protocol.units import parse_duration, parse_limit, parse_rate, parse_segment

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

UNLIMITED = 999_999
"""The maximum for numbers without a limit."""


def output(text: str) -> str | None:
    """Return the file of `-o`; None, which is standard output, for `-`."""
    return None if text == "-" else text


def file_only(option: str) -> Callable[[str], str]:
    """Return what reads the name of a file that is written; standard output is none."""

    def read(text: str) -> str:
        if text == "-":
            raise UsageError(
                f"{option} -: it cannot go to standard output", f"{option} ./- is a file named -"
            )
        return text

    return read


def number(option: str, least: int = 1, most: int = UNLIMITED) -> Callable[[str], int]:
    """Return what reads a whole number."""

    def read(text: str) -> int:
        if (found := whole_number(text, most)) is not None and found >= least:
            return found
        raise UsageError(f"{option} {text}: not a number from {least} to {most}")

    return read


def numbers(option: str, least: int = 1, most: int = UNLIMITED) -> Callable[[str], list[int]]:
    """Return what reads whole numbers between commas."""
    read = number(option, least, most)
    return lambda text: [read(part) for part in text.split(",")]


def port(option: str = "--port", least: int = 1) -> Callable[[str], int]:
    """Return what reads a port; with `least` 0 that means any free one."""
    hint = f"for example {option} {587 if least else 0}"

    def read(text: str) -> int:
        if (found := whole_number(text, 65535)) is not None and found >= least:
            return found
        from smtpprobe.protocol.target import PORT_NAMES  # noqa: PLC0415 - hardly ever needed

        if text.lower() in PORT_NAMES:
            return PORT_NAMES[text.lower()]
        raise UsageError(f"{option} {text}: the port must be a number from {least} to 65535", hint)

    return read


def limit(option: str) -> Callable[[str], float]:
    """Return what reads the seconds of a limit: `30`, `500ms`, `5m`; never 0."""
    return lambda text: parse_limit(text, option)


def seconds(option: str) -> Callable[[str], float]:
    """Return what reads seconds: `10`, `2.5`, `500ms`."""

    def read(text: str) -> float:
        if text.isascii() and text.replace(".", "", 1).isdigit():
            return float(text)
        try:
            return parse_duration(text)
        except UsageError as error:
            raise UsageError(f"{option}: {error.message}", "seconds, as 5 or 2.5") from None

    return read


_DAYS = r" *([0-9]{1,5}) *, *([0-9]{1,5}) *"


def days(text: str) -> tuple[int, int]:
    """Return the limits of `--cert-days W,C`.

    Raises:
        UsageError: it is not of that form, or the second is the larger one.
    """
    match = re.fullmatch(_DAYS, text)
    if match is None or int(match[2]) > int(match[1]):
        raise UsageError(
            f"--cert-days {text}: not W,C in days, with W at least as large as C",
            "for example 30,7",
        )
    return int(match[1]), int(match[2])


def bind(text: str) -> tuple[str, int]:
    """Return the source address and port of `--bind ADDR[:PORT]`; port 0 leaves it to the system.

    Raises:
        UsageError: it is no address.
    """
    from smtpprobe.protocol.target import parse_bind  # noqa: PLC0415 - only where it is given

    return parse_bind(text)


def rate(text: str) -> int:
    """Return the octets per second of `--rate N/s`; raises UsageError."""
    return _named("--rate", parse_rate, text)


def segment(text: str) -> int:
    """Return the octets of `--segment N`; raises UsageError."""
    return _named("--segment", parse_segment, text)


def _named(option: str, read: Callable[[str], int], text: str) -> int:
    try:
        return read(text)
    except UsageError as error:
        raise UsageError(f"{option}: {error.message}", error.hint) from None
