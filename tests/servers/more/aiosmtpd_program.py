"""Runs aiosmtpd as its documentation shows it, until it is ended.

PORT CERTIFICATE KEY [implicit-tls]
"""

from __future__ import annotations

import ssl
import sys
import threading

from aiosmtpd.controller import Controller  # type: ignore[import-not-found]
from aiosmtpd.smtp import AuthResult, LoginPassword  # type: ignore[import-not-found]

from tests.servers.more.stand import HOSTNAME, IDLE, PASSWORD, SIZE_LIMIT, USER


def authenticate(
    _server: object, _session: object, _envelope: object, _mechanism: str, given: LoginPassword
) -> AuthResult:
    """Return whether it is the one user."""
    right = given.login == USER.encode() and given.password == PASSWORD.encode()
    return AuthResult(success=right, handled=False)


class Sink:
    """Takes every message, as the handler of the documentation does."""

    async def handle_DATA(self, *_: object) -> str:  # noqa: N802 - aiosmtpd names it
        """Return the reply."""
        return "250 OK"


def main(port: str, certificate: str, key: str, implicit_tls: str = "") -> None:
    """Serve until the process is ended."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, key)
    Controller(
        Sink(),
        hostname="127.0.0.1",
        port=int(port),
        server_hostname=HOSTNAME,
        data_size_limit=SIZE_LIMIT,
        **{"ssl_context" if implicit_tls else "tls_context": context},
        authenticator=authenticate,
        timeout=IDLE,
    ).start()
    threading.Event().wait()


if __name__ == "__main__":
    main(*sys.argv[1:])
