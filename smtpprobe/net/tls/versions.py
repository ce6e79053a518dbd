"""Which OpenSSL does what here: there are two, that of Python and that of pyOpenSSL."""

from __future__ import annotations

import ssl

from smtpprobe.net.tls.chain import verifier_version


def openssl_versions() -> str:
    """Return the version of each OpenSSL, with its task."""
    return f"{ssl.OPENSSL_VERSION} in handshakes, {verifier_version()} in verdicts on chains"
