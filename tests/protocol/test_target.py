"""Every written form of a target, what it means, and how it is printed back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpprobe.errors import UsageError
from smtpprobe.protocol.phase import Dialect
from smtpprobe.protocol.target import (
    Target,
    TargetKind,
    host_target,
    parse_target,
    port_of,
    targets_of,
)

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


@pytest.mark.parametrize(
    ("words", "targets"),
    [
        (["mx", "25"], ["mx:25"]),
        (["mx", "submission"], ["mx:submission"]),
        (["25", "mx"], ["25", "mx"]),
        (["25"], ["25"]),
        (["mx1", "25", "mx2", "mx3", "587"], ["mx1:25", "mx2", "mx3:587"]),
        (["smtp://mx/", "25"], ["smtp://mx:25"]),
        (["smtp://mx//", "25"], ["smtp://mx:25"]),
        (["smtp://MX/", "25"], ["smtp://MX:25"]),
        (["2001:db8::1", "25"], ["[2001:db8::1]:25"]),
        (["[2001:db8::1]", "25"], ["[2001:db8::1]:25"]),
        (["bob@mx", "25"], ["bob@mx:25"]),
        (["bob@[2001:db8::1]", "25"], ["bob@[2001:db8::1]:25"]),
    ],
)
def test_a_port_behind_a_target_is_that_targets(words: list[str], targets: list[str]) -> None:
    assert targets_of(words) == targets


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["mx", "25", "587"], "two ports"),
        (["[mx]:25", "25"], "two ports"),
        (["smtp://mx:25/", "25"], "two ports"),
        (["bob@[2001:db8::1]:25", "25"], "two ports"),
        (["unix:/x", "25"], "takes no port"),
        (["mx/", "25"], "not a host"),
    ],
)
def test_a_target_has_one_port_at_most(words: list[str], told: str) -> None:
    with pytest.raises(UsageError, match=told):
        targets_of(words)


@pytest.mark.parametrize(
    ("word", "port"),
    [
        ("25", 25), ("0025", 25), ("1", 1), ("65535", 65535), ("smtps", 465), ("SMTP", 25),
        ("0", None), ("65536", None), ("", None), ("-1", None), ("+1", None), ("\u0662", None),
        ("2 5", None), ("no", None),
    ],
)  # fmt: skip
def test_a_port_is_a_number_that_there_is_or_its_name(word: str, port: int | None) -> None:
    assert port_of(word) == port


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("mailto:bob@example.org", "example.org"),
        ("MAILTO:bob@example.org?subject=x", "example.org"),
        ("mailto:25", "[mailto]"),  # a host of that name
        ('"a:b"@example.org', "example.org"),
        ('"a"@b"@example.org', "example.org"),
        ("smtp://mx///", "[mx]"),
        ("smtp://mx:465", "smtps://[mx]"),
        ("lmtp://mx:465", "lmtp://[mx]:465"),
    ],
)
def test_what_stands_around_a_host_is_taken_off(written: str, printed: str) -> None:
    assert str(parse_target(written)) == printed


@pytest.mark.parametrize(
    "written",
    ["mailto:mx", '"@example.org:x', "[smtp://x]", "smtp:///", "://x", "a" * 254],
)
def test_what_no_host_is_called_is_refused(written: str) -> None:
    with pytest.raises(UsageError):
        parse_target(written)


def test_a_name_of_253_octets_is_the_longest() -> None:
    name = ".".join(("a" * 63, "a" * 63, "a" * 63, "a" * 61))
    assert parse_target(name).name == name
    wide = "\u00e4" * 63 + "." + "\u00e4" * 63  # 253 octets in UTF-8
    assert parse_target(wide).name == wide
    for one in (f"{name}a", f"{wide}a"):
        with pytest.raises(UsageError):
            parse_target(one)
    odd = "\ud800.example"  # no text at all: looking it up says so
    assert parse_target(odd).name == odd


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("[127.0.0.1:2525]", "[127.0.0.1]:2525"),
        ("[mx.example.org:submission]", "[mx.example.org]:submission"),
        ("smtp://[mx.example.org:25]", "[mx.example.org]:25"),
    ],
)
def test_a_port_within_the_brackets_is_answered_with_where_it_belongs(
    written: str, right: str
) -> None:
    with pytest.raises(UsageError) as caught:
        parse_target(written)
    assert caught.value.hint == f"write {right}"
    assert parse_target(right)
