"""Replies out of octets: nothing is lost, nothing raises, every oddity is named."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from smtpprobe.protocol.reply import (
    Defect,
    EnhancedCode,
    Reply,
    ReplyParser,
    Severity,
    find_enhanced,
    parse_line,
    parse_reply,
)

SERVER_OCTETS = st.lists(
    st.sampled_from(
        [
            b"250",
            b"2",
            b"5",
            b"550",
            b"-",
            b" ",
            b"\r\n",
            b"\n",
            b"\r",
            b"5.1.1 ",
            b"x",
            b"\0",
            b"\xff",
        ]
    )
).map(b"".join) | st.binary(max_size=400)


def fed(data: bytes, cuts: list[int], limit: int = 65536) -> tuple[list[Reply], ReplyParser]:
    parser = ReplyParser(limit)
    replies, position = [], 0
    for cut in [*sorted(cut % (len(data) + 1) for cut in cuts), len(data)]:
        replies += parser.feed(data[position:cut])
        position = cut
    return replies, parser


@given(SERVER_OCTETS, st.lists(st.integers(min_value=0)), st.sampled_from([3, 16, 65536]))
@example(b"250-" + b"x" * 40 + b"\r\n250 y\r\n", [5, 9], 16)
def test_no_octet_is_lost_at_any_chunking(data: bytes, cuts: list[int], limit: int) -> None:
    replies, parser = fed(data, cuts, limit)
    assert b"".join(reply.raw for reply in replies) + parser.pending == data
    assert parser.pending_octets == len(parser.pending) <= limit


@given(SERVER_OCTETS, st.lists(st.integers(min_value=0)), st.sampled_from([3, 16, 65536]))
def test_chunking_never_changes_the_replies(data: bytes, cuts: list[int], limit: int) -> None:
    assert fed(data, cuts, limit)[0] == fed(data, list(range(len(data))), limit)[0]


@given(SERVER_OCTETS)
def test_what_the_end_of_a_connection_cuts_off_is_a_reply_too(data: bytes) -> None:
    _, parser = fed(data, [])
    pending = parser.pending
    cut_off = parser.close()
    assert (cut_off.raw if cut_off else b"") == pending
    assert cut_off is None or Defect.UNTERMINATED in cut_off.defects
    assert parser.pending == b""


@given(SERVER_OCTETS)
def test_every_property_of_any_reply_has_an_answer(data: bytes) -> None:
    replies, parser = fed(data, [])
    for reply in [*replies, *filter(None, [parser.close()])]:
        assert reply.severity is None or reply.severity.value == (reply.code or 0) // 100
        assert isinstance(reply.words, str)
        assert reply.enhanced is None or str(reply.enhanced)


@pytest.mark.parametrize(
    "raw",
    [b"220 again.example\r\n", b"250-again.example\r\n250 SIZE 10\r\n", b"250 a\r\n550 b\r\n"],
)
def test_what_a_server_says_again_is_read_once(raw: bytes) -> None:
    first, second = ReplyParser().feed(raw), ReplyParser().feed(raw)
    assert all(one is other for one, other in zip(first, second, strict=True))
    assert b"".join(reply.raw for reply in first) == raw


def test_of_a_reply_that_comes_again_by_halves_nothing_is_lost() -> None:
    half, rest = b"250-halves.example\r\n", b"250 SIZE 10\r\n"
    for _ in range(2):
        parser = ReplyParser()
        assert parser.feed(half) == []
        assert parser.pending == half
        (reply,) = parser.feed(rest)
        assert reply.raw == half + rest
        assert reply.extensions.size_limit == 10


def test_a_reply_of_many_lines_is_one_reply() -> None:
    reply = parse_reply(b"250-mx.example\r\n250-PIPELINING\r\n250 SIZE 10\r\n")
    assert reply.code == 250
    assert reply.severity is Severity.SUCCESS
    assert reply.texts == ("mx.example", "PIPELINING", "SIZE 10")
    assert not reply.defects


def test_two_replies_in_one_segment_are_two() -> None:
    first, second = ReplyParser().feed(b"250 a\r\n421 b\r\n")
    assert (first.code, second.code) == (250, 421)


@pytest.mark.parametrize("raw", [b"250\r\n", b"250 \r\n"])
def test_a_code_without_text_is_a_whole_reply(raw: bytes) -> None:
    (reply,) = ReplyParser().feed(raw)
    assert (reply.code, reply.text, reply.defects) == (250, "", frozenset())


@pytest.mark.parametrize(
    ("raw", "code", "defect"),
    [
        (b"250 a\n", 250, Defect.BARE_LF),
        (b"250 a\rb\r\n", 250, Defect.BARE_CR),
        (b"HTTP/1.0 400 Bad\r\n", None, Defect.BAD_CODE),
        (b" 25 x\r\n", None, Defect.BAD_CODE),
        (b"+25 x\r\n", None, Defect.BAD_CODE),
        (b"2502 x\r\n", None, Defect.BAD_CODE),
        (b"150 x\r\n", 150, Defect.BAD_CODE),
        (b"650 x\r\n", 650, Defect.BAD_CODE),
        (b"250\tx\r\n", 250, Defect.BAD_SEPARATOR),
        (b"250x\r\n", 250, Defect.BAD_SEPARATOR),
        (b"250-a\r\n550 b\r\n", 550, Defect.CODE_CHANGED),
        (b"250 " + b"x" * 600 + b"\r\n", 250, Defect.TOO_LONG),
        (b"250 \xfc\r\n", 250, Defect.NON_ASCII),
        (b"250 \x1b[2J\r\n", 250, Defect.CONTROL_OCTETS),
        (b"250 \0\r\n", 250, Defect.CONTROL_OCTETS),
        (b"550-5.1.1 a\r\n550 5.7.1 b\r\n", 550, Defect.ENHANCED_CHANGED),
        (b"451 5.7.3 a\r\n", 451, Defect.ENHANCED_MISMATCH),
    ],
)
def test_each_oddity_of_form_is_named(raw: bytes, code: int | None, defect: Defect) -> None:
    (reply,) = ReplyParser().feed(raw)
    assert reply.code == code
    assert defect in reply.defects


def test_a_line_without_a_code_inside_a_reply_does_not_end_it() -> None:
    (reply,) = ReplyParser().feed(b"250-a\r\nrubbish\r\n250 b\r\n")
    assert (reply.code, len(reply.lines)) == (250, 3)
    assert Defect.BAD_CODE in reply.defects


def test_text_that_begins_with_digits_is_text() -> None:
    assert parse_line(b"250-234 Text\r\n").text == "234 Text"
    assert not parse_line(b"250-234 Text\r\n").last


@pytest.mark.parametrize(
    ("line", "enhanced"),
    [
        (b"550 5.7.1 no", EnhancedCode(5, 7, 1)),
        (b"550 #5.1.1 no", EnhancedCode(5, 1, 1)),
        (b"550 (#5.1.1) no", EnhancedCode(5, 1, 1)),
        (b"550 [5.7.1] no", EnhancedCode(5, 7, 1)),
        (b'550 "5.7.1 no"', EnhancedCode(5, 7, 1)),
        (b"554 mx.example cmsmtp 5.7.1 no", EnhancedCode(5, 7, 1)),
        (b"220 2.0.0 Ready to start TLS", EnhancedCode(2, 0, 0)),
        (b"250 2.1.5", EnhancedCode(2, 1, 5)),
        (b"550 5.7.606 no", EnhancedCode(5, 7, 606)),
        (b"550 192.0.2.1 blocked", None),
        (b"550 4.16.55.1 no", None),
        (b"550 5.1.2.3 no", None),
        (b"554 mx.example Exim 5.9.2 no", None),
        (b"554 see 5.7.1.html", None),
        (b"220 mx ESMTP Postfix 2.11.3", None),
        (b"334 5.7.1", None),
        (b"550 3.7.1 no", None),
        (b"550 5.7.1000 no", None),
    ],
)
def test_enhanced_codes_are_found_where_servers_put_them_and_nowhere_else(
    line: bytes, enhanced: EnhancedCode | None
) -> None:
    assert parse_line(line + b"\r\n").enhanced == enhanced


def test_the_words_of_a_line_are_its_text_without_the_enhanced_code() -> None:
    reply = parse_reply(b"550-5.7.1 first\r\n550 5.7.1 second\r\n")
    assert reply.words == "first\nsecond"
    assert reply.text == "5.7.1 first\n5.7.1 second"


def test_a_reply_longer_than_the_limit_comes_in_pieces_cut_at_line_ends() -> None:
    line = b"250-" + b"x" * 90 + b"\r\n"
    parser = ReplyParser()
    replies = parser.feed(line * 2000 + b"250 end\r\n")
    assert [reply.piece for reply in replies] == [True] * (len(replies) - 1) + [False]
    assert all(Defect.TOO_LONG in reply.defects for reply in replies[:-1])
    assert all(reply.raw.endswith(b"\n") for reply in replies)
    assert replies[-1].code == 250


def test_one_endless_line_is_cut_and_its_code_is_remembered() -> None:
    parser = ReplyParser()
    replies = parser.feed(b"550 " + b"x" * 200_000)
    assert len(replies) == 3
    assert all(reply.piece and reply.code == 550 for reply in replies)
    (last,) = parser.feed(b"\r\n")
    assert (last.code, last.piece) == (550, False)


@pytest.mark.parametrize(
    ("raw", "codes"),
    [
        (b"250-a\r\n250 b\r\n", ()),
        (b"250-a\r\n550 b\r\n", (250, 550)),
        (b"250-a\r\n550-b\r\n450-c\r\n250 d\r\n", (250, 550, 450)),
    ],
)
def test_the_codes_of_a_reply_that_changes_them_are_told_once_each(
    raw: bytes, codes: tuple[int, ...]
) -> None:
    assert parse_reply(raw).codes_at_odds == codes


@pytest.mark.parametrize(
    ("text", "code", "enhanced"),
    [
        ("2.0.0 ok", 250, "2.0.0"),
        ("mx 2.0.0 ok", 250, None),
        ("mx 5.7.1 no", 550, "5.7.1"),
        ("mx 4.7.1 no", 550, None),
        ("mx 4.7.1 no", 400, "4.7.1"),
        ("a b c 5.7.1 no", 550, "5.7.1"),
        ("a b c d 5.7.1 no", 550, None),
        ("5.7.1 no", None, "5.7.1"),
        ("mx 5.7.1 no", None, None),
        ("5.7.1 no", 350, None),
        ("Exim 5.1.1 no", 550, None),
    ],
)
def test_further_in_the_text_of_a_refusal_the_class_has_to_agree(
    text: str, code: int | None, enhanced: str | None
) -> None:
    found = find_enhanced(text, code)
    assert (None if found is None else str(found)) == enhanced


@pytest.mark.parametrize(
    ("raw", "code", "last", "defects"),
    [
        (b"250 ok\r\n", 250, True, set()),
        (b"250-ok\r\n", 250, False, set()),
        (b"250\r\n", 250, True, set()),
        (b"250 ok", 250, True, set()),
        (b"250 ok\r", 250, True, set()),
        (b"250 ok\n", 250, True, {Defect.BARE_LF}),
        (b"250x\r\n", 250, True, {Defect.BAD_SEPARATOR}),
        (b"2500 x\r\n", None, True, {Defect.BAD_CODE}),
        (b"199 a\r\n", 199, True, {Defect.BAD_CODE}),
        (b"200 a\r\n", 200, True, set()),
        (b"599 a\r\n", 599, True, set()),
        (b"600 a\r\n", 600, True, {Defect.BAD_CODE}),
        (b"250 5.0.0 x\r\n", 250, True, {Defect.ENHANCED_MISMATCH}),
        (b"550 5.0.0 x\r\n", 550, True, set()),
        (b"250 " + b"a" * 506 + b"\r\n", 250, True, set()),
        (b"250 " + b"a" * 507 + b"\r\n", 250, True, {Defect.TOO_LONG}),
    ],
)
def test_a_line_has_the_defects_that_it_has(
    raw: bytes, code: int | None, *, last: bool, defects: set[Defect]
) -> None:
    line = parse_line(raw)
    assert (line.code, line.last, set(line.defects)) == (code, last, defects)
    assert parse_line(raw, inside=True).last is (last and code is not None)
