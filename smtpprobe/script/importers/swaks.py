"""A transcript of swaks as a script: its marks show which side sent a line. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from smtpprobe.script.importers.dialogue import write_dialogue
from smtpprobe.script.importers.items import Connect, Eof, Got, Item, Note, Sent, Unseen
from smtpprobe.script.importers.tool_lines import SERVER_LINE
from smtpprobe.script.importers.writer import Imported, ScriptWriter

_MARK = re.compile(r"( ->|\*\*>| ~>|\*~>|<- |<~ |<\*\*|<~\*|===|\*\*\*|  >|<  )(?: (.*))?")
_SENT = frozenset({" ->", "**>", " ~>", "*~>"})
_GOT = frozenset({"<- ", "<~ ", "<**", "<~*"})
_DUMP = frozenset({"  >", "<  "})
_UNSEEN = re.compile(r"[0-9]+ lines sent")
_TRYING = re.compile(r"Trying (?:\[?([0-9A-Za-z.:-]+?)\]?):([0-9]+)\.\.\.")
_CLOSED = re.compile(r"Remote host closed connection(?: unexpectedly)?\.?")


def import_swaks(text: str) -> Imported:
    """Return the transcript as a script."""
    writer = ScriptWriter("imported from a transcript of swaks")
    write_dialogue(_items(text), writer, has_tls=True)
    return writer.done()


def _items(text: str) -> Iterator[Item]:
    reader = _Reader()
    for line in text.removesuffix("\n").split("\n"):
        yield from reader.line(line.rstrip("\r"))
    yield from reader.cut_off()


class _Reader:
    def __init__(self) -> None:
        self._reply: list[str] = []
        self._where = ""
        self._spoken = False
        self._at = self._reply_at = 0

    def line(self, line: str) -> Iterator[Item]:
        self._at += 1
        match = _MARK.fullmatch(line)
        mark, said = (match[1], match[2] or "") if match else ("", line)
        if mark in _GOT:
            yield from self._got(said)
            return
        yield from self.cut_off()
        if mark in _SENT:
            self._spoken = True
            yield Unseen(said, self._at) if _UNSEEN.fullmatch(said) else Sent(said, self._at)
        elif mark in _DUMP:
            pass  # the same octets again, as numbers
        elif mark:
            yield from self._told(f"{mark} {said}".rstrip(), said)
        elif line.strip():
            yield Note(f"not a transcript line: {line}", lost=True, line=self._at)

    def cut_off(self) -> Iterator[Item]:
        """Give out a reply whose last line never came."""
        lines, self._reply = self._reply, []
        if lines:
            yield Got(tuple(lines), whole=False, line=self._reply_at)

    def _got(self, said: str) -> Iterator[Item]:
        self._spoken = True
        if not SERVER_LINE.match(said):
            yield Note(f"not a reply line: {said}", lost=True, line=self._at)
            return
        self._reply.append(said)
        self._reply_at = self._at
        if said[3:4] != "-":
            lines, self._reply = self._reply, []
            yield Got(tuple(lines))

    def _told(self, shown: str, said: str) -> Iterator[Item]:
        if match := _TRYING.fullmatch(said):
            self._where = f"[{match[1]}]:{match[2]}"
            if self._spoken:
                yield Connect()
            self._spoken = False
        if said.startswith("TLS started") and not self._spoken:
            at_once = f"smtps://{self._where}"
            lost = Note("implicit TLS: use smtps://HOST", lost=True, line=self._at)
            yield Connect(at_once) if self._where else lost
        yield Note(shown)
        if _CLOSED.fullmatch(said):
            yield Eof()
