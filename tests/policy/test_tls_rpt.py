"""TLSRPT records (RFC 8460 3)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpprobe.policy.tls_rpt import read_txt
from tests.policy.slips import SLIPS, slipped


def test_mailboxes_and_addresses_of_the_web_are_read() -> None:
    found = read_txt(["other", "v=TLSRPTv1; rua=mailto:a@example.org,https://r.example.org/v1"])
    assert found.uris == ("mailto:a@example.org", "https://r.example.org/v1")
    assert (found.count, found.problem) == (1, "")


@pytest.mark.parametrize(
    ("records", "count", "problem"),
    [
        ([], 0, ""),
        (["v=TLSRPTv2; rua=mailto:a@b.c"], 0, ""),
        (["v=TLSRPTv1; rua=mailto:a@b.c"] * 2, 2, "2 records: senders ignore them all"),
        (["v=TLSRPTv1;"], 1, "there is no rua="),
        (["v=TLSRPTv1; rua=a@b.c"], 1, "'a@b.c' is neither mailto: nor https:"),
        (["v=TLSRPTv1; rua=mailto:a@b.c!10m"], 1, "is not a valid mailto: or https: URI"),
        (["v=TLSRPTv1; rua=mailto:a@b.c!10m"], 1, "'!' must be written %21"),
        (["v=TLSRPTv1; rua=https://r.example/%zz"], 1, "'%' must be followed by two hexadecimal"),
        (["v=TLSRPTv1; rua=mailto:\xc3\xa4@b.c"], 1, "'ä' is not allowed in a URI"),
        (["v=TLSRPTv1; rua=mailto:a@b.c mailto:d@e.f"], 1, "' ' is not allowed in a URI"),
        (["v=TLSRPTv1; rua=mailto:<a@b.c>"], 1, "'<' is not allowed in a URI"),
        (["v=TLSRPTv1; rua=http://r.example/"], 1, "'http://r.example/' is neither mailto: nor"),
        (["v=TLSRPTv1; rua=mailto:a@b.c,ftp://r.example/"], 1, "'ftp://r.example/' is neither"),
        (
            ["v=TLSRPTv1; rua=mailto://a@b.c"],
            1,
            "'mailto://a@b.c': mailto: must not be followed by //",
        ),
        (["v=TLSRPTv1; rua=mailto:a"], 1, "'mailto:a' is not mailto:name@domain or https://host"),
        (["v=TLSRPTv1; rua=mailto:@b.c"], 1, "is not mailto:name@domain"),
        (["v=TLSRPTv1; rua=https:/r.example"], 1, "is not mailto:name@domain or https://host"),
        (["v=TLSRPTv1; rua=https://"], 1, "is not mailto:name@domain or https://host/path"),
        (["v=TLSRPTv1; rua=mailto:a@b.c,"], 1, "empty entry before or after a comma"),
        (["v=TLSRPTv1; rua= mailto:a@b.c"], 1, "no space is allowed next to '='"),
        (["v=TLSRPTv1; rua:mailto:a@b.c"], 1, "(column 13): use '=' instead of ':'"),
        (["v=TLSRPTv1; RUA=mailto:a@b.c"], 1, "there is no rua=; 'RUA' is different, as names"),
        (["v=TLSRPTv1; rua=mailto:a@b.c; x"], 1, "the field 'x' is not name=value (column 31)"),
        (["v=TLSRPTv1; rua=mailto:a@b.c; x=a=b"], 1, "the field 'x=a=b' is not name=value"),
        (["v=tlsrptv1; rua=mailto:a@b.c"], 0, "column 3 has 't', not 'T'; upper and lower case"),
        (["v=TLSRPTv1, rua=mailto:a@b.c"], 0, "column 11 has ',', not ';'"),
        (["v=TLSRPTv1 rua=mailto:a@b.c"], 0, "column 11 has a blank, not ';'"),
        (["v=TLSRPTv1"], 0, "column 11 has nothing, not ';'"),
        (["v=TLSRPT1; rua=mailto:a@b.c"], 0, "column 9 has '1', not 'v'"),
        (["v=TLS-RPTv1; rua=mailto:a@b.c"], 0, "column 6 has '-', not 'R'"),
        (["vTLSRPTv1; rua=mailto:a@b.c"], 0, "column 2 has 'T', not '='"),
        (['"v=TLSRPTv1; rua=mailto:a@b.c"'], 0, "column 1 has a quotation mark"),
        (["rua=mailto:a@b.c"], 0, "column 1 has 'r', not 'v'"),
        (["v=DMARC1; rua=mailto:a@b.c"], 0, ""),
    ],
)
def test_what_does_not_count_says_why(records: list[str], count: int, problem: str) -> None:
    found = read_txt(records)
    assert (found.count, found.uris) == (count, ())
    assert problem in found.problem
    assert bool(problem) is bool(found.problem)


@pytest.mark.parametrize(
    "record",
    [
        "v=TLSRPTv1;rua=mailto:a@b.c",
        "v=TLSRPTv1; rua=MAILTO:a%21b@c.d?subject=x, HTTPS://r.example:8443/a?b=c&d=e#f ;",
        "v=TLSRPTv1; rua=https://[2001:db8::1]/v1; future=1:2",
    ],
)
def test_what_the_grammar_allows_is_valid(record: str) -> None:
    found = read_txt([record])
    assert (found.count, found.problem, found.doubt) == (1, "", "")
    assert found.uris


@pytest.mark.parametrize(
    ("record", "doubt"),
    [
        ("v=TLSRPTv1 ; rua=mailto:a@b.c", "space before the first ';'"),
        ("v=TLSRPTv1; rua=mailto:a@b.c; rua=mailto:d@e.f", "rua= is set twice"),
    ],
)
def test_what_senders_read_in_different_ways_is_doubtful(record: str, doubt: str) -> None:
    found = read_txt([record])
    assert (found.uris, found.problem) == (("mailto:a@b.c",), "")
    assert doubt in found.doubt


VALID = "v=TLSRPTv1; rua=mailto:a@b.c"


@given(st.integers(0, len("v=TLSRPTv1;") - 1), st.sampled_from(SLIPS))
def test_a_slip_in_the_beginning_of_a_record_never_makes_it_absent(at: int, slip: str) -> None:
    changed = slipped(VALID, at, slip)
    found = read_txt([changed])
    assert found.uris or found.problem
    assert found.record == changed


@given(st.binary(max_size=300))
def test_reading_never_fails(octets: bytes) -> None:
    text = octets.decode("latin-1")
    for record in (text, f"v=TLSRPTv1;{text}", f"v=TLSRPTv1; rua={text}"):
        found = read_txt([record])
        assert bool(found.uris) is (found.count == 1 and not found.problem)
