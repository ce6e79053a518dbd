"""Configures a context with what this side offers: certificate, TLS versions, ciphers, groups.

Anything that cannot be offered as asked is a usage error before anything is sent: a handshake with
less would test something else.
"""

from __future__ import annotations

import ssl
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from smtpprobe.errors import UsageError
from smtpprobe.protocol.transport.tls_offer import ANY, VERSIONS, TlsOffer

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
    from cryptography.x509 import Certificate

_VERSIONS = dict(
    zip(
        VERSIONS,
        (ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1, ssl.TLSVersion.TLSv1_2,
         ssl.TLSVersion.TLSv1_3),
        strict=True,
    )
)  # fmt: skip

_OLD = ("1.0", "1.1")
"""Versions that OpenSSL 3 allows at security level 0 only (RFC 8996 deprecates them)."""

_CURVES = {
    "p-256": "prime256v1", "secp256r1": "prime256v1", "p-384": "secp384r1", "p-521": "secp521r1",
    "x25519": "X25519", "x448": "X448",
}  # fmt: skip
"""Groups whose name in OpenSSL's table of curves is another than in the registry of TLS."""


def put(context: ssl.SSLContext, offer: TlsOffer) -> None:
    """Have a context offer what is asked for.

    Raises:
        UsageError: the certificate cannot be used, or this OpenSSL cannot offer that.
    """
    _put_versions(context, offer)
    if offer.ciphers:
        _put_ciphers(context, offer)
    if offer.groups:
        _put_groups(context, offer.groups)
    if offer.certificate:
        _put_certificate(context, offer)
    elif offer.key:
        raise UsageError(
            f"--key {offer.key} needs the certificate that belongs to it", "add --cert"
        )


def check_offer(offer: TlsOffer) -> None:
    """Raise UsageError where an offer cannot be made on this machine."""
    put(ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT), offer)


def wants_password(offer: TlsOffer) -> bool:
    """Return whether the key is encrypted and no password is given; False if it cannot be read."""
    asked = False

    def password() -> str:
        nonlocal asked
        asked = True
        return offer.password

    if offer.password or not offer.certificate:
        return False
    try:
        _load(ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT), offer, password)
    except (OSError, ValueError):
        return asked
    return False


def _put_versions(context: ssl.SSLContext, offer: TlsOffer) -> None:
    oldest, newest = offer.oldest, offer.newest
    if ANY not in (oldest, newest) and VERSIONS.index(oldest) > VERSIONS.index(newest):
        raise UsageError(f"--tls-min {oldest} is newer than --tls-max {newest}", "swap them")
    if oldest in _OLD or newest in _OLD:
        context.set_ciphers("DEFAULT:@SECLEVEL=0")
    if newest != ANY:
        if oldest == ANY:
            context.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
        context.maximum_version = _VERSIONS[newest]
    if oldest != ANY:
        context.minimum_version = _VERSIONS[oldest]


def _put_ciphers(context: ssl.SSLContext, offer: TlsOffer) -> None:
    names = offer.ciphers.split(":")
    if suites := [name for name in names if name.upper().startswith("TLS_")]:
        raise UsageError(
            f"--ciphers {suites[0]}: cipher suites of TLS 1.3 cannot be chosen",
            "name ciphers of TLS 1.2, as in --tls-max 1.2 --ciphers ECDHE-RSA-AES128-GCM-SHA256",
        )
    wanted = offer.ciphers
    if context.verify_mode is ssl.CERT_NONE or offer.newest in _OLD or offer.oldest in _OLD:
        wanted += "" if "@" in wanted else ":@SECLEVEL=0"
    try:
        context.set_ciphers(wanted)
    except ssl.SSLError:
        raise UsageError(
            f"--ciphers {offer.ciphers}: this OpenSSL ({ssl.OPENSSL_VERSION}) has no such cipher",
            "see: openssl ciphers -v",
        ) from None
    if offer.oldest == "1.3":
        raise UsageError("--ciphers has no effect with --tls-min 1.3", "omit one of them")


