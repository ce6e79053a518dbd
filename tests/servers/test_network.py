"""A network namespace of our own: what stands in it, and that nothing of it is left."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.servers import lab
from tests.servers.network import Namespace

REPOSITORY = Path(__file__).parents[2]

FOLDER = 6
"""Where it stands in `sh -c HOLDER holder links resolv.conf folder`, the holder's command."""

HELD = """
from tests.servers import lab
with lab.own_network() as network:
    print(network.holder, flush=True)
    input()
"""


@pytest.fixture(scope="module")
def network() -> Iterator[Namespace]:
    with lab.own_network() as made:
        yield made


def test_addresses_of_both_families_listen_on_port_25(network: Namespace) -> None:
    for address in (network.address(7), network.address6(7)):
        with (
            network.inside(),
            socket.create_server((address, 25), family=family(address)) as server,
            socket.create_connection((address, 25), timeout=60) as client,
            server.accept()[0] as connection,
        ):
            assert connection.getpeername()[:2] == client.getsockname()[:2]


def family(address: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in address else socket.AF_INET


def test_what_listens_within_cannot_be_reached_from_without(network: Namespace) -> None:
    with network.inside():
        server = socket.create_server((lab.HOST, 0))
    with server, pytest.raises(ConnectionRefusedError):
        socket.create_connection(server.getsockname(), timeout=60)


def test_an_address_refuses_another_has_no_route_and_a_third_is_silent(network: Namespace) -> None:
    with network.inside():
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection((network.address6(200), 25), timeout=60)
        with pytest.raises(OSError, match="unreachable"):
            socket.create_connection((network.unreachable, 25), timeout=60)
        with pytest.raises(TimeoutError):
            socket.create_connection((network.silent, 25), timeout=0.2)


def test_programs_find_a_resolver_of_their_own_there(network: Namespace) -> None:
    ours = Path("/etc/resolv.conf")
    before = ours.read_bytes() if ours.exists() else None
    within = network.run("cat", ours).stdout
    assert within.startswith("nameserver 127.0.0.1\n")
    assert (ours.read_bytes() if ours.exists() else None) == before != within.encode()


def test_programs_find_the_files_of_these_tests_there(network: Namespace) -> None:
    assert network.run("cat", __file__).stdout == Path(__file__).read_text()
    assert network.run("sh", "-c", "pwd -P").stdout == f"{Path.cwd()}\n"


@contextmanager
def another() -> Iterator[tuple[subprocess.Popen[str], Path]]:
    """Make a second namespace in a process of its own; yield it and what shows its holder."""
    with subprocess.Popen(
        [sys.executable, "-c", HELD],
        cwd=REPOSITORY,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout
        try:
            yield process, Path("/proc", process.stdout.readline().strip())
        finally:
            process.kill()


def has_ended(process: Path) -> bool:
    """Whether it is gone, or a zombie: in a container the first process may reap nobody."""
    try:
        return process.joinpath("stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except (FileNotFoundError, ProcessLookupError):
        return True


def wait_for(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.02)


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGINT])
def test_when_the_tests_end_in_any_way_it_goes_with_them(
    network: Namespace, end: signal.Signals
) -> None:
    assert network.holder
    with another() as (process, holder):
        folder = Path((holder / "cmdline").read_bytes().split(b"\0")[FOLDER].decode())
        assert folder.is_dir()
        os.kill(process.pid, end)
        wait_for(lambda: has_ended(holder) and not folder.exists())
