"""The extensions of a certificate, one by one where the cryptography package gives up on all.

It reads all or none: an octet that is no ASCII in the address of an authority would take the names
along. So each is handed to it alone, in a copy of the certificate that holds no other; of the
alternative names those are read by their outline that it cannot read as a whole.
"""

from __future__ import annotations

import ipaddress
import warnings
from collections import Counter
from typing import NamedTuple, TypeAlias, TypeVar

from cryptography import x509

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

DNS_NAME, IP_ADDRESS = 0x82, 0x87
"""Tags of the alternative names that are read here (RFC 5280 4.2.1.6)."""


class Read(NamedTuple):
    """What could be read: extensions by their kinds, names and addresses, and what could not.

    `unread` are names of extensions, in the order of the certificate.
    """

    extensions: Extensions
    names: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()


def read_extensions(certificate: x509.Certificate, octets: bytes) -> Read:
    """Return the extensions of a certificate as far as they can be read."""
    found = _of(certificate)
    if found is None:
        return _one_by_one(octets)
    return Read(found, *_alternative_names(found))


def extension(extensions: Extensions, kind: type[Extension]) -> Extension | None:
    """Return the extension of a kind, None without one."""
    found = extensions.get(kind)
    return found if isinstance(found, kind) else None


def _of(certificate: x509.Certificate) -> Extensions | None:
    """Return the extensions by their kinds; None where one of them makes no sense."""
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
    names: tuple[tuple[str, ...], tuple[str, ...]] | None = ((), ())
    unread = []
    for one in listed:
        alone = _alone(octets, one) if times[one.oid] == 1 else None
        if alone is not None:
            found |= alone
        if one.oid == NAMES:
            names = _alternative_names(alone) if alone is not None else _by_outline(one.value)
        if alone is None and not (one.oid == NAMES and names is not None and times[NAMES] == 1):
            unread.append(OIDS.get(one.oid, f"extension {one.oid.hex()}"))
    return Read(found, *(names or ((), ())), unread=tuple(dict.fromkeys(unread)))


def _alone(octets: bytes, one: der.Extension) -> Extensions | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _of(x509.load_der_x509_certificate(der.with_only(octets, one)))
    except Exception:  # noqa: BLE001 - as above
        return None


def _alternative_names(extensions: Extensions) -> tuple[tuple[str, ...], tuple[str, ...]]:
    found = extension(extensions, x509.SubjectAlternativeName)
    if found is None:
        return (), ()
    names = tuple(found.get_values_for_type(x509.DNSName))
    addresses = tuple(str(address) for address in found.get_values_for_type(x509.IPAddress))
    return names, addresses


def netscape_type(octets: bytes) -> bytes:
    """Return the bits of Netscape's certificate type, empty without it."""
    for one in der.extensions(octets):
        if one.oid == NETSCAPE_TYPE:
            bits = der.element(one.value, 0, len(one.value))
            return one.value[bits.content + 1 : bits.end] if bits is not None else b""
    return b""


def _by_outline(value: bytes) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    r"""Return names and addresses, None where the list of them makes no sense.

    An octet of a name that is no ASCII is written as `\xNN`: it matches nothing, but it is there.
    """
    outer = der.element(value, 0, len(value))
    if outer is None or outer.tag != der.SEQUENCE or outer.end != len(value):
        return None
    entries = der.children(value, outer)
    if not entries:
        return None
    parts = [(one.tag, value[one.content : one.end]) for one in entries]
    names = tuple(
        part.decode("ascii", "backslashreplace") for tag, part in parts if tag == DNS_NAME
    )
    return names, tuple(_address(part) for tag, part in parts if tag == IP_ADDRESS)


def _address(octets: bytes) -> str:
    try:
        return str(ipaddress.ip_address(octets))
    except ValueError:
        return octets.hex()  # neither four octets nor sixteen: no address of anything
