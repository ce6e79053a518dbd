"""The verdict on a refusal: what all readers saw, weighed by one table."""

from __future__ import annotations

from collections.abc import Iterable

from smtpprobe.knowledge.annotation import Basis, Cause, Why
from smtpprobe.knowledge.evidence.codes import by_command, by_enhanced, enhanced_row, rows_of
from smtpprobe.knowledge.evidence.providers import by_provider, named_provider
from smtpprobe.knowledge.evidence.seen import (
    CAUSES_OWN,
    Evidence,
    Reader,
    Stance,
    Strength,
    Telling,
)
from smtpprobe.knowledge.evidence.words import Grasp, by_words, grasp, rank
from smtpprobe.knowledge.providers.row import ProviderRow
from smtpprobe.knowledge.rules.situation import Finding, Row, Situation
from smtpprobe.knowledge.tables.causes import CAUSES
from smtpprobe.knowledge.tables.codes import CODES
from smtpprobe.knowledge.tables.enhanced import is_specific
from smtpprobe.knowledge.tables.named_causes import NAMED
from smtpprobe.knowledge.tables.refusals import CONTEXT_ROWS, VAGUE
from smtpprobe.knowledge.wording import clip, readable
from smtpprobe.named_tuple import NamedTuple
from smtpprobe.protocol.verbs import Context

S = Strength

WEIGHTS: dict[Reader, dict[Strength, int]] = {
    Reader.PROVIDER: {S.SURE: 30, S.CLEAR: 12, S.HINT: 6},
    Reader.WORDS: {S.SURE: 14, S.CLEAR: 9, S.HINT: 4},
    Reader.ENHANCED: {S.SURE: 12, S.CLEAR: 8, S.HINT: 2},
    Reader.CONTEXT: {S.SURE: 9, S.CLEAR: 5, S.HINT: 2},
    Reader.CODE: {S.SURE: 9, S.CLEAR: 5, S.HINT: 2},
}
"""What evidence counts. Plain words go before an enhanced code that says something else, the code
before words that only hint; what several readers say adds up."""

APART = 2
"""What each step of width takes from words that stand apart: other clauses, other sentences."""

DENIAL = 12
"""What it takes from a cause that the text denies it."""

NEAR = 0.67
"""From this share of the winner's weight on, the second is a rival."""


NO_REASON = frozenset({Cause.POLICY, Cause.CONTENT_REJECTED})
"""What an enhanced status code that only hints stands for where nobody knows the reason: 5.7.1."""


class Scale(NamedTuple):
    """What counts for and against each cause."""

    weights: dict[Cause, int]
    found: tuple[Evidence, ...]


def weigh(found: Iterable[Evidence], understood: Grasp) -> Scale:
    """Return the weight of each cause.

    Beside words that were not understood, a code that serves for several causes says nothing.
    """
    told = tuple(found)
    weights: dict[Cause, int] = {}
    for one in told:
        if one.stance is Stance.SUPPOSED:
            continue
        if one.stance is Stance.DENIED:
            weights[one.cause] = weights.get(one.cause, 0) - DENIAL
            continue
        by_code = one.reader in (Reader.CONTEXT, Reader.CODE) or (
            one.reader is Reader.ENHANCED and one.cause in NO_REASON
        )
        if by_code and one.strength is S.HINT and understood is Grasp.UNREAD:
            continue
        weight = WEIGHTS[one.reader][one.strength] - APART * one.scope + one.parts
        weights[one.cause] = weights.get(one.cause, 0) + weight
    return Scale(weights, told)


def by_evidence(seen: Situation) -> Finding | None:
    """Return what all that was seen in a refusal comes to; None where nothing tells a cause."""
    return verdict(
        seen, (*by_provider(seen), *by_words(seen), *by_enhanced(seen), *by_command(seen))
    )


def by_words_and_status(seen: Situation) -> Finding | None:
    """Return the same where nobody said a code: only words and an enhanced status code count."""
    return verdict(seen, (*by_words(seen), *by_enhanced(seen)))


