"""Replies none of whose codes can be relied on, and farewells: neither passes for an answer."""

from __future__ import annotations

import pytest

from smtpprobe.exits import ExitStatus
from smtpprobe.sandbox.faults import Close, Hang, Hear, Reset, Say, Step
from tests.script.runs import GREETING, block, outcome, run, told

CHANGING = (b"NOOP", b"550-no\r\n250 yes\r\n")
BYE = (b"NOOP", b"221 2.0.0 bye\r\n")


def cut(reply: bytes, ending: Step) -> list[Step]:
    """A server that is gone in the middle of its answer."""
    return [GREETING, Hear(b"NOOP"), Say(reply), ending]


@pytest.mark.parametrize("reply", [b"250-queued as 1\r\n", b"250 o", b"250", b"2"])
@pytest.mark.parametrize(
    "expects", ["", "< 250\n", "< any\n", "< not 550\n", "<~ 250\n", "<? 250\n"]
)
async def test_a_reply_cut_off_by_a_close_is_no_pass(reply: bytes, expects: str) -> None:
    result = await run(f"NOOP\n{expects}", cut(reply, Close()))
    got = [one.came.text for one in result.checks if one.outcome.value == "pass" and one.came.text]
    assert all(reply.decode() != each.rstrip() for each in got)
    if not expects.startswith("<?"):
        assert outcome(result)[0] == (
            "F15 the reply to NOOP is incomplete: the connection ended in the middle of it"
        )


async def test_a_greeting_cut_off_by_a_close_is_no_greeting() -> None:
    result = await run("< 220\n", [Say(b"220-mx.example"), Close()])
    assert result.status is not ExitStatus.OK


async def test_a_message_whose_answer_was_cut_off_may_not_have_been_accepted() -> None:
    server = [
        *told((b"MAIL", b"250 ok\r\n"), (b"RCPT", b"250 ok\r\n"), (b"DATA", b"354 go\r\n"))[:-1],
        *(Hear(b"."), Say(b"250-queued as 1\r\n"), Close()),
    ]
    result = await run("MAIL FROM:<>\nRCPT TO:<a@b.example>\nDATA\nx\n.\n", server)
    assert outcome(result) == (
        "F15 the reply to the message is incomplete: the connection ended in the middle of it",
    )


@pytest.mark.parametrize("expects", ["", "< 250\n", "< 550\n", "< any\n", "< not 354\n"])
async def test_a_code_that_changes_within_one_reply_is_taken_by_no_expectation(
    expects: str,
) -> None:
    result = await run(f"NOOP\n{expects}", told(CHANGING))
    assert outcome(result) == (
        "F15 the reply to NOOP is malformed: codes 550 and 250 in one reply",
    )
    assert result.status is ExitStatus.CHECK_FAILED


async def test_the_lines_of_a_malformed_reply_can_be_expected_as_lines() -> None:
    result = await run('NOOP\n< line "550-no"\n< line "250 yes"\n', told(CHANGING))
    assert outcome(result) == ()


async def test_an_ehlo_reply_that_was_cut_off_skips_no_case() -> None:
    server = [GREETING, Hear(b"EHLO"), Say(b"250-mx.example\r\n250-SIZE\r\n"), Reset()]
    result = await run(":require STARTTLS\nEHLO x\nSTARTTLS\n", server)
    assert outcome(result)[0].startswith("F15 the reply to EHLO is incomplete")


@pytest.mark.parametrize("code", ["221", "421"])
async def test_a_farewell_in_the_place_of_an_answer_is_told_as_one(code: str) -> None:
    server = told((b"NOOP", f"{code} closing\r\n".encode()))
    result = await run("NOOP\n< 250\n", server)
    assert outcome(result) == (
        "F02 the server closed the session instead of answering NOOP, expected 250",
    )


async def test_221_is_the_answer_to_quit_and_to_nothing_else() -> None:
    assert outcome(await run("QUIT\n", told((b"QUIT", b"221 bye\r\n")))) == ()
    result = await run("NOOP\nQUIT\n", told(BYE))
    assert outcome(result) == (
        "F04 no expectation, and the server closed the session instead of answering NOOP",
    )
    assert outcome(await run("NOOP\n< 221\n", told(BYE))) == ()


