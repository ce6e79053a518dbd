"""The name of this machine, for EHLO."""

from __future__ import annotations

import os
import socket
import threading

PATIENCE = 1.0
"""Seconds that the system's resolver gets for it: where DNS is broken, the prompt still opens."""


def client_name(limit: float | None = None) -> str:
    """Return the fully qualified name of this machine, or its short name if that is unknown.

    `limit` shortens PATIENCE, in seconds.
    """
    name = socket.gethostname()
    if "." in name:
        return name
    found: list[str] = []
    asking = threading.Thread(target=_ask, args=(name, found), daemon=True)
    asking.start()
    asking.join(PATIENCE if limit is None else min(limit, PATIENCE))
    return found[0] if found else name


def _ask(name: str, found: list[str]) -> None:
    """Ask the system for a full name, with octets.

    Text goes through the codec for IDNA, which takes a while to load, and raises UnicodeError for a
    label of 64 characters; Linux allows such a name (sethostname(2)).
    """
    try:
        answers = socket.getaddrinfo(os.fsencode(name), None, flags=socket.AI_CANONNAME)
    except OSError:
        return
    found += [canonical for *_, canonical, _ in answers if "." in canonical]
