"""A server that asks for more than the command has: no success for a line without expectation."""

from __future__ import annotations

import pytest

from tests.script.runs import outcome, run, told


@pytest.mark.parametrize(
    ("line", "reply", "said"),
    [
        ("MAIL FROM:<a@b.example>", "354 go on", "MAIL got 354"),
        ("RCPT TO:<a@b.example>", "334 VXNlcg==", "RCPT got 334"),
        ("EHLO x", "354 go on", "EHLO got 354"),
        ("NOOP", "300 and", "NOOP got 300"),
        ("QUIT", "354 go on", "QUIT got 354"),
        ("AUTH LOGIN", "354 go on", "AUTH got 354"),
    ],
)
async def test_what_asks_for_more_than_a_command_has_is_no_success(
    line: str, reply: str, said: str
) -> None:
    verb = line.split(maxsplit=1)[0].encode()
    result = await run(f"{line}\n", told((verb, f"{reply}\r\n".encode())))
    assert outcome(result) == (f"F04 no expectation, and {said}",)


@pytest.mark.parametrize(("line", "code"), [("AUTH LOGIN", 334), ("XFOO", 354), ("XFOO", 334)])
async def test_a_challenge_and_what_an_unknown_command_gets_are_fine(line: str, code: int) -> None:
    verb = line.split(maxsplit=1)[0].encode()
    result = await run(f"{line}\n", told((verb, b"%d \r\n" % code)))
    assert outcome(result) == ()


async def test_it_is_one_where_it_is_expected() -> None:
    result = await run("NOOP\n< 354\n", told((b"NOOP", b"354 go\r\n")))
    assert outcome(result) == ()
