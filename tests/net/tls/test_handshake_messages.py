"""Whether this side showed a certificate, read from its own messages."""

from __future__ import annotations

import pytest

from smtpprobe.net.tls.handshake_messages import HANDSHAKE, Messages


def compressed(length: int) -> bytes:
    """A CompressedCertificate (RFC 8879 4): algorithm, length of what it holds, what it holds."""
    body = b"\0\1" + length.to_bytes(3) + b"\0\0\2" + b"xx"
    return b"\x19" + len(body).to_bytes(3) + body


@pytest.mark.parametrize(
    ("kind", "data", "shown"),
    [
        (11, b"\x0b\0\0\4" + b"\0\0\0\0", False),  # TLS 1.3: no context, no certificate
        (11, b"\x0b\0\0\3" + b"\0\0\0", False),  # TLS 1.2
        (11, b"\x0b\0\1\0" + b"\0\0\0\xfc" + b"x" * 252, True),
        (25, compressed(4), False),
        (25, compressed(700), True),
        (15, b"\x0f\0\0\4abcd", None),
        (25, b"\x19", False),
    ],
)
def test_a_certificate_of_this_side_is_noticed_compressed_too(
    kind: int, data: bytes, *, shown: bool | None
) -> None:
    messages = Messages()
    messages.said(HANDSHAKE, kind, data)
    assert messages.found.own_certificate is shown
