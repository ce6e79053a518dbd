"""SASL mechanisms as generators: challenges in, responses out; they know no wire and no base64.

A mechanism yields its initial response first (None: it has none, RFC 4954 4), then takes each
decoded challenge and yields the response to it.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Callable, Generator
from typing import TypeAlias

Responses: TypeAlias = Generator[bytes | None, bytes, None]
Mechanism: TypeAlias = Callable[[str, str], Responses]


def plain(user: str, password: str) -> Responses:
    """PLAIN (RFC 4616): no authorisation identity, user and password behind NULs."""
    yield b"\0" + user.encode() + b"\0" + password.encode()


def login(user: str, password: str) -> Responses:
    """LOGIN (never standardised): the user name, then the password, each when asked."""
    yield None
    yield user.encode()
    yield password.encode()


def cram_md5(user: str, password: str) -> Responses:
    """CRAM-MD5 (RFC 2195): the user name and a keyed digest of the challenge."""
    import hmac  # noqa: PLC0415 - OpenSSL costs 8 ms that only this mechanism needs

    challenge = yield None
    yield user.encode() + b" " + hmac.digest(password.encode(), challenge, "md5").hex().encode()


_CRAM_ANSWER = re.compile(r"([A-Za-z0-9._%+@=/-]{1,256}) [0-9a-f]{32}", re.IGNORECASE)


def cram_user(answer: str) -> str:
    """Return the user in an answer of CRAM-MD5 (RFC 2195 2), given in base64; else nothing."""
    try:
        found = _CRAM_ANSWER.fullmatch(binascii.a2b_base64(answer).decode("ascii"))
    except (binascii.Error, ValueError):
        return ""
    return found[1] if found else ""


MECHANISMS: dict[str, Mechanism] = {"PLAIN": plain, "LOGIN": login, "CRAM-MD5": cram_md5}
