"""Builds a TLS ClientHello and parses the server's answer: no cryptography, no local policy.

So it can offer old versions, single ciphers and groups that the local OpenSSL no longer supports.
The answer is a ServerHello, a HelloRetryRequest or an alert; with TLS 1.2 and older the
certificates and the group of the key exchange come in clear behind it (RFC 5246 7.4, RFC 8446 4.1).
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from smtpprobe.net.tls.cipher_suites import RSA_EXPORT
from smtpprobe.net.tls.handshake_messages import exchanged_group
from smtpprobe.net.tls.registry import ALERTS, GROUPS, named

SSLV3, TLS1_0, TLS1_1, TLS1_2, TLS1_3 = 0x0300, 0x0301, 0x0302, 0x0303, 0x0304
VERSIONS = {
    "SSLv3": SSLV3,
    "TLSv1.0": TLS1_0,
    "TLSv1.1": TLS1_1,
    "TLSv1.2": TLS1_2,
    "TLSv1.3": TLS1_3,
}

RETRY_RANDOM = bytes.fromhex("cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c")
"""A ServerHello with this random is a HelloRetryRequest (RFC 8446 4.1.3)."""

HYBRID_GROUPS = (0x11EC, 0x11EB, 0x11ED, 0x6399, 0x639A, 0x0201, 0x0202, 0x0200)
"""Post-quantum hybrid groups (draft-ietf-tls-ecdhe-mlkem, draft-ietf-tls-mlkem)."""

CURVES = (29, 23, 24, 25, 30, 26, 27, 28, 21)
FFDHE_GROUPS = (256, 257, 258, 259, 260)
TLS1_3_CURVES = (29, 23, 24, 25, 30, 31, 32, 33)
OBSOLETE_CURVES = (*range(1, 21), 22)
"""Curves of 192 bits and less, over binary fields, and secp256k1: deprecated by RFC 8422."""

GROUP_ORDER = (*HYBRID_GROUPS, *CURVES, *FFDHE_GROUPS)

ECDSA_SCHEMES = (0x0403, 0x0503, 0x0603, 0x0807, 0x0808, 0x0203)
RSA_SCHEMES = (0x0804, 0x0805, 0x0806, 0x0401, 0x0501, 0x0601, 0x0201)

SERVER_HELLO, CERTIFICATE, KEY_EXCHANGE, HELLO_DONE = 2, 11, 12, 14
HANDSHAKE, ALERT = 22, 21
MOST_OCTETS = 256 << 10
"""More of an answer is not read."""


@dataclass(frozen=True, slots=True)
class Hello:
    """What to offer. `name` is the server name (SNI), empty for none."""

    version: int
    ciphers: Sequence[int]
    groups: Sequence[int] = GROUP_ORDER
    schemes: Sequence[int] = ECDSA_SCHEMES + RSA_SCHEMES
    name: str = ""

    def octets(self) -> bytes:
        """Return the TLS record of the ClientHello."""
        modern = self.version >= TLS1_3
        body = min(self.version, TLS1_2).to_bytes(2) + os.urandom(32)
        body += _sized(os.urandom(32) if modern else b"", 1)
        body += _sized(b"".join(each.to_bytes(2) for each in (*self.ciphers, 0x00FF)), 2)
        body += b"\x01\x00"
        if self.version > SSLV3:
            extensions = b"".join(self._extensions(modern=modern))
            body += _sized(extensions + _padding(len(body) + len(extensions) + 6), 2)
        message = b"\x01" + _sized(body, 3)
        record = TLS1_0 if self.version > SSLV3 else SSLV3
        return b"\x16" + record.to_bytes(2) + _sized(message, 2)

    def _extensions(self, *, modern: bool) -> Iterator[bytes]:
        if self.name:
            yield _extension(0, _sized(b"\x00" + _sized(self.name.encode("ascii"), 2), 2))
        yield _extension(10, _sized(b"".join(each.to_bytes(2) for each in self.groups), 2))
        yield _extension(11, b"\x01\x00")
        if self.version >= TLS1_2:
            yield _extension(13, _sized(b"".join(each.to_bytes(2) for each in self.schemes), 2))
        yield _extension(23, b"")
        if modern:
            yield _extension(43, b"\x02\x03\x04")
            yield _extension(45, b"\x01\x01")
            yield _extension(51, b"\x00\x00")  # no share: the server names the group it wants


def _padding(length: int) -> bytes:
    """Return padding that brings a ClientHello of 256 to 511 octets to 512 (RFC 7685 1).

    `length` is that of the handshake message without it (RFC 7685 4).
    """
    return _extension(21, bytes(max(0, 512 - length - 4))) if 256 <= length < 512 else b""


def _sized(octets: bytes, length: int) -> bytes:
    return len(octets).to_bytes(length) + octets


def _extension(kind: int, data: bytes) -> bytes:
    return kind.to_bytes(2) + _sized(data, 2)


@dataclass(frozen=True, slots=True)
class HelloAnswer:
    """The answer: a version, cipher and group, or an alert, or neither (it closed).

    `certificates` are in DER, as sent, where they come in clear. `odd` means that it is no TLS.
    """

    version: int = 0
    cipher: int = 0
    group: str = ""
    alert: str = ""
    certificates: tuple[bytes, ...] = ()
    odd: bool = False

    @property
    def accepted(self) -> bool:
        """Whether the server accepted."""
        return self.version != 0


class HelloReader:
    """Parses the answer to a ClientHello as it comes; `done` when the rest does not matter."""

    def __init__(self) -> None:
        self.answer = HelloAnswer()
        self.done = False
        self._records = b""
        self._messages = b""
        self._octets = 0

    def feed(self, data: bytes) -> None:
        """Take octets; nothing that a server sends raises."""
        self._octets += len(data)
        self._records += data
        try:
            self._read()
        except (IndexError, ValueError):
            self.done = True
        if self._octets > MOST_OCTETS:
            self.done = True

    def _read(self) -> None:
        while len(self._records) >= 5 and not self.done:
            kind, length = self._records[0], int.from_bytes(self._records[3:5])
            if kind not in (HANDSHAKE, ALERT):
                self.answer, self.done = HelloAnswer(odd=not self.answer.accepted), True
                return
            if len(self._records) < 5 + length:
                return
            data, self._records = self._records[5 : 5 + length], self._records[5 + length :]
            if kind == ALERT:
                self._alert(data)
            else:
                self._messages += data
                self._handshake()

    def _alert(self, data: bytes) -> None:
        if not self.answer.accepted and data[:1] == b"\x02":
            self.answer = HelloAnswer(alert=ALERTS.get(data[1], f"alert {data[1]}"))
        self.done = self.done or data[:1] == b"\x02"

    def _handshake(self) -> None:
        while len(self._messages) >= 4 and not self.done:
            kind, length = self._messages[0], int.from_bytes(self._messages[1:4])
            if len(self._messages) < 4 + length:
                return
            body, self._messages = self._messages[4 : 4 + length], self._messages[4 + length :]
            if kind == SERVER_HELLO:
                self.answer = _server_hello(body)
                self.done = self.answer.version >= TLS1_3
            elif kind == CERTIFICATE:
                self.answer = _certified(self.answer, body)
            elif kind == KEY_EXCHANGE and self.answer.cipher not in RSA_EXPORT:
                self.answer = replace(self.answer, group=exchanged_group(body))
            self.done = self.done or kind in (KEY_EXCHANGE, HELLO_DONE)


def _server_hello(body: bytes) -> HelloAnswer:
    version, random = int.from_bytes(body[:2]), body[2:34]
    position = 35 + body[34]
    cipher = int.from_bytes(body[position : position + 2])
    extensions = dict(_read_extensions(body[position + 5 :]))
    if 43 in extensions:
        version = int.from_bytes(extensions[43][:2])
    group = named(GROUPS, int.from_bytes(extensions[51][:2])) if 51 in extensions else ""
    if random == RETRY_RANDOM:
        version = version or TLS1_3
    return HelloAnswer(version, cipher, group)


def _read_extensions(data: bytes) -> Iterator[tuple[int, bytes]]:
    while len(data) >= 4:
        kind, length = int.from_bytes(data[:2]), int.from_bytes(data[2:4])
        yield kind, data[4 : 4 + length]
        data = data[4 + length :]


def _certified(answer: HelloAnswer, body: bytes) -> HelloAnswer:
    found, position = [], 3
    while position + 3 <= len(body):
        length = int.from_bytes(body[position : position + 3])
        found.append(body[position + 3 : position + 3 + length])
        position += 3 + length
    return replace(answer, certificates=tuple(found))
