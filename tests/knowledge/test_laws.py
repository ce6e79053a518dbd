"""Laws over every table row and over any reply at all."""

from __future__ import annotations

import re
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smtpprobe.knowledge.annotate import annotate
from smtpprobe.knowledge.annotation import Annotation, Basis, Cause, Retry
from smtpprobe.knowledge.assist.completion import Hints, completions
from smtpprobe.knowledge.assist.expected import EXPECTED
from smtpprobe.knowledge.assist.next_step import ghost, next_steps
from smtpprobe.knowledge.evidence.patterns import PATTERNS
from smtpprobe.knowledge.offline import explain_reply
from smtpprobe.knowledge.rules.order import RULES
from smtpprobe.knowledge.rules.situation import Row
from smtpprobe.knowledge.tables.causes import CAUSES
from smtpprobe.knowledge.tables.codes import CODES
from smtpprobe.knowledge.tables.enhanced import COLLISIONS, ENHANCED
from smtpprobe.knowledge.tables.keywords import KEYWORDS, explain_keyword
from smtpprobe.knowledge.tables.refusals import CONTEXT_ROWS, GENERIC_ROWS
from smtpprobe.knowledge.tables.success import STRAY_ROWS, SUCCESS_ROWS
from smtpprobe.knowledge.wording import LINE
from smtpprobe.protocol.command import read_line
from smtpprobe.protocol.events import Received, Sent
from smtpprobe.protocol.phase import Phase
from smtpprobe.protocol.reply import Reply, ReplyParser, parse_reply
from smtpprobe.protocol.session import State, advance
from smtpprobe.protocol.verbs import VERBS, Context
from tests.each_row import each_row
from tests.knowledge.sessions import TYPED, explained, play

LIKELY = len("perhaps: ")
SEEDS = (200, 211, 214, 220, 221, 250, 251, 252, 253, 354, 355, 421, 432, 450, 451, 452, 453, 454,
         458, 459, 500, 501, 502, 503, 504, 505, 521, 530, 534, 538, 550, 551, 552, 553, 554, 571,
         572)  # fmt: skip
TODAY = (235, 334, 353, 422, 430, 435, 455, 456, 457, 520, 523, 524, 525, 533, 535, 555, 556, 557,
         570, 591, 599)  # fmt: skip
ALL_CONTEXTS = (*Context, None)


def rows() -> list[Row]:
    found = [
        row for by_code in CONTEXT_ROWS.values() for group in by_code.values() for row in group
    ]
    found += [
        row for by_code in SUCCESS_ROWS.values() for group in by_code.values() for row in group
    ]
    found += [row for group in STRAY_ROWS.values() for row in group]
    found += [row for group in ENHANCED.values() for row in group]
    found += [*GENERIC_ROWS.values(), *(known.row for known in CODES.values())]
    return found


def is_line(text: str, limit: int = LINE) -> bool:
    return bool(re.fullmatch(r"[ -~]*", text)) and len(text) <= limit


@each_row(rows(), called=lambda row: row.title)
def test_every_row_is_a_short_ascii_line_with_a_public_source(row: Row) -> None:
    assert is_line(row.meaning), row
    assert is_line(row.steps), row
    assert is_line(row.note), row
    assert row.title
    assert row.meaning[0] == row.meaning[0].lower() or row.meaning.split()[0].isupper(), row
    assert re.search(r"RFC \d+|IANA|Postfix|Exim|Novell|freenet|filters|Draft", row.source), row
    assert "seed" not in row.source


def test_every_cause_has_a_row_that_leaves_room_for_likely() -> None:
    assert set(CAUSES) == set(Cause)
    for cause, row in CAUSES.items():
        assert is_line(row.meaning, LINE - LIKELY), cause
        assert is_line(row.steps), cause
        assert row.title, cause
        assert row.source, cause


def test_every_pattern_of_words_leaves_room_for_likely() -> None:
    for one in PATTERNS:
        assert is_line(one.telling.meaning, LINE - LIKELY), one
        assert is_line(one.telling.steps), one


