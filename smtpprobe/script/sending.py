"""Sends one thing and sees that it moves: a server that takes nothing holds no script up."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine

from smtpprobe.client import Client
from smtpprobe.protocol.phase import Phase


async def moving(
    client: Client, work: Coroutine[object, object, None], limit: float | None
) -> bool:
    """Let `work` send something; return whether it went out, a handshake behind it included.

    False means that for `limit` seconds the server took no octet, or that it left a STARTTLS
    unanswered so long; `client.unsent_octets` tells which. A large message may take as long as it
    needs while it moves, and a handshake has a limit of its own.
    """
    sending = asyncio.ensure_future(work)
    try:
        await asyncio.sleep(0)
        left = client.unsent_octets
        while not sending.done():
            await asyncio.wait({sending}, timeout=limit)
            before, left = left, client.unsent_octets
            shaking_hands = client.state.phase is Phase.TLS
            if not (sending.done() or shaking_hands or 0 < left < before):
                return False
        await sending
    finally:
        if not sending.done():
            sending.cancel()
            await asyncio.wait({sending})
    return True
