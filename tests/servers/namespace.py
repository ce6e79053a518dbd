"""A network of our own: addresses, port 25 and a resolv.conf that nobody else on the machine has.

A process of ours holds a network and a mount namespace; they end with it, also when the tests are
killed, as it reads from a pipe which only this process can write to. Nothing is left anywhere: no
name below /run/netns, no interface, no file in /etc.

All of 192.0.2.0/24 is local there, and so are 2001:db8::1 to 2001:db8::ff; SILENT takes packets
and says nothing, UNREACHABLE has no route.
"""

from __future__ import annotations

import ctypes
import functools
import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

SILENT: Final = "198.51.100.1"
UNREACHABLE: Final = "203.0.113.1"

CLONE_NEWNET: Final = 0x40000000

LINKS: Final = """\
link set lo up
address add 192.0.2.1/24 dev lo
link add void type veth peer name nobody
link set void up
link set nobody up
address add 198.51.100.254/24 dev void
neighbour add 198.51.100.1 lladdr 02:00:00:00:00:01 dev void nud permanent
"""

HOLDER: Final = """\
ip -batch "$1" || exit
echo 0 > /proc/sys/net/ipv4/ip_unprivileged_port_start || exit
mount --bind "$2" /etc/resolv.conf || exit
echo ready
read -r _
"""


def address(number: int) -> str:
    """Return the lab's IPv4 address of that number, 1 to 254."""
    return f"192.0.2.{number}"


def address6(number: int) -> str:
    """Return the lab's IPv6 address of that number, 1 to 255."""
    return f"2001:db8::{number:x}"


def batch() -> str:
    """Return what `ip -batch` makes of the new namespace."""
    more = (f"address add {address6(number)}/128 dev lo nodad\n" for number in range(1, 256))
    return LINKS + "".join(more)


@functools.cache
def why_not() -> str | None:
    """Return why this machine gives us no network namespace, or None when it does."""
    if missing := [name for name in ("ip", "unshare", "nsenter") if not shutil.which(name)]:
        return f"no network namespace without {' and '.join(missing)}"
    attempt = ["unshare", "--net", "--mount", "ip", "link", "set", "lo", "up"]
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


@dataclass(frozen=True, slots=True)
class Namespace:
    """The network, as long as its holder runs."""

    holder: int
    """The process id of the one that holds it."""

    def command(self, *parts: str | Path) -> list[str]:
        """Return a command as it is to be written for it to run within, with our resolv.conf."""
        return ["nsenter", f"--target={self.holder}", "--net", "--mount", "--", *map(str, parts)]

    def run(
        self,
        command: Sequence[str | Path],
        *,
        env: Mapping[str, str] | None = None,
        within: float = 60.0,
    ) -> subprocess.CompletedProcess[str]:
        """Run a command within and return what it said."""
        return subprocess.run(
            self.command(*command),
            env=dict(os.environ) | dict(env or {}),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=within,
        )

    @contextmanager
    def inside(self) -> Iterator[None]:
        """Have the calling thread, and threads it begins, make their sockets within.

        A socket stays where it was made, and so do the connections it accepts.
        """
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


@contextmanager
def made(folder: Path, resolver: str) -> Iterator[Namespace]:
    """Make a namespace whose resolv.conf names a resolver; it ends with the block."""
    links, resolv_conf = folder / "links.batch", folder / "resolv.conf"
    links.write_text(batch())
    resolv_conf.write_text(f"nameserver {resolver}\noptions timeout:2 attempts:1\n")
    with subprocess.Popen(
        ["unshare", "--net", "--mount", "sh", "-c", HOLDER, "holder", links, resolv_conf],
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
