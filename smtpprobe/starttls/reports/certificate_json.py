"""A certificate as a JSON object: its fields, and why unreadable ones are unknown.

A field that is neither yes nor no is null where it is unknown, so that it has one type, and the
reason is in `<field>_reason`. Null without one: the certificate does not say.
"""

from __future__ import annotations

import base64
import hashlib
import textwrap
from collections.abc import Iterable
from functools import lru_cache

from smtpprobe.policy import dane
from smtpprobe.policy.trust import UNREADABLE, readable
from smtpprobe.present.escape import as_sent
from smtpprobe.protocol.tls_facts import CertificateFacts, Details
from smtpprobe.starttls.reports.json_words import Object, moment

_NAMES, _USAGE, _PURPOSES = "subjectAltName", "keyUsage", "extKeyUsage"
_CONSTRAINTS, _ACCESS, _LISTS = "basicConstraints", "authorityInfoAccess", "cRLDistributionPoints"
_STAMPS, _FEATURES = "signedCertificateTimestampList", "tlsFeature"
_EXTENSIONS = (_NAMES, _USAGE, _PURPOSES, _CONSTRAINTS, _ACCESS, _LISTS, _STAMPS, _FEATURES)
_BEGIN, _END = "start of validity", "end of validity"
_PARTS = ("subject", "issuer", "serial number", _BEGIN, _END, "public key", "signature")


REMEMBERED, REMEMBERED_OCTETS = 256, 4096
"""How many objects are remembered, and how large a certificate may be for that."""


def certificate_object(one: CertificateFacts, *, pem: bool = False) -> Object:
    """Return a certificate's facts as plain values; with `pem` also the certificate as PEM.

    Do not modify: it is cached, as issuers recur.
    """
    return (_remembered if len(one.der) <= REMEMBERED_OCTETS else _made)(one, pem=pem)


def _made(one: CertificateFacts, *, pem: bool) -> Object:
    key, lost = dane.record_for(one.der), _lost(one)
    found: Object = {}
    for name, value, part in _older_fields(one):
        found[name] = value
        if reason := lost.get(part):
            found[f"{name}_reason"] = reason
    found |= {
        "signature": one.signature,
        "readable": readable(one),
        "spki_sha256": key.data.hex() if key is not None else "",
        "cert_sha256": one.sha256,
        "cert_sha1": hashlib.sha1(one.der, usedforsecurity=False).hexdigest(),
        "unread": list(one.unread),
    }
    for name, value, part in _fields(one):
        reason = lost.get(part)
        found[name] = None if reason else value
        if reason:
            found[f"{name}_reason"] = reason
    return found | ({"pem": _pem(one.der)} if pem else {})


def _pem(der: bytes) -> str:
    """Return a certificate as PEM (RFC 7468 5.1)."""
    lines = textwrap.wrap(base64.b64encode(der).decode("ascii"), 64)
    return "\n".join(("-----BEGIN CERTIFICATE-----", *lines, "-----END CERTIFICATE-----", ""))


_remembered = lru_cache(maxsize=REMEMBERED)(_made)


def _older_fields(one: CertificateFacts) -> tuple[tuple[str, object, str], ...]:
    """Return fields that are empty where they are unknown: name, value and the part they belong to.

    They predate the reasons, and a changed field would be another schema.
    """
    return (
        ("subject", as_sent(one.subject), "subject"),
        ("issuer", as_sent(one.issuer), "issuer"),
        ("not_before", one.not_before and moment(one.not_before), _BEGIN),
        ("not_after", one.not_after and moment(one.not_after), _END),
        ("san", _texts((*one.names, *one.addresses)), _NAMES),
        ("key", one.key, "public key"),
    )


def _fields(one: CertificateFacts) -> tuple[tuple[str, object, str], ...]:
    """Return fields that may be unknown: name, value and the part they belong to."""
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


def _lost(one: CertificateFacts) -> dict[str, str]:
    """Return the parts that cannot be read, each with that as the reason."""
    if not readable(one):
        return dict.fromkeys((*_PARTS, *_EXTENSIONS), UNREADABLE)
    more = one.details or Details()
    digest = one.signature_hash or one.signature.lower().startswith(_DIGESTLESS)
    read = (
        ("serial number", more.serial),
        (_BEGIN, one.not_before),
        (_END, one.not_after),
        ("public key", one.key),
        ("signature", digest),
    )
    lost = [*one.unread, *more.garbled, *(part for part, found in read if not found)]
    if "extensions" in lost or one.details is None:
        lost += _EXTENSIONS
    return {part: f"its {part} cannot be read" for part in lost}


_DIGESTLESS = ("ed25519", "ed448", "ml-dsa", "id-ml-dsa", "slh-dsa", "id-slh-dsa")
"""Signatures that have no digest apart from themselves (RFC 8410 and the like)."""


def _texts(texts: Iterable[str]) -> list[str]:
    return [as_sent(each) for each in texts]
