"""The way out of one call: a guard of what is sent and a connector that looks at each address.

guard.opens(target)     the name, before DNS is asked
connector(to, make)     the address, before it is dialled
guard's check           the octets, before they go out
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from smtpprobe.assistant.allowed import Allowed
from smtpprobe.assistant.no_mail import NoMail
from smtpprobe.net.connect import Connector, Endpoint, Made, direct
from smtpprobe.protocol.target import Target

HTTPS = 443


class Gate:
    """What one call may reach. It is a `Connector`, and `opens` a `Guard` of sessions.

    An address has to be permitted by its number, or to come from a name that was let through; then
    the port is the one that the name was asked with, or that of HTTPS, where the policies of a
    domain are (RFC 8461).
    """

    def __init__(self, allowed: Allowed, *, mail: bool, beneath: Connector = direct) -> None:
        self._allowed = allowed
        self._mail = mail
        self._beneath = beneath
        self._ports: set[int | None] = set()

    def opens(self, target: Target) -> Callable[[bytes], None]:
        """Let a target through, and return what is asked before octets go out to it.

        Raises:
            UsageError: it is not permitted.
        """
        self._allowed.check_target(target)
        self._ports |= {target.port, HTTPS}
        return _anything if self._mail else NoMail()

    async def __call__(
        self, to: Endpoint, make: Callable[[], Made], /
    ) -> tuple[asyncio.Transport, Made]:
        """Return the transport to an endpoint.

        Raises:
            OSError: it is not permitted, or there is no connection.
        """
        fault = self._allowed.address_fault(to.address, to.port)
        if to.port not in self._ports:
            fault = f"not permitted: port {to.port} was not asked for"
        if fault:
            raise ConnectionError(fault)
        return await self._beneath(to, make)


def _anything(_octets: bytes) -> None:
    """Let everything go out."""
