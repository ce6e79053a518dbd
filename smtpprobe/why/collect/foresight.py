"""Asks DNS early for what is told once a server has shown our address, while sessions go on.

Nothing is told here. If we come from where the system says, the answers are there when they are
needed; if not, a few questions were asked in vain.
"""

from __future__ import annotations

import asyncio

from smtpprobe.net.connect import direct
from smtpprobe.net.own_address import own_address
from smtpprobe.net.spf import check_spf
from smtpprobe.policy.addresses import no_mail_network
from smtpprobe.policy.reverse_dns import MOST_NAMES, pointer_name
from smtpprobe.why.collect.notes import Notes
from smtpprobe.why.collect.spf import identity
from smtpprobe.why.collect.tools import Tools
from smtpprobe.why.facts import Known
from smtpprobe.why.request import Kind


async def foresee(notes: Notes, tools: Tools) -> None:
    """Ask for the names and the SPF result of each address from which we seem to come."""
    known = notes.known
    addresses = _likely(known, tools)
    await asyncio.gather(
        *(_names(address, tools) for address in addresses),
        *(check_spf(identity(known, tools, address), tools.ask) for address in addresses),
    )


def _likely(known: Known, tools: Tools) -> tuple[str, ...]:
    if known.request.public_address:
        return (known.request.public_address,)
    if tools.how.connector is not direct or known.request.kind is Kind.SUBMISSION:
        return ()
    hosts = known.starttls.hosts if known.starttls is not None else ()
    first: dict[bool, str] = {}
    for host in hosts:
        for lookup in host.lookups:
            for record in lookup.records:
                first.setdefault(":" in record, record)
    found = (own_address(to) for to in first.values())
    return tuple(one for one in found if one and not no_mail_network(one))


async def _names(address: str, tools: Tools) -> None:
    pointers = await tools.ask(pointer_name(address), "PTR")
    kind = "AAAA" if ":" in address else "A"
    names = [name.removesuffix(".") for name in pointers.records[:MOST_NAMES]]
    await asyncio.gather(*(tools.ask(name, kind) for name in names))