def verdict(seen: Situation, found: tuple[Evidence, ...]) -> Finding | None:
    """Return the finding of the heaviest cause; None where no cause has any weight."""
    ruling = _ruling(seen, found)
    if ruling is not None:
        found = tuple(
            one for one in found
            if one.cause not in ruling.instead_of and one.reader is not Reader.PROVIDER
        )  # fmt: skip
    understood = grasp(seen.wording)
    if understood is Grasp.READ and not any(
        one.reader is Reader.WORDS and one.stance is not Stance.SUPPOSED for one in found
    ):
        understood = Grasp.UNREAD  # words that are known, and yet no thought
    scale = weigh(found, understood)
    if not scale.weights:
        return None
    cause = max(scale.weights, key=lambda one: scale.weights[one])
    if scale.weights[cause] <= 0:
        return None
    own = [one for one in found if one.cause is cause and one.stance is Stance.SAID]
    row, provider = _row(seen, cause, own, named=named_provider(seen) if ruling is None else None)
    basis = _basis(seen, cause, scale, understood, own)
    return Finding(
        row, basis, provider, notes=_conflict(seen, cause, scale),
        why=_why(seen, cause, found), language=_language(own),
    )  # fmt: skip


def _ruling(seen: Situation, found: tuple[Evidence, ...]) -> Telling | None:
    """Return what a text says for certain and instead of what its stock phrase names; else None.

    A row of a provider that has words of its own knows better.
    """
    named = named_provider(seen)
    if named is not None and named.own_words:
        return None
    best: dict[Cause, Evidence] = {}
    for one in found:
        if one.reader is Reader.WORDS and one.stance is Stance.SAID and one.strength is S.SURE:
            held = best.get(one.cause)
            best[one.cause] = one if held is None or rank(one) > rank(held) else held
    return next((one.telling for one in best.values() if one.telling.instead_of), None)


def _row(
    seen: Situation, cause: Cause, own: list[Evidence], *, named: ProviderRow | None
) -> tuple[Row, str | None]:
    """Return the words for a cause: the provider's, those of the words, of the codes, its own."""
    in_words = any(one.reader is Reader.WORDS for one in own)
    vague = VAGUE | {CODES[530].row} if in_words else VAGUE
    codes = [row for row in rows_of(seen) if row.cause is cause and row not in vague]
    if named is not None and named.row.cause is cause:
        row = named.row
        if not named.own_words and codes:
            source = f"{row.source}; {codes[0].source}"
            row = codes[0]._replace(blame=row.blame, retry=row.retry, source=source)
        return row, named.provider or None
    best = max((one for one in own if one.reader is Reader.WORDS),
               key=rank, default=None)  # fmt: skip
    telling = best.telling if best is not None else None
    known = CAUSES[cause]
    if telling is not None and telling is not CAUSES_OWN:
        return Row(
            telling.title or known.title, telling.meaning, cause, telling.steps or known.steps,
            f"{SOURCE}; {known.source}", telling.blame, telling.retry, says=telling.says,
        ), None  # fmt: skip
    if form := _form_row(seen, cause):
        return form, None
    if codes:
        return codes[0], None
    return Row(known.title, known.meaning, cause, known.steps, f"{SOURCE}; {known.source}"), None


def _form_row(seen: Situation, cause: Cause) -> Row | None:
    """Return the row of this command for a line that is malformed, whatever code says so."""
    if cause is not Cause.SYNTAX_ERROR or seen.context not in (Context.MAIL, Context.RCPT):
        return None
    rows = CONTEXT_ROWS.get(seen.context, {}).get(MALFORMED, ())
    return next((row for row in rows if row.cause is cause and row.when is None), None)


MALFORMED = 501
"""RFC 5321 4.2.3: syntax error in parameters or arguments."""

SOURCE = "common wording of refusals"


