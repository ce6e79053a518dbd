from __future__ import annotations

from smtpprobe.sandbox.faults import Hang, Hear, Pause, Say, Step, Talk
from tests.script.runs import GREETING, outcome, run, told

LONG = ':raw "' + "y" * 12_000_000 + '"\n'


async def test_a_server_that_takes_nothing_ends_the_run() -> None:
    result = await run("< 220\n" + LONG, [GREETING, Pause(60)], limit=0.2)
    (message,) = outcome(result)
    assert message.startswith("T05 the server does not read: ")
    assert message.endswith(" octets are unsent after 200ms")


async def test_a_large_message_may_take_longer_than_the_limit_while_it_moves() -> None:
    slowly: list[Step] = [step for _ in range(6) for step in (Pause(0.1), Hear(b"NEXT"))]
    server: list[Step] = [GREETING, Hear(b"DATA"), Say(b"354 go\r\n"), *slowly, Hear(b".")]
    portion = ("x" * 70 + "\n") * 15_000 + "NEXT\n"
    text = "DATA\n" + portion * 6 + ".\n"
    result = await run(text, [*server, Say(b"250 ok\r\n"), Hang()], limit=0.3)
    assert outcome(result) == ()


async def test_a_starttls_without_an_answer_has_the_limit_of_any_reply() -> None:
    server: list[Step] = [GREETING, Hear(b"STARTTLS"), Hang()]
    result = await run("STARTTLS\n", server, limit=0.1)
    assert outcome(result) == ("T05 no reply to STARTTLS within 100ms",)


class HalfClose(Step):
    """Say no more, yet keep the connection."""

    async def play(self, talk: Talk) -> None:
        talk.writer.write_eof()


async def test_a_server_that_says_no_more_while_it_takes_nothing_is_heard() -> None:
    server: list[Step] = [
        GREETING, Hear(b"DATA"), Say(b"354 go\r\n"), Hear(b"x"), Say(b"421 enough\r\n"),
        HalfClose(), Pause(60),
    ]  # fmt: skip
    text = "DATA\n" + ("x" * 70 + "\n") * 150_000 + ".\n"
    result = await run(text, server)
    assert [check.came.text for check in result.failed] == ["421 enough"]


async def test_checks_that_passed_hold_no_exchange() -> None:
    replies = told((b"NOOP", b"250 a\r\n"), (b"RSET", b"250 b\r\n"))
    result = await run("NOOP\nRSET\n< 250\n", replies)
    assert [check.came.text for check in result.checks] == [
        "220 mx.example ESMTP",
        "250 a",
        "250 b",
    ]
    assert all(check.came.exchange is None for check in result.checks)


async def test_of_a_very_long_reply_a_check_keeps_the_beginning() -> None:
    result = await run("NOOP\n< 250\n", told((b"NOOP", b"250 " + b"x" * 50_000 + b"\r\n")))
    assert result.checks[-1].came.text == "250 " + "x" * 996 + "... (49004 octets more)"
