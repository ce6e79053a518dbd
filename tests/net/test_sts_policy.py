"""The policy fetch, against HTTPS servers that do what they should not."""

from __future__ import annotations

import asyncio
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
import trustme

from smtpprobe.errors import UsageError
from smtpprobe.net.sts_policy import Place, fetch_policy
from smtpprobe.net.tls.strict_context import strict_context
from smtpprobe.policy.mta_sts import FetchEnd, PolicyFetch
from tests.net.stage import server_side, trusted_file
from tests.servers.lab import free_ports

pytestmark = pytest.mark.real_time

HOST = "mta-sts.example.org"
POLICY = b"version: STSv1\nmode: none\nmax_age: 1\n"
OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n\r\n%s"

Play = Callable[[ssl.SSLSocket], None]


@contextmanager
def serving(play: Play, context: ssl.SSLContext) -> Iterator[int]:
    """Play to one client after its handshake."""
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(5)

    def serve() -> None:
        with suppress(OSError):
            raw, _ = listener.accept()
            raw.settimeout(5)
            with raw, context.wrap_socket(raw, server_side=True) as secured:
                play(secured)

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        listener.close()
        thread.join()


def saying(octets: bytes) -> Play:
    def play(client: ssl.SSLSocket) -> None:
        client.recv(4096)
        client.sendall(octets)

    return play


def closing(octets: bytes) -> Play:
    """Say it, and end the connection with TLS's closing alert."""

    def play(client: ssl.SSLSocket) -> None:
        saying(octets)(client)
        with suppress(OSError):
            client.unwrap()

    return play


async def fetched(
    play: Play, folder: Path, context: ssl.SSLContext | None = None, limit: float = 5.0
) -> PolicyFetch:
    with serving(play, context or server_side(HOST)) as port:
        place = Place(HOST, ("127.0.0.1",), port)
        found = await fetch_policy(place, trusted_file(folder), limit)
        await asyncio.sleep(0)  # a transport that was cut is closed in the next turn
        return found


async def test_a_policy_is_fetched_from_a_host_that_verifies(tmp_path: Path) -> None:
    found = await fetched(saying(OK % (len(POLICY), POLICY)), tmp_path)
    assert (found.end, found.http_status, found.body) == (FetchEnd.ANSWERED, 200, POLICY)
    assert found.content_type == "text/plain"
    assert found.url == f"https://{HOST}/.well-known/mta-sts.txt"
    assert found.not_after is not None


async def test_a_redirect_is_told_and_not_followed(tmp_path: Path) -> None:
    reply = b"HTTP/1.1 301 Moved\r\nLocation: https://elsewhere.example/\r\n\r\n"
    found = await fetched(saying(reply), tmp_path)
    assert (found.http_status, found.location) == (301, "https://elsewhere.example/")


async def test_octets_of_a_field_that_are_no_utf_8_stay_what_they_were(tmp_path: Path) -> None:
    reply = b"HTTP/1.1 301 x\r\nLocation: /\xff/\xc3\xbc\r\nContent-Type: \xe4\r\n\r\n"
    found = await fetched(saying(reply), tmp_path)
    assert (found.location, found.content_type) == ("/\udcff/ü", "\udce4")


async def test_a_body_is_read_up_to_64_kib_however_long_it_is(tmp_path: Path) -> None:
    def endless(client: ssl.SSLSocket) -> None:
        client.recv(4096)
        client.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n")
        while True:
            client.sendall(b"x" * 65536)

    found = await fetched(endless, tmp_path)
    assert (len(found.body), found.truncated) == (65536, True)


CHUNKED = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n"
WHOLE = b"%x\r\n%s\r\n0\r\n\r\n" % (len(POLICY), POLICY)


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (OK % (len(POLICY) + 10, POLICY), f"after {len(POLICY)} of {len(POLICY) + 10} octets"),
        (OK % (len(POLICY), b""), f"after 0 of {len(POLICY)} octets"),
        (CHUNKED + WHOLE[:20], "before the last chunk"),
        (CHUNKED + WHOLE[: WHOLE.index(b"0\r\n\r\n")], "before the last chunk"),
        (CHUNKED + b"no size\r\n" + POLICY, "before the last chunk"),
    ],
    ids=["short", "nothing", "in a chunk", "no last chunk", "no chunk"],
)
@pytest.mark.parametrize("alert", [False, True], ids=["", "closing alert"])
async def test_a_body_that_breaks_off_is_no_policy(
    reply: bytes, reason: str, alert: bool, tmp_path: Path
) -> None:
    found = await fetched(closing(reply) if alert else saying(reply), tmp_path)
    assert (found.end, found.reason) == (FetchEnd.CUT, reason)


