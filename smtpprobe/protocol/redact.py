"""Keeps secrets out of everything that is shown or stored: one rule, used by every reader."""

from __future__ import annotations

import re
from dataclasses import replace

from smtpprobe.protocol.command import Command, Kind
from smtpprobe.protocol.phase import Phase

MASK = "********"
"""What stands for a secret, of whatever length."""

_AUTH_LINE = re.compile(r"(?im)^(\s*AUTH[ \t]+\S+[ \t]+)(\S.*?)(\r?)$")


def is_secret(line: str, phase: Phase) -> bool:
    """Tell whether a line typed in this phase holds credentials (challenge answer, AUTH line)."""
    return masked_line(line, phase) != line


def masked_line(line: str, phase: Phase) -> str:
    """Return a typed line with its credentials masked; other lines as they are.

    An answer to a challenge is secret but for `*` (cancel) and the empty line; of an AUTH line
    the initial response is, but for `=` (empty, RFC 4954 4).
    """
    if phase in (Phase.DATA, Phase.BDAT):
        return line
    if phase is Phase.AUTH:
        return line if line.strip() in ("", "*") else MASK
    return _AUTH_LINE.sub(_mask, line)


def _mask(match: re.Match[str]) -> str:
    return match[0] if match[2].strip() == "=" else f"{match[1]}{MASK}{match[3]}"


def masked(command: Command) -> Command:
    """Return the command with its credentials masked; the same object when it holds none."""
    match command.kind:
        case Kind.BODY:
            return command
        case Kind.SASL:
            phase = Phase.AUTH
        case Kind.COMMAND | Kind.RAW:
            phase = Phase.CONNECTED
    end = command.raw[len(command.raw.rstrip(b"\r\n")) :]
    text = command.raw.removesuffix(end).decode("utf-8", "surrogateescape")
    shown = masked_line(text, phase)
    if shown == text:
        return command
    return replace(command, raw=shown.encode("utf-8", "surrogateescape") + end)
