"""A reply against what is written of it: every form of expectation, met and missed by a hair."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpprobe.protocol.reply import parse_line
from smtpprobe.protocol.verbs import Context
from smtpprobe.script.language.steps import Expect
from smtpprobe.script.parser.parser import parse
from smtpprobe.script.results.reason import Reason
from smtpprobe.script.runner.matching.line import judge_line
from smtpprobe.script.runner.matching.match_result import Miss
from smtpprobe.script.runner.matching.reply import judge
from smtpprobe.script.runner.matching.reply_lines import reply_line_misses
from smtpprobe.script.runner.timed_regex import timed_pattern
from tests.knowledge.sessions import answered

C, R = Context, Reason
OFFER = "250-mx\r\n250-SIZE 1000\r\n250-AUTH PLAIN LOGIN\r\n250 HELP"
NO_LIMIT = "250-mx\r\n250 SIZE 0"
CLOSED = "the server closed the session instead of answering"
DIFFER = "reply lines differ"


def expectation(text: str) -> Expect:
    script = parse(f"EHLO me\n{text}\n", "t.smtp", compile_regex=timed_pattern)
    return next(step for step in script.cases[0].steps if isinstance(step, Expect))


def misses(
    text: str, reply: str, context: Context = C.NOOP, *, texts: bool = False
) -> tuple[Miss, ...]:
    return judge(expectation(text), answered(context, reply), texts=texts).misses


def missed(text: str, reply: str, context: Context = C.NOOP) -> tuple[Reason, str, str] | None:
    """Return the only miss: why, the message and the words at the mark; None where it fits."""
    found = misses(text, reply, context)
    assert len(found) < 2
    for one in found:
        assert (one.column, one.line) == (text.index(text.split(" ", 2)[-1]) + 1, 0)
    return next(((one.reason, one.message, one.label) for one in found), None)


@pytest.mark.parametrize(
    ("text", "reply", "context", "miss"),
    [
        ("< 2xx", "250 ok", C.NOOP, None),
        ("< 2xx", "550 no", C.NOOP, (R.REFUSED, "NOOP refused, expected 2xx", "got 550")),
        ("< 5xx", "250 ok", C.NOOP, (R.ACCEPTED, "NOOP accepted, expected 5xx", "got 250")),
        ("< 2xx", "354 go", C.DATA, (R.ACCEPTED, "DATA accepted, expected 2xx", "got 354")),
        ("< any", "hello", C.NOOP, (R.REFUSED, "no reply code", "no code received")),
        ("< any", "999 hello", C.NOOP, None),
        # 221 is a success that nobody asked for, but where it is named, and after QUIT
        ("< 2xx", "221 bye", C.NOOP, (R.REFUSED, f"{CLOSED} NOOP, expected 2xx", "got 221")),
        ("< 2xx", "221 bye", C.QUIT, None),
        ("< 22x", "221 bye", C.NOOP, None),
        ("< 221", "221 bye", C.NOOP, None),
        ("< 250|221", "221 bye", C.NOOP, None),
        ("< not 5xx", "221 bye", C.NOOP, None),
        ("< any", "221 bye", C.NOOP, None),
        ("< 2xx", "421 bye", C.NOOP, (R.REFUSED, f"{CLOSED} NOOP, expected 2xx", "got 421")),
        ("< 4xx", "421 bye", C.NOOP, None),
        ("< 2xx", "220 hi", C.CONNECT, None),
        ("< 5xx", "220 hi", C.CONNECT, (R.GREETING, "greeting accepted, expected 5xx", "got 220")),
        ("< 2xx", "554 no", C.CONNECT, (R.GREETING, "greeting refused, expected 2xx", "got 554")),
        # codes on which nobody can rely
        ("< any", "250-a\r\n550 b", C.NOOP,
         (R.MALFORMED, "the reply to NOOP is malformed: codes 250 and 550 in one reply",
          "got 250, 550")),
        ("< 250", "250-a\r\nb\r\n550 c", C.NOOP,
         (R.MALFORMED, "the reply to NOOP is malformed: codes 250 and 550 in one reply",
          "got 250, 550")),
        ("< 2xx", "250-a", C.NOOP,
         (R.MALFORMED, "the reply to NOOP is incomplete: the connection ended in the middle of it",
          "incomplete here")),
        ("< 2xx", "220-a", C.CONNECT,
         (R.MALFORMED, "the greeting is incomplete: the connection ended in the middle of it",
          "incomplete here")),
    ],
)  # fmt: skip
def test_a_code_is_what_was_expected_or_why_it_is_not(
    text: str, reply: str, context: Context, miss: tuple[Reason, str, str] | None
) -> None:
    assert missed(text, reply, context) == miss


@pytest.mark.parametrize(
    ("term", "reply", "told"),
    [
        ("+SIZE", OFFER, ""),
        ("-SIZE", OFFER, "EHLO reply has SIZE; announced: SIZE 1000"),
        ("+DSN", OFFER, "EHLO reply lacks DSN; not announced"),
        ("-DSN", OFFER, ""),
        ("+AUTH=plain", OFFER, ""),
        ("+AUTH=CRAM-MD5", OFFER, "EHLO reply lacks AUTH CRAM-MD5; announced: AUTH PLAIN LOGIN"),
        ("-AUTH=CRAM-MD5", OFFER, ""),
        ("-AUTH=PLAIN", OFFER, "EHLO reply has AUTH PLAIN; announced: AUTH PLAIN LOGIN"),
        ("+HELP=X", OFFER, "EHLO reply lacks HELP X; not announced"),
        ("-HELP=X", OFFER, ""),
        ("+DSN=X", OFFER, "EHLO reply lacks DSN X; not announced"),
        ("+SIZE>=1000", OFFER, ""),
        ("+SIZE>=1001", OFFER, "SIZE is 1000, expected >= 1001; announced: SIZE 1000"),
        ("+SIZE<=1000", OFFER, ""),
        ("+SIZE<=999", OFFER, "SIZE is 1000, expected <= 999; announced: SIZE 1000"),
        ("+SIZE>=1M", NO_LIMIT, ""),  # RFC 1870 3: 0 is no limit
        ("+SIZE<=1M", NO_LIMIT, "SIZE is 0, expected <= 1048576; announced: SIZE 0"),
        ("+SIZE>=1M", f"250-mx\r\n250 SIZE {2**64 - 1}", ""),
        ("+X>=1", "250-mx\r\n250 X 0", "X is 0, expected >= 1; announced: X 0"),
        ("+X<=1", "250-mx\r\n250 X 0", ""),
        ("+AUTH>=1", OFFER,
         "EHLO reply lacks AUTH with a number; announced: AUTH PLAIN LOGIN"),
        ("+HELP>=1", OFFER, "EHLO reply lacks HELP with a number; not announced"),
        ("+DSN>=1", OFFER, "EHLO reply lacks DSN with a number; not announced"),
    ],
)  # fmt: skip
def test_a_keyword_is_announced_as_expected(term: str, reply: str, told: str) -> None:
    for context in (C.EHLO, C.LHLO):
        found = missed(f"< any {term}", reply, context)
        assert (found is None) is (not told)
        if found is not None:
            assert found[0] is R.KEYWORD
            assert f"{found[1]}; {found[2]}" == told


def test_only_a_reply_to_ehlo_announces() -> None:
    found = missed("< any +SIZE", OFFER, C.RCPT)
    assert found == (R.DIFFERENT, "keyword term on a reply to another command than EHLO", "")


@pytest.mark.parametrize(
    ("term", "reply", "message"),
    [
        ('b64"hi"', "334 aGk=", ""),
        ('b64"hi"', "334  aGk= ", ""),
        ('b64"ho"', "334 aGk=", 'the text decodes to "hi"'),
        ('b64"hi"', "334 aGk!=", "the text is not base64"),
        ('b64"hi"', "334 aGk", "the text is not base64"),
        ('b64"hi"', "334 \u00e4", "the text is not base64"),
        ('b64"hi"', "334 6Q==", 'the text decodes to "\udce9"'),
        ('"k"', "250 ok", ""),
        ('"x"', "250 ok", 'text "x" not found'),
        ('not "x"', "250 ok", ""),
        ('not "k"', "250 ok", 'text "k" found'),
        ("/k$/", "250 ok", ""),
        ("/z/", "250 ok", "text /z/ not found"),
        ("not /z/", "250 ok", ""),
        ("not /k/", "250 ok", "text /k/ found"),
        ("2.0.0", "250 2.0.0 ok", ""),
        ("2.0.x", "250-2.0.0 a\r\n250 2.0.1 b", ""),
        ("2.0.0", "250-2.0.0 a\r\n250 2.1.0 b", "enhanced code is 2.1.0, expected 2.0.0"),
        ("2.0.0", "250-a\r\n250 2.0.0 b", ""),
        ("2.0.0", "250 ok", "no enhanced code, expected 2.0.0"),
        ("lines=2", "250-a\r\n250 b", ""),
        ("lines=1", "250-a\r\n250 b", "the reply has 2 lines, expected 1"),
    ],
)
def test_a_term_is_met_or_missed(term: str, reply: str, message: str) -> None:
    found = missed(f"< any {term}", reply)
    assert (found[1] if found is not None else "") == message


@pytest.mark.parametrize(
    ("text", "reply", "captures"),
    [
        ("< any /o(?<x>k)/", "250 ok", {"x": "k"}),
        ("< any not /o(?<x>z)/", "250 ok", {}),
        ('< any /o(?<x>k)/ "no"', "250 ok", {}),  # of what does not fit nothing is kept
    ],
)
def test_what_groups_found_is_kept_of_a_reply_that_fits(
    text: str, reply: str, captures: Mapping[str, str]
) -> None:
    assert judge(expectation(text), answered(C.NOOP, reply)).captures == captures


@pytest.mark.parametrize(("elapsed", "late"), [(None, False), (2.0, False), (2.1, True)])
@pytest.mark.parametrize("what", ["any", 'line "ok"'])
def test_a_limit_is_kept_to_the_moment(what: str, elapsed: float | None, *, late: bool) -> None:
    wanted = expectation(f"< {what} within 2s")
    if what == "any":
        found = judge(wanted, answered(C.NOOP, "250 ok")._replace(elapsed=elapsed)).misses
    else:
        found = judge_line(wanted, parse_line(b"250 ok\r\n"), elapsed).misses
    told = [(one.reason, one.message, one.label) for one in found]
    assert told == ([(R.LATE, "reply came after 2.1s, limit 2s", "took 2.1s")] if late else [])


@pytest.mark.parametrize(
    ("what", "octets", "fits"),
    [
        ('line "ok"', b"250 ok\r\n", True),
        ('line "no"', b"250 ok\r\n", False),
        (r'line "\xe9"', b"caf\xe9\r\n", True),
        ("line /^caf./", b"caf\xe9\r\n", True),
        ("line /^af/", b"caf\xe9\r\n", False),
    ],
)
def test_a_raw_line_is_looked_at_octet_by_octet(what: str, octets: bytes, *, fits: bool) -> None:
    found = judge_line(expectation(f"< {what}"), parse_line(octets), None)
    assert [one.reason for one in found.misses] == ([] if fits else [R.TEXT])


REPLY = "250-one\r\n250-two\r\n250 three"


@pytest.mark.parametrize(
    ("written", "miss"),
    [
        ("one two three", None),
        ("o t t", None),
        ("... three", None),
        ("one ...", None),
        ("...", None),
        ("... t ... t", None),
        ("... two ...", None),
        ("one two three ...", None),
        ("one two", (f"{DIFFER}: 1 more than expected", 1, "", 4)),
        ("one", (f"{DIFFER}: 2 more than expected", 1, "", 3)),
        ("... two", (f"{DIFFER}: 1 more than expected", 1, "", 4)),
        ("... t", None),
        ("one x three", (DIFFER, 3, 'came: "two"', 4)),
        ("t", (DIFFER, 3, 'came: "one"', 3)),
        ("... x", (DIFFER, 3, 'came: "one"', 4)),
        ("... one x", (DIFFER, 3, 'came: "two"', 5)),
        ("one ... four ...", (DIFFER, 6, 'came: "two"', 5)),
        ("one two three four", (DIFFER, 6, "no line is left", 6)),
    ],
)
def test_lines_are_told_apart_at_the_first_that_differs(
    written: str, miss: tuple[str, int, str, int] | None
) -> None:
    text = "\n".join(("< 250", *(f"| {line}" for line in written.split())))
    found = misses(text, REPLY)
    assert [one[1:2] + one[3:] for one in found] == ([miss] if miss is not None else [])
    assert all(one.column == 1 for one in found)


def test_of_lines_that_are_too_many_as_few_are_told_as_can_be() -> None:
    text = "< 250\n| ...\n| t"
    found = misses(text, "250-one\r\n250-two\r\n250-three\r\n250 four")
    assert [one.message for one in found] == [f"{DIFFER}: 1 more than expected"]


def test_a_reply_that_nobody_asked_for_is_called_so_when_it_is_cut_off() -> None:
    found = judge(expectation("< 250"), answered(None, "250-a")).misses
    told = "an unsolicited reply is incomplete: the connection ended in the middle of it"
    assert [one.message for one in found] == [told]


@pytest.mark.parametrize(
    ("written", "miss"),
    [
        (REPLY, None),
        ("250-one\n250 two", (7, "3 lines came", 3)),
        ("250-one\n250-zwei\n250 three", (8, 'came: "two"', 3)),
        ("250-eins\n250-two\n250 three", (8, 'came: "one"', 2)),
        ("250-one\n250-two\n250 drei", (8, 'came: "three"', 4)),
        ("250-one\n250-two\n250-three\n250 four", (8, "3 lines came", 5)),
    ],
)
def test_a_reply_written_as_it_came_counts_by_its_texts_where_they_are_asked_for(
    written: str, miss: tuple[int, str, int] | None
) -> None:
    text = written.replace("\r\n", "\n")
    found = misses(text, REPLY, texts=True)
    assert [one[3:] for one in found] == ([miss] if miss is not None else [])
    assert all(one.column == 1 for one in found)
    assert misses(text, REPLY) == ()


@given(st.lists(st.sampled_from("ab.")), st.lists(st.sampled_from("ab"), min_size=1))
def test_dots_fit_as_any_number_of_lines(written: list[str], came: list[str]) -> None:
    def fits(left: list[str], lines: list[str]) -> bool:
        if not left:
            return not lines
        if left[0] == ".":
            return any(fits(left[1:], lines[at:]) for at in range(len(lines) + 1))
        return bool(lines) and lines[0] == left[0] and fits(left[1:], lines[1:])

    wanted = [one.replace(".", "...") for one in written[:6]]
    text = "\n".join(("< 250", *(f"| {one}" for one in wanted)))
    last = len(came[:6]) - 1
    reply = "\r\n".join(f"250{'-' if at < last else ' '}{one}" for at, one in enumerate(came[:6]))
    exchange = answered(C.NOOP, reply)
    found = reply_line_misses(expectation(text), exchange.reply)
    assert (not found) is (not wanted or fits(written[:6], came[:6]))


def test_each_combination_of_terms_misses_by_those_that_do_not_fit() -> None:
    terms = {'"ok"': True, '"no"': False, "lines=1": True, "lines=2": False, "2.0.0": True}
    for first, second in product(terms, repeat=2):
        found = misses(f"< any {first} {second}", "250 2.0.0 ok")
        assert len(found) == (not terms[first]) + (not terms[second])
