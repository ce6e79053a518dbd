"""The road: a session with every address of every host, side by side within the limits.

One connection shows it all: the greeting here, TLS in `tls.py`, MAIL and RCPT in `dialogue.py`.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence

from smtpprobe.policy.addresses import leads_nowhere
from smtpprobe.protocol.attempts import Attempt
from smtpprobe.protocol.events import Opened, Received, Sent
from smtpprobe.protocol.happening import Happening
from smtpprobe.protocol.reply import Reply
from smtpprobe.protocol.target import SMTPS_PORT, SUBMISSION_PORT, Target, TargetKind
from smtpprobe.starttls.collect.address import (
    Place,
    dialling,
    farewell,
    opened,
    talk,
    unreached,
)
from smtpprobe.starttls.collect.collect import anchored, needs_anchors, place_of, together
from smtpprobe.starttls.collect.dns import addresses
from smtpprobe.starttls.collect.smtp_session import CLOSING, SmtpSession
from smtpprobe.starttls.facts import AddressFacts, Answer, Connect, Said
from smtpprobe.why.collect.dialogue import again, converse, turned_away
from smtpprobe.why.collect.login import overhear
from smtpprobe.why.collect.notes import Notes
from smtpprobe.why.collect.seat import Seat
from smtpprobe.why.collect.tls import tell_session
from smtpprobe.why.collect.tools import Tools
from smtpprobe.why.facts import Evidence, Fact, Weight
from smtpprobe.why.request import Kind

MOST_ADDRESSES = 16
"""How many addresses in all are asked: more only take the time of those who wait."""

SLOW_SECONDS = 5.0
"""Longer than this an answer is told as slow."""

OTHER_PORTS = (SUBMISSION_PORT, 443)
"""Where a control host is asked when its port 25 does not open: does it live?"""


SUBMISSION_PORTS = (SUBMISSION_PORT, SMTPS_PORT)
"""Where a server for submission listens: STARTTLS on the first, TLS at once on the second."""

_CLOSED = (Connect.REFUSED, Connect.TIMEOUT, Connect.UNREACHABLE, Connect.FAILED)


async def travel(notes: Notes, tools: Tools) -> None:
    """Tell what every address does with us, from dialling to QUIT."""
    facts = notes.known.starttls
    assert facts is not None
    seats = []
    for host in facts.hosts:
        records = [record for lookup in host.lookups for record in lookup.records]
        for ip in records:
            if facts.target.kind is TargetKind.DOMAIN and leads_nowhere(ip, host.port):
                notes.no(
                    "road.greeting", "leads to no other machine: not contacted", f"{host.name} {ip}"
                )
                continue
            seats.append(Seat(host, place_of(facts, host, ip, tools.how)))
    await together(visit(seat, notes, tools) for seat in seats[:MOST_ADDRESSES])
    if notes.known.request.kind is Kind.SUBMISSION:
        await _elsewhere(seats, notes, tools)


async def _elsewhere(seats: Sequence[Seat], notes: Notes, tools: Tools) -> None:
    """Write down whether a submission host that is not reached greets on another port (RFC 8314).

    One address is asked, as the ports are a matter of the server and not of the road.
    """
    ends = [address.connect for _, address in notes.known.places]
    if not seats or not ends or any(end not in _CLOSED for end in ends):
        return
    host, ip = seats[0].host, seats[0].place.ip
    for port in SUBMISSION_PORTS:
        if port == host.port:
            continue
        facts = await _dialled(ip, port, tools)
        about = f"{host.name} [{ip}]:{port}"
        if facts.connect is Connect.OK:
            data = (("port", str(port)),)
            notes.tell(Fact("road.other-port", Answer.YES, about, _line(facts.greeting), data=data))
            return
        notes.no("road.other-port", facts.connect.value, about)


async def visit(seat: Seat, notes: Notes, tools: Tools) -> None:
    """Tell what one address does; greylisting is waited for without a turn."""
    host, place = seat.host, seat.place
    notes.reached(host.name, dialling(place, connections=0))
    async with tools.shared.limits.turn(place.ip):
        tools.allowance.connections += 1
        async with opened(place, tools.how) as found:
            if isinstance(found, Attempt):
                _not_reached(seat, found, notes, tools)
                return
            overhear(tools.account, found)
            address = await _greeted(seat, found, notes, tools)
            await converse(seat, found, address, notes, tools)
            await farewell(found)
    await again(seat, notes, tools)


def _not_reached(seat: Seat, attempt: Attempt, notes: Notes, tools: Tools) -> None:
    place = seat.place
    facts = AddressFacts(place.ip, place.port, place.implicit_tls, hasty=tools.how.hasty)
    address = unreached(facts, attempt)._replace(seconds=attempt.seconds)
    notes.reached(seat.host.name, address)
    value = address.connect.value
    if attempt.octets:
        what = f"{attempt.octets} octets of a greeting in {attempt.seconds:.0f}s, and no end"
        notes.no("road.prompt", what, seat.about)
        value = what
    elif attempt.reason and attempt.reason not in value:
        value = f"{value}: {attempt.reason}"
    evidence = (Evidence(Weight.OBSERVED, f"{seat.about}: {value}"),)
    notes.tell(
        Fact("road.greeting", Answer.NO, seat.about, value, "", evidence, seconds=attempt.seconds)
    )


async def _greeted(seat: Seat, session: SmtpSession, notes: Notes, tools: Tools) -> AddressFacts:
    """Return what the address shows up to the EHLO behind TLS, and tell it."""
    place, host = seat.place, seat.host
    state = session.client.state
    delays = Delays(session)
    seat.local = delays.local
    greeting = state.greeting
    good = greeting is not None and greeting.code is not None and 200 <= greeting.code < 300
    line = _first_line(greeting) if greeting is not None else "no greeting"
    data = (("local", delays.local),)
    answer = Answer.YES if good else Answer.NO
    evidence = (Evidence(Weight.OBSERVED, line),)
    notes.tell(
        Fact(
            "road.greeting",
            answer,
            seat.about,
            line,
            evidence=evidence,
            data=data,
            seconds=delays.greeting,
        )
    )
    facts = AddressFacts(place.ip, place.port, place.implicit_tls, hasty=tools.how.hasty)
    address = await talk(session, facts, tools.how, lambda sofar: notes.reached(host.name, sofar))
    address = address._replace(unasked=session.unasked, seconds=delays.greeting)
    if needs_anchors(host):
        address = await asyncio.to_thread(anchored, address, host)
    notes.reached(host.name, address)
    if rewritten(address):
        shown = "a firewall rewrites the session: " + rewritten(address)
        notes.no("road.untouched", shown, seat.about)
    if delays.slowest > SLOW_SECONDS:
        notes.no("road.prompt", f"{delays.slowest_at} took {delays.slowest:.0f}s", seat.about)
    tell_session(seat, address, notes)
    if address.ended_code == CLOSING:
        tools.allowance.rest(place.ip)
    turned_away(seat, session, address, notes)
    return address


_STARS = re.compile(r"[*\s]{6,}|(?:\*\s*){6,}")
_CROSSED = re.compile(r"X{4,}[A-Z]?\b")


def rewritten(address: AddressFacts) -> str:
    """Return what in a session shows that a firewall rewrites it; empty for nothing.

    Cisco's inspection hides the greeting behind asterisks and keywords behind X.
    """
    greeting = address.greeting.text if address.greeting is not None else ""
    if _STARS.match(greeting.strip()):
        return f"the greeting is {greeting.strip()[:24]}"
    for word in address.before or ():
        if _CROSSED.match(word.strip()):
            return f"EHLO lists {word.strip()[:24]}"
    return ""


class Delays:
    """How long a server takes for its answers, in seconds, and where we come from."""

    def __init__(self, session: SmtpSession) -> None:
        self.greeting = self.slowest = 0.0
        self.slowest_at = self.local = ""
        self._sent: Sent | None = None
        began = 0.0
        for event in session.client.events:
            if isinstance(event, Opened):
                began, self.local = event.at, _host_of(event.local)
            elif isinstance(event, Received) and not self.greeting:
                self.greeting = event.at - began
        session.client.subscribe(self._happened, Sent, Received)

    def _happened(self, happening: Happening) -> None:
        event = happening.event
        if isinstance(event, Sent):
            self._sent = event
        elif isinstance(event, Received) and self._sent is not None:
            took = event.at - self._sent.at
            if took > self.slowest:
                self.slowest, self.slowest_at = took, self._sent.command.verb
            self._sent = None


def _host_of(local: str) -> str:
    return local.rpartition(":")[0].removeprefix("[").removesuffix("]")


async def control(notes: Notes, tools: Tools) -> None:
    """Write down whether the control host greets on port 25, and whether it lives at all."""
    target = notes.known.request.control
    assert target is not None
    found = await _control_addresses(target, tools)
    if not found:
        notes.unknown("road.control", f"{target.name} has no address")
        return
    ip = found[0]
    facts = await _dialled(ip, target.port, tools)
    about = f"{target.name} [{ip}]:{target.port}"
    if facts.connect in (Connect.OK, Connect.SILENT, Connect.CLOSED, Connect.ENDLESS):
        notes.yes("road.control", _line(facts.greeting) or facts.connect.value, about)
        return
    notes.no("road.control", facts.connect.value, about)
    others = await together(_dialled(ip, port, tools) for port in OTHER_PORTS)
    lives = [one for one in others if one.connect is not Connect.TIMEOUT]
    lives = [one for one in lives if one.connect is not Connect.UNREACHABLE]
    if lives:
        what = f"port {lives[0].port}: {lives[0].connect.value}"
        notes.yes("road.control-other", f"{what}, so the host is there", about)
    else:
        ports = " and ".join(map(str, OTHER_PORTS))
        notes.no("road.control-other", f"ports {ports}: no answer either", about)


async def _dialled(ip: str, port: int, tools: Tools) -> AddressFacts:
    async with tools.shared.limits.turn(ip):
        tools.allowance.connections += 1
        place = Place(ip, port, implicit_tls=port == SMTPS_PORT)
        async with opened(place, tools.how) as found:
            facts = AddressFacts(ip, port, place.implicit_tls)
            if isinstance(found, Attempt):
                return unreached(facts, found)
            overhear(tools.account, found)
            greeting = found.client.state.greeting
            await farewell(found)
            return (
                facts
                if greeting is None
                else facts._replace(greeting=Said(greeting.code, greeting.text))
            )


def _first_line(greeting: Reply) -> str:
    """Return code and text of the first line; the text alone where there is no code."""
    first = greeting.texts[0] if greeting.texts else ""
    code = greeting.code if not greeting.lines else greeting.lines[0].code or greeting.code
    return first if code is None else f"{code} {first}"


def _line(said: Said | None) -> str:
    return said.line if said is not None else ""


async def _control_addresses(target: Target, tools: Tools) -> list[str]:
    if target.kind is TargetKind.ADDRESS:
        return [target.name]
    lookups = await addresses(target.name, target.port, tools.shared)
    return [record for lookup in lookups for record in lookup.records]
