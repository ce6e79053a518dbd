"""Reads the extensions of a certificate, one by one where the cryptography package rejects all.

It reads all or none: a non-ASCII octet in the address of an authority would cost the names too.
 So each is handed to it alone, in a copy of the certificate that holds no other; of the
alternative names those are read by their outline that it cannot read as a whole.
"""

from __future__ import annotations

import ipaddress
import warnings
from collections import Counter
from typing import TypeAlias, TypeVar

from cryptography import x509

from smtpprobe.named_tuple import NamedTuple
from smtpprobe.policy import der

Extensions: TypeAlias = dict[type[x509.ExtensionType], x509.ExtensionType]
Extension = TypeVar("Extension", bound=x509.ExtensionType)

NAMES = bytes.fromhex("551d11")
"""The object identifier of the alternative names (RFC 5280 4.2.1.6)."""

OIDS = {
    NAMES: "subjectAltName",
    bytes.fromhex("551d0f"): "keyUsage",
    bytes.fromhex("551d13"): "basicConstraints",
    bytes.fromhex("551d1e"): "nameConstraints",
    bytes.fromhex("551d1f"): "cRLDistributionPoints",
    bytes.fromhex("551d20"): "certificatePolicies",
    bytes.fromhex("551d0e"): "subjectKeyIdentifier",
    bytes.fromhex("551d23"): "authorityKeyIdentifier",
    bytes.fromhex("551d25"): "extKeyUsage",
    bytes.fromhex("2b06010505070101"): "authorityInfoAccess",
    bytes.fromhex("2b06010505070118"): "tlsFeature",
    bytes.fromhex("2b06010401d679020402"): "signedCertificateTimestampList",
}
"""Object identifiers in DER with the names of the standards (RFC 5280, 6962, 7633)."""

NETSCAPE_TYPE = bytes.fromhex("6086480186f8420101")
"""The object identifier of Netscape's certificate type, which the package does not know."""

NETSCAPE_SERVER = 0x40
"""Its bit for TLS servers."""

EMAIL, DNS_NAME, URI, IP_ADDRESS = 0x81, 0x82, 0x86, 0x87
"""Tags of the alternative names that are read here (RFC 5280 4.2.1.6)."""


class Alternatives(NamedTuple):
    """The alternative names of a certificate by kind; `others` with the word for the kind before.

    An octet that is no ASCII, where such has to be, is there as a surrogate.
    """

    names: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    uris: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


class Read(NamedTuple):
    """What could be read: extensions by their kinds, alternative names, and what could not.

    `unread` are names of extensions, in the order of the certificate.
    """

    extensions: Extensions
    alternatives: Alternatives = Alternatives()
    unread: tuple[str, ...] = ()


def read_extensions(certificate: x509.Certificate, octets: bytes) -> Read:
    """Return the extensions of a certificate as far as they can be read."""
    found = _of(certificate)
    if found is None:
        return _one_by_one(octets)
    return Read(found, _alternatives(found))


def extension(extensions: Extensions, kind: type[Extension]) -> Extension | None:
    """Return the extension of a kind, None without one."""
    found = extensions.get(kind)
    return found if isinstance(found, kind) else None


def _of(certificate: x509.Certificate) -> Extensions | None:
    """Return the extensions by their kinds; None where one does not parse."""
    try:
        return {type(each.value): each.value for each in certificate.extensions}
    except Exception:  # noqa: BLE001 - the package raises many kinds, all mean "unreadable"
        return None


def _one_by_one(octets: bytes) -> Read:
    listed = der.extensions(octets)
    if not listed:
        return Read({}, unread=("extensions",))
    times = Counter(one.oid for one in listed)
    found: Extensions = {}
    names: Alternatives | None = Alternatives()
    unread = []
    for one in listed:
        alone = _alone(octets, one) if times[one.oid] == 1 else None
        if alone is not None:
            found |= alone
        if one.oid == NAMES:
            names = _alternatives(alone) if alone is not None else _by_outline(one.value)
        if alone is None and not (one.oid == NAMES and names is not None and times[NAMES] == 1):
            unread.append(OIDS.get(one.oid, f"extension {one.oid.hex()}"))
    return Read(found, names or Alternatives(), tuple(dict.fromkeys(unread)))


def _alone(octets: bytes, one: der.Extension) -> Extensions | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _of(x509.load_der_x509_certificate(der.with_only(octets, one)))
    except Exception:  # noqa: BLE001 - as above
        return None


def _alternatives(extensions: Extensions) -> Alternatives:
    found = extension(extensions, x509.SubjectAlternativeName)
    if found is None:
        return Alternatives()
    return Alternatives(
        tuple(found.get_values_for_type(x509.DNSName)),
        tuple(str(address) for address in found.get_values_for_type(x509.IPAddress)),
        tuple(found.get_values_for_type(x509.RFC822Name)),
        tuple(found.get_values_for_type(x509.UniformResourceIdentifier)),
        tuple(other for each in found if (other := _other(each))),
    )


def _other(name: x509.GeneralName) -> str:
    """Return an alternative name of a kind that has no list here; empty for the others."""
    match name:
        case x509.DirectoryName():
            return f"directoryName:{name.value.rfc4514_string()}"
        case x509.RegisteredID():
            return f"registeredID:{name.value.dotted_string}"
        case x509.OtherName():
            return f"otherName:{name.type_id.dotted_string}"
        case _:
            return ""


def netscape_type(octets: bytes) -> bytes:
    """Return the bits of Netscape's certificate type, empty without it."""
    for one in der.extensions(octets):
        if one.oid == NETSCAPE_TYPE:
            bits = der.element(one.value, 0, len(one.value))
            return one.value[bits.content + 1 : bits.end] if bits is not None else b""
    return b""


def _by_outline(value: bytes) -> Alternatives | None:
    """Return the alternative names; None where the list does not parse.

    A name with an octet that is no ASCII matches nothing, but it is there.
    """
    outer = der.element(value, 0, len(value))
    if outer is None or outer.tag != der.SEQUENCE or outer.end != len(value):
        return None
    entries = der.children(value, outer)
    if not entries:
        return None
    parts = [(one.tag, value[one.content : one.end]) for one in entries]
    names, emails, uris = (
        tuple(part.decode("ascii", "surrogateescape") for tag, part in parts if tag == wanted)
        for wanted in (DNS_NAME, EMAIL, URI)
    )
    addresses = tuple(_address(part) for tag, part in parts if tag == IP_ADDRESS)
    read = (DNS_NAME, EMAIL, URI, IP_ADDRESS)
    others = tuple(_KINDS.get(tag, f"tag {tag:#x}") for tag, _ in parts if tag not in read)
    return Alternatives(names, addresses, emails, uris, others)


_KINDS = {0xA0: "otherName", 0xA3: "x400Address", 0xA4: "directoryName", 0x88: "registeredID"}
"""What else there is, by its tag; these are named, not read."""


def _address(octets: bytes) -> str:
    try:
        return str(ipaddress.ip_address(octets))
    except ValueError:
        return octets.hex()  # neither four octets nor sixteen: no address of anything
