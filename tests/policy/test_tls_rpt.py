"""TLSRPT records (RFC 8460 3)."""

from __future__ import annotations

import pytest

from smtpprobe.policy.tls_rpt import read_txt


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
        (["v=TLSRPTv1; rua=mailto:a@b.c!10m"], 1, "is neither mailto: nor https:"),
    ],
)
def test_what_does_not_count_says_why(records: list[str], count: int, problem: str) -> None:
    found = read_txt(records)
    assert (found.count, found.uris) == (count, ())
    assert problem in found.problem
