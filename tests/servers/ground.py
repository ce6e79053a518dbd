"""What the parts of the STARTTLS lab are made from, and what each of them brings along."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from smtpprobe.sandbox.faults import Script
from tests.servers import dns_zone
from tests.servers.certificate_kinds import made
from tests.servers.certificates import Authorities, Chain
from tests.servers.mail_hosts import MailHost
from tests.servers.network import Network
from tests.servers.policy_server import Site
from tests.servers.signed_zone import Signing


@dataclass(frozen=True, slots=True)
class Ground:
    """The network the lab stands in, and who issues its certificates."""

    network: Network
    authorities: Authorities

    def chain(self, kind: str, *names: str) -> Chain:
        """Return a chain of a kind for names."""
        return made(self.authorities, kind, *names)

    def host(self, number: int, name: str, *chains: Chain) -> MailHost:
        """Return a mail host at the IPv4 address of a number."""
        return MailHost(self.network.address(number), name, chains)

    def hosts(self, number: int, name: str, *chains: Chain) -> list[MailHost]:
        """Return a mail host at both addresses of a number, where there are two."""
        found = [self.host(number, name, *chains)]
        if address := self.network.address6(number):
            found.append(MailHost(address, name, chains))
        return found

    def a(self, name: str, number: int) -> str:
        """Return the line of a zone that gives a name the IPv4 address of a number."""
        return self.at(name, self.network.address(number))

    def at(self, name: str, address: str) -> str:
        """Return the line that gives a name an address, or nothing for none."""
        return f"{name} A {address}\n" if address else ""

    def both(self, name: str, number: int) -> str:
        """Return the lines that give a name both addresses of a number, where there are two."""
        address = self.network.address6(number)
        return self.a(name, number) + (f"{name} AAAA {address}\n" if address else "")

    def tlsa(self, host: str, record: str) -> str:
        """Return the line that publishes a TLSA record for a host's SMTP port."""
        return f"_{self.network.smtp_port}._tcp.{host} TLSA {record}\n"


@dataclass(frozen=True, slots=True)
class Case:
    """A domain of the lab, and the findings that a check of it has to report."""

    domain: str
    found: tuple[str, ...] = ()
    everywhere: bool = True
    """Whether it can be had on ports of loopback, too."""


@dataclass(frozen=True, slots=True)
class Part:
    """What one part of the lab brings along: zones, and servers for their names."""

    zones: Mapping[str, str]
    signing: Mapping[str, Signing] = field(default_factory=dict)
    unreadable: Mapping[str, Sequence[bytes]] = field(default_factory=dict)
    """TLSA records no zone file can hold: octets by owner name."""
    faults: dns_zone.Faults = field(default_factory=dns_zone.Faults)
    postfix: Sequence[MailHost] = ()
    exim: Sequence[MailHost] = ()
    scripts: Mapping[str, Sequence[Script]] = field(default_factory=dict)
    """What is said by the fault server at an address, one script a connection."""
    sites: Mapping[str, Site] = field(default_factory=dict)
    site_chains: Mapping[str, Chain] = field(default_factory=dict)


def together(parts: Sequence[Part]) -> Part:
    """Return what several parts bring along."""
    return Part(
        zones=dict(ChainMap(*(dict(part.zones) for part in parts))),
        signing=dict(ChainMap(*(dict(part.signing) for part in parts))),
        unreadable=dict(ChainMap(*(dict(part.unreadable) for part in parts))),
        faults=dns_zone.Faults(
            servfail={name for part in parts for name in part.faults.servfail},
            refused={name for part in parts for name in part.faults.refused},
            silent={name for part in parts for name in part.faults.silent},
            truncated={name for part in parts for name in part.faults.truncated},
            forged={name for part in parts for name in part.faults.forged},
        ),
        postfix=[host for part in parts for host in part.postfix],
        exim=[host for part in parts for host in part.exim],
        scripts=dict(ChainMap(*(dict(part.scripts) for part in parts))),
        sites=dict(ChainMap(*(dict(part.sites) for part in parts))),
        site_chains=dict(ChainMap(*(dict(part.site_chains) for part in parts))),
    )
