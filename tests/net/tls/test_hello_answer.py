"""What a server's answer to a ClientHello tells, octet by octet; nothing that it sends raises."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpprobe.net.tls import client_hello
from smtpprobe.net.tls.client_hello import MOST_OCTETS, HelloAnswer, HelloReader


def record(kind: int, *parts: bytes) -> bytes:
    data = b"".join(parts)
    return bytes([kind, 3, 3]) + len(data).to_bytes(2) + data


def message(kind: int, body: bytes) -> bytes:
    return bytes([kind]) + len(body).to_bytes(3) + body


def server_hello(
    *extensions: tuple[int, bytes], random: bytes = bytes(32), version: int = 0x0303
) -> bytes:
    listed = b"".join(kind.to_bytes(2) + len(data).to_bytes(2) + data for kind, data in extensions)
    body = version.to_bytes(2) + random + b"\0\x13\x01\0" + len(listed).to_bytes(2) + listed
    return message(2, body)


def read(octets: bytes, size: int = 1 << 20) -> HelloReader:
    reader = HelloReader()
    for start in range(0, len(octets), size):
        reader.feed(octets[start : start + size])
    return reader


TLS1_3 = (43, b"\x03\x04")
X25519 = (51, b"\0\x1d\0\x01x")


@pytest.mark.parametrize("size", [1, 7, 1 << 20])
def test_the_version_is_that_of_the_extension_and_the_group_that_of_the_key_share(
    size: int,
) -> None:
    answer = read(record(22, server_hello(TLS1_3, X25519)), size)
    assert answer.done
    assert answer.answer == HelloAnswer(0x0304, 0x1301, "x25519")


def test_a_retry_names_the_group_that_is_wanted() -> None:
    retry = server_hello(TLS1_3, (51, b"\0\x17"), random=client_hello.RETRY_RANDOM)
    assert read(record(22, retry)).answer.group == "secp256r1"


def test_of_tls_1_2_the_certificates_are_read_up_to_the_end_of_its_greeting() -> None:
    chain = b"\0\0\x0a" + b"\0\0\x03one" + b"\0\0\x01x"
    octets = record(22, server_hello(), message(11, chain), message(14, b""))
    found = read(octets, 5)
    assert found.done
    assert found.answer.certificates == (b"one", b"x")
    assert found.answer.version == 0x0303


def test_an_alert_that_ends_it_is_named_and_a_warning_is_not_the_end() -> None:
    assert read(record(21, b"\x01\x70")).done is False
    fatal = read(record(21, b"\x02\x28"))
    assert fatal.done
    assert fatal.answer.alert == "handshake_failure"
    assert read(record(21, b"\x02\xfa")).answer.alert == "alert 250"


def test_an_alert_behind_the_answer_does_not_take_it_back() -> None:
    found = read(record(22, server_hello()) + record(21, b"\x02\x28"))
    assert found.done
    assert found.answer.accepted


def test_what_is_no_tls_is_odd() -> None:
    assert read(b"421 4.7.0 go away\r\n").answer.odd


def test_an_answer_without_end_is_given_up() -> None:
    assert read(
        record(22, b"\x0b\xff\xff\xff") + record(22, bytes(16000)) * (MOST_OCTETS // 16000 + 1)
    ).done


@given(st.binary(max_size=200), st.integers(1, 40))
def test_nothing_that_a_server_sends_raises(octets: bytes, size: int) -> None:
    read(octets, size)
    read(record(22, octets), size)
    read(record(22, message(2, octets)), size)
    read(record(22, server_hello(), message(11, octets), message(12, octets)), size)
