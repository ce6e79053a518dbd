"""Whole numbers in text, wherever users and servers write them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpprobe.assistant.allowed import read_rule
from smtpprobe.cli.option_types import port
from smtpprobe.digits import capped_number, whole_number
from smtpprobe.errors import UsageError
from smtpprobe.knowledge.tables.keywords import explain_keyword
from smtpprobe.net.mx_route import _chosen
from smtpprobe.protocol.attempts import MailHost
from smtpprobe.protocol.auth.scram import server_first
from smtpprobe.protocol.extensions import Extensions
from smtpprobe.protocol.target import parse_bind, parse_server, parse_target, port_of
from smtpprobe.protocol.transport.proxy_header import MisreadError, parse_header, read_header
from smtpprobe.script.language.patterns import written_out
from smtpprobe.script.language.values import BadValueError, _repeat
from smtpprobe.starttls.arguments import read_pins

LONG = "9" * 5000
"""More digits than `int` takes."""
HIDDEN = "0" * 20 + "70000"
"""Of which a number is left that looks small if the end is cut off."""


@given(st.integers(0, 10**30), st.integers(0, 10**30), st.integers(0, 30))
def test_a_number_is_read_whatever_zeros_are_in_front(number: int, most: int, zeros: int) -> None:
    read = whole_number(f"{'0' * zeros}{number}", most)
    assert read == (number if number <= most else None)
    assert capped_number(f"{'0' * zeros}{number}", most) == min(number, most)


@pytest.mark.parametrize("text", ["", " 1", "1 ", "+1", "-1", "1_0", "\u0661", "1.0", "x", LONG])
def test_what_else_int_takes_is_no_number(text: str) -> None:
    assert whole_number(text, 10**18) is None
    assert capped_number(text, 10**18) == (10**18 if text == LONG else None)


HOSTS = [MailHost("mx1.example.org", 10), MailHost("mx2.example.org", 20)]


@pytest.mark.parametrize("digits", [HIDDEN, LONG])
@pytest.mark.parametrize(
    "read",
    [
        lambda text: parse_target(f"mx.example.org:{text}"),
        lambda text: parse_server(f"192.0.2.53:{text}"),
        lambda text: parse_header(f"v1 192.0.2.1:{text}"),
        lambda text: read_pins([f"mx.example.org:{text}:192.0.2.1"]),
        lambda text: read_rule(f"mx.example.org:{text}"),
        port(),
        lambda text: _chosen("example.org", HOSTS, text),
    ],
)
def test_a_number_that_is_too_large_is_refused_however_it_is_written(
    read: Callable[[str], object], digits: str
) -> None:
    with pytest.raises(UsageError):
        read(digits)


@pytest.mark.parametrize("zeros", ["", "0", "0" * 30])
def test_zeros_in_front_of_a_number_change_nothing(zeros: str) -> None:
    assert port_of(f"{zeros}587") == 587
    assert port()(f"{zeros}587") == 587
    assert parse_target(f"mx.example.org:{zeros}587").port == 587
    assert _chosen("example.org", HOSTS, f"{zeros}2") == HOSTS[1:]
    assert read_pins([f"mx:{zeros}25:192.0.2.1"]) == {("mx", 25): "192.0.2.1"}
    assert Extensions((("SIZE", (f"{zeros}1000",)),)).size_limit == 1000
    assert explain_keyword("SIZE", (f"{zeros}1000",)).startswith("messages up to 1000 octets")
    assert _repeat("ab", f"{zeros}2") == "abab"
    assert written_out(f"a{{{zeros}7}}") == 7
    first = server_first(f"r=a,s=c2FsdA==,i={zeros}4096")
    assert first is not None
    assert first.iterations == 4096


def test_a_limit_of_twenty_digits_is_told_as_it_was_announced() -> None:
    most = 2**64 - 1  # RFC 1870 3: up to 20 digits
    assert Extensions((("SIZE", (str(most),)),)).size_limit == most
    assert Extensions((("SIZE", (LONG,)),)).size_limit is None
    assert "no limit" in explain_keyword("SIZE", (LONG,))


def test_no_count_of_a_script_gets_by_its_limit_behind_zeros() -> None:
    with pytest.raises(BadValueError):
        _repeat("ab", "0" * 20 + "9" * 12)
    with pytest.raises(BadValueError):
        _repeat("ab", LONG)
    assert written_out("a{" + "0" * 20 + "900000000}") == 900000000
    assert written_out("a{" + LONG + "}") >= 900000000


def test_a_port_in_a_line_of_proxy_is_one() -> None:
    for digits in (HIDDEN, "65536"):
        line = f"PROXY TCP4 192.0.2.1 192.0.2.2 {digits} 25\r\n"
        with pytest.raises(MisreadError):
            read_header(line.encode())


@pytest.mark.parametrize(
    ("text", "address", "number"),
    [
        ("192.0.2.7", "192.0.2.7", 0),
        ("192.0.2.7:0", "192.0.2.7", 0),
        ("[::1]:0", "::1", 0),  # as the hint has it
        ("::1", "::1", 0),
        ("[::1]", "::1", 0),
        (" [::1]:00025 ", "::1", 25),
        ("192.0.2.7:smtp", "192.0.2.7", 25),
        ("192.0.2.7:4711", "192.0.2.7", 4711),
    ],
)
def test_the_port_to_send_from_is_the_one_that_was_written(
    text: str, address: str, number: int
) -> None:
    assert parse_bind(text) == (address, number)


@pytest.mark.parametrize("text", ["mx.example.org", "192.0.2.7:65536", "[::1]:x", "", ":25"])
def test_what_is_no_address_to_send_from_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        parse_bind(text)
