"""Strict TLS, where the certificate decides: HTTPS of a policy host."""

from __future__ import annotations

import ssl
from typing import Any

from smtpprobe.errors import UsageError
from smtpprobe.net.tls.handshake_failures import is_ours


class VouchedSession(ssl.SSLObject):
    """A TLS session that knows whether it ended with close_notify (RFC 8446 6.1).

    asyncio hands on the end of a connection in the same way, whether TLS vouches for it or not.
    """

    ended = False
    """Whether the peer has said that no more comes."""

    def read(self, *how_much: Any) -> Any:
        """Return as `ssl` does: nothing, or zero, at the end that was said and at no other."""
        found = super().read(*how_much)
        self.ended = self.ended or not found
        return found


class StrictContext(ssl.SSLContext):
    """A context whose sessions know how they ended."""

    sslobject_class = VouchedSession


def strict_context(ca_file: str | None) -> ssl.SSLContext:
    """Return a context that enforces as senders do, over the system's roots or a file's.

    Raises:
        UsageError: the file cannot be read, or holds no certificates.
    """
    context = StrictContext(ssl.PROTOCOL_TLS_CLIENT)
    context.hostname_checks_common_name = False
    if ca_file is None:
        context.load_default_certs()
        return context
    try:
        context.load_verify_locations(cafile=ca_file)
    except ssl.SSLError as error:
        raise UsageError(f"CA file {ca_file}: contains no PEM certificates") from error
    except OSError as error:
        if is_ours(error):
            raise
        raise UsageError(f"CA file {ca_file}: {error.strerror}") from error
    return context


def check_ca_file(ca_file: str) -> None:
    """Raise UsageError where a CA file cannot be loaded, whether a handshake enforces it or not."""
    strict_context(ca_file)
