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
    """The key log of one context, in memory, as long as a handshake is under way; else nothing.

    It is two open files, and a context may be kept long: by a cache, or by the traceback of a
    failure until the garbage collector comes by. A key log that goes elsewhere is left alone.
    """

    def __init__(self) -> None:
        self._file: int | None = None
        self._sessions = 0

    def __del__(self) -> None:
        """Forget everything."""
        self._close()

    @property
    def kept(self) -> int:
        """How many octets are logged and not forgotten."""
        return 0 if self._file is None else os.fstat(self._file).st_size

    def begin(self, context: ssl.SSLContext) -> None:
        """A handshake of the context begins."""
        self._sessions += 1
        if not context.keylog_filename and hasattr(os, "memfd_create"):
            file = os.memfd_create("exporter secrets", os.MFD_CLOEXEC)
            try:
                context.keylog_filename = f"/proc/self/fd/{file}"
            except OSError:
                os.close(file)
            else:
                self._file = file

    def end(self, context: ssl.SSLContext, hello: bytes) -> None:
        """A handshake of the context is over, whose client began with `hello`: forget about it."""
        self._take(hello)
        self._sessions -= 1
        if not self._sessions and self._file is not None:
            context.keylog_filename = None  # type: ignore[assignment]
            self._close()

    def exported(self, hello: bytes, version: str | None, cipher: str) -> bytes:
        """Return what `tls-exporter` is on a connection; empty where it cannot be had.

        `hello` is the beginning of the first record of its client, about which all is forgotten.
        """
        secret = self._take(hello)
        if version != "TLSv1.3" or not secret:
            return b""
        digest = "sha384" if cipher.endswith("SHA384") else "sha256"
        return export(secret, digest, CHANNEL_BINDING, b"", CHANNEL_BINDING_OCTETS)

    def _take(self, hello: bytes) -> bytes:
        """Return the exporter secret of a client, and leave only what is of others."""
        client = b" %b " % hello[_HELLO].hex().encode()
        if self._file is None or len(hello) < _HELLO.stop:
            return b""
        lines = os.pread(self._file, os.fstat(self._file).st_size, 0).splitlines(keepends=True)
        os.ftruncate(self._file, 0)
        os.pwrite(self._file, b"".join(line for line in lines if client not in line), 0)
        wanted = b"EXPORTER_SECRET" + client
        found = (line.removeprefix(wanted) for line in lines if line.startswith(wanted))
        return bytes.fromhex(next(found, b"").decode())

    def _close(self) -> None:
        if self._file is not None:
            os.close(self._file)
            self._file = None


class ExportingSSLObject(ssl.SSLObject):
    """A TLS session whose `tls-exporter` is known once the handshake is over.

    `hellos` is where the ClientHello comes by: what a client sends, what a server receives.
    `secrets` is the key log of its context until then.
    """

    hellos: ssl.MemoryBIO
    secrets: SecretLog | None = None
    hello = b""
    exporter = b""

    def __del__(self) -> None:
        """A handshake that nobody continues is over."""
        self.end_handshake()

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
            self.end_handshake()
            raise
        if self.secrets is not None:
            agreed = self.cipher()
            cipher = agreed[0] if agreed is not None else ""
            self.exporter = self.secrets.exported(self.hello, self.version(), cipher)
            self.end_handshake()

    def end_handshake(self) -> None:
        """Leave nothing of the handshake in the key log: it is over, however it ended."""
        if self.secrets is not None:
            secrets, self.secrets = self.secrets, None
            secrets.end(self.context, self.hello)

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
        self.secrets.begin(self)
        session.secrets = self.secrets
        return session

    @property
    def secrets(self) -> SecretLog:
        """The key log in memory."""
        found: SecretLog | None = getattr(self, "_secrets", None)
        if found is None:
            found = self._secrets = SecretLog()
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
