"""Where everything of the lab is: a number of 192.0.2.0/24 for each host, and what is no host.

The client and all servers are one machine. Which of its addresses the client comes from is decided
by the route to the server, so that a world may have a client without a PTR.
"""

from __future__ import annotations

from typing import Final

CLIENT: Final = "192.0.2.1"
"""Where the client comes from as a rule; its PTR is confirmed."""

NAMELESS: Final = "198.18.1.1"
"""Where it comes from at 192.0.2.64 to 71: without a PTR."""

UNCONFIRMED: Final = "198.18.1.2"
"""The same at 192.0.2.72 to 79: its PTR names a host with another address."""

PRIVATE: Final = "10.77.0.1"
"""The same at 192.0.2.80 to 87: an address behind NAT."""

GOOD: Final = 10
"""Postfix with a good certificate; what it refuses is decided by the recipient's domain."""

MORE_GOOD: Final = (11, 12, 13)
PLAIN: Final = 14
"""Postfix that does not offer STARTTLS."""
EXPIRED: Final = 15
SELF_SIGNED: Final = 16
TLS_ONLY: Final = 17
CROWDED: Final = 18
"""Postfix that allows each client one connection."""
COUNTING: Final = 19
"""Postfix that allows each client one recipient an hour."""
NO_BOUNCES: Final = 20
"""Postfix that refuses the null sender: the MX of a sender's domain."""
SUBMISSION: Final = 21
SOFT: Final = 22
"""Postfix with soft_bounce, which says 450 where it means 550."""
SUBMISSION_465: Final = 23
"""The same server for submission, on port 465 alone."""
TLS_AT_ONCE: Final = 24
"""Postfix that speaks TLS from the first octet on port 25."""
SUBMISSION_OWNED: Final = 25
"""A host for submission where each user sends as one address alone."""

EXIM: Final = 30
"""Exim; what it refuses is decided by the recipient's domain."""
EXIM_LISTED: Final = 31
EXIM_SLOW: Final = 32
EXIM_BROKEN_TLS: Final = 33
EXIM_BROKEN_TLS_HARMLESS: Final = 34
EXIM_CLOSED: Final = 35
"""Exim that denies access to every recipient."""
EXIM_LIAR: Final = 36
"""Exim that knows no user, when it is we who ask."""

OVERLOADED: Final = 40
MUTE: Final = 41
TARPIT: Final = 42
MIDDLEBOX: Final = 43
MIDDLEBOX_TLS: Final = 44
NO_SERVICE: Final = 45
HELO_ONLY: Final = 46
WEB: Final = 47
"""A web server on port 25."""
DEFERRING: Final = 48
"""In the words of Yahoo, who has had complaints."""
LISTING: Final = 49
"""In the words of Microsoft, who has a list of its own."""

DEAD: Final = 50
DEAD_TOO: Final = 51
POLICIES: Final = 60

GOOD_NAMELESS: Final = 65
GOOD_UNCONFIRMED: Final = 73
GOOD_PRIVATE: Final = 81
EXIM_PRIVATE: Final = 82

CONTROL_BLOCKED: Final = 90
"""Its port 25 is silent, its port 587 opens."""

WITHOUT_PTR6: Final = "2001:db8::50"
"""Postfix that wants a PTR of its clients, who have none there."""

SILENT: Final = ("198.51.100.1", "198.51.100.2", "198.51.100.3")
SILENT6: Final = "2001:db8:dead::1"

BATCH: Final = f"""\
address add {PRIVATE}/32 dev lo
route add local 192.0.2.64/29 dev lo table local src {NAMELESS}
route add local 192.0.2.72/29 dev lo table local src {UNCONFIRMED}
route add local 192.0.2.80/29 dev lo table local src {PRIVATE}
neighbour add {SILENT[1]} lladdr 02:00:00:00:00:01 dev void nud permanent
neighbour add {SILENT[2]} lladdr 02:00:00:00:00:01 dev void nud permanent
address add 2001:db8:dead::fe/64 dev void nodad
neighbour add {SILENT6} lladdr 02:00:00:00:00:01 dev void nud permanent
rule add pref 100 lookup local
rule del pref 0
rule add pref 50 to 192.0.2.{CONTROL_BLOCKED} ipproto 6 dport 25 lookup 77
route add default via {SILENT[0]} dev void table 77
"""
"""What `ip -batch` makes of a network as the tests usually have it."""


def address(number: int) -> str:
    """Return the address of a number."""
    return f"192.0.2.{number}"
