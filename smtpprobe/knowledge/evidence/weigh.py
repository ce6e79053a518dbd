"""The verdict on a refusal: what all readers saw, weighed by one table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from math import exp

from smtpprobe.knowledge.annotation import Basis, Blame, Cause, Why
from smtpprobe.knowledge.evidence.codes import (
    by_command,
    by_enhanced,
    enhanced_row,
    rows_of,
)
from smtpprobe.knowledge.evidence.likeness import Likeness, complains, likeness, telling
from smtpprobe.knowledge.evidence.providers import by_provider, named_provider
from smtpprobe.knowledge.evidence.seen import (
    CAUSES_OWN,
    Evidence,
    Reader,
    Stance,
    Strength,
    Telling,
)
from smtpprobe.knowledge.evidence.words import FORM_CODES, Grasp, by_words, grasp, rank
from smtpprobe.knowledge.language.reading import Reading, reading
from smtpprobe.knowledge.providers.lookup import is_number
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
    return verdict(seen, (*by_words(seen), *by_enhanced(seen)), coded=False)


def verdict(seen: Situation, found: tuple[Evidence, ...], *, coded: bool = True) -> Finding | None:
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
    cause = _heaviest(scale.weights)
    known = ruling is not None or any(
        (one.reader is Reader.WORDS and one.cause is cause and cause in OF_FORM)
        or (one.reader is Reader.PROVIDER and one.strength is not S.HINT)
        or (one.reader is Reader.ENHANCED and one.strength is S.SURE and one.cause is cause)
        for one in found
    )
    shares: dict[Cause, float] = {}
    if coded and not known and understood is not Grasp.EMPTY and _is_open(seen):
        like = likeness(seen)
        shares = shares_by_weight(scale.weights, like)
        given, cause = cause, _by_likeness(seen, cause, shares, like, found)
        if cause is None and given in _plain_words(found):
            return _undecided(seen, given, shares, found)
    elif cause is not None and (not coded or _knows_a_number(seen, cause, found)):
        others = shares_by_weight(scale.weights, likeness(seen))
        given, cause = cause, _unless_unlike(cause, others, found if coded else ())
        if cause is None:
            return _undecided(seen, given, others, found)
    if cause is None:
        return None
    counted = cause in scale.weights
    own = [one for one in found if counted and one.cause is cause and one.stance is Stance.SAID]
    row, provider = _row(seen, cause, own, named=named_provider(seen) if ruling is None else None)
    basis = _basis(seen, cause, scale, understood, own) if own else Basis.LIKELY
    basis = _trusted(basis, shares.get(cause, 1.0))
    return Finding(
        row, basis, provider, notes=_conflict(seen, cause, scale),
        why=_why(seen, cause, found) if own else Why((LIKE.format(telling(seen, cause)),)),
        language=_language(own) if own else language_of(seen),
    )  # fmt: skip


WEIGHT_IN_LIKENESS, LIKENESS = 0.2, 0.7
"""How evidence and likeness add up: what a step of weight is in natural logarithms, and what of a
likeness counts beside it."""

CONFIRMED, INSTEAD, OVER_WORDS = 0.25, 0.6, 0.9
"""The least share, of all that speaks for any cause, of the one that is told: where the readers
give it, too; where they give another or none; where plain words say only others."""

DISPUTED, DOUBTED = 0.95, 0.05
"""The least share of a cause that takes the place of one for which there is good ground, and the
least share that this one must have."""

LEAST_OF_WORDS = 1.0
"""How much the words have to say for a cause that no reader saw (natural logarithm)."""

TRUST = {Basis.STANDARD: 0.9, Basis.LIKELY: 0.65}
"""The least share of a cause for each basis."""


def shares_by_weight(weights: dict[Cause, int], like: Likeness) -> dict[Cause, float]:
    """Return for each cause its share of all that speaks for any."""
    added = {
        cause: LIKENESS * told + WEIGHT_IN_LIKENESS * weights.get(cause, 0)
        for cause, told in like.weights.items()
    }
    most = max(added.values())
    parts = {cause: exp(one - most) for cause, one in added.items()}
    total = sum(parts.values())
    return {cause: part / total for cause, part in parts.items()}


def _heaviest(weights: dict[Cause, int]) -> Cause | None:
    """Return the cause for which most evidence speaks; None where none does."""
    cause = max(weights, key=weights.__getitem__, default=None)
    return cause if cause is not None and weights[cause] > 0 else None


OF_FORM = frozenset({Cause.SYNTAX_ERROR, Cause.BAD_SEQUENCE})
"""What words say of a line or a session in few ways, which the readers know."""

LOGINS_AND_TLS = frozenset({Context.AUTH, Context.AUTH_STEP, Context.STARTTLS})
"""What is refused for few reasons, which the readers know."""


DELIVERIES = frozenset({Context.RCPT, Context.DATA_END})
"""Commands after which servers give codes that speak of the command for other causes, too."""


def _is_open(seen: Situation) -> bool:
    """Return whether code and command leave it to the words which of many causes it is."""
    if seen.context in LOGINS_AND_TLS or seen.unasked:
        return False
    return seen.code not in FORM_CODES or seen.context in DELIVERIES


def _by_likeness(
    seen: Situation,
    given: Cause | None,
    shares: dict[Cause, float],
    like: Likeness,
    found: tuple[Evidence, ...],
) -> Cause | None:
    """Return the cause that is told, where the readers give one, or none; None for `unknown`.

    What the words deny, or only mention, is made nothing of. What they say plainly gives way to
    another cause, not to the mere doubt that replies with the same code often mean another.
    """
    best = max(shares, key=shares.__getitem__)
    if best is given:
        return best if shares[best] >= CONFIRMED else None
    enough = shares[best] >= INSTEAD and like.words[best] >= LEAST_OF_WORDS
    if given is None:
        if told_of(found) or not _is_enough(reading(seen.wording), shares[best]):
            return None
    elif (
        shares[best] < DISPUTED
        and shares.get(given, 0.0) >= DOUBTED
        and _has_ground(given, best, found)
    ):
        return given
    elif not enough:
        return _said_plainly(given, shares, like, found)
    plain = _plain_words(found)
    if plain and best not in plain and shares[best] < OVER_WORDS:
        return None
    return best if enough and best is not Cause.UNKNOWN else None


def _knows_a_number(seen: Situation, cause: Cause, found: tuple[Evidence, ...]) -> bool:
    """Return whether a cause rests on a row that knows a provider's number, not its words."""
    row = named_provider(seen)
    if row is None or not is_number(row.pattern):
        return False
    return any(one.cause is cause and one.reader is Reader.PROVIDER for one in found)


