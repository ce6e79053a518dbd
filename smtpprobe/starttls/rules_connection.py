"""Findings about reaching an address, and about addresses that disagree."""

from __future__ import annotations

from collections.abc import Iterator

from smtpprobe.starttls.case import Case, Standing, found_at
from smtpprobe.starttls.facts import Connect, HostFacts
from smtpprobe.starttls.finding import Finding, Level, finding

_ANSWERED = (Connect.OK, Connect.TLS_FAILED)


def unreached(case: Case, one: Standing) -> Iterator[Finding]:
    """`conn.refused`, `conn.timeout`; `conn.rejected` for who closes without a word."""
    address = one.address
    if address.connect in (*_ANSWERED, Connect.INTERRUPTED):
        return
    name = _NAMES.get(address.connect, "conn.timeout")
    reason = f" ({address.reason})" if address.reason else ""
    yield finding(
        name,
        f"{address.connect.value}{reason}",
        level=None if name == "conn.rejected" else _level(case, one),
        host=one.host.name,
        ip=address.ip,
    )


_NAMES = {Connect.REFUSED: "conn.refused", Connect.CLOSED: "conn.rejected"}


def _level(case: Case, one: Standing) -> Level:
    """Without any answer nothing is known; a whole family out of reach may be our own lack."""
    if not any(other.address.connect in _ANSWERED for other in case.standings):
        return Level.UNKNOWN
    kin = (other.address for other in case.standings if other.address.family == one.address.family)
    ours = all(address.connect is Connect.UNREACHABLE for address in kin)
    return Level.NOTE if ours else Level.WARN


def unavailable(_case: Case, one: Standing) -> Iterator[Finding]:
    """`conn.421`, `conn.rejected`: it speaks, but not with us."""
    address = one.address
    if address.interrupted:
        return
    replies = (address.greeting, address.hello)
    refusal = next((said for said in replies if said and said.code and said.code >= 400), None)
    if address.ended.startswith("421") or (refusal is not None and refusal.code == 421):
        yield found_at(one, "conn.421", address.ended or (refusal.line if refusal else ""))
    elif refusal is not None:
        step = "the greeting" if refusal is address.greeting else "the answer to EHLO"
        yield found_at(one, "conn.rejected", f"{step} is {refusal.line}")
    elif one.speaks.yes and address.ended and not (one.encrypted.yes or one.encrypted.no):
        yield found_at(one, "conn.timeout", address.ended, Level.UNKNOWN)
    elif address.connect is Connect.OK and not one.speaks.yes and not one.speaks.no:
        yield found_at(one, "conn.timeout", one.speaks.reason, Level.UNKNOWN)


def not_smtp(_case: Case, one: Standing) -> Iterator[Finding]:
    """`conn.not-smtp`."""
    if one.speaks.no:
        address = one.address
        said = address.hello if address.hello is not None else address.greeting
        line = said.line[:60] if said is not None else ""
        yield found_at(one, "conn.not-smtp", f"it says '{line}'")


def differing(case: Case, host: HostFacts) -> Iterator[Finding]:
    """`conn.family-differs`, `conn.addresses-differ`: each against the first that can be told."""
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
    if one.encrypted.yes != other.encrypted.yes:
        works, fails = (here, there) if one.encrypted.yes else (there, here)
        return f"TLS at {works}, none at {fails}"
    if one.address.tls is None or other.address.tls is None:
        return ""
    if one.address.tls.version != other.address.tls.version:
        return f"{one.address.tls.version} at {here}, {other.address.tls.version} at {there}"
    if one.leaf is not None and other.leaf is not None and one.leaf.sha256 != other.leaf.sha256:
        return f"another certificate at {there} than at {here}"
    return ""
