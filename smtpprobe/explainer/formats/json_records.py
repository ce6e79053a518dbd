"""Records in JSON: one a line, spread over lines, in an array or inside another record.

Notifications of services (Amazon SES, Mailgun, Mandrill, Postmark, SendGrid, SparkPost), logs of
KumoMTA, and any log that a shipper of logs has put into JSON.
"""

from __future__ import annotations

import json
import re

from smtpprobe.explainer.formats.record import Records
from smtpprobe.explainer.formats.text import TextLines
from smtpprobe.explainer.input.found_reply import Found, Trouble

DOCUMENT_OCTETS = 4 * 1024 * 1024
"""The largest record that is read."""

_MARKS = re.compile(rb'"(?:[^"\\]|\\.)*"?|[{}]')
"""Strings, which may hold braces, and the braces that begin and end records."""


class JsonRecords:
    """Reads records of JSON; `used` counts those with something to explain.

    What stands between records, as the brackets of an array, does not matter.
    """

    def __init__(self, trouble: Trouble) -> None:
        self.used = 0
        self._trouble = trouble
        self._records = Records()
        self._held: list[bytes] = []
        self._octets = 0
        self._depth = 0
        self._begin = 0

    def read(self, line: bytes, number: int) -> list[Found]:
        """Take a line in; return the replies of the records that it ends."""
        found: list[Found] = []
        start = 0
        for mark in _MARKS.finditer(line):
            if mark[0] == b"{":
                if not self._depth:
                    self._begin, start = number, mark.start()
                self._depth += 1
            elif mark[0] == b"}" and self._depth:
                self._depth -= 1
                if not self._depth:
                    self._keep(line[start : mark.end()])
                    found += self._whole()
        if self._depth:
            self._keep(line[start:])
        return found

    def close(self) -> list[Found]:
        """Report a record that the end cuts off."""
        if self._depth:
            self._trouble(self._begin, "JSON without its closing brace; this record was not read")
        return []

    def _keep(self, octets: bytes) -> None:
        self._octets += len(octets) + 1
        if self._octets <= DOCUMENT_OCTETS:
            self._held.append(octets)

    def _whole(self) -> list[Found]:
        lines, octets = self._held, self._octets
        self._held, self._octets = [], 0
        if octets > DOCUMENT_OCTETS:
            self._trouble(self._begin, "a JSON record of more than 4 MiB, skipped")
            return []
        try:
            record = json.loads(b"\n".join(lines))
        except (ValueError, RecursionError):
            found = self._as_text(lines)
        else:
            found = self._records.read(record, self._begin)
        self.used += bool(found)
        return found

    def _as_text(self, lines: list[bytes]) -> list[Found]:
        """Return the replies in what only looks like JSON."""
        reader = TextLines()
        found = [
            one for place, line in enumerate(lines, self._begin) for one in reader.read(line, place)
        ]
        return [*found, *reader.close()]
