"""Takes the PROXY header from a connection's socket, and not one octet more.

What follows may be the first record of TLS, which belongs to the handshake: so the octets are
looked at where they wait, and only those of the header are taken.
"""

from __future__ import annotations

import asyncio
import os
import socket

from smtpprobe.protocol.transport.proxy_header import LONGEST_TAIL, Announced, read_header

_MOST = LONGEST_TAIL + 16
_AGAIN_SECONDS = 0.01
"""When to look again for the rest of a header: what waits already would be told at once."""


async def header_from(one: socket.socket) -> Announced:
    """Return the header that a client has sent first.

    Raises:
        MisreadError: what came is none, or the client is gone.
    """
    with socket.socket(fileno=os.dup(one.fileno())) as copy:
        copy.setblocking(False)  # noqa: FBT003 - as `socket` has it
        while True:
            try:
                octets = copy.recv(_MOST, socket.MSG_PEEK)
            except BlockingIOError:
                octets = None
            if octets is not None and (found := read_header(octets or b"\0")) is not None:
                copy.recv(found.octets)
                return found
            await asyncio.sleep(_AGAIN_SECONDS)
