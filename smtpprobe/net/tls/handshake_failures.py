"""Why a handshake failed or TLS broke off: its kind, one line of text, the alert."""

from __future__ import annotations

import errno
import re
import ssl

from smtpprobe.protocol.tls_facts import TlsFailure


class PlaintextError(ssl.SSLError):
    """The server spoke in clear where its side of a handshake should have begun."""


OURS = frozenset({errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.ENOBUFS})
"""Numbers of errors that say what this machine lacks, and nothing about the server."""


def is_ours(error: BaseException | None) -> bool:
    """Return whether an error is a lack of this machine's: of open files, of memory."""
    return (
        isinstance(error, OSError) and error.errno in OURS and not isinstance(error, ssl.SSLError)
    )


def failure_kind(error: BaseException) -> TlsFailure:
    """Return of what kind the failure of a handshake is, by the exception that ended it."""
    match error:
        case PlaintextError():
            return TlsFailure.PLAINTEXT
        case ssl.SSLCertVerificationError():
            return TlsFailure.CERTIFICATE
        case ssl.SSLError():
            alert = alert_of(error)
            known = _BY_ALERT.get(alert) if alert else _BY_REASON.get(_name_of(error))
            return known or TlsFailure.OTHER
        case TimeoutError():
            return TlsFailure.LATE
        case ConnectionError():
            return TlsFailure.CLOSED
        case _:
            return TlsFailure.OTHER


def failure_reason(error: BaseException, limit: float) -> str:
    """Return in one line why a handshake failed; `limit` is in seconds."""
    match error:
        case ssl.SSLCertVerificationError():
            return error.verify_message
        case ssl.SSLError():
            return _openssl_reason(error) or error.strerror or ""
        case TimeoutError():
            return f"not finished within {limit:g}s"
        case ConnectionResetError(errno=None):
            return "the server closed the connection during the handshake"
        case OSError() if error.strerror:
            return error.strerror.lower()
        case _:
            return str(error) or "the connection ended during the handshake"


def alert_of(error: BaseException | None) -> str:
    """Return the alert by which the server ended it, as the registry names it; empty without."""
    found = re.fullmatch(_ALERT, _name_of(error)) if isinstance(error, ssl.SSLError) else None
    return found[1].lower() if found else ""


def _name_of(error: ssl.SSLError) -> str:
    """Return OpenSSL's name of an error; empty where it has none."""
    return getattr(error, "reason", "") or ""


def _openssl_reason(error: ssl.SSLError) -> str:
    if alert := alert_of(error):
        return f"the server sent the TLS alert {alert}"
    name = _name_of(error)
    return _REASONS.get(name) or name.replace("_", " ").lower()


_ALERT = r"(?:SSLV3|TLSV1|TLSV13)_(?:ALERT_)?(.+)"

_BY_ALERT = {
    "access_denied": TlsFailure.CLIENT_CERTIFICATE,
    "bad_certificate": TlsFailure.CLIENT_CERTIFICATE,
    "certificate_expired": TlsFailure.CLIENT_CERTIFICATE,
    "certificate_required": TlsFailure.CLIENT_CERTIFICATE,
    "certificate_revoked": TlsFailure.CLIENT_CERTIFICATE,
    "certificate_unknown": TlsFailure.CLIENT_CERTIFICATE,
    "no_certificate": TlsFailure.CLIENT_CERTIFICATE,
    "unknown_ca": TlsFailure.CLIENT_CERTIFICATE,
    "unsupported_certificate": TlsFailure.CLIENT_CERTIFICATE,
    "inappropriate_fallback": TlsFailure.VERSION,
    "protocol_version": TlsFailure.VERSION,
    "handshake_failure": TlsFailure.PARAMETERS,
    "insufficient_security": TlsFailure.PARAMETERS,
    "unrecognized_name": TlsFailure.SERVER_NAME,
    "internal_error": TlsFailure.INTERNAL,
    "close_notify": TlsFailure.CLOSED,
    "user_cancelled": TlsFailure.CLOSED,
}
"""Alerts that a server can send to a client in a handshake (RFC 8446 6.2, RFC 5246 7.2.2)."""

_BY_REASON = {
    "CERTIFICATE_VERIFY_FAILED": TlsFailure.CERTIFICATE,
    "CA_KEY_TOO_SMALL": TlsFailure.CERTIFICATE,
    "CA_MD_TOO_WEAK": TlsFailure.CERTIFICATE,
    "EE_KEY_TOO_SMALL": TlsFailure.CERTIFICATE,
    "NO_PROTOCOLS_AVAILABLE": TlsFailure.VERSION,
    "UNKNOWN_PROTOCOL": TlsFailure.VERSION,
    "UNSUPPORTED_PROTOCOL": TlsFailure.VERSION,
    "UNSUPPORTED_SSL_VERSION": TlsFailure.VERSION,
    "WRONG_SSL_VERSION": TlsFailure.VERSION,
    "WRONG_VERSION_NUMBER": TlsFailure.VERSION,
    "DH_KEY_TOO_SMALL": TlsFailure.PARAMETERS,
    "NO_CIPHERS_AVAILABLE": TlsFailure.PARAMETERS,
    "NO_SHARED_CIPHER": TlsFailure.PARAMETERS,
    "NO_SUITABLE_GROUPS": TlsFailure.PARAMETERS,
    "NO_SUITABLE_KEY_SHARE": TlsFailure.PARAMETERS,
    "NO_SUITABLE_SIGNATURE_ALGORITHM": TlsFailure.PARAMETERS,
    "UNEXPECTED_EOF_WHILE_READING": TlsFailure.CLOSED,
}
"""OpenSSL's own errors (sslerr.h), as Python's `ssl` names them."""

_REASONS = {
    "WRONG_VERSION_NUMBER": "the server did not send TLS, or an unknown version of it",
    "UNSUPPORTED_PROTOCOL": "the server chose a TLS version that is disabled here",
    "NO_PROTOCOLS_AVAILABLE": "all TLS versions are disabled here (OpenSSL configuration)",
    "UNEXPECTED_EOF_WHILE_READING": "the server closed the connection during the handshake",
    "UNSAFE_LEGACY_RENEGOTIATION_DISABLED": "the server lacks secure renegotiation (RFC 5746)",
}
"""OpenSSL's reasons where its own words do not say enough."""
