"""Where the concepts of a text stand, in whatever language it is written, and what is denied."""

from __future__ import annotations

from functools import cache

from smtpprobe.knowledge.language.concepts import THINGS
from smtpprobe.knowledge.language.english import LANGUAGE as ENGLISH
from smtpprobe.knowledge.language.language import (
    END,
    MARKS,
    PAUSE,
    Language,
    read_tokens,
    words_of,
)
from smtpprobe.knowledge.language.spoken import languages_of
from smtpprobe.named_tuple import NamedTuple

TOKENS = 400
"""How many of a text's tokens are read: a hostile reply costs no more."""

REACH = 5
"""How many words may stand between `not` and what it denies."""


class Hit(NamedTuple):
    """A concept in a text: the tokens from `start` to before `end`.

    `denied` means that the text says the contrary, `supposed` that it only supposes it or points
    to it. `sentence` and `clause` are numbers; `language` is the code of the word's own.
    """

    concept: str
    start: int
    end: int
    sentence: int
    clause: int
    language: str = "en"
    denied: bool = False
    supposed: bool = False


class Reading(NamedTuple):
    """A text as its tokens and the concepts in it.

    `words` is how many tokens are words of a language rather than names, numbers and stops.
    """

    tokens: tuple[str, ...]
    hits: tuple[Hit, ...]
    words: int


_OF_MARK = {mark: concept for concept, mark in MARKS.items()}


@cache
def reading(text: str) -> Reading:
    """Return the reading of a text in lower case."""
    found = read_tokens(text)[:TOKENS]
    languages = (ENGLISH, *_spoken(found, languages_of(text, found)))
    hits = _spotted(found, languages)
    words = sum(token[0] not in "\x01\x02" and not token.isdigit()
                and (len(token) > 1 or not token.isascii()) for token in found)  # fmt: skip
    return Reading(tuple(found), tuple(_turned(hits)), words)


def _spoken(kept: list[str], suspected: tuple[Language, ...]) -> tuple[Language, ...]:
    """Return those of the suspected languages whose words cover most of the text.

    English competes: a language that adds little to what English covers was called for by a
    word that looks like one of its own.
    """
    if not suspected:
        return ()
    held = [_held(kept, language) for language in suspected]
    covered = [_letters(kept, places) for places in held]
    english = _held(kept, ENGLISH)
    enough = _letters(kept, english) * LEAST
    return tuple(
        language
        for language, places, letters in zip(suspected, held, covered, strict=True)
        if letters == max(covered)
        and _letters(kept, (places | _small(kept, language)) - english) > enough
    )


LEAST = 0.1
"""More than this share of the letters that English covers a language has to cover beside them."""

ENGLISH_TOO = ENGLISH.dropped | {"in", "on", "to", "of", "or", "at", "do", "we", "so", "me", "per"}
"""Small words of English that other languages have, too."""


def _held(kept: list[str], language: Language) -> set[int]:
    """Return the places of a text that stand in phrases of a language."""
    return {place for hit in _spotted(kept, (language,)) for place in range(hit.start, hit.end)}


def _small(kept: list[str], language: Language) -> set[int]:
    """Return the places of words without weight that English has not."""
    small = language.dropped - ENGLISH_TOO
    return {place for place, token in enumerate(kept) if token in small}


def letters_covered(kept: list[str], language: Language) -> int:
    """Return how many letters of a text stand in phrases of a language.

    A letter of a script without blanks between words carries as much as two.
    """
    held = [kept[place] for place in _held(kept, language) if kept[place] not in _OF_MARK]
    return sum(len(word) + (len(word) == 1 and not word.isascii()) for word in held)


def _letters(kept: list[str], places: set[int]) -> int:
    """Return how many letters stand in those places."""
    return sum(len(kept[place]) for place in places if kept[place] not in _OF_MARK)


