"""The table of keys, cell by cell, in process."""

from __future__ import annotations

import asyncio

import pytest

from smtpprobe.exits import ExitStatus
from smtpprobe.sandbox.faults import Close, Hang, Hear, Say
from tests.repl.stage import (
    BACKSPACE,
    BACKTAB,
    CTRL_BRACKET,
    CTRL_C,
    CTRL_D,
    CTRL_E,
    CTRL_F,
    CTRL_L,
    CTRL_R,
    DOT,
    EHLO,
    ENTER,
    ESCAPE,
    F1,
    F2,
    F10,
    GREETING,
    LISTEN,
    MAIL,
    QUIT,
    RIGHT,
    TAB,
    TO_DATA,
    UP,
    staged,
    to_data,
)


class TestEnter:
    async def test_sends_what_is_written_and_leaves_it_behind_its_prompt(self) -> None:
        async with staged((GREETING, LISTEN)) as stage:
            stage.type("ehlo  me", ENTER)
            assert await stage.server.until_heard(b"ehlo") == b"ehlo  me\r\n"
            await stage.until("127.0.0.1 greeted> ehlo  me")

    async def test_on_an_empty_line_sends_nothing_and_says_so(self) -> None:
        async with staged((GREETING, LISTEN)) as stage:
            stage.type(ENTER)
            await stage.until("# nothing sent")
            assert stage.server.heard == []

    async def test_sends_a_body_line_whatever_it_begins_with(self) -> None:
        async with staged((*TO_DATA, *DOT, Hang())) as stage:
            await to_data(stage)
            for text in (":quit", "> x", "# y", "", "250 z", "?", "."):
                stage.type(text, ENTER)
            await stage.until_prompt("127.0.0.1 ehlo> ")
            heard = stage.server.heard[4:]
            assert heard == [
                b":quit\r\n", b"> x\r\n", b"# y\r\n", b"\r\n", b"250 z\r\n", b"?\r\n", b".\r\n"
            ]  # fmt: skip

    async def test_while_a_reply_is_awaited_queues_the_line_and_says_so(self) -> None:
        script = (GREETING, Hear(b"EHLO"), Say(b""), Hear(b"go"), *EHLO[1:], LISTEN)
        async with staged(script) as stage:
            stage.type("EHLO me", ENTER)
            await stage.until_prompt("127.0.0.1 greeted\u2026> ")
            stage.type("MAIL FROM:<a@b.example>", ENTER)
            await stage.until("# queued: MAIL FROM:<a@b.example>")
            assert len(stage.server.heard) == 1
            stage.type("> go", ENTER, CTRL_C)
            await stage.until("# stopped waiting")

    async def test_when_offline_sends_nothing_and_the_line_stays_in_the_history(self) -> None:
        async with staged(connect=False) as stage:
            stage.type("NOOP", ENTER)
            await stage.until("# not connected; use :connect first")
            await stage.until_prompt("offline> :connect")
            stage.type(UP)
            await stage.until_prompt("offline> NOOP")

    async def test_with_the_menu_open_sends_what_is_written(self) -> None:
        async with staged((GREETING, LISTEN)) as stage:
            stage.type("H", TAB)
            await stage.until("HELP")
            stage.type(ENTER)
            assert await stage.server.until_heard(b"H") == b"HEL\r\n"


class TestUnfinishedLines:
    async def test_tab_never_sends_what_it_left_unfinished(self) -> None:
        async with staged((GREETING, *EHLO, LISTEN)) as stage:
            await stage.line("EHLO me", "127.0.0.1 ehlo> ")
            for typed, lacks in (
                ("MAIL", "an address"), ("MAIL FROM:", "an address"), ("VR", "something"),
                ("EX", "something"), ("AU", "something"),
            ):  # fmt: skip
                stage.type(CTRL_C, CTRL_L, typed, TAB, ENTER)
                await stage.until(f"# nothing sent: {lacks}")
            assert len(stage.server.heard) == 1

    async def test_tab_names_the_null_sender_and_sends_it_only_when_it_is_chosen(self) -> None:
        async with staged((GREETING, *EHLO, LISTEN)) as stage:
            await stage.line("EHLO me", "127.0.0.1 ehlo> ")
            stage.type("MAIL", TAB)
            await stage.until_true(lambda: stage.face.buffer.text == "MAIL FROM:<>", "completed")
            stage.type(TAB)
            await stage.until(" null sender ")
            assert stage.face.buffer.text == "MAIL FROM:<"
            stage.type(TAB, ENTER)
            assert await stage.server.until_heard(b"MAIL") == b"MAIL FROM:<>\r\n"
            assert len(stage.server.heard) == 2

    async def test_tab_puts_a_misspelt_command_right(self) -> None:
        async with staged((GREETING, *EHLO, LISTEN)) as stage:
            await stage.line("EHLO me", "127.0.0.1 ehlo> ")
            stage.type("STARTLS")
            await stage.until("did you mean STARTTLS?")
            stage.type(TAB)
            await stage.until_true(lambda: stage.face.buffer.text == "STARTTLS", "put right")


