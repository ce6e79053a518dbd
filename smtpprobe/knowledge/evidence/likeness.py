"""What replies with the same words, codes and place meant, of those that people have read.

A pattern knows how words stand together, and says nothing of a text that is worded otherwise. Here
each sign counts by itself, as often as it stood in replies of each cause: the words, the concepts
that they stand for, the codes, the place (naive Bayes).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from math import exp, log

from smtpprobe.knowledge.annotation import Cause
from smtpprobe.knowledge.language.concepts import STATES
from smtpprobe.knowledge.language.reading import Reading, reading
from smtpprobe.knowledge.rules.situation import Situation
from smtpprobe.knowledge.tables.likeness import READ, SIGNS
from smtpprobe.named_tuple import NamedTuple
from smtpprobe.protocol.verbs import Context

PLACES: dict[Context | None, str] = {
    Context.CONNECT: "@connect",
    Context.EHLO: "@hello",
    Context.HELO: "@hello",
    Context.LHLO: "@hello",
    Context.STARTTLS: "@tls",
    Context.AUTH: "@auth",
    Context.AUTH_STEP: "@auth",
    Context.MAIL: "@mail",
    Context.RCPT: "@rcpt",
    Context.VRFY: "@rcpt",
    Context.EXPN: "@rcpt",
    Context.DATA: "@data",
    Context.DATA_END: "@end",
    Context.BDAT: "@end",
    Context.BDAT_LAST: "@end",
    Context.BURL: "@end",
    None: "@any",
}
"""Contexts whose refusals are alike share a sign; the others have `@other`."""

DOUBT = 12.0
"""How many replies of its usual mixture a sign is taken to have been seen in besides its own."""

FEW = 2.0
"""Of so many replies a sign says half of what it would of many: it may be there by chance."""

OF_WORDS, OF_PLACE = 0.6, 0.8
"""How much a sign counts: words of a text are not independent of each other."""


class Likeness(NamedTuple):
    """For each cause how much speaks for it (natural logarithms), and how much of it the words."""

    weights: Mapping[Cause, float]
    words: Mapping[Cause, float]


def signs_of(seen: Situation) -> frozenset[str]:
    """Return the signs of a refusal: words, `=full` `-full` `?full` for concepts, codes, place."""
    return _of_text(reading(seen.wording)) | _of_place(seen)


def _of_text(told: Reading) -> frozenset[str]:
    found = {
        token
        for token in told.tokens
        if token[0] not in "\x01\x02"
        and not token.isdigit()
        and not (token.isascii() and len(token) == 1)
    }
    for hit in told.hits:
        found.add(("-" if hit.denied else "?" if hit.supposed else "=") + hit.concept)
    return frozenset(found)


def _of_place(seen: Situation) -> frozenset[str]:
    if seen.local:
        return frozenset({"@local"})
    place = PLACES.get(seen.context, "@other")
    found = {place, f"{seen.code}", f"{place}{seen.code}"}
    if seen.enhanced is not None:
        found.add(seen.enhanced.key)
    return frozenset(found)


def likeness(seen: Situation) -> Likeness:
    """Return how much a refusal is like those of each cause."""
    words = _added(OF_WORDS, _of_text(reading(seen.wording)))
    place = _added(OF_PLACE, _of_place(seen))
    total = sum(READ.values())
    names = {name: log(read / total) for name, read in READ.items()}
    weights = {
        Cause(name): prior + words[at] + place[at] for at, (name, prior) in enumerate(names.items())
    }
    common = log(sum(exp(one) for one in words) / len(words))
    return Likeness(weights, {Cause(name): words[at] - common for at, name in enumerate(READ)})


NO_COMPLAINT = frozenset(
    {
        *("vague", "refused", "unavailable", "later", "wait", "temporary", "only", "already"),
        *("exists", "accepted", "reached", "resolves", "passes", "local", "own"),
    }
)
"""States that are no trouble, or no reason."""


def complains(told: Reading) -> bool:
    """Return whether a text says for certain what is wrong; else it is made nothing of.

    What is only denied, a trouble (`not spam`), is none.
    """
    return any(
        hit.denied is (hit.concept in NO_COMPLAINT or hit.concept not in STATES)
        for hit in told.hits
        if not hit.supposed
    )


def telling(seen: Situation, cause: Cause) -> str:
    """Return the words of a refusal that speak most for a cause, verbatim."""
    tokens = reading(seen.wording).tokens
    at = list(READ).index(cause.value)
    weighed = {
        token: row[at] - max(0.0, sum(row) / len(row))
        for token in dict.fromkeys(tokens)
        if not token.isdigit() and (row := weights_of(token))
    }
    best = sorted(weighed, key=lambda token: -weighed[token])[:WORDS_SHOWN]
    return " ".join(token for token in weighed if token in best and weighed[token] > 0)


WORDS_SHOWN = 3


def _added(share: float, signs: Iterable[str]) -> list[float]:
    """Return for each cause, in their order, what the signs say of it."""
    rows = [row for sign in signs if (row := weights_of(sign))]
    if not rows:
        return [0.0] * len(READ)
    return [share * sum(column) for column in zip(*rows, strict=True)]


@cache
def weights_of(sign: str) -> tuple[float, ...]:
    """Return how much oftener than elsewhere a sign stands in replies of each cause."""
    told = SIGNS.get(sign)
    if told is None:
        return ()
    counted = counts(told)
    seen = sum(counted.values())
    usual = seen / sum(READ.values())
    trust = seen / (seen + FEW)
    return tuple(
        trust * log((counted.get(name, 0.0) + DOUBT * usual) / (read + DOUBT) / usual)
        for name, read in READ.items()
    )


def counts(told: str) -> dict[str, float]:
    """Return the causes of a sign's line, with the replies of each that had the sign."""
    pairs = (pair.rpartition(" ") for pair in told.split(", "))
    return {name: float(number) for name, _, number in pairs}
