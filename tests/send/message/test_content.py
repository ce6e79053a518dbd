"""A message's octets on their way: the same at any cut, whatever they are."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hypothesis import example, given
from hypothesis import strategies as st

from smtpprobe.protocol.command import dot_stuff
from smtpprobe.send.message.content import Content, Fixer, Stuffer, Survey

OCTETS = st.lists(st.sampled_from([b"a", b".", b"\r", b"\n", b"\r\n", b"\0", b"\xc3", b"x" * 500]))
CUTS = st.lists(st.integers(0, 40))


def pieces(octets: bytes, cuts: list[int]) -> Iterator[bytes]:
    for cut in cuts:
        yield octets[:cut]
        octets = octets[cut:]
    yield octets


@given(OCTETS.map(b"".join), CUTS)
@example(b"a\r\n", [2])
@example(b"\r\r\n.\r", [1, 1, 1])
def test_line_ends_and_dots_come_out_as_of_the_whole_message(
    octets: bytes, cuts: list[int]
) -> None:
    fixer, stuffer = Fixer(), Stuffer()
    out = b"".join(stuffer.feed(fixer.feed(piece)) for piece in pieces(octets, cuts))
    assert out + stuffer.feed(fixer.end()) == dot_stuff(octets)
    assert fixer.lone == len(re.findall(rb"\r(?!\n)|(?<!\r)\n", octets))


@given(OCTETS.map(b"".join).filter(lambda octets: b"\r\r\n" not in octets), CUTS)
@example(b"a:\xc3\r\n\r\n", [1, 1, 1, 1, 1])
@example(b"\r\n\xc3", [1, 1])
@example(b"a\r\n\r\n\xc3", [4])
@example(b"x" * 999, [998])
def test_what_is_found_in_a_message_does_not_depend_on_the_cuts(
    octets: bytes, cuts: list[int]
) -> None:
    survey = Survey()
    for piece in pieces(octets, cuts):
        survey.feed(piece)
    whole = b"\r\n" + octets
    head = whole.partition(b"\n\r\n")[0]
    assert survey.done() == Content(
        octets=len(octets),
        lines=octets.count(b"\n"),
        eight_bit=not octets.isascii(),
        utf8_header=not head.isascii(),
        long_line=any(len(line) > 998 for line in re.split(rb"[\r\n]", octets)),
        nul=b"\0" in octets,
    )
