"""Lines that go out in one write, and the replies to them."""

from __future__ import annotations

import ssl
from pathlib import Path

import pytest

from smtpprobe.exits import ExitStatus
from smtpprobe.sandbox.faults import Hang, Hear, Say, StartTls, Step
from smtpprobe.sandbox.throwaway_ca import Certificate, server_context
from tests.script.runs import GREETING, heard, outcome, run, told

OK = b"250 ok\r\n"
ENVELOPE = ":hold\nMAIL FROM:<>\nRCPT TO:<a@b.example>\nDATA\n:flush\n"


@pytest.fixture(scope="module")
def tls(tmp_path_factory: pytest.TempPathFactory) -> tuple[ssl.SSLContext, Path]:
    ca_file = tmp_path_factory.mktemp("tls") / "ca.pem"
    return server_context(Certificate.GOOD, ca_file), ca_file


def together(*replies: bytes, then: tuple[Step, ...] = ()) -> list[Step]:
    """A server that answers when the whole envelope has come, and not before."""
    hears = [Hear(verb) for verb in (b"MAIL", b"RCPT", b"DATA")]
    return [GREETING, *hears, Say(b"".join(replies)), *then, Hang()]


GOOD = together(OK, OK, b"354 go\r\n", then=(Hear(b".\r\n"), Say(b"250 queued\r\n")))


async def test_held_lines_are_sent_in_one_write_and_their_replies_paired_in_order() -> None:
    script = f"{ENVELOPE}< 250\n< 250\n< 354\nx\n.\n< 250\n"
    result, lines = await heard(script, GOOD)
    assert result.status is ExitStatus.OK, outcome(result)
    assert [check.place.line for check in result.checks] == [1, 6, 7, 8, 11]
    assert lines[-2:] == [b"x\r\n", b".\r\n"]


async def test_held_lines_without_expectations_have_the_usual_ones() -> None:
    assert (await run(f"{ENVELOPE}x\n.\n", GOOD)).status is ExitStatus.OK
    refused = together(OK, b"550 no\r\n", b"554 none\r\n")
    result = await run(f":continue on\n{ENVELOPE}x\n.\n", refused)
    assert outcome(result)[:2] == (
        "F04 no expectation, and RCPT was refused",
        "F02 DATA refused, expected 354",
    )


async def test_some_of_the_expectations_may_be_written() -> None:
    script = f"{ENVELOPE}< 250\n< 550\nx\n.\n"
    result = await run(script, together(OK, b"550 no\r\n", b"554 none\r\n"))
    assert outcome(result) == ("F02 DATA refused, expected 354",)


async def test_no_message_follows_a_held_data_that_is_to_be_refused() -> None:
    script = f"{ENVELOPE}< 250\n< 550\n< 554\nQUIT\n< 221\n"
    quits = (Hear(b"QUIT"), Say(b"221 bye\r\n"))
    result, lines = await heard(script, together(OK, b"550 no\r\n", b"554 none\r\n", then=quits))
    assert result.status is ExitStatus.OK
    assert lines[-1] == b"QUIT\r\n"


async def test_a_354_to_a_held_data_that_was_to_be_refused_ends_the_connection() -> None:
    script = f"{ENVELOPE}< 250\n< 250\n< 554\nQUIT\n< 221\n"
    result, lines = await heard(script, together(OK, OK, b"354 go\r\n"))
    assert outcome(result) == ("F03 DATA accepted, expected 554",)
    assert lines[-1] == b"DATA\r\n"
    assert result.notes == ("closed, as the server is now waiting for a message",)


async def test_a_message_goes_out_after_the_354_though_a_recipient_was_refused() -> None:
    """The body belongs to DATA; a recipient refused is for the expectation above it."""
    script = f":continue on\n{ENVELOPE}< 250\n< 250\n< 354\nx\n.\n< 250\n"
    server = together(
        OK, b"550 no\r\n", b"354 go\r\n", then=(Hear(b".\r\n"), Say(b"250 queued\r\n"))
    )
    result, lines = await heard(script, server)
    assert outcome(result) == ("F02 RCPT refused, expected 250",)
    assert lines[-1] == b".\r\n"


async def test_held_chunks_are_sent_with_their_octets() -> None:
    script = ":hold\nBDAT 3\nx\nBDAT 4 LAST\n.x\n:flush\n< 250\n< 250 /LAST/\n"
    server: list[Step] = [
        GREETING, Hear(b"BDAT 3"), Hear(b"x"), Hear(b"BDAT 4"), Hear(b".x"),
        Say(OK + b"250 LAST\r\n"), Hang(),
    ]  # fmt: skip
    result, lines = await heard(script, server)
    assert result.status is ExitStatus.OK, outcome(result)
    assert lines == [b"BDAT 3\r\n", b"x\r\n", b"BDAT 4 LAST\r\n", b".x\r\n"]


