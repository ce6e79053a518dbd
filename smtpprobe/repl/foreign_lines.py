"""Lines that are commands of telnet, of another client or of a shell: answered, not sent."""

from __future__ import annotations

import re

from smtpprobe import __version__
from smtpprobe.errors import UsageError
from smtpprobe.present.escape import shown
from smtpprobe.protocol.target import host_itself, targets_of

_LEAVING = re.compile(r"(?i)(?:exit|logout|bye)\Z")
_VERSION = re.compile(r"(?i)version\Z")
_OPENING = re.compile(r"(?i)(?:open|connect|telnet|nc)(?:\s+(?P<where>\S.*))?\Z")
EXAMPLE = ":connect mx.example.org:25"


def answer(text: str, *, offline: bool) -> str:
    """Return what is said in place of sending such a line; empty for any other."""
    if way := _way(text.strip()):
        return f"not connected: {way}" if offline else f"{_unsent(text)}: {way}; {_sent(text)}"
    return ""


def _way(line: str) -> str:
    """Return the line to type for what is meant."""
    if _LEAVING.match(line):
        return ":quit leaves"
    if _VERSION.match(line):
        return f"this is smtpprobe {__version__}"
    opening = _OPENING.match(line)
    return f"{_connecting(opening['where'] or '')} connects" if opening else ""


def _connecting(where: str) -> str:
    """Return the `:connect` for the words behind `open`, which mean a host and never its MX."""
    words = [word for word in where.split() if not word.startswith("-")]
    try:
        target = targets_of([host_itself(words[0]), *words[1:]]) if words else []
    except UsageError:
        return EXAMPLE
    return f":connect {shown(target[0])}" if len(target) == 1 else EXAMPLE


def _unsent(text: str) -> str:
    return f'"{shown(text.split(maxsplit=1)[0])}" is not an SMTP command, so nothing was sent'


def _sent(text: str) -> str:
    return f'"> {shown(text.strip())}" sends it'