UNLIKE, LIKE_ANOTHER = 0.05, 0.7
"""Below the one share, and beside another cause from the other on, a text is hardly read right."""


def _unless_unlike(
    given: Cause, shares: dict[Cause, float], found: tuple[Evidence, ...]
) -> Cause | None:
    """Return the given cause, the one that words name instead, or None for neither."""
    best = max(shares, key=shares.__getitem__)
    if shares.get(given, 0.0) >= UNLIKE or shares[best] < LIKE_ANOTHER:
        return given
    return best if best in _plain_words(found) else None


def _undecided(
    seen: Situation, given: Cause | None, shares: dict[Cause, float], found: tuple[Evidence, ...]
) -> Finding | None:
    """Return a verdict that names the two likeliest causes, but neither of them; None for one."""
    likest = sorted(shares, key=lambda one: (one is not given, -shares[one]))
    other = next((one for one in likest if one not in (given, Cause.UNKNOWN)), None)
    if given is None or other is None or shares[other] < A_CANDIDATE:
        return None
    both = sorted((given, other), key=lambda one: -shares[one])
    lasting = "class 4: temporary" if seen.klass == TEMPORARY else "class 5: permanent"
    named = " or ".join(one.value for one in both)
    row = Row("Refused", f"{named}, the text does not decide it; {lasting}", Cause.UNKNOWN,
              "retry later" if seen.klass == TEMPORARY else "read its text; QUIT",
              f"{SOURCE}; {CAUSES[Cause.UNKNOWN].source}", blame=Blame.NOBODY)  # fmt: skip
    why = Why(tuple(f"{_named(seen, one)}: {one.cause.value}" for one in found
                    if one.cause is given and one.reader is Reader.WORDS
                    and one.stance is Stance.SAID),
              (f"{LIKE.format(telling(seen, other))}: {other.value}",))  # fmt: skip
    return Finding(row, Basis.GUESS, why=why, language=language_of(seen))


A_CANDIDATE = 0.2
"""The least share of a cause that is named as one of two."""

TEMPORARY = 4


def _said_plainly(
    given: Cause, shares: dict[Cause, float], like: Likeness, found: tuple[Evidence, ...]
) -> Cause | None:
    """Return the cause that words name plainly where only code and place are unlike it.

    The given one goes first, then the likest.
    """
    said = [
        one
        for one in _plain_words(found)
        if shares.get(one, 0.0) >= DOUBTED and like.words.get(one, 0.0) > 0
    ]
    return max(said, key=lambda one: (one is given, shares[one]), default=None)


def _is_enough(told: Reading, share: float) -> bool:
    """Return whether a text names a trouble, or is no stock phrase and like one cause alone."""
    stock = told.words < A_FEW_WORDS or any(hit.concept == "vague" for hit in told.hits)
    return complains(told) or (not stock and share >= WITHOUT_TROUBLE)


A_FEW_WORDS = 4
WITHOUT_TROUBLE = 0.8
"""The least share of a cause if no word names a trouble: such texts often only point elsewhere."""


def told_of(found: tuple[Evidence, ...]) -> bool:
    """Return whether words name a cause, be it to deny or to suppose it."""
    return any(one.reader is Reader.WORDS for one in found)


def _has_ground(given: Cause, other: Cause, found: tuple[Evidence, ...]) -> bool:
    """Return whether a cause is given by words of its own, by a code, or against other words."""
    words = _plain_words(found)
    if given in words:
        return other in words or words[given].telling is not CAUSES_OWN
    return any(
        one.reader is Reader.ENHANCED and one.cause is given and one.strength is not S.HINT
        for one in found
    )


def _plain_words(found: tuple[Evidence, ...]) -> dict[Cause, Evidence]:
    """Return the causes that words say by more than a hint, each with the last that does."""
    return {
        one.cause: one
        for one in found
        if one.reader is Reader.WORDS and one.stance is Stance.SAID and one.strength is not S.HINT
    }


def _trusted(basis: Basis, share: float) -> Basis:
    """Return the basis, or a lesser one where the share is too small for it."""
    for one in (Basis.STANDARD, Basis.LIKELY):
        if basis is one and share < TRUST[one]:
            basis = Basis.LIKELY if one is Basis.STANDARD else Basis.GUESS
    return basis


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

LIKE = 'other replies with "{}"'
"""The evidence for a cause that no reader saw."""

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


def language_of(seen: Situation) -> str:
    """Return the language that most of a text's concepts are of, empty for none."""
    told = Counter(hit.language for hit in reading(seen.wording).hits if hit.language)
    return max(told, key=told.__getitem__, default="")


def _language(own: list[Evidence]) -> str:
    return next((one.language for one in own if one.reader is Reader.WORDS), "")
