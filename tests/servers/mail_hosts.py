"""Mail hosts, each with an address and certificates of its own: many in one Postfix or Exim."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.servers import exim, lab, postfix
from tests.servers.certificates import Chain
from tests.servers.network import Network


@dataclass(frozen=True, slots=True)
class MailHost:
    """One address where a server listens on the network's SMTP port."""

    address: str
    name: str
    """What it calls itself in the greeting."""
    chains: tuple[Chain, ...]
    """What it shows in a handshake, one a key type. Postfix without any does not offer STARTTLS."""
    port: int | None = None
    """Where it listens, if not on the network's SMTP port; in Postfix only."""
    implicit_tls: bool = False
    """Whether the handshake comes first; in Postfix only."""
    gnutls: str = "NORMAL"
    """The priorities of GnuTLS, which say what TLS it speaks; in Exim only."""


LISTENER: Final = """\
{endpoint} inet n - n - - smtpd
    -o syslog_name=postfix/{name} -o myhostname={name}
    -o smtpd_tls_security_level={level} -o smtpd_tls_chain_files={files}
    -o smtpd_tls_wrappermode={implicit}
"""


def written(folder: Path, host: MailHost) -> str:
    """Write a host's chains into a folder; return the names of the files, with blanks between."""
    stem = host.address.replace(":", "-") + (f"-{host.port}" if host.port else "")
    files = [folder / f"{stem}.{number}.pem" for number in range(len(host.chains))]
    return ",".join(str(chain.write(file)) for chain, file in zip(host.chains, files, strict=True))


def listener(folder: Path, host: MailHost, port: int) -> str:
    """Return the lines of master.cf for one host."""
    address = f"[{host.address}]" if ":" in host.address else host.address
    return LISTENER.format(
        endpoint=f"{address}:{host.port or port}",
        name=host.name,
        level="may" if host.chains else "none",
        files=written(folder, host),
        implicit="yes" if host.implicit_tls else "no",
    )


@contextmanager
def in_postfix(root: Path, hosts: Sequence[MailHost], network: Network) -> Iterator[Path]:
    """Run one Postfix that is all of the hosts until the block ends; yields its log."""
    with lab.home("postfix") as home:
        master = "".join(listener(home, host, network.smtp_port) for host in hosts)
        postfix.write_configuration(
            root,
            home,
            master,
            interfaces="all",
            protocols="all" if any(":" in host.address for host in hosts) else "ipv4",
        )

        def ready() -> bool:
            greeting = lab.first_line(network.smtp_port, hosts[0].address)
            return greeting.startswith(b"220 ")

        with postfix.started(root, home, ready, network):
            yield home / "mail.log"


@contextmanager
def in_exim(root: Path, hosts: Sequence[MailHost], network: Network) -> Iterator[Path]:
    """Run one Exim that is all of the hosts until the block ends; yields its log.

    All have the first one's name. It shows the first chain of each; where there is none it offers
    STARTTLS all the same and then says 454, as servers do that cannot read their key.
    """
    with lab.home("exim") as home:
        for host in hosts:
            for chain in host.chains[:1]:
                exim.give_away(chain.write(home / f"{host.address}.pem"))
        priorities = home / "priorities"
        priorities.write_text("".join(f'"{host.address}" {host.gnutls}\n' for host in hosts))
        exim.give_away(priorities)
        file = f"{home}/$received_ip_address.pem"

        def ready() -> bool:
            greeting = lab.first_line(network.smtp_port, hosts[0].address)
            return greeting.startswith(b"220 ")

        with exim.started(
            root,
            home,
            ready,
            network,
            hostname=hosts[0].name,
            interfaces="; ".join(host.address for host in hosts),
            port=network.smtp_port,
            certificate_file=file,
            key_file=file,
            priorities=f"${{lookup{{$received_ip_address}}lsearch{{{priorities}}}}}",
        ):
            yield home / "log" / "main"
