"""Findings about reaching an address, and about addresses that disagree."""

from __future__ import annotations

from collections.abc import Iterator

from smtpprobe.protocol import implicit_tls
from smtpprobe.starttls.facts import AddressFacts, Answer, Because, Connect, End, HostFacts
from smtpprobe.starttls.finding import Finding, Level, finding
from smtpprobe.starttls.judge.assessment import Case, Standing, found_at
from smtpprobe.starttls.progress import BAD_HELLO, misspoken
from smtpprobe.starttls.refused_ehlo import wants_another_name

_ANSWERED = (Connect.OK, Connect.TLS_FAILED, Connect.TLS_AT_ONCE, Connect.ENDLESS)


def unreached(case: Case, one: Standing) -> Iterator[Finding]:
    """`conn.refused`, `conn.timeout`, `conn.failed`, `conn.excluded`; `conn.rejected`: closed."""
    address = one.address
    if address.connect in (*_ANSWERED, Connect.INTERRUPTED) or one.demanded.yes:
        return
    name, fix = _NAMES.get(address.connect, ("conn.timeout", ""))
    reason = f" ({address.reason})" if address.reason else ""
    level = None if name in _UNKNOWN_ANYWAY else _level(case, one)
    yield found_at(one, name, f"{address.connect.value}{reason}", level, fix)


PATIENCE = "--timeout 5m waits as long as senders do"
SLOW = (
    f"check its load, its reverse DNS lookups of clients, and any proxy in front of it; {PATIENCE}"
)

_NAMES = {
    Connect.REFUSED: ("conn.refused", ""),
    Connect.CLOSED: (
        "conn.rejected",
        "check its log for why it hangs up; run the check from another network",
    ),
    Connect.SILENT: ("conn.timeout", SLOW),
    Connect.UNREACHABLE: (
        "conn.timeout",
        "check this machine's route to it; remove the address if it is unreachable from everywhere",
    ),
    Connect.FAILED: ("conn.failed", ""),
    Connect.EXCLUDED: ("conn.excluded", ""),
}
"""The finding for how dialling ended, and what to do where that is not what its row says."""

_UNKNOWN_ANYWAY = ("conn.rejected", "conn.excluded")
"""What says nothing of the server, whatever its other addresses show."""


def _level(case: Case, one: Standing) -> Level:
    """Without any answer nothing is known; a whole family out of reach may be our own lack."""
    if not any(other.address.connect in _ANSWERED for other in case.standings):
        return Level.UNKNOWN
    kin = (other.address for other in case.standings if other.address.family == one.address.family)
    ours = all(address.connect is Connect.UNREACHABLE for address in kin)
    return Level.NOTE if ours else Level.WARN


IN_CLEAR = "if it is to receive mail, configure a plaintext greeting and STARTTLS"
OTHER_NAME = "send the fully qualified name of this host in EHLO: --client NAME"


def unavailable(_case: Case, one: Standing) -> Iterator[Finding]:
    """`conn.421`, `conn.rejected`: it speaks, but not with us; `conn.closed`, `conn.timeout`."""
    address = one.address
    if address.interrupted or one.demanded.yes or address.connect is not Connect.OK:
        return
    replies = (
        *(address.greeting, address.hello, address.helo),
        *(address.starttls.reply, address.inside),
    )
    closing = next((said for said in replies if said and said.code == End.CLOSING.value), None)
    refusal = next((said for said in replies[:2] if said and said.code and said.code >= 400), None)
    shaken = address.tls is not None and not address.tls.ok
    unheard = one.inside.because is Because.HASTY
    told = one.speaks.no or one.inside.no or shaken or unheard
    if address.end is End.CLOSING or closing is not None:
        yield found_at(one, "conn.421", closing.line if closing is not None else address.ended)
    elif told or (one.speaks.yes and (one.encrypted.yes or one.encrypted.no)):
        return
    elif refusal is not None:
        step = "the greeting" if refusal is address.greeting else "the answer to EHLO"
        named = refusal is address.hello and wants_another_name(refusal.code, refusal.text)
        fix = OTHER_NAME if named else ""
        yield found_at(one, "conn.rejected", f"{step} is {refusal.line}{_helo(address)}", fix=fix)
    elif address.end is End.CLOSED:
        yield found_at(one, "conn.closed", address.ended)
    else:
        yield found_at(
            one, "conn.timeout", address.ended or one.speaks.reason, Level.UNKNOWN, fix=SLOW
        )


