"""Keying material of TLS 1.3 (RFC 8446 7.5), which `ssl` does not give out, by the key log.

OpenSSL writes the exporter secret of each connection into the key log of its context. Here that is
a file in memory, which nobody else can open and which goes with the context; what is exported is
then an HKDF away. Only Linux has such files.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import ssl
from typing import Any

CHANNEL_BINDING, CHANNEL_BINDING_OCTETS = b"EXPORTER-Channel-Binding", 32
"""The label and the length of `tls-exporter` (RFC 9266 2); its context is empty."""

_HELLO = slice(11, 43)
"""Where the random of a ClientHello is in the first record of its side (RFC 8446 4.1.2, 5.1)."""


class SecretLog:
    """The key log of one context, in memory; without one it is empty."""

    def __init__(self, context: ssl.SSLContext | None) -> None:
        self._file: int | None = None
        if context is None or not hasattr(os, "memfd_create"):
            return
        file = os.memfd_create("exporter secrets", os.MFD_CLOEXEC)
        try:
            context.keylog_filename = f"/proc/self/fd/{file}"
        except OSError:
            os.close(file)
            return
        self._file = file

    def __del__(self) -> None:
        """Forget everything."""
        if self._file is not None:
            os.close(self._file)

    @property
    def kept(self) -> int:
        """How many octets are logged and not forgotten."""
        return 0 if self._file is None else os.fstat(self._file).st_size

    def forget(self) -> None:
        """Forget what was logged."""
        if self._file is not None:
            os.ftruncate(self._file, 0)

    def exported(self, hello: bytes, version: str | None, cipher: str) -> bytes:
        """Return what `tls-exporter` is on a connection; empty where it cannot be had.

        `hello` is the beginning of the first record of its client. What was logged is forgotten.
        """
        secret = self._taken(hello[_HELLO])
        if version != "TLSv1.3" or not secret:
            return b""
        digest = "sha384" if cipher.endswith("SHA384") else "sha256"
        return export(secret, digest, CHANNEL_BINDING, b"", CHANNEL_BINDING_OCTETS)

    def _taken(self, client_random: bytes) -> bytes:
        if self._file is None or len(client_random) != 32:
            return b""
        wanted = b"EXPORTER_SECRET %b " % client_random.hex().encode()
        octets = os.pread(self._file, os.fstat(self._file).st_size, 0)
        os.ftruncate(self._file, 0)
        found = (line for line in octets.splitlines() if line.startswith(wanted))
        return bytes.fromhex(next(found, b"").removeprefix(wanted).decode())


class ExportingSSLObject(ssl.SSLObject):
    """A TLS session whose `tls-exporter` is known once the handshake is over.

    `hellos` is where the ClientHello comes by: what a client sends, what a server receives.
    """

    hellos: ssl.MemoryBIO
    secrets: SecretLog
    hello = b""
    exporter = b""

    def do_handshake(self) -> None:
        """Continue the handshake with the octets received."""
        if self.server_side:
            self._keep_hello()
        try:
            super().do_handshake()
        except ssl.SSLWantReadError:
            self._keep_hello()
            raise
        except ssl.SSLError:
            self.secrets.forget()
            raise
        if self.exporter:
            return
        agreed = self.cipher()
        cipher = agreed[0] if agreed is not None else ""
        self.exporter = self.secrets.exported(self.hello, self.version(), cipher)

    def _keep_hello(self) -> None:
        """Keep the beginning of the ClientHello; it stays where it is."""
        if not self.hello and self.hellos.pending >= _HELLO.stop:
            octets = self.hellos.read()
            self.hellos.write(octets)
            self.hello = octets[: _HELLO.stop]


class ExportingContext(ssl.SSLContext):
    """A context whose sessions know their `tls-exporter`, unless its key log goes to a file."""

    sslobject_class = ExportingSSLObject

    def wrap_bio(
        self, incoming: ssl.MemoryBIO, outgoing: ssl.MemoryBIO, *rest: Any, **named: Any
    ) -> ExportingSSLObject:
        """Return the TLS session."""
        session = super().wrap_bio(incoming, outgoing, *rest, **named)
        assert isinstance(session, ExportingSSLObject)
        session.hellos = incoming if session.server_side else outgoing
        session.secrets = self.secrets
        return session

    @property
    def secrets(self) -> SecretLog:
        """The key log in memory, begun with the first session."""
        found: SecretLog | None = getattr(self, "_secrets", None)
        if found is None:
            found = self._secrets = SecretLog(None if self.keylog_filename else self)
        return found


def export(secret: bytes, digest: str, label: bytes, context: bytes, length: int) -> bytes:
    """Return the exported keying material of a connection with this exporter secret."""
    empty, hashed = (hashlib.new(digest, octets).digest() for octets in (b"", context))
    derived = _expand_label(secret, digest, label, empty, len(secret))
    return _expand_label(derived, digest, b"exporter", hashed, length)


def _expand_label(secret: bytes, digest: str, label: bytes, context: bytes, length: int) -> bytes:
    """HKDF-Expand-Label (RFC 8446 7.1, RFC 5869 2.3)."""
    name = b"tls13 " + label
    info = length.to_bytes(2, "big") + bytes([len(name)]) + name + bytes([len(context)]) + context
    octets, block = b"", b""
    for number in range(1, -(-length // len(secret)) + 1):
        block = hmac.digest(secret, block + info + bytes([number]), digest)
        octets += block
    return octets[:length]
