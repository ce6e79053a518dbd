"""Every written form of a target, what it means, and how it is printed back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpprobe.errors import UsageError
from smtpprobe.protocol.phase import Dialect
from smtpprobe.protocol.target import Target, TargetKind, host_target, parse_target

DOMAIN, HOST, ADDRESS, SOCKET, PIPE = TargetKind


@pytest.mark.parametrize(
    ("written", "target", "printed"),
    [
        ("example.org", Target(DOMAIN, "example.org"), "example.org"),
        ("example.org.", Target(DOMAIN, "example.org"), "example.org"),
        ("pipe:ssh host nc mx 25", Target(PIPE, "ssh host nc mx 25", 0), "pipe:ssh host nc mx 25"),
        ("[mx1.example.org]", Target(HOST, "mx1.example.org"), "[mx1.example.org]"),
        ("mx1.example.org:25", Target(HOST, "mx1.example.org"), "[mx1.example.org]"),
        ("mx1.example.org 25", Target(HOST, "mx1.example.org"), "[mx1.example.org]"),
        (" mx\t 2525 ", Target(HOST, "mx", 2525), "[mx]:2525"),
        ("2001:db8::1 25", Target(ADDRESS, "2001:db8::1"), "[2001:db8::1]"),
        ("[IPv6:2001:db8::1] 26", Target(ADDRESS, "2001:db8::1", 26), "[2001:db8::1]:26"),
        ("lmtp://h 25", Target(HOST, "h", 25, dialect=Dialect.LMTP), "lmtp://[h]:25"),
        ("unix:/run/a 25", Target(SOCKET, "/run/a 25", 0), "unix:/run/a 25"),
        ("mx:2525", Target(HOST, "mx", 2525), "[mx]:2525"),
        ("mx:465", Target(HOST, "mx", 465, implicit_tls=True), "smtps://[mx]"),
        ("[192.0.2.1]", Target(ADDRESS, "192.0.2.1"), "[192.0.2.1]"),
        ("192.0.2.1:587", Target(ADDRESS, "192.0.2.1", 587), "[192.0.2.1]:587"),
        ("[2001:db8::1]:25", Target(ADDRESS, "2001:db8::1"), "[2001:db8::1]"),
        ("[IPv6:2001:DB8::1]", Target(ADDRESS, "2001:db8::1"), "[2001:db8::1]"),
        ("localhost", Target(HOST, "localhost"), "[localhost]"),
        ("a.localhost", Target(HOST, "a.localhost"), "[a.localhost]"),
        ("smtps://h", Target(HOST, "h", 465, implicit_tls=True), "smtps://[h]"),
        ("smtps://h:4650", Target(HOST, "h", 4650, implicit_tls=True), "smtps://[h]:4650"),
        ("submission://h", Target(HOST, "h", 587), "[h]:587"),
        ("submissions://h", Target(HOST, "h", 465, implicit_tls=True), "smtps://[h]"),
        ("[mx]:submission", Target(HOST, "mx", 587), "[mx]:587"),
        ("mx smtp", Target(HOST, "mx"), "[mx]"),
        ("lmtp://h:24", Target(HOST, "h", 24, dialect=Dialect.LMTP), "lmtp://[h]"),
        ("lmtp://h:1024", Target(HOST, "h", 1024, dialect=Dialect.LMTP), "lmtp://[h]:1024"),
        ("unix:/run/x", Target(SOCKET, "/run/x", 0), "unix:/run/x"),
        ("lmtp+unix:/x", Target(SOCKET, "/x", 0, dialect=Dialect.LMTP), "lmtp+unix:/x"),
        (
            "bob@example.org",
            Target(DOMAIN, "example.org", mailbox="bob@example.org"),
            "example.org",
        ),
    ],
)
def test_each_form_means_what_the_table_says_and_prints_back(
    written: str, target: Target, printed: str
) -> None:
    found = parse_target(written)
    assert found == target
    assert str(found) == printed
    again = parse_target(printed)
    assert (again.name, again.port, again.implicit_tls, again.dialect) == (
        target.name, target.port, target.implicit_tls, target.dialect,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("", "example.org"),
        ("2001:db8::1", "[2001:db8::1]"),
        ("-p 25 mx.example", "write mx.example:25"),
        ("mx.example -p25", "write mx.example:25"),
        ("mx.example --port=25", "write mx.example:25"),
        ("--server mx.example --port 25", "write [mx.example]:25"),
        ("-s mx.example", "write [mx.example]"),
        ("mx.example -p", "mx.example:587"),
        ("-p 25", "for example"),
        ("mx.example 25 26", "for example"),
        ("mx.example other.example", "for example mx.example.org:25"),
        ("mx.example:25 26", "give one"),
        ("mx.example 70000", "mx.example:587"),
        ("help", "[help]"),
        ("Quit", "[Quit]"),
        ("mx:0", "587"),
        ("mx:99999", "587"),
        ("mx:mail", "587"),
        ("imap://mx", "submission://"),
        ("[mx", "[host]"),
        ("http://x", "smtps://"),
        ("300.1.1.1", "0 to 255"),
        ("a b", "example.org"),
        ("a..b", "example.org"),
        ("-h", "example.org"),
        ("@example.org", "user@"),
        ("user@", "user@"),
        ("x" * 300, "example.org"),
        ("unix:", "/run"),
        ("[IPv6:zz]", "2001:db8::1"),
        ("ex\x1b[2Jample.org", "example.org"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_a_form_that_can(written: str, hint: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_target(written)
    assert hint in caught.value.hint


@given(st.text())
def test_any_text_is_a_target_or_a_usage_error(text: str) -> None:
    try:
        found = parse_target(text)
    except UsageError:
        return
    assert found.name


def test_a_recording_names_the_host_that_was_met_not_the_domain() -> None:
    target = parse_target("example.org")
    assert str(host_target(target, "mx1.example.org")) == "[mx1.example.org]"
    assert host_target(target, "192.0.2.1").kind is ADDRESS


@pytest.mark.parametrize(
    "written",
    [
        "smtp://bob:s3cret@mx.example", "smtps://bob:s3:cr@et@mx.example:4650", "lmtp://bob@mx",
        "bob:s3cret@mx.example", "bob:s3cret@mx.example:587",
    ],
)  # fmt: skip
def test_a_login_in_a_target_is_refused_without_the_password(written: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_target(written)
    told = f"{caught.value.message} {caught.value.hint}"
    assert "--auth-user bob --auth-password-from prompt" in told
    assert not any(part in told for part in ("s3", "cret", "cr@et"))


def test_a_mailto_link_is_a_mailbox() -> None:
    assert parse_target("mailto:bob@example.org?subject=x").mailbox == "bob@example.org"
