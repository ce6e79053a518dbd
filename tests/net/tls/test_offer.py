"""What this side brings to a handshake: seen by a server, or refused before anything is sent."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
)

from smtpprobe.client import Client, ConnectOptions
from smtpprobe.errors import UsageError
from smtpprobe.net.tls.offer import check_offer, wants_password
from smtpprobe.present.session_state import certificate_lines
from smtpprobe.present.spans import text_of
from smtpprobe.present.tls_json import tls_facts, tls_object
from smtpprobe.protocol.command import read_line
from smtpprobe.protocol.phase import Phase
from smtpprobe.protocol.target import Target, TargetKind
from smtpprobe.protocol.transport.tls_offer import Hidden, TlsOffer
from tests.certificates import CLIENT, Entity
from tests.net.openssl_server import serving


class Files:
    """The certificates of a test, in files."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.root = Entity("Example Root", ca=True)
        self.server = Entity("mx.example.org", self.root)
        self.own = Entity("client.example.org", self.root, purposes=(CLIENT,))
        self.cert = self.write("own.pem", self.own.pem)
        self.key = self.write("own.key", self.own.key_pem)
        self.both = self.write("both.pem", self.own.key_pem + self.own.pem)
        self.other_key = self.write("other.key", self.server.key_pem)
        self.locked = self.write(
            "locked.key",
            self.own.key.private_bytes(
                Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"sesame")
            ),
        )
        self.empty = self.write("empty.pem", b"")

    def write(self, name: str, octets: bytes) -> str:
        path = self.folder / name
        path.write_bytes(octets)
        return str(path)

    def context(self, mode: ssl.VerifyMode = ssl.CERT_NONE) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        pair = self.write("server.pem", self.server.key_pem + self.server.pem)
        context.load_cert_chain(pair)
        context.load_verify_locations(cadata=self.root.pem.decode())
        context.verify_mode = mode
        return context


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Files:
    return Files(tmp_path_factory.mktemp("certificates"))


async def secured(port: int, offer: TlsOffer) -> Client:
    """Return a client that has done STARTTLS, or whose handshake has failed."""
    client = Client(ConnectOptions(offer=offer))
    await client.open(Target(TargetKind.ADDRESS, "127.0.0.1", port))
    await client.send(read_line("STARTTLS", Phase.READY))
    return client


ASKING = (
    # what the server does, the words about the certificate
    (ssl.CERT_NONE, "not sent, as the server did not ask for one"),
    (ssl.CERT_OPTIONAL, "sent"),
    (ssl.CERT_REQUIRED, "sent"),
)


@pytest.mark.real_time
@pytest.mark.parametrize(("mode", "told"), ASKING)
@pytest.mark.parametrize("newest", ["1.2", "1.3"])
async def test_a_client_certificate_is_sent_where_it_is_asked_for_and_that_is_told(
    mode: ssl.VerifyMode, told: str, newest: str, files: Files
) -> None:
    offer = TlsOffer(files.cert, files.key, newest=newest)
    with serving(files.context(mode)) as port:
        client = await secured(port, offer)
        lines = [text_of(line) for line in certificate_lines(client.state)]
        tls = client.state.tls
        await client.close()
    assert tls is not None
    assert tls.ok
    assert tls.version == f"TLSv{newest}"
    assert f"own certificate: {files.cert}, {told}" in lines
    again = tls_facts(tls_object(tls))
    assert again.own_certificate == files.cert
    assert again.negotiated.own_certificate == tls.negotiated.own_certificate


@pytest.mark.real_time
async def test_without_one_nothing_is_said_of_it(files: Files) -> None:
    with serving(files.context(ssl.CERT_OPTIONAL)) as port:
        client = await secured(port, TlsOffer())
        lines = [text_of(line) for line in certificate_lines(client.state)]
        await client.close()
    assert not [line for line in lines if "own certificate" in line]


USABLE: tuple[Callable[[Files], TlsOffer], ...] = (
    lambda files: TlsOffer(files.cert, files.key),
    lambda files: TlsOffer(files.both),
    lambda files: TlsOffer(files.cert, files.locked, Hidden("sesame")),
    lambda files: TlsOffer(files.cert, files.key, Hidden("not needed")),
    lambda _: TlsOffer(oldest="1.2", newest="1.3"),
    lambda _: TlsOffer(newest="1.2", ciphers="ECDHE+AESGCM"),
    lambda _: TlsOffer(groups="secp384r1"),
    lambda _: TlsOffer(groups="secp256r1"),
    lambda _: TlsOffer(groups="P-384"),
)


