"""A real Exim on loopback: accepts mail for the lab's domain and throws it away.

Exim gives root up when its configuration is not the installed one, and starts itself again for
every connection; so program, libraries and key lie where its own user can read them.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from tests.servers import lab, unpacked
from tests.servers.network import Network
from tests.servers.server_log import KeepsLog

HOSTNAME: Final = "exim.lab.test"
DOMAIN: Final = "lab.test"
USER: Final = "Debian-exim"
SIZE_LIMIT: Final = "1M"

GROUND: Final = """\
primary_hostname = {hostname}
exim_path = {home}/exim
keep_environment = LD_LIBRARY_PATH
spool_directory = {home}/spool
log_file_path = {home}/log/%s
pid_file_path = {home}/spool/exim.pid
local_interfaces = <; {interfaces}
daemon_smtp_ports = {port}
host_lookup =
rfc1413_query_timeout = 0s
message_size_limit = {size_limit}
tls_advertise_hosts = *
tls_certificate = <; {certificate_file}
tls_privatekey = <; {key_file}
tls_require_ciphers = {priorities}
"""
"""What every configuration begins with, with names of the run in braces."""

DISCARDING: Final = """\
all:
  driver = redirect
  data = :blackhole:
"""
"""A router that throws away what it gets."""

CONFIGURATION: Final = f"""\
{GROUND}qualify_domain = {{domain}}
prdr_enable = true
pipelining_connect_advertise_hosts =
acl_smtp_rcpt = rcpt
acl_smtp_vrfy = accept
acl_smtp_data = accept
acl_smtp_data_prdr = prdr
{{more}}

begin acl
rcpt:
  deny    !domains = {{domain}}
          message = relay not permitted
  defer   local_parts = later
          message = come back later
  accept  local_parts = alice : bob : full : postmaster
  deny    message = no such recipient here
prdr:
  deny    local_parts = full
          message = the mailbox is over its quota
  accept

begin routers
{DISCARDING}"""


@dataclass(frozen=True, slots=True)
class Exim(KeepsLog):
    """The running server, as a test sees it."""

    host: str
    port: int
    """STARTTLS offered, relaying refused with 550, no enhanced codes, PRDR announced."""
    hostname: str
    domain: str
    """Mail for alice, bob and postmaster here is accepted; later is told to come back."""
    ca_file: Path
    log: Path
    pid: int
    home: Path

    @property
    def command(self) -> str:
        """The command line of this Exim, for a shell; options follow it."""
        return f"env LD_LIBRARY_PATH={self.home}/lib {self.home}/exim -C {self.home}/exim.conf"


def give_away(*paths: Path) -> None:
    """Hand files and folders to Exim's own user."""
    for path in paths:
        shutil.chown(path, USER, USER)


@contextmanager
def started(
    root: Path,
    home: Path,
    ready: Callable[[], bool],
    network: Network = lab.THIS_MACHINE,
    *,
    hostname: str = HOSTNAME,
    interfaces: str,
    port: int,
    certificate_file: str,
    key_file: str,
    priorities: str = "NORMAL",
    size_limit: str = SIZE_LIMIT,
    more: str = "",
    configuration: str | None = None,
) -> Iterator[int]:
    """Run Exim out of a folder until the block ends; yields its process id.

    `more` are further lines of its configuration; another one has the same names in braces.
    What is said of interfaces, files and priorities is written into the configuration as it is,
    and expanded by Exim: `$received_ip_address` is the address that a client has connected to.
    """
    program = home / "exim"
    shutil.copyfile(root / "usr/sbin/exim4", program)
    program.chmod(0o755)
    (home / "lib").mkdir()
    for folder in unpacked.libraries(root):
        for library in folder.glob("*.so*"):
            shutil.copy(library, home / "lib")
    for name in ("spool", "log"):
        (home / name).mkdir()
    give_away(home / "spool", home / "log")
    file = home / "exim.conf"
    file.write_text(
        (configuration or CONFIGURATION).format(
            home=home,
            interfaces=interfaces,
            port=port,
            hostname=hostname,
            domain=DOMAIN,
            certificate_file=certificate_file,
            key_file=key_file,
            priorities=priorities,
            size_limit=size_limit,
            more=more,
        )
    )
    with lab.daemon(
        [program, "-bdf", "-C", file],
        ready=ready,
        folder=home,
        env=unpacked.environment([home / "lib"]),
        network=network,
    ) as process:
        yield process.pid


@contextmanager
def once(
    root: Path, more: str, size_limit: str, configuration: str, *, implicit_tls: bool = False
) -> Iterator[Exim]:
    """Run Exim on a port that was free a moment ago; StartError when it no longer is."""
    if implicit_tls:
        configuration = configuration.replace("{more}", "tls_on_connect_ports = {port}\n{more}")
    with lab.home("exim") as home:
        (port,) = lab.free_ports(1)
        certificate = lab.identity(home, HOSTNAME, "localhost", lab.HOST)
        give_away(certificate.key_file)
        with started(
            root,
            home,
            partial(lab.greets, port, implicit_tls=implicit_tls),
            interfaces=lab.HOST,
            port=port,
            certificate_file=str(certificate.certificate_file),
            key_file=str(certificate.key_file),
            size_limit=size_limit,
            more=more,
            configuration=configuration,
        ) as process:
            yield Exim(
                host=lab.HOST,
                port=port,
                hostname=HOSTNAME,
                domain=DOMAIN,
                ca_file=certificate.ca_file,
                log=home / "log" / "main",
                pid=process,
                home=home,
            )


@contextmanager
def running(
    root: Path,
    more: str = "",
    size_limit: str = SIZE_LIMIT,
    configuration: str = CONFIGURATION,
    *,
    implicit_tls: bool = False,
) -> Iterator[Exim]:
    """Run Exim out of the folder it was unpacked in, until the block ends.

    `more` are further lines of its configuration; another one has the same names in braces.
    """

    def run() -> AbstractContextManager[Exim]:
        return once(root, more, size_limit, configuration, implicit_tls=implicit_tls)

    with lab.persistently(run) as server:
        yield server