@pytest.mark.parametrize("reply", [OK % (len(POLICY), POLICY), CHUNKED + WHOLE])
async def test_a_body_whose_length_is_told_needs_no_closing_alert(
    reply: bytes, tmp_path: Path
) -> None:
    found = await fetched(saying(reply), tmp_path)
    assert (found.end, found.body, found.open_ended) == (FetchEnd.ANSWERED, POLICY, False)


@pytest.mark.parametrize(
    ("encoding", "end"),
    [("gzip", FetchEnd.BROKEN), ("br", FetchEnd.BROKEN), ("Identity", FetchEnd.ANSWERED)],
)
async def test_a_body_in_an_encoding_that_nobody_asked_for_is_no_policy(
    encoding: str, end: FetchEnd, tmp_path: Path
) -> None:
    head = f"HTTP/1.1 200 OK\r\nContent-Encoding: {encoding}\r\n".encode()
    reply = head + (OK % (len(POLICY), POLICY)).partition(b"\r\n")[2]
    found = await fetched(saying(reply), tmp_path)
    assert found.end is end
    if end is FetchEnd.BROKEN:
        assert found.reason == f"unrequested Content-Encoding {encoding}"


async def test_a_body_without_length_is_whole_only_where_tls_says_so(tmp_path: Path) -> None:
    cut = await fetched(saying(CLOSING + POLICY), tmp_path)
    assert (cut.end, cut.body, cut.open_ended) == (FetchEnd.ANSWERED, POLICY, True)
    whole = await fetched(closing(CLOSING + POLICY), tmp_path)
    assert (whole.end, whole.body, whole.open_ended) == (FetchEnd.ANSWERED, POLICY, False)


CLOSING = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nConnection: close\r\n\r\n"


@pytest.mark.parametrize(
    ("at_once", "dripping"),
    [(b"", OK % (len(POLICY), POLICY)), (CLOSING, POLICY * 10)],
    ids=["from the start", "the body, to the end of the connection"],
)
async def test_a_host_that_drips_is_given_up_in_time(
    at_once: bytes, dripping: bytes, tmp_path: Path
) -> None:
    def drip(client: ssl.SSLSocket) -> None:
        client.recv(4096)
        client.sendall(at_once)
        for octet in dripping:
            client.sendall(bytes([octet]))
            time.sleep(0.05)

    assert (await fetched(drip, tmp_path, limit=0.5)).end is FetchEnd.TIMEOUT


async def test_a_host_that_never_shakes_hands_is_given_up_in_time(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        place = Place(HOST, ("127.0.0.1",), listener.getsockname()[1])
        assert (await fetch_policy(place, trusted_file(tmp_path), 0.3)).end is FetchEnd.TIMEOUT


@pytest.mark.parametrize("case", ["unknown authority", "another name"])
async def test_a_certificate_that_does_not_verify_has_its_reason(case: str, tmp_path: Path) -> None:
    context = {
        "unknown authority": lambda: server_side(HOST, ca=trustme.CA()),
        "another name": lambda: server_side("www.example.org"),
    }[case]()
    found = await fetched(saying(b""), tmp_path, context)
    assert found.end is FetchEnd.CERTIFICATE
    assert found.verify_code == (62 if case == "another name" else 20)
    assert found.reason


@pytest.mark.parametrize("reply", [b"", b"SSH-2.0\r\n", b"HTTP/1.1 2000 x\r\n\r\n", b"\x00" * 10])
async def test_what_is_no_http_is_no_answer(reply: bytes, tmp_path: Path) -> None:
    assert (await fetched(saying(reply), tmp_path)).end is FetchEnd.BROKEN


async def test_an_endless_header_is_cut_off(tmp_path: Path) -> None:
    found = await fetched(saying(b"HTTP/1.1 200 OK\r\n" + b"X: " + b"y" * 200_000), tmp_path)
    assert found.end is FetchEnd.BROKEN


async def test_the_next_address_is_tried_when_one_refuses(tmp_path: Path) -> None:
    with serving(saying(OK % (len(POLICY), POLICY)), server_side(HOST)) as port:
        place = Place(HOST, ("127.0.0.2", "127.0.0.1"), port)
        assert (await fetch_policy(place, trusted_file(tmp_path), 5.0)).end is FetchEnd.ANSWERED
    (free,) = free_ports(1)
    refused = await fetch_policy(Place(HOST, ("127.0.0.1",), free), trusted_file(tmp_path), 5.0)
    assert refused.end is FetchEnd.REFUSED


def test_a_ca_file_without_certificates_is_a_usage_error(tmp_path: Path) -> None:
    empty = tmp_path / "empty.pem"
    empty.write_text("nothing")
    for file in (empty, tmp_path / "missing.pem"):
        with pytest.raises(UsageError):
            strict_context(str(file))