def test_every_keyword_and_parameter_has_a_source() -> None:
    assert all(keyword.source for keyword in KEYWORDS.values())
    assert all(one.source for verb in VERBS.values() for one in verb.parameters)
    assert all(is_line(explain_keyword(word, ())) for word in (*KEYWORDS, "X-FOO", "NEW"))
    assert all(is_line(remark) and source for remark, source in COLLISIONS.values())


def test_the_registry_of_enhanced_codes_is_complete() -> None:
    ranges = {
        0: (0, 0),
        1: (0, 10),
        2: (0, 4),
        3: (0, 6),
        4: (0, 7),
        5: (0, 6),
        6: (0, 10),
        7: (0, 30),
    }
    expected = {
        f"X.{subject}.{detail}"
        for subject, (first, last) in ranges.items()
        for detail in range(first, last + 1)
    }
    assert set(ENHANCED) == expected
    assert len(ENHANCED) == 81


def test_every_code_of_the_old_lists_and_of_today_is_known_by_itself() -> None:
    assert set(SEEDS) | set(TODAY) <= set(CODES)


@pytest.mark.parametrize("context", ALL_CONTEXTS, ids=str)
def test_every_known_code_is_annotated_after_every_command(context: Context | None) -> None:
    for code in CODES:
        for enhanced in ("", f" {code // 100}.7.1", f" {code // 100}.5.1"):
            check(explained(context, f"{code}{enhanced if code // 100 != 3 else ''} words"))


def test_every_enhanced_code_is_annotated_after_every_command() -> None:
    for key in ENHANCED:
        check(explained(Context.RCPT, f"450 4{key[1:]} words"))
        for context in ALL_CONTEXTS:
            check(explained(context, f"550 5{key[1:]} words"))


def check(annotation: Annotation) -> None:
    """Assert what holds for every annotation there is."""
    assert is_line(annotation.meaning), annotation.meaning
    assert annotation.meaning
    assert annotation.title
    assert annotation.next_steps, annotation
    assert all(step.text for step in annotation.next_steps)
    assert is_line("; ".join(step.text for step in annotation.next_steps)), annotation.next_steps
    assert all(is_line(step.command) for step in annotation.next_steps)
    assert all(
        is_line(line) for line in (*annotation.remarks, *annotation.notes, *annotation.details)
    )
    assert annotation.references
    assert "{" not in re.sub('".*"', "", annotation.meaning)  # what it quotes may have any
    assert (annotation.basis is Basis.LIKELY) == annotation.meaning.startswith("likely: ")
    assert (annotation.basis is Basis.GUESS) == annotation.meaning.startswith("perhaps: ")
    klass = (annotation.code or 0) // 100
    if klass == 4:
        assert annotation.cause is Cause.ACCEPTED or annotation.retry is not Retry.NO_NEED
        if annotation.retry in (Retry.AFTER_CHANGE, Retry.NEVER):
            violation = annotation.cause is Cause.PROTOCOL_VIOLATION
            assert violation or "waiting will not help" in annotation.meaning
    if klass == 5:
        later = annotation.code == 552 and annotation.cause is Cause.TOO_MANY_RECIPIENTS
        assert annotation.retry is not Retry.LATER_SAME or later
    if klass in (4, 5):
        assert annotation.cause not in (Cause.GREETING, Cause.CLOSING, Cause.INTERMEDIATE)


codes = st.integers(0, 999)
texts = st.text(st.characters(codec="utf-8", exclude_characters="\r\n"), max_size=200)
known_words = st.sampled_from(
    ["relay", "denied", "user unknown", "mailbox full", "greylisted", "5.7.1", "4.2.2", "spf",
     "authentication required", "starttls", "listed", "too many", "virus", "not", "timeout"]
)  # fmt: skip
worded = st.lists(known_words | texts, max_size=6).map(" ".join)