def _spotted(kept: list[str], languages: tuple[Language, ...]) -> list[Hit]:
    """Return the hits in order: at each place the longest phrase of any language, and all it is."""
    hits: list[Hit] = []
    sentence = clause = place = 0
    while place < len(kept):
        token = kept[place]
        if token in (END, PAUSE):
            clause += 1
            sentence += token == END
        length, here = _longest_at(kept, place, languages)
        for concept, code in dict.fromkeys(here):
            if concept == "but":
                clause += 1
            hits.append(Hit(concept, place, place + length, sentence, clause, code))
        place += length or 1
    return hits


_BEHIND_MAIL = frozenset({MARKS["mailbox"], END, PAUSE, "address", "domain", "command", "is"})
_BEHIND_MAIL |= {"must", "first", "has", "and", "or", "required", "parameter", "was"}


def _is_command(kept: list[str], place: int) -> bool:
    """Return whether `mail from` before a place is the command: else mail comes from somewhere."""
    return place >= len(kept) or kept[place] in _BEHIND_MAIL


def _longest_at(
    kept: list[str], place: int, languages: tuple[Language, ...]
) -> tuple[int, list[tuple[str, str]]]:
    """Return the length of the longest phrase at a place, and each concept that it stands for."""
    if kept[place] in _OF_MARK:
        return 1, [(_OF_MARK[kept[place]], "")]
    if kept[place : place + 2] == ["mail", "from"] and not _is_command(kept, place + 2):
        return 1, [("message", "en")]
    longest = 0
    here: list[tuple[str, str]] = []
    small = any(kept[place] in one.dropped for one in languages if one is not ENGLISH)
    for language in languages:
        for length, concept in _phrases_at(kept, place, language):
            if small and length == 1 and language is ENGLISH:
                continue  # an article that looks like a word of English
            if length > longest:
                longest, here = length, []
            if length == longest:
                here.append((concept, language.code))
    return longest, here


def _phrases_at(kept: list[str], place: int, language: Language) -> list[tuple[int, str]]:
    """Return the length and concept of each phrase that begins at a token."""
    token = kept[place]
    candidates = list(language.whole.get(token, ()))
    begun = language.begun
    for length in range(1, len(token) + 1):
        candidates += begun.get(token[:length], ())
    found = []
    for rest, concept in candidates:
        end = _end(rest, kept, place, language.dropped)
        if end:
            found.append((end - place, concept))
    return found


def _end(rest: str, kept: list[str], place: int, dropped: frozenset[str]) -> int:
    """Return where a phrase ends that begins at `place`; 0 where `rest` does not follow.

    Words without weight may stand between its own.
    """
    at = place + 1
    for word, begun in words_of(rest):
        while at < len(kept):
            token = kept[at]
            at += 1
            if token.startswith(word) if begun else token == word:
                break
            if token not in dropped:
                return 0
        else:
            return 0
    return at


_TURNING = frozenset({"not", "no", "lacking", "notso", "if", "incase", "see", "but"})


def _turned(hits: list[Hit]) -> list[Hit]:
    """Return the hits with what is denied or only supposed marked as such."""
    denied: set[int] = set()
    for at, hit in enumerate(hits):
        if hit.concept in ("not", "no", "lacking", "notso"):
            denied.update(_denied_by(hits, at))
    for denying, more in _TOGETHER:
        off = {hits[at].clause for at in denied if hits[at].concept in denying}
        denied.update(
            at for at, hit in enumerate(hits) if hit.concept in more and hit.clause in off
        )
    found = []
    supposed_before = {hit.clause for hit in hits if hit.concept == "incase"}
    supposed_in: tuple[int, int] | None = None
    pointed_in = -1
    for at, hit in enumerate(hits):
        if hit.concept == "if":
            supposed_in = (hit.sentence, hit.clause)
        if hit.concept == "see":
            pointed_in = hit.sentence
        supposed = hit.concept not in MARKS and (
            hit.clause in supposed_before
            or supposed_in == (hit.sentence, hit.clause)
            or pointed_in == hit.sentence
        )
        if hit.concept not in _TURNING:
            found.append(hit._replace(denied=at in denied, supposed=supposed))
    return _without_names_of_tools(_without_what_is_well(found))


