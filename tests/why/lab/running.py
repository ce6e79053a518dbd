"""The running lab: everything that the worlds are made of, in a network namespace."""

from __future__ import annotations

import json
import socket
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from tests.servers import dns_zone, fault_hosts, lab, policy_server, unbound
from tests.servers.certificate_kinds import made
from tests.servers.certificates import DAY, NOW, Authorities, Chain, Wish, chain_of, issued
from tests.servers.network import Namespace, ip
from tests.servers.signed_zone import planted
from tests.why.lab import asked_by_postfix, exim_hosts, places, postfix_hosts, scripted, zones
from tests.why.worlds import World, read

TOP: Final = Path(__file__).resolve().parents[3]


@dataclass(frozen=True, slots=True)
class Lab:
    """The running lab, as a test sees it."""

    network: Namespace
    home: Path
    ca_file: Path
    worlds: tuple[World, ...]

    def run(self, module: str, *ids: str, within: float = 240.0) -> dict[str, Any]:
        """Run a module of the tests in the network for some worlds; return what it found, by id."""
        done = self.network.run(
            *(sys.executable, "-m", module, str(self.home), *ids),
            env={
                "SSL_CERT_FILE": str(self.ca_file),
                "PYTHONPATH": str(TOP),
                "SMTPPROBE_RESOLVER": "",
            },
            within=within,
        )
        assert done.returncode == 0, done.stderr
        found: dict[str, Any] = json.loads(done.stdout)
        return found


def names_at(worlds: Sequence[World], number: int) -> list[str]:
    """Return the names of mail hosts that have the address of a number."""
    found = (zones.hosts(world) for world in worlds)
    return [name for own in found for name, place in own.items() if place == number]


def certificates(
    worlds: Sequence[World], authorities: Authorities
) -> tuple[Chain, Chain, Chain, Chain]:
    """Return the certificates of the hosts: good, expired, self-signed and expired, Exim's."""
    taken = (places.EXPIRED, places.SELF_SIGNED)
    good = [
        name
        for world in worlds
        for name, place in zones.hosts(world).items()
        if place not in taken and world.id != "sts-wrong-name"
    ]
    direct = [f"well-without-mx{zones.THERE}", f"alias.cname-mx{zones.THERE}", "mx.here.test"]
    stale = Wish(names_at(worlds, places.SELF_SIGNED), life=(NOW - 91 * DAY, NOW - DAY))
    return (
        made(authorities, "good", *direct, *good),
        made(authorities, "expired", *names_at(worlds, places.EXPIRED)),
        chain_of(issued(stale)),
        made(authorities, "good", *good),
    )


def policies(worlds: Sequence[World], authorities: Authorities) -> tuple[Any, Mapping[str, Chain]]:
    """Return what the MTA-STS policy host says and shows, by its name."""
    sites, chains = {}, {}
    for world in worlds:
        if policy := zones.POLICIES.get(world.id):
            name, (mode, mx) = f"mta-sts.{world.domain}", policy
            sites[name] = policy_server.policy(
                "version: STSv1",
                f"mode: {mode}",
                f"mx: {mx.format(domain=world.domain)}",
                "max_age: 604800",
            )
            chains[name] = made(authorities, "good", name)
    return sites, chains


def relayed(worlds: Sequence[World]) -> list[str]:
    """Return the domains below there.test that Postfix takes mail for."""
    return [
        f"{zones.label(world)}{zones.THERE}"
        for world in worlds
        if world.domain.endswith(zones.THERE) and world.id != "relay-denied"
    ]


def use_up() -> None:
    """Use up what COUNTING allows the client within an hour."""
    with socket.create_connection((places.address(places.COUNTING), 25), timeout=10) as talk:
        lines = talk.makefile("rwb")
        rcpt = b"RCPT TO:<anna@rate-limited.there.test>"
        lines.readline()
        for command in (b"HELO out.here.test", b"MAIL FROM:<me@here.test>", rcpt, rcpt, b"QUIT"):
            lines.write(command + b"\r\n")
            lines.flush()
            lines.readline()


@contextmanager
def occupying() -> Iterator[None]:
    """Hold the one connection that CROWDED allows the client."""
    with socket.create_connection((places.address(places.CROWDED), 25), timeout=10) as talk:
        talk.makefile("rb").readline()
        yield


@contextmanager
def running() -> Iterator[Lab]:
    """Run all of it until the block ends; skip the test where something of it cannot be had."""
    names = ("postfix", "exim", "unbound", "dovecot", "postgrey", "policyd-spf")
    roots = {name: lab.required(name) for name in names}
    worlds = read()
    authorities = Authorities()
    good, expired, self_signed, of_exim = certificates(worlds, authorities)
    said = zones.zones(worlds, good, expired)
    tree = planted(said.zones, said.signing)
    with ExitStack() as stack:
        network = stack.enter_context(lab.own_network())
        home = stack.enter_context(lab.home("why"))
        (home / "batch").write_text(places.BATCH)
        network.run(*ip(), "-batch", home / "batch").check_returncode()
        ca_file = home / "ca.pem"
        ca_file.write_bytes(authorities.ca_pem)
        with network.inside():
            authority = stack.enter_context(dns_zone.serving(tree.zones, said.faults))
        servers = dict.fromkeys(tree.origins, f"{authority.host}@{authority.port}")
        resolver = unbound.running(roots["unbound"], tree.anchor, servers, network, zones.RESOLVER)
        stack.enter_context(resolver)
        dovecot = stack.enter_context(asked_by_postfix.mailboxes(roots["dovecot"]))
        postgrey, wordless = (
            stack.enter_context(asked_by_postfix.postgrey(roots["postgrey"], text))
            for text in ("Greylisted, try again in %s seconds", "Please try again later")
        )
        spf = stack.enter_context(asked_by_postfix.policyd_spf(roots["policyd-spf"], network))
        quota = stack.enter_context(asked_by_postfix.quotas(dovecot))
        sockets = {"quota": quota, "postgrey": postgrey, "wordless": wordless, "spf": spf}
        found = postfix_hosts.listeners(good, expired, self_signed, dovecot.auth_socket)
        stack.enter_context(
            postfix_hosts.running(roots["postfix"], found, relayed(worlds), sockets, network)
        )
        stack.enter_context(exim_hosts.running(roots["exim"], of_exim, network))
        scripts = {places.address(number): one for number, one in scripted.SCRIPTS.items()}
        stack.enter_context(fault_hosts.playing(scripts, network))
        sites, chains = policies(worlds, authorities)
        where = places.address(places.POLICIES)
        stack.enter_context(policy_server.serving(sites, chains, where, network))
        with network.inside():
            use_up()
            stack.enter_context(occupying())
        yield Lab(network, home, ca_file, worlds)
