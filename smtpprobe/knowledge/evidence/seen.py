"""Evidence: what one reader saw in a reply, how sure it is, and where."""

from __future__ import annotations

from enum import Enum

from smtpprobe.knowledge.annotation import Blame, Cause, Retry
from smtpprobe.knowledge.rules.situation import Says
from smtpprobe.named_tuple import NamedTuple
from smtpprobe.protocol.reply import Defect


class Reader(Enum):
    """Who saw it. The value is how it is called in the reasons of an annotation."""

    PROVIDER = "text of {provider}"
    WORDS = "words"
    ENHANCED = "code {enhanced}"
    CONTEXT = "{code} to {command}"
    CODE = "{code}"


class Strength(Enum):
    """How sure a reader is by itself."""

    SURE = 3
    """Says this and hardly anything else."""
    CLEAR = 2
    """Says this in most replies."""
    HINT = 1
    """Goes with this, and with other things."""


class Stance(Enum):
    """How the text says it."""

    SAID = "said"
    DENIED = "denied"
    SUPPOSED = "supposed"
    """Only mentioned: as a condition, a question, a pointer to more."""


class Telling(NamedTuple):
    """Words for a cause that are closer than its own; empty where the cause's serve.

    `instead_of` are causes that the same text names in a stock phrase before it tells the reason:
    beside this reason they count for nothing.
    """

    title: str = ""
    meaning: str = ""
    steps: str = ""
    blame: Blame | None = None
    retry: Retry | None = None
    says: frozenset[Says | Defect] = frozenset()
    instead_of: frozenset[Cause] = frozenset()


CAUSES_OWN = Telling()
"""The words of the cause itself."""


class Evidence(NamedTuple):
    """A cause that a reader saw; `said` is the piece of the text, with its place in it.

    `scope` is how far apart its words stand: 0 one clause, 1 one sentence, 2 the whole text;
    `parts` how many more than one had to meet.
    """

    reader: Reader
    cause: Cause
    strength: Strength
    stance: Stance = Stance.SAID
    scope: int = 0
    said: str = ""
    start: int = 0
    end: int = 0
    language: str = ""
    telling: Telling = CAUSES_OWN
    parts: int = 0
