"""The outline of a certificate in DER (X.690, RFC 5280 4.1): enough to find its public key."""

from __future__ import annotations

from typing import NamedTuple

SEQUENCE, BIT_STRING, CONTEXT_0 = 0x30, 0x03, 0xA0
"""Tags: a certificate, its body and its key are sequences; the version has a context tag."""

_BEFORE_KEY = 5
"""Serial number, signature algorithm, issuer, validity and subject stand before the key."""


class Element(NamedTuple):
    """One element: its tag, where it begins, where its content begins, where it ends."""

    tag: int
    start: int
    content: int
    end: int


def element(der: bytes, start: int, limit: int) -> Element | None:
    """Return the element at an offset; None where none fits before `limit`."""
    if start + 2 > limit:
        return None
    length, content = der[start + 1], start + 2
    if length == 0x80 or length > 0x84:
        return None
    if length > 0x80:
        size = length & 0x7F
        length, content = int.from_bytes(der[content : content + size]), content + size
    end = content + length
    return Element(der[start], start, content, end) if end <= limit else None


def children(der: bytes, parent: Element) -> tuple[Element, ...]:
    """Return the elements inside an element; () where they do not fill it exactly."""
    found, position = [], parent.content
    while position < parent.end:
        child = element(der, position, parent.end)
        if child is None:
            return ()
        found.append(child)
        position = child.end
    return tuple(found)


def public_key_info(certificate: bytes) -> bytes | None:
    """Return a certificate's SubjectPublicKeyInfo in DER; None where it is no certificate."""
    outer = element(certificate, 0, len(certificate))
    if outer is None or outer.tag != SEQUENCE or outer.end != len(certificate):
        return None
    parts = children(certificate, outer)
    if len(parts) != 3 or parts[0].tag != SEQUENCE:
        return None
    fields = children(certificate, parts[0])
    if fields and fields[0].tag == CONTEXT_0:
        fields = fields[1:]
    if len(fields) <= _BEFORE_KEY:
        return None
    key = fields[_BEFORE_KEY]
    found = certificate[key.start : key.end]
    return found if is_public_key_info(found) else None


def is_public_key_info(der: bytes) -> bool:
    """Tell whether octets are a SubjectPublicKeyInfo by form: an algorithm and a bit string."""
    outer = element(der, 0, len(der))
    if outer is None or outer.tag != SEQUENCE or outer.end != len(der):
        return False
    return [child.tag for child in children(der, outer)] == [SEQUENCE, BIT_STRING]
