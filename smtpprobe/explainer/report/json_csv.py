"""Explained replies for programs: as JSON objects or CSV rows, and whole documents."""

from __future__ import annotations

import io
from collections.abc import Callable

from smtpprobe.explainer.arguments import Output
from smtpprobe.explainer.explain import TEXT_CHARACTERS, reply_of
from smtpprobe.explainer.input.found_reply import WORDS, Found
from smtpprobe.knowledge.annotation import Annotation
from smtpprobe.present.annotation_json import annotation_object
from smtpprobe.present.escape import escaped
from smtpprobe.present.json_text import json_text

COLUMNS = (
    *("file", "line", "code", "enhanced", "command", "cause", "blame", "retry", "basis"),
    *("provider", "host", "recipient", "said_to", "connection", "meaning", "next", "text"),
    *("kind", "class", "queue_id"),
)


class Rows:
    """Writes what programs read, a reply at a time: JSON is one array, CSV has a header.

    `close` makes the document whole, whatever it holds.
    """

    def __init__(self, output: Output, write: Callable[[str], object]) -> None:
        self._output = output
        self._write = write
        self._between = ""
        write({Output.JSON: "[", Output.CSV: csv_row(list(COLUMNS))}.get(output, ""))

    def reply(self, found: Found, annotation: Annotation, source: str | None) -> None:
        """Write one explained reply; `source` is the file, None for a reply that was typed."""
        if self._output is Output.CSV:
            self._write(csv_line(found, annotation, source))
        else:
            self._object(json_line(found, annotation, source))

    def facts(self, values: dict[str, object]) -> None:
        """Write what a code, a word or a finding means."""
        self._object(json_text(values, ascii_only=True, compact=True) + "\n")

    def close(self) -> None:
        """Write what the document ends with."""
        if self._output is Output.JSON:
            self._write("\n]\n" if self._between else "]\n")

    def _object(self, line: str) -> None:
        if self._output is Output.JSON:
            line = f"{self._between}\n{line[:-1]}"
            self._between = ","
        self._write(line)


def shown_text(found: Found) -> str:
    """Return the reply, its lines apart, with everything escaped that could drive a terminal."""
    if found.klass:
        return escaped(found.text[:TEXT_CHARACTERS], keep="\t\n")
    lines = (line.raw.decode("utf-8", "surrogateescape") for line in reply_of(found).lines)
    return "\n".join(escaped(line.rstrip("\r\n"), keep="\t") for line in lines)


def explained_object(found: Found, annotation: Annotation, source: str | None) -> dict[str, object]:
    """Return the object of one reply; `source` is the file, None for a reply that was typed."""
    values = annotation_object(annotation)
    return {
        **values,
        "kind": "outcome" if found.klass else "reply",
        "class": values["class"] if found.klass in (0, WORDS) else found.klass,
        "text": shown_text(found),
        "host": _clean(found.host),
        "recipient": _clean(found.recipient),
        "said_to": _clean(found.client),
        "connection": _clean(found.connection) or None,
        "queue_id": _clean(found.queue),
        "source": None if source is None else {"file": _clean(source), "line": found.line},
    }


def json_line(found: Found, annotation: Annotation, source: str | None) -> str:
    """Return the object as one line of ASCII."""
    values = explained_object(found, annotation, source)
    return json_text(values, ascii_only=True, compact=True) + "\n"


def csv_line(found: Found, annotation: Annotation, source: str | None) -> str:
    """Return the reply as a row (RFC 4180); steps are joined by `; `."""
    values = explained_object(found, annotation, source)
    steps = "; ".join(step.text for step in annotation.next_steps)
    place = {"file": _clean(source) or "", "line": found.line or "", "next": steps}
    return csv_row([str({**values, **place}[name] or "") for name in COLUMNS])


def csv_row(values: list[str]) -> str:
    """Return values as a row of CSV, quoted where needed."""
    import csv  # noqa: PLC0415 - only for this output

    row = io.StringIO()
    csv.writer(row).writerow(values)
    return row.getvalue()


def _clean(text: str | None) -> str | None:
    return None if text is None else escaped(text)
