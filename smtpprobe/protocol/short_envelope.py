"""A state that stays small however many recipients a message gets. Pure."""

from __future__ import annotations

from smtpprobe.protocol.phase import Dialect
from smtpprobe.protocol.session import State

_TOLD_APART = 2
"""What a state is asked for is whether there is a recipient, and whether it is the only one."""


def shortened(state: State) -> State:
    """Return a state that goes on in the same way, with the first two recipients.

    Each new recipient costs a copy of all before it, which is felt from thousands on. In LMTP all
    stay: each of them gets a reply at the end of the message (RFC 2033 4.2).
    """
    if len(state.recipients) <= _TOLD_APART or state.dialect is Dialect.LMTP:
        return state
    return state._replace(recipients=state.recipients[:_TOLD_APART])
