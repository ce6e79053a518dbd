"""At which EHLO or LHLO of a case it is decided whether a required keyword is there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from smtpprobe.named_tuple import NamedTuple
from smtpprobe.protocol.command import first_word
from smtpprobe.protocol.verbs import EXTENDED_HELLOS, VERBS
from smtpprobe.script.language.steps import (
    Auth,
    BdatChunk,
    BdatFile,
    Hold,
    Place,
    SmtpLine,
    Step,
    walk,
)

_RESTARTING = {verb.keyword: frozenset({verb.name}) for verb in VERBS.values() if verb.restarts}
"""Commands behind which another EHLO follows, with other keywords, by their own keyword."""

_NEEDING = frozenset(
    verb.name for verb in VERBS.values() if (verb.keyword or verb.parameters) and not verb.restarts
)
"""Commands that need a keyword, for themselves or for a parameter."""


class Requirement(NamedTuple):
    """A keyword without which the case is skipped, and where that is written."""

    keyword: str
    place: Place


def requirements(
    steps: tuple[Step, ...], required: Sequence[Requirement]
) -> tuple[dict[Place, dict[str, Place]], list[Requirement]]:
    """Return which keywords are looked for at which EHLO, and those for which there is none.

    Each keyword has the place where it is required. The EHLO is the last one above the first step
    that needs a keyword, so that what is announced only inside TLS is found there; for a command
    behind which the session begins again (STARTTLS, XCLIENT) the last one above that.
    """
    verbs = list(_verbs(steps))
    found: dict[Place, dict[str, Place]] = {}
    undecided = []
    for requirement in required:
        place = _hello_above(verbs, _RESTARTING.get(requirement.keyword, _NEEDING))
        if place is None:
            undecided.append(requirement)
        else:
            found.setdefault(place, {})[requirement.keyword] = requirement.place
    return found, undecided


def _hello_above(verbs: Sequence[tuple[str, Place]], needing: frozenset[str]) -> Place | None:
    hello = None
    for verb, place in verbs:
        if verb in needing:
            break
        if verb in EXTENDED_HELLOS:
            hello = place
    return hello


def _verbs(steps: tuple[Step, ...]) -> Iterator[tuple[str, Place]]:
    """Yield the verbs that are sent, in order, with their places."""
    for step in walk(steps):
        match step:
            case SmtpLine(place=place, text=text) | BdatChunk(place=place, text=text):
                yield first_word(text), place
            case Hold(held=held):
                yield from _verbs(held)
            case Auth(place=place):
                yield "AUTH", place
            case BdatFile(place=place):
                yield "BDAT", place
            case _:
                pass
