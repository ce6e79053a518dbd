"""What a word of the protocol means, a command, EHLO keyword or parameter: `explain STARTTLS`."""

from __future__ import annotations

from dataclasses import dataclass

from smtpprobe.knowledge.reference.codes import NEUTRAL
from smtpprobe.knowledge.tables.keywords import KEYWORDS
from smtpprobe.knowledge.tables.refusals import CONTEXT_ROWS
from smtpprobe.knowledge.wording import fill
from smtpprobe.protocol.phase import PROMPT_WORDS, Phase
from smtpprobe.protocol.verbs import CONTEXTS, VERBS, Parameter, Verb


@dataclass(frozen=True, slots=True)
class Use:
    """One thing that a word is: `kind` is command, extension or parameter.

    `syntax` is how it is written, `when` where it belongs, may be empty.
    """

    kind: str
    meaning: str
    syntax: str
    when: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WordFacts:
    """All that is known of a word; `refusals` are the codes that refuse it, with their meaning."""

    word: str
    uses: tuple[Use, ...]
    refusals: tuple[tuple[int, str], ...]


def explain_word(text: str) -> WordFacts | None:
    """Return what a command, an EHLO keyword or a parameter means; None for any other word."""
    word = text.strip().upper().removesuffix("=")
    uses = (*_command(word), *_extension(word), *_parameters(word))
    return WordFacts(word, uses, _refusals(word)) if uses else None


def _command(word: str) -> tuple[Use, ...]:
    verb = VERBS.get(word)
    if verb is None:
        return ()
    return (Use("command", verb.summary, verb.syntax, _when(verb), (verb.reference,)),)


def _when(verb: Verb) -> str:
    phases = ", ".join(PROMPT_WORDS[phase] for phase in Phase if phase in verb.phases)
    announced = f"; announced by {verb.keyword}" if verb.keyword else ""
    return f"fits in: {phases}{announced}"


def _extension(word: str) -> tuple[Use, ...]:
    known = KEYWORDS.get(word)
    if known is None:
        return ()
    return (Use("extension", known.meaning, "", "in the reply to EHLO", (known.source,)),)


def _parameters(word: str) -> tuple[Use, ...]:
    return tuple(
        _use(known, verb)
        for verb in VERBS.values()
        for known in verb.parameters
        if known.name.removesuffix("=") == word
    )


def _use(known: Parameter, verb: Verb) -> Use:
    values = f"{known.name}{'|'.join(known.values)}" if known.values else known.name
    announced = f"; announced by {known.keyword}" if known.keyword else ""
    when = f"behind {verb.name}{announced}"
    return Use("parameter", known.meaning, values, when, (known.source,))


def _refusals(word: str) -> tuple[tuple[int, str], ...]:
    if word not in VERBS:
        return ()
    values = {**NEUTRAL, "verb": word}
    rows = CONTEXT_ROWS.get(CONTEXTS[word], {})
    return tuple(
        (code, fill(rows[code][-1].meaning, values)) for code in sorted(rows) if code >= 400
    )
