"""One explained reply as lines for people. Pure."""

from __future__ import annotations

from smtpprobe.explainer.explain import TEXT_CHARACTERS, reply_of
from smtpprobe.explainer.input.found_reply import WORDS, Found
from smtpprobe.knowledge.annotation import Annotation
from smtpprobe.present import spans
from smtpprobe.present.escape import shown
from smtpprobe.present.reply import Detail, annotation_lines, mark_of, reply_lines
from smtpprobe.present.spans import Line

EXAMPLE_LINES = 6
"""How many lines of a long reply an example shows."""


def reply_block(found: Found, annotation: Annotation, detail: Detail) -> list[Line]:
    """Return the reply as the client got it and its annotation."""
    if found.klass:
        told = annotation_lines(annotation, detail, _MARKS[found.klass], facts=True)
        return [*_reason(found), *told]
    reply = reply_of(found)
    lines = reply_lines(reply)
    if len(lines) > EXAMPLE_LINES and detail is not Detail.FULL:
        rest = len(lines) - EXAMPLE_LINES
        lines[EXAMPLE_LINES:] = [spans.line(f"# ({rest} more lines)", spans.ASIDE)]
    return lines + annotation_lines(annotation, detail, mark_of(reply), facts=True)


_STYLES = {WORDS: spans.PLAIN, 2: spans.SUCCESS, 4: spans.TRANSIENT, 5: spans.PERMANENT}
_MARKS = {WORDS: "", 2: "", 4: "~", 5: "!"}


def _reason(found: Found) -> list[Line]:
    """Return the log's own words where there is no reply."""
    text = found.text[:TEXT_CHARACTERS]
    return [spans.line(shown(line), _STYLES[found.klass]) for line in text.split("\n") if line]
