"""Finds the reply in one line of a mail log; the words show which program wrote it."""

from __future__ import annotations

import re
from collections.abc import Callable

from smtpprobe.explainer.formats import exim, opensmtpd, postfix, qmail, sendmail
from smtpprobe.explainer.formats.fields import between
from smtpprobe.explainer.input.found_reply import Found

DELIVERIES = 4096
"""How many of qmail's running deliveries are remembered; it runs at most 255 or so."""

CLIENTS = 4096
"""How many of OpenSMTPD's sessions are remembered, the oldest forgotten first."""

PROGRAM_WITHIN = 100
PROGRAM_OCTETS = 60
"""Where in a line the program's name begins at the latest, and how long it is at most."""

_SYSLOG = rb"(?:<[0-9]{1,3}>)?[A-Z][a-z]{2} [ 0-9][0-9] [0-9:]{8} \S+ "
_ISO = rb"(?:<[0-9]{1,3}>1 )?[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}:[0-9]{2}"
_TAI = rb"@[0-9a-f]{24} "
_MULTILOG = rb"[0-9]{9,10}\.[0-9]{4,9} "
_JOURNAL = rb'\{.*"MESSAGE"'
_POSTFIX = (
    rb"\s*postfix[a-z/-]*\[[0-9]+\]: |\s*(?:NOQUEUE|[0-9A-Za-z]{5,20}): (?:[a-z-]*reject: |to=<)"
)
_OPENSMTPD = rb"[0-9a-f]{16} (?:smtp|mta) "
PREFIX = re.compile(b"|".join((_SYSLOG, _ISO, _TAI, _MULTILOG, _JOURNAL, _POSTFIX, _OPENSMTPD)))
"""How a line of a log begins: RFC 3164 and 5424, ISO 8601, Exim, TAI64, multilog, journald; also
what is left of the lines of Postfix and OpenSMTPD when they are pasted without time and host."""


class LogLines:
    """Reads log lines; remembers qmail's recipients by delivery, and OpenSMTPD's clients."""

    def __init__(self) -> None:
        self._deliveries: dict[bytes, str] = {}
        self._clients: dict[bytes, str] = {}
        self._by_mark: tuple[tuple[bytes, Callable[[bytes, int], Found | None]], ...] = (
            (b" smtp failed-command ", self._refused),
            (b" smtp bad-input ", self._refused),
            (b" status=", postfix.delivery),
            (b" said: ", postfix.delivery),
            (b" refused to talk to me: ", postfix.delivery),
            (b"reject: ", postfix.rejection),
            (b" smtp connected ", self._connected),
            (b" mta delivery ", opensmtpd.delivery),
            (b" mta error reason=", opensmtpd.stopped),
            (b"stat=", sendmail.status),
            (b"reject=", sendmail.rejection),
            (b' C="', exim.delivery),
            (exim.ERROR, exim.failure),
            (b" authenticator failed for ", exim.login),
            (b"rejected ", exim.refusal),
            (b" == ", exim.outcome),
            (b" ** ", exim.outcome),
            (b"delivery ", self._qmail),
        )

    def read(self, line: bytes, number: int) -> Found | None:
        """Return the reply, or failure without one, in a line of any known log; or None."""
        if line.startswith(b"{"):
            line = unwrapped(line)
        # a line that names Postfix is read by its rules alone: it may quote others
        program = line.find(b" postfix", 0, PROGRAM_WITHIN)
        if program >= 0:
            return _postfix(line, program, number)
        for mark, read in self._by_mark:
            if mark in line:
                return read(line, number)
        return None

    def _refused(self, line: bytes, number: int) -> Found | None:
        client = self._clients.get(opensmtpd.session(line) or b"", "")
        return opensmtpd.refusal(line, number, client)

    def _connected(self, line: bytes, _: int) -> None:
        name = opensmtpd.session(line)
        if name is not None:
            self._clients[name] = opensmtpd.client(line)
        if len(self._clients) > CLIENTS:
            del self._clients[next(iter(self._clients))]

    def _qmail(self, line: bytes, number: int) -> Found | None:
        if b"starting delivery " in line:
            name, address = between(line, b"starting delivery ", b":"), line.rpartition(b" ")[2]
            if name and len(name) < 20 and len(address) < 400:
                self._deliveries[name] = address.strip().decode("utf-8", "surrogateescape")
            if len(self._deliveries) > DELIVERIES:
                del self._deliveries[next(iter(self._deliveries))]
            return None
        name = between(line, b" delivery ", b":") or b""
        recipient = self._deliveries.pop(name, None)
        found = qmail.delivery(line, number)
        return found._replace(recipient=recipient) if found is not None else None


def _postfix(line: bytes, program: int, number: int) -> Found | None:
    """Return the reply in a line that names Postfix: only its clients log what others said."""
    if line.find(b"mtp[", program, program + PROGRAM_OCTETS) >= 0:
        return postfix.delivery(line, number)
    if b"reject: " in line:
        return postfix.rejection(line, number)
    if postfix.LOGIN in line:
        return postfix.login(line, number)
    return postfix.delivery(line, number) if b" status=" in line else None


def unwrapped(line: bytes) -> bytes:
    """Return a journal entry (`journalctl -o json`) as a syslog line."""
    import json  # noqa: PLC0415 - only for such logs

    try:
        entry = json.loads(line)
    except (ValueError, RecursionError):
        return b""
    message = entry.get("MESSAGE") if isinstance(entry, dict) else None
    if isinstance(message, list) and all(isinstance(o, int) and 0 <= o < 256 for o in message):
        message = bytes(message).decode("utf-8", "surrogateescape")
    if not isinstance(message, str):
        return b""
    host, program = entry.get("_HOSTNAME"), entry.get("SYSLOG_IDENTIFIER")
    process = entry.get("_PID") or entry.get("SYSLOG_PID") or "0"
    words = f"journal {host or '-'} {program or '-'}[{process}]: {message}"
    return words.encode("utf-8", "surrogateescape").replace(b"\n", b" ")
