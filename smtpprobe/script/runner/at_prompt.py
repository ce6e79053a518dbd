"""What a session at the prompt keeps between lines of the script language.

Values, settings, and the replies since the last send that no expectation has looked at.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable

from smtpprobe.client import Client
from smtpprobe.net import clock
from smtpprobe.protocol.events import Closed, Opened, Received, Secured, Sent
from smtpprobe.protocol.happening import Happening
from smtpprobe.protocol.session import Exchange
from smtpprobe.protocol.target import Target
from smtpprobe.script.language.defined_names import Outside, given_in
from smtpprobe.script.runner.session_values import View, connected, side
from smtpprobe.script.runner.variables import Scope
from smtpprobe.script.runner.waits.listener import WaitSettings

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


def _unknown(name: str) -> str:
    raise KeyError(name)


class Kept:
    """Values, settings, and the replies that no expectation has taken."""

    def __init__(self, untaken: Untaken) -> None:
        self.scope = Scope(Outside(given_in(os.environ), os.environ), _unknown, expanding=False)
        self.waiting = WaitSettings(None, implying=False)
        self.untaken = untaken

    @property
    def outside(self) -> Outside:
        """What is known to a line, beside what it sets itself."""
        known = dict.fromkeys(self.scope.names, "")
        return Outside({**self.scope.outside.values, **known}, os.environ)


def prompt_values(client: Client, name: str, target: Target | None) -> Callable[[str], str]:
    """Return what gives a name of the session its value; it raises as `side` does."""

    def fact(wanted: str) -> str:
        state = client.state
        if wanted == "client":
            return name
        if wanted == "domain" and target is not None and target.domain is not None:
            return target.domain
        if "." not in wanted:
            return connected(wanted, state)
        secured = None if state.tls is None else Secured(0.0, state.tls)
        total = state.last_at - state.opened_at
        view = View(
            state=state,
            reply=client.last,
            secured=secured,
            total=total,
            connect=None,
            greeting=None,
            now=clock.now(),
        )
        return side(wanted, view)

    return fact
