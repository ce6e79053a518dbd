"""Which mechanism a delivery logs in with, and whether its secret may go out. Pure."""

from __future__ import annotations

from smtpprobe.protocol.auth.login import Choice, Credentials, choose, in_clear
from smtpprobe.protocol.session import State
from smtpprobe.send.order import Stage
from smtpprobe.send.plan import Impossible

_FORCE = "--force sends it anyway"


def chosen(
    credentials: Credentials, mechanism: str, state: State, *, force: bool
) -> Choice | Impossible:
    """Return the mechanism for a login and why it is that one, or why there can be no login.

    `mechanism` is the one asked for, empty for the strongest announced.
    """
    offered = state.extensions.auth_mechanisms
    if mechanism:
        if mechanism not in offered and not force:
            told = f"the server does not offer AUTH {mechanism}"
            return Impossible(Stage.AUTH, told, _FORCE)
        choice = Choice(mechanism, "as asked")
    else:
        choice = choose(offered, credentials, state.tls)
        if not choice.mechanism:
            return Impossible(Stage.AUTH, f"no way to log in: {choice.why}")
    if in_clear(choice.mechanism, state.tls) and not force:
        told = f"AUTH {choice.mechanism} would send the {credentials.kind.value} in the clear"
        return Impossible(Stage.AUTH, told, _FORCE)
    return choice
