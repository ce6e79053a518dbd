"""What a check of STARTTLS costs beside posttls-finger and swaks, on the same servers in one run.

CPU time is user and system time of the client's processes. The list of ours is checked by one
process, certificates and verdict included; the others are run once a target. Then: how long a
domain of four MX with two addresses each takes against one address, with 50 ms in every reply.
"""

from __future__ import annotations

import asyncio
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from smtpprobe.sandbox.faults import Hear, Pause, Say, Script, StartTls, Step, serve
from tests.net.stage import server_side
from tests.servers import dns_zone, lab

TARGETS = 1000
OTHERS = 40
"""How often each of the others is run; the mean counts."""

DELAY = 0.05
PROGRAM = str(Path(sys.executable).with_name("smtpprobe"))
HELLO = b"250-mx.example.org\r\n250-SIZE 1000\r\n250 STARTTLS\r\n"


def script(delay: float) -> Script:
    """Return a server that takes any number of lines after STARTTLS."""
    wait: list[Step] = [Pause(delay)] if delay else []
    after: list[Step] = []
    for heard, said in ((b"EHLO", b"250 mx.example.org\r\n"), (b"QUIT", b"221 bye\r\n")):
        after += [Hear(heard), *wait, Say(said)]
    return [
        *(*wait, Say(b"220 mx.example.org ESMTP\r\n"), Hear(b"EHLO"), *wait, Say(HELLO)),
        *(Hear(b"STARTTLS"), *wait, Say(b"220 go\r\n"), StartTls(server_side("mx.example.org"))),
        *after,
    ]


def address(number: int) -> str:
    """Return one of the addresses of loopback, each of which is a host of its own."""
    return f"127.1.{number // 250}.{number % 250 + 1}"


@contextmanager
def measured(result: list[float]) -> Iterator[None]:
    """Add the CPU seconds of the children that end within the block."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    yield
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    result.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def run(command: Sequence[str], env: dict[str, str] | None = None) -> None:
    """Run a client to its end; what it says and how it ends does not matter here."""
    subprocess.run(
        command, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=env
    )


def ours(port: int, targets: int, folder: Path) -> float:
    """Return the CPU seconds of one check in a list of hosts."""
    source = folder / "hosts.txt"
    source.write_text("".join(f"[{address(number)}]:{port}\n" for number in range(targets)))
    seconds: list[float] = []
    with measured(seconds):
        run([PROGRAM, "starttls", "-i", str(source), "--quiet", "--client", "me.example"])
    return seconds[0] / targets


def finger(port: int, folder: Path) -> float | None:
    """Return the CPU seconds of one posttls-finger; None where it is not to be had."""
    try:
        root = lab.required("postfix")
    except BaseException:  # noqa: BLE001 - pytest's own ways to skip
        return None
    (folder / "main.cf").write_text(
        "compatibility_level = 3.6\n"
        f"shlib_directory = {root}/usr/lib/postfix\nmeta_directory = {root}/usr/share/postfix\n"
    )
    env = {
        "LD_LIBRARY_PATH": lab.library_path(root, "usr/lib/postfix"),
        "MAIL_CONFIG": str(folder),
    }
    time.sleep(11)  # Postfix reads a file again and again until it is not fresh
    seconds: list[float] = []
    with measured(seconds):
        for number in range(OTHERS):
            target = f"[{address(number)}]:{port}"
            run([f"{root}/usr/sbin/posttls-finger", "-c", "-l", "secure", target], env)
    return seconds[0] / OTHERS


def swaks(port: int) -> float | None:
    """Return the CPU seconds of one swaks; None where it is not to be had."""
    if shutil.which("swaks") is None:
        return None
    seconds: list[float] = []
    with measured(seconds):
        for number in range(OTHERS):
            server = f"{address(number)}:{port}"
            run(
                [
                    "swaks",
                    "--tls",
                    "--quit-after",
                    "HELO",
                    "--to",
                    "a@b.example",
                    "--server",
                    server,
                ]
            )
    return seconds[0] / OTHERS


ZONE = "".join(
    f"@ MX {number} mx{number}\n"
    + "".join(f"mx{number} A {address(2 * number + second)}\n" for second in (1, 2))
    for number in range(4)
)


def slow(port: int, resolver: str) -> tuple[float, float]:
    """Return the seconds of a check of one address, and of four MX with two addresses each."""
    quiet = [PROGRAM, "starttls", "--quiet", "--client", "me.example", "--resolver", resolver]
    times = []
    for words in ([f"[{address(1)}]:{port}"], ["--port", str(port), "bench.test"]):
        best = 1e9
        for _ in range(3):
            began = time.monotonic()
            run([*quiet, *words])
            best = min(best, time.monotonic() - began)
        times.append(best)
    return times[0], times[1]


async def main() -> None:
    """Measure, and print a line for each."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        async with serve(script(0), host="0.0.0.0") as server:
            mine = await asyncio.to_thread(ours, server.port, TARGETS, folder)
            print(f"smtpprobe starttls -i   {mine * 1000:7.1f} ms CPU a check")  # noqa: T201
            for name, found in (
                ("posttls-finger", await asyncio.to_thread(finger, server.port, folder)),
                ("swaks", await asyncio.to_thread(swaks, server.port)),
            ):
                told = "not here" if found is None else f"{found * 1000:7.1f} ms CPU a check"
                ratio = "" if found is None else f"  ours is {mine / found:.2f} of it"
                print(f"{name:<23} {told}{ratio}")  # noqa: T201
        with dns_zone.serving({"bench.test": ZONE}) as names:
            resolver = f"{names.host}:{names.port}"
            async with serve(script(DELAY), host="0.0.0.0") as server:
                one, many = await asyncio.to_thread(slow, server.port, resolver)
        print(  # noqa: T201
            f"with 50 ms in every reply: one address {one:.2f} s, four MX of two {many:.2f} s, "
            f"{many / one:.2f} times"
        )


if __name__ == "__main__":
    os.environ.setdefault("CI", "true")
    asyncio.run(main())
