"""Octets of a script that are no command line: how the session reads them. Pure."""

from __future__ import annotations

from smtpprobe.protocol.command import Command, Kind
from smtpprobe.protocol.phase import Phase


def raw_command(octets: bytes, phase: Phase) -> Command:
    """Return `:raw` octets as a command: message text in an open body, else octets owed nothing.

    In DATA a last line of a single dot ends the message, as it does from any other hand.
    """
    if phase not in (Phase.DATA, Phase.BDAT):
        return Command(octets, Kind.RAW, exact=True)
    ends = phase is Phase.DATA and (octets == b".\r\n" or octets.endswith(b"\r\n.\r\n"))
    return Command(octets, Kind.BODY, exact=True, ends_data=ends)


def open_body(lines: tuple[str, ...]) -> Command:
    """Return message text whose dot is still to come."""
    octets = b"".join(line.encode("utf-8", "surrogateescape") + b"\r\n" for line in lines)
    return Command(octets, Kind.BODY)
