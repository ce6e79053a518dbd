"""The SASL mechanisms there are (IANA registry), and which answer of each carries the secret."""

from __future__ import annotations

import re

PASSWORD_AT: dict[str, int] = {
    "PLAIN": 0,
    "LOGIN": 1,
    "CRAM-MD5": 0,
    "DIGEST-MD5": 0,
    "SCRAM-SHA-1": 1,
    "SCRAM-SHA-1-PLUS": 1,
    "SCRAM-SHA-256": 1,
    "SCRAM-SHA-256-PLUS": 1,
    "SCRAM-SHA-512": 1,
    "SCRAM-SHA-512-PLUS": 1,
    "NTLM": 1,
}
"""Mechanisms with a password: the answer, counted from 0, that first depends on it.

An initial response counts as an answer (RFC 4954 4).
"""

TOKEN_AT: dict[str, int] = {"XOAUTH2": 0, "OAUTHBEARER": 0}
"""Mechanisms whose secret is a token that somebody else has issued (RFC 7628)."""

NO_INITIAL = "CRAM-"
"""How the mechanisms begin that know no initial response: their one answer is a challenge's."""

_OTHERS = frozenset(
    {"ANONYMOUS", "EXTERNAL", "GSSAPI", "GS2-KRB5", "GS2-KRB5-PLUS", "GSS-SPNEGO", "SKEY", "OTP",
     "KERBEROS_V4", "SAML20", "OPENID20", "ECDSA-NIST256P-CHALLENGE", "CRAM-SHA1", "X-EXPS"}
)  # fmt: skip

_PLUS = re.compile(r"SCRAM-SHA[0-9-]{1,9}(?:-PLUS)?\Z")


def is_mechanism(name: str) -> bool:
    """Tell whether a word names a mechanism; one that does not may be a mistyped secret."""
    return name in PASSWORD_AT or name in TOKEN_AT or name in _OTHERS or bool(_PLUS.match(name))
