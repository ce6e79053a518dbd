"""What a code, an enhanced status code, a word or a finding means, as values for JSON. Pure.

Each has `v`, `kind` and what it is called; what it can mean is a list, empty rather than absent.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from smtpprobe.present.annotation_json import VERSION
from smtpprobe.starttls.finding_table import WHO

if TYPE_CHECKING:
    from smtpprobe.knowledge.reference.codes import CodeFacts
    from smtpprobe.knowledge.reference.enhanced import EnhancedFacts
    from smtpprobe.knowledge.reference.words import WordFacts
    from smtpprobe.starttls.finding_table import Row

Values = dict[str, object]


def code_object(facts: CodeFacts) -> Values:
    """Return a reply code; of each meaning, the commands it answers (none: any)."""
    return {
        "v": VERSION,
        "kind": "code",
        "code": facts.code,
        "title": facts.title,
        "class": _class_of(str(facts.code)),
        "class_words": facts.klass,
        "standard": facts.standard,
        "origin": facts.origin,
        "meanings": [
            {
                "commands": list(reading.commands),
                "enhanced": reading.enhanced or None,
                "meaning": reading.meaning,
                "next": list(reading.next_steps),
                "cause": reading.cause,
                "references": list(reading.sources),
            }
            for reading in facts.readings
        ],
        "beliefs": [
            {"said": belief.said, "fact": belief.fact, "reference": belief.source}
            for belief in facts.beliefs
        ],
    }


def enhanced_object(facts: EnhancedFacts) -> Values:
    """Return an enhanced status code, and what providers mean by it otherwise."""
    return {
        "v": VERSION,
        "kind": "enhanced",
        "enhanced": facts.code,
        "registered": facts.registered,
        "class": _class_of(facts.code),
        "class_words": facts.klass,
        "subject": facts.subject,
        "meanings": [
            {
                "title": reading.title,
                "meaning": reading.meaning,
                "next": list(reading.next_steps),
                "cause": reading.cause,
                "references": list(reading.sources),
            }
            for reading in facts.readings
        ],
        "notes": [{"note": remark, "reference": source} for remark, source in facts.collisions],
    }


def word_object(facts: WordFacts) -> Values:
    """Return a command, extension or parameter, and the codes that refuse it."""
    return {
        "v": VERSION,
        "kind": "word",
        "word": facts.word,
        "meanings": [
            {
                "is": use.kind,
                "meaning": use.meaning,
                "syntax": use.syntax or None,
                "when": use.when or None,
                "references": [source for source in use.sources if source],
            }
            for use in facts.uses
        ],
        "refusals": [{"code": code, "meaning": meaning} for code, meaning in facts.refusals],
    }


def finding_object(row: Row) -> Values:
    """Return a finding of `smtpprobe starttls`."""
    return {
        "v": VERSION,
        "kind": "finding",
        "finding": row.id,
        "level": row.level,
        "levels": row.levels or None,
        "meaning": row.meaning,
        "affects": list(row.affects),
        "affects_words": WHO[row.affects],
        "fix": row.fix,
        "reference": row.reference,
    }


def _class_of(code: str) -> int | None:
    """Return the first digit as the object of a reply has it: 2 to 5, or null."""
    return int(code[0]) if code[0] in "2345" else None
