"""Classes of cipher suites worth reporting, weak ones first; decided by name.

A server is asked for all suites of all these kinds in one ClientHello: a refusal clears all of
them, and each suite that it chooses settles the kinds that this suite is of.
"""

from __future__ import annotations

from functools import lru_cache

CLASSES = {
    "anonymous": "anonymous",
    "export": "export",
    "null": "no encryption",
    "rc4": "RC4",
    "rc2": "RC2",
    "des": "DES",
    "3des": "3DES",
    "idea": "IDEA",
    "seed": "SEED",
    "ccm8": "CCM_8",
    "rsa-key-transport": "RSA key transport",
    "cbc-sha1": "CBC with SHA-1",
    "cbc": "CBC",
    "dhe": "DHE",
}
"""The word of each kind of suite of TLS 1.2 and older in JSON, and in a report."""

SMALL_CURVES, POST_QUANTUM = "small-curves", "post-quantum"
GROUP_CLASSES = {SMALL_CURVES: "small or obsolete curves", POST_QUANTUM: "post-quantum groups"}
"""The same for kinds of groups: in TLS 1.2 and older, and in TLS 1.3."""

SHOWN = CLASSES | GROUP_CLASSES

_PARTS = {
    "null": "NULL",
    "rc4": "RC4",
    "rc2": "RC2",
    "des": "DES-CBC-",
    "3des": "DES-CBC3",
    "idea": "IDEA",
    "seed": "SEED",
    "ccm8": "CCM8",
}
_NO_CBC = ("GCM", "CCM", "CHACHA20", "RC4", "NULL")
_EPHEMERAL = ("ECDHE-", "DHE-", "ADH-", "AECDH-")


@lru_cache(maxsize=512)
def classes_of(suite: str) -> frozenset[str]:
    """Return the words of CLASSES for a suite of TLS 1.2 or older, by OpenSSL's name for it."""
    bare = suite.removeprefix("EXP1024-").removeprefix("EXP-")
    found = {name for name, part in _PARTS.items() if part in suite}
    if bare != suite:
        found.add("export")
    if bare.startswith(("ADH-", "AECDH-")):
        found.add("anonymous")
    if bare.startswith(("DHE-", "ADH-")):
        found.add("dhe")
    if not bare.startswith(_EPHEMERAL):
        found.add("rsa-key-transport")
    if not any(part in suite for part in _NO_CBC):
        found.add("cbc")
        if suite.endswith("-SHA"):
            found.add("cbc-sha1")
    return frozenset(found)
