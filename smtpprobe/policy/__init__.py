"""DANE, MTA-STS, TLSRPT and trust in certificates, as pure functions of what was received."""
