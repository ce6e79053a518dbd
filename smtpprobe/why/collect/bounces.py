"""Whether the sender's own mail host takes bounces: asked of it, with a session of its own.

Receivers that call back ask the same (RFC 5321 4.5.5): MAIL FROM:<>, RCPT TO the sender, no DATA.
"""

from __future__ import annotations

from smtpprobe.policy.addresses import leads_nowhere
from smtpprobe.policy.certificate_names import a_labels
from smtpprobe.policy.dns_answer import exchangers, records_of
from smtpprobe.protocol.target import SMTP_PORT
from smtpprobe.starttls.collect.address import Place
from smtpprobe.starttls.collect.dns import addresses
from smtpprobe.starttls.collect.smtp_session import CLOSING, said
from smtpprobe.starttls.facts import Answer, HostFacts, Said
from smtpprobe.why.collect.dialogue import reopened
from smtpprobe.why.collect.notes import Notes
from smtpprobe.why.collect.seat import Seat
from smtpprobe.why.collect.tools import Tools
from smtpprobe.why.facts import Evidence, Fact, Weight

MOST_HOSTS = 2
"""How many mail hosts of the sender are tried until one answers."""


async def bounces(notes: Notes, tools: Tools) -> None:
    """Tell what the sender's mail host says to a bounce for the sender."""
    request = notes.known.request
    domain = a_labels(request.sender_domain).lower().rstrip(".")
    mx = await tools.ask(domain, "MX")
    hosts = [one.name for one in exchangers(mx) if one.name != "."] or [domain]
    lost = "none of its mail hosts has an address"
    for name in hosts[:MOST_HOSTS]:
        lookups = await addresses(name, SMTP_PORT, tools.shared)
        ips = [ip for ip in records_of(lookups) if not leads_nowhere(ip, SMTP_PORT)]
        if not ips:
            continue
        reply, lost = await _asked(name, ips[0], notes, tools)
        if reply is not None:
            notes.tell(_fact(name, ips[0], domain, reply))
            return
    notes.unknown("us.bounces", f"{domain}: {lost}", domain)


async def _asked(name: str, ip: str, notes: Notes, tools: Tools) -> tuple[Said | None, str]:
    """Return the answer that decides, or why there is none."""
    seat = Seat(HostFacts(name, SMTP_PORT), Place(ip, SMTP_PORT, sni=name))
    sender = notes.known.request.sender
    async with tools.shared.limits.turn(ip), reopened(seat, tools) as session:
        if session is None:
            return None, f"no session with {name} [{ip}]"
        reply = await session.say("MAIL FROM:<>")
        if reply is not None and said(reply).good:
            if not tools.allowance.one_more(*seat.names):
                return None, f"{name} was asked often enough"
            reply = await session.say(f"RCPT TO:<{sender}>")
        if reply is not None and reply.code == CLOSING:
            tools.allowance.rest(ip)
        if not session.ended:
            await session.say("RSET")
        return (None if reply is None else said(reply)), f"{name} [{ip}]: {session.ended}"


def _fact(name: str, ip: str, domain: str, reply: Said) -> Fact:
    shown = (Evidence(Weight.OBSERVED, f"{name} [{ip}]: {reply.line}"),)
    refused = (reply.code or 0) // 100 == 5
    told = f"{name} {'takes' if reply.good else 'refuses'} bounces: {reply.line}"
    if reply.good or refused:
        answer = Answer.YES if reply.good else Answer.NO
        return Fact("us.bounces", answer, domain, told, evidence=shown)
    because = f"{name} says {reply.line}"
    return Fact("us.bounces", Answer.UNKNOWN, domain, because=because, evidence=shown)
