"""What JSON tells of a certificate: all that an inventory asks for, and unknown where unread."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from datetime import UTC
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import AuthorityInformationAccessOID, NameOID, ObjectIdentifier

from smtpprobe import __version__
from smtpprobe.net.tls.certificates import certificate_facts
from smtpprobe.policy.der import tagged
from smtpprobe.protocol.tls_facts import Shown, TrustPath
from smtpprobe.starttls.finding_table import WHO
from smtpprobe.starttls.reports.certificate_json import certificate_object
from smtpprobe.starttls.reports.json_report import report_object
from tests.certificates import DAY, HOST, NOW, SERVER
from tests.starttls.judge.test_findings import CASES
from tests.starttls.reports.test_views import SCHEMA, VALIDATOR, hostile, sample
from tests.starttls.stage import LEAF, MIDDLE, ROOT, address, facts, host, judged, session

STAMPS = ObjectIdentifier("1.3.6.1.4.1.11129.2.4.2")
OWN_PURPOSE = ObjectIdentifier("1.3.6.1.4.1.55555.1")


def stamps(count: int) -> x509.UnrecognizedExtension:
    """Return so many signed certificate timestamps (RFC 6962 3.2, 3.3)."""
    stamp = b"\0" + bytes(32) + bytes(8) + b"\0\0" + b"\x04\x03" + b"\0\x04" + b"\x30\x02\x05\0"
    listed = (len(stamp).to_bytes(2) + stamp) * count
    return x509.UnrecognizedExtension(STAMPS, tagged(0x04, len(listed).to_bytes(2) + listed))


def url(text: str) -> x509.UniformResourceIdentifier:
    return x509.UniformResourceIdentifier(text)


EXTENSIONS: tuple[x509.ExtensionType, ...] = (
    x509.BasicConstraints(ca=False, path_length=None),
    x509.SubjectAlternativeName(
        [
            x509.DNSName(HOST),
            x509.DNSName("*.example.org"),
            x509.IPAddress(ipaddress.ip_address("2001:db8::1")),
            x509.RFC822Name("postmaster@example.org"),
            url("https://example.org/"),
            x509.DirectoryName(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "dir")])),
            x509.RegisteredID(OWN_PURPOSE),
            x509.OtherName(OWN_PURPOSE, b"\x05\0"),
        ]
    ),
    x509.KeyUsage(
        digital_signature=True,
        content_commitment=False,
        key_encipherment=True,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    ),
    x509.ExtendedKeyUsage([SERVER, OWN_PURPOSE]),
    x509.AuthorityInformationAccess(
        [
            x509.AccessDescription(AuthorityInformationAccessOID.OCSP, url("http://ocsp.example/")),
            x509.AccessDescription(
                AuthorityInformationAccessOID.CA_ISSUERS, url("http://ca.example/ca.der")
            ),
        ]
    ),
    x509.CRLDistributionPoints(
        [x509.DistributionPoint([url("http://ca.example/1.crl")], None, None, None)]
    ),
    x509.TLSFeature([x509.TLSFeatureType.status_request]),
    stamps(2),
)


def made(
    key: Any,
    extensions: tuple[x509.ExtensionType, ...] = (),
    *,
    serial: int = 0x0A1B2C,
    pss: bool = False,
) -> x509.Certificate:
    """Return a certificate that signs itself."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(serial)
        .not_valid_before(NOW - DAY)
        .not_valid_after(NOW + DAY)
    )
    for each in extensions:
        builder = builder.add_extension(each, critical=False)
    digest = None if isinstance(key, ed25519.Ed25519PrivateKey) else hashes.SHA384()
    if pss:
        how = padding.PSS(padding.MGF1(hashes.SHA384()), padding.PSS.DIGEST_LENGTH)
        return builder.sign(key, digest, rsa_padding=how)
    return builder.sign(key, digest)


EC = ec.generate_private_key(ec.SECP256R1())
WHOLE = made(EC, EXTENSIONS)


def told(octets: bytes, *, pem: bool = False) -> dict[str, Any]:
    return certificate_object(certificate_facts(octets), pem=pem)


