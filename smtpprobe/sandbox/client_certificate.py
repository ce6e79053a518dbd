"""Whom a client certificate names: what AUTH EXTERNAL logs in at the practice server."""

from __future__ import annotations

from collections.abc import Mapping


def certified_name(certificate: Mapping[str, object] | None) -> str | None:
    """Return the mail address in a certificate, else its common name, else nothing.

    It is as `ssl` gives one that it has verified. None where there is no certificate.
    """
    if not certificate:
        return None
    addresses = [
        value for kind, value in _pairs(certificate.get("subjectAltName")) if kind == EMAIL
    ]
    names = [
        value
        for relative in _tuples(certificate.get("subject"))
        for kind, value in _pairs(relative)
        if kind == COMMON_NAME
    ]
    return next((value for value in (*addresses, *names) if value), "")


EMAIL, COMMON_NAME = "email", "commonName"
"""How `ssl` calls them."""


def _tuples(value: object) -> tuple[object, ...]:
    return value if isinstance(value, tuple) else ()


def _pairs(value: object) -> list[tuple[str, str]]:
    pairs = (one for one in _tuples(value) if isinstance(one, tuple) and len(one) == 2)
    return [(str(kind), str(text)) for kind, text in pairs]
