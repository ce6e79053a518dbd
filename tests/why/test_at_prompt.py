"""`:why` at the prompt: what the session has shown, its own comparisons, and no more."""

from __future__ import annotations

from smtpprobe.sandbox.faults import Hang
from tests.repl.stage import LISTEN, staged
from tests.why.collect.peer import Peer

NO = b"550 5.7.1 Access denied\r\n"


async def test_before_anything_was_refused_it_says_that_it_cannot_tell() -> None:
    async with staged((Peer({}), Hang())) as stage:
        await stage.line("EHLO me", "127.0.0.1 ehlo> ")
        await stage.line(":why", "127.0.0.1 ehlo> ")
        assert "Cannot tell: what was seen does not tell" in stage.text


async def test_comparisons_typed_by_hand_count() -> None:
    async with staged((Peer({b"RCPT TO:<anna": NO}), Hang())) as stage:
        await stage.line("EHLO me", "127.0.0.1 ehlo> ")
        await stage.line("MAIL FROM:<me@here.test>", "127.0.0.1 mail> ")
        await stage.line("RCPT TO:<anna@there.test>", "127.0.0.1 mail> ")
        await stage.line(":why", "127.0.0.1 mail> ")
        assert "Cannot tell: 127.0.0.1 refuses, and does not say why" in stage.text
        assert "smtpprobe why anna@there.test --from me@here.test" in stage.text
        await stage.line("RCPT TO:<postmaster@there.test>", "127.0.0.1 rcpt:1> ")
        await stage.line("RSET", "127.0.0.1 ehlo> ")
        await stage.line("MAIL FROM:<>", "127.0.0.1 mail> ")
        await stage.line("RCPT TO:<anna@there.test>", "127.0.0.1 mail> ")
        await stage.line(":why", "127.0.0.1 mail> ")
        assert "The cause: 127.0.0.1 refuses mail to anna@there.test" in stage.text
        sent = len(stage.server.heard)
        await stage.line(":why", "127.0.0.1 mail> ")
        assert len(stage.server.heard) == sent


async def test_a_refused_login_is_told_until_one_is_accepted() -> None:
    answers = {b"AUTH": b"535 5.7.8 no\r\n", b"AUTH PLAIN AG1lAHJpZ2h0": b"235 ok\r\n"}
    async with staged((Peer(answers), Hang())) as stage:
        await stage.line("EHLO me", "127.0.0.1 ehlo> ")
        await stage.line("AUTH PLAIN AG1lAHdyb25n", "127.0.0.1 ehlo> ")
        await stage.line(":why", "127.0.0.1 ehlo> ")
        assert "does not accept the login" in stage.text
        assert "wrong" not in stage.text
        await stage.line("AUTH PLAIN AG1lAHJpZ2h0", "127.0.0.1 ehlo> ")
        await stage.line(":why", "127.0.0.1 ehlo> ")
        assert "Cannot tell: what was seen does not tell" in stage.text


async def test_without_a_session_there_is_nothing_to_ask_about() -> None:
    async with staged((LISTEN,)) as stage:
        await stage.line(":close", "offline> ")
        await stage.line(":why", "offline> ")
        assert "Traceback" not in stage.text


async def test_a_reply_on_top_of_the_answer_is_out_of_step() -> None:
    answers = {b"RCPT": b"250 2.1.5 ok\r\n550 5.7.1 no\r\n"}
    async with staged((Peer(answers), Hang())) as stage:
        await stage.line("EHLO me", "127.0.0.1 ehlo> ")
        await stage.line("MAIL FROM:<me@here.test>", "127.0.0.1 mail> ")
        await stage.line("RCPT TO:<anna@there.test>", "127.0.0.1 rcpt:1> ")
        await stage.line(":why", "127.0.0.1 rcpt:1> ")
        assert "The cause: the replies of 127.0.0.1 are out of step" in stage.text
        await stage.line("RSET", "127.0.0.1 ehlo> ")


async def test_a_long_line_goes_on_below_its_text() -> None:
    async with staged((Peer({b"RCPT TO:<anna": NO}), Hang())) as stage:
        await stage.line("EHLO me", "127.0.0.1 ehlo> ")
        await stage.line("MAIL FROM:<me@here.test>", "127.0.0.1 mail> ")
        await stage.line("RCPT TO:<anna@there.test>", "127.0.0.1 mail> ")
        await stage.line(":why", "127.0.0.1 mail> ")
        lines = stage.text.splitlines()
        begins = next(n for n, line in enumerate(lines) if line.startswith("  why       "))
        labels = ("  reply ", "  who acts ", "  now ", "  not ", "  open ", "  the rest ", " " * 12)
        block = lines[begins + 1 : begins + 8]
        assert all(line.startswith(labels) for line in block), block
