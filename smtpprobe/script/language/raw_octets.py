"""Octets of a script that are no command line: how the session reads them. Pure."""

from __future__ import annotations

from smtpprobe.protocol.command import Command, Kind, exact_line
from smtpprobe.protocol.phase import Phase


def raw_command(octets: bytes, phase: Phase) -> Command:
    """Return `:raw` octets as a command.

    In an open body they are message text, and a last line of a single dot ends it there, as it
    does from any other hand. One whole line with its CRLF is a line, owed a reply like any other;
    anything else is owed none.
    """
    if phase in (Phase.DATA, Phase.BDAT):
        ends = phase is Phase.DATA and (octets == b".\r\n" or octets.endswith(b"\r\n.\r\n"))
        return Command(octets, Kind.BODY, exact=True, ends_data=ends)
    if octets.endswith(b"\r\n") and octets.count(b"\n") == 1:
        return exact_line(octets[:-2].decode("utf-8", "surrogateescape"), phase)
    return Command(octets, Kind.RAW, exact=True, secret=phase is Phase.AUTH)


def open_body(lines: tuple[str, ...]) -> Command:
    """Return message text whose dot is still to come."""
    octets = b"".join(line.encode("utf-8", "surrogateescape") + b"\r\n" for line in lines)
    return Command(octets, Kind.BODY)
