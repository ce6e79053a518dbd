"""Where the lab's servers listen: in a network of their own, or on ports of loopback.

A Namespace has addresses, port 25 and a resolv.conf that nobody else on the machine has. A process
of ours holds it; it ends with that process, also when the tests are killed, as the process reads
from a pipe which only we can write to. Nothing is left anywhere: no name below /run/netns, no
interface, no file in /etc.

All of 192.0.2.0/24 and 198.18.0.0/15 is local there, as are 2001:db8::1 to 2001:db8::ff; one more
address takes packets and says nothing, and another has no route.

A Machine is what there is without such rights: 127.0.2.0/24, ports that were free, no IPv6.
"""

from __future__ import annotations

import ctypes
import functools
import os
import shutil
import subprocess
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.servers import unpacked

CLONE_NEWNET: Final = 0x40000000

LINKS: Final = """\
link set lo up
address add 192.0.2.1/24 dev lo
address add 198.18.0.1/15 dev lo
link add void type veth peer name nobody
link set void up
link set nobody up
address add 198.51.100.254/24 dev void
neighbour add 198.51.100.1 lladdr 02:00:00:00:00:01 dev void nud permanent
"""

# A machine may have no resolv.conf, or a link that leads nowhere: then a copy of /etc has one.
HOLDER: Final = """\
links=$1 resolv_conf=$2 folder=$3
shift 3
"$@" -batch "$links" || exit
echo 0 > /proc/sys/net/ipv4/ip_unprivileged_port_start || exit
[ -e /etc/resolv.conf ] || {
    cp -a /etc "$folder/etc" && mount --bind "$folder/etc" /etc &&
    rm -f /etc/resolv.conf && : > /etc/resolv.conf
} || exit
mount --bind "$resolv_conf" /etc/resolv.conf || exit
echo ready
read -r _
umount -l /etc/resolv.conf
umount -l /etc 2> /dev/null
rm -rf -- "$folder"
"""


def batch() -> str:
    """Return what `ip -batch` makes of the new namespace."""
    more = (f"address add 2001:db8::{number:x}/128 dev lo nodad\n" for number in range(1, 256))
    return LINKS + "".join(more)


def missing_tools() -> list[str]:
    """Return the programs that a namespace is made and entered with and that are not there."""
    own = [name for name in ("unshare", "nsenter") if not shutil.which(name)]
    return own if unpacked.called("ip") else [*own, "ip"]


def ip() -> list[str]:
    """Return the words that `ip` is called by."""
    return unpacked.called("ip") or ["ip"]


@functools.cache
def why_refused() -> str | None:
    """Return why the system gives us no network namespace, or None when it does."""
    attempt = ["unshare", "--net", "--mount", *ip(), "link", "set", "lo", "up"]
    tried = subprocess.run(attempt, capture_output=True, text=True, check=False)
    return f"no network namespace: {tried.stderr.strip()}" if tried.returncode else None


@functools.cache
def libc() -> ctypes.CDLL:
    """Return the C library: `os.setns` came with Python 3.12."""
    return ctypes.CDLL(None, use_errno=True)


def move_this_thread(namespace: int) -> None:
    """Put the calling thread into the network namespace of an open file."""
    if libc().setns(namespace, CLONE_NEWNET):
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))


