"""A policy host on loopback that does what a row of `policies.py` has it do, over HTTPS.

With it come a name server and a mail host in order, so that a client can be led to it.
"""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple

from smtpprobe.sandbox import faults
from smtpprobe.sandbox.faults import StartTls, Step, Talk
from smtpprobe.sandbox.hostile.name_server import serving_names
from smtpprobe.sandbox.hostile.names import answer, in_order
from smtpprobe.sandbox.hostile.policies import POLICY_HOST, PolicyEntry
from smtpprobe.sandbox.hostile.server import Conversation
from smtpprobe.sandbox.throwaway_ca import Certificate, server_context

HTTPS: Final = 443
"""The port that clients ask for a policy."""

MAIL_NAME: Final = "mx.hostile.test"

MOST_LINES = 100
"""How many lines of a request are read; the last is empty."""


@dataclass(frozen=True, slots=True)
class Request(Step):
    """Read a request up to the empty line; `on_line` gets each line before it."""

    on_line: Callable[[bytes], None] = field(default=lambda _: None)

    async def play(self, talk: Talk) -> None:
        """Do it to a client."""
        for _ in range(MOST_LINES):
            line = await talk.line()
            if not line.strip():
                return
            self.on_line(line)


def conversation(
    entry: PolicyEntry, context: ssl.SSLContext, on_line: Callable[[bytes], None] = lambda _: None
) -> Sequence[Step]:
    """Return the steps of a policy host towards each client."""
    if not entry.says:
        return entry.first
    return (*entry.first, StartTls(context), Request(on_line), *entry.says)


class Domain(NamedTuple):
    """What serves `hostile.test`: ports on one address, and the CA file that vouches for them."""

    policy_port: int
    names_port: int
    mail_port: int
    ca_file: str


@asynccontextmanager
async def serving_domain(
    entry: PolicyEntry,
    folder: Path,
    host: str = "127.0.0.1",
    port: int = 0,
    on_line: Callable[[bytes], None] = lambda _: None,
) -> AsyncIterator[Domain]:
    """Serve a domain whose policy host is hostile and whose other servers are in order.

    The certificates' CAs are written into the folder.

    Raises:
        OSError: the port cannot be had.
    """
    policy_ca, mail_ca, both = (folder / f"{one}.pem" for one in ("policy-ca", "mail-ca", "ca"))
    policy_tls = server_context(entry.certificate, policy_ca, (POLICY_HOST,))
    mail_tls = server_context(Certificate.GOOD, mail_ca, (MAIL_NAME,))
    both.write_bytes(policy_ca.read_bytes() + mail_ca.read_bytes())
    async with (
        faults.serve(conversation(entry, policy_tls, on_line), host=host, port=port) as policies,
        faults.serve([Conversation(mail_tls)], host=host) as mail,
        serving_names(lambda asked: answer(asked, in_order(asked)), host) as names,
    ):
        yield Domain(policies.port, names, mail.port, str(both))
