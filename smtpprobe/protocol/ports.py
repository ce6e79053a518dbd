"""The ports of mail: RFC 5321 4.5.4.2, RFC 8314 3.3, RFC 6409 3.1, RFC 2033 5."""

from __future__ import annotations

SMTP_PORT, SMTPS_PORT, SUBMISSION_PORT, LMTP_PORT = 25, 465, 587, 24
