"""An explained reply for programs: a JSON object, a row of CSV."""

from __future__ import annotations

import io

from smtpprobe.explain.found import Found
from smtpprobe.explain.meaning import reply_of
from smtpprobe.knowledge.annotation import Annotation
from smtpprobe.present.annotation_json import annotation_object
from smtpprobe.present.escape import escaped
from smtpprobe.present.json_text import json_text

COLUMNS = (
    *("file", "line", "code", "enhanced", "command", "cause", "blame", "retry", "basis"),
    *("provider", "host", "recipient", "said_to", "connection", "meaning", "next", "text"),
)


def shown_text(found: Found) -> str:
    """Return the reply, its lines apart, with everything escaped that could drive a terminal."""
    lines = (line.raw.decode("utf-8", "surrogateescape") for line in reply_of(found).lines)
    return "\n".join(escaped(line.rstrip("\r\n"), keep="\t") for line in lines)


def explained_object(found: Found, annotation: Annotation, source: str | None) -> dict[str, object]:
    """Return the object of one reply; `source` is the file, None for a reply that was typed."""
    return {
        **annotation_object(annotation),
        "text": shown_text(found),
        "host": _clean(found.host),
        "recipient": _clean(found.recipient),
        "said_to": _clean(found.client),
        "connection": _clean(found.connection) or None,
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
