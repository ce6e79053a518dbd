"""Command lines of swaks: the `send` line that does the same, tried against swaks itself."""

from __future__ import annotations

import asyncio
import shlex
from collections.abc import Callable, Sequence

import pytest

from smtpprobe.cli.main import main
from smtpprobe.cli.send_parser import send_parser
from smtpprobe.errors import UsageError
from smtpprobe.script.importers.swaks_command import translated
from smtpprobe.script.importers.swaks_options import OPTIONS, Row, Takes
from smtpprobe.send.arguments import read_words
from tests.program import called
from tests.servers import lab

EXAMPLES = [row.example for row in OPTIONS if row.example]


@pytest.mark.parametrize(
    ("given", "line"),
    [
        ("swaks --to a@x.example", "--to a@x.example"),
        ("-t a@x.example -f b@y.example", "--to a@x.example --from b@y.example"),
        ("/usr/bin/swaks --to=a@x.example -tls", "--to a@x.example --starttls"),
        ("swaks -t a@x.example -s mx.x.example:26", "--to a@x.example '[mx.x.example]:26'"),
        ("swaks -t a@x.example -s [::1]/26", "--to a@x.example '[::1]:26'"),
        ("swaks -t a@x.example --protocol LMTP -s mx -p 24",
         "--to a@x.example 'lmtp://[mx]:24'"),
        ("swaks -t a@x.example --socket /run/lmtp --protocol LMTP",
         "--to a@x.example lmtp+unix:/run/lmtp"),
        ("swaks -t a@x.example --pipe 'exim -bh 192.0.2.1'",
         "--to a@x.example 'pipe:exim -bh 192.0.2.1'"),
        ("swaks -t a@x.example -a -au bob", "--to a@x.example --auth auto --auth-user bob"),
        ("swaks -t a@x.example --h-X-Mine 'a b'", "--to a@x.example --header 'X-Mine: a b'"),
        ("swaks -t a@x.example -li 192.0.2.1 -lp 99",
         "--to a@x.example --bind 192.0.2.1:99"),
        ("swaks -t a@x.example --protocol SSMTP",
         "--to a@x.example --tls implicit"),
        ("swaks -t a@x.example -f ''", "--to a@x.example --from ''"),
        ("swaks -t a@x.example -stl -nth -n", "--to a@x.example"),
    ],
)  # fmt: skip
def test_a_line_of_swaks_becomes_the_line_that_does_the_same(given: str, line: str) -> None:
    found = translated(given)
    assert found.line == f"smtpprobe send {line}"
    assert found.troubles == ()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("swaks -t a@x.example --xclient-name x", "--xclient-name"),
        ("swaks -t a@x.example --no-tls", "--no-tls"),
        ("swaks -t a@x.example --nonsense", "--nonsense"),
        ("swaks -t a@x.example -d text", "--data TEXT"),
        ("swaks -t a@x.example -q XCLIENT", "XCLIENT"),
        ("swaks -t a@x.example -ap geheim", "--auth-password is left out"),
    ],
)
def test_what_cannot_be_expressed_is_told(
    given: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", "swaks-command", given]) == 1
    told = capsys.readouterr()
    assert said in told.err
    assert told.out.startswith("smtpprobe send --to a@x.example")
    assert "geheim" not in told.out


@pytest.mark.parametrize("given", ["", "swaks", "swaks 'open", "swaks mx.example.org"])
def test_what_is_no_command_line_of_swaks_is_refused(given: str) -> None:
    with pytest.raises(UsageError):
        translated(given)


@pytest.mark.parametrize(
    "row", [row for row in OPTIONS if row.option], ids=lambda row: row.names[0]
)
def test_every_option_that_has_one_here_is_translated(row: Row) -> None:
    value = "" if row.takes is Takes.NOTHING else " @x"
    words = translated(f"swaks --{row.names[0]}{value}").words
    assert len(words) > 1


class Listening:
    """A server that accepts everything, and notes the lines before and after the message."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    async def __call__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 mx.example ESMTP\r\n")
        text = False
        while line := await reader.readline():
            word = line[:4].upper()
            if text:
                if line != b".\r\n":
                    continue
                text = False
            else:
                self.lines.append(line.decode().strip())
                text = word == b"DATA"
            answer = b"354 go\r\n" if text else b"250 2.0.0 ok\r\n"
            if word == b"EHLO" and not text:
                answer = b"250-mx.example\r\n250-PIPELINING\r\n250 PRDR\r\n"
            writer.write(b"221 bye\r\n" if word == b"QUIT" and not text else answer)
        writer.close()


async def ran(words: Callable[[int], Sequence[str]]) -> list[str]:
    """Return the lines that a program sends to a server that accepts everything."""
    listening = Listening()
    server = await asyncio.start_server(listening, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    process = await asyncio.create_subprocess_exec(
        *words(port),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    async with asyncio.timeout(60):
        await process.wait()
    server.close()
    return listening.lines


@pytest.mark.real_time
@pytest.mark.parametrize("example", EXAMPLES)
async def test_the_line_sends_what_swaks_sends(example: str) -> None:
    common = "--to a@x.example --from me@client.example --helo client.example --server 127.0.0.1"

    def line(port: int) -> str:
        return f"swaks {common}:{port} {example}"

    by_swaks = await ran(lambda port: [*lab.program("swaks"), *shlex.split(line(port))[1:]])
    here = await ran(lambda port: called(*translated(line(port)).words, "--no-config"))
    assert by_swaks
    assert here == by_swaks


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_line_is_one_that_send_reads(example: str) -> None:
    words = translated(f"swaks --to a@x.example --server 127.0.0.1 {example}").words
    assert read_words(send_parser().read(words[1:]), "client.example").target is not None
