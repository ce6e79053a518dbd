"""TLS: handshakes, certificate chains, and hand-built ClientHellos."""
