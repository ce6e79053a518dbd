"""The replies since the last send that no expectation has looked at."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable

from smtpprobe.protocol.events import Closed, Opened, Received, Sent
from smtpprobe.protocol.happening import Happening
from smtpprobe.protocol.session import Exchange

MOST = 15
"""How many replies are remembered; of more the oldest ones are forgotten."""


class Untaken:
    """Replies and a close in order of arrival; `taken` is the reply looked at last."""

    def __init__(self) -> None:
        self.happenings: deque[Happening] = deque(maxlen=MOST)
        self.taken: Exchange | None = None

    def happened(self, happening: Happening) -> None:
        """Take an event of the session."""
        match happening.event:
            case Sent() | Opened():
                self.happenings.clear()
                self.taken = None
            case Received(reply=reply) if not reply.piece:
                self.happenings.append(happening)
            case Closed():
                self.happenings.append(happening)
            case _:
                pass

    def left(self, happenings: Iterable[Happening], taken: Exchange | None) -> None:
        """Go on with what an expectation left."""
        self.happenings = deque(happenings, MOST)
        self.taken = taken
