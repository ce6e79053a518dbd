"""A pasted session of telnet (or of nc, which shows the same) as a script. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from smtpprobe.protocol.verbs import HELLOS
from smtpprobe.script.importers.dialogue import write_dialogue
from smtpprobe.script.importers.items import Connect, Eof, Got, Item, Note, Sent
from smtpprobe.script.importers.tool_lines import (
    BEGINS,
    CLOSED_BY_SERVER,
    IN_THE_END,
    OPENSSL,
    SERVER_LINE,
    TOOL,
)
from smtpprobe.script.importers.writer import BDAT, Imported, ScriptWriter

_LEFT = re.compile(rf"{IN_THE_END.pattern}|\^[\]C]|telnet> *(?:q|quit|close)")
"""What ends a session also in a message, where else every line is message text."""

_LEFT_BY_US = "Connection closed."
_ERASED = re.compile("[^\b\x7f][\b\x7f]")


def import_telnet(text: str) -> Imported:
    """Return the session as a script."""
    writer = ScriptWriter("imported from a telnet session")
    write_dialogue(_items(text), writer, has_tls=False)
    return writer.done()


def _items(text: str) -> Iterator[Item]:
    lines = [_typed(line.rstrip("\r")) for line in text.removesuffix("\n").split("\n")]
    return _Reader(lines).items()


def _typed(line: str) -> str:
    """Return a line as it was sent, after the terminal's erase keys."""
    while _ERASED.search(line):
        line = _ERASED.sub("", line)
    return line.lstrip("\b\x7f")


class _Reader:
    """Separates the tool's lines from those of the dialogue; in a message all are message.

    Anything before the first reply or command of a connection, or after its end, is of the
    tool or of the shell it was called from.
    """

    def __init__(self, lines: list[str]) -> None:
        self._lines = iter(lines)
        self._reply: list[str] = []
        self._connections = 0
        self._talking = False
        self._in_message = False
        self._asked = False
        self._left = 0
        self._at = self._reply_at = 0

    def items(self) -> Iterator[Item]:
        for line in self._lines:
            self._at += 1
            yield from self._line(line)
        yield from self._cut_off()

    def _line(self, line: str) -> Iterable[Item]:
        if self._in_message and not _LEFT.fullmatch(line):
            self._in_message = line != "."
            return (Sent(line, self._at),)
        if self._left > 0:
            self._left -= len(line.encode("utf-8", "surrogateescape")) + 2
            return (Sent(line, self._at),)
        if SERVER_LINE.match(line):
            return self._server(line)
        return (*self._cut_off(), *self._other(line))

    def _server(self, line: str) -> Iterable[Item]:
        self._talking = True
        self._reply.append(line)
        self._reply_at = self._at
        if line[3:4] == "-":
            return ()
        lines, self._reply = self._reply, []
        self._in_message = self._asked and line.startswith("354")
        self._asked = False
        return (Got(tuple(lines)),)

    def _cut_off(self) -> Iterable[Item]:
        """Give out a reply whose last line never came."""
        lines, self._reply = self._reply, []
        return (Got(tuple(lines), whole=False, line=self._reply_at),) if lines else ()

    def _other(self, line: str) -> Iterable[Item]:
        if BEGINS.fullmatch(line):
            return self._connected(line)
        if self._talking and CLOSED_BY_SERVER.fullmatch(line):
            self._talking = self._in_message = False
            return (Note(line), Eof())
        if TOOL.fullmatch(line):
            self._in_message = False
            self._talking = self._talking and line != _LEFT_BY_US
            return (Note(line),)
        return self._client(line)

    def _connected(self, line: str) -> Iterable[Item]:
        self._talking = self._asked = False
        self._connections += 1
        lost = OPENSSL.fullmatch(line) is not None
        told = Note(
            "the TLS session of openssl is not part of its output" if lost else line, lost, self._at
        )
        return (Connect(), told) if self._connections > 1 else (told,)

    def _client(self, line: str) -> Iterable[Item]:
        self._talking = self._talking or line[:4].upper() in _EARLY
        if not self._talking:
            return (Note(line),) if line.strip() else ()
        match = BDAT.fullmatch(line)
        self._left = int(match[1]) if match else 0
        self._asked = self._asked or line.rstrip().upper() == "DATA"
        return (Sent(line, self._at),)


_EARLY = HELLOS | {"QUIT", "MAIL", "NOOP", "PROX"}
"""Beginnings of lines that are sent even when no greeting has been seen."""
