"""Reads what the messages of SCRAM say in clear (RFC 5802 7), to explain them. Pure.

A look is liberal: it tells what stands there, also where a client must not go on.
"""

from __future__ import annotations

import base64
import binascii

from smtpprobe.digits import capped_number
from smtpprobe.named_tuple import NamedTuple

FEWEST_ITERATIONS = 4096
"""RFC 5802 5.1 and RFC 7677 4: a server should announce at least so many."""


class ServerFirst(NamedTuple):
    """A server's first message; `salt` None is no base64, `iterations` None no number."""

    nonce: str
    salt: bytes | None
    iterations: int | None

    @property
    def weak(self) -> bool:
        """Whether a stolen exchange is cheaper to guess passwords from than the RFCs allow."""
        return self.iterations is not None and self.iterations < FEWEST_ITERATIONS


def attributes(message: str) -> dict[str, str]:
    """Return the attributes of a message by their letters, the first of each."""
    found: dict[str, str] = {}
    for part in message.split(","):
        letter, equals, value = part.partition("=")
        if equals and len(letter) == 1:
            found.setdefault(letter, value)
    return found


def server_first(message: str) -> ServerFirst | None:
    """Return what a server's first message says; None where it is none."""
    found = attributes(message)
    if not {"r", "s", "i"} <= found.keys():
        return None
    number = capped_number(found["i"], 10**12)
    try:
        salt = base64.b64decode(found["s"].encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError):
        return ServerFirst(found["r"], None, number)
    return ServerFirst(found["r"], salt, number)


def client_nonce(message: str) -> str:
    """Return the nonce of a client's first message; empty where it is not one."""
    found = attributes(message)
    return found["r"] if {"n", "r"} <= found.keys() else ""


def client_user(message: str) -> str:
    """Return the user of a client's first message; empty where it is not one."""
    found = attributes(message)
    if not {"n", "r"} <= found.keys():
        return ""
    return found["n"].replace("=2C", ",").replace("=3D", "=")
