"""Numbers of what is no setting: the defaults of options, the most of each, times for replies.

Help states them and every part uses them. Nothing is imported here, so that `--help` stays fast.
"""

REPLY_SECONDS = 30.0
"""How long a reply may take in scripts and checks."""

MESSAGE_SECONDS = 600.0
"""How long the reply to the end of a message may take in scripts (RFC 5321 4.5.3.2.6)."""

POLICY_SECONDS = 60.0
"""How long the whole fetch of an MTA-STS policy may take (RFC 8461 3.3)."""

LIST_JOBS, MOST_LIST_JOBS = 16, 256
"""How many targets of a list are checked at a time; also the most connections to an address."""

DEEP_CONNECTIONS, MOST_DEEP_CONNECTIONS = 25, 500
"""How many more connections to an address `--deep` makes."""

CERTIFICATE_DAYS = (14, 0)
"""Days left of a certificate: fewer than the first are a warning, than the second a failure."""

CHUNK_OCTETS = 64 * 1024
"""How much of a message goes out in one BDAT command."""

MOST_MESSAGES, MOST_RATE = 100_000, 1000
"""How many messages `send --repeat` sends at most, and how many a second."""

SURVEY_JOBS, SURVEY_PER_NETWORK = 64, 4
"""Connections of a worker of a survey at a time, and those to one network."""

MOST_SURVEY_RATE, MOST_WORKERS = 100_000, 1000
"""Connections a second of a survey, and its worker processes on one machine."""
