"""A certificate as a JSON object: what stands in it, and why what cannot be read is unknown.

A field that is neither yes nor no is null where it is unknown, so that it has one type, and the
reason stands in `<field>_reason`. Null without one: the certificate does not say.
"""

from __future__ import annotations

import hashlib
import ssl
from collections.abc import Iterable

from smtpprobe.policy import dane
from smtpprobe.policy.trust import UNREADABLE, readable
from smtpprobe.present.escape import as_sent
from smtpprobe.protocol.tls_facts import CertificateFacts, Details
from smtpprobe.starttls.json_words import Object, moment

_NAMES, _USAGE, _PURPOSES = "subjectAltName", "keyUsage", "extKeyUsage"
_CONSTRAINTS, _ACCESS, _LISTS = "basicConstraints", "authorityInfoAccess", "cRLDistributionPoints"
_STAMPS, _FEATURES = "signedCertificateTimestampList", "tlsFeature"
_EXTENSIONS = frozenset(
    {_NAMES, _USAGE, _PURPOSES, _CONSTRAINTS, _ACCESS, _LISTS, _STAMPS, _FEATURES}
)


def certificate_object(one: CertificateFacts, *, pem: bool = False) -> Object:
    """Return what is known of a certificate as plain values; with `pem` all of it as PEM too."""
    key = dane.record_for(one.der)
    found: Object = {}
    for name, text in (("subject", one.subject), ("issuer", one.issuer)):
        found[name] = as_sent(text)
        if reason := _why_unknown(one, name):
            found[f"{name}_reason"] = reason
    found |= {
        "not_before": moment(one.not_before) if one.not_before is not None else None,
        "not_after": moment(one.not_after) if one.not_after is not None else None,
        "san": _texts((*one.names, *one.addresses)),
        "key": one.key,
        "signature": one.signature,
        "readable": readable(one),
        "spki_sha256": key.data.hex() if key is not None else "",
        "cert_sha256": one.sha256,
        "cert_sha1": hashlib.sha1(one.der, usedforsecurity=False).hexdigest(),
        "unread": list(one.unread),
    }
    for name, value, part in _fields(one):
        reason = _why_unknown(one, part)
        found[name] = None if reason else value
        if reason:
            found[f"{name}_reason"] = reason
    return found | ({"pem": ssl.DER_cert_to_PEM_cert(one.der)} if pem else {})


def _fields(one: CertificateFacts) -> tuple[tuple[str, object, str], ...]:
    """Return fields that may be unknown: name, value and the part it stands in."""
    more = one.details or Details()
    by_type = {
        "dns": _texts(one.names),
        "ip": _texts(one.addresses),
        "email": _texts(more.emails),
        "uri": _texts(more.uris),
        "other": _texts(more.other_names),
    }
    return (
        ("serial", more.serial or None, "serial number"),
        ("common_name", as_sent(one.common_name), "subject"),
        ("san_by_type", by_type, _NAMES),
        ("key_type", one.key.partition(" ")[0] or None, "public key"),
        ("key_bits", one.key_bits or None, "public key"),
        ("signature_hash", one.signature_hash or None, "signature"),
        ("key_usage", None if one.key_usage is None else list(one.key_usage), _USAGE),
        ("extended_key_usage", None if more.purposes is None else [*more.purposes], _PURPOSES),
        ("ca", one.ca, _CONSTRAINTS),
        ("path_length", one.path_length, _CONSTRAINTS),
        ("ocsp_urls", _texts(more.ocsp_urls), _ACCESS),
        ("issuer_urls", _texts(more.issuer_urls), _ACCESS),
        ("crl_urls", _texts(more.crl_urls), _LISTS),
        ("must_staple", one.must_staple, _FEATURES),
        ("transparency", one.transparency, _STAMPS),
        ("sct_count", more.stamps, _STAMPS),
    )


def _why_unknown(one: CertificateFacts, part: str) -> str:
    """Return why a part cannot be read; empty where it can."""
    if not readable(one):
        return UNREADABLE
    garbled = one.details.garbled if one.details is not None else ()
    lost = {*one.unread, *garbled, *(name for name, read in _read(one) if not read)}
    unread = part in lost or ("extensions" in lost and part in _EXTENSIONS)
    return f"its {part} cannot be read" if unread else ""


def _read(one: CertificateFacts) -> tuple[tuple[str, bool], ...]:
    """Return which parts that every certificate has could be read."""
    digest = one.signature_hash or one.signature.lower().startswith(_DIGESTLESS)
    serial = one.details is not None and one.details.serial
    return (
        ("serial number", bool(serial)),
        ("public key", bool(one.key)),
        ("signature", bool(digest)),
    )


_DIGESTLESS = ("ed25519", "ed448", "ml-dsa", "id-ml-dsa", "slh-dsa", "id-slh-dsa")
"""Signatures that have no digest apart from themselves (RFC 8410 and the like)."""


def _texts(texts: Iterable[str]) -> list[str]:
    return [as_sent(each) for each in texts]
