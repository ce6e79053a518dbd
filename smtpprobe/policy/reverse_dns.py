"""Names of an address: PTR, whether it leads back (FCrDNS, RFC 1912 2.1), dynamic-looking names."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final

from smtpprobe.policy.addresses import read_address
from smtpprobe.policy.dns_answer import Lookup

MOST_NAMES: Final = 10
"""PTR names that are looked up; receivers look up no more (RFC 7208 4.6.4)."""


def pointer_name(address: str) -> str:
    """Return the name at which an address has its PTR records; empty if it is no address."""
    found = read_address(address.partition("%")[0])
    return "" if found is None else found.reverse_pointer


class Confirmation(Enum):
    """Whether a name of an address leads back to it; the value is in JSON."""

    CONFIRMED = "confirmed"
    NOT_CONFIRMED = "not-confirmed"
    """It has names, and none of them has the address."""
    NO_NAME = "no-name"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class ReverseDns:
    """The names of an address. `confirmed` are those that lead back to it.

    `reason` is why it is unknown, or in what an unconfirmed name ends, as a clause.
    """

    address: str
    confirmation: Confirmation
    names: tuple[str, ...] = ()
    confirmed: tuple[str, ...] = ()
    reason: str = ""

    @property
    def dynamic(self) -> str:
        """Why the names look like those of a dial-up line, as a clause; empty if they do not."""
        looked = self.confirmed or self.names
        return next(filter(None, (looks_dynamic(name, self.address) for name in looked)), "")


def reverse_dns(
    address: str, pointers: Lookup, forward: Mapping[str, Sequence[Lookup]]
) -> ReverseDns:
    """Return what the PTR answer shows, and the addresses of each of its names.

    A name without an answer leaves it unknown whether it leads back, unless another one does.
    """
    if not pointers.answered:
        return ReverseDns(address, Confirmation.UNKNOWN, reason=pointers.reason)
    names = tuple(dict.fromkeys(_plain(name) for name in pointers.records))[:MOST_NAMES]
    if not names:
        return ReverseDns(address, Confirmation.NO_NAME, reason=pointers.reason)
    wanted = ipaddress.ip_address(address.partition("%")[0])
    back = {name: _leads_to(wanted, forward.get(name, ())) for name in names}
    confirmed = tuple(name for name in names if back[name] is True)
    if confirmed:
        return ReverseDns(address, Confirmation.CONFIRMED, names, confirmed)
    lost = next((name for name in names if back[name] is None), None)
    if lost is not None:
        why = next((one.reason for one in forward.get(lost, ()) if not one.answered), "not asked")
        return ReverseDns(address, Confirmation.UNKNOWN, names, reason=f"{lost}: {why}")
    return ReverseDns(
        address, Confirmation.NOT_CONFIRMED, names, reason=_elsewhere(names[0], forward[names[0]])
    )


def _plain(name: str) -> str:
    return name.removesuffix(".").lower()


def _leads_to(
    wanted: ipaddress.IPv4Address | ipaddress.IPv6Address, lookups: Sequence[Lookup]
) -> bool | None:
    if any(read_address(record) == wanted for one in lookups for record in one.records):
        return True
    kind = "A" if wanted.version == 4 else "AAAA"
    telling = [one for one in lookups if one.kind == kind]
    return False if telling and all(one.answered for one in telling) else None


def _elsewhere(name: str, lookups: Sequence[Lookup]) -> str:
    found = [record for one in lookups for record in one.records]
    if found:
        return f"{name} has {', '.join(found[:3])}{' ...' if len(found) > 3 else ''}"
    return f"{name} has no such address"


_WORDS = (
    *("dyn", "dynamic", "dynip", "dhcp", "dial", "dialup", "dialin", "ppp", "pppoe", "pool"),
    *("adsl", "xdsl", "vdsl", "dsl", "cable", "cpe", "customer", "client", "broadband", "catv"),
    *("ftth", "fibre", "fiber", "mobile", "wlan", "wifi", "hsd", "res", "residential", "user"),
)
_WORD = re.compile(rf"(?i)(?:^|[^a-z])(?:{'|'.join(_WORDS)})(?:[^a-z]|$)")
_STATIC = re.compile(
    r"(?i)(?:^|[^a-z])(?:static|fixed|business|mail|mx|smtp|mta|relay|out)(?:[^a-z]|$)"
)


def looks_dynamic(name: str, address: str) -> str:
    """Return why a name looks like that of a dial-up line, as a clause; empty if it does not.

    Receivers refuse by such names: the address itself within it, or a word for lines to homes.
    """
    host = name.rpartition(".")[0].rpartition(".")[0]
    if _STATIC.search(host):
        return ""
    if _contains(host.lower(), address):
        return f"{name} contains the address"
    word = _WORD.search(host)
    return f"{name} contains {word.group().strip('-._0123456789')!r}" if word else ""


def _contains(host: str, address: str) -> bool:
    found = read_address(address.partition("%")[0])
    if found is None:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        plain = re.sub(r"[^0-9a-f]", "", host)
        return (
            found.exploded.replace(":", "") in plain
            or str(found).replace("::", ":").replace(":", "-").strip("-") in host
        )
    octets = str(found).split(".")
    numbers = [str(int(each)) for each in re.findall(r"[0-9]{1,3}", host)]
    both = (octets, octets[::-1])
    runs = any(numbers[at : at + 4] in both for at in range(len(numbers)))
    padded = ("".join(each.zfill(3) for each in order) for order in both)
    hexed = "".join(f"{int(each):02x}" for each in octets)
    return runs or any(each in host for each in (*padded, hexed))