async def test_exact_lines_among_the_held_ones_are_owed_a_reply_each() -> None:
    script = ":hold\n> NOOP\nRSET\n> DATA\n:flush\n< 250\n< 250\n< 354\n> x\n> .\n< 250\n"
    server: list[Step] = [
        GREETING, Hear(b"NOOP"), Hear(b"RSET"), Hear(b"DATA"), Say(OK + OK + b"354 go\r\n"),
        Hear(b".\r\n"), Say(OK), Hang(),
    ]  # fmt: skip
    result = await run(script, server)
    assert result.status is ExitStatus.OK, outcome(result)


async def test_the_handshake_follows_a_held_starttls_and_its_220(
    tls: tuple[ssl.SSLContext, Path],
) -> None:
    context, ca_file = tls
    server: list[Step] = [
        GREETING, Hear(b"STARTTLS"), Hear(b"NOOP"), Say(b"220 go\r\n"), StartTls(context),
        Hear(b"EHLO"), Say(OK), Hang(),
    ]  # fmt: skip
    script = ":hold\nSTARTTLS\n> NOOP\n:flush\n< 220\n:assert tls.ok\n< none for 50ms\nEHLO x\n"
    result, lines = await heard(script, server, ca_file=ca_file)
    assert result.status is ExitStatus.OK, outcome(result)
    assert lines == [b"STARTTLS\r\n", b"NOOP\r\n", b"EHLO x\r\n"]


async def test_an_answer_inside_tls_to_what_went_before_it_is_red(
    tls: tuple[ssl.SSLContext, Path],
) -> None:
    context, ca_file = tls
    server: list[Step] = [
        GREETING, Hear(b"STARTTLS"), Hear(b"NOOP"), Say(b"220 go\r\n"), StartTls(context),
        Say(OK), Hang(),
    ]  # fmt: skip
    script = ":hold\nSTARTTLS\n> NOOP\n:flush\n< 220\n< none for 2s\nQUIT\n"
    result, _ = await heard(script, server, ca_file=ca_file)
    assert outcome(result) == ("F09 unexpected 250, expected silence for 2s",)


async def test_a_held_starttls_that_is_refused_leaves_the_session_as_it_was() -> None:
    script = ":hold\nSTARTTLS\nNOOP\n:flush\n< 454\n< 250\nQUIT\n< 221\n"
    server: list[Step] = [
        GREETING, Hear(b"STARTTLS"), Hear(b"NOOP"), Say(b"454 no\r\n" + OK), Hear(b"QUIT"),
        Say(b"221 bye\r\n"), Hang(),
    ]  # fmt: skip
    assert (await run(script, server)).status is ExitStatus.OK


async def test_an_early_talker_is_sent_before_the_greeting() -> None:
    server: list[Step] = [Hear(b"EHLO"), Say(b"554 5.7.1 you talk too early\r\n"), Hang()]
    result, lines = await heard("> EHLO x\n< 220|554\n<~ not 220\n:close\n", server)
    assert result.status is ExitStatus.OK, outcome(result)
    assert result.failed == ()
    assert lines == [b"EHLO x\r\n"]


async def test_held_lines_wait_for_the_replies_before_them() -> None:
    script = "NOOP\n:hold\nRSET\nNOOP\n:flush\n"
    result = await run(script, told((b"NOOP", b"250 ok\r\n451 what?\r\n")))
    assert outcome(result) == ("F09 unexpected 451 before the lines in :hold (line 2)",)


async def test_a_miss_of_what_goes_without_saying_is_told_at_the_held_line() -> None:
    script = ":hold\nMAIL FROM:<>\n\nRCPT TO:<a@b.example>\nDATA\n:flush\n< 250\nx\n.\n"
    result = await run(script, together(OK, b"550 no\r\n", b"554 none\r\n"))
    assert [(check.id, check.place.line) for check in result.failed] == [("F04", 4)]
    assert result.failed[0].why.marks[0].width == len("RCPT TO:<a@b.example>")


async def test_an_exact_line_takes_no_reply_from_the_held_line_behind_it() -> None:
    script = ":hold\n> MAIL FROM:<>\nRCPT TO:<a@b.example>\n> DATA\n:flush\n< 250\n< 554\n"
    result = await run(script, together(OK, b"250 ok\r\n", b"554 none\r\n"))
    assert outcome(result) == ("F03 RCPT accepted, expected 554",)
    script = script.removesuffix("< 554\n")
    result = await run(script, together(OK, b"550 no\r\n", b"554 none\r\n"))
    assert outcome(result) == ("F04 no expectation, and RCPT was refused",)
    script = script.removesuffix("< 250\n")
    result = await run(script, together(b"450 later\r\n", OK, b"554 none\r\n"))
    assert outcome(result) == ("F09 unexpected 450 to MAIL",)
    assert result.failed[0].place.line == 2
