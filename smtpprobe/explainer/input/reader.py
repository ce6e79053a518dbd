"""Reads the replies of one input in constant memory, with the reader for its format."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Protocol

from smtpprobe.explainer.formats.log import LogLines
from smtpprobe.explainer.formats.session_log import SessionLog
from smtpprobe.explainer.formats.text import TextLines
from smtpprobe.explainer.input.base64_text import decoded, is_base64
from smtpprobe.explainer.input.chunks import Chunk, Intake
from smtpprobe.explainer.input.detect import SAMPLE_OCTETS, Form, form_of, has_enough
from smtpprobe.explainer.input.found_reply import Found, Trouble


class Reader(Protocol):
    """What takes lines and returns replies; `used` counts the lines that held one."""

    @property
    def used(self) -> int:
        """How many lines so far were, or held, a reply."""

    def read(self, line: bytes, number: int) -> list[Found]:
        """Take a line in; return the replies that are whole with it."""

    def close(self) -> list[Found]:
        """Return what is left at the end of the input."""


class _Log:
    def __init__(self) -> None:
        self.used = 0
        self._lines = LogLines()

    def read(self, line: bytes, number: int) -> list[Found]:
        found = self._lines.read(line, number)
        if found is None:
            return []
        self.used += 1
        return [found]

    def close(self) -> list[Found]:
        return []


def reader_of(form: Form, trouble: Trouble) -> Reader:
    """Return the reader for a form; what only some forms need is imported here."""
    match form:
        case Form.LOG:
            return _Log()
        case Form.SESSIONS:
            return SessionLog()
        case Form.MAIL:
            from smtpprobe.explainer.formats.dsn import Mail  # noqa: PLC0415

            return Mail(trouble)
        case Form.JSON_RECORDING:
            from smtpprobe.explainer.formats.recording import JsonRecording  # noqa: PLC0415

            return JsonRecording(trouble)
        case Form.TEXT_RECORDING:
            from smtpprobe.explainer.formats.recording import TextRecording  # noqa: PLC0415

            return TextRecording(trouble)
        case Form.JSON:
            from smtpprobe.explainer.formats.json_records import JsonRecords  # noqa: PLC0415

            return JsonRecords(trouble)
        case Form.TABLE:
            from smtpprobe.explainer.formats.csv_records import CsvRecords  # noqa: PLC0415

            return CsvRecords(trouble)
        case Form.TEXT | Form.BINARY:
            return TextLines()


class Reading:
    """One input while it is read. `lines` and `used` count the lines read and those with a reply.

    Raises OSError if the input cannot be opened; later errors are reported.
    """

    def __init__(self, source: str, trouble: Trouble) -> None:
        self.source = source
        self.intake = Intake(source, trouble)
        self.lines = 0
        self.used = 0
        self._trouble = trouble
        self._chunks = self.intake.chunks()
        self.form = self._sniffed()

    def close(self) -> None:
        """Close the file."""
        self.intake.close()

    def chunks(self) -> Iterator[Chunk]:
        """Yield the input in chunks of whole lines; nothing of binary data."""
        return iter(()) if self.form is Form.BINARY else self._chunks

    def found(self) -> Iterator[list[Found]]:
        """Yield the replies, those of one line at a time; empty lists now and then."""
        reader = reader_of(self.form, self._trouble)
        for chunk in self.chunks():
            lines = lines_of(chunk)
            if self.form is Form.TEXT_RECORDING and not chunk.octets.endswith(b"\n"):
                from smtpprobe.script.recordings.builder import CUT_LINE  # noqa: PLC0415

                # the program that wrote it was killed: half a reply would read as a short one
                lines.pop()
                self._trouble(chunk.number + len(lines), CUT_LINE)
            for number, line in enumerate(lines, chunk.number):
                if found := reader.read(line, number):
                    yield found
            self.lines += count_of(chunk)
            self.used = reader.used
            yield []
        last = reader.close()
        self.used = reader.used
        yield last

    def _sniffed(self) -> Form:
        """Take the first chunks until they show the format, and put them back."""
        first: list[Chunk] = []
        sample = b""
        for chunk in self._chunks:
            first.append(chunk)
            sample += chunk.octets[:SAMPLE_OCTETS]
            if has_enough(sample[:SAMPLE_OCTETS]):
                break
        form = form_of(sample[:SAMPLE_OCTETS])
        self._chunks = chain(first, self._chunks)
        if form is Form.TEXT and is_base64(sample[:SAMPLE_OCTETS]):
            self._chunks = decoded(self._chunks, self._trouble)
            return self._sniffed()
        if form is Form.BINARY:
            self._trouble(0, "binary data, skipped")
        return form


def lines_of(chunk: Chunk) -> list[bytes]:
    """Return a chunk's lines without their ends."""
    lines = chunk.octets.split(b"\n")
    if not lines[-1]:
        lines.pop()
    return lines


def count_of(chunk: Chunk) -> int:
    """Return how many lines a chunk has; one that lacks its end counts."""
    return chunk.octets.count(b"\n") + (0 if chunk.octets.endswith(b"\n") else 1)
