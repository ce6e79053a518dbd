"""A real SOCKS5 proxy on loopback: Debian's microsocks."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager

from tests.servers import lab


def _accepts(port: int) -> bool:
    try:
        socket.create_connection((lab.HOST, port), 1).close()
    except OSError:
        return False
    return True


@contextmanager
def running(*login: str) -> Iterator[int]:
    """Run the proxy until the block ends; yields its port. `login` is a user and a password."""
    program = lab.required("microsocks") / "usr/bin/microsocks"
    options = ["-u", login[0], "-P", login[1]] if login else []
    with lab.home("microsocks") as home:
        (port,) = lab.free_ports(1)
        with lab.daemon(
            [program, "-i", lab.HOST, "-p", str(port), *options],
            ready=lambda: _accepts(port),
            folder=home,
            env={},
        ):
            yield port
