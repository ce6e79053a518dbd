"""Which mechanism a delivery logs in with, and whether its secret may go out. Pure."""

from __future__ import annotations

from smtpprobe.protocol.auth.login import Choice, Credentials, choose, in_clear
from smtpprobe.protocol.session import State
from smtpprobe.send.order import Stage
from smtpprobe.send.plan import Impossible


def chosen(
    credentials: Credentials, mechanism: str, state: State, *, force: bool, declined: bool = False
) -> Choice | Impossible:
    """Return the mechanism for a login and why it is that one, or why there can be no login.

    `mechanism` is the one asked for, empty for the strongest announced; `declined` means that the
    user wants no STARTTLS.
    """
    offered, tls_first = state.extensions.auth_mechanisms, _tls_first(state, declined=declined)
    if mechanism:
        if mechanism not in offered and not force:
            told = f"the server does not offer AUTH {mechanism}"
            if tls_first:
                return Impossible(Stage.AUTH, f"{told} outside TLS", tls_first)
            return Impossible(Stage.AUTH, told, _force(mechanism, credentials, state))
        choice = Choice(mechanism, "as asked")
    else:
        choice = choose(offered, credentials, state.tls)
        if not choice.mechanism:
            return Impossible(Stage.AUTH, f"no way to log in: {choice.why}", tls_first)
    if in_clear(choice.mechanism, state.tls) and not force:
        told = f"AUTH {choice.mechanism} would send the {credentials.kind.value} in the clear"
        exposed = _force(choice.mechanism, credentials, state)
        return Impossible(Stage.AUTH, told, tls_first or exposed)
    return choice


def _tls_first(state: State, *, declined: bool) -> str:
    """Return what helps where TLS is offered and not used; empty where that is not so."""
    secure = state.tls is not None and state.tls.ok
    if secure or "STARTTLS" not in state.extensions:
        return ""
    first = "remove --no-starttls" if declined else "STARTTLS has to succeed first"
    return f"{first}: most servers offer logins only inside TLS"


def _force(mechanism: str, credentials: Credentials, state: State) -> str:
    """Return what --force would do, the exposure first."""
    if in_clear(mechanism, state.tls):
        return f"anyone on the path could read the {credentials.kind.value}; --force sends it so"
    return "--force sends it anyway"
