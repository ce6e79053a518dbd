"""The annotation of a reply as a JSON object: one shape for transcripts, reports and explain."""

from __future__ import annotations

from smtpprobe.knowledge.annotation import Annotation
from smtpprobe.protocol.verbs import CONTEXT_WORDS, Context

VERSION = 1
"""Fields may be added; a changed meaning makes the next version."""

_KNOWN = frozenset(Context) - {Context.UNKNOWN}


def annotation_object(annotation: Annotation) -> dict[str, object]:
    """Return the annotation as plain values for JSON; no field of it is a measured time."""
    code, context = annotation.code, annotation.context
    in_range = code is not None and 200 <= code <= 599
    return {
        "v": VERSION,
        "code": code,
        "enhanced": str(annotation.enhanced) if annotation.enhanced else None,
        "command": CONTEXT_WORDS[context].json if context in _KNOWN else None,
        "class": code // 100 if code is not None and in_range else None,
        "title": annotation.title,
        "meaning": f"{annotation.meaning} {annotation.more}".rstrip(" "),
        "next": [step.text for step in annotation.next_steps],
        "cause": annotation.cause.value,
        "blame": annotation.blame.value,
        "retry": annotation.retry.value,
        "failure": annotation.failure.value if annotation.failure is not None else None,
        "basis": annotation.basis.value,
        "why": {"for": list(annotation.why.speaks_for), "against": list(annotation.why.against)},
        "language": annotation.language or None,
        "provider": annotation.provider,
        "notes": [*annotation.remarks, *annotation.notes],
        "references": list(annotation.references),
    }
