"""The same from a program without an event loop, in a process of its own, as cron has it."""

from __future__ import annotations

import subprocess
import sys

PROGRAM = """
import asyncio, logging, threading
import smtpprobe
from smtpprobe.sandbox.practice_server import PracticeServer

logging.getLogger("asyncio").setLevel("ERROR")  # how slow the machine is, it says as a warning
there, leave = threading.Event(), None
async def serve():
    global port, ca, leave
    async with PracticeServer() as server:
        port, ca, leave = server.port, str(server.ca_file), asyncio.Event()
        there.set()
        await leave.wait()
loop = asyncio.new_event_loop()
thread = threading.Thread(target=loop.run_until_complete, args=(serve(),))
thread.start()
there.wait()
options = smtpprobe.ConnectOptions(verify=True, ca_file=ca, client="me.example")
with smtpprobe.sync.connect(f"127.0.0.1:{port}", options=options) as session:
    print(session.greeting.code, session.command("EHLO me.example").reply.code)
    print(session.starttls().ok, "STARTTLS" in session.extensions)
    sent = session.transaction("me@me.example", "postmaster@sandbox.test", "Subject: x\\n\\ny\\n")
    print(sent.accepted, session.quit().reply.code)
try:
    with smtpprobe.sync.connect(f"127.0.0.1:{port}") as session:
        raise ZeroDivisionError
except ZeroDivisionError:
    print("as it was")
loop.call_soon_threadsafe(leave.set)
thread.join()
loop.close()
"""


def test_a_session_without_await() -> None:
    done = subprocess.run(
        [sys.executable, "-X", "dev", "-W", "error", "-c", PROGRAM],
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.stdout.splitlines() == ["220 250", "True False", "True 221", "as it was"], (
        done.stderr
    )
    assert done.stderr == ""
