"""The header of the PROXY protocol: what is written, to the octet, and how it is read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpprobe.errors import UsageError
from smtpprobe.protocol.transport.proxy_header import (
    SIGNATURE,
    Announced,
    End,
    MisreadError,
    ProxyHeader,
    parse_header,
    read_header,
    written,
)

LOCAL, REMOTE = End("127.0.0.1", 40000), End("127.0.0.2", 25)
LOCAL6, REMOTE6 = End("::1", 40000), End("::2", 25)

WRITTEN = (
    ("v1", b"PROXY TCP4 127.0.0.1 127.0.0.2 40000 25\r\n"),
    ("v1 192.0.2.1", b"PROXY TCP4 192.0.2.1 127.0.0.2 40000 25\r\n"),
    ("v1 192.0.2.1:4711", b"PROXY TCP4 192.0.2.1 127.0.0.2 4711 25\r\n"),
    ("V1 192.0.2.1:0 192.0.2.2:587", b"PROXY TCP4 192.0.2.1 192.0.2.2 0 587\r\n"),
    ("v1 2001:db8::1 [2001:DB8::2]:465", b"PROXY TCP6 2001:db8::1 2001:db8::2 40000 465\r\n"),
    ("v1 unknown", b"PROXY UNKNOWN\r\n"),
    ("v2 local", SIGNATURE + b"\x20\0\0\0"),
    (
        "v2 192.0.2.1:4711 192.0.2.2:587",
        SIGNATURE + b"\x21\x11\0\x0c\xc0\0\x02\x01\xc0\0\x02\x02\x12\x67\x02\x4b",
    ),
    (
        "v2 [2001:db8::1]:1 [2001:db8::2]:2",
        SIGNATURE + b"\x21\x21\0\x24"
        + bytes.fromhex("20010db8000000000000000000000001")
        + bytes.fromhex("20010db8000000000000000000000002") + b"\0\x01\0\x02",
    ),
)  # fmt: skip


@pytest.mark.parametrize(("text", "octets"), WRITTEN)
def test_a_header_is_written_to_the_octet(text: str, octets: bytes) -> None:
    assert written(parse_header(text), LOCAL, REMOTE).octets == octets


REFUSED = (
    ("", "cannot be understood"),
    ("v3", "cannot be understood"),
    ("v1 192.0.2.1 192.0.2.2 192.0.2.3", "cannot be understood"),
    ("v1 local", "'v1 unknown' or 'v2 local'"),
    ("v2 unknown", "'v1 unknown' or 'v2 local'"),
    ("v2 local 192.0.2.1", "'v1 unknown' or 'v2 local'"),
    ("v1 mx.example", "is not an address"),
    ("v1 192.0.2.1:70000", "from 0 to 65535"),
    ("v1 192.0.2.1:x", "from 0 to 65535"),
    ("v1 192.0.2.1:" + "9" * 5000, "from 0 to 65535"),
    ("v1 192.0.2.1 2001:db8::1", "not of one family"),
)


@pytest.mark.parametrize(("text", "told"), REFUSED)
def test_what_is_no_header_is_a_usage_error(text: str, told: str) -> None:
    with pytest.raises(UsageError) as raised:
        parse_header(text)
    assert told in f"{raised.value.message} {raised.value.hint}"


def test_addresses_that_are_not_known_have_to_be_named() -> None:
    assert written(parse_header("v1 192.0.2.1 192.0.2.2"), None, None).octets == (
        b"PROXY TCP4 192.0.2.1 192.0.2.2 0 0\r\n"
    )
    for text in ("v1", "v2 192.0.2.1"):
        with pytest.raises(UsageError, match="has no addresses"):
            written(parse_header(text), None, None)
    with pytest.raises(UsageError, match="not of one family"):
        written(parse_header("v1 2001:db8::1"), LOCAL, REMOTE)
    assert written(parse_header("v1"), LOCAL6, REMOTE6).octets.startswith(b"PROXY TCP6 ::1 ::2 ")


PORTS = st.integers(0, 65535)
ENDS = st.one_of(
    st.tuples(st.ip_addresses(v=4), st.ip_addresses(v=4)),
    st.tuples(st.ip_addresses(v=6), st.ip_addresses(v=6)),
)


@given(st.sampled_from((1, 2)), ENDS, PORTS, PORTS, st.binary(max_size=40))
def test_what_is_written_is_read_again_and_nothing_behind_it(
    version: int, ends: tuple[object, object], source: int, destination: int, behind: bytes
) -> None:
    client = End(str(ends[0]), source)
    header = ProxyHeader(version, client, End(str(ends[1]), destination))
    octets = written(header, None, None).octets
    assert read_header(octets + behind) == Announced(len(octets), client)
    assert read_header(octets[:-1]) is None


@given(st.binary(max_size=200))
def test_any_octets_are_a_header_none_or_not_yet_one(octets: bytes) -> None:
    try:
        found = read_header(octets)
    except MisreadError:
        return
    assert found is None or 0 < found.octets <= len(octets)


@pytest.mark.parametrize("text", ["v1 unknown", "v2 local"])
def test_nobody_is_read_as_nobody(text: str) -> None:
    octets = written(parse_header(text), None, None).octets
    assert read_header(octets) == Announced(len(octets), None)


NO_HEADERS = (
    b"EHLO me\r\n",
    b"PROXY TCP4 192.0.2.1 192.0.2.2 1\r\n",
    b"PROXY TCP4 2001:db8::1 2001:db8::2 1 2\r\n",
    b"PROXY TCP4 a b 1 2\r\n",
    b"PROXY TCP4 192.0.2.1 192.0.2.2 1 99999\r\n",
    b"PROXY " + b"x" * 200,
    b"\r\n\r\n\0\r\nQUIT!",
    SIGNATURE + b"\x31\x11\0\x0c" + b"\0" * 12,
    SIGNATURE + b"\x21\x11\xff\xff",
    SIGNATURE + b"\x21\x11\0\x04" + b"\0" * 4,
)


@pytest.mark.parametrize("octets", NO_HEADERS)
def test_what_is_not_a_header_is_refused_with_a_reason(octets: bytes) -> None:
    with pytest.raises(MisreadError, match=r".+"):
        read_header(octets)
