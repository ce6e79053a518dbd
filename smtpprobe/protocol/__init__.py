"""SMTP as plain data and pure functions: bytes to replies, events to states. No I/O, no clock."""
