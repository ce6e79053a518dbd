"""Further fields of a certificate, for inventories; no verdict depends on them."""

from __future__ import annotations

from collections.abc import Iterator

from cryptography import x509
from cryptography.x509.oid import AuthorityInformationAccessOID

from smtpprobe.net.tls.certificate_extensions import Alternatives, Extensions, extension
from smtpprobe.protocol.tls_facts import Details


def details(
    certificate: x509.Certificate,
    extensions: Extensions,
    alternatives: Alternatives,
    garbled: tuple[str, ...],
) -> Details:
    """Return what else a certificate says; `garbled` are the names that are no text."""
    stamps = extension(extensions, x509.PrecertificateSignedCertificateTimestamps)
    return Details(
        serial=_serial(certificate),
        purposes=_purposes(extensions),
        emails=alternatives.emails,
        uris=alternatives.uris,
        other_names=alternatives.others,
        ocsp_urls=tuple(_access(extensions, AuthorityInformationAccessOID.OCSP)),
        issuer_urls=tuple(_access(extensions, AuthorityInformationAccessOID.CA_ISSUERS)),
        crl_urls=tuple(_revocation_lists(extensions)),
        stamps=0 if stamps is None else len(stamps),
        garbled=garbled,
    )


def _serial(certificate: x509.Certificate) -> str:
    """Return the serial number, two digits an octet as `openssl x509 -serial` has them."""
    try:
        number = certificate.serial_number
    except ValueError:
        return ""
    digits = f"{abs(number):x}"
    return ("-" if number < 0 else "") + digits.zfill(len(digits) + len(digits) % 2)


def _purposes(extensions: Extensions) -> tuple[str, ...] | None:
    found = extension(extensions, x509.ExtendedKeyUsage)
    if found is None:
        return None
    return tuple(_PURPOSES.get(one.dotted_string, one.dotted_string) for one in found)


_PURPOSES = {
    "1.3.6.1.5.5.7.3.1": "serverAuth",
    "1.3.6.1.5.5.7.3.2": "clientAuth",
    "1.3.6.1.5.5.7.3.3": "codeSigning",
    "1.3.6.1.5.5.7.3.4": "emailProtection",
    "1.3.6.1.5.5.7.3.8": "timeStamping",
    "1.3.6.1.5.5.7.3.9": "OCSPSigning",
    "2.5.29.37.0": "anyExtendedKeyUsage",
}
"""The purposes of RFC 5280 4.2.1.12, by the names it gives them."""


def _access(extensions: Extensions, method: x509.ObjectIdentifier) -> Iterator[str]:
    found = extension(extensions, x509.AuthorityInformationAccess)
    for one in found or ():
        if one.access_method == method:
            yield from _urls((one.access_location,))


def _revocation_lists(extensions: Extensions) -> Iterator[str]:
    for point in extension(extensions, x509.CRLDistributionPoints) or ():
        yield from _urls(point.full_name or ())


def _urls(names: tuple[x509.GeneralName, ...] | list[x509.GeneralName]) -> Iterator[str]:
    yield from (one.value for one in names if isinstance(one, x509.UniformResourceIdentifier))
