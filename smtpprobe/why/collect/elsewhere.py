"""Where DNS fails: another resolver, ours without validation, the name servers of the zone.

Three causes look the same from here: the zone is broken, it is signed wrongly, our resolver is.
"""

from __future__ import annotations

import asyncio

from smtpprobe.errors import ProbeError
from smtpprobe.net.dns.delegation import NameServer, name_servers
from smtpprobe.net.dns.dnssec import Questioner, questioner
from smtpprobe.policy.dns_answer import Lookup, LookupEnd
from smtpprobe.starttls.facts import Answer
from smtpprobe.why.collect.notes import Notes
from smtpprobe.why.collect.tools import Tools
from smtpprobe.why.facts import Evidence, Fact, Weight


async def ask_elsewhere(notes: Notes, tools: Tools) -> None:
    """Tell who answers the first question that failed."""
    request, failed = notes.known.request, notes.known.failed_lookup
    assert failed is not None
    try:
        other = await questioner(request.other_resolver, limit=tools.how.lookup_limit)
    except ProbeError as error:
        notes.unknown("address.elsewhere", error.message, request.other_resolver)
        return
    found, _ = await asyncio.gather(
        other.ask(failed.name, failed.kind), _unchecked(failed, notes, tools.shared.questioner)
    )
    notes.tell(_answer(found, request.other_resolver))
    for server in await name_servers(failed.name, other.ask):
        notes.tell(_serving(server))


async def _unchecked(failed: Lookup, notes: Notes, ours: Questioner | None) -> None:
    if ours is None or ours.absent:
        return
    found = await ours.without_validation(failed.name, failed.kind)
    about = f"{failed.name} {failed.kind}"
    evidence = _shown(found)
    if found.answered and (await ours.ask(failed.name, failed.kind)).answered:
        notes.unknown("address.unchecked", "our resolver answers by now: ask again", about)
    elif found.answered:
        value = ", ".join(found.records[:3]) or found.reason
        notes.tell(Fact("address.unchecked", Answer.YES, about, value, evidence=evidence))
    else:
        notes.tell(Fact("address.unchecked", Answer.NO, about, found.reason, evidence=evidence))


_UNREACHED = (LookupEnd.TIMEOUT, LookupEnd.NOT_THERE, LookupEnd.UNASKED)
"""How a question ends that says nothing of the zone, only of the way to the resolver."""


def _answer(found: Lookup, server: str) -> Fact:
    about = f"{server}: {found.name} {found.kind}"
    if found.answered:
        value = ", ".join(found.records[:3]) or found.reason
        return Fact("address.elsewhere", Answer.YES, about, value, evidence=_shown(found))
    reached = found.end not in _UNREACHED
    answer = Answer.NO if reached else Answer.UNKNOWN
    data = (("dnssec", found.status.value),)
    value, because = (found.reason, "") if reached else ("", found.reason)
    return Fact(
        "address.elsewhere",
        answer,
        about,
        value=value,
        because=because,
        evidence=_shown(found),
        data=data,
    )


def _shown(found: Lookup) -> tuple[Evidence, ...]:
    texts = found.records[:3] or (found.reason,)
    return tuple(Evidence(Weight.OBSERVED, f"{found.name} {found.kind} {text}") for text in texts)


def _serving(server: NameServer) -> Fact:
    answer = {True: Answer.YES, False: Answer.NO, None: Answer.UNKNOWN}[server.serves]
    where = f" [{server.address}]" if server.address else ""
    unknown = answer is Answer.UNKNOWN
    value, because = ("", server.said) if unknown else (server.said, "")
    return Fact(
        "address.delegation",
        answer,
        f"{server.name}{where}",
        f"{value} ({server.zone})" if value else "",
        because,
        data=(("zone", server.zone), ("name", server.name)),
    )
