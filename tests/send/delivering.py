"""Runs a delivery in process: the words of the command line against a server made for it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import NamedTuple

from smtpprobe.cli.send_parser import send_parser
from smtpprobe.client import Client, ConnectOptions
from smtpprobe.errors import ConnectFailed
from smtpprobe.protocol.auth.login import Credentials
from smtpprobe.protocol.auth.mechanisms import Secret
from smtpprobe.protocol.events import Sent
from smtpprobe.protocol.happening import Happening
from smtpprobe.protocol.phase import Dialect
from smtpprobe.protocol.session import State
from smtpprobe.protocol.target import Target, TargetKind
from smtpprobe.protocol.transport.proxy_header import parse_header
from smtpprobe.sandbox import faults
from smtpprobe.sandbox.faults import Hang, Hear, Say, Step
from smtpprobe.send.arguments import Arguments, read_words
from smtpprobe.send.conversation import Delivery
from smtpprobe.send.judge import Report
from smtpprobe.send.order import Stage

SENDER = ("--from", "me@client.example")


def given(*words: str) -> Arguments:
    return read_words(send_parser().read([*SENDER, *words, "mx.example"]), "client.example")


def to(*addresses: str) -> list[str]:
    return [word for address in addresses for word in ("--to", address)]


class Ran(NamedTuple):
    report: Report
    heard: list[bytes]

    @property
    def lines(self) -> list[str]:
        """What the server has heard, without line ends, the message left out."""
        lines = [line.decode(errors="replace").rstrip("\r\n") for line in self.heard]
        return [line for line in lines if line.split(" ")[0].upper() in _VERBS]

    @property
    def results(self) -> list[tuple[str, str]]:
        return [(fate.address, fate.result.value) for fate in self.report.fates]


_VERBS = {
    "EHLO",
    "HELO",
    "LHLO",
    "STARTTLS",
    "AUTH",
    "MAIL",
    "RCPT",
    "DATA",
    "BDAT",
    "RSET",
    "QUIT",
}


async def deliver(
    words: Arguments,
    server: Sequence[Step],
    *,
    ca_file: str | None = None,
    lmtp: bool = False,
    header: str = "",
) -> Ran:
    """Deliver to a server that takes these steps; it is on loopback, whatever was named."""
    async with faults.serve(list(server)) as listening:
        target = Target(TargetKind.HOST, "localhost", listening.port)
        if lmtp:
            target = target._replace(dialect=Dialect.LMTP)
        ran = await delivered(words, target, ca_file=ca_file, header=header)
        await asyncio.sleep(0.1)  # the server reads what was sent before
        return ran._replace(heard=list(listening.heard))


async def delivered(
    words: Arguments, target: Target, *, ca_file: str | None = None, header: str = ""
) -> Ran:
    """Deliver to a target, behind a PROXY header where one is given; what was heard was sent."""
    options = ConnectOptions(
        family=4,
        greeting_timeout=1.0,
        ca_file=ca_file,
        verify=ca_file is not None,
        proxy_header=parse_header(header) if header else None,
    )
    client = Client(options)
    sent: list[bytes] = []

    def note(happening: Happening) -> None:
        if isinstance(happening.event, Sent):
            sent.append(happening.event.command.raw)

    client.subscribe(note, Sent)
    delivery = Delivery(client, words.order, words.source, words.limits, credentials)
    try:
        await client.open(target)
    except ConnectFailed as error:
        delivery.could_not(Stage.CONNECT, error.message)
    else:
        await delivery.run()
    await client.close()
    words.source.close()
    return Ran(delivery.report(str(target)), sent)


def credentials(_state: State, _kind: Secret | None) -> Credentials:
    return Credentials("bob", "secret")


def ehlo(*keywords: str) -> Say:
    lines = ["mx.example", *keywords]
    marks = ["-"] * (len(lines) - 1) + [" "]
    pairs = zip(marks, lines, strict=True)
    return Say("".join(f"250{mark}{line}\r\n" for mark, line in pairs).encode())


GREETING = Say(b"220 mx.example ESMTP\r\n")
HANG = Hang()


def told(*pairs: tuple[bytes, bytes], keywords: Sequence[str] = ()) -> list[Step]:
    """A server that greets, answers EHLO, then each command with its reply, and waits."""
    steps: list[Step] = [GREETING, Hear(b"EHLO"), ehlo(*keywords)]
    for command, reply in pairs:
        steps += [Hear(command), Say(reply)]
    return [*steps, HANG]


OK = b"250 2.1.0 Ok\r\n"
GO_ON = b"354 go on\r\n"
QUEUED = b"250 2.0.0 Ok: queued as 4Xyz12ab\r\n"
BYE = b"221 2.0.0 Bye\r\n"
DELIVERED = (
    (b"MAIL", OK), (b"RCPT", OK), (b"DATA", GO_ON), (b".\r\n", QUEUED), (b"QUIT", BYE)
)  # fmt: skip
