"""What the words of a reply show: concepts that meet in a clause, a sentence, the whole text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import Enum
from functools import cache

from smtpprobe.knowledge.evidence.patterns import PATTERNS, Pattern
from smtpprobe.knowledge.evidence.seen import CAUSES_OWN, Evidence, Reader, Stance
from smtpprobe.knowledge.language.concepts import THINGS
from smtpprobe.knowledge.language.reading import Hit, reading
from smtpprobe.knowledge.rules.situation import Situation
from smtpprobe.protocol.verbs import Context

PLACES: dict[Context | None, str] = {
    None: "@delivery @rcpt @end",
    Context.CONNECT: "@session",
    Context.EHLO: "@session",
    Context.HELO: "@session",
    Context.LHLO: "@session",
    Context.STARTTLS: "@tls",
    Context.AUTH: "@login",
    Context.AUTH_STEP: "@login",
    Context.MAIL: "@mail @path",
    Context.DATA: "@data",
    Context.RCPT: "@delivery @rcpt @path",
    Context.VRFY: "@delivery @rcpt",
    Context.EXPN: "@delivery @rcpt",
    Context.DATA_END: "@delivery @end",
    Context.BDAT: "@delivery @end",
    Context.BDAT_LAST: "@delivery @end",
    Context.BURL: "@delivery @end",
}
"""What a pattern may ask of the place of a reply; a command that is not known may be a delivery."""

LOGIN_CODES = frozenset({334, 432, 534, 535, 538})
"""Codes that answer a login even where nobody recorded the command (RFC 4954 6)."""


FORM_CODES = frozenset({500, 501, 502, 503, 504, 555})
"""Codes that speak of the command rather than of what it names (RFC 5321 4.2.2)."""


def by_words(seen: Situation) -> tuple[Evidence, ...]:
    """Return what the words of a refusal show, the narrowest first."""
    return _read(seen.wording, _place(seen))


def _place(seen: Situation) -> frozenset[str]:
    if seen.local:
        return frozenset({"@local"})
    place = "@login" if seen.unplaced and seen.code in LOGIN_CODES else PLACES.get(seen.context, "")
    form = "@form" if seen.code in FORM_CODES else ""
    return frozenset((*place.split(), f"@{seen.klass}", form))


@cache
def _read(text: str, place: frozenset[str]) -> tuple[Evidence, ...]:
    told = reading(text)
    found: dict[tuple[str, Stance], Evidence] = {}
    around = {number: _names([hit for hit in told.hits if hit.sentence == number], place)[0]
              for number in {hit.sentence for hit in told.hits}}  # fmt: skip
    for scope, hits in _scopes(told.hits):
        have, denied, firm = _names(hits, place)
        context = around[hits[0].sentence] if scope == 0 else have
        for one in PATTERNS:
            if _contradicted(one, have, denied, context):
                continue
            stance = _stance(one, have, denied, firm)
            if stance is None:
                continue
            own = _own(one, hits)
            evidence = Evidence(
                Reader.WORDS, one.cause, one.strength, stance, scope,
                " ".join(_shown(told.tokens[own[0].start : own[-1].end])) if own else "",
                own[0].start if own else 0, own[-1].end if own else 0,
                _language(own), one.telling, len(one.groups) - 1,
            )  # fmt: skip
            key = (one.cause.value, stance)
            if key not in found or rank(evidence) > rank(found[key]):
                found[key] = evidence
    return tuple(found.values())


def rank(evidence: Evidence) -> int:
    """Return how much evidence of words counts beside other such evidence."""
    closer = evidence.telling is not CAUSES_OWN
    return evidence.strength.value * 10 - 4 * evidence.scope + 2 * evidence.parts + closer


def _scopes(hits: tuple[Hit, ...]) -> Iterable[tuple[int, Sequence[Hit]]]:
    """Return the parts of a text that are read by themselves, each with its width."""
    clauses: dict[int, list[Hit]] = {}
    sentences: dict[int, list[Hit]] = {}
    for hit in hits:
        clauses.setdefault(hit.clause, []).append(hit)
        sentences.setdefault(hit.sentence, []).append(hit)
    yield from ((0, part) for part in clauses.values())
    if len(clauses) > len(sentences):
        yield from ((1, part) for part in sentences.values())
    if len(sentences) > 1:
        yield 2, hits


def _names(
    hits: Sequence[Hit], place: frozenset[str]
) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Return what is said or is a thing, what is denied, and what is said without an if."""
    have, denied, firm = set(place), set(), set(place)
    for hit in hits:
        if hit.denied:
            denied.add(hit.concept)
        if not hit.denied or hit.concept in THINGS:
            have.add(hit.concept)
            if not hit.supposed:
                firm.add(hit.concept)
        elif not hit.supposed:
            firm.add(f"-{hit.concept}")
        if hit.denied and not hit.supposed:
            firm.add(f"-{hit.concept}")
    return frozenset(have), frozenset(denied), frozenset(firm)


