"""A mail host of a made-up network that answers whatever comes, in any order, by a table."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass

from smtpprobe.sandbox.faults import Script, Step, Talk
from smtpprobe.sandbox.network import Network, network
from smtpprobe.starttls.collect.limits import Limits
from smtpprobe.starttls.collect.options import Gathering
from smtpprobe.why.collect.allowance import AT_A_TIME, IN_ALL
from smtpprobe.why.collect.notes import Notes
from smtpprobe.why.collect.run import gather
from smtpprobe.why.collect.tools import Tools
from smtpprobe.why.facts import Known
from smtpprobe.why.request import Request
from tests.why.collect.stage import MadeUp, Zone

HELLO = b"250-mx.there.test\r\n250 SIZE 1000\r\n"


@dataclass(frozen=True, slots=True)
class Peer(Step):
    """Greets, and answers each line by the longest beginning in the table, else 250.

    The connection ends after a 221 or a 421. `after` is how long each answer takes, in seconds.
    """

    answers: Mapping[bytes, bytes]
    after: float = 0.0
    greeting: bytes = b"220 mx.there.test ESMTP\r\n"

    async def play(self, talk: Talk) -> None:
        await asyncio.sleep(self.after)
        await talk.send(self.greeting)
        table = {b"": b"250 2.0.0 Ok\r\n", b"EHLO": HELLO, b"QUIT": b"221 bye\r\n", **self.answers}
        while not self.greeting.startswith(b"421"):
            line = await talk.line()
            await talk.server.hear(line.strip())
            beginning = max((one for one in table if line.startswith(one)), key=len)
            await asyncio.sleep(self.after)
            await talk.send(table[beginning])
            if table[beginning].startswith((b"221", b"421")):
                return


ASKED = Request("anna@there.test", "anna", "there.test", "me@here.test", client="out.here.test")

HERE = {
    "here.test": {"MX": ("10 mx.here.test",), "TXT": ("v=spf1 -all",)},
    "mx.here.test": {"A": ("192.0.2.9",)},
}


def one_host(ip: str = "198.51.100.1") -> Zone:
    """A domain with one mail host."""
    return {
        **HERE,
        "there.test": {"MX": ("10 mx.there.test",)},
        "mx.there.test": {"A": (ip,)},
    }


async def sought(
    places: Mapping[tuple[str, int | None], Script | int],
    zone: Zone | None = None,
    request: Request = ASKED,
) -> tuple[Known, Network]:
    """Return what is known when all steps have been taken, and the network."""
    async with network(places) as net:
        how = Gathering("out.here.test", connector=net, connect_limit=5.0, reply_limit=10.0)
        shared = MadeUp(zone or one_host(), how)
        shared.limits = Limits(AT_A_TIME, 0.0, IN_ALL)
        notes = Notes(Known(request))
        await gather(notes, Tools(shared))
        return notes.known, net


def heard(net: Network) -> list[str]:
    """Return the lines that all mail hosts got, in order."""
    return [line.decode() for server in net.servers for line in server.heard]