_JUDGED_WELL = frozenset({"ip", "client", "peer", "reputation", "checks", "ptr", "sender"})
"""Things of which a text that finds them in order makes no trouble."""


def _without_what_is_well(hits: list[Hit]) -> list[Hit]:
    """Return the hits; of what directly before it is said to be in order, nothing is said.

    `your IP is fine, your domain is listed` is about the domain.
    """
    well: set[int] = set()
    for at, hit in enumerate(hits):
        if hit.concept != "passes" or hit.denied or hit.supposed:
            continue
        for before in range(at - 1, -1, -1):
            other = hits[before]
            if other.clause != hit.clause or (
                other.concept not in _JUDGED_WELL and other.concept not in THINGS
            ):
                break
            if other.concept in _JUDGED_WELL:
                well.add(before)
    return [hit._replace(supposed=True) if at in well else hit for at, hit in enumerate(hits)]


_TOGETHER = (
    (frozenset({"listed", "list"}), frozenset({"listed", "list"})),
    (frozenset({"judged", "exists"}), frozenset({"infected", "spam", "phishing"})),
)
"""What is denied with what in one clause: who is not listed is on no list, no virus was found."""

_ADVERBS = frozenset({"temporary"})
"""What may stand between `not` and the state that it turns: `not currently accepted`."""

_NOT_WORKING = frozenset({"failed", "down", "busy", "silent"})
_PURPOSES = frozenset({"spam", "infected", "greylisted", "quota", "list", "rule", "file", "size"})
_NOT_DONE = frozenset({"reached", "exists", "accepted"})


def _without_names_of_tools(hits: list[Hit]) -> list[Hit]:
    """Return the hits; what a tool is for counts as supposed where the tool itself has failed.

    The `virus` of a virus scanner that does not answer was not found in the message.
    """
    broken = {
        hit.sentence
        for hit in hits
        if (hit.concept in _NOT_WORKING and not hit.denied)
        or (hit.concept in _NOT_DONE and hit.denied)
    }
    tools = [hit for hit in hits if hit.concept == "checker"]
    beside = {hit.start for hit in tools} | {-hit.end for hit in tools}
    return [
        hit._replace(supposed=True)
        if hit.sentence in broken
        and (hit.end in beside or -hit.start in beside)
        and hit.concept in _PURPOSES
        else hit
        for hit in hits
    ]


def _denied_by(hits: list[Hit], at: int) -> list[int]:
    """Return the places of the hits that a `not` or `no` denies: the next, else the last one.

    A `lacking` denies the last one, thing or state, a `notso` what its own word stands for. All
    readings of one phrase are denied together.
    """
    own = hits[at]
    if own.concept == "notso":
        return [other for other in _together(hits, at) if _deniable(hits[other], own)]
    ahead = len(hits) if own.concept != "lacking" else 0
    for place in range(at + 1, ahead):
        hit = hits[place]
        if hit.start == own.start:
            continue
        if hit.clause != own.clause or hit.start - own.end > REACH:
            break
        if hit.concept in _ADVERBS:
            continue
        if _deniable(hit, own):
            return _together(hits, place)
    for place in range(at - 1, -1, -1):
        hit = hits[place]
        if hit.clause != own.clause or own.start - hit.end > 2:
            break
        if hit.start != own.start and _deniable(hit, own) and own.concept != "no":
            return _together(hits, place)
    return []


def _deniable(hit: Hit, by: Hit) -> bool:
    if hit.concept in _TURNING:
        return False
    return by.concept != "not" or hit.concept not in THINGS


def _together(hits: list[Hit], place: int) -> list[int]:
    start = hits[place].start
    return [other for other, hit in enumerate(hits) if hit.start == start]