@settings(max_examples=400)
@given(codes, st.sampled_from(["", "-", " ", "x"]), worded, st.sampled_from(ALL_CONTEXTS))
def test_any_code_and_text_after_any_command_is_annotated(
    code: int, separator: str, text: str, context: Context | None
) -> None:
    raw = f"{code:03}{separator}{text}\r\n".encode()
    check(explained(context, parse_reply(raw)))


@given(st.binary(max_size=300), st.sampled_from(ALL_CONTEXTS))
def test_any_octets_at_all_are_annotated(octets: bytes, context: Context | None) -> None:
    check(explained(context, parse_reply(octets)))


TELLING = (199, 220, 221, 250, 299, 334, 354, 421, 454, 503, 550, 600)
"""Codes that change the state, and one of each class that nobody knows."""


@pytest.mark.parametrize("phase", Phase)
def test_there_is_a_next_step_after_every_command_in_every_phase(phase: Phase) -> None:
    replies = [parse_reply(f"{code} x\r\n".encode()) for code in TELLING]
    for context, reply, ended in product(ALL_CONTEXTS, replies, (False, True)):
        state = State(phase=phase, identity="probe.example.org", ended=ended)
        if context not in (None, Context.CONNECT):
            typed = TYPED.get(context, context.value)
            state, _ = advance(state, Sent(0.0, read_line(typed, phase)))
        _, exchange = advance(state, Received(0.0, reply))
        assert exchange is not None
        check(annotate(exchange))


@pytest.mark.parametrize("context", ALL_CONTEXTS, ids=str)
def test_there_is_a_next_step_without_a_session_too(context: Context | None) -> None:
    for code in range(1000):
        check(explain_reply(parse_reply(f"{code:03} x\r\n".encode()), context))


lines_typed = st.sampled_from([*TYPED.values(), "RSET", "QUIT", "VRFY x", "*", "AUTH LOGIN", ""])
lines_said = st.sampled_from([*CODES]).map(lambda code: f"{code} 2.0.0 words")


@given(st.lists(lines_typed.map(lambda text: f"C: {text}") | lines_said | st.just("TLS")))
def test_any_session_is_annotated_and_has_next_steps(script: list[str]) -> None:
    state, found = play("\n".join(script))
    for exchange in found:
        check(annotate(exchange))
    hints = Hints(last=found[-1] if found else None)
    assert "\n" not in ghost(state, hints)
    assert all(step.text for step in next_steps(state, hints))
    assert all(one.meaning for one in completions("", state, hints))


def test_a_piece_of_an_endless_reply_is_annotated() -> None:
    parser = ReplyParser(limit=1024)
    pieces: list[Reply] = parser.feed(b"250-" + b"a" * 5000)
    for context in ALL_CONTEXTS:
        found = explained(context, pieces[0])
        assert found.cause is Cause.PROTOCOL_VIOLATION
        check(found)


def test_the_last_rule_answers_whatever_the_others_leave() -> None:
    assert [rule.__name__ for rule in RULES] == [
        "turned", "malformed", "malformed_form", "written_over", "positive", "by_what_was_sent",
        "by_evidence", "by_context", "by_class",
    ]  # fmt: skip


def test_every_phase_has_an_expectation() -> None:
    assert len(EXPECTED) == 11


def test_a_bare_refusal_claims_nothing() -> None:
    bare = explained(Context.RCPT, "550 no")
    assert bare.cause is Cause.UNKNOWN
    assert bare.meaning == "recipient refused: server gives no reason; class 5: permanent"
    for reply, word in (("550 no", "exist"), ("552 no", "full"), ("452 no", "storage")):
        assert word not in explained(Context.RCPT, reply).meaning


@pytest.mark.parametrize(
    "reply", ["450 mailbox unavailable", "451 later", "450 4.2.0 busy", "451 4.3.0 try again later"]
)
def test_a_text_that_only_asks_to_come_again_is_no_greylisting(reply: str) -> None:
    assert explained(Context.RCPT, reply).cause is not Cause.GREYLISTED