@pytest.mark.parametrize("offer", USABLE)
def test_what_can_be_offered_is_no_error(offer: Callable[[Files], TlsOffer], files: Files) -> None:
    check_offer(offer(files))


UNUSABLE: tuple[tuple[Callable[[Files], TlsOffer], str], ...] = (
    (lambda files: TlsOffer(files.cert), "contains no PEM private key"),
    (lambda _: TlsOffer("/nonexistent"), "--cert /nonexistent: No such file"),
    (lambda files: TlsOffer(files.cert, "/nonexistent"), "--key /nonexistent: No such file"),
    (lambda files: TlsOffer(files.empty, files.key), "contains no PEM certificate"),
    (lambda files: TlsOffer(files.key, files.key), "contains no PEM certificate"),
    (lambda files: TlsOffer(files.cert, files.empty), "contains no PEM private key"),
    (lambda files: TlsOffer(files.cert, files.other_key), "does not belong to the certificate"),
    (lambda files: TlsOffer(files.cert, files.locked), "is encrypted"),
    (lambda files: TlsOffer(files.cert, files.locked, Hidden("no")), "wrong password"),
    (lambda files: TlsOffer(files.cert, files.locked, Hidden("x" * 5000)), "wrong password"),
    (lambda files: TlsOffer("", files.key), "needs the certificate that belongs to it"),
    (lambda _: TlsOffer(oldest="1.3", newest="1.2"), "is newer than --tls-max"),
    (lambda _: TlsOffer(ciphers="nonsense"), "has no such cipher"),
    (lambda _: TlsOffer(ciphers="TLS_AES_128_GCM_SHA256"), "TLS 1.3 cannot be chosen"),
    (lambda _: TlsOffer(ciphers="ECDHE", oldest="1.3"), "has no effect"),
    (lambda _: TlsOffer(groups="brainpool9000"), "cannot offer it"),
    (lambda _: TlsOffer(groups="\N{SNOWMAN}"), "cannot offer it"),
)


@pytest.mark.parametrize(("offer", "told"), UNUSABLE)
def test_what_cannot_be_offered_is_a_usage_error_before_anything_is_sent(
    offer: Callable[[Files], TlsOffer], told: str, files: Files
) -> None:
    with pytest.raises(UsageError) as raised:
        check_offer(offer(files))
    assert told in raised.value.message
    assert "sesame" not in raised.value.message


def test_only_a_locked_key_wants_a_password(files: Files) -> None:
    assert wants_password(TlsOffer(files.cert, files.locked))
    assert not wants_password(TlsOffer(files.cert, files.locked, Hidden("sesame")))
    assert not wants_password(TlsOffer(files.cert, files.key))
    assert not wants_password(TlsOffer(files.cert, "/nonexistent"))
    assert not wants_password(TlsOffer())


def test_no_trace_shows_the_password() -> None:
    assert "sesame" not in repr(ConnectOptions(offer=TlsOffer(password=Hidden("sesame"))))


CHOSEN = (
    (TlsOffer(newest="1.2"), "version", "TLSv1.2"),
    (TlsOffer(oldest="1.3"), "version", "TLSv1.3"),
    (
        TlsOffer(newest="1.2", ciphers="ECDHE-ECDSA-AES256-GCM-SHA384"),
        "cipher",
        "ECDHE-ECDSA-AES256-GCM-SHA384",
    ),
    (TlsOffer(groups="secp384r1"), "group", "secp384r1"),
)


@pytest.mark.real_time
@pytest.mark.parametrize(("offer", "name", "value"), CHOSEN)
async def test_what_is_chosen_is_what_is_agreed(
    offer: TlsOffer, name: str, value: str, files: Files
) -> None:
    with serving(files.context()) as port:
        client = await secured(port, offer)
        tls = client.state.tls
        await client.close()
    assert tls is not None
    agreed = {
        "version": tls.version,
        "cipher": tls.cipher,
        "group": tls.negotiated.group,
    }
    assert agreed[name] == value