async def test_escape_closes_the_menu_and_leaves_the_line_as_it_was_typed() -> None:
    async with staged((GREETING, LISTEN)) as stage:
        stage.type("H", TAB)
        await stage.until(" HELO ")
        stage.type(TAB)
        await stage.until_true(lambda: stage.face.buffer.text != "HEL", "one is chosen")
        stage.type(ESCAPE)
        await stage.until_true(lambda: stage.face.buffer.complete_state is None, "closed")
        await stage.until_true(lambda: " HELO " not in stage.text, "taken away")
        assert stage.face.buffer.text == "HEL"
        stage.type("P", ENTER)
        assert await stage.server.until_heard(b"HELP") == b"HELP\r\n"


class TestGhostText:
    @pytest.mark.parametrize("key", [RIGHT, CTRL_E, CTRL_F])
    async def test_is_accepted_at_the_end_of_the_line_and_not_sent(self, key: str) -> None:
        async with staged((GREETING, LISTEN)) as stage:
            await stage.until_prompt("127.0.0.1 greeted> EHLO probe.example.org")
            stage.type(key)
            await stage.until_true(lambda: stage.face.buffer.text, "accepted")
            assert stage.face.buffer.text == "EHLO probe.example.org"
            assert stage.server.heard == []

    async def test_comes_back_after_typing_and_deleting(self) -> None:
        async with staged((GREETING, LISTEN)) as stage:
            stage.type("X")
            await stage.until_true(lambda: "EHLO" not in stage.prompt_line, "no ghost")
            stage.type(BACKSPACE)
            await stage.until_prompt("127.0.0.1 greeted> EHLO probe.example.org")

    async def test_changes_with_the_state_while_the_line_is_empty(self) -> None:
        async with staged((GREETING, *EHLO, Hang())) as stage:
            await stage.line("EHLO me", "127.0.0.1 ehlo> MAIL FROM:<you@domain>")

    async def test_leaves_the_cursor_between_the_brackets_and_is_not_sent_without_an_address(
        self,
    ) -> None:
        async with staged((GREETING, *EHLO, *MAIL, LISTEN)) as stage:
            await stage.line("EHLO me", "127.0.0.1 ehlo> MAIL FROM:<you@domain>")
            for typed in ("", "MAIL", "MAIL FROM:<"):
                stage.type(typed, RIGHT, ENTER)
                await stage.until("# nothing sent: an address belongs between < and >")
                assert stage.face.buffer.text == "MAIL FROM:<>"
                await stage.until_prompt("127.0.0.1 ehlo> MAIL FROM:<you@domain>")
                stage.type(CTRL_C)
            stage.type(RIGHT, RIGHT, ENTER)
            await stage.until_true(lambda: stage.face.buffer.cursor_position == 11, "put back")
            assert len(stage.server.heard) == 1
            stage.type("me@example.org>", ENTER)
            await stage.until_prompt("127.0.0.1 mail> RCPT TO:<user@domain>")
            assert stage.server.heard[1:] == [b"MAIL FROM:<me@example.org>\r\n"]

    async def test_of_a_recipient_is_not_sent_without_an_address_either(self) -> None:
        async with staged((GREETING, *EHLO, *MAIL, LISTEN)) as stage:
            await stage.line("EHLO me", "127.0.0.1 ehlo> ")
            await stage.line("MAIL FROM:<a@b.example>", "127.0.0.1 mail> RCPT TO:<user@domain>")
            stage.type(RIGHT, ENTER)
            await stage.until("# nothing sent: an address belongs between < and >")
            stage.type(CTRL_C, "RCPT", TAB, ENTER)
            await stage.until_true(lambda: stage.text.count("# nothing sent") == 2, "told again")
            assert len(stage.server.heard) == 2
            stage.type("x@y.example", ENTER)
            assert await stage.server.until_heard(b"RCPT") == b"RCPT TO:<x@y.example>\r\n"

    async def test_what_is_typed_by_hand_is_sent_as_it_stands(self) -> None:
        async with staged((GREETING, *EHLO, *MAIL, LISTEN)) as stage:
            await stage.line("EHLO me", "127.0.0.1 ehlo> MAIL FROM:<you@domain>")
            stage.type(RIGHT, CTRL_C, "MAIL FROM:<>", ENTER)
            assert await stage.server.until_heard(b"MAIL") == b"MAIL FROM:<>\r\n"
            await stage.until_prompt("127.0.0.1 mail> ")
            stage.type("RCPT TO:<>", ENTER)
            assert await stage.server.until_heard(b"RCPT") == b"RCPT TO:<>\r\n"

    async def test_completes_what_was_typed_from_the_history(self) -> None:
        async with staged((GREETING, *EHLO, Hear(b"VRFY"), Say(b"252 x\r\n"), LISTEN)) as stage:
            await stage.line("EHLO me", "127.0.0.1 ehlo> ")
            await stage.line("VRFY somebody", "127.0.0.1 ehlo> ")
            stage.type("VR")
            await stage.until_prompt("127.0.0.1 ehlo> VRFY somebody")
            stage.type(RIGHT, ENTER)
            await stage.until_true(lambda: stage.server.heard[2:], "sent again")
            assert stage.server.heard[1:] == [b"VRFY somebody\r\n"] * 2

    async def test_offers_the_dot_in_a_body_after_a_line_of_text(self) -> None:
        async with staged((*TO_DATA, *DOT, Hang())) as stage:
            await to_data(stage)
            stage.type("Subject: x", ENTER, ENTER, "text", ENTER)
            await stage.until_prompt("data 4| .")
            stage.type(RIGHT, ENTER)
            await stage.until_prompt("127.0.0.1 ehlo> ")

    async def test_can_be_turned_off(self) -> None:
        async with staged((GREETING, LISTEN), ghost=False) as stage:
            assert stage.prompt_line.rstrip() == "127.0.0.1 greeted>"


