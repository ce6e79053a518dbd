"""What the words of a reply show: concepts that meet in a clause, a sentence, the whole text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from enum import Enum
from functools import cache

from smtpprobe.knowledge.annotation import Cause
from smtpprobe.knowledge.evidence.patterns import PATTERNS, Pattern, names_of
from smtpprobe.knowledge.evidence.seen import CAUSES_OWN, Evidence, Reader, Stance
from smtpprobe.knowledge.language.concepts import THINGS
from smtpprobe.knowledge.language.language import WITHOUT_BLANKS
from smtpprobe.knowledge.language.reading import Hit, Reading, reading
from smtpprobe.knowledge.rules.situation import Situation
from smtpprobe.named_tuple import NamedTuple
from smtpprobe.protocol.verbs import Context

PLACES: dict[Context | None, str] = {
    None: "@delivery @rcpt @end",
    Context.CONNECT: "@session",
    Context.EHLO: "@session @hello",
    Context.HELO: "@session @hello",
    Context.LHLO: "@session @hello",
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


BAD_ARGUMENTS = 501
"""RFC 5321 4.2.3: syntax error in parameters or arguments."""


def by_words(seen: Situation) -> tuple[Evidence, ...]:
    """Return what the words of a refusal show, the narrowest first."""
    return _read(seen.wording, _place(seen))


def _place(seen: Situation) -> frozenset[str]:
    if seen.local:
        return frozenset({"@local", "@delivery", f"@{seen.klass}"})
    place = (
        "@login"
        if seen.unplaced and seen.code in LOGIN_CODES
        else PLACES.get(seen.context, "@other")
    )
    form = "@form" if seen.code in FORM_CODES else ""
    arguments = "@arguments" if seen.code == BAD_ARGUMENTS else ""
    return frozenset((*place.split(), f"@{seen.klass}", form, arguments))


@cache
def _read(text: str, place: frozenset[str]) -> tuple[Evidence, ...]:
    told = reading(text)
    found: dict[tuple[Cause, Stance], Evidence] = {}
    around = {
        number: _Said.of([hit for hit in told.hits if hit.sentence == number], place).have
        for number in {hit.sentence for hit in told.hits}
    }
    possible = _possible(_Said.of(told.hits, place))
    for scope, hits in _scopes(told.hits):
        said = _Said.of(hits, place)
        things = around[hits[0].sentence] & _THINGS if scope == 0 else frozenset()
        against = said.have | said.turned | things
        for one in possible:
            stance = _stance(one, said)
            if stance is None or not names_of(one.but).isdisjoint(against):
                continue
            evidence = _evidence(one, stance, scope, told, hits)
            key = (one.cause, stance)
            if key not in found or rank(evidence) > rank(found[key]):
                found[key] = evidence
    return tuple(found.values())


_THINGS = frozenset(THINGS)


def _possible(said: _Said) -> list[Pattern]:
    """Return the patterns that some part of a text can fulfil, or turn round, by all it says."""
    names = said.have | said.turned | said.denied
    return [one for one in PATTERNS if _meet(one.groups, names)]


def _meet(groups: tuple[str, ...], names: frozenset[str]) -> bool:
    """Return whether some name of each group is there; a loop, as hundreds of patterns ask."""
    for group in groups:  # noqa: SIM110 - a generator for each takes three times as long
        if names_of(group).isdisjoint(names):
            return False
    return True


class _Said(NamedTuple):
    """What a part of a text says: concepts, a denied one with `-` before it.

    `have` is what is said in any way, or is a thing; `firm` what is said for certain, denials
    too; `turned` the denials; `denied` the same without the `-`.
    """

    have: frozenset[str]
    firm: frozenset[str]
    turned: frozenset[str]
    denied: frozenset[str]

    @classmethod
    def of(cls, hits: Sequence[Hit], place: frozenset[str]) -> _Said:
        """Return what hits say in this place of a session."""
        have, firm = set(place), set(place)
        turned: set[str] = set()
        denied: set[str] = set()
        for hit in hits:
            name = hit.concept
            if hit.denied:
                denied.add(name)
                turned.add(f"-{name}")
            if not hit.denied or name in THINGS:
                have.add(name)
            if not hit.supposed:
                if hit.denied:
                    firm.add(f"-{name}")
                if not hit.denied or name in THINGS:
                    firm.add(name)
        return cls(frozenset(have), frozenset(firm), frozenset(turned), frozenset(denied))


def _stance(one: Pattern, said: _Said) -> Stance | None:
    """Return how a pattern holds; None where it does not."""
    supposed = turned = False
    for group in one.groups:
        names = names_of(group)
        if not names.isdisjoint(said.firm):
            continue
        if not (names.isdisjoint(said.have) and names.isdisjoint(said.turned)):
            supposed = True
        elif not names.isdisjoint(said.denied):
            turned = True
        else:
            return None
    if turned:
        return Stance.DENIED
    return Stance.SUPPOSED if supposed else Stance.SAID


def _evidence(
    one: Pattern, stance: Stance, scope: int, told: Reading, hits: Sequence[Hit]
) -> Evidence:
    names = {name.lstrip("-") for group in one.groups for name in names_of(group)}
    own = [hit for hit in hits if hit.concept in names]
    start, end = (own[0].start, own[-1].end) if own else (0, 0)
    said = _shown(told.tokens[start:end])
    return Evidence(
        Reader.WORDS, one.cause, one.strength, stance, scope, said, start, end,
        _language(own), one.telling, len(one.groups) - 1,
    )  # fmt: skip


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


def _shown(tokens: Sequence[str]) -> str:
    """Return tokens as one reads them: without blanks between letters of scripts that have none."""
    shown = " ".join(_SHOWN.get(token, token) for token in tokens if token[0] != "\x02")
    if shown.isascii():
        return shown
    return re.sub(f"(?<=[{WITHOUT_BLANKS}]) (?=[{WITHOUT_BLANKS}])", "", shown)


_SHOWN = {"\x01u": "URL", "\x01m": "<@>", "\x01i": "IP", "\x01h": "HOST", "\x01f": "HEADER"}


def _language(own: Sequence[Hit]) -> str:
    """Return the language that most of the words are of, English only where all are."""
    counted = Counter(hit.language for hit in own if hit.language not in ("", "en"))
    return max(counted, key=counted.__getitem__, default="en")


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
             if place not in held and token[0] not in "\x01\x02" and not token.isdigit()
             and (len(token) > SHORT or is_whole_word(token))]  # fmt: skip
    if empty:
        return Grasp.UNREAD if len(loose) > 1 else Grasp.EMPTY
    return Grasp.UNREAD if len(loose) >= len(held) else Grasp.READ


def is_whole_word(letters: str) -> bool:
    """Return whether one letter carries what a word does: a Chinese one, a syllable of Korean."""
    return len(letters) == 1 and letters >= "\u3400"


SHORT = 3
"""Words of so few letters carry little."""


def strongest(found: Iterable[Evidence]) -> Evidence | None:
    """Return the evidence of words that counts most; None without any that is said."""
    said = [one for one in found if one.stance is Stance.SAID]
    return max(said, key=rank, default=None)
