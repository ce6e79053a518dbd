"""What is rated bad in keys, signatures, ciphers and groups: the guidelines of NCSC-NL (2025).

Names are those of OpenSSL (ciphers), of the cryptography package (keys, signatures) and of IANA
(groups).
"""

from __future__ import annotations

OLD_VERSIONS = frozenset({"SSLv2", "SSLv3", "TLSv1", "TLSv1.0", "TLSv1.1"})

_GOOD_CURVES = frozenset(
    {"secp256r1", "secp384r1", "secp521r1", "brainpoolP256r1", "brainpoolP384r1"}
    | {"brainpoolP512r1", "secp224r1"}
)
_GOOD_GROUPS = frozenset(
    {"secp256r1", "secp384r1", "secp521r1", "x25519", "x448", "brainpoolp256r1"}
    | {"mlkem512", "mlkem1024", "x25519kyber768draft00", "secp256r1kyber768draft00"}
    | {"brainpoolp384r1", "brainpoolp512r1", "secp224r1", "ffdhe3072", "ffdhe4096", "ffdhe6144"}
    | {"ffdhe8192", "x25519mlkem768", "secp256r1mlkem768", "secp384r1mlkem1024"}
    | {"brainpoolp256r1tls13", "brainpoolp384r1tls13", "brainpoolp512r1tls13", "mlkem768"}
)
_LEAST_BITS = 2048
"""RSA below it is bad; 2048 itself is to be phased out."""

_LEAST_DH_BITS = 3072


def weak_key(key: str) -> bool:
    """Return whether a key (`RSA 1024`, `EC secp256r1`) is rated bad; unknown kinds are not."""
    kind, _, size = key.partition(" ")
    match kind:
        case "RSA":
            return size.isdigit() and int(size) < _LEAST_BITS
        case "EC":
            return size not in _GOOD_CURVES
        case "DSA":
            return True
        case _:
            return False


def weak_digest(name: str) -> bool:
    """Return whether the digest under a signature, as `sha1`, is rated bad."""
    return name in ("md2", "md4", "md5", "sha1")


def weak_cipher(cipher: str) -> str:
    """Return why a cipher is rated bad, empty when it is not."""
    if cipher.startswith("TLS_"):
        return "a short CCM_8 tag" if "CCM_8" in cipher else ""
    for part, reason in _BAD_PARTS:
        if part in cipher:
            return reason
    if not cipher.startswith(("ECDHE-", "DHE-")):
        return "RSA key transport: no forward secrecy"
    return "CBC with SHA-1" if cipher.endswith("-SHA") else ""


_BAD_PARTS = (
    ("NULL", "no encryption"),
    ("EXP", "export strength"),
    ("ADH-", "anonymous: no certificate"),
    ("AECDH-", "anonymous: no certificate"),
    ("RC4", "RC4"),
    ("RC2", "RC2"),
    ("DES-CBC3", "3DES"),
    ("DES-CBC", "DES"),
    ("IDEA", "IDEA"),
    ("SEED", "SEED"),
    ("CCM8", "a short CCM_8 tag"),
)


def weak_group(group: str) -> bool:
    """Return whether a key-exchange group, as `x25519` or `dh 1024`, is rated bad."""
    kind, _, size = group.partition(" ")
    if kind == "dh":
        return size.isdigit() and int(size) < _LEAST_DH_BITS
    return bool(group) and group.lower() not in _GOOD_GROUPS and not group.startswith("0x")