def _put_groups(context: ssl.SSLContext, groups: str) -> None:
    choose = getattr(context, "set_groups", None)
    names = groups.split(":")
    if choose is None and len(names) > 1:
        raise UsageError(
            f"--groups {groups}: with Python older than 3.15 only one group can be chosen",
            f"for example --groups {names[0]}",
        )
    try:
        if choose is not None:
            choose(groups)
        else:
            context.set_ecdh_curve(_CURVES.get(groups.lower(), groups))
    except (ssl.SSLError, ValueError):
        raise UsageError(
            f"--groups {groups}: {ssl.OPENSSL_VERSION} as this Python uses it cannot offer it",
            "for example secp256r1, secp384r1 or secp521r1",
        ) from None


def _put_certificate(context: ssl.SSLContext, offer: TlsOffer) -> None:
    try:
        _load(context, offer, lambda: offer.password)
    except (OSError, ValueError) as error:
        raise _fault(offer, error) from error


def _load(context: ssl.SSLContext, offer: TlsOffer, password: Callable[[], str]) -> None:
    # without a callback OpenSSL asks for the password on the terminal itself
    context.load_cert_chain(offer.certificate, offer.key or None, password)


def _fault(offer: TlsOffer, error: Exception) -> UsageError:
    """Return in words why a certificate cannot be used; OpenSSL's tell a wrong key from nothing."""
    from cryptography import x509  # noqa: PLC0415 - heavy, and only for what is wrong

    own, key_file = offer.certificate, offer.key or offer.certificate
    name = "--key" if offer.key else "--cert"
    try:
        certificates = x509.load_pem_x509_certificates(Path(own).read_bytes())
    except OSError as trouble:
        return UsageError(f"--cert {own}: {trouble.strerror}")
    except ValueError:
        return UsageError(f"--cert {own}: contains no PEM certificate that can be read")
    try:
        key = _key(Path(key_file).read_bytes(), offer.password)
    except OSError as trouble:
        return UsageError(f"{name} {key_file}: {trouble.strerror}")
    except TypeError:
        return UsageError(
            f"{name} {key_file}: the key is encrypted and there is no password for it",
            "set SMTPPROBE_SECRET_key_password, or use --secret key_password=file:F",
        )
    except ValueError:
        if offer.password:
            return UsageError(f"{name} {key_file}: wrong password, or the key is damaged")
        hint = "" if offer.key else "name the file of the key with --key"
        return UsageError(f"{name} {key_file}: contains no PEM private key that can be read", hint)
    if not _belongs(key, certificates[0]):
        return UsageError(
            f"{name} {key_file}: the key does not belong to the certificate in {own}",
            "the client's own certificate must come first in the file, then the intermediates",
        )
    return UsageError(f"--cert {own}: OpenSSL does not take it: {error}")


def _key(octets: bytes, password: str) -> PrivateKeyTypes:
    """Return the private key in PEM octets.

    Raises:
        TypeError: it is encrypted, and the password is empty.
        ValueError: no key, or a wrong password.
    """
    from cryptography.exceptions import UnsupportedAlgorithm  # noqa: PLC0415 - as above
    from cryptography.hazmat.primitives.serialization import (  # noqa: PLC0415
        load_pem_private_key,
    )

    try:
        try:
            return load_pem_private_key(octets, password.encode() or None)
        except TypeError:  # also where a password is given for a key that needs none
            if not password:
                raise
            return load_pem_private_key(octets, None)
    except UnsupportedAlgorithm as error:
        raise ValueError(str(error)) from error


def _belongs(key: PrivateKeyTypes, certificate: Certificate) -> bool:
    from cryptography.hazmat.primitives.serialization import (  # noqa: PLC0415 - as above
        Encoding,
        PublicFormat,
    )

    form = Encoding.DER, PublicFormat.SubjectPublicKeyInfo
    return key.public_key().public_bytes(*form) == certificate.public_key().public_bytes(*form)
