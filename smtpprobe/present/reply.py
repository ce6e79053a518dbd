"""A reply and its annotation as lines for people. Pure, and quick to import."""

from __future__ import annotations

from enum import Enum

from smtpprobe.knowledge.annotation import Annotation
from smtpprobe.knowledge.wording import clip
from smtpprobe.present import spans
from smtpprobe.present.escape import shown
from smtpprobe.present.spans import Line, Span
from smtpprobe.protocol.reply import Defect, Reply, Severity

PIECE_LINES = 40
"""How many lines of one piece of an over-long reply are shown; recordings hold all of them."""


class Detail(Enum):
    """How detailed annotations are; the value is the word of `:annotate`."""

    OFF = "off"
    BRIEF = "brief"
    FULL = "full"


_STYLES = {
    Severity.SUCCESS: spans.SUCCESS,
    Severity.INTERMEDIATE: spans.INTERMEDIATE,
    Severity.TRANSIENT: spans.TRANSIENT,
    Severity.PERMANENT: spans.PERMANENT,
    None: spans.MALFORMED,
}
_MARKS = {Severity.TRANSIENT: "~", Severity.PERMANENT: "!"}
HARMLESS = frozenset({Defect.NON_ASCII, Defect.ENHANCED_MISMATCH, Defect.ENHANCED_CHANGED})
"""Defects that leave no doubt of what the reply says: its class keeps its own mark."""


def reply_lines(reply: Reply, *, visible_blanks: bool = False) -> list[Line]:
    """Return the reply as it came, escaped; a piece of an over-long one is shortened."""
    style = _STYLES[reply.severity]
    wanted = reply.lines[:PIECE_LINES] if reply.piece else reply.lines
    lines = []
    for part in wanted:
        text = part.raw.removesuffix(b"\n").removesuffix(b"\r").decode("utf-8", "surrogateescape")
        if visible_blanks:
            bare = text.rstrip(" ")
            text = bare + "\N{MIDDLE DOT}" * (len(text) - len(bare))
        lines.append(spans.line(shown(text), style))
    if len(reply.lines) > len(wanted):
        rest = len(reply.lines) - len(wanted)
        lines.append(comment(f"({rest} more lines of this piece not shown)"))
    return lines


def annotation_lines(
    annotation: Annotation,
    detail: Detail,
    mark: str = "",
    aside: str = "",
    number: str | None = None,
    *,
    facts: bool = False,
) -> list[Line]:
    """Return the `# ` lines of an annotation: two in brief, more in full, none when off.

    Each defect of the reply itself gets a line, in brief too.

    `aside` (a measured time) ends the first line; `number` replaces the reply's codes;
    `facts` shows the details in brief too.
    """
    if detail is Detail.OFF:
        return []
    if number is None:
        number = codes_of(annotation.code, annotation.enhanced)
    told = ("#", number, mark, annotation.meaning, annotation.more)
    words = " ".join(word for word in told if word)
    style = spans.DEFECT if mark == "?" else spans.ANNOTATION
    first: Line = (Span(style, words),)
    lines: list[Line] = [(*first, Span(spans.ASIDE, f"  {aside}")) if aside else first]
    lines += [remark_line(remark) for remark in annotation.remarks]
    full = detail is Detail.FULL
    if full or facts:
        lines += [comment(f"  {detail_text}") for detail_text in annotation.details]
    if annotation.next_steps:
        steps = "; ".join(step.text for step in annotation.next_steps[:4])
        lines.append(comment(f"next: {steps}"))
    if full:
        lines += [comment(f"note: {note}") for note in annotation.notes]
        lines.append(comment(_vocabulary(annotation)))
        lines += [comment(part) for part in _reasons(annotation)]
        if annotation.references:
            lines.append(comment(f"see: {', '.join(annotation.references)}"))
    return lines


def remark_line(text: str) -> Line:
    """Return a line that reports a defect."""
    return spans.line(f"# ? {text}", spans.DEFECT)


def comment(text: str) -> Line:
    """Return a line of annotation."""
    return spans.line(f"# {text}", spans.ANNOTATION)


def codes_of(code: int | None, enhanced: object) -> str:
    """Return the code and the enhanced code, as far as there are any."""
    digits = None if code is None else f"{code:03}"
    return " ".join(str(part) for part in (digits, enhanced) if part is not None)


def mark_of(reply: Reply) -> str:
    """Return `!` for a refusal, `~` for one that is temporary, `?` for a reply out of form."""
    if reply.defects - HARMLESS:
        return "?"
    return _MARKS.get(reply.severity, "") if reply.severity else "?"


def _reasons(annotation: Annotation) -> list[str]:
    """Return the evidence for the cause and against it, at most one line each."""
    told = (("why", annotation.why.speaks_for), ("against", annotation.why.against))
    return [clip(f"{word}: {'; '.join(parts)}") for word, parts in told if parts]


def _vocabulary(annotation: Annotation) -> str:
    words = (annotation.cause, annotation.blame, annotation.retry, annotation.basis)
    cause, blame, retry, basis = (word.value for word in words)
    provider = f", {annotation.provider}" if annotation.provider else ""
    failure = f"; failure: {annotation.failure.value}" if annotation.failure is not None else ""
    return f"cause: {cause}; blame: {blame}; retry: {retry}{failure}; basis: {basis}{provider}"