def _stance(
    one: Pattern, have: frozenset[str], denied: frozenset[str], firm: frozenset[str]
) -> Stance | None:
    """Return how a pattern holds; None where it does not."""
    supposed = turned = False
    for group in one.groups:
        if any(name in firm for name in group):
            continue
        if any((name[1:] in denied) if name[0] == "-" else (name in have) for name in group):
            supposed = True
        elif any(name[0] != "-" and name in denied for name in group):
            turned = True
        else:
            return None
    if turned:
        return Stance.DENIED
    return Stance.SUPPOSED if supposed else Stance.SAID


def _contradicted(
    one: Pattern, have: frozenset[str], denied: frozenset[str], around: frozenset[str]
) -> bool:
    """Tell whether something speaks against a pattern: a thing in the sentence, a state here.

    A state of another clause is said of something else.
    """
    for name in one.but:
        if name[0] == "-":
            if name[1:] in denied:
                return True
        elif name in have or (name in THINGS and name in around):
            return True
    return False


def _own(one: Pattern, hits: Sequence[Hit]) -> list[Hit]:
    """Return the hits that a pattern is about, in order."""
    names = {name.lstrip("-") for group in one.groups for name in group}
    return [hit for hit in hits if hit.concept in names]


def _shown(tokens: Sequence[str]) -> Iterable[str]:
    return (_SHOWN.get(token, token) for token in tokens if token[0] != "\x02")


_SHOWN = {"\x01u": "URL", "\x01m": "<@>", "\x01i": "IP", "\x01h": "HOST", "\x01f": "HEADER"}


def _language(own: Sequence[Hit]) -> str:
    return next((hit.language for hit in own if hit.language not in ("", "en")), "en")


class Grasp(Enum):
    """How much of a text was understood."""

    EMPTY = "empty"
    """There is none, or it says nothing: `Error`, `Refused`."""
    READ = "read"
    UNREAD = "unread"


def grasp(text: str) -> Grasp:
    """Return how much of a text in lower case is understood."""
    told = reading(text)
    if not told.words:
        return Grasp.EMPTY
    held = {place for hit in told.hits for place in range(hit.start, hit.end)}
    empty = all(hit.concept in ("vague", "refused") for hit in told.hits)
    loose = [token for place, token in enumerate(told.tokens)
             if place not in held and token[0] not in "\x01\x02" and len(token) > SHORT
             and not token.isdigit()]  # fmt: skip
    if empty:
        return Grasp.UNREAD if len(loose) > 1 else Grasp.EMPTY
    return Grasp.UNREAD if len(loose) >= len(held) else Grasp.READ


SHORT = 3
"""Words of so few letters carry little."""


def strongest(found: Iterable[Evidence]) -> Evidence | None:
    """Return the evidence of words that counts most; None without any that is said."""
    said = [one for one in found if one.stance is Stance.SAID]
    return max(said, key=rank, default=None)
