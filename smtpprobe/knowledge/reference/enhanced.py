"""All that an enhanced status code can mean: `explain 5.7.26`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from smtpprobe.knowledge.reference.codes import NEUTRAL, useful
from smtpprobe.knowledge.tables.enhanced import COLLISIONS, ENHANCED, generic_key
from smtpprobe.knowledge.wording import fill

CLASSES = {
    "2": "class 2: success",
    "4": "class 4: temporary; the same may succeed later",
    "5": "class 5: permanent; retrying it unchanged is of no use",
    "X": "X is the class: 2 success, 4 temporary, 5 permanent",
}
"""What the class of an enhanced status code means (RFC 3463 2)."""

SUBJECTS = {
    "0": "other or undefined",
    "1": "address",
    "2": "mailbox",
    "3": "mail system",
    "4": "network and routing",
    "5": "protocol",
    "6": "content of the message",
    "7": "security and policy",
}
"""What the subject of an enhanced status code means (RFC 3463 3)."""

_FORM = re.compile(r"([245Xx])\.(\d{1,3})\.(\d{1,3})")


@dataclass(frozen=True, slots=True)
class EnhancedReading:
    """One meaning in the registry, the next steps and the cause that follow, the source."""

    title: str
    meaning: str
    next_steps: tuple[str, ...]
    cause: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EnhancedFacts:
    """All that is known of an enhanced status code.

    Where the registry lacks it, `registered` is false and the readings are those of its subject.
    `collisions` are pairs: what a provider means by it, and the source.
    """

    code: str
    key: str
    registered: bool
    klass: str
    subject: str
    readings: tuple[EnhancedReading, ...]
    collisions: tuple[tuple[str, str], ...]


def explain_enhanced(text: str) -> EnhancedFacts | None:
    """Return what `5.7.26` or `X.7.26` means; None for what is no enhanced status code."""
    match = _FORM.fullmatch(text.strip())
    if match is None:
        return None
    klass, subject = match[1].upper(), str(int(match[2]))
    key = f"X.{subject}.{int(match[3])}"
    rows = ENHANCED.get(key) or ENHANCED.get(generic_key(key), ())
    readings = tuple(
        EnhancedReading(
            row.title,
            fill(row.meaning, NEUTRAL),
            useful(row.steps) or ("nothing to do",),
            row.cause.value,
            tuple(row.source.split("; ")),
        )
        for row in rows
    )
    return EnhancedFacts(
        f"{klass}{key[1:]}",
        key,
        key in ENHANCED,
        CLASSES[klass],
        SUBJECTS.get(subject, "a subject that the registry does not have"),
        readings,
        (COLLISIONS[key],) if key in COLLISIONS else (),
    )
