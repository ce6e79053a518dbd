"""TLS: handshakes, certificate chains, and hellos made by hand."""
