"""What a refusal of EHLO is about: the name given in it, this client, or the command itself."""

from __future__ import annotations

import re

SYNTAX = 501
"""RFC 5321 4.2.2: syntax error in parameters, and EHLO has no other than the name."""

NAME_WANTED = re.compile(
    r"(?i)\b(?:helo|ehlo|hello) (?:host ?)?(?:name|argument|domain|command rejected)"
    r"|\b(?:in)?(?:valid|full|proper|real|bad|wrong) (?:\w+ )?(?:host|domain|helo|ehlo)? ?name\b"
    r"|\bfully.qualified|\bfqdn\b|\bhost not found|\brequires? (?:a )?(?:domain|name|host)"
)
"""Words by which servers say that they want another name."""

CLIENT_CODES = frozenset({521, 554, 556})
"""Codes that shut a client out, whatever it says (RFC 5321 3.1, RFC 7504)."""


def wants_another_name(code: int | None, text: str) -> bool:
    """Return whether EHLO is refused for the name in it, so that another one may be accepted."""
    refused = code is not None and 400 <= code < 600
    return refused and (code == SYNTAX or NAME_WANTED.search(text) is not None)


def shuts_out(code: int | None, enhanced: str) -> bool:
    """Return whether EHLO is refused for who the client is (a policy, RFC 3463 3.8)."""
    return code in CLIENT_CODES or enhanced.startswith("5.7.")
