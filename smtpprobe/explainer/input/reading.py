"""From one input to its replies, in constant memory, by the reader that its form asks for."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Protocol

from smtpprobe.explainer.formats.log import LogLines
from smtpprobe.explainer.formats.session_log import SessionLog
from smtpprobe.explainer.formats.text import TextLines
from smtpprobe.explainer.input.blocks import Block, Intake, Trouble
from smtpprobe.explainer.input.detect import SAMPLE_OCTETS, Form, form_of, has_enough
from smtpprobe.explainer.input.found import Found


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

            return JsonRecording()
        case Form.TEXT_RECORDING:
            from smtpprobe.explainer.formats.recording import TextRecording  # noqa: PLC0415

            return TextRecording()
        case Form.TEXT | Form.BINARY:
            return TextLines()


class Reading:
    """One input while it is read. `lines` and `used` count the lines read and those with a reply.

    Raises OSError when the input cannot be opened; later trouble is told.
    """

    def __init__(self, source: str, trouble: Trouble) -> None:
        self.source = source
        self.intake = Intake(source, trouble)
        self.lines = 0
        self.used = 0
        self._trouble = trouble
        self._blocks = self.intake.blocks()
        self.form = self._sniffed()

    def close(self) -> None:
        """Close the file."""
        self.intake.close()

    def blocks(self) -> Iterator[Block]:
        """Yield the input in blocks of whole lines; nothing of binary data."""
        return iter(()) if self.form is Form.BINARY else self._blocks

    def found(self) -> Iterator[list[Found]]:
        """Yield the replies, those of one line at a time; empty lists now and then."""
        reader = reader_of(self.form, self._trouble)
        for block in self.blocks():
            for number, line in enumerate(lines_of(block), block.number):
                if found := reader.read(line, number):
                    yield found
            self.lines += count_of(block)
            self.used = reader.used
            yield []
        last = reader.close()
        self.used = reader.used
        yield last

    def _sniffed(self) -> Form:
        """Take the first blocks until they tell what this is, and put them back."""
        first: list[Block] = []
        sample = b""
        for block in self._blocks:
            first.append(block)
            sample += block.octets[:SAMPLE_OCTETS]
            if has_enough(sample[:SAMPLE_OCTETS]):
                break
        form = form_of(sample[:SAMPLE_OCTETS])
        self._blocks = chain(first, self._blocks)
        if form is Form.BINARY:
            self._trouble(0, "binary data, passed over")
        return form


def lines_of(block: Block) -> list[bytes]:
    """Return a block's lines without their ends."""
    lines = block.octets.split(b"\n")
    if not lines[-1]:
        lines.pop()
    return lines


def count_of(block: Block) -> int:
    """Return how many lines a block has; one that lacks its end counts."""
    return block.octets.count(b"\n") + (0 if block.octets.endswith(b"\n") else 1)
