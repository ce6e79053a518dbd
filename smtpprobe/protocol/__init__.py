"""SMTP as plain data and pure functions: octets to replies, events to states. No I/O, no clock."""
