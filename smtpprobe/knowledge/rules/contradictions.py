"""Where a reply disagrees with its own words, with what was announced, or with the registries."""

from __future__ import annotations

from collections.abc import Callable

from smtpprobe.knowledge.annotation import Cause
from smtpprobe.knowledge.rules.situation import Finding, Says, Situation
from smtpprobe.knowledge.tables.codes import CODES
from smtpprobe.knowledge.tables.enhanced import COLLISIONS, ENHANCED
from smtpprobe.knowledge.wording import clip, plain, size

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeAlias

OUR_LINE = frozenset({Cause.BAD_SEQUENCE, Cause.SYNTAX_ERROR, Cause.NOT_IMPLEMENTED})
"""What a refusal of the form or the order of commands comes to."""

_Note: TypeAlias = Callable[[Situation, Finding], str]


def notes(situation: Situation, found: Finding) -> tuple[str, ...]:
    """Return the notes of an annotation: what the row and the rule say, then what disagrees."""
    own = (found.row.note, *found.notes)
    told = (note(situation, found) for note in NOTES)
    return tuple(dict.fromkeys(clip(note) for note in (*own, *told) if note))


def _unregistered(situation: Situation, _found: Finding) -> str:
    enhanced = situation.enhanced
    if enhanced is None or enhanced.key in ENHANCED:
        return ""
    return f"{enhanced} is not in the IANA registry"


def _collision(situation: Situation, found: Finding) -> str:
    """Tell what a provider means by the enhanced code, where none is known to speak."""
    enhanced = situation.enhanced
    remark = COLLISIONS.get(enhanced.key) if enhanced is not None else None
    if remark is None or found.provider is not None or found.language:
        return ""  # who it is, or what the words say, is known
    if situation.live and found.row.cause in OUR_LINE:
        return ""  # about the line that was sent, where the other meaning is no question
    return remark[0]


def _lasting(situation: Situation, found: Finding) -> str:
    """Tell of a text that contradicts the class of the code."""
    code, text = situation.code, situation.text
    if situation.klass == 4 and found.row.cause is Cause.RELAY_DENIED:
        return f"{code} means temporary, but relaying rules are permanent"
    if situation.klass == 4 and any(word in text for word in _FOR_GOOD):
        return f"{code} says temporary, the text says that it is for good"
    if situation.klass == 5 and any(word in text for word in _FOR_NOW):
        return f"{code} says permanent, the text speaks of later; a client gives up at {code}"
    return ""


_FOR_GOOD = ("permanent", "will not succeed", "never", "do not retry", "don't retry")
_FOR_NOW = (
    "try again",
    "try later",
    "retry later",
    "temporar",
    "greylist",
    "graylist",
    "come back",
)


def _limit(situation: Situation, found: Finding) -> str:
    extensions = situation.before.extensions
    if found.row.cause is Cause.MESSAGE_TOO_LARGE and extensions.size_limit is not None:
        return f"EHLO announced SIZE {extensions.size_limit} ({size(extensions.size_limit)})"
    name = _LIMITS.get(found.row.cause, "")
    value = extensions.limits.get(name)
    return f"EHLO announced LIMITS {name}={plain(value)}" if value else ""


_LIMITS = {Cause.TOO_MANY_RECIPIENTS: "RCPTMAX", Cause.TOO_MANY_CONNECTIONS: "MAILMAX"}


def _unasked(situation: Situation, found: Finding) -> str:
    if situation.context is None and Says.OF_ITSELF in found.row.says:
        return "not an answer: the server spoke without a command"
    return ""


def _nonstandard(situation: Situation, found: Finding) -> str:
    """Tell of codes that nobody defined, or that belong to other commands."""
    code, context = situation.code or 0, situation.context
    if situation.klass not in (4, 5) or found.row.note:
        return ""
    known = CODES.get(code)
    if known is None:
        return f"{code} is not a standard code; only its first digit counts"
    elsewhere = bool(known.usual) and context is not None and context not in known.usual
    if elsewhere and found.row.cause is Cause.UNKNOWN:
        return f"{code} is not usual here; only its first digit counts"
    return ""


NOTES: tuple[_Note, ...] = (
    _nonstandard, _unregistered, _collision, _lasting, _limit, _unasked,
)  # fmt: skip
"""Each returns one note or nothing."""