async def test_any_success_that_is_expected_is_not_221() -> None:
    expected = "F02 the server closed the session instead of answering NOOP, expected 2xx"
    assert outcome(await run("NOOP\n< 2xx\n", told(BYE))) == (expected,)
    assert outcome(await run("NOOP\n<? 2xx\n<? 22x\n", told(BYE))) == ()
    assert outcome(await run("QUIT\n< 2xx\n", told((b"QUIT", b"221 bye\r\n")))) == ()


async def test_a_greeting_that_ends_the_session_is_no_greeting() -> None:
    result = await run("EHLO x\n", [Say(b"221 bye\r\n"), Hang()])
    told_ = "F01 the server closed the session in its greeting, expected 2xx"
    assert outcome(result) == (told_,)


@pytest.mark.parametrize(
    ("reply", "message", "help_"),
    [
        (b"hello\r\n", "NOOP got no reply code", """'< line "..."'"""),
        (b"999 what\r\n", "NOOP got 999", '"< any"'),
        (b"550 no\r\n", "NOOP was refused", '"< 550"'),
    ],
)
async def test_what_would_take_a_reply_is_named_whatever_it_is(
    reply: bytes, message: str, help_: str
) -> None:
    result = await run("NOOP\n", told((b"NOOP", reply)))
    assert outcome(result) == (f"F04 no expectation, and {message}",)
    assert result.failed[0].why.help[0].endswith(f"write {help_}")
    line = help_[1:-1].replace("...", "hello")
    assert outcome(await run(f"NOOP\n{line}\n", told((b"NOOP", reply)))) == ()


@pytest.mark.parametrize(
    "asserted",
    ["reply.code == 250", "not reply.code == 550", "not reply.enhanced", "last.code == 250"],
)
async def test_no_assertion_takes_the_code_of_a_malformed_reply(asserted: str) -> None:
    cut = [GREETING, Hear(b"NOOP"), Say(b"250 2.0.0 o"), Close()]
    for lines, server in (
        ('< line "250"\n', cut),
        ('< line "550"\n< line "250"\n', told(CHANGING)),
    ):
        result = await run(f"NOOP\n{lines}:assert {asserted}\n", server)
        assert [one.id for one in result.failed] == ["T06"]
        assert "the reply to NOOP is" in result.failed[0].message


async def test_the_text_of_a_reply_that_was_cut_off_is_unknown() -> None:
    cut = [GREETING, Hear(b"NOOP"), Say(b"250 queued as 1"), Close()]
    for asserted in ("reply.text contains queued", "reply.lines == 1", "last.text contains queued"):
        result = await run(f'NOOP\n< line "250"\n:assert {asserted}\n', cut)
        assert [one.id for one in result.failed] == ["T06"]
    lines = 'NOOP\n< line "550"\n< line "250"\n:assert reply.text contains yes\n'
    assert outcome(await run(lines, told(CHANGING))) == ()


@pytest.mark.parametrize("reply", ["250 ok", "221 bye", "354 go", "454 4.7.0 later", "299 what"])
@pytest.mark.parametrize("before", ["", ":implicit off\n"])
async def test_starttls_without_an_expectation_wants_220(reply: str, before: str) -> None:
    result = await run(f"{before}STARTTLS\n", told((b"STARTTLS", f"{reply}\r\n".encode())))
    assert outcome(result)[0].startswith("F02 ")
    assert outcome(result)[0].endswith(", expected 220")


async def test_a_malformed_reply_is_shown_with_its_lines() -> None:
    assert block(await run("NOOP\n< 250\n", told(CHANGING))) == SHOWN


SHOWN = """\
fail: the reply to NOOP is malformed: codes 550 and 250 in one reply
  --> t.smtp:2:3
   |
 1 | NOOP
 2 | < 250
   |   ^^^ got 550, 250
   |   550-no
   |   250 yes
   |
   = meaning: one reply, several codes; clients differ in which they take
   = next: read its text; QUIT
"""
