"""What sending a large message costs: CPU time beside swaks in the same run, and peak memory."""

from __future__ import annotations

import base64
import os
import socket
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

from tests.servers import lab

MIB = 1 << 20
SIZE = 200 * MIB
"""The message of the goal."""

MEMORY_GOAL = 80 * MIB
CPU_GOAL = 1.3
"""Peak memory of the process, and CPU time as a multiple of swaks's."""

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
    b"EHLO": b"250-sink\r\n250-SIZE 0\r\n250 8BITMIME\r\n",
    b"DATA": b"354 go on\r\n",
    b"QUIT": b"221 bye\r\n",
}


def message(file: Path, octets: int) -> None:
    """Write a message of about so many octets."""
    block = base64.encodebytes(os.urandom(57 * 4000)).replace(b"\n", b"\r\n")
    with file.open("wb") as written:
        written.write(b"From: a@b.example\r\nSubject: large\r\n\r\n")
        for _ in range(max(1, octets // len(block))):
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


def report(octets: int = SIZE, rounds: int = ROUNDS) -> tuple[str, bool]:
    """Return the table as text, and whether every goal is met."""
    sink = Sink()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "large.eml"
        message(file, octets)
        server = f"127.0.0.1:{sink.port}"
        common = ["--from", "a@b.example", "--to", "c@d.example"]
        ours = [sys.executable, "-m", "smtpprobe", "send", "--no-config", *common, "--eml",
                str(file), server]  # fmt: skip
        swaks = [*lab.program("swaks"), *common, "--server", server, "--data", f"@{file}"]
        costs = [(cost(ours), cost([*swaks, "--suppress-data"])) for _ in range(rounds)]
    seconds = min(own[0] for own, _ in costs)
    theirs = min(other[0] for _, other in costs)
    memory = max(own[1] for own, _ in costs)
    ratio = seconds / theirs
    met = (ratio <= CPU_GOAL, memory <= MEMORY_GOAL)
    words = ["met" if one else "MISSED" for one in met]
    text = (
        f"smtpprobe send {seconds:9.2f} s CPU  x{ratio:<5.2f} at most x{CPU_GOAL}: {words[0]}\n"
        f"swaks          {theirs:9.2f} s CPU\n"
        f"peak memory    {memory / MIB:9.0f} MiB         at most {MEMORY_GOAL // MIB} MiB: "
        f"{words[1]}\n"
    )
    return text, all(met)


def main() -> int:
    """Measure and print; return 1 when a goal is missed."""
    text, met = report()
    sys.stdout.write(f"a message of {SIZE // MIB} MiB, best of {ROUNDS} rounds\n{text}")
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
