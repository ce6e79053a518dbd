"""How strong keys, digests and groups are, in bits of security as OpenSSL counts them.

Its security levels are minimums of these: a client refuses anything below its level.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from smtpprobe.named_tuple import NamedTuple
from smtpprobe.protocol.tls_facts import CertificateFacts

LEVEL_BITS = (0, 80, 112)
"""What the security levels 0, 1 and 2 ask for; the third is OpenSSL's default (Debian, 3.2)."""

_FACTORED = ((15360, 256), (7680, 192), (3072, 128), (2048, 112), (1024, 80))
"""Sizes of RSA, DSA and DH with their bits of security (NIST SP 800-57 part 1, table 2)."""

_CURVES = ((512, 256), (384, 192), (256, 128), (224, 112), (160, 80))
"""Sizes of elliptic curves with theirs."""

_DIGESTS = {"md2": 0, "md4": 0, "md5": 39, "sha1": 63, "sha224": 112}
"""Digests below 128 bits; SHA-1 has 63 since OpenSSL 3.0."""

_GROUPS = {"secp192r1": 80, "secp224r1": 112}
_DIGEST = re.compile(r"(md[245]|sha\d+)$")


def of_size(bits: int) -> int:
    """Return the bits of security of an RSA key, a DSA key or a DH group of a size."""
    return _at_least(_FACTORED, bits)


def _at_least(table: Sequence[tuple[int, int]], bits: int) -> int:
    return next((found for size, found in table if bits >= size), 0)


def of_key(one: CertificateFacts) -> int | None:
    """Return the bits of security of a certificate's key; None for a kind that is not known."""
    kind = one.key.partition(" ")[0] if one.key_bits else ""
    match kind:
        case "RSA" | "DSA":
            return of_size(one.key_bits)
        case "EC":
            return _at_least(_CURVES, one.key_bits)
        case "Ed25519" | "Ed448":
            return 128
        case _:
            return None


def of_digest(name: str) -> int | None:
    """Return the bits of security of a digest, as `sha1`; None without a name."""
    return _DIGESTS.get(name, 128) if name else None


def of_scheme(name: str) -> int | None:
    """Return the bits of security of the digest in a signature scheme, as `rsa_pkcs1_sha1`."""
    found = _DIGEST.search(name)
    return of_digest(found[1]) if found is not None else None


def of_group(name: str) -> int | None:
    """Return the bits of security of a key-exchange group, as `dh 1024` or `x25519`."""
    kind, _, size = name.partition(" ")
    if kind == "dh" and size.isdigit():
        return of_size(int(size))
    return _GROUPS.get(name, 128) if name else None


class Weakness(NamedTuple):
    """What is weak in a chain: the place of the certificate, its bits, and whether it is its key.

    If not, it is the signature on it.
    """

    place: int
    bits: int
    of_key: bool


def weaknesses(
    chain: Sequence[CertificateFacts], below: int, *, anchored: bool
) -> Iterator[Weakness]:
    """Yield what in a chain, leaf first, has fewer bits of security than `below`.

    `anchored`: the last one is what is trusted, so that its signature means nothing.
    """
    last = len(chain) - 1
    for place, one in enumerate(chain):
        bits = of_key(one)
        if bits is not None and bits < below:
            yield Weakness(place, bits, of_key=True)
        bits = of_digest(one.signature_hash)
        if bits is not None and bits < below and not (anchored and place == last):
            yield Weakness(place, bits, of_key=False)
