"""The plain prompt, as on a dumb terminal or under a screen reader: whole lines in, lines out."""

from __future__ import annotations

import asyncio
import signal
from pathlib import Path

import pytest

from smtpprobe.exits import ExitStatus
from smtpprobe.repl.ui.plain import MOST_KEPT
from smtpprobe.sandbox.faults import Await, Close, Hang, Hear, Say
from tests.repl.plain_stage import plainly
from tests.repl.stage import CTRL_BRACKET, CTRL_D, DOT, EHLO, GREETING, LISTEN, QUIT, TO_DATA

CHALLENGE = (Hear(b"AUTH"), Say(b"334 VXNlcm5hbWU6\r\n"))


def waiting_editor(folder: Path) -> str:
    """Return an editor that makes the file `there`, and ends once there is a file `go`."""
    editor = folder / "editor"
    editor.write_text(
        f'#!/bin/sh\n: > "{folder}/there"\n'
        f'for _ in $(seq 1000); do [ -e "{folder}/go" ] && break; sleep 0.01; done\n'
    )
    editor.chmod(0o700)
    return str(editor)


async def test_a_delivery_is_typed_line_by_line_and_ctrl_d_says_goodbye() -> None:
    async with plainly((*TO_DATA, *DOT, *QUIT, Close())) as stage:
        await stage.line("EHLO me", "127.0.0.1 ehlo> ")
        await stage.line("MAIL FROM:<a@b.example>", "127.0.0.1 mail> ")
        await stage.line("RCPT TO:<c@d.example>", "127.0.0.1 rcpt:1> ")
        await stage.line("DATA", "data 1| ")
        await stage.line("hello", "data 2| ")
        await stage.line(".", "127.0.0.1 ehlo> ")
        assert "250 2.0.0 queued" in stage.text
        stage.type(CTRL_D)
        assert await stage.ended() is ExitStatus.OK
        assert stage.server.heard[-1].startswith(b"QUIT")


async def test_a_line_is_shown_once_by_the_terminal_and_not_again_by_the_program() -> None:
    async with plainly((GREETING, *EHLO, Hang())) as stage:
        await stage.line("EHLO me", "127.0.0.1 ehlo> ")
        assert stage.text.count("EHLO me") == 1


async def test_a_password_typed_in_the_open_is_not_sent_and_the_way_without_echo_is_named() -> None:
    async with plainly((GREETING, *EHLO, LISTEN)) as stage:
        await stage.line("EHLO me", "127.0.0.1 ehlo> ")
        stage.type("AUTH PLAIN AGJvYgB0YW5zdGFhZmw=\n")
        await stage.until("not sent: it would stay on the screen. :auth MECH USER")
        assert len(stage.server.heard) == 1


async def test_the_answer_to_a_challenge_is_typed_unseen_and_echo_comes_back_behind_it() -> None:
    refused = (Hear(b"Ym9i"), Say(b"535 5.7.8 no\r\n"), Hang())
    async with plainly((GREETING, *EHLO, *CHALLENGE, *refused)) as stage:
        await stage.line("EHLO me", "127.0.0.1 ehlo> ")
        stage.type("AUTH LOGIN\n")
        await stage.until("334")
        await stage.until_true(lambda: not stage.echo, "no echo")
        stage.type("Ym9i\n")
        await stage.until("535 5.7.8 no")
        await stage.until_true(lambda: stage.echo, "echo")
        assert "Ym9i" not in stage.text


async def test_a_password_is_asked_for_without_echo_and_ctrl_c_gives_the_login_up() -> None:
    async with plainly((GREETING, *EHLO, LISTEN)) as stage:
        await stage.line("EHLO me", "127.0.0.1 ehlo> ")
        stage.type(":auth PLAIN bob\n")
        await stage.until_prompt("password: ")
        assert not stage.echo
        signal.raise_signal(signal.SIGINT)
        await stage.until("login cancelled; nothing sent")
        await stage.until_prompt("127.0.0.1 ehlo> ")
        await stage.until_true(lambda: stage.echo, "echo")
        assert len(stage.server.heard) == 1


