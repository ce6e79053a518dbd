"""What real servers answer to faulty lines, in their words and codes, is explained by the line."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterable

import pytest

from smtpprobe.knowledge.annotate import annotate
from smtpprobe.protocol.command import read_line
from smtpprobe.protocol.events import Opened, Received, Sent
from smtpprobe.protocol.reply import parse_reply
from smtpprobe.protocol.session import START, Exchange, advance
from smtpprobe.protocol.target import parse_target
from tests.servers.exim import Exim
from tests.servers.postfix import Postfix

pytestmark = pytest.mark.real_time

FAULTS = [
    ("EHLO", "no name was given"),
    ("EHLO probe.test", ""),
    ("MAIL FROM a@b.example", "the colon after FROM"),
    ("MAIL a@b.example", "FROM: is missing"),
    ("STARTLS", "did you mean STARTTLS"),
]
LOGINS = [("AUTH", "needs a mechanism"), ("AUTH bob secret", "AUTH takes a mechanism")]


def exchanges(host: str, port: int, lines: Iterable[str]) -> list[Exchange]:
    """Return what a server says to lines, one at a time."""
    aim = parse_target(f"[{host}]:{port}")
    state, found = advance(START, Opened(0.0, aim, host, port))[0], []
    with (
        socket.create_connection((host, port), timeout=60) as connection,
        connection.makefile("rb") as stream,
    ):
        for line in ("", *lines):
            if line:
                command = read_line(line, state.phase)
                connection.sendall(command.raw)
                state, _ = advance(state, Sent(0.0, command))
            raw = b""
            while not raw or raw.splitlines()[-1][3:4] == b"-":
                read = stream.readline()
                assert read, (line, raw)
                raw += read
            state, exchange = advance(state, Received(0.0, parse_reply(raw)))
            assert exchange is not None
            found.append(exchange)
    return found[1:]


def check(host: str, port: int, faults: list[tuple[str, str]]) -> None:
    said = exchanges(host, port, [line for line, _ in faults])
    for exchange, (line, wanted) in zip(said, faults, strict=True):
        annotation = annotate(exchange)
        assert re.search(wanted, annotation.meaning), (line, exchange.reply.raw, annotation)
        assert "password wrong" not in annotation.meaning


def test_postfix_is_understood(postfix: Postfix) -> None:
    check(postfix.host, postfix.ports.smtp, FAULTS)


def test_exim_is_understood(exim: Exim) -> None:
    *faults, unknown = FAULTS
    check(exim.host, exim.port, faults)
    check(exim.host, exim.port, [("EHLO probe.test", ""), unknown])
    # One fault more than it allows: that it has had enough is what counts then.
    check(exim.host, exim.port, [*faults, (unknown[0], "too many errors in this session")])


def test_a_login_half_done_at_postfix_and_dovecot_is_not_called_a_wrong_password(
    submission: Postfix,
) -> None:
    hello = [("EHLO probe.test", "")]
    for logins in (LOGINS, [("AUTH LOGIN", ""), ("bob@example.org", "not base64")]):
        check(submission.host, submission.ports.lax, [*hello, *logins])