class Network(ABC):
    """Addresses and ports for servers, and the way to run something where they are."""

    smtp_port: int
    submission_port: int
    smtps_port: int
    https_port: int
    dns_port: int
    """The resolver's; 0 if it has to look for one."""
    silent: str
    """An address that takes packets and says nothing; empty where there is none."""
    unreachable: str
    """An address without a route to it; empty where there is none."""

    @abstractmethod
    def address(self, number: int) -> str:
        """Return the IPv4 address of that number, 1 to 254."""

    @abstractmethod
    def address6(self, number: int) -> str | None:
        """Return the IPv6 address of that number, 1 to 254, or None where there are none."""

    @abstractmethod
    def command(self, *parts: str | Path) -> list[str]:
        """Return a command as it is to be written for it to run there."""

    @abstractmethod
    def inside(self) -> AbstractContextManager[None]:
        """Have the calling thread, and threads it begins, make their sockets there.

        A socket stays where it was made, and so do the connections it accepts.
        """

    def run(
        self,
        *command: str | Path,
        env: Mapping[str, str] | None = None,
        within: float = 240.0,
    ) -> subprocess.CompletedProcess[str]:
        """Run a command there, with more environment, and return what it said."""
        return subprocess.run(
            self.command(*command),
            env=dict(os.environ) | dict(env or {}),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=within,
        )


@dataclass(frozen=True, slots=True)
class Namespace(Network):
    """A network of our own, as long as its holder runs."""

    holder: int
    """The process id of the one that holds it."""
    smtp_port: int = 25
    submission_port: int = 587
    smtps_port: int = 465
    https_port: int = 443
    dns_port: int = 53
    silent: str = "198.51.100.1"
    unreachable: str = "203.0.113.1"

    def address(self, number: int) -> str:
        """Return an address of TEST-NET-1 (RFC 5737)."""
        return f"192.0.2.{number}"

    def address6(self, number: int) -> str:
        """Return an address of the prefix for documentation (RFC 3849)."""
        return f"2001:db8::{number:x}"

    def command(self, *parts: str | Path) -> list[str]:
        """Return a command that runs within, with our resolv.conf.

        Who enters a mount namespace leaves a chroot and loses the working folder, so both are
        told as well.
        """
        enter = ("nsenter", f"--target={self.holder}", "--net", "--mount", "--root", "--wd")
        return [*enter, "--", *map(str, parts)]

    @contextmanager
    def inside(self) -> Iterator[None]:
        """Put the calling thread into the namespace, and back."""
        home, away = (
            os.open(f"/proc/{process}/ns/net", os.O_RDONLY | os.O_CLOEXEC)
            for process in ("thread-self", self.holder)
        )
        try:
            move_this_thread(away)
            try:
                yield
            finally:
                move_this_thread(home)
        finally:
            os.close(home)
            os.close(away)


@dataclass(frozen=True, slots=True)
class Machine(Network):
    """The loopback addresses of the machine itself."""

    smtp_port: int = 0
    submission_port: int = 0
    smtps_port: int = 0
    https_port: int = 0
    dns_port: int = 0
    silent: str = ""
    unreachable: str = ""

    def address(self, number: int) -> str:
        """Return an address of loopback."""
        return f"127.0.2.{number}"

    def address6(self, number: int) -> None:
        """Return None: loopback has but one."""

    def command(self, *parts: str | Path) -> list[str]:
        """Return the command as it is."""
        return [str(part) for part in parts]

    def inside(self) -> AbstractContextManager[None]:
        """Change nothing: we are there."""
        return nullcontext()


@contextmanager
def namespace(folder: Path) -> Iterator[Namespace]:
    """Make a namespace whose resolv.conf names 127.0.0.1; it ends with the block.

    Files for it are written into the folder, which is removed even when the tests are killed.
    """
    links, resolv_conf = folder / "links.batch", folder / "resolv.conf"
    links.write_text(batch())
    resolv_conf.write_text("nameserver 127.0.0.1\noptions timeout:8 attempts:1\n")
    with subprocess.Popen(
        [
            *("unshare", "--net", "--mount", "sh", "-c", HOLDER),
            *("holder", str(links), str(resolv_conf), str(folder), *ip()),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as holder:
        assert holder.stdin is not None
        assert holder.stdout is not None
        try:
            if (said := holder.stdout.readline()) != "ready\n":
                raise OSError(f"no network namespace: {said}{holder.stdout.read()}")
            yield Namespace(holder.pid)
        finally:
            holder.kill()
