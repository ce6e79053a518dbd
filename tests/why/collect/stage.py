"""What a step of `smtpprobe why` needs: a made-up DNS, a server that was reached, notes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import TypeAlias

from smtpprobe.policy.dns_answer import Lookup, LookupEnd, answered
from smtpprobe.protocol.target import parse_target
from smtpprobe.starttls.collect.limits import Limits
from smtpprobe.starttls.collect.options import Gathering
from smtpprobe.starttls.collect.shared import Shared
from smtpprobe.starttls.facts import AddressFacts, Facts, HostFacts, Said
from smtpprobe.why.collect.notes import Notes
from smtpprobe.why.collect.tools import Tools
from smtpprobe.why.facts import Fact, Known
from smtpprobe.why.request import Request

Zone: TypeAlias = Mapping[str, Mapping[str, tuple[str, ...] | LookupEnd]]
"""Records by name and kind, or how the question ends."""

MX = "198.51.100.25"


class MadeUp(Shared):
    """Answers from a zone; a name that is not in it does not exist. `asked` are the questions."""

    def __init__(self, zone: Zone, how: Gathering) -> None:
        super().__init__(how, None, Limits())
        self._zone = zone
        self.questions: list[tuple[str, str]] = []

    async def ask(self, name: str, kind: str) -> Lookup:
        """Return the answer of the zone."""
        self.questions.append((name, kind))
        kinds = self._zone.get(name)
        if kinds is None:
            return Lookup(name, kind, LookupEnd.NXDOMAIN)
        found = kinds.get(kind, ())
        if isinstance(found, LookupEnd):
            return Lookup(name, kind, found)
        return answered(name, kind, records=found)


def tools(zone: Zone, how: Gathering | None = None) -> Tools:
    """Return the tools of a step in a world with this DNS."""
    return Tools(MadeUp(zone, how or Gathering("mail.here.test")))


def notes(request: Request, hello: str = "mx.there.test", ip: str = MX) -> Notes:
    """Return notes in which one mail host was reached, and answered EHLO so."""
    address = AddressFacts(ip, 25, hello=Said(250, hello))
    facts = Facts(
        parse_target("there.test"),
        25,
        None,
        datetime(2026, 1, 1, tzinfo=UTC),
        hosts=(HostFacts("mx.there.test", 25, 10, addresses=(address,)),),
    )
    return Notes(replace(Known(request), starttls=facts))


def told(notes: Notes, id_: str, about: str | None = None) -> Fact:
    """Return the latest fact of a kind, which must have been told."""
    found = notes.known.fact(id_, about)
    assert found is not None, [fact.id for fact in notes.known.facts]
    return found
