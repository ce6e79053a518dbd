"""The row of a report format: what `--format` of scripts and of `starttls` have in common."""

from __future__ import annotations

from enum import Enum

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Self


class ReportFormat(Enum):
    """A row is the word of `--format`, and `module.function` of its writer, in the table's folder.

    Without a writer the format is not one document, but written as results come.
    """

    writer: str

    def __new__(cls, word: str, writer: str = "") -> Self:
        """Make a member of a row; its value is the word."""
        form = object.__new__(cls)
        form._value_ = word
        form.writer = writer
        return form

    @property
    def module(self) -> str:
        """The full name of the module that writes it."""
        folder = type(self).__module__.rpartition(".")[0]
        return f"{folder}.{self.writer.split('.')[0]}"

    def document(self, results: object, options: object) -> str:
        """Return the results in this format, which has a writer; loads the writer's module only."""
        from importlib import import_module  # noqa: PLC0415 - not for the list of formats in help

        write = getattr(import_module(self.module), self.writer.split(".")[1])
        text = write(results, options)
        assert isinstance(text, str)
        return text
