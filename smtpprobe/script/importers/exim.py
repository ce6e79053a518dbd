r"""Dialogues of the client in Exim's test suite as scripts. Pure.

A line is sent with CRLF; `>>> ` sends the rest without one. `??? x` reads one line of the server
that has to begin so; `????x` reads lines as long as they begin so; `???*` reads the end of the
connection. `+++ n` waits, `<<< f` goes on with another file. `\n`, `\r`, `\xHH` and `\` before
any other character are escapes. In a file of tests, a dialogue stands between a line that calls
the client and one of asterisks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter

from smtpprobe.present.escape import is_clean
from smtpprobe.protocol.groups import ends_group, grouped
from smtpprobe.script.importers.dialogue import in_groups
from smtpprobe.script.importers.exim_expectations import Expected, expectations
from smtpprobe.script.importers.writer import BDAT, Imported, ScriptWriter

_CALL = re.compile(r"(?:sudo )?client(?:-ssl|-gnutls|-anytls)?((?: +-\S+)*) +(\S+) +(\S+)(.*)")
_END = "****"
_STOP_TLS = ("stoptls", "STOPTLS")
_NO_HANDSHAKE = "starttls_wait"
"""Sends the first word of it, with no handshake to follow."""

_TIMEOUT = re.compile(r"-t([0-9]+)")
_ESCAPE = re.compile(r"\\(x[0-9A-Fa-f]{2}|.)", re.DOTALL)
_ESCAPES = {"n": "\n", "r": "\r"}


def import_exim(text: str) -> Imported:
    """Return the dialogue, or all dialogues of a file of tests, as a script."""
    writer = ScriptWriter("imported from a dialogue of Exim's test client")
    lines = text.removesuffix("\n").split("\n")
    if any(_CALL.fullmatch(line) for line in lines):
        _file_of_tests(lines, writer)
    else:
        _Dialogue(lines, writer).write()
    return writer.done()


def _file_of_tests(lines: Sequence[str], writer: ScriptWriter) -> None:
    """Write each dialogue; what stands around them is for Exim's own test runner."""
    rest, connections = list(lines), 0
    while rest:
        line, rest = rest[0], rest[1:]
        call = _CALL.fullmatch(line)
        if call is None:
            _for_the_runner(line, writer)
            continue
        if connections:
            writer.add(":connect")
        connections += 1
        _called(call, writer)
        end = rest.index(_END) if _END in rest else len(rest)
        _Dialogue(rest[:end], writer).write()
        rest = rest[end + 1 :]


def _for_the_runner(line: str, writer: ScriptWriter) -> None:
    if line.startswith("#"):
        writer.comment(line.removeprefix("#").strip())
    elif line.strip() and line != _END:
        writer.trouble(f"no dialogue: {line}")


