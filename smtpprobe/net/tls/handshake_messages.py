"""Reads the messages of a handshake as they pass: group, signature, what else was agreed.

OpenSSL hands them to a callback of `ssl` that is private (`_msg_callback`, Python 3.8 and later);
without it nothing is known. Nothing here may raise: the messages come from an untrusted peer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress

from smtpprobe.net.tls.registry import ALERTS, GROUPS, SIGNATURES, named
from smtpprobe.protocol.tls_facts import Negotiated

ALERT, HANDSHAKE = 21, 22
SERVER_HELLO, KEY_EXCHANGE, CERTIFICATE_REQUEST, CERTIFICATE_VERIFY = 2, 12, 13, 15
CERTIFICATE, COMPRESSED_CERTIFICATE = 11, 25
SERVER_HELLO_DONE, FINISHED = 14, 20
EXTENDED_MASTER_SECRET, SUPPORTED_VERSIONS, KEY_SHARE, RENEGOTIATION = 23, 43, 51, 0xFF01
NAMED_CURVE = 3
EMPTY_CERTIFICATE = 8
"""Octets of a Certificate message without one (RFC 8446 4.4.2; RFC 5246 7.4.6 has one less)."""
HEADER = 4
"""A handshake message begins with its type and its length."""


class Messages:
    """What the messages of one handshake have shown so far."""

    def __init__(self) -> None:
        self.found = Negotiated()

    def hear(self, content: int, kind: int, data: bytes) -> None:
        """Take a message from the server: the type of its content, its own type, its octets."""
        read = _alert if content == ALERT else _READERS.get(kind) if content == HANDSHAKE else None
        if read is not None:
            with suppress(Exception):
                self.found = read(self.found, data)

    def said(self, content: int, kind: int, data: bytes) -> None:
        """Take a message from this side: only whether it shows a certificate counts."""
        if content == HANDSHAKE and kind in (CERTIFICATE, COMPRESSED_CERTIFICATE):
            # of a compressed one (RFC 8879 4) the length is given behind the algorithm
            length = int.from_bytes(data[6:9]) + HEADER if kind != CERTIFICATE else len(data)
            self.found = self.found._replace(own_certificate=length > EMPTY_CERTIFICATE)


def _alert(found: Negotiated, data: bytes) -> Negotiated:
    fatal = data[:1] == b"\x02"
    return found._replace(alert=ALERTS.get(data[1], f"alert {data[1]}")) if fatal else found


def _server_hello(found: Negotiated, data: bytes) -> Negotiated:
    """ServerHello and HelloRetryRequest (RFC 5246 7.4.1.3, RFC 8446 4.1.3).

    TLS 1.3 has neither extension: its secrets are always bound to the handshake, to be shown as if
    the extended master secret were in use (RFC 8446 D), and there is no renegotiation (4.1.2).
    """
    position = HEADER + 2 + 32
    position += 1 + data[position] + 2
    compression = data[position] != 0
    extensions = dict(_extensions(data[position + 3 :]))
    group = found.group
    if KEY_SHARE in extensions:
        group = named(GROUPS, int.from_bytes(extensions[KEY_SHARE][:2]))
    newest = SUPPORTED_VERSIONS in extensions
    return found._replace(
        group=group,
        compression=compression,
        extended_master_secret=newest or EXTENDED_MASTER_SECRET in extensions,
        secure_renegotiation=None if newest else RENEGOTIATION in extensions,
    )


def _extensions(data: bytes) -> Iterator[tuple[int, bytes]]:
    while len(data) >= 4:
        kind, length = int.from_bytes(data[:2]), int.from_bytes(data[2:4])
        yield kind, data[4 : 4 + length]
        data = data[4 + length :]


def _key_exchange(found: Negotiated, data: bytes) -> Negotiated:
    """ServerKeyExchange of TLS 1.2 and older (RFC 8422 5.4, RFC 5246 7.4.3)."""
    exchange, end = data[HEADER:], 0
    if _names_curve(exchange):
        end = 4 + exchange[3]
    else:
        for _ in range(3):
            end += 2 + int.from_bytes(exchange[end : end + 2])
    scheme = SIGNATURES.get(int.from_bytes(exchange[end : end + 2]), "")
    return found._replace(group=exchanged_group(exchange), signature=scheme)


def _names_curve(exchange: bytes) -> bool:
    """Distinguish a named curve from a prime's length: 6144 bits begin with the same octet."""
    number = int.from_bytes(exchange[1:3])
    return exchange[0] == NAMED_CURVE and (number < 128 or number in GROUPS)


def exchanged_group(exchange: bytes) -> str:
    """Return the group of a ServerKeyExchange of TLS 1.2 and older, `dh 1024` for a prime alone."""
    if _names_curve(exchange):
        return named(GROUPS, int.from_bytes(exchange[1:3]))
    length = int.from_bytes(exchange[:2])
    return f"dh {int.from_bytes(exchange[2 : 2 + length]).bit_length()}"


def _certificate_request(found: Negotiated, _data: bytes) -> Negotiated:
    return found._replace(client_certificate=True)


def _all_asked(found: Negotiated, _data: bytes) -> Negotiated:
    """ServerHelloDone and Finished: what the server has not asked for by now it does not want."""
    return found._replace(client_certificate=bool(found.client_certificate))


def _certificate_verify(found: Negotiated, data: bytes) -> Negotiated:
    scheme = named(SIGNATURES, int.from_bytes(data[HEADER : HEADER + 2]))
    return found._replace(signature=scheme)


_READERS: dict[int, Callable[[Negotiated, bytes], Negotiated]] = {
    SERVER_HELLO: _server_hello,
    KEY_EXCHANGE: _key_exchange,
    CERTIFICATE_REQUEST: _certificate_request,
    CERTIFICATE_VERIFY: _certificate_verify,
    SERVER_HELLO_DONE: _all_asked,
    FINISHED: _all_asked,
}
