"""The lab of `smtpprobe starttls`: its own root of DNS, its own CA, mail hosts of every kind.

All of it stands in a network namespace, where mail hosts have addresses and port 25. Each part of
the lab (`example_part` and its neighbours) brings zones and the servers for their names.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from smtpprobe.sandbox.faults import FaultServer
from tests.servers import (
    dns_zone,
    fault_hosts,
    lab,
    mail_hosts,
    policy_part,
    policy_server,
    posttls_finger,
    unbound,
)
from tests.servers.certificate_part import certificate_part
from tests.servers.certificates import Authorities
from tests.servers.dane_part import dane_part
from tests.servers.dns_part import dns_part
from tests.servers.example_part import example_part
from tests.servers.fault_part import fault_part
from tests.servers.ground import Ground, together
from tests.servers.network import Network
from tests.servers.policy_server import PolicyServer
from tests.servers.sender_part import sender_part
from tests.servers.signed_zone import planted
from tests.servers.submission_part import submission_part

PARTS = (
    *(example_part, dane_part, certificate_part, policy_part.policy_part, fault_part, dns_part),
    *(submission_part, sender_part),
)


@dataclass(frozen=True, slots=True)
class MailWorld:
    """The running lab, as a test sees it."""

    network: Network
    resolver: unbound.Unbound
    authority: dns_zone.NameServer
    policies: PolicyServer
    faults: Mapping[str, FaultServer]
    ca_file: Path
    finger: posttls_finger.Finger
    domains: tuple[str, ...]
    """Every name of the lab that has MX records."""

    def smtpprobe(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run the installed program in the lab, with its roots."""
        program = Path(sys.executable).with_name("smtpprobe")
        return self.network.run(program, *arguments, env={"SSL_CERT_FILE": str(self.ca_file)})


@contextmanager
def running(network: Network) -> Iterator[MailWorld]:
    """Run all of it in a network until the block ends."""
    roots = {name: lab.required(name) for name in ("postfix", "exim", "unbound")}
    authorities = Authorities()
    ground = Ground(network, authorities)
    all_parts = together([part(ground) for part in PARTS])
    tree = planted(all_parts.zones, all_parts.signing, all_parts.unreadable)
    with ExitStack() as stack:
        home = stack.enter_context(lab.home("starttls"))
        ca_file = home / "ca.pem"
        ca_file.write_bytes(authorities.ca_pem)
        with network.inside():
            serving = dns_zone.serving(tree.zones, all_parts.faults)
            authority = stack.enter_context(serving)
        servers = dict.fromkeys(tree.origins, f"{authority.host}@{authority.port}")
        resolver = stack.enter_context(
            unbound.running(roots["unbound"], tree.anchor, servers, network)
        )
        stack.enter_context(lab.guarded(resolver.pid, home))
        stack.enter_context(mail_hosts.in_postfix(roots["postfix"], all_parts.postfix, network))
        stack.enter_context(mail_hosts.in_exim(roots["exim"], all_parts.exim, network))
        yield MailWorld(
            network,
            resolver,
            authority,
            stack.enter_context(
                policy_server.serving(
                    all_parts.sites,
                    all_parts.site_chains,
                    network.address(policy_part.SERVER),
                    network,
                )
            ),
            stack.enter_context(fault_hosts.playing(all_parts.scripts, network)),
            ca_file,
            posttls_finger.configured(network, roots["postfix"], ca_file, home / "finger"),
            tuple(dict.fromkeys(mail_domains(all_parts.zones))),
        )


def mail_domains(zones: Mapping[str, str]) -> Iterator[str]:
    """Yield the names with MX records in zones, as their texts have them."""
    for zone, text in zones.items():
        for line in text.splitlines():
            name, *rest = line.split()
            if rest[:1] == ["MX"]:
                yield zone if name == "@" else f"{name}.{zone}"