async def test_ctrl_c_at_the_empty_prompt_keeps_the_connection() -> None:
    async with plainly((GREETING, *EHLO, Hang())) as stage:
        signal.raise_signal(signal.SIGINT)
        await stage.until("still connected; QUIT or Ctrl-D ends the session")
        await stage.line("EHLO me", "127.0.0.1 ehlo> ")


async def test_ctrl_d_behind_text_hands_it_on_and_the_line_end_completes_it() -> None:
    async with plainly((GREETING, *EHLO, Hang())) as stage:
        stage.type("EHLO", CTRL_D, " me", CTRL_D)
        await stage.line("", "127.0.0.1 ehlo> ")
        assert stage.server.heard == [b"EHLO me\r\n"]


async def test_ctrl_d_with_half_a_line_behind_it_ends_nothing() -> None:
    async with plainly((GREETING, *EHLO, Hang())) as stage:
        stage.type("EHLO me", CTRL_D, CTRL_D)
        await stage.line("", "127.0.0.1 ehlo> ")
        assert stage.server.heard == [b"EHLO me\r\n"]


async def test_a_local_command_inside_a_message_begins_with_ctrl_bracket() -> None:
    async with plainly((*TO_DATA, LISTEN)) as stage:
        for line in ("EHLO me", "MAIL FROM:<a@b.example>", "RCPT TO:<c@d.example>"):
            await stage.line(line, "127.0.0.1 ")
        await stage.line("DATA", "data 1| ")
        stage.type(CTRL_BRACKET, "state\n")
        await stage.until("client name: me")
        await stage.until_prompt("data 1| ")
        assert b"state" not in b"".join(stage.server.heard)


@pytest.mark.parametrize(
    ("answer", "told"),
    [("quit", "221 2.0.0 Bye"), ("s", "# staying")],
)
async def test_a_choice_takes_its_letter_or_its_word_and_nothing_else(
    answer: str, told: str
) -> None:
    async with plainly((GREETING, *EHLO, *QUIT, Close()), on_eof="ask") as stage:
        await stage.line("EHLO me", "127.0.0.1 ehlo> ")
        stage.type(CTRL_D)
        await stage.until_prompt("still connected: [q]uit")
        stage.type("qwerty\n")  # what was typed ahead is no answer
        await stage.until_true(lambda: stage.text.count("still connected: [q]uit") > 1, "again")
        stage.type(f"{answer}\n")
        await stage.until(told)


async def test_a_choice_that_is_given_up_with_ctrl_d_stays() -> None:
    async with plainly((GREETING, *EHLO, LISTEN), on_eof="ask") as stage:
        await stage.line("EHLO me", "127.0.0.1 ehlo> ")
        stage.type(CTRL_D)
        await stage.until_prompt("still connected: [q]uit")
        stage.type(CTRL_D)
        await stage.until("# staying")
        assert len(stage.server.heard) == 1


async def test_a_paste_is_typed_to_its_end_and_run_as_one() -> None:
    async with plainly((GREETING, *EHLO, *QUIT, Close())) as stage:
        stage.type(":paste\n")
        await stage.until_prompt("paste, end with Ctrl-D> ")
        stage.type("EHLO me\n")
        await stage.until_true(lambda: stage.text.count("paste, end with") > 1, "asked on")
        stage.type("QUIT\n", CTRL_D)
        await stage.until("221 2.0.0 Bye")
        assert stage.server.heard == [b"EHLO me\r\n", b"QUIT\r\n"]


async def test_a_paste_of_nothing_sends_nothing() -> None:
    async with plainly((GREETING, LISTEN)) as stage:
        stage.type(":paste\n")
        await stage.until_prompt("paste, end with Ctrl-D> ")
        stage.type(CTRL_D)
        await stage.until("nothing pasted, nothing sent")
        assert stage.server.heard == []


