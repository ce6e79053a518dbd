"""A real Unbound that validates: it believes the lab's own root and asks the lab's own servers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import dns.exception
import dns.message
import dns.query

from tests.servers import lab, unpacked
from tests.servers.network import Network

CONFIGURATION: Final = """\
server:
    directory: "{home}"
    chroot: ""
    username: ""
    pidfile: ""
    use-syslog: no
    logfile: ""
    verbosity: 1
    val-log-level: 2
    do-daemonize: no
    interface: {host}
    port: {port}
    access-control: 127.0.0.0/8 allow
    do-not-query-localhost: no
    module-config: "validator iterator"
    trust-anchor: "{anchor}"
    trust-anchor-signaling: no
    root-key-sentinel: no
    ede: yes
    # ask for every name, instead of concluding from the proof of another that it is not there
    aggressive-nsec: no
    harden-below-nxdomain: no
    qname-minimisation: no
    # the authorities are at hand, and busy at times: one that keeps silent is given up soon
    outbound-msg-retry: 1
    unknown-server-time-limit: 800
    infra-cache-min-rtt: 800
    infra-keep-probing: yes
    target-fetch-policy: "0 0 0 0 0"
    # names that a resolver answers by itself, unless told otherwise
    local-zone: "test." nodefault
remote-control:
    control-enable: no
"""

STUB: Final = """\
stub-zone:
    name: "{origin}"
    stub-addr: {server}
"""


@dataclass(frozen=True, slots=True)
class Unbound:
    """The running resolver, as a test sees it."""

    host: str
    port: int
    log: Path
    pid: int


def says_something(host: str, port: int) -> bool:
    """Return whether a resolver answers at all."""
    query = dns.message.make_query(".", "NS")
    try:
        dns.query.udp(query, host, port=port, timeout=0.2)
    except dns.exception.Timeout:
        return False
    return True


@contextmanager
def once(
    root: Path, anchor: str, servers: Mapping[str, str], network: Network, more: str
) -> Iterator[Unbound]:
    """Run Unbound on a port that was free a moment ago; StartError when it no longer is."""
    with lab.home("unbound") as home:
        port = network.dns_port or lab.free_ports(1)[0]
        stubs = (STUB.format(origin=origin, server=server) for origin, server in servers.items())
        text = CONFIGURATION.format(home=home, host=lab.HOST, port=port, anchor=anchor)
        configuration = home / "unbound.conf"
        configuration.write_text(text + more + "".join(stubs))
        with lab.daemon(
            [root / "usr/sbin/unbound", "-d", "-p", "-c", configuration],
            ready=lambda: says_something(lab.HOST, port),
            folder=home,
            env=unpacked.environment(unpacked.libraries(root)),
            network=network,
        ) as process:
            yield Unbound(lab.HOST, port, home / "output.log", process.pid)


@contextmanager
def running(
    root: Path, anchor: str, servers: Mapping[str, str], network: Network, more: str = ""
) -> Iterator[Unbound]:
    """Run Unbound out of the folder it was unpacked in, until the block ends.

    `anchor` is the DS record of the root it believes; `servers` has for each zone the address and
    port (`127.0.0.1@5300`) of who answers for it.
    `more` are further lines of its configuration, which begin with the name of a block.
    """
    with lab.persistently(lambda: once(root, anchor, servers, network, more)) as server:
        yield server
