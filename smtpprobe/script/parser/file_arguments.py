"""Reads the arguments of `:data` and `:bdat`: a file and options."""

from __future__ import annotations

from collections.abc import Mapping

from smtpprobe.errors import UsageError
from smtpprobe.protocol.pace import Pace
from smtpprobe.protocol.units import parse_rate, parse_segment, parse_size
from smtpprobe.script.language.steps import BdatFile, DataFile, Place
from smtpprobe.script.language.tokens import tokens
from smtpprobe.script.language.values import read_text

CHUNK = 64 * 1024
"""Octets of a chunk where no other number is given."""


def read_data(argument: str, place: Place) -> DataFile:
    """Return what `:data FILE` and its options ask for.

    Raises:
        UsageError: it cannot be understood.
        BadValueError: a string in it is broken.
    """
    path, given = _words(argument, {"--raw": False, "--no-dot": False, "--rate": True,
                                    "--segment": True, "--stop-after": True})  # fmt: skip
    rate, segment, stop = (given.get(name) for name in ("--rate", "--segment", "--stop-after"))
    limits = rate and parse_rate(rate), segment and parse_segment(segment)
    return DataFile(
        place,
        path,
        raw="--raw" in given,
        dot="--no-dot" not in given,
        pace=Pace(*(limit or None for limit in limits)) if any(limits) else None,
        stop_after=None if stop is None else parse_size(stop),
    )


def read_bdat(argument: str, place: Place) -> BdatFile:
    """Return what `:bdat FILE [--chunk N]` asks for.

    Raises:
        UsageError: it cannot be understood.
        BadValueError: a string in it is broken.
    """
    path, given = _words(argument, {"--chunk": True})
    chunk = given.get("--chunk")
    octets = CHUNK if chunk is None else parse_size(chunk)
    if octets < 1:
        raise UsageError("--chunk takes at least one octet")
    return BdatFile(place, path, octets)


def _words(argument: str, options: Mapping[str, bool]) -> tuple[str, dict[str, str]]:
    """Return the file and the options given; `options` are the valid ones, True if with a value."""
    path, given = "", {}
    words = [token.text for token in tokens(argument)]
    while words:
        word = words.pop(0)
        if not word.startswith("--"):
            if path:
                raise UsageError(f"two files: {path} and {word}")
            path = read_text(word)
        elif word not in options:
            raise UsageError(f"unknown option {word}; known: {', '.join(options)}")
        elif options[word] and not words:
            raise UsageError(f"{word} needs a value")
        else:
            given[word] = words.pop(0) if options[word] else ""
    if not path:
        raise UsageError("which file?")
    return path, given