@pytest.mark.real_time
async def test_while_an_editor_has_the_terminal_what_the_server_says_waits(tmp_path: Path) -> None:
    go, there = tmp_path / "go", tmp_path / "there"
    async with plainly((GREETING, LISTEN), editor=waiting_editor(tmp_path)) as stage:
        stage.type(":edit\n")
        await stage.until_true(there.exists, "the editor")
        stage.face.show([])
        stage.face.session.say("a remark that has to wait")
        signal.raise_signal(signal.SIGINT)  # the editor's own
        assert "a remark that has to wait" not in stage.text
        go.touch()
        await stage.until("a remark that has to wait")
        assert "still connected" not in stage.text


@pytest.mark.real_time
async def test_a_long_reply_behind_an_editor_makes_the_server_wait_and_is_shown_then(
    tmp_path: Path,
) -> None:
    go, there = tmp_path / "go", tmp_path / "there"
    begun, late = asyncio.Event(), asyncio.Event()
    long = Say(b"250-more\r\n" * MOST_KEPT + b"250 end\r\n")
    server = (GREETING, Await(begun), long, Await(late), Say(b"250 late\r\n"), Hang())
    async with plainly(server, editor=waiting_editor(tmp_path)) as stage:
        stage.type(":edit\n")
        await stage.until_true(there.exists, "the editor")
        begun.set()
        events = stage.face.session.client.events
        await stage.until_true(lambda: "end" in str(events[-1]), "the long reply")
        late.set()
        await asyncio.sleep(0.05)
        assert b"250-more" not in stage.octets
        assert "late" not in str(events[-1])
        go.touch()
        await stage.until("250 late")
        assert stage.octets.count(b"250-more") == MOST_KEPT


@pytest.mark.real_time
async def test_an_editor_that_fails_leaves_the_prompt(tmp_path: Path) -> None:
    async with plainly((GREETING, LISTEN), editor=str(tmp_path / "none")) as stage:
        stage.type(":edit\n")
        await stage.until("the editor failed; nothing sent")
        await stage.until_prompt("127.0.0.1 greeted> ")


async def test_a_full_disk_behind_the_output_ends_the_dialogue_with_its_reason() -> None:
    async with plainly((GREETING, LISTEN), connect=False, output="/dev/full") as stage:
        stage.type(":help\n")
        with pytest.raises(OSError, match="No space left"):
            await stage.ended()


async def test_with_output_in_a_file_the_prompt_stays_on_the_terminal(tmp_path: Path) -> None:
    file = tmp_path / "out"
    async with plainly((GREETING, *EHLO, Hang()), output=str(file)) as stage:
        await stage.line("EHLO me", "127.0.0.1 ehlo> ")
        stage.type(":quit!\n")
        assert await stage.ended() is ExitStatus.OK
        assert "250" not in stage.text
    assert "250 AUTH PLAIN LOGIN" in file.read_text()
    assert "ehlo>" not in file.read_text()


async def test_a_terminal_without_unicode_gets_ascii_and_the_bell_rings_at_a_refusal() -> None:
    refused = (Hear(b"EHLO"), Say(b"550 5.7.1 no\r\n"))
    async with plainly((GREETING, *refused, Hang()), ascii_only=True, bell=True) as stage:
        await stage.line("EHLO me", "127.0.0.1 ")
        await stage.until("550 5.7.1 no")
        await stage.until_true(lambda: b"\a" in stage.octets, "the bell")
        assert stage.text.isascii()


async def test_an_empty_line_hints_at_what_fits_and_sends_nothing() -> None:
    async with plainly((GREETING, LISTEN)) as stage:
        stage.type("\n")
        await stage.until("nothing sent; :next lists what fits here, ? explains it")
        assert stage.server.heard == []
