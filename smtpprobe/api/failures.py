"""What leaves a call of the Python interface with nothing to return.

All are ProbeErrors (smtpprobe/errors.py has the others).
"""

from __future__ import annotations

from typing import ClassVar

from smtpprobe.errors import ProbeError
from smtpprobe.exits import ExitStatus
from smtpprobe.protocol.session import Exchange
from smtpprobe.protocol.tls_facts import TlsFacts


class NoReply(ProbeError):  # noqa: N818 - names the outcome
    """A command got no reply: none in time, or the connection was closed."""

    status: ClassVar = ExitStatus.CANNOT_TELL


class HandshakeFailed(ProbeError):  # noqa: N818
    """STARTTLS did not lead into TLS.

    `exchange` is STARTTLS and its reply; `tls` is what the handshake showed, None where the reply
    was no 220 and none began.
    """

    status: ClassVar = ExitStatus.CHECK_FAILED

    def __init__(self, message: str, exchange: Exchange, tls: TlsFacts | None = None) -> None:
        super().__init__(message)
        self.exchange = exchange
        self.tls = tls


class NotProven(ProbeError):  # noqa: N818
    """A login was accepted, but the server did not prove that it knows the password."""

    status: ClassVar = ExitStatus.CHECK_FAILED
