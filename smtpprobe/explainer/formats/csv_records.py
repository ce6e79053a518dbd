"""Records in a table (RFC 4180) whose first line names the columns.

Message tracking logs of Exchange, accounting files of PowerMTA, exports of services.
"""

from __future__ import annotations

import csv

from smtpprobe.explainer.formats.record import Records, is_of_mail
from smtpprobe.explainer.input.found_reply import Found, Trouble

ROW_OCTETS = 64 * 1024
"""The longest row that is read: a quoted value may run over lines."""

_FIELDS = b"#Fields:"
_DELIMITERS = ",;\t"


def columns_of(line: bytes) -> tuple[list[str], str] | None:
    """Return the names of columns in a line, and what separates them; None if not of mail."""
    text = line.removeprefix(_FIELDS).decode("utf-8", "replace").strip()
    for delimiter in _DELIMITERS:
        try:
            names = next(csv.reader([text], delimiter=delimiter, strict=False), [])
        except csv.Error:  # a bare CR, or a value beyond what csv takes
            return None
        # a sentence has commas as well, but not between single words
        if len(names) > 2 and all(len(name.split()) <= 3 for name in names) and is_of_mail(names):
            return names, delimiter
    return None


class CsvRecords:
    """Reads rows; `used` counts those with something to explain."""

    def __init__(self, trouble: Trouble) -> None:
        self.used = 0
        self._trouble = trouble
        self._records = Records()
        self._columns: tuple[list[str], str] | None = None
        self._row: list[bytes] = []
        self._octets = 0
        self._quotes = 0
        self._begin = 0

    def read(self, line: bytes, number: int) -> list[Found]:
        """Take a line in; return the replies of the row that it ends."""
        if not self._row:
            self._begin = number
            if line.startswith(b"#") or self._columns is None:
                self._columns = columns_of(line) or self._columns
                return []
        self._row.append(line.rstrip(b"\r\n"))
        self._octets += len(line)
        self._quotes += line.count(b'"')
        return [] if self._quotes % 2 and self._octets <= ROW_OCTETS else self._whole()

    def close(self) -> list[Found]:
        """Return the replies of a row that the end cuts off."""
        return self._whole() if self._row else []

    def _whole(self) -> list[Found]:
        row, octets = b"\n".join(self._row), self._octets
        self._row, self._octets, self._quotes = [], 0, 0
        if octets > ROW_OCTETS:
            self._trouble(self._begin, "a row of more than 64 KiB, skipped; is a quote missing?")
            return []
        assert self._columns is not None
        names, delimiter = self._columns
        text = row.decode("utf-8", "surrogateescape").replace("\0", "")
        try:
            values = next(csv.reader(text.splitlines(keepends=True), delimiter=delimiter), [])
        except csv.Error as error:
            self._trouble(self._begin, f"not a row of a table: {error}")
            return []
        found = self._records.read(dict(zip(names, values, strict=False)), self._begin)
        self.used += bool(found)
        return found
