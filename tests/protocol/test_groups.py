"""What may go out together: RFC 2920, 3.1."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpprobe.protocol.pipelining import ends_group, grouped

ANYWHERE = ("RSET", "mail FROM:<>", "RCPT TO:<a@b>", "SEND FROM:<>", "BDAT 3 LAST")
LAST = (
    *("EHLO x", "DATA", "VRFY a", "EXPN a", "TURN", "QUIT", "noop", "HELO x", "LHLO x", "STARTTLS"),
    *("AUTH PLAIN AGEAYg==", "XCLIENT NAME=x", "HELP", "", "MIAL FROM:<>"),
)


@pytest.mark.parametrize("line", ANYWHERE)
def test_more_may_follow(line: str) -> None:
    assert not ends_group(line)


@pytest.mark.parametrize("line", LAST)
def test_it_ends_a_group(line: str) -> None:
    assert ends_group(line)


@given(st.lists(st.sampled_from([*ANYWHERE, *LAST])))
def test_groups_hold_all_that_was_sent_and_end_where_they_must(
    sent: list[str],
) -> None:
    groups = list(grouped(sent, str))
    assert [line for group in groups for line in group] == sent
    assert all(groups)
    assert not any(ends_group(line) for group in groups for line in group[:-1])
    assert all(ends_group(group[-1]) for group in groups[:-1])
