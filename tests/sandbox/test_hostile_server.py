"""`smtpprobe sandbox --hostile`: which server is meant, and that it does what is said of it."""

from __future__ import annotations

import asyncio
import io
import re
import signal
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import dns.asyncquery
import dns.message
import dns.rcode
import pytest

from smtpprobe.cli.main import main
from smtpprobe.client import Client, ConnectOptions
from smtpprobe.errors import UsageError
from smtpprobe.net.sts_policy import Place, fetch_policy
from smtpprobe.policy.mta_sts import FetchEnd
from smtpprobe.protocol.command import read_line
from smtpprobe.protocol.events import Received
from smtpprobe.protocol.happening import Happening
from smtpprobe.protocol.phase import Phase
from smtpprobe.protocol.target import Target, TargetKind
from smtpprobe.sandbox.hostile.policies import POLICY_HOST
from smtpprobe.sandbox.hostile.stages import Stage
from smtpprobe.sandbox.hostile.subcommand import read_hostility, serve_hostile


def test_without_a_stage_it_is_the_first_one() -> None:
    assert read_hostility("close").stage is Stage.GREETING
    assert read_hostility("tls-surplus").stage is Stage.STARTTLS
    assert read_hostility("taken-back@rcpt").stage is Stage.RCPT


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("taken-bak", "no hostile server is called 'taken-bak'", "did you mean taken-back?"),
        ("qqqqqq", "no hostile server is called 'qqqqqq'", "docs/hostile.md lists them"),
        ("tls-close@rcpt", "tls-close is not hostile at 'rcpt'", "stages: starttls"),
        ("mx-mani", "no hostile server is called 'mx-mani'", "did you mean mx-many?"),
        ("mx-many@rcpt", "mx-many is a name server, which has no stages", "use mx-many"),
        ("policy-cut@quit", "policy-cut is a policy host, which has no stages", "use policy-cut"),
    ],
)
def test_what_is_not_in_the_catalogue_is_told(text: str, message: str, hint: str) -> None:
    with pytest.raises(UsageError) as told:
        read_hostility(text)
    assert (told.value.message, told.value.hint) == (f"--hostile: {message}", hint)


@pytest.mark.real_time
async def test_every_client_meets_it_and_what_it_says_is_shown() -> None:
    out = io.StringIO()
    serving = asyncio.create_task(serve_hostile(read_hostility("taken-back@ehlo"), out=out))
    while "try" not in out.getvalue():  # noqa: ASYNC110 - the stream tells nobody
        await asyncio.sleep(0.01)
    port = int(out.getvalue().rsplit(":", 1)[1])
    heard: list[bytes] = []
    came = asyncio.Event()

    def take(happening: Happening) -> None:
        if isinstance(happening.event, Received):
            heard.append(happening.event.reply.raw)
            if heard[-1].startswith(b"550"):
                came.set()

    for _ in range(2):
        client = Client(ConnectOptions(family=4))
        client.subscribe(take)
        came.clear()
        await client.open(Target(TargetKind.HOST, "localhost", port))
        await client.send(read_line("EHLO me", Phase.CONNECTED))
        await asyncio.wait_for(came.wait(), 60)
        await client.close()
    assert heard.count(b"550 5.7.1 no\r\n") == 2
    signal.raise_signal(signal.SIGINT)
    assert await serving == 0
    assert "C: EHLO me" in out.getvalue()


@asynccontextmanager
async def served(name: str) -> AsyncIterator[io.StringIO]:
    """Serve a hostile server, and end it as Ctrl-C does."""
    out = io.StringIO()
    serving = asyncio.create_task(serve_hostile(read_hostility(name), out=out))
    while "try" not in out.getvalue():
        assert not serving.done(), await serving
        await asyncio.sleep(0.01)
    yield out
    signal.raise_signal(signal.SIGINT)
    assert await serving == 0


def said_of(out: io.StringIO, name: str) -> str:
    """Return what stands behind a name in what is shown at the start."""
    found = re.search(rf"^  {name} +(.*)$", out.getvalue(), re.MULTILINE)
    assert found is not None, out.getvalue()
    return found[1]


@pytest.mark.real_time
async def test_a_name_server_answers_and_what_it_was_asked_is_shown() -> None:
    async with served("names-servfail") as out:
        host, _, port = said_of(out, "address").partition(",")[0].rpartition(":")
        query = dns.message.make_query("hostile.test", "MX")
        for ask in (dns.asyncquery.udp, dns.asyncquery.tcp):
            answer = await ask(query, host, timeout=20, port=int(port))
            assert answer.rcode() == dns.rcode.SERVFAIL
    assert "hostile name server names-servfail: says SERVFAIL; Ctrl-C stops it" in out.getvalue()
    assert "C: MX hostile.test\n" in out.getvalue()
    assert "C: MX hostile.test (TCP)\n" in out.getvalue()


@pytest.mark.real_time
async def test_a_policy_host_comes_with_the_servers_that_lead_to_it() -> None:
    async with served("policy-cut") as out:
        port = int(said_of(out, "address").rpartition(":")[2])
        ca_file = said_of(out, "CA file").partition("  ")[0]
        found = await fetch_policy(Place(POLICY_HOST, ("127.0.0.1",), port), ca_file, 20.0)
        await asyncio.sleep(0.05)  # a transport that was cut is closed in the next turn
        assert found.end is FetchEnd.CUT
        words = said_of(out, "").split()
        assert words[words.index("--resolver") + 1] == said_of(out, "DNS")
        assert words[words.index("-p") + 1] == said_of(out, "mail").rpartition(":")[2]
    assert "C: GET /.well-known/mta-sts.txt HTTP/1.1\n" in out.getvalue()
    assert f"C: Host: {POLICY_HOST}:{port}\n" in out.getvalue()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("mx-many", "--certificate", "expired"), "a name server has no certificate"),
        (("policy-cut", "--certificate", "expired"), "policy-certificate-expired and others"),
        (("policy-cut", "--host", "::1"), "leave --host out"),
        (("close", "--xclient"), "leave out --hostile"),
        (("mx-many", "--proxy-protocol"), "leave out --hostile"),
        (("mx-many", "--smtps-port", "4465"), "--hostile listens on one port"),
    ],
)
def test_what_does_not_go_with_a_hostile_server_is_refused(
    words: tuple[str, ...], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["sandbox", "--hostile", *words]) == 2
    assert told in capsys.readouterr().err


@pytest.mark.parametrize("more", [(), ("--hostile", "close"), ("--hostile", "mx-many")])
def test_a_port_that_is_taken_is_told_alike(
    more: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert main(["sandbox", "-p", str(port), *more]) == 2
    told = f"smtpprobe: cannot listen on 127.0.0.1 port {port}: address already in use\n"
    assert capsys.readouterr().err == told + "  port 0 takes any free one\n"
