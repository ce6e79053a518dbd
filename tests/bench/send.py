"""What sending costs: one large message beside swaks, and many beside smtp-source and swaks."""

from __future__ import annotations

import base64
import os
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

from tests.bench.pairs import Absent, Found, Goal, Row, paired
from tests.servers import fetch, postfix, unpacked

ENVELOPE = ("--from", "a@b.example", "--to", "c@d.example")
OURS = (sys.executable, "-m", "smtpprobe", "send", "--no-config", *ENVELOPE)

AWAITING = Path(__file__).with_name("awaiting_client.py")
KIB, MIB = 1 << 10, 1 << 20
SIZE = 200 * MIB
"""The message of the goal."""

MEMORY = Goal(80, of="MiB")
CPU = Goal(1.3)
"""Peak memory of the process, and CPU time as a multiple of swaks's."""

MANY, SWAKS = 1_000, 20
"""How many messages are sent, and how many of them by swaks, which takes one a run."""

SOURCE = Goal(4, obstacle="a bare asyncio task that reads nothing takes the next row's part of it")
SWAKS_MANY = Goal(1 / 20)
"""How many times the CPU time a message of smtp-source (in C), and how much of that of swaks."""

ROUNDS = 3


class Sink:
    """A server that takes every message and throws it away: as cheap as one can be."""

    def __init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self.octets = 0
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            connection, _ = self._listener.accept()
            # without it each reply of a pipelined group waits for what acknowledges the one before
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            with connection:
                self._serve(connection)

    def _serve(self, connection: socket.socket) -> None:
        connection.sendall(b"220 sink\r\n")
        with connection.makefile("rb") as lines:
            while line := lines.readline():
                word = line[:4].upper()
                connection.sendall(_ANSWERS.get(word, b"250 ok\r\n"))
                if word == b"QUIT":
                    return
                if word == b"DATA":
                    self._swallow(lines.read1)
                    connection.sendall(b"250 2.0.0 ok\r\n")

    def _swallow(self, read: object) -> None:
        assert callable(read)
        tail = b"\r\n"
        while not tail.endswith(b"\r\n.\r\n"):
            portion: bytes = read(MIB)
            if not portion:
                return
            self.octets += len(portion)
            tail = (tail + portion)[-5:]


_ANSWERS = {
    b"EHLO": b"250-sink\r\n250-SIZE 0\r\n250-PIPELINING\r\n250 8BITMIME\r\n",
    b"DATA": b"354 go on\r\n",
    b"QUIT": b"221 bye\r\n",
}


def message(file: Path, octets: int) -> None:
    """Write a message of about so many octets."""
    block = base64.encodebytes(os.urandom(57 * 4000)).replace(b"\n", b"\r\n")
    with file.open("wb") as written:
        written.write(b"From: a@b.example\r\nSubject: large\r\n\r\n")
        written.write(block[: min(octets, len(block))])
        for _ in range(octets // len(block) - 1):
            written.write(block)


_MEASURE = """
import os, resource, sys
silent = [(os.POSIX_SPAWN_OPEN, number, os.devnull, os.O_WRONLY, 0) for number in (1, 2)]
pid = os.posix_spawnp(sys.argv[1], sys.argv[1:], os.environ, file_actions=silent)
code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(used.ru_utime + used.ru_stime, used.ru_maxrss)
sys.exit(code != 0)
"""
"""Runs a program. In a small process: one begins with the peak memory of the one that starts it."""


def cost(command: list[str]) -> tuple[float, int]:
    """Return the CPU seconds of a run and its peak memory in octets; its output is thrown away."""
    measured = [sys.executable, "-c", _MEASURE, *command]
    seconds, kilobytes = subprocess.check_output(measured, text=True).split()
    return float(seconds), int(kilobytes) * 1024


def rows(octets: int = SIZE, many: int = MANY, rounds: int = ROUNDS) -> Iterator[Found]:
    """Yield the large message, its memory, and many messages."""
    sink = Sink()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "message.eml"
        message(file, octets)
        server = f"127.0.0.1:{sink.port}"
        swaks = unpacked.called("swaks")
        yield from _large(file, server, swaks, rounds)
        message(file, KIB)
        yield from _many(file, server, swaks, (many, rounds))


def _large(file: Path, server: str, swaks: list[str] | None, rounds: int) -> Iterator[Found]:
    work = f"send, a message of {file.stat().st_size // MIB} MiB"
    if swaks is None:
        yield Absent(work, "swaks cannot be had here")
        return
    theirs = [*swaks, *ENVELOPE, "--server", server, "--data", f"@{file}", "--suppress-data"]
    peaks: list[int] = []

    def own() -> float:
        seconds, peak = cost([*OURS, "--eml", str(file), server])
        peaks.append(peak)
        return seconds

    yield paired(work, "s CPU", (own, "swaks", lambda: cost(theirs)[0]), CPU, rounds)
    yield Row(f"{work}, peak memory", "MiB", max(peaks) / MIB, goal=MEMORY)


def _many(
    file: Path, server: str, swaks: list[str] | None, sizes: tuple[int, int]
) -> Iterator[Found]:
    """Measure CPU time a message; ours and smtp-source's in one process each."""
    many, rounds = sizes
    work = f"send --repeat {many}, a message"
    ours = [*OURS, "--eml", str(file), "--quiet", "--repeat", str(many), server]

    def own() -> float:
        return 1000 * cost(ours)[0] / many

    if missing := fetch.why_missing("postfix"):
        yield Absent(f"{work}, beside smtp-source", missing)
    else:
        root = fetch.root_of("postfix")
        libraries = unpacked.path_to(postfix.libraries(root))
        env = [f"{key}={value}" for key, value in libraries.items()]
        source = ["env", *env, str(root / "usr/sbin/smtp-source"), "-d", "-m", str(many)]
        size = ["-l", str(file.stat().st_size), "-f", "a@b.example", "-t", "c@d.example"]
        theirs = [*source, *size, f"inet:{server}"]
        sides = own, "smtp-source", lambda: 1000 * cost(theirs)[0] / many
        yield paired(work, "ms CPU", sides, SOURCE, rounds)
        bare = [sys.executable, str(AWAITING), server.rpartition(":")[2], "messages", str(many)]
        bare.append(str(file))
        least = lambda: 1000 * cost(bare)[0] / many, *sides[1:]
        yield paired("... by a bare asyncio task, unread", "ms CPU", least, rounds=rounds)
    if swaks is None:
        yield Absent(f"{work}, beside swaks", "swaks cannot be had here")
        return
    each = [*swaks, *ENVELOPE, "--server", server, "--data", f"@{file}"]

    def swaked() -> float:
        return 1000 * sum(cost(each)[0] for _ in range(SWAKS)) / SWAKS

    yield paired(work, "ms CPU", (own, "swaks", swaked), SWAKS_MANY, rounds)
