"""What every server of the lab needs: its files, free ports, a certificate, a process that ends.

A server runs with our own configuration in a folder of its own, listens on loopback only, and
is stopped by the process id we started. Several runs side by side do not meet.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import ssl
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NoReturn, TypeVar

import pytest
import trustme

from tests.servers import fetch, unpacked
from tests.servers.network import (
    Machine,
    Namespace,
    Network,
    missing_tools,
    namespace,
    why_refused,
)

HOST: Final = "127.0.0.1"

THIS_MACHINE: Final = Machine()

Running = TypeVar("Running")


class StartError(Exception):
    """A server ended, or said nothing, before it could be used; the text holds its last words."""


def required(name: str) -> Path:
    """Return the folder a server is unpacked in; without it skip the test, or fail it under CI."""
    if reason := fetch.why_missing(name):
        missing(f"{name}: {reason}")
    return fetch.root_of(name)


def missing(reason: str) -> NoReturn:
    """Skip the test, as something is not there, or fail it under CI."""
    if os.environ.get("CI") == "true":
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


def program(name: str) -> list[str]:
    """Return the words a program is called by; without it skip the test, or fail it under CI."""
    return unpacked.called(name) or missing(f"{name}: {fetch.why_missing(name)}")


def network_tools() -> None:
    """Skip the test, or fail it under CI, without the programs that make a network namespace."""
    if tools := missing_tools():
        missing(f"no network namespace without {' and '.join(tools)}")


@contextmanager
def own_network() -> Iterator[Namespace]:
    """Make a network namespace for the block; skip the test where that is not permitted."""
    network_tools()
    if reason := why_refused():
        pytest.skip(reason)
    with home("network") as folder, namespace(folder) as network:
        yield network


@contextmanager
def some_network() -> Iterator[Network]:
    """Make a network namespace for the block, or where that is not permitted, use loopback."""
    network_tools()
    if why_refused():
        yield loopback()
        return
    with own_network() as network:
        yield network


def free_ports(count: int, host: str = HOST) -> list[int]:
    """Return ports nobody listens on at this moment, all different."""
    with ExitStack() as held:
        probes = [held.enter_context(socket.socket()) for _ in range(count)]
        for probe in probes:
            probe.bind((host, 0))
        return [probe.getsockname()[1] for probe in probes]


def loopback() -> Machine:
    """Return the machine's own loopback with ports that are free at every address."""
    smtp, submission, smtps, https = free_ports(4, host="")
    return Machine(smtp, submission, smtps, https)


@contextmanager
def home(name: str) -> Iterator[Path]:
    """Yield a new folder which the server's own user may walk into; it is removed afterwards."""
    folder = Path(tempfile.mkdtemp(prefix=f"smtpprobe-{name}-"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@dataclass(frozen=True, slots=True)
class Identity:
    """A server certificate, its key, and the throw-away authority to trust it by."""

    ca_file: Path
    certificate_file: Path
    key_file: Path


def identity(folder: Path, *names: str) -> Identity:
    """Issue a certificate for the names (host names and addresses) into the folder."""
    authority = trustme.CA(organization_name="smtpprobe test lab")
    issued = authority.issue_cert(*names)
    made = Identity(folder / "ca.pem", folder / "server.pem", folder / "server.key")
    authority.cert_pem.write_to_path(str(made.ca_file))
    for position, blob in enumerate(issued.cert_chain_pems):
        blob.write_to_path(str(made.certificate_file), append=position > 0)
    issued.private_key_pem.write_to_path(str(made.key_file))
    made.key_file.chmod(0o600)
    return made


def first_line(port: int, host: str = HOST, within: float = 1.0) -> bytes:
    """Return the first line a server says on a port; OSError when nobody is there."""
    with (
        socket.create_connection((host, port), timeout=within) as connection,
        connection.makefile("rb") as stream,
    ):
        return stream.readline()


def greets(port: int, *, implicit_tls: bool = False, within: float = 1.0) -> bool:
    """Return whether a server greets on a port; a certificate is not looked at.

    Raises:
        OSError: nobody is there, or nobody who shakes hands.
    """
    if not implicit_tls:
        return first_line(port, within=within).startswith(b"220")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    with (
        socket.create_connection((HOST, port), timeout=within) as connection,
        context.wrap_socket(connection) as secured,
    ):
        return secured.recv(3) == b"220"


def wait_until(ready: Callable[[], bool], process: subprocess.Popen[bytes], within: float) -> None:
    """Wait until the server is ready; StartError when its process ends or time is up."""
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise StartError(f"it ended with status {process.returncode}")
        with suppress(OSError):
            if ready():
                return
        time.sleep(0.02)
    raise StartError(f"not ready after {within:g} seconds")


def alive(group: int) -> list[int]:
    """Return the processes of a group that still run; a dead one nobody has asked about is dead."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            state, _, leader = status.read_text().rpartition(")")[2].split()[:3]
            if int(leader) == group and state != "Z":
                found.append(int(status.parent.name))
    return found


def stop(process: subprocess.Popen[bytes], within: float = 5.0) -> None:
    """End a server and every process it made; kill what does not go by itself."""
    group = process.pid  # started as the leader of its own group
    process.terminate()
    with suppress(subprocess.TimeoutExpired):
        process.wait(within)
    deadline = time.monotonic() + within
    while alive(group) and time.monotonic() < deadline:
        time.sleep(0.02)
    with suppress(ProcessLookupError):
        os.killpg(group, signal.SIGKILL)
    process.wait(within)


GUARD: Final = """
read -r _
kill -s TERM -- "-$1" && sleep 1 && kill -s KILL -- "-$1"
rm -rf -- "$2"
"""


@contextmanager
def guarded(group: int, folder: Path) -> Iterator[None]:
    """End a server and remove its folder even when the tests are killed within the block.

    A shell waits on a pipe which only this process can write to: the pipe breaks when we die.
    """
    with subprocess.Popen(
        ["sh", "-c", GUARD, "guard", str(group), str(folder)],
        stdin=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as guard:
        try:
            yield
        finally:
            guard.kill()


@contextmanager
def daemon(
    command: Sequence[str | Path],
    *,
    ready: Callable[[], bool],
    folder: Path,
    env: Mapping[str, str],
    within: float = 60.0,
    network: Network = THIS_MACHINE,
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a server in the foreground, in its own process group, until the block ends.

    `folder` is the server's own; what it prints goes to `output.log` there. It listens, and is
    asked whether it is ready, in the network.
    """
    output = folder / "output.log"
    with output.open("ab") as sink:
        process = subprocess.Popen(
            network.command(*command),
            stdin=subprocess.DEVNULL,
            stdout=sink,
            stderr=sink,
            env=dict(env),
            start_new_session=True,
        )
    with guarded(process.pid, folder):
        try:
            with network.inside():
                wait_until(ready, process, within)
            yield process
        except StartError as error:
            said = "\n".join(log.read_text(errors="replace") for log in folder.glob("*.log"))
            raise StartError(f"{Path(command[0]).name}: {error}\n{said[-4000:]}") from None
        finally:
            stop(process)


@contextmanager
def persistently(
    start: Callable[[], AbstractContextManager[Running]], attempts: int = 3
) -> Iterator[Running]:
    """Start a server again, on other ports, should somebody have taken one it had chosen."""
    with ExitStack() as stack:
        for attempt in range(1, attempts + 1):
            try:
                server = stack.enter_context(start())
                break
            except StartError as error:
                if attempt == attempts or "already in use" not in str(error):
                    raise
        yield server