class TestTab:
    async def test_lists_what_fits_on_an_empty_line_and_sends_nothing(self) -> None:
        async with staged((GREETING, LISTEN)) as stage:
            stage.type(TAB)
            await stage.until("greet the server, without extensions")
            stage.type(TAB, TAB)
            await stage.until_true(lambda: stage.face.buffer.text == "HELO ", "2")
            stage.type(BACKTAB)
            await stage.until_true(lambda: stage.face.buffer.text == "EHLO probe.example.org", "1")
            assert stage.server.heard == []

    async def test_completes_the_only_possibility(self) -> None:
        async with staged((GREETING, *EHLO, Hang())) as stage:
            await stage.line("EHLO me", "127.0.0.1 ehlo> ")
            stage.type("MA", TAB)
            await stage.until_true(
                lambda: stage.face.buffer.text.startswith("MAIL FROM:<"), "completed"
            )

    async def test_lists_local_commands_when_offline(self) -> None:
        async with staged(connect=False) as stage:
            stage.type(TAB)
            await stage.until("connect (closes an open connection)")


class TestCtrlC:
    async def test_drops_the_line(self) -> None:
        async with staged((GREETING, LISTEN)) as stage:
            stage.type("MAIL", CTRL_C)
            await stage.until_prompt("127.0.0.1 greeted> EHLO")
            assert stage.server.heard == []

    async def test_on_an_empty_line_tells_how_to_leave_and_never_disconnects(self) -> None:
        async with staged((GREETING, LISTEN)) as stage:
            stage.type(CTRL_C, CTRL_C, CTRL_C)
            await stage.until("# still connected; QUIT or Ctrl-D ends the session")
            await stage.until_prompt("127.0.0.1 greeted> ")

    async def test_in_a_body_tells_that_smtp_has_no_cancel(self) -> None:
        async with staged((*TO_DATA, Hang())) as stage:
            await to_data(stage)
            stage.type(CTRL_C)
            await stage.until("# DATA cannot be cancelled")
            await stage.until_prompt("data 1|")

    @pytest.mark.parametrize("key", [CTRL_C, CTRL_D])
    async def test_in_a_chunk_tells_how_much_of_it_is_to_go(self, key: str) -> None:
        chunk = (Hear(b"BDAT"), Hear(b"hello"), Hang())
        async with staged((GREETING, *EHLO, *chunk)) as stage:
            await stage.line("EHLO me", "127.0.0.1 ehlo> ")
            stage.type("BDAT 12", ENTER, "hello", ENTER)
            await stage.server.until_heard(b"hello")
            stage.type(key)
            await stage.until("# BDAT cannot be cancelled: 5 octets of the chunk to go")

    async def test_the_lines_of_a_chunk_go_out_before_its_reply_comes(self) -> None:
        chunk = (Hear(b"BDAT 12"), Hear(b"hello"), Hear(b"abc"), Say(b"250 2.0.0 12 octets\r\n"))
        async with staged((GREETING, *EHLO, *chunk, Hear(b"NOOP"), Hang())) as stage:
            await stage.line("EHLO me", "127.0.0.1 ehlo> ")
            stage.type("BDAT 12 LAST", ENTER, "hello", ENTER, "abc", ENTER, "NOOP", ENTER)
            await stage.server.until_heard(b"NOOP")
            assert stage.server.heard[1:] == [
                b"BDAT 12 LAST\r\n", b"hello\r\n", b"abc\r\n", b"NOOP\r\n",
            ]  # fmt: skip

    async def test_at_a_challenge_tells_what_cancels_the_login(self) -> None:
        auth = (Hear(b"AUTH"), Say(b"334 VXNlcm5hbWU6\r\n"), Hear(b"*"), Say(b"501 ok\r\n"), Hang())
        async with staged((GREETING, *EHLO, *auth)) as stage:
            await stage.line("EHLO me", "127.0.0.1 ehlo> ")
            stage.type("AUTH LOGIN", ENTER)
            await stage.until("334 VXNlcm5hbWU6")
            stage.type(CTRL_C)
            await stage.until('waits for an answer to its challenge: "*" cancels the login')
            stage.type("*", ENTER)
            await stage.until("501 ok")

    async def test_stops_waiting_and_the_late_reply_is_shown_all_the_same(self) -> None:
        script = (GREETING, *EHLO, Hear(b"VRFY"), Hear(b"NOOP"), Say(b"252 a\r\n250 b\r\n"), Hang())
        async with staged(script) as stage:
            await stage.line("EHLO me", "127.0.0.1 ehlo> ")
            stage.type("VRFY x", ENTER, "RSET", ENTER)
            await stage.until("# queued: RSET")
            await stage.server.until_heard(b"VRFY")
            stage.type(CTRL_C)
            await stage.until("# stopped waiting; the reply to VRFY will be shown when it arrives")
            await stage.until("# 1 waiting line not sent")
            stage.type("NOOP", ENTER)
            await stage.until("252 a")
            await stage.until("250 b")
            await stage.until_prompt("127.0.0.1 ehlo> ")

    async def test_stops_waiting_and_the_next_line_says_once_that_replies_may_be_shifted(
        self,
    ) -> None:
        warning = "# ? the reply to VRFY is still due: replies may be out of step; :close and"
        script = (GREETING, *EHLO, Hear(b"VRFY"), Hear(b"RSET"), Say(b"250 first\r\n"),
                  Hear(b"NOOP"), Say(b"250 second\r\n"), Hang())  # fmt: skip
        async with staged(script) as stage:
            await stage.line("EHLO me", "127.0.0.1 ehlo> ")
            stage.type("VRFY x", ENTER)
            await stage.server.until_heard(b"VRFY")
            stage.type(CTRL_C)
            await stage.until("# stopped waiting")
            assert warning not in stage.text
            stage.type("RSET", ENTER)
            await stage.until("250 first")
            stage.type(CTRL_C)
            stage.type("> NOOP", ENTER)
            await stage.until("250 second")
            assert stage.text.count(warning) == 1

    async def test_stops_waiting_at_once_while_a_line_is_still_going_out(self) -> None:
        async with staged((GREETING, *EHLO, Hear(b"VRFY"), Hang())) as stage:
            await stage.line("EHLO me", "127.0.0.1 ehlo> ")
            stage.type("VRFY x", ENTER)
            await stage.server.until_heard(b"VRFY")
            queue = stage.face.session.queue
            while queue.busy:  # noqa: ASYNC110 - nothing tells when a job has ended
                await asyncio.sleep(0.01)
            queue._job = asyncio.ensure_future(asyncio.sleep(60))
            stage.type(CTRL_C)
            await stage.until("# stopped waiting; the reply to VRFY will be shown when it arrives")
            assert not queue.waiting
            queue._job = None

    async def test_before_the_greeting_stops_connecting(self) -> None:
        async with staged((Hang(),)) as stage:
            await stage.until_prompt("127.0.0.1 greeting\u2026> ")
            stage.type(CTRL_C)
            await stage.until_prompt("offline> ")

    async def test_when_offline_leaves_at_the_second_press(self) -> None:
        async with staged(connect=False) as stage:
            stage.type(CTRL_C)
            await stage.until("# not connected; to exit, press Ctrl-C again")
            stage.type(CTRL_C)
            assert await stage.ended() is ExitStatus.OK

    async def test_presses_with_typing_in_between_are_both_first_ones(self) -> None:
        async with staged(connect=False) as stage:
            stage.type(CTRL_C, "x", CTRL_C, CTRL_C)
            await stage.until_true(lambda: stage.text.count("Ctrl-C again") == 2, "said twice")
            assert stage.face.app.is_running

    async def test_during_a_handshake_closes_and_says_so(self) -> None:
        script = (GREETING, Hear(b"STARTTLS"), Say(b"220 go\r\n"), Hang())
        async with staged(script) as stage:
            stage.type("STARTTLS", ENTER)
            await stage.until_prompt("127.0.0.1 handshake\u2026> ")
            stage.type(CTRL_C)
            await stage.until_prompt("offline> ")
            await stage.until("TLS handshake stopped by you: the connection cannot continue")


