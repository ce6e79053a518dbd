"""A mail server whose TLS is OpenSSL's own on a blocking socket, so that its alerts go out.

asyncio drops what is still to be sent when a handshake fails, and with it the alert.
"""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

HELLO = b"250-mx.example.org\r\n250 SIZE 1000\r\n"


@contextmanager
def serving(context: ssl.SSLContext, *, implicit: bool = False) -> Iterator[int]:
    """Serve one client after the other until the block ends; gives the port on loopback."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=_serve, args=(listener, context, implicit))
        thread.start()
        try:
            yield listener.getsockname()[1]
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            thread.join()


def _serve(listener: socket.socket, context: ssl.SSLContext, implicit: bool) -> None:
    while True:
        try:
            client, _ = listener.accept()
        except OSError:
            return
        client.settimeout(10)
        with client, suppress(OSError):
            if not implicit:
                _talk(client, HELLO.replace(b"250 SIZE", b"250-STARTTLS\r\n250 SIZE"))
            with context.wrap_socket(client, server_side=True) as inside:
                _talk(inside, HELLO, greets=implicit)


def _talk(client: socket.socket, hello: bytes, *, greets: bool = True) -> None:
    """Speak SMTP until STARTTLS, QUIT or the end."""
    if greets:
        client.sendall(b"220 mx.example.org ESMTP\r\n")
    while line := client.recv(1000):
        verb = line[:4].upper()
        client.sendall(hello if verb == b"EHLO" else b"220 go\r\n")
        if verb != b"EHLO":
            return
