"""The outline of a certificate in DER (X.690, RFC 5280 4.1): its public key, its extensions."""

from __future__ import annotations

from smtpprobe.named_tuple import NamedTuple

SEQUENCE, BIT_STRING, OCTET_STRING, CONTEXT_0, CONTEXT_3 = 0x30, 0x03, 0x04, 0xA0, 0xA3
"""Tags: a certificate, its body and its key are sequences; version and extensions have others."""

_BEFORE_KEY = 5
"""Serial number, signature algorithm, issuer, validity and subject precede the key."""


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
    """Return whether octets are a SubjectPublicKeyInfo by form: an algorithm and a bit string."""
    outer = element(der, 0, len(der))
    if outer is None or outer.tag != SEQUENCE or outer.end != len(der):
        return False
    return [child.tag for child in children(der, outer)] == [SEQUENCE, BIT_STRING]


class Extension(NamedTuple):
    """One extension: all its octets, those of its object identifier, and its value."""

    der: bytes
    oid: bytes
    value: bytes


def extensions(certificate: bytes) -> tuple[Extension, ...]:
    """Return the extensions of a certificate in its order; () where they do not parse.

    Their values are not parsed (RFC 5280 4.1.2.9).
    """
    holder = _holder(certificate)
    listed = children(certificate, holder) if holder is not None else ()
    if len(listed) != 1 or listed[0].tag != SEQUENCE:
        return ()
    found = [_extension(certificate, one) for one in children(certificate, listed[0])]
    return tuple(one for one in found if one is not None) if None not in found else ()


def _extension(der: bytes, one: Element) -> Extension | None:
    parts = children(der, one)
    if one.tag != SEQUENCE or len(parts) not in (2, 3) or parts[-1].tag != OCTET_STRING:
        return None
    oid, value = parts[0], parts[-1]
    octets = (der[each.content : each.end] for each in (oid, value))
    return Extension(der[one.start : one.end], *octets)


def with_only(certificate: bytes, extension: Extension) -> bytes:
    """Return a certificate with one of its extensions alone; its signature is wrong then."""
    outer, holder = element(certificate, 0, len(certificate)), _holder(certificate)
    assert outer is not None
    assert holder is not None
    body = children(certificate, outer)[0]
    fields = certificate[body.content : holder.start]
    fields += tagged(CONTEXT_3, tagged(SEQUENCE, extension.der))
    return tagged(SEQUENCE, tagged(SEQUENCE, fields) + certificate[body.end : outer.end])


def _holder(certificate: bytes) -> Element | None:
    """Return the field that holds the extensions: the last of the body."""
    outer = element(certificate, 0, len(certificate))
    parts = children(certificate, outer) if outer is not None else ()
    fields = children(certificate, parts[0]) if parts else ()
    return fields[-1] if fields and fields[-1].tag == CONTEXT_3 else None


def tagged(tag: int, content: bytes) -> bytes:
    """Return an element: its tag, its length and its content."""
    length = len(content)
    if length < 0x80:
        return bytes((tag, length)) + content
    size = (length.bit_length() + 7) // 8
    return bytes((tag, 0x80 | size)) + length.to_bytes(size) + content
