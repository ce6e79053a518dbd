"""A TLS ClientHello made by hand, and the server's answer read: no cryptography, no local policy.

So old versions, single ciphers and groups can be asked for that the local OpenSSL no longer knows.
The answer is a ServerHello, a HelloRetryRequest or an alert; with TLS 1.2 and older the
certificates come in clear behind it (RFC 5246 7.4, RFC 8446 4.1).
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from smtpprobe.net.tls_registry import ALERTS, GROUPS, named

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

TLS1_3_CIPHERS = {
    0x1301: "TLS_AES_128_GCM_SHA256",
    0x1302: "TLS_AES_256_GCM_SHA384",
    0x1303: "TLS_CHACHA20_POLY1305_SHA256",
    0x1304: "TLS_AES_128_CCM_SHA256",
    0x1305: "TLS_AES_128_CCM_8_SHA256",
}
ECDSA_CIPHERS = {
    0xC02B: "ECDHE-ECDSA-AES128-GCM-SHA256",
    0xC02C: "ECDHE-ECDSA-AES256-GCM-SHA384",
    0xCCA9: "ECDHE-ECDSA-CHACHA20-POLY1305",
    0xC023: "ECDHE-ECDSA-AES128-SHA256",
    0xC024: "ECDHE-ECDSA-AES256-SHA384",
    0xC009: "ECDHE-ECDSA-AES128-SHA",
    0xC00A: "ECDHE-ECDSA-AES256-SHA",
    0xC008: "ECDHE-ECDSA-DES-CBC3-SHA",
    0xC007: "ECDHE-ECDSA-RC4-SHA",
}
RSA_CIPHERS = {
    0xC02F: "ECDHE-RSA-AES128-GCM-SHA256",
    0xC030: "ECDHE-RSA-AES256-GCM-SHA384",
    0xCCA8: "ECDHE-RSA-CHACHA20-POLY1305",
    0xC027: "ECDHE-RSA-AES128-SHA256",
    0xC028: "ECDHE-RSA-AES256-SHA384",
    0xC013: "ECDHE-RSA-AES128-SHA",
    0xC014: "ECDHE-RSA-AES256-SHA",
    0xC012: "ECDHE-RSA-DES-CBC3-SHA",
    0xC011: "ECDHE-RSA-RC4-SHA",
    0x009E: "DHE-RSA-AES128-GCM-SHA256",
    0x009F: "DHE-RSA-AES256-GCM-SHA384",
    0xCCAA: "DHE-RSA-CHACHA20-POLY1305",
    0x0067: "DHE-RSA-AES128-SHA256",
    0x006B: "DHE-RSA-AES256-SHA256",
    0x0033: "DHE-RSA-AES128-SHA",
    0x0039: "DHE-RSA-AES256-SHA",
    0x0016: "DHE-RSA-DES-CBC3-SHA",
    0x0045: "DHE-RSA-CAMELLIA128-SHA",
    0x0088: "DHE-RSA-CAMELLIA256-SHA",
    0x009C: "AES128-GCM-SHA256",
    0x009D: "AES256-GCM-SHA384",
    0x003C: "AES128-SHA256",
    0x003D: "AES256-SHA256",
    0x002F: "AES128-SHA",
    0x0035: "AES256-SHA",
    0x0041: "CAMELLIA128-SHA",
    0x0084: "CAMELLIA256-SHA",
    0x000A: "DES-CBC3-SHA",
    0x0009: "DES-CBC-SHA",
    0x0007: "IDEA-CBC-SHA",
    0x0096: "SEED-SHA",
    0x0005: "RC4-SHA",
    0x0004: "RC4-MD5",
    0x0008: "EXP-DES-CBC-SHA",
    0x0003: "EXP-RC4-MD5",
    0x0002: "NULL-SHA",
    0x003B: "NULL-SHA256",
}
OLD_CIPHERS = ECDSA_CIPHERS | RSA_CIPHERS
"""Those of TLS 1.2 and older, with the names of OpenSSL."""

GROUP_ORDER = (0x11EC, 29, 23, 24, 25, 30, 256, 257, 258, 26, 27, 28, 21, 19)

ECDSA_SCHEMES = (0x0403, 0x0503, 0x0603, 0x0807, 0x0808, 0x0203)
RSA_SCHEMES = (0x0804, 0x0805, 0x0806, 0x0401, 0x0501, 0x0601, 0x0201)

SERVER_HELLO, CERTIFICATE, HELLO_DONE = 2, 11, 14
HANDSHAKE, ALERT = 22, 21
MOST_OCTETS = 256 << 10
"""More of an answer is not read."""


@dataclass(frozen=True, slots=True)
class Hello:
    """What to ask for. `name` is the server name, empty for none."""

    version: int
    ciphers: Sequence[int]
    groups: Sequence[int] = GROUP_ORDER
    schemes: Sequence[int] = ECDSA_SCHEMES + RSA_SCHEMES
    name: str = ""

    def octets(self) -> bytes:
        """Return the record that asks for it."""
        modern = self.version >= TLS1_3
        body = min(self.version, TLS1_2).to_bytes(2) + os.urandom(32)
        body += _sized(os.urandom(32) if modern else b"", 1)
        body += _sized(b"".join(each.to_bytes(2) for each in (*self.ciphers, 0x00FF)), 2)
        body += b"\x01\x00"
        if self.version > SSLV3:
            body += _sized(b"".join(self._extensions(modern=modern)), 2)
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


def _sized(octets: bytes, length: int) -> bytes:
    return len(octets).to_bytes(length) + octets


def _extension(kind: int, data: bytes) -> bytes:
    return kind.to_bytes(2) + _sized(data, 2)


@dataclass(frozen=True, slots=True)
class HelloAnswer:
    """What came back: a version, cipher and group, or an alert, or neither (it closed).

    `certificates` are in DER, as sent, where they come in clear. `odd` tells that it is no TLS.
    """

    version: int = 0
    cipher: int = 0
    group: str = ""
    alert: str = ""
    certificates: tuple[bytes, ...] = ()
    odd: bool = False

    @property
    def accepted(self) -> bool:
        """Whether the server went along."""
        return self.version != 0


class HelloReader:
    """Reads the answer to a hello, fed as it comes; `done` when there is no more to learn."""

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
                self.done = True
            elif kind == HELLO_DONE:
                self.done = True


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
    return HelloAnswer(answer.version, answer.cipher, answer.group, "", tuple(found))