def _helo(address: AddressFacts) -> str:
    """Return what became of HELO behind a refused EHLO, as a clause; empty where untried."""
    if address.helo is not None:
        return f"; the reply to HELO is {address.helo.line}"
    return f"; HELO was tried too: {address.helo_lost}" if address.helo_lost else ""


def not_smtp(_case: Case, one: Standing) -> Iterator[Finding]:
    """`conn.not-smtp`, `conn.tls-at-once`, `ehlo.bad-reply`."""
    address = one.address
    if not one.speaks.no:
        return
    greeting = address.greeting
    if address.connect is Connect.TLS_AT_ONCE or (
        greeting is not None and implicit_tls.is_record(greeting.text.encode("latin-1", "replace"))
    ):
        fix = f"{implicit_tls.advice(one.host.name, address.port)}; {IN_CLEAR}"
        yield found_at(one, "conn.tls-at-once", fix=fix)
        return
    if address.connect is Connect.ENDLESS:
        yield found_at(one, "conn.not-smtp", f"{address.connect.value}: {address.reason}")
        return
    said = address.hello if address.hello is not None else address.greeting
    line = said.line[:60] if said is not None else ""
    if misspoken(address) != BAD_HELLO:
        yield found_at(one, "conn.not-smtp", f"it sends '{line}'")
    elif address.hello is not None:
        yield found_at(one, "ehlo.bad-reply", f"the reply to EHLO is {line}{_helo(address)}")
    else:
        yield found_at(one, "ehlo.bad-reply", address.ended)


def unasked(_case: Case, one: Standing) -> Iterator[Finding]:
    """`conn.unasked-reply`."""
    if one.address.unasked and one.speaks.yes:
        yield found_at(one, "conn.unasked-reply", f"unsolicited: '{one.address.unasked[:60]}'")


def differing(case: Case, host: HostFacts) -> Iterator[Finding]:
    """`conn.family-differs`, `conn.addresses-differ`: each against the first that is known."""
    told = [one for one in case.of(host) if one.encrypted.yes or one.encrypted.no]
    if len(told) < 2:
        return
    first = told[0]
    same_family = [one for one in told if one.address.family == first.address.family]
    others = [one for one in told if one.address.family != first.address.family]
    for one in same_family[1:]:
        if how := difference(first, one):
            yield finding("conn.addresses-differ", how, host=host.name, ip=one.address.ip)
    for one in others[1:]:
        if how := difference(others[0], one):
            yield finding("conn.addresses-differ", how, host=host.name, ip=one.address.ip)
    if others and (how := difference(first, others[0])):
        yield finding("conn.family-differs", how, host=host.name)


def difference(one: Standing, other: Standing) -> str:
    """Return in what two addresses of a host differ, empty where they do not."""
    here, there = one.address.ip, other.address.ip
    listed = one.address.starttls.advertised, other.address.starttls.advertised
    if {fact.answer for fact in listed} == {Answer.YES, Answer.NO}:
        has, lacks = (here, there) if listed[0].yes else (there, here)
        return f"STARTTLS is listed at {has}, not at {lacks}"
    if one.encrypted.yes != other.encrypted.yes:
        works, fails = (here, there) if one.encrypted.yes else (there, here)
        return f"TLS at {works}, none at {fails}"
    if {one.inside.answer, other.inside.answer} == {Answer.YES, Answer.NO}:
        works, fails = (here, there) if one.inside.yes else (there, here)
        return f"mail is accepted over TLS at {works}, not at {fails}"
    if one.address.tls is None or other.address.tls is None:
        return ""
    if one.address.tls.version != other.address.tls.version:
        return f"{one.address.tls.version} at {here}, {other.address.tls.version} at {there}"
    if one.leaf is not None and other.leaf is not None and one.leaf.sha256 != other.leaf.sha256:
        return f"different certificates at {here} and {there}"
    return ""


OF_HOST = (differing,)
OF_ADDRESS = (
    unreached,
    unavailable,
    not_smtp,
    unasked,
)
