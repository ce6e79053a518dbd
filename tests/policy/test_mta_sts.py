"""MTA-STS records and policies (RFC 8461), as senders read them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpprobe.policy.mta_sts import (
    Mode,
    is_text_plain,
    mx_matches,
    policy_url,
    read_policy,
    read_txt,
)

POLICY = b"""version: STSv1
mode: enforce
mx: mx1.example.org
mx: *.backup.example.org
max_age: 604800
"""


def test_one_valid_record_gives_an_id() -> None:
    found = read_txt(["v=spf1 -all", "v=STSv1; id=20260101T0000;"])
    assert (found.count, found.policy_id, found.problem) == (1, "20260101T0000", "")


def test_unknown_fields_are_legal() -> None:
    assert read_txt(["v=STSv1; id=1; colour=red"]).policy_id == "1"


@pytest.mark.parametrize(
    ("record", "problem"),
    [
        ("v=STSv1;", "there is no id"),
        ("v=STSv1; id=2026-01-01", "the id '2026-01-01' is not 1 to 32 letters and digits"),
        (f"v=STSv1; id={'x' * 33}", "is not 1 to 32 letters and digits"),
        ("v=STSv1; id", "the field 'id' is not name=value"),
        ("v=STSv1; id=1; ;x=1", "the field '' is not name=value"),
    ],
)
def test_a_record_that_is_wrong_says_how(record: str, problem: str) -> None:
    found = read_txt([record])
    assert found.policy_id == ""
    assert problem in found.problem


def test_several_records_are_as_good_as_none() -> None:
    found = read_txt(["v=STSv1; id=1", "v=STSv1; id=2"])
    assert (found.count, found.policy_id) == (2, "")
    assert found.problem == "2 records: none of them counts"


def test_other_versions_and_other_records_are_not_counted() -> None:
    assert read_txt(["v=STSv12; id=1", "V=STSv1; id=1", " v=STSv1; id=1"]).count == 0


def test_a_blank_before_the_first_semicolon_is_doubtful() -> None:
    found = read_txt(["v=STSv1 ; id=1"])
    assert found.policy_id == "1"
    assert "6285" in found.warning


@pytest.mark.parametrize("ending", [b"\n", b"\r\n"])
def test_a_policy_is_read_with_both_line_ends(ending: bytes) -> None:
    policy = read_policy(POLICY.replace(b"\n", ending)).policy
    assert policy is not None
    assert (policy.mode, policy.max_age) == (Mode.ENFORCE, 604800)
    assert policy.mx == ("mx1.example.org", "*.backup.example.org")


def test_the_last_line_need_not_end_and_unknown_keys_are_passed_over() -> None:
    body = b"version: STSv1\nmode: none\nfuture: yes\nmode: enforce\nmax_age: 0"
    policy = read_policy(body).policy
    assert policy is not None
    assert (policy.mode, policy.max_age, policy.mx) == (Mode.NONE, 0, ())


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ((b"STSv1", b"STSv2"), "version: 'STSv2' is not STSv1"),
        ((b"version: STSv1\n", b""), "there is no version line"),
        ((b"enforce", b"strict"), "mode: 'strict' is not enforce, testing or none"),
        ((b"604800", b"a week"), "max_age: 'a week' is not 1 to 10 digits"),
        ((b"604800", b"99999999999"), "is not 1 to 10 digits"),
        ((b"604800", b"31557601"), "max_age 31557601 is over 31557600, a year"),
        ((b"mx1.example.org", b".example.org"), "mx: '.example.org' is neither"),
        ((b"mx1.example.org", b"mx1.example.org, mx2.example.org"), "is neither"),
        ((b"mx1.example.org", b"m*.example.org"), "is neither"),
        ((b"mx1.example.org", "mx.exämple.org".encode()), "is neither"),
        ((b"mx1.example.org", b"\xff"), "it is not UTF-8 text"),
        ((b"mode: enforce", b"<html>"), "line 2 is not `key: value`: '<html>'"),
        ((b"mx: mx1.example.org\nmx: *.backup.example.org\n", b""), "there is no mx line"),
    ],
)
def test_a_policy_that_is_wrong_says_how(change: tuple[bytes, bytes], problem: str) -> None:
    found = read_policy(POLICY.replace(*change))
    assert found.policy is None
    assert problem in found.problem


@pytest.mark.parametrize(
    ("host", "pattern", "covered"),
    [
        ("mx1.example.org", "mx1.example.org", True),
        ("MX1.Example.ORG.", "mx1.example.org", True),
        ("a.example.org", "*.example.org", True),
        ("a.b.example.org", "*.example.org", False),
        ("example.org", "*.example.org", False),
        ("mx.test", "*.test", True),
        ("mx1.example.net", "mx1.example.org", False),
        ("_mx.example.org", "*.example.org", True),
    ],
)
def test_a_star_stands_for_exactly_one_label(host: str, pattern: str, covered: bool) -> None:
    assert mx_matches(host, pattern) is covered


@given(st.binary(max_size=300))
def test_reading_never_fails(body: bytes) -> None:
    found = read_policy(body)
    assert (found.policy is None) == bool(found.problem)
    read_txt([body.decode("latin-1"), "v=STSv1;" + body.decode("latin-1")])


def test_the_media_type_may_have_parameters() -> None:
    assert is_text_plain("Text/Plain; charset=utf-8")
    assert not is_text_plain("text/html")
    assert not is_text_plain(None)
    assert policy_url("example.org") == "https://mta-sts.example.org/.well-known/mta-sts.txt"