class TestCtrlD:
    async def test_sends_a_visible_quit_shows_the_reply_and_leaves(self) -> None:
        async with staged((GREETING, *EHLO, *QUIT, Close())) as stage:
            await stage.line("EHLO me", "127.0.0.1 ehlo> ")
            stage.type(CTRL_D)
            assert await stage.ended() is ExitStatus.OK
            assert stage.server.heard[-1] == b"QUIT\r\n"
            assert "127.0.0.1 ehlo> QUIT" in stage.text
            assert "221 2.0.0 Bye" in stage.text

    async def test_a_second_time_leaves_at_once(self) -> None:
        async with staged((GREETING, Hear(b"QUIT"), Hang())) as stage:
            stage.type(CTRL_D)
            await stage.server.until_heard(b"QUIT")
            stage.type(CTRL_D)
            assert await stage.ended() is ExitStatus.OK

    async def test_in_a_body_sends_nothing_and_tells_how_it_ends(self) -> None:
        async with staged((*TO_DATA, LISTEN)) as stage:
            await to_data(stage)
            stage.type(CTRL_D)
            await stage.until('# end the message with a line containing only "."')
            assert stage.server.heard[-1] == b"DATA\r\n"

    async def test_while_a_reply_is_awaited_leaves_and_closes(self) -> None:
        async with staged((GREETING, LISTEN)) as stage:
            stage.type("EHLO me", ENTER)
            await stage.until_prompt("127.0.0.1 greeted\u2026> ")
            stage.type(CTRL_D)
            assert await stage.ended() is ExitStatus.OK
            assert stage.server.heard == [b"EHLO me\r\n"]

    async def test_with_text_deletes_a_character(self) -> None:
        async with staged((GREETING, LISTEN)) as stage:
            stage.type("NOOPS", "\x1b[D", CTRL_D, ENTER)
            assert await stage.server.until_heard(b"NOOP") == b"NOOP\r\n"

    async def test_when_offline_leaves(self) -> None:
        async with staged(connect=False) as stage:
            stage.type(CTRL_D)
            assert await stage.ended() is ExitStatus.OK

    async def test_with_on_eof_close_sends_nothing(self) -> None:
        async with staged((GREETING, LISTEN), on_eof="close") as stage:
            stage.type(CTRL_D)
            assert await stage.ended() is ExitStatus.OK
            assert stage.server.heard == []

    async def test_with_on_eof_ask_asks_and_can_stay(self) -> None:
        async with staged((GREETING, *QUIT, Close()), on_eof="ask") as stage:
            stage.type(CTRL_D)
            await stage.until("[q]uit with QUIT, [c]lose without, [s]tay?")
            stage.type("s")
            await stage.until("# staying")
            stage.type(CTRL_D)
            await stage.until_true(lambda: stage.face.aside, "asked again")
            stage.type("q")
            assert await stage.ended() is ExitStatus.OK
            assert stage.server.heard == [b"QUIT\r\n"]

    async def test_a_server_that_closes_instead_of_answering_quit_is_left(self) -> None:
        async with staged((GREETING, Hear(b"QUIT"), Close())) as stage:
            stage.type(CTRL_D)
            assert await stage.ended() is ExitStatus.OK


