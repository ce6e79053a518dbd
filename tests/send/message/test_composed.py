"""What is composed is a message that the standard library reads back as it was meant."""

from __future__ import annotations

import base64
import email
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from smtpprobe.errors import UsageError
from smtpprobe.send.message.composed import GTUBE
from tests.send.delivering import given

TO = ("--to", "you@mx.example")


def message(*words: str) -> EmailMessage:
    source = given(*TO, *words).source
    octets = b"".join(source.pieces())
    source.close()
    assert octets.count(b"\n") == octets.count(b"\r\n")
    assert all(len(line) <= 998 for line in octets.split(b"\r\n"))
    return email.message_from_bytes(octets, policy=default)


def test_a_message_has_the_headers_that_one_needs() -> None:
    found = message()
    for name in ("From", "To", "Date", "Message-ID", "MIME-Version"):
        assert found[name], name
    assert found["From"] == "me@client.example"
    assert found["To"] == "you@mx.example"


def test_text_of_any_script_and_length_comes_back() -> None:
    text = "Grüße aus 東京 " * 200
    found = message("--body", text, "--subject", "Größe 大")
    assert found.get_content().strip() == text.strip()
    assert found["Subject"] == "Größe 大"


def test_a_header_replaces_one_that_is_made_and_another_is_added() -> None:
    found = message(
        "--header", "Subject: given", "--subject", "made", "--add-header", "X-A: 1",
        "--add-header", "X-A: 2", "--header", "From: Someone <x@y.example>",
    )  # fmt: skip
    assert found.get_all("Subject") == ["given"]
    assert found.get_all("X-A") == ["1", "2"]
    assert found.get_all("From") == ["Someone <x@y.example>"]


@pytest.mark.parametrize("size", [0, 1, 57, 58, 65536, 200_001])
def test_an_attachment_of_any_size_comes_back(size: int, tmp_path: Path) -> None:
    file = tmp_path / "größe.png"
    octets = bytes(number % 251 for number in range(size))
    file.write_bytes(octets)
    found = message("--attach", f"@{file}", "--attach", str(file), "--attach-type", "image/png")
    attached = list(found.iter_attachments())
    assert [part.get_content() for part in attached] == [octets, octets]
    assert [part.get_filename() for part in attached] == ["größe.png"] * 2
    assert {part.get_content_type() for part in attached} == {"image/png"}


def test_the_text_of_spam_filters_is_sent_unchanged() -> None:
    source = given(*TO, "--body", "@gtube").source
    assert GTUBE.encode() in b"".join(source.pieces())


def test_the_size_that_is_announced_is_the_size_that_is_sent(tmp_path: Path) -> None:
    file = tmp_path / "m.eml"
    file.write_bytes(b"Subject: x\n\n.a\n..b\nno end")
    for words in ((), ("--eml", str(file)), ("--attach", str(file))):
        source = given(*TO, *words).source
        assert source.content.octets == len(b"".join(source.pieces()))
        source.close()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--header", "no colon"), "is not a header"),
        (("--header", "X: a\r\nBcc: b"), "a line end"),
        (("--subject", "a\nBcc: x@y.example"), "a line end"),
        (("--eml", "/nowhere"), "cannot read /nowhere"),
        (("--eml", "/"), "cannot read"),
        (("--attach", "/nowhere"), "cannot read /nowhere"),
        (("--body", "@/nowhere"), "cannot read /nowhere"),
        (("--eml", "/dev/null", "--body", "x"), "cannot be used together"),
        (("--to", "a@b.example\r\nRCPT TO:<x@y.example>"), "a line end"),
        (("--to", "a@b.example>"), "is not an address"),
        (("--to", "a b@c.example"), "is not an address"),
        (("--from", "a@b.example\r\nX"), "a line end"),
        (("--envid", "a\r\nRSET"), "a line end"),
        (("--mail-param", "A=1\nRSET"), "a line end"),
        (("--rcpt-param", "A=1\nRSET"), "a line end"),
        (("--orcpt", "a\nb"), "a line end"),
        (("--orcpt", "a", "--orcpt", "b"), "one each, or auto"),
        (("--notify", "never,success"), "not a value"),
        (("--deliverby", "soon"), "not a value"),
        (("--quit-after", "lunch"), "no such point"),
        (("--quit-after", "mail", "--drop-after", "mail"), "cannot be used together"),
        (("--auth", "MAGIC"), "is not known here"),
        (("--dkim-selector", "s"), "--dkim-key"),
    ],
)
def test_what_cannot_be_meant_is_refused_before_anything_is_sent(
    words: tuple[str, ...], said: str
) -> None:
    with pytest.raises(UsageError) as caught:
        given(*TO, *words)
    assert said in f"{caught.value.message} {caught.value.hint}"


def test_a_domain_that_is_not_ascii_goes_out_as_dns_has_it() -> None:
    order = given("--to", "you@bücher.example").order
    assert [one.address for one in order.recipients] == ["you@xn--bcher-kva.example"]


def test_recipients_come_from_a_list_with_commas_and_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "list"
    file.write_text("c@x.example\n\nd@x.example\n")
    order = given("--to", "a@x.example, b@x.example", "--bcc", f"@{file}").order
    assert [one.address[0] for one in order.recipients] == ["a", "b", "c", "d"]


def test_a_signature_verifies_with_the_key_it_was_made_with(tmp_path: Path) -> None:
    dkim = pytest.importorskip("dkim")
    key = rsa.generate_private_key(65537, 2048)
    file = tmp_path / "key.pem"
    file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.TraditionalOpenSSL,
            serialization.NoEncryption(),
        )
    )
    public = key.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    source = given(*TO, "--dkim-key", str(file), "--dkim-selector", "sel").source
    octets = b"".join(source.pieces())
    asked: list[bytes] = []

    def txt(name: bytes, **_: object) -> bytes:
        asked.append(name)
        return b"v=DKIM1; k=rsa; p=" + base64.b64encode(public)

    assert dkim.verify(octets, dnsfunc=txt)
    assert asked == [b"sel._domainkey.client.example."]
