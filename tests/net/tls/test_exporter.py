"""What is exported of a connection is what OpenSSL itself exports of it, on either side."""

from __future__ import annotations

import contextlib
import gc
import os
import ssl
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import trustme
from OpenSSL import SSL

from smtpprobe.client import Client, ConnectOptions
from smtpprobe.errors import ConnectFailed
from smtpprobe.net.tls.exporter import ExportingContext, ExportingSSLObject
from smtpprobe.protocol.target import parse_target
from smtpprobe.sandbox import faults
from smtpprobe.sandbox.faults import Close, Hang, Say, Step

LABEL, LENGTH = b"EXPORTER-Channel-Binding", 32
LINUX = pytest.mark.skipif(not hasattr(os, "memfd_create"), reason="only Linux has files in memory")


def own(context: ssl.SSLContext, *, server: bool) -> tuple[ExportingSSLObject, list[ssl.MemoryBIO]]:
    """Return a session of ours and its two pipes."""
    pipes = [ssl.MemoryBIO(), ssl.MemoryBIO()]
    session = context.wrap_bio(pipes[0], pipes[1], server_side=server)
    assert isinstance(session, ExportingSSLObject)
    return session, pipes


def shake_hands(
    session: ExportingSSLObject, pipes: list[ssl.MemoryBIO], other: SSL.Connection
) -> None:
    incoming, outgoing = pipes
    for _ in range(6):
        for step in (session.do_handshake, other.do_handshake):
            with contextlib.suppress(ssl.SSLWantReadError, SSL.WantReadError):
                step()
            if sent := outgoing.read():
                other.bio_write(sent)
            with contextlib.suppress(SSL.WantReadError):
                incoming.write(other.bio_read(65536))


def pair(*, server: bool, version: ssl.TLSVersion) -> tuple[ExportingSSLObject, SSL.Connection]:
    """Return our session after a handshake with one of pyOpenSSL's."""
    issued = trustme.CA().issue_cert("localhost")
    protocol = ssl.PROTOCOL_TLS_SERVER if server else ssl.PROTOCOL_TLS_CLIENT
    context = ExportingContext(protocol)
    theirs = SSL.Context(SSL.TLS_CLIENT_METHOD if server else SSL.TLS_SERVER_METHOD)
    if server:
        issued.configure_cert(context)
    else:
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        issued.configure_cert(theirs)
    context.maximum_version = version
    other = SSL.Connection(theirs, None)
    (other.set_connect_state if server else other.set_accept_state)()
    session, pipes = own(context, server=server)
    shake_hands(session, pipes, other)
    return session, other


@LINUX
@pytest.mark.parametrize("server", [True, False], ids=["server", "client"])
def test_it_is_what_openssl_exports(server: bool) -> None:
    session, other = pair(server=server, version=ssl.TLSVersion.TLSv1_3)
    assert session.version() == "TLSv1.3"
    assert session.exporter == other.export_keying_material(LABEL, LENGTH, b"")
    assert len(session.exporter) == LENGTH


@pytest.mark.parametrize("server", [True, False], ids=["server", "client"])
def test_before_tls_1_3_there_is_none(server: bool) -> None:
    session, _ = pair(server=server, version=ssl.TLSVersion.TLSv1_2)
    assert session.version() == "TLSv1.2"
    assert session.exporter == b""


@LINUX
def test_sessions_of_one_context_have_each_their_own_and_nothing_is_kept() -> None:
    issued = trustme.CA().issue_cert("localhost")
    context = ExportingContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    theirs = SSL.Context(SSL.TLS_SERVER_METHOD)
    issued.configure_cert(theirs)
    found = []
    for _ in range(3):
        other = SSL.Connection(theirs, None)
        other.set_accept_state()
        session, pipes = own(context, server=False)
        shake_hands(session, pipes, other)
        assert session.exporter == other.export_keying_material(LABEL, LENGTH, b"")
        found.append(session.exporter)
    assert len(set(found)) == 3
    assert context.secrets.kept == 0


def test_a_key_log_that_was_asked_for_is_left_alone(tmp_path: Path) -> None:
    context = ExportingContext(ssl.PROTOCOL_TLS_CLIENT)
    context.keylog_filename = f"{tmp_path}/keys"
    session, _ = own(context, server=False)
    with pytest.raises(ssl.SSLWantReadError):
        session.do_handshake()
    assert context.keylog_filename == f"{tmp_path}/keys"
    assert session.exporter == b""


@pytest.fixture
def files() -> Iterator[Callable[[], int]]:
    """Count the files of key logs that are open, while no garbage collector closes any."""

    def count() -> int:
        named = (os.path.realpath(one) for one in Path("/proc/self/fd").iterdir())
        return sum("exporter secrets" in name for name in named)

    gc.collect()
    gc.disable()
    yield count
    gc.enable()


@LINUX
@pytest.mark.parametrize("verify", [True, False], ids=["verifying", "not verifying"])
@pytest.mark.parametrize(
    "step", [Say(b"220 mx.example ESMTP\r\n"), Say(b"\x15\x03\x03\0\x02\x02\x28"), Close(), Hang()]
)
async def test_a_handshake_that_failed_leaves_no_file_open(
    step: Step, verify: bool, files: Callable[[], int]
) -> None:
    before, told = files(), []
    async with faults.serve([step, Hang()]) as server:
        target = parse_target(f"smtps://127.0.0.1:{server.port}")
        for _ in range(50 if verify else 5):
            client = Client(ConnectOptions(handshake_timeout=1.0, verify=verify))
            with pytest.raises(ConnectFailed) as failed:
                await client.open(target)
            told.append(failed.value)  # with its traceback, and all that this holds
    assert files() == before


@LINUX
@pytest.mark.parametrize("server", [True, False], ids=["server", "client"])
def test_a_handshake_that_succeeded_leaves_none_either(
    server: bool, files: Callable[[], int]
) -> None:
    before = files()
    session, _ = pair(server=server, version=ssl.TLSVersion.TLSv1_3)
    assert session.exporter
    assert files() == before


@LINUX
@pytest.mark.parametrize("fails", [True, False], ids=["fails", "succeeds"])
def test_a_server_keeps_what_it_logged_of_one_client_while_another(fails: bool) -> None:
    context = ExportingContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("localhost").configure_cert(context)
    sides = []
    for _ in range(2):
        other = SSL.Connection(SSL.Context(SSL.TLS_CLIENT_METHOD), None)
        other.set_connect_state()
        session, pipes = own(context, server=True)
        with pytest.raises(SSL.WantReadError):
            other.do_handshake()
        pipes[0].write(other.bio_read(65536))
        with pytest.raises(ssl.SSLWantReadError):  # its secrets are logged by now
            session.do_handshake()
        sides.append((session, pipes, other))
    assert context.secrets.kept
    (first, pipes, other), (second, its_pipes, its_other) = sides
    if fails:
        pipes[0].write(b"no TLS at all\r\n")
        with pytest.raises(ssl.SSLError):
            first.do_handshake()
    else:
        shake_hands(first, pipes, other)
        assert first.exporter == other.export_keying_material(LABEL, LENGTH, b"")
    shake_hands(second, its_pipes, its_other)
    assert second.exporter == its_other.export_keying_material(LABEL, LENGTH, b"")
    assert context.secrets.kept == 0
