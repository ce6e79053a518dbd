"""The program under test as a process of its own, without the start that each would pay for.

A short run of `python -m smtpprobe` is imports for the most part. A process that has them done
forks for each call: `ForkServer.command` is a command line that hands its words, its folder, its
environment and its three streams to a fork, and ends as that ends. What a test says about the
start itself (imports, encodings, signals, a terminal, memory) needs `REAL`.

Run as a program, this is that process.
"""

from __future__ import annotations

import atexit
import gc
import importlib
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Final, NoReturn

REAL: Final = (sys.executable, "-m", "smtpprobe")
"""The program as its users start it."""

CALLER: Final = """\
import posix, sys, _socket as s
link = s.socket(s.AF_UNIX, s.SOCK_STREAM)
link.connect(sys.argv[1])
words = [posix.getcwdb(), *(one.encode("utf-8", "surrogateescape") for one in sys.argv[2:])]
told = b"".join(b"%d:%b" % (len(one), one) for one in words) + b"|"
told += b"".join(b"%d:%b" % (len(one), one) for pair in posix.environ.items() for one in pair)
streams = b"".join(one.to_bytes(4, sys.byteorder) for one in (0, 1, 2))
link.sendmsg([b"%d|" % len(told)], [(s.SOL_SOCKET, s.SCM_RIGHTS, streams)])
link.sendall(told)
code = int(link.recv(16))
if code < 0:
    import signal
    signal.signal(-code, signal.SIG_DFL)
    posix.kill(posix.getpid(), -code)
posix._exit(code)
"""
"""Imports nothing that is not built in: it is run for each call."""

LOADED: Final = (
    *("smtpprobe.cli.main", "smtpprobe.cli.launch", "smtpprobe.cli.launch_send"),
    *("smtpprobe.cli.main_parser", "smtpprobe.cli.send_parser", "smtpprobe.explainer.subcommand"),
    *("smtpprobe.starttls.subcommand", "smtpprobe.script.batch.run", "smtpprobe.repl.run"),
    *("smtpprobe.sandbox.practice_server", "smtpprobe.net.wire", "smtpprobe.net.tls.handshake"),
    *("smtpprobe.script.tools.importer", "smtpprobe.explainer.explain", "smtpprobe.about"),
    *("smtpprobe.knowledge.annotate", "smtpprobe.script.batch.arguments", "smtpprobe.net.dial"),
    *("aiosmtplib", "concurrent.futures.thread", "dns.asyncresolver", "OpenSSL.SSL", "trustme"),
)
"""What most calls need; they import the rest themselves."""

AT_THE_START: Final = ("PYTHON", "LC_", "LANG")
"""Variables whose names begin so are read when Python starts: a fork is past that."""


class ForkServer:
    """A process with the program loaded, which forks for each call."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="smtpprobe-fork-")
        path = str(Path(self._folder.name, "link"))
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(path)
            listener.listen(64)
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.program", str(listener.fileno())],
                cwd=Path(__file__).parents[1],
                stdin=subprocess.PIPE,
                pass_fds=[listener.fileno()],
            )
        self.command = (sys.executable, "-I", "-S", "-X", "utf8", "-c", CALLER, path)

    @property
    def pid(self) -> int:
        """The number of its process."""
        return self._process.pid

    def stop(self) -> None:
        """End it; calls that are under way go on."""
        self._process.communicate()
        self._folder.cleanup()


@cache
def fork_server() -> ForkServer:
    """Return the one of this run of the tests, started when it is first needed."""
    return ForkServer()


def called(*words: str) -> tuple[str, ...]:
    """Return the command line that runs the program with these words, in a fork."""
    return (*fork_server().command, *words)


def fork_server_pid() -> int | None:
    """Return the number of its process, if there is one."""
    return fork_server().pid if fork_server.cache_info().currsize else None


def stop_fork_server() -> None:
    """End it if there is one."""
    if fork_server_pid():
        fork_server().stop()
        fork_server.cache_clear()


def _serve(listener: socket.socket) -> None:
    """Fork for each call, until whoever started this is gone."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for those who wait for the calls
    while sys.stdin not in (ready := select.select([sys.stdin, listener], [], [])[0]):
        assert ready
        link, _ = listener.accept()
        if os.fork() == 0:
            listener.close()
            _wait(link)
        link.close()


def _wait(link: socket.socket) -> NoReturn:
    """Run the program for a caller, and tell it how that ended; who hangs up has it killed."""
    wakes, woken = socket.socketpair()
    os.set_blocking(woken.fileno(), False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(woken.fileno())
    head, streams, _, _ = socket.recv_fds(link, 1 << 10, 3)
    size, _, octets = head.partition(b"|")
    while len(octets) < int(size):
        octets += link.recv(1 << 20)
    if (pid := os.fork()) == 0:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        for one in (link, wakes, woken):
            one.close()
        _run(octets, streams)
    if wakes not in select.select([link, wakes], [], [])[0]:
        os.kill(pid, signal.SIGKILL)
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    with suppress(OSError):
        link.sendall(b"%d" % code)
    os._exit(0)


def _run(octets: bytes, streams: list[int]) -> NoReturn:
    """Become what the caller asked for, and run the program."""
    from smtpprobe.cli.main import main  # noqa: PLC0415 - tests import this module for its command

    told, rest = _strings(octets)
    pairs, _ = _strings(rest)
    os.chdir(told[0])
    before = _read_at_the_start()
    os.environb.clear()
    os.environb.update(zip(pairs[::2], pairs[1::2], strict=True))
    forms = [(each.encoding, each.errors) for each in (sys.stdin, sys.stdout, sys.stderr)]
    if asked := os.environ.get("PYTHONIOENCODING"):
        encoding, _, errors = asked.partition(":")
        forms = [(encoding, how) for how in (*(errors or "strict",) * 2, "backslashreplace")]
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    opened = [
        open(number, "w" if number else "r", encoding=encoding, errors=errors, closefd=False)  # noqa: SIM115 - a number; open as long as the program runs
        for number, (encoding, errors) in enumerate(forms)
    ]
    sys.stdin, sys.stdout, sys.stderr = opened
    sys.argv = ["smtpprobe", *map(os.fsdecode, told[1:])]
    try:
        assert _read_at_the_start() == before, f"{_read_at_the_start()}: use REAL"
        code = main(sys.argv[1:])
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
    except BaseException:  # noqa: BLE001 - as the interpreter would
        sys.excepthook(*sys.exc_info())
        code = 1
    threading._shutdown()  # type: ignore[attr-defined]
    atexit._run_exitfuncs()
    with suppress(OSError):
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(code)


def _read_at_the_start() -> dict[str, str]:
    return {
        name: value
        for name, value in os.environ.items()
        if name.startswith(AT_THE_START) and name not in ("PYTHONPATH", "PYTHONIOENCODING")
    }


def _strings(octets: bytes) -> tuple[list[bytes], bytes]:
    """Return the netstrings up to a bar or the end, and what is behind it."""
    found = []
    while octets and not octets.startswith(b"|"):
        size, _, octets = octets.partition(b":")
        found.append(octets[: int(size)])
        octets = octets[int(size) :]
    return found, octets[1:]


if __name__ == "__main__":
    for each in LOADED:
        importlib.import_module(each)
    gc.collect()
    gc.freeze()
    _serve(socket.socket(fileno=int(sys.argv[1])))
