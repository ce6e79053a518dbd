"""The values of `{{ ... }}` at the prompt: those of the session, outside any script."""

from __future__ import annotations

from collections.abc import Callable

from smtpprobe.client import Client
from smtpprobe.net import clock
from smtpprobe.protocol.events import Secured
from smtpprobe.protocol.target import Target
from smtpprobe.script.sides import View, connected, side


def session_facts(client: Client, name: str, target: Target | None) -> Callable[[str], str]:
    """Return what gives a name of the session its value; it raises as `sides.side` does."""

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
        view = View(state, client.last, secured, total, None, None, clock.now())
        return side(wanted, view)

    return fact
