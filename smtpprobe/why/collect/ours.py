"""Us as they see us: the address that we come from, its names, the name in EHLO, block lists."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from smtpprobe.net.connect import direct
from smtpprobe.net.own_address import own_address
from smtpprobe.policy.addresses import is_loopback, no_mail_network, read_address
from smtpprobe.policy.certificate_names import a_labels
from smtpprobe.policy.dns_answer import Lookup, records_of, telling
from smtpprobe.policy.dnsbl import (
    Listing,
    ListTest,
    entries,
    list_name,
    read_answer,
    shared_resolvers,
)
from smtpprobe.policy.reverse_dns import MOST_NAMES, Confirmation, pointer_name, reverse_dns
from smtpprobe.starttls.facts import Answer, Connect
from smtpprobe.why.collect.notes import Notes
from smtpprobe.why.collect.spf import UNSEEN, tell_spf
from smtpprobe.why.collect.tools import Tools
from smtpprobe.why.facts import Evidence, Fact, Known, Purpose, Weight
from smtpprobe.why.request import Kind
from smtpprobe.why.shown_address import shown_address


async def ours(notes: Notes, tools: Tools) -> None:
    """Tell what is known of our addresses, that of the deciding connection last, EHLO and SPF."""
    await _ehlo(notes, tools)
    for family in _families(notes.known):
        own = _own(notes.known, tools, family)
        notes.tell(own.fact)
        if own.address:
            await asyncio.gather(
                _names(own.address, notes, tools),
                _ehlo_matches(own.address, notes, tools),
                *(_listed(own.address, zone, notes, tools) for zone in notes.known.request.lists),
            )
        else:
            notes.unknown("us.ptr", UNSEEN, own.about)
            for zone in notes.known.request.lists:
                notes.unknown("us.unlisted", UNSEEN, zone)
    if notes.known.request.sender is not None:
        await tell_spf(notes, tools)


def _families(known: Known) -> tuple[int, ...]:
    """Return the families of the addresses tried, that of the latest real trial last."""
    reached = [one.family for _, one in known.places if one.connect is Connect.OK]
    tried = [one.family for _, one in known.places]
    order = list(dict.fromkeys(reversed(reached or tried)))
    trials = known.tried(Purpose.REAL)
    if trials:
        main = 6 if ":" in trials[-1].ip else 4
        order = [*(one for one in order if one != main), main]
    given = read_address(known.request.public_address)
    if given is not None and given.version not in order:
        order.append(given.version)
    return tuple(order)


@dataclass(frozen=True, slots=True)
class _Own:
    """Our address in one family, empty where it is unknown, and the fact to tell of it."""

    about: str
    address: str
    fact: Fact


def _own(known: Known, tools: Tools, family: int) -> _Own:
    about = f"IPv{family}"
    given = read_address(known.request.public_address)
    if given is not None and given.version == family:
        return _seen(about, str(given), Weight.GIVEN, "--public-address", "given")
    if known.request.kind is Kind.SUBMISSION:
        return _unseen(about, "the relay's address counts for the recipient's host, not ours")
    to = next((one.ip for _, one in known.places if one.family == family), "")
    local = _local(known, tools, to, family)
    inside = no_mail_network(local) if local else ""
    for host, text in _words(known, family):
        shown = shown_address(text, family, [one.ip for _, one in known.places])
        if shown and shown != local:
            said = f"{host} shows it; our own is {local}" if local else f"{host} shows it"
            return _seen(about, shown, Weight.WORDS, text, said)
        if shown:
            return _seen(
                about, local, Weight.OBSERVED, f"socket: {local}", f"{host} shows the same"
            )
    if local and not inside:
        return _seen(about, local, Weight.OBSERVED, f"socket: {local}", "of our socket")
    if inside:
        where = "this machine itself" if is_loopback(local) else f"behind NAT ({inside})"
        return _unseen(about, f"we come from {local}, {where}", local)
    return _unseen(about, "the way there does not show it" if to else "no host was reached")


def _local(known: Known, tools: Tools, to: str, family: int) -> str:
    """Return the address of our own end; empty where another makes the connections."""
    if tools.how.connector is not direct:
        return ""
    for fact in reversed(known.every("road.greeting")):
        end = read_address(fact.datum("local"))
        if end is not None and end.version == family:
            return str(end)
    return own_address(to) if to else ""


def _words(known: Known, family: int) -> Iterator[tuple[str, str]]:
    """Yield what servers said that may show our address: the host, and the text."""
    for host, one in known.places:
        if one.family == family:
            for said in (one.hello, one.inside, one.helo):
                if said is not None:
                    yield host.name, said.text
    for trial in known.trials:
        if trial.reply is not None and (":" in trial.ip) == (family == 6):
            yield trial.host, trial.reply.text


def _seen(about: str, address: str, weight: Weight, text: str, how: str) -> _Own:
    fact = Fact(
        "us.address",
        Answer.YES,
        about,
        value=f"{address} ({how})",
        evidence=(Evidence(weight, text),),
        data=(("ip", address), ("by", weight.value)),
    )
    return _Own(about, address, fact)


def _unseen(about: str, because: str, local: str = "") -> _Own:
    why = f"{because}; give the public one with --public-address"
    fact = Fact("us.address", Answer.UNKNOWN, about, because=why, data=(("local", local),))
    return _Own(about, "", fact)


async def _names(address: str, notes: Notes, tools: Tools) -> None:
    """Tell the PTR of our address, whether it confirms, and what the name looks like."""
    owner = pointer_name(address)
    pointers = await tools.ask(owner, "PTR")
    names = [name.removesuffix(".") for name in pointers.records[:MOST_NAMES]]
    kind = "AAAA" if ":" in address else "A"
    answers = await asyncio.gather(*(tools.ask(name, kind) for name in names))
    found = reverse_dns(
        address, pointers, {name.lower(): (one,) for name, one in zip(names, answers, strict=True)}
    )
    shown = tuple(Evidence(Weight.OBSERVED, f"{owner} PTR {name}") for name in found.names)
    if not pointers.answered:
        notes.unknown("us.ptr", found.reason, address)
        return
    has = Answer.YES if found.names else Answer.NO
    listed = ", ".join(found.names[:3]) or f"{address} has no PTR record"
    notes.tell(Fact("us.ptr", has, address, listed, evidence=shown, data=(("owner", owner),)))
    if not found.names:
        return
    value = {
        Confirmation.CONFIRMED: f"{' '.join(found.confirmed[:1])} leads back to {address}",
        Confirmation.NOT_CONFIRMED: found.reason,
    }
    answer = {
        Confirmation.CONFIRMED: Answer.YES,
        Confirmation.NOT_CONFIRMED: Answer.NO,
    }.get(found.confirmation, Answer.UNKNOWN)
    because = found.reason if answer is Answer.UNKNOWN else ""
    told = value.get(found.confirmation, "")
    notes.tell(Fact("us.fcrdns", answer, address, told, because, shown + _as_evidence(answers)))
    looks = found.dynamic
    static = Answer.NO if looks else Answer.YES
    notes.tell(Fact("us.static", static, address, looks or found.names[0], evidence=shown))


def _as_evidence(lookups: Sequence[Lookup]) -> tuple[Evidence, ...]:
    return tuple(
        Evidence(Weight.OBSERVED, f"{one.name} {one.kind} {record}")
        for one in lookups
        for record in one.records[:3]
    )


def client_name(known: Known, tools: Tools) -> str:
    """Return the name that is given in EHLO."""
    return known.request.client or tools.how.client


async def _ehlo(notes: Notes, tools: Tools) -> None:
    """Write down if the name in EHLO resolves, as receivers want it that look (A, AAAA or MX)."""
    name = client_name(notes.known, tools)
    if name.startswith("["):
        notes.no("us.ehlo", f"{name} is an address literal, not a name (RFC 5321 4.1.4)", name)
        return
    if "." not in name.strip("."):
        notes.no("us.ehlo", f"{name} is not a fully qualified name (RFC 5321 2.3.5)", name)
        return
    lookups = await _lookups(name, tools)
    found = [one for one in lookups if one.records]
    if found:
        shown = tuple(
            Evidence(Weight.OBSERVED, f"{one.name} {one.kind} {record}")
            for one in found
            for record in one.records[:3]
        )
        first = found[0]
        value = f"{name} has {first.kind} {', '.join(first.records[:3])}"
        notes.tell(Fact("us.ehlo", Answer.YES, name, value, evidence=shown))
    elif all(one.answered for one in lookups):
        notes.no("us.ehlo", f"{name}: {telling(lookups).reason}", name)
    else:
        notes.unknown("us.ehlo", f"{name}: {telling(lookups).reason}", name)


async def _lookups(name: str, tools: Tools) -> tuple[Lookup, ...]:
    plain = a_labels(name).strip(".")
    return tuple(await asyncio.gather(*(tools.ask(plain, kind) for kind in ("A", "AAAA", "MX"))))


async def _ehlo_matches(address: str, notes: Notes, tools: Tools) -> None:
    """Write down if the name in EHLO leads to our address."""
    name = client_name(notes.known, tools)
    if name.startswith("["):
        same = read_address(name.strip("[]").removeprefix("IPv6:")) == read_address(address)
        (notes.yes if same else notes.no)("us.ehlo-matches", f"{name}, we are {address}", address)
        return
    if "." not in name.strip("."):
        return
    lookups = [one for one in await _lookups(name, tools) if one.kind != "MX"]
    records = records_of(lookups)
    if any(read_address(record) == read_address(address) for record in records):
        notes.yes("us.ehlo-matches", f"{name} has {address}", address)
    elif not all(one.answered for one in lookups):
        notes.unknown("us.ehlo-matches", f"{name}: {telling(lookups).reason}", address)
    elif records:
        other = ", ".join(records[:3])
        notes.no("us.ehlo-matches", f"{name} has {other}, we are {address}", address)


async def _listed(address: str, zone: str, notes: Notes, tools: Tools) -> None:
    """Tell what a block list says of our address; its test entries show whether it says anything.

    RFC 5782 5. A list that refuses our resolver is neither clean nor a listing.
    """
    name = list_name(address, zone)
    must, must_not = entries(address, zone)
    answer, test, untrue = await asyncio.gather(
        *(tools.ask(each, "A") for each in (name, must, must_not))
    )
    texts = await tools.ask(name, "TXT") if answer.records else None
    found = read_answer(zone, answer, texts, ListTest(test, untrue))
    asked = tools.shared.questioner.servers.addresses if tools.shared.questioner else ()
    public = shared_resolvers(asked)
    hint = f"; asked by the public resolver {public[0]}, which many lists refuse" if public else ""
    if found.listing is Listing.UNKNOWN:
        notes.unknown("us.unlisted", f"{found.reason}{hint}", zone)
        return
    shown = tuple(Evidence(Weight.OBSERVED, f"{name} A {code}") for code in found.codes)
    said = tuple(Evidence(Weight.WORDS, f"{name} TXT {text}") for text in found.texts)
    listed = found.listing is Listing.LISTED
    value = f"{address} is listed at {zone} ({', '.join(found.codes[:4])})"
    notes.tell(
        Fact(
            "us.unlisted",
            Answer.NO if listed else Answer.YES,
            zone,
            (value if listed else f"{address} is not listed at {zone}") + hint,
            evidence=shown + said,
            data=(("ip", address),),
        )
    )
