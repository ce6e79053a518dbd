"""What the tests may rely on in the lab's Postfix, seen with nothing but the standard library."""

from __future__ import annotations

import os
import re
import signal
import smtplib
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from tests.servers import fetch, lab
from tests.servers.postfix import ERROR_LIMIT, SIZE_LIMIT, Postfix, each_once

REPOSITORY = Path(__file__).parents[2]


def trusting(postfix: Postfix) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(postfix.ca_file))


@contextmanager
def talking(postfix: Postfix, port: int) -> Iterator[smtplib.SMTP]:
    with smtplib.SMTP(postfix.host, port, timeout=60) as client:
        client.ehlo("probe.test")
        yield client


@contextmanager
def connected(postfix: Postfix, port: int) -> Iterator[tuple[socket.socket, BinaryIO]]:
    with (
        socket.create_connection((postfix.host, port), timeout=60) as connection,
        connection.makefile("rb") as stream,
    ):
        yield connection, stream


def test_it_greets_with_its_host_name(postfix: Postfix) -> None:
    assert lab.first_line(postfix.ports.smtp) == b"220 mx.lab.test ESMTP Postfix\r\n"


def test_it_offers_starttls_with_a_certificate_that_its_ca_file_vouches_for(
    postfix: Postfix,
) -> None:
    with talking(postfix, postfix.ports.smtp) as client:
        assert client.has_extn("starttls")
        client._host = postfix.hostname  # type: ignore[attr-defined]
        assert client.starttls(context=trusting(postfix))[0] == 220
        client.ehlo("probe.test")
        assert not client.has_extn("starttls")


def test_it_announces_the_extensions_of_a_present_day_postfix(postfix: Postfix) -> None:
    with talking(postfix, postfix.ports.smtp) as client:
        assert set(client.esmtp_features) == {
            *("pipelining", "size", "vrfy", "etrn", "starttls", "enhancedstatuscodes"),
            *("8bitmime", "dsn", "smtputf8", "chunking"),
        }
        assert client.esmtp_features["size"] == str(SIZE_LIMIT)


def test_it_refuses_to_relay(postfix: Postfix) -> None:
    with talking(postfix, postfix.ports.smtp) as client:
        client.mail("me@probe.test")
        assert client.rcpt("you@elsewhere.test") == (
            554,
            b"5.7.1 <you@elsewhere.test>: Relay access denied",
        )


def test_it_takes_mail_for_its_own_domain_and_names_the_queue_id(postfix: Postfix) -> None:
    with talking(postfix, postfix.ports.smtp) as client:
        client.mail("me@probe.test")
        assert client.rcpt("alice@lab.test")[0] == 250
        code, text = client.data(b"Subject: hello\r\n\r\nhello\r\n")
    assert code == 250
    queued = re.fullmatch(rb"2\.0\.0 Ok: queued as (\w+)", text)
    assert queued
    delivered = f"{queued[1].decode()}: to=<alice@lab.test>, relay=none"
    wait_for(lambda: delivered in postfix.log_text())


def test_it_refuses_unknown_full_and_greylisted_recipients_in_different_ways(
    postfix: Postfix,
) -> None:
    with talking(postfix, postfix.ports.smtp) as client:
        client.mail("me@probe.test")
        replies = {name: client.rcpt(f"{name}@lab.test") for name in ("nobody", "full", "later")}
    assert {name: (code, text[:5]) for name, (code, text) in replies.items()} == {
        "nobody": (550, b"5.1.1"),
        "full": (452, b"4.2.2"),
        "later": (450, b"4.7.1"),
    }


def test_the_impatient_port_says_421_and_hangs_up(postfix: Postfix) -> None:
    with connected(postfix, postfix.ports.impatient) as (_, stream):
        assert stream.readline().startswith(b"220 ")
        assert stream.read() == (b"421 4.4.2 mx.lab.test Error: timeout exceeded\r\n")


def test_the_strict_port_says_421_after_too_many_errors(postfix: Postfix) -> None:
    with talking(postfix, postfix.ports.strict) as client:
        said = [client.docmd("FROBNICATE")[0] for _ in range(ERROR_LIMIT + 1)]
    assert said == [500] * ERROR_LIMIT + [421]


def test_the_encrypted_port_wants_starttls_before_mail(postfix: Postfix) -> None:
    with talking(postfix, postfix.ports.encrypted) as client:
        assert client.mail("me@probe.test") == (
            530,
            b"5.7.0 Must issue a STARTTLS command first",
        )


def test_the_smtps_port_speaks_tls_from_the_first_octet(postfix: Postfix) -> None:
    with smtplib.SMTP_SSL(
        postfix.host, postfix.ports.smtps, context=trusting(postfix), timeout=60
    ) as client:
        assert client.noop()[0] == 250


