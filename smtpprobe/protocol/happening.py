"""What a reader of a session is handed: an event between two states, and the readers' types."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from smtpprobe.named_tuple import NamedTuple
from smtpprobe.protocol.attempts import Attempt, Route
from smtpprobe.protocol.events import Event
from smtpprobe.protocol.session import Exchange, State


class Happening(NamedTuple):
    """An event with the states around it and, for a reply, what it answers."""

    event: Event
    before: State
    after: State
    exchange: Exchange | None = None


Reader: TypeAlias = Callable[[Happening], None]
DialReader: TypeAlias = Callable[[Route | Attempt], None]