def _called(call: re.Match[str], writer: ScriptWriter) -> None:
    options, host, port, more = call.groups()
    writer.comment(f"client of {host} port {port}")
    for option in options.split():
        if match := _TIMEOUT.fullmatch(option):
            writer.add(f":timeout {match[1]}s")
        elif option == "-tls-on-connect":
            writer.trouble("TLS at once: give the target as smtps://HOST")
        else:
            writer.trouble(f"option of the client: {option}")
    if more.strip():
        writer.trouble(f"interface, certificate or key of the client: {more.strip()}")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line to be sent: its octets as text, with the CRLF unless it was `>>> `."""

    octets: str

    @property
    def text(self) -> str | None:
        """The line without its end, if it is one line."""
        text = self.octets.removesuffix("\r\n")
        whole = self.octets.endswith("\r\n") and "\n" not in text and "\r" not in text
        return text if whole else None


def _sent(line: str) -> _Line:
    if line.startswith(">>> "):
        return _Line(unescaped(line.removeprefix(">>> ")))
    return _Line(unescaped(line) + "\r\n")


def unescaped(text: str) -> str:
    """Return a text with its escapes replaced; an octet that is not ASCII by surrogateescape."""

    def replaced(match: re.Match[str]) -> str:
        escape = match[1]
        if len(escape) == 3:
            return bytes([int(escape[1:], 16)]).decode("utf-8", "surrogateescape")
        return _ESCAPES.get(escape, escape)

    return _ESCAPE.sub(replaced, text)


def _no_marker(text: str) -> str:
    return "starttls" if text == _NO_HANDSHAKE else text


def _is_special(line: str) -> bool:
    return line.startswith(("??? ", "????", "???*", "+++ ", "<<< ", _END)) or line in _STOP_TLS


class _Dialogue:
    """A cursor over the lines of one dialogue."""

    def __init__(self, lines: Sequence[str], writer: ScriptWriter) -> None:
        self._lines = list(lines)
        self._writer = writer
        self._at = 0
        self._challenged = False

    def write(self) -> None:
        while self._at < len(self._lines):
            line = self._lines[self._at]
            if line.startswith("???") and _is_special(line):
                self._expected()
            elif _is_special(line):
                self._at += 1
                self._special(line)
            else:
                self._turn()

    def _special(self, line: str) -> None:
        argument = line[4:].strip()
        if line.startswith("+++ "):
            match = re.match(r"[0-9]+", argument)
            self._writer.add(f":sleep {match[0] if match else 0}s")
        elif line.startswith("<<< "):
            self._writer.trouble(f"{argument} is a part of the dialogue in a file of its own")
        elif line in _STOP_TLS:
            self._writer.trouble("TLS is not ended inside a connection")
        else:
            self._writer.comment(line)

    # what is read

    def _expectations(self) -> list[Expected]:
        start = self._at
        while self._at < len(self._lines) and self._lines[self._at].startswith(
            ("??? ", "????", "???*")
        ):
            self._at += 1
        read = self._lines[start : self._at]
        return expectations([(line[3], unescaped(line[4:].removeprefix(" "))) for line in read])

    def _expected(self) -> None:
        for expected in self._expectations():
            self._challenged = expected.code == "334"
            for line in expected.lines:
                self._writer.add(line)

    def _reads_next(self) -> bool:
        return self._at < len(self._lines) and self._lines[self._at].startswith("???")

    # what is sent

    def _turn(self) -> None:
        """Lines up to the next special one; only the last of them waits, and only if it is read."""
        start = self._at
        while self._at < len(self._lines) and not _is_special(self._lines[self._at]):
            self._at += 1
        sent = [_sent(line) for line in self._lines[start : self._at]]
        alone = len(sent) == 1 and self._reads_next()
        if alone and sent[0].text is not None:
            self._alone(sent[0].text)
            return
        if chunk := self._chunk(sent):
            self._writer.chunk(chunk[0], chunk[1:])
            return
        if self._in_groups([line.text or "" for line in sent]):
            return
        for line in sent:
            self._unread(line)

    def _in_groups(self, lines: Sequence[str]) -> bool:
        """Write lines that went out together in groups, if each is met by a success; tell whether.

        Where nothing but the last may only end a group they stand as they are.
        """
        early = [line for line in lines[:-1] if ends_group(line)]
        start = self._at
        answers = self._expectations()
        met = len(answers) == len(lines) and all(
            one.certain and one.code[:1] == "2" for one in answers
        )
        if not (early and met and all(lines)) or any(map(BDAT.fullmatch, lines)):
            self._at = start
            return False
        self._writer.comment(in_groups(early[0]))
        for group in grouped(zip(lines, answers, strict=True), itemgetter(0)):
            if len(group) > 1:
                self._writer.hold()
            for line, _ in group:
                self._writer.command(line)
            if len(group) > 1:
                self._writer.flush()
            for _, answer in group:
                for line in answer.lines:
                    self._writer.add(line)
        return True

    def _alone(self, text: str) -> None:
        if self._challenged:
            self._writer.answer(text)
        elif text.rstrip().upper() == "DATA":
            self._data(text)
        else:
            self._writer.command(_no_marker(text), exact=text == _NO_HANDSHAKE)

    def _unread(self, line: _Line) -> None:
        if line.text is None:
            self._writer.octets(line.octets.encode("utf-8", "surrogateescape"))
        else:
            self._writer.command(_no_marker(line.text), exact=True)

    def _chunk(self, sent: Sequence[_Line]) -> list[str]:
        """Return a BDAT and its octets if that is what goes out; nothing else."""
        lines = [line.text for line in sent if line.text is not None]
        match = BDAT.fullmatch(lines[0]) if len(lines) == len(sent) else None
        if match is None or not self._reads_next() or not all(map(is_clean, lines)):
            return []
        octets = sum(len(line.encode("utf-8", "surrogateescape")) + 2 for line in lines[1:])
        return lines if octets == int(match[1]) else []

    def _data(self, text: str) -> None:
        """DATA, what is read of it, and the message if one follows that can stand so."""
        start = self._at
        expected = self._expectations()
        certain = len(expected) == 1 and expected[0].certain
        if not certain:
            self._at = start
            self._writer.command(text, exact=True)
            return
        short = expected[0].short or expected[0].lines
        if not expected[0].takes_354:
            self._writer.command(text)
            for line in short:
                self._writer.add(line)
            return
        if self._file_follows():
            return
        message = self._message()
        self._writer.command(text, exact=message is None)
        for line in short:
            self._writer.add(line)
        if message is not None:
            self._writer.body(message)

    def _file_follows(self) -> bool:
        """Write DATA with a message from a file, if that is what comes; tell whether it was."""
        line = self._lines[self._at] if self._at < len(self._lines) else ""
        if not line.startswith("<<< "):
            return False
        dot = self._lines[self._at + 1 : self._at + 2] == ["."]
        self._at += 2 if dot else 1
        self._writer.trouble("the client reads this file line by line, as a part of the dialogue")
        self._writer.add(f":data {line[4:].strip()} --raw")
        return True

    def _message(self) -> list[str] | None:
        """Return the lines of the message and go behind its dot; None if it cannot stand so."""
        found: list[str] = []
        for at, line in enumerate(self._lines[self._at :], self._at):
            text = None if _is_special(line) else _sent(line).text
            if text is None or not is_clean(text):
                return None
            if text == ".":
                self._at = at + 1
                return found
            found.append(text)
        return None
