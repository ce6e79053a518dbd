"""Short names of hosts and addresses, and the numbers of findings, as a report shows them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from smtpprobe.starttls.facts import Facts, HostFacts
from smtpprobe.starttls.finding import Finding
from smtpprobe.starttls.judge.judge import AddressReport, Report
from smtpprobe.starttls.judge.options import Sender


def host_names(facts: Facts) -> dict[str, str]:
    """Return a short name for each host: its first label where no other host has that."""
    names = [host.name for host in facts.hosts]
    firsts = [name.partition(".")[0] for name in names]
    alone = {
        name: first
        for name, first in zip(names, firsts, strict=True)
        if firsts.count(first) == 1 and not first.isdigit() and ":" not in name
    }
    return {name: alone.get(name, name) for name in names}


def columns(report: Report) -> tuple[str, ...]:
    """Return a heading for each address: `mx1 v4`; `mx1 v4#2` for a second one of a family."""
    shorts = host_names(report.facts)
    found = []
    for host in report.facts.hosts:
        seen: dict[int, int] = {}
        for one in report.of(host):
            family = one.standing.address.family
            seen[family] = seen.get(family, 0) + 1
            more = f"#{seen[family]}" if seen[family] > 1 else ""
            port = "" if _one_port(report.facts.hosts) else f":{host.port}"
            name = "" if _is_literal(host) else f"{shorts[host.name]}{port} "
            found.append(f"{name}v{family}{more}")
    return tuple(found)


def _is_literal(host: HostFacts) -> bool:
    return any(lookup.records == (host.name,) for lookup in host.lookups)


def _one_port(hosts: Sequence[HostFacts]) -> bool:
    return len({host.port for host in hosts}) < 2


@dataclass(frozen=True, slots=True)
class Group:
    """The same finding at several places, under one number."""

    number: int
    findings: tuple[Finding, ...]

    @property
    def first(self) -> Finding:
        """What is the same in all of them."""
        return self.findings[0]

    def where(self, shorts: dict[str, str]) -> str:
        """Return the places in short; empty for the whole domain."""
        places: dict[str, list[str]] = {}
        for one in self.findings:
            if one.host:
                places.setdefault(shorts.get(one.host, one.host), []).append(one.ip)
        return ", ".join(_place(host, ips) for host, ips in places.items())


def _place(host: str, ips: Iterable[str]) -> str:
    shown = [ip for ip in dict.fromkeys(ips) if ip and ip != host]
    more = f" and {len(shown) - 2} more" if len(shown) > 3 else ""
    return " ".join([host, ", ".join(shown[:2] if more else shown)]).rstrip() + more


def grouped(findings: Iterable[Finding]) -> tuple[Group, ...]:
    """Return findings with the same words together, numbered from 1.

    What to do may name the place, as a command does: the first one's is used for all.
    """
    found: dict[tuple[object, ...], list[Finding]] = {}
    for one in findings:
        found.setdefault((one.id, one.level, one.message, _anywhere(one)), []).append(one)
    return tuple(Group(number, tuple(each)) for number, each in enumerate(found.values(), 1))


def _anywhere(one: Finding) -> str:
    """Return what to do, without the place where."""
    fix = one.fix
    for place in (one.ip, one.host):
        if place:
            fix = fix.replace(f"[{place}]", "HERE").replace(place, "HERE")
    return fix


_ALIKE = (
    *("starttls.surplus", "starttls.varies", "starttls.missing", "starttls.refused"),
    "tls.handshake",
    *("tls.client-cert-required", "tls.unusable", "conn."),
)
_CUT = "check.interrupted"
_EXPLAINING = {
    Sender.OPPORTUNISTIC: (*_ALIKE, _CUT),
    Sender.PKIX: (*_ALIKE, "cert.", _CUT),
    Sender.DANE: (
        *_ALIKE,
        *("dns.mx-bogus", "dns.tlsa", "dane.no-match", "dane.agility", "dane.ta", "dane.second"),
        "dane.too-many",
        *("dns.resolver", "dns.lookup", "cert.unreadable", _CUT),
    ),
    Sender.STS: (*_ALIKE, "sts.mx-uncovered", "cert.", "sts.fetch", "tls.old-version", _CUT),
}
"""Beginnings of the ids that may explain a cell of each row, the likeliest first."""


def number_for(groups: Sequence[Group], address: AddressReport, sender: Sender) -> int | None:
    """Return the number of the finding that explains a cell; None without one."""
    host, ip = address.standing.host.name, address.standing.address.ip
    here = [
        group
        for group in groups
        if group.first.row.explains
        and {(one.host, one.ip) for one in group.findings} & {(host, ip), (host, ""), ("", "")}
    ]
    told = address.cells[sender].finding
    for beginning in (told,) if told else _EXPLAINING[sender]:
        for group in here:
            if group.first.id.startswith(beginning):
                return group.number
    return None
