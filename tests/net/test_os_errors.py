"""The words for why a connection ended."""

from __future__ import annotations

import errno
import os
import socket
import ssl

import pytest

from smtpprobe.net.os_errors import loss_reason


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (None, ""),
        (ConnectionResetError(errno.ECONNRESET, "Connection reset by peer"), "connection reset"),
        (BrokenPipeError(errno.EPIPE, "Broken pipe"), "broken pipe"),
        (
            socket.gaierror(socket.EAI_NONAME, "Name or service not known"),
            "name or service not known",
        ),
        (OSError(errno.EHOSTUNREACH, "other words"), "no route to host"),
        (OSError("no number"), "no number"),
        (ValueError("odd"), "odd"),
    ],
)
def test_the_end_of_a_connection_has_few_words(error: BaseException | None, reason: str) -> None:
    assert loss_reason(error) == reason


def test_a_number_of_the_resolver_is_not_read_as_one_of_the_system() -> None:
    number = next(one for one in range(1, 20) if os.strerror(one))
    assert loss_reason(socket.gaierror(number, "Try Again")) == "try again"


def test_a_fault_of_tls_is_named_as_one() -> None:
    assert loss_reason(ssl.SSLError(1, "[SSL] odd")) not in ("", "odd")
