"""Names in a certificate that would drive a terminal: no face shows them raw."""

from __future__ import annotations

import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from smtpprobe.sandbox.hostile.stages import Stage
from tests.hostile.faces import FACES, met
from tests.hostile.laws import RAW, broken
from tests.hostile.test_every_octet import cut_at
from tests.net.stage import trusted_file

OSC = "\x1b]0;owned\x07\x1b[2J\u202egnp.exe\u200b"


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> ssl.SSLContext:
    """Return what shows a certificate with such a subject, issuer and names."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, f"org {OSC}"),
            x509.NameAttribute(NameOID.COMMON_NAME, f"cn {OSC}"),
        ]
    )
    now = datetime.now(UTC)
    names = [x509.DNSName("\x1b[2J\x07.example"), x509.DNSName("a\x00b.example")]
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=9))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .sign(key, SHA256())
    )
    file = tmp_path_factory.mktemp("certificate") / "both.pem"
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file.write_bytes(pem + made.public_bytes(Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context


@pytest.mark.parametrize("face", FACES)
async def test_no_name_of_a_certificate_drives_a_terminal(
    face: str, tmp_path: Path, context: ssl.SSLContext
) -> None:
    trusted_file(tmp_path)
    found = await met(face, tmp_path, context=context)
    whole = cut_at(1, whole=True)
    wrong = [one for one in broken(whole, Stage.QUIT, found) if not one.startswith("outcome")]
    assert wrong == []
    assert RAW.search(found.ran.recorded) is None
    if face in ("script", "pipe", "prompt", "starttls"):
        assert r"\x1b" in found.ran.shown