class TestLocalPrompt:
    @pytest.mark.parametrize("key", [CTRL_BRACKET, F10])
    async def test_opens_in_a_body_and_gives_the_line_back(self, key: str) -> None:
        async with staged((*TO_DATA, LISTEN)) as stage:
            await to_data(stage)
            stage.type("half a line", key)
            await stage.until_prompt("local :")
            stage.type("echo here", ENTER)
            await stage.until("here")
            await stage.until_prompt("data 1| half a line")
            assert stage.server.heard[-1] == b"DATA\r\n"

    @pytest.mark.parametrize("key", [CTRL_C, ESCAPE])
    async def test_is_left_without_a_trace(self, key: str) -> None:
        async with staged((GREETING, LISTEN)) as stage:
            stage.type("MAIL", CTRL_BRACKET)
            await stage.until_prompt("local :")
            stage.type("quit", key)
            await stage.until_prompt("127.0.0.1 greeted> MAIL")

    async def test_closes_a_connection_in_the_middle_of_a_message(self) -> None:
        async with staged((*TO_DATA, Hang())) as stage:
            await to_data(stage)
            stage.type(CTRL_BRACKET, "close", ENTER)
            await stage.until_prompt("offline> ")


class TestHistory:
    async def test_up_and_search_find_commands_only(self) -> None:
        async with staged((*TO_DATA, *DOT, Hang())) as stage:
            await to_data(stage)
            stage.type("Subject: secret plan", ENTER, ".", ENTER)
            await stage.until_prompt("127.0.0.1 ehlo> ")
            stage.type(UP)
            await stage.until_prompt("127.0.0.1 ehlo> DATA")
            stage.type(CTRL_C, CTRL_R, "RCP")
            await stage.until("RCPT TO:<c@d.example>")
            stage.type(CTRL_C)
            assert "secret plan" not in "".join(stage.face.kept.lines)

    async def test_up_does_nothing_in_a_body(self) -> None:
        async with staged((*TO_DATA, LISTEN)) as stage:
            await to_data(stage)
            stage.type(UP, "x", ENTER)
            assert await stage.server.until_heard(b"x") == b"x\r\n"


