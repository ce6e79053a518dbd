"""Scripts of the fault server for one address, and how they are gathered."""

from __future__ import annotations

import ssl
from collections.abc import Sequence

from smtpprobe.sandbox.faults import Hear, Say, Script, StartTls, Step, serve
from smtpprobe.settings.option_limits import REPLY_SECONDS
from smtpprobe.starttls.collect.address import Place, collect_address
from smtpprobe.starttls.collect.options import Gathering
from smtpprobe.starttls.facts import AddressFacts
from tests.net.stage import server_side

GREETING = Say(b"220 mx.example.org ESMTP\r\n")
OFFER: Sequence[Step] = (
    Hear(b"EHLO"),
    Say(b"250-mx.example.org\r\n250-SIZE 1000\r\n250 STARTTLS\r\n"),
)
ASKED = Hear(b"STARTTLS")
GO = Say(b"220 2.0.0 go ahead\r\n")
INSIDE: Sequence[Step] = (
    Hear(b"EHLO"),
    Say(b"250-mx.example.org\r\n250-SIZE 1000\r\n250 AUTH PLAIN\r\n"),
)
GOODBYE: Sequence[Step] = (Hear(b"QUIT"), Say(b"221 bye\r\n"))


def good(context: ssl.SSLContext | None = None) -> Script:
    """A session in which all goes well."""
    secured = StartTls(context or server_side("mx.example.org"))
    return [GREETING, *OFFER, ASKED, GO, secured, *INSIDE, *GOODBYE]


def gathering(**changes: object) -> Gathering:
    limits: dict[str, object] = {
        "client": "probe.example",
        "connect_limit": 2.0,
        "reply_limit": REPLY_SECONDS,
        "greeting_limit": 5.0,
        "policy_limit": 5.0,
        "retry_wait": 0.0,
        "apart": 0.0,
    }
    return Gathering(**(limits | changes))  # type: ignore[arg-type]


async def gathered(*scripts: Script, implicit: bool = False, **changes: object) -> AddressFacts:
    """Return the facts of an address that plays the scripts, one a connection."""
    async with serve(*scripts) as server:
        place = Place(server.host, server.port, implicit, sni="mx.example.org")
        return await collect_address(place, gathering(**changes))
