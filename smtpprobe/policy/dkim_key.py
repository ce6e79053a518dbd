"""DKIM keys in DNS (RFC 6376 3.6.1): what verifiers can do with one; no signature is verified."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from smtpprobe.policy.der import BIT_STRING, SEQUENCE, children, element
from smtpprobe.policy.txt_record import as_text

LEAST_BITS: Final = 1024
"""Verifiers must not take a shorter RSA key (RFC 8301 3.2)."""

GOOD_BITS: Final = 2048
"""Signers should have an RSA key at least this long (RFC 8301 3.2)."""

_INTEGER = 0x02
_ED25519_OCTETS = 32


def key_name(selector: str, domain: str) -> str:
    """Return the name at which the key of a selector stands (3.6.2.1)."""
    return f"{selector}._domainkey.{domain}"


@dataclass(frozen=True, slots=True)
class DkimKey:
    """The result of reading the TXT records at a selector.

    `problem` says why verifiers cannot use it, empty where they can. `bits` is the length of an
    RSA key; 0 where there is none. `doubts` are what some of them dislike. `revoked` is an empty
    `p=`, `testing` is `t=y`: a signature that fails counts as none.
    """

    count: int
    kind: str = ""
    bits: int = 0
    problem: str = ""
    revoked: bool = False
    testing: bool = False
    doubts: tuple[str, ...] = ()


def read_key(records: Sequence[str]) -> DkimKey:
    """Return what the TXT records (octets as latin-1) at a selector mean (3.6.1)."""
    texts = [as_text(record) for record in records]
    keys = [text for text in texts if "p" in _tags(text)]
    if not keys:
        return DkimKey(0, problem="no record there has a p=, a key" if texts else "")
    if len(keys) > 1:
        problem = f"{len(keys)} keys at one selector: what verifiers do is undefined (3.6.2.2)"
        return DkimKey(len(keys), problem=problem)
    return _read_one(keys[0])


def _read_one(text: str) -> DkimKey:
    tags = _tags(text)
    kind = tags.get("k", "rsa").lower()
    testing = "y" in _listed(tags.get("t", ""))
    value = re.sub(r"\s", "", tags["p"])
    key = DkimKey(1, kind, testing=testing)
    if tags.get("v", "DKIM1") != "DKIM1" or ("v" in tags and next(iter(tags)) != "v"):
        return _bad(key, "v= must be DKIM1, and come first")
    if not value:
        return DkimKey(1, kind, problem="the key is revoked: p= is empty", revoked=True)
    for tag, wanted in (("s", ("email", "*")), ("h", ("sha256",))):
        if tag in tags and not set(wanted) & set(_listed(tags[tag])):
            return _bad(key, f"{tag}={tags[tag][:40]} leaves out {wanted[0]}")
    try:
        octets = base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError):
        return _bad(key, "p= is not base64")
    if kind == "ed25519":
        right = len(octets) == _ED25519_OCTETS
        doubts = ("many verifiers do not know Ed25519 (RFC 8463): sign with RSA too",)
        wrong = f"an Ed25519 key has 32 octets, this has {len(octets)}"
        return DkimKey(1, kind, 0, "" if right else wrong, testing=testing, doubts=doubts)
    if kind != "rsa":
        return _bad(key, f"k={kind[:20]} is not rsa or ed25519")
    bits = _rsa_bits(octets)
    if not bits:
        return _bad(key, "p= holds no RSA key")
    if bits < LEAST_BITS:
        return DkimKey(1, kind, bits, f"{bits} bits: verifiers refuse less than 1024 (RFC 8301)")
    short = (f"{bits} bits: 2048 are recommended (RFC 8301)",) if bits < GOOD_BITS else ()
    return DkimKey(1, kind, bits, testing=testing, doubts=short)


def _bad(key: DkimKey, problem: str) -> DkimKey:
    return DkimKey(key.count, key.kind, problem=problem, testing=key.testing)


def _tags(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in text.split(";"):
        name, equals, value = part.partition("=")
        if equals:
            found.setdefault(name.strip().lower(), value.strip())
    return found


def _listed(value: str) -> tuple[str, ...]:
    return tuple(each.strip().lower() for each in value.split(":"))


def _rsa_bits(der: bytes) -> int:
    """Return the length of the modulus of a SubjectPublicKeyInfo or RSAPublicKey; 0 if neither."""
    outer = element(der, 0, len(der))
    if outer is None or outer.tag != SEQUENCE:
        return 0
    parts = children(der, outer)
    tags = [part.tag for part in parts]
    if tags == [SEQUENCE, BIT_STRING]:
        return _rsa_bits(der[parts[1].content + 1 : parts[1].end])
    if tags != [_INTEGER, _INTEGER]:
        return 0
    return int.from_bytes(der[parts[0].content : parts[0].end]).bit_length()
