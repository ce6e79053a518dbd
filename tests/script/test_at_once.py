"""What `>` and `:raw` are owed, and how that is told where nobody expects it."""

from __future__ import annotations

from pathlib import Path

import pytest

from smtpprobe.exits import ExitStatus
from smtpprobe.sandbox.faults import Hang, Hear, Pause, Say, Step
from tests.script.runs import GREETING, heard, outcome, run, told

TWO = r":raw " + '"NOOP\\r\\nNOOP\\r\\n"\n'
ONE = told((b"NOOP", b"250 ok\r\n"), (b"QUIT", b"221 bye\r\n"))
LATE: list[Step] = [
    *(GREETING, Hear(b"NOOP"), Hear(b"NOOP"), Pause(0.3), Say(b"250 a\r\n250 b\r\n")),
    *(Hear(b"QUIT"), Say(b"221 bye\r\n"), Hang()),
]
UNCOUNTED = '":raw" in line 2 is not exactly one line, so its replies are not counted: '


@pytest.mark.parametrize(
    ("line", "word"),
    [("> NOOP", ">"), (r':raw "NOOP\r\n"', ":raw"), (":hold\n> NOOP\n:flush", ">")],
)
async def test_a_line_sent_at_once_is_owed_a_reply_and_the_error_says_so(
    line: str, word: str
) -> None:
    result = await run(f"< 220\n{line}\nQUIT\n", ONE)
    assert [one.id for one in result.failed] == ["F09"]
    number = 3 if "hold" in line else 2
    assert result.failed[0].why.help == (
        f'"{word}" in line {number} gets this reply: write "< 250" below it, or "<* any"',
    )
    for under in ("< 250", "<* any"):
        assert outcome(await run(f"< 220\n{line}\n{under}\nQUIT\n", ONE)) == ()


async def test_a_line_sent_at_once_in_an_included_file_is_named_with_it(tmp_path: Path) -> None:
    (tmp_path / "part.smtp").write_text("> NOOP\n")
    result, _ = await heard(":include part.smtp\nQUIT\n", ONE, folder=tmp_path)
    assert result.failed[0].why.help[0].startswith(f'">" in line 1 of {tmp_path}/part.smtp gets')


async def test_no_reply_to_several_raw_lines_passes_for_that_of_the_next_command() -> None:
    result, lines = await heard(f"< 220\n{TWO}QUIT\n", LATE)
    assert outcome(result) == ("F09 unexpected 250 before QUIT (line 3)",)
    assert result.failed[0].why.help == (
        f'{UNCOUNTED}write "< 250" below it for each, or "<* any"',
    )
    assert b"QUIT" not in b"".join(lines)
    result, lines = await heard(f"< 220\n{TWO}< 250\nQUIT\n", LATE)
    assert outcome(result) == ("F09 unexpected 250 before QUIT (line 4)",)
    assert b"QUIT" not in b"".join(lines)


@pytest.mark.parametrize("under", ["< 250 /a/\n< 250 /b/\n", "<* 250\n", "< 250\n<? 250\n"])
async def test_the_replies_to_several_raw_lines_are_written_under_them(under: str) -> None:
    assert outcome(await run(f"< 220\n{TWO}{under}QUIT\n", LATE)) == ()


async def test_raw_lines_that_nobody_answers_hold_nothing_up_for_long() -> None:
    server: list[Step] = [GREETING, Hear(b"NOOP"), Hear(b"NOOP"), Hear(b"QUIT"), Say(b"221 x\r\n")]
    result = await run(f"< 220\n:grace 200ms\n{TWO}QUIT\n", [*server, Hang()])
    assert outcome(result) == ()
    assert 0.2 <= result.seconds < 1


async def test_silence_under_raw_lines_settles_what_they_are_owed() -> None:
    server: list[Step] = [GREETING, Hear(b"NOOP"), Hear(b"NOOP"), Hear(b"QUIT"), Say(b"221 x\r\n")]
    script = f"< 220\n{TWO}< none for 10ms\nQUIT\n"
    result = await run(script, [*server, Hang()])
    assert outcome(result) == ()
    assert result.seconds < 0.5


NOT_DUE = {
    ':raw "NOOP"\n< 250\n': 'none is due: ":raw" in line 2 does not end its line (\\r\\n)',
    ':raw "NOOP\\r\\nNO"\n< 250\n< 250\n': f"none is known to be due: {UNCOUNTED.rstrip(': ')}",
    "> DATA\n< 354\n> text\n< 250\n": (
        'none is due: a message is open, and only its dot ("> .") gets a reply'
    ),
    "> NOOP\n< 250\n< 250\n": "none is due: everything sent has been answered",
}


@pytest.mark.parametrize("script", NOT_DUE)
async def test_a_reply_that_is_not_due_is_told_with_the_reason(script: str) -> None:
    verb, reply = (b"DATA", b"354 go\r\n") if "DATA" in script else (b"NOOP", b"250 ok\r\n")
    answering: list[Step] = [Hear(verb), Say(reply)] if script.count("<") == 2 else []
    result = await run(f"< 220\n{script}", [GREETING, *answering, Hang()], limit=1.0)
    assert outcome(result) == (f"T05 no reply within 1s, and {NOT_DUE[script]}",)
    assert result.status is ExitStatus.CANNOT_TELL


async def test_the_dot_of_a_message_sent_line_by_line_is_owed_a_reply() -> None:
    server: list[Step] = [
        *(GREETING, Hear(b"DATA"), Say(b"354 go\r\n"), Hear(b".\r\n"), Say(b"250 ok\r\n")),
        *(Hear(b"QUIT"), Say(b"221 bye\r\n"), Hang()),
    ]
    script = "< 220\n> DATA\n< 354\n> a\n> .\n{}QUIT\n"
    assert outcome(await run(script.format("< 250\n"), server)) == ()
    result = await run(script.format(""), server)
    assert result.failed[0].why.help[0].startswith('">" in line 5 gets this reply')
