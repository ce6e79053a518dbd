"""A port that speaks TLS from the first octet on (RFC 8314 3.3), where a greeting is waited for."""

from __future__ import annotations

RECORDS = (b"\x15\x03", b"\x16\x03")
"""How records of TLS begin that a server may send: alerts and handshakes (RFC 8446 5.1)."""

REASON = "it sends no plaintext greeting, but answers a TLS handshake"


def is_record(octets: bytes | bytearray) -> bool:
    """Return whether octets begin as a record of TLS does, and so are no reply."""
    return bytes(octets[:2]) in RECORDS


def advice(host: str, port: int) -> str:
    """Return how such a port is reached."""
    name = f"[{host}]" if ":" in host else host
    return f"for implicit TLS use smtps://{name}:{port}"