def test_the_xclient_port_greets_again_after_xclient(postfix: Postfix) -> None:
    with talking(postfix, postfix.ports.xclient) as client:
        assert "ADDR" in client.esmtp_features["xclient"]
        assert client.docmd("XCLIENT", "ADDR=192.0.2.7 NAME=spike.test")[0] == 220
        client.ehlo("spike.test")
        client.mail("me@probe.test")
        client.rcpt("you@elsewhere.test")
    wait_for(lambda: "from spike.test[192.0.2.7]" in postfix.log_text())


def test_the_proxied_port_greets_only_after_a_proxy_header(postfix: Postfix) -> None:
    with connected(postfix, postfix.ports.proxied) as (connection, _):
        connection.settimeout(0.3)
        assert silent(connection)
        connection.settimeout(60)
        connection.sendall(b"PROXY TCP4 192.0.2.8 192.0.2.9 1025 25\r\n")
        assert connection.recv(512).startswith(b"220 mx.lab.test")
    wait_for(lambda: "[192.0.2.8]" in postfix.log_text())


def silent(connection: socket.socket) -> bool:
    try:
        connection.recv(1)
    except TimeoutError:
        return True
    return False


def test_the_gated_port_greets_in_two_steps(postfix: Postfix) -> None:
    with connected(postfix, postfix.ports.gated) as (_, stream):
        assert stream.readline() == b"220-mx.lab.test one moment, please\r\n"
        assert stream.readline() == b"220 mx.lab.test ESMTP Postfix\r\n"


def test_the_gated_port_leaves_its_greeting_unfinished_for_who_talks_first(
    postfix: Postfix,
) -> None:
    with connected(postfix, postfix.ports.gated) as (connection, stream):
        assert stream.readline().startswith(b"220-")
        connection.sendall(b"HELO probe.test\r\n")
        assert stream.readline() == b"250 mx.lab.test\r\n"
        connection.sendall(b"MAIL FROM:<me@probe.test>\r\n")
        assert stream.readline().startswith(b"250 2.1.0")
        connection.sendall(b"RCPT TO:<alice@lab.test>\r\n")
        assert stream.readline().startswith(b"550 5.5.1 Protocol error")


def wait_for(condition: Callable[[], object], within: float = 60.0) -> None:
    deadline = time.monotonic() + within
    while not condition():
        assert time.monotonic() < deadline, "did not happen in time"
        time.sleep(0.02)


HELD = """
import sys
from tests.servers import fetch, postfix
with postfix.running(fetch.root_of("postfix")) as server:
    print(server.pid, server.log.parent, flush=True)
    sys.stdin.read()
"""


@contextmanager
def another() -> Iterator[tuple[subprocess.Popen[str], int, Path]]:
    """Run a second Postfix in a process of its own; yield the process, master's pid and folder."""
    with subprocess.Popen(
        [sys.executable, "-c", HELD],
        cwd=REPOSITORY,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout
        master, folder = process.stdout.readline().split()
        try:
            yield process, int(master), Path(folder)
        finally:
            process.kill()


def test_when_it_is_stopped_no_process_and_no_file_is_left(postfix: Postfix) -> None:
    with another() as (process, master, folder):
        assert master in lab.alive(master)
        assert len(lab.alive(master)) > 1
        assert folder != postfix.log.parent
        process.communicate("")
        assert process.returncode == 0
        assert lab.alive(master) == []
        assert not folder.exists()


def test_when_the_tests_are_killed_it_goes_with_them(postfix: Postfix) -> None:
    assert postfix.pid
    with another() as (process, master, folder):
        os.kill(process.pid, signal.SIGKILL)
        wait_for(lambda: not lab.alive(master) and not folder.exists())


def test_fetching_again_changes_nothing(postfix: Postfix) -> None:
    assert postfix.pid
    stamp = fetch.root_of("postfix") / "fetched.json"
    before = stamp.stat().st_mtime_ns
    script = REPOSITORY / "tests" / "servers" / "fetch.py"
    said = subprocess.check_output([sys.executable, script, "postfix"], text=True)
    assert said == "servers: postfix: ready\n"
    assert stamp.stat().st_mtime_ns == before


def test_its_log_writer_has_nothing_to_log_when_it_begins(postfix: Postfix) -> None:
    # what it says of itself goes through the socket it reads, and hangs it where that is full
    assert "postfix/postlogd[" not in postfix.log_text()


def test_a_setting_given_again_takes_the_place_of_the_first() -> None:
    main = "a = 1\n  2\nb = 1\n\na = 3\n"
    assert each_once(main) == "a = 3\nb = 1\n"