def der(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(Encoding.DER)


def test_all_that_stands_in_a_certificate_is_told() -> None:
    found = told(der(WHOLE), pem=True)
    assert {name: found[name] for name in found if name in WANTED} == WANTED
    assert found["cert_sha256"] == WHOLE.fingerprint(hashes.SHA256()).hex()
    assert found["cert_sha1"] == WHOLE.fingerprint(hashes.SHA1()).hex()
    assert x509.load_pem_x509_certificate(found["pem"].encode()) == WHOLE
    assert found["not_after"] == WHOLE.not_valid_after_utc.astimezone(UTC).strftime(
        "%Y-%m-%dT%H:%M:%SZ"
    )
    assert not [name for name in found if name.endswith("_reason")]


WANTED = {
    "serial": "0a1b2c",
    "common_name": HOST,
    "san_by_type": {
        "dns": [HOST, "*.example.org"],
        "ip": ["2001:db8::1"],
        "email": ["postmaster@example.org"],
        "uri": ["https://example.org/"],
        "other": [
            "directoryName:CN=dir",
            "registeredID:1.3.6.1.4.1.55555.1",
            "otherName:1.3.6.1.4.1.55555.1",
        ],
    },
    "san": [HOST, "*.example.org", "2001:db8::1"],
    "key": "EC secp256r1",
    "key_type": "EC",
    "key_bits": 256,
    "signature_hash": "sha384",
    "key_usage": ["digitalSignature", "keyEncipherment"],
    "extended_key_usage": ["serverAuth", "1.3.6.1.4.1.55555.1"],
    "ca": False,
    "path_length": None,
    "ocsp_urls": ["http://ocsp.example/"],
    "issuer_urls": ["http://ca.example/ca.der"],
    "crl_urls": ["http://ca.example/1.crl"],
    "must_staple": True,
    "transparency": True,
    "sct_count": 2,
    "unread": [],
}


def test_what_a_certificate_does_not_say_has_no_reason_to_be_unknown() -> None:
    found = told(der(made(EC)))
    assert (found["key_usage"], found["extended_key_usage"]) == (None, None)
    assert (found["ocsp_urls"], found["sct_count"], found["must_staple"]) == ([], 0, False)
    assert not [name for name in found if name.endswith("_reason")]


@pytest.mark.parametrize(
    ("key", "pss", "wanted"),
    [
        (rsa.generate_private_key(65537, 2048), False, ("RSA", 2048, "sha384")),
        (rsa.generate_private_key(65537, 2048), True, ("RSA", 2048, "sha384")),
        (ec.generate_private_key(ec.SECP384R1()), False, ("EC", 384, "sha384")),
        (ed25519.Ed25519PrivateKey.generate(), False, ("Ed25519", 256, None)),
    ],
    ids=["RSA", "RSASSA-PSS", "EC", "Ed25519"],
)
def test_keys_and_digests_are_told_as_numbers_and_names(
    key: Any, pss: bool, wanted: tuple[str, int, str | None]
) -> None:
    found = told(der(made(key, pss=pss)))
    assert (found["key_type"], found["key_bits"], found["signature_hash"]) == wanted
    assert not [name for name in found if name.endswith("_reason")]


IN_PARTS = {
    "signedCertificateTimestampList": (
        [(stamps(2).value, b"\x04\x02\xff\xff" + stamps(2).value[4:])],
        {"transparency", "sct_count"},
    ),
    "authorityInfoAccess": (
        [(b"ocsp.example", b"ocsp.ex\xe4mple")],
        {"ocsp_urls", "issuer_urls"},
    ),
    "cRLDistributionPoints": ([(b"ca.example/1.crl", b"ca.ex\xe4mple/1.crl")], {"crl_urls"}),
}


@pytest.mark.parametrize("name", IN_PARTS)
def test_what_cannot_be_read_is_unknown_and_never_absent(name: str) -> None:
    changes, unknown = IN_PARTS[name]
    octets = der(WHOLE)
    for before, after in changes:
        assert octets.count(before) == 1
        octets = octets.replace(before, after)
    found = told(octets)
    assert {field for field in WANTED if f"{field}_reason" in found} == unknown
    for field in unknown:
        assert (found[field], found[f"{field}_reason"]) == (None, f"its {name} cannot be read")
    kept = set(WANTED) - unknown - {"unread"}
    assert {field: found[field] for field in kept} == {field: WANTED[field] for field in kept}
    assert found["unread"] == [name]


def test_an_address_with_an_octet_that_is_no_ascii_is_told_with_it() -> None:
    octets = der(WHOLE).replace(b"postmaster@example.org", b"postm\xe4ster@example.org")
    assert told(octets)["san_by_type"]["email"] == ["postm\\xe4ster@example.org"]
    assert told(octets)["san_by_type"]["dns"] == [HOST, "*.example.org"]


def test_a_certificate_that_cannot_be_read_has_its_octets_and_digests() -> None:
    found = told(b"\x30\x03no", pem=True)
    assert found["cert_sha1"]
    assert found["pem"].startswith("-----BEGIN CERTIFICATE-----\nMANubw==\n")
    unknown = [name for name in found if f"{name}_reason" in found]
    assert {"subject", "serial", "san", "not_after", "ca", "sct_count", "key_bits"} <= set(unknown)
    assert not any(found[name] for name in unknown)
    assert {found[f"{name}_reason"] for name in unknown} == {"the certificate cannot be parsed"}


def test_a_date_that_cannot_be_read_is_unknown_and_the_other_is_told() -> None:
    found = certificate_object(certificate_facts(der(WHOLE))._replace(not_after=None))
    assert (found["not_after"], found["not_after_reason"]) == (
        None,
        "its end of validity cannot be read",
    )
    assert found["not_before"]
    assert "not_before_reason" not in found


def test_a_name_that_is_no_text_is_unknown_and_not_empty() -> None:
    octets = der(WHOLE).replace(b"\x0c\x0e" + HOST.encode(), b"\x0c\x0e" + b"\xe4" * len(HOST))
    found = told(octets)
    assert (found["subject"], found["common_name"]) == ("", None)
    assert found["subject_reason"] == found["common_name_reason"] == "its subject cannot be read"
    assert found["issuer_reason"] == "its issuer cannot be read"
    assert found["serial"] == "0a1b2c"


def first(report: Any) -> dict[str, Any]:
    (found,) = report["hosts"][0]["addresses"]
    assert isinstance(found, dict)
    return found


def test_the_path_stands_beside_the_chain_as_sent() -> None:
    (leaf, middle, root) = (certificate_facts(one.der) for one in (LEAF, MIDDLE, ROOT))
    sent = session(certificates=Shown((leaf, root, middle), TrustPath(0, "", (leaf, middle, root))))
    shown = first(report_object(judged(facts(host(address(tls=sent))))))["certificate"]
    assert [one["cert_sha256"] for one in shown["chain"]] == [
        one.sha256 for one in (leaf, root, middle)
    ]
    assert [one["cert_sha256"] for one in shown["verified_chain"]] == [
        one.sha256 for one in (leaf, middle, root)
    ]
    assert shown["verified_chain"][-1]["ca"] is True
    lost = session(certificates=Shown((leaf,), TrustPath(20, "unable to get local issuer")))
    shown = first(report_object(judged(facts(host(address(tls=lost))))))["certificate"]
    assert (shown["verified_chain"], shown["pkix"]["path"]) == ([], "no")


def test_the_report_names_the_program_and_who_is_affected() -> None:
    report = report_object(judged(sample()))
    assert report["smtpprobe"] == __version__
    findings: Any = report["findings"]
    affected = {one["id"]: (one["affects"], one["who"]) for one in findings}
    assert affected["dane.no-match"] == (["dane"], WHO["dane",])
    assert affected["sts.mx-uncovered"] == (["mta_sts"], WHO["sts",])
    assert affected["starttls.missing"][0] == ["opportunistic", "pkix", "dane", "mta_sts"]
    assert affected["dane.no-rollover"] == ([], WHO[()])


def undescribed(value: object, schema: Any, path: str = "") -> Iterator[str]:
    """Yield the fields of a value that the schema does not describe."""
    if "$ref" in schema:
        schema = SCHEMA["$defs"][schema["$ref"].rpartition("/")[2]]
    if isinstance(value, dict):
        for name, each in value.items():
            found = schema.get("properties", {}).get(name, schema.get("additionalProperties"))
            if found is None:
                yield f"{path}.{name}"
            else:
                yield from undescribed(each, found, f"{path}.{name}")
    elif isinstance(value, list):
        for each in value:
            yield from undescribed(each, schema.get("items", {}), f"{path}[]")


def test_the_schema_describes_every_field() -> None:
    reports = [judged(case.make(), **case.options) for case in CASES]
    reports += [judged(sample()), judged(hostile("x", b"y"))]
    values = [report_object(one, pem=True) for one in reports]
    for value in values:
        VALIDATOR.validate(value)
    assert {field for value in values for field in undescribed(value, SCHEMA)} == set()
