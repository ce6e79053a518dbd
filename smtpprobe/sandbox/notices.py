"""What the practice server reports: one notice for each thing that happens."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import TypeAlias

from smtpprobe.named_tuple import NamedTuple
from smtpprobe.sandbox.handler import Delivery


class NoteKind(Enum):
    """What happened on a connection; the value is the word shown."""

    OPENED = "opened"
    HEARD = "heard"
    SAID = "said"
    SECURED = "secured"
    NOT_SECURED = "not secured"
    DROPPED = "dropped"
    ACCEPTED = "accepted"
    MISSED = "not in this recording"
    CLOSED = "closed"


class Note(NamedTuple):
    """Something that happened on the connection with this number.

    `text` is what came from the client or was said (unescaped, credentials masked), or a sentence
    about it; `delivery` is there for ACCEPTED only.
    """

    connection: int
    kind: NoteKind
    text: str
    delivery: Delivery | None = None


OnNote: TypeAlias = Callable[[Note], None]


def ignore(note: Note) -> None:
    """Do nothing with a note."""
    del note