def _basis(
    seen: Situation, cause: Cause, scale: Scale, understood: Grasp, own: list[Evidence]
) -> Basis:
    """Return how far a verdict may be trusted."""
    readers = {one.reader: one for one in own}
    if Reader.PROVIDER in readers and readers[Reader.PROVIDER].strength is not S.HINT:
        named = named_provider(seen)
        return Basis.PROVIDER if named is not None and named.provider else Basis.STANDARD
    rivals = [
        weight
        for other, weight in scale.weights.items()
        if other is not cause and weight >= NEAR * scale.weights[cause]
    ]
    words = readers.get(Reader.WORDS)
    if words is None:
        if Reader.PROVIDER in readers and len(readers) == 1:
            return Basis.GUESS
        best = S(max(one.strength.value for one in own))
        if understood is Grasp.UNREAD or (understood is Grasp.READ and best is S.HINT):
            return UNREAD_BASIS[best]
        return Basis.STANDARD
    if any(one.reader is Reader.ENHANCED and one.strength is not S.HINT and one.cause is not cause
           for one in scale.found):  # fmt: skip
        return Basis.LIKELY if words.strength is S.SURE else Basis.GUESS
    if words.strength is S.HINT:
        return Basis.GUESS if rivals or len(readers) == 1 else Basis.LIKELY
    if words.scope == WHOLE_TEXT:
        return Basis.GUESS
    if rivals:
        return Basis.LIKELY if words.strength is S.SURE and not words.scope else Basis.GUESS
    if len(readers) > 1 or is_named(seen, cause):
        return Basis.STANDARD
    return Basis.LIKELY


WHOLE_TEXT = 2
"""The scope of words that meet only across sentences."""

UNREAD_BASIS = {S.SURE: Basis.STANDARD, S.CLEAR: Basis.LIKELY, S.HINT: Basis.GUESS}
"""How far a code is believed beside a text that was not understood."""


def is_named(seen: Situation, cause: Cause) -> bool:
    """Return whether the standards give this cause for the command and code, or enhanced code."""
    enhanced = seen.enhanced
    if enhanced is not None and is_specific(enhanced.key):
        row = enhanced_row(seen, enhanced.key)
        if row is not None and row.cause is cause:
            return True
    context, code = seen.context, seen.code or 0
    if context is not None and (context, code, cause) in NAMED:
        return True
    rows = CONTEXT_ROWS.get(context, {}).get(code, ()) if context is not None else ()
    if any(row.cause is cause for row in rows):
        return True
    known = CODES.get(code)
    return known is not None and known.standard and known.row.cause is cause


def _conflict(seen: Situation, cause: Cause, scale: Scale) -> tuple[str, ...]:
    """Return the note on an enhanced status code and a text that disagree."""
    code = next(
        (
            one
            for one in scale.found
            if one.reader is Reader.ENHANCED and one.strength is not S.HINT
        ),
        None,
    )
    words = [one for one in scale.found
             if one.reader is Reader.WORDS and one.stance is Stance.SAID
             and one.strength is not S.HINT]  # fmt: skip
    if any(one.reader is Reader.PROVIDER for one in scale.found):
        return ()
    if code is None or not words or any(one.cause is code.cause for one in words):
        return ()
    text = next((one for one in words if one.cause is cause), words[0])
    return (f"enhanced code {seen.enhanced}: {code.cause.value}; the text: {text.cause.value}",)


def _why(seen: Situation, cause: Cause, found: tuple[Evidence, ...]) -> Why:
    """Return the evidence for a verdict and against it, each in a few words."""
    told: list[str] = []
    against: list[str] = []
    for one in sorted(found, key=lambda one: -WEIGHTS[one.reader][one.strength]):
        name = _named(seen, one)
        if one.cause is cause and one.stance is Stance.SAID:
            told.append(name)
        elif one.cause is cause:
            against.append(
                f"{name} {'denies it' if one.stance is Stance.DENIED else 'only supposes it'}"
            )
        elif one.stance is Stance.SAID and one.strength is not S.HINT:
            against.append(f"{name}: {one.cause.value}")
    return Why(tuple(dict.fromkeys(told)), tuple(dict.fromkeys(against)))


def _named(seen: Situation, one: Evidence) -> str:
    match one.reader:
        case Reader.WORDS:
            tongue = f" ({one.language})" if one.language not in ("", "en") else ""
            return f'words{tongue} "{clip(readable(one.said), 60)}"'
        case Reader.ENHANCED:
            return f"code {seen.enhanced}"
        case Reader.PROVIDER:
            return f"text of {one.said}"
        case Reader.CONTEXT:
            return f"{seen.code} to this command"
        case Reader.CODE:
            return f"code {seen.code}"


def _language(own: list[Evidence]) -> str:
    return next((one.language for one in own if one.reader is Reader.WORDS), "")