class TestHelp:
    async def test_a_lone_question_mark_is_help_and_is_not_sent(self) -> None:
        async with staged((GREETING, LISTEN)) as stage:
            stage.type("?", ENTER)
            await stage.until("greeted: The server has sent its greeting")
            assert stage.server.heard == []
            stage.type("> ?", ENTER)
            assert await stage.server.until_heard(b"?") == b"?\r\n"

    async def test_f1_helps_and_keeps_the_line(self) -> None:
        async with staged((GREETING, LISTEN)) as stage:
            stage.type("MAIL FR", F1)
            await stage.until("greeted: The server has sent its greeting")
            await stage.until_prompt("127.0.0.1 greeted> MAIL FR")

    async def test_f2_goes_round_the_annotations(self) -> None:
        async with staged((GREETING, LISTEN)) as stage:
            stage.type(F2, F2, F2)
            for detail in ("full", "off", "brief"):
                await stage.until(f"# annotations: {detail}")


async def test_bare_quit_leaves_when_not_connected_and_is_sent_when_connected() -> None:
    async with staged((GREETING, Hear(b"quit"), Say(b"221 bye\r\n"), Close())) as stage:
        await stage.line("quit", "offline> ")
        assert stage.server.heard == [b"quit\r\n"]
        stage.type("exit", ENTER)
        assert await stage.ended() is ExitStatus.OK


async def test_a_line_for_the_server_goes_out_as_typed_behind_an_angle() -> None:
    async with staged((GREETING, *EHLO, *MAIL, LISTEN)) as stage:
        stage.type("> :oops", ENTER)
        assert await stage.server.until_heard(b":oops") == b":oops\r\n"
