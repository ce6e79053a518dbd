"""Trust in a chain, from the path that OpenSSL found: purpose and dates beside it, and the name.

The verdict is that of the first part that fails, in the order path, purpose, dates. Each part can
also be asked for alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from smtpprobe.named_tuple import NamedTuple
from smtpprobe.policy.addresses import is_address
from smtpprobe.policy.certificate_names import matches
from smtpprobe.protocol.tls_facts import CertificateFacts, TrustPath, Verdict

NOT_YET_VALID, EXPIRED, INVALID_PURPOSE = 9, 10, 26
"""OpenSSL's numbers (X509_V_ERR_...) for what is judged here."""


NO_ISSUER = frozenset({2, 20, 21})
"""OpenSSL's numbers for a path whose next issuer is missing."""

SELF_SIGNED = frozenset({18, 19})
"""OpenSSL's numbers for a path that ends in a self-signed, untrusted certificate."""

UNREADABLE = "the certificate cannot be parsed"


def readable(one: CertificateFacts) -> bool:
    """Return whether a certificate could be parsed at all; its octets are always known."""
    return bool(one.subject or one.issuer or one.key or one.signature)


NAMES_UNREAD = "its alternative names cannot be parsed"
PART_UNREAD = "a part of the certificate cannot be parsed"

_WEIGHTY = frozenset({"subjectAltName", "extKeyUsage", "keyUsage", "basicConstraints"})
_WEIGHTY |= {"nameConstraints", "extensions"}
"""Extensions that a sender decides by."""


def weighty_unread(one: CertificateFacts) -> tuple[str, ...]:
    """Return the extensions that a sender decides by and that cannot be read."""
    return tuple(name for name in one.unread if name in _WEIGHTY)


def invalid(chain: Iterable[CertificateFacts]) -> str:
    """Return why OpenSSL takes a certificate of a chain for invalid, empty where it does not."""
    unread = next((name for one in chain for name in weighty_unread(one)), "")
    return (
        f"OpenSSL treats a certificate whose {unread} cannot be parsed as invalid" if unread else ""
    )


def names_unread(one: CertificateFacts) -> bool:
    """Return whether a certificate may be for names that cannot be read."""
    return not readable(one) or not {"subjectAltName", "extensions"}.isdisjoint(one.unread)


def read_enough(one: CertificateFacts) -> bool:
    """Return whether all of a certificate could be read that a sender decides by."""
    return readable(one) and not weighty_unread(one)


class Failure(NamedTuple):
    """Why a part of the verdict fails: OpenSSL's number and a clause."""

    code: int
    reason: str


def verdict(
    chain: Sequence[CertificateFacts], path: TrustPath, reference: str, at: datetime
) -> Verdict:
    """Return the verdict on a chain as sent, leaf first, on a day (UTC)."""
    if not chain:
        return Verdict(reason="no certificate was received")
    name_matches, name_reason = name(chain[0], reference)
    if path.code != 0:
        trusted = None if path.code is None else False
        return Verdict(trusted, path.reason, path.code, name_matches, name_reason)
    failure = purpose(path.certificates) or dates(path.certificates, at)
    if failure is not None:
        return Verdict(
            trusted=False,
            reason=failure.reason,
            code=failure.code,
            name_matches=name_matches,
            name_reason=name_reason,
        )
    if not all(map(read_enough, path.certificates)):
        told = PART_UNREAD if all(map(readable, path.certificates)) else UNREADABLE
        return Verdict(None, told, None, name_matches, name_reason)
    return Verdict(
        trusted=True, reason="", code=0, name_matches=name_matches, name_reason=name_reason
    )


def purpose(path: Sequence[CertificateFacts]) -> Failure | None:
    """Return why a path, leaf first, is not meant for TLS servers.

    As OpenSSL has it: the root has a say in it too; of key usage only the server's own counts, and
    one of three uses is enough (RFC 5246 7.4.2).
    """
    if not all(one.serves_tls for one in path):
        return Failure(INVALID_PURPOSE, "not valid for TLS servers (purpose)")
    usage = path[0].key_usage if path else None
    if usage is None or not _USAGES.isdisjoint(usage):
        return None
    allowed = ", ".join(usage) or "nothing"
    return Failure(INVALID_PURPOSE, f"its key must not be used for TLS (key usage: {allowed})")


_USAGES = frozenset({"digitalSignature", "keyEncipherment", "keyAgreement"})
"""What a key has to be good for in TLS: one of them."""


def dates(path: Iterable[CertificateFacts], at: datetime) -> Failure | None:
    """Return which certificate of a path, leaf first, is not valid on a day (UTC).

    Certificates that cannot be parsed are skipped.
    """
    for depth, one in enumerate(path):
        if not readable(one):
            continue
        whose = "the certificate" if depth == 0 else "a certificate of its issuer"
        if one.not_after is None or one.not_before is None:
            return Failure(EXPIRED, f"the dates of {whose} cannot be parsed")
        if at > one.not_after:
            return Failure(EXPIRED, f"{whose} expired on {one.not_after:%Y-%m-%d}")
        if at < one.not_before:
            day = f"{one.not_before:%Y-%m-%d}"
            return Failure(NOT_YET_VALID, f"{whose} is not valid before {day}")
    return None


def name(leaf: CertificateFacts, reference: str) -> tuple[bool | None, str]:
    """Return whether a certificate is for a name or address, and why not (RFC 9525)."""
    if not reference:
        return None, "no name to compare with (use --sni NAME)"
    if not readable(leaf):
        return None, UNREADABLE
    if matches(reference, leaf.names, leaf.addresses):
        return True, ""
    if names_unread(leaf):
        return None, NAMES_UNREAD
    if is_address(reference):
        return False, f"the address {reference} is not in the certificate"
    if not leaf.names:
        return False, "the certificate has no DNS names"
    more = f" and {len(leaf.names) - 3} more" if len(leaf.names) > 3 else ""
    return False, f"it is for {', '.join(leaf.names[:3])}{more}"
