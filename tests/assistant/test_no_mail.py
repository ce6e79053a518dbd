"""No command of a mail transaction gets past, however it is written or cut up."""

from __future__ import annotations

import collections
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpprobe.assistant.no_mail import VERBS, NoMail
from smtpprobe.errors import UsageError


@pytest.mark.parametrize(
    "octets",
    [
        b"MAIL FROM:<a@b.example>\r\n",
        b"mail from:<>\r\n",
        b"  \tMail FROM:<>\r\n",
        b"\0MA\0IL FROM:<>\r\n",
        b"NOOP\r\nRCPT TO:<a@b.example>\r\n",
        b"NOOP\nDATA\n",
        b"NOOP\rDATA\r",
        b"BDAT 4 LAST\r\nmail",
        b"\xff\xf4DATA\r\n",
        b"ETRN example.org\r\n",
    ],
)
def test_a_line_of_a_transaction_is_refused(octets: bytes) -> None:
    with pytest.raises(UsageError, match="is not sent"):
        NoMail()(octets)


def test_a_line_that_goes_out_in_pieces_is_refused_before_its_verb_is_whole_on_the_wire() -> None:
    check = NoMail()
    check(b"EHLO me.example\r\nMA")
    with pytest.raises(UsageError, match="MAIL is not sent"):
        check(b"IL FROM:<>\r\n")


@given(
    verb=st.sampled_from(sorted(VERBS)),
    before=st.sampled_from([b"", b"NOOP\r\n", b" ", b"\t", b"\0", b"QUIT\n"]),
    cuts=st.lists(st.integers(0, 40), max_size=5),
    lower=st.booleans(),
)
def test_no_way_to_cut_a_line_up_lets_its_verb_out(
    verb: str, before: bytes, cuts: list[int], *, lower: bool
) -> None:
    octets = before + (verb.lower() if lower else verb).encode() + b" x\r\n"
    edges = [0, *sorted(cuts), len(octets)]
    pieces = [octets[begin:end] for begin, end in itertools.pairwise(edges)]
    check = NoMail()
    with pytest.raises(UsageError):
        collections.deque(map(check, pieces), maxlen=0)


@pytest.mark.parametrize(
    "octets",
    [
        b"EHLO mail.example.org\r\n",
        b"VRFY data\r\n",
        b"MAILBOX\r\n",
        b"AUTH PLAIN AHVzZXIAcGFzcw==\r\n",
        b"TUFJTA==\r\n",
        b"STARTTLS\r\nQUIT\r\n",
        b"XCLIENT ADDR=192.0.2.1\r\n",
        b"\x16\x03\x01",
    ],
)
def test_what_starts_no_transaction_goes_out(octets: bytes) -> None:
    NoMail()(octets)
