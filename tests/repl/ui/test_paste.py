"""Pasted text: into the line, into the message, or a fragment run step by step."""

from __future__ import annotations

import pytest

from smtpprobe.sandbox.faults import Hang, Hear, Pause, Say
from tests.repl.stage import (
    CTRL_C,
    CTRL_D,
    DATA,
    DOT,
    EHLO,
    ENTER,
    GREETING,
    LISTEN,
    MAIL,
    QUIT,
    RCPT,
    TO_DATA,
    staged,
    to_data,
)

WHOLE = (*TO_DATA, *DOT, Hear(b"NOOP"), Say(b"250 2.0.0 Ok\r\n"), Hang())
FRAGMENT = """\
EHLO me
MAIL FROM:<a@b.example>
RCPT TO:<c@d.example>
DATA
Subject: x

.. two dots, as on the wire
.
NOOP
"""


DELIVERED = "send 9 lines, including a message? [y]es [e]dit [d]rop"
ENDS = "the paste ends the message: send it? [y]es [n]o"


async def test_text_without_a_line_end_goes_into_the_line() -> None:
    async with staged((GREETING, LISTEN)) as stage:
        stage.type("A")
        stage.paste("BC")
        await stage.until_prompt("127.0.0.1 greeted> ABC")


async def test_one_line_is_not_sent_until_enter() -> None:
    async with staged((GREETING, LISTEN)) as stage:
        stage.paste("NOOP\n")
        await stage.until_true(lambda: stage.face.buffer.text == "NOOP", "in the line")
        assert stage.server.heard == []
        stage.type(ENTER)
        assert await stage.server.until_heard(b"NOOP") == b"NOOP\r\n"


async def test_several_lines_are_one_fragment_each_line_after_its_reply() -> None:
    async with staged(WHOLE) as stage:
        stage.paste(FRAGMENT)
        await stage.until(DELIVERED)
        assert stage.server.heard == []
        stage.type("y")
        await stage.until("# 250 2.0.0 the server is alive")
        expected = FRAGMENT.replace("\n", "\r\n").encode()
        assert b"".join(stage.server.heard) == expected


async def test_a_message_left_open_leaves_the_prompt_in_it() -> None:
    async with staged((*TO_DATA, *DOT, Hang())) as stage:
        stage.paste(FRAGMENT.partition("\n.. two")[0] + "\n")
        await stage.until_prompt("data 3| ")
        await stage.line("text", "data 4| ")
        await stage.line(".", "127.0.0.1 ehlo> ")


async def test_a_refused_data_stops_the_fragment_and_nothing_of_the_message_is_sent() -> None:
    script = (GREETING, *EHLO, *MAIL, *RCPT, Hear(b"DATA"), Say(b"452 4.3.1 full\r\n"), LISTEN)
    async with staged(script) as stage:
        stage.paste(FRAGMENT)
        await stage.until(DELIVERED)
        stage.type("y")
        await stage.until("# stopped at line")
        assert stage.server.heard[-1] == b"DATA\r\n"


async def test_a_miss_of_an_expectation_stops_the_fragment() -> None:
    script = (GREETING, *EHLO, Hear(b"VRFY"), Say(b"252 2.0.0 x\r\n"), LISTEN)
    async with staged(script) as stage:
        stage.paste("EHLO me\nVRFY x\n< 250\nNOOP\nRSET\n")
        await stage.until("# stopped at line 3 of 5; 2 lines not sent")
        assert stage.server.heard[-1] == b"VRFY x\r\n"


async def test_lines_pasted_into_a_message_end_with_the_dot_and_the_rest_is_a_fragment() -> None:
    async with staged(WHOLE) as stage:
        await to_data(stage)
        stage.paste("Subject: x\r\n\r\n:not local\r\n.\r\nNOOP\r\nNOOP\r\n")
        await stage.until(ENDS)
        assert stage.server.heard[4:] == [b"Subject: x\r\n", b"\r\n", b":not local\r\n"]
        stage.type("y")
        await stage.server.until_heard(b"NOOP")
        heard = stage.server.heard[4:]
        assert heard == [b"Subject: x\r\n", b"\r\n", b":not local\r\n", b".\r\n", b"NOOP\r\n"]


async def test_pasted_line_ends_go_out_as_crlf_in_a_message_and_controls_as_octets() -> None:
    async with staged((*TO_DATA, *DOT, Hang())) as stage:
        await to_data(stage)
        stage.paste("a\nb\rc\r\nd\x07\x00e\n")
        stage.type(".", ENTER)
        await stage.until_prompt("127.0.0.1 ehlo> ")
        heard = b"".join(stage.server.heard[4:])
        assert heard == b"a\r\nb\r\nc\r\nd\x07\x00e\r\n.\r\n"


async def test_many_lines_are_asked_about_and_can_be_dropped() -> None:
    async with staged((GREETING, LISTEN)) as stage:
        stage.paste("NOOP\n" * 21)
        await stage.until("send 21 lines? [y]es [e]dit [d]rop")
        stage.type("d")
        await stage.until("# 21 lines discarded; nothing sent")
        assert stage.server.heard == []


async def test_two_hundred_lines_arrive_octet_for_octet_after_a_yes() -> None:
    lines = [f"line {number} \u00e4" for number in range(200)]
    async with staged((*TO_DATA, *DOT, Hang())) as stage:
        stage.paste("\n".join((*FRAGMENT.splitlines()[:4], *lines, ".")) + "\n")
        await stage.until("send 205 lines, including a message?")
        stage.type("y")
        await stage.until_prompt("127.0.0.1 ehlo> ")
        sent = b"".join(stage.server.heard[4:])
        assert sent == "".join(f"{line}\r\n" for line in (*lines, ".")).encode()


async def test_a_question_is_given_up_with_ctrl_c() -> None:
    async with staged((GREETING, LISTEN)) as stage:
        stage.paste("NOOP\n" * 30)
        await stage.until("send 30 lines?")
        stage.type(CTRL_C)
        await stage.until("# 30 lines discarded; nothing sent")


async def test_control_characters_are_asked_about() -> None:
    async with staged((GREETING, LISTEN)) as stage:
        stage.paste("NOOP\nRSET\x1b[A\n")
        await stage.until("send 2 lines?")
        await stage.until("# first line: NOOP")


async def test_what_cannot_be_parsed_can_be_sent_as_raw_lines() -> None:
    answers = (Hear(b":caps"), Say(b"500 5.5.2 what\r\n"), Hear(b"NOOP"), Say(b"250 Ok\r\n"))
    async with staged((GREETING, *answers, Hang())) as stage:
        stage.paste(":caps\nNOOP\n")
        await stage.until("[r]aw lines, each verbatim; [e]dit [d]rop")
        assert stage.server.heard == []
        stage.type("r")
        await stage.server.until_heard(b"NOOP")
        assert stage.server.heard == [b":caps\r\n", b"NOOP\r\n"]


async def test_ctrl_c_stops_a_fragment() -> None:
    async with staged((GREETING, *EHLO, LISTEN)) as stage:
        stage.paste("EHLO me\nVRFY x\nNOOP\n")
        await stage.server.until_heard(b"VRFY")
        await stage.until_prompt("127.0.0.1 ehlo\u2026> ")
        stage.type(CTRL_C)
        await stage.until("# stopped")
        assert stage.server.heard[-1] == b"VRFY x\r\n"


async def test_paste_command_collects_lines_until_ctrl_d() -> None:
    async with staged(WHOLE) as stage:
        stage.type(":paste", ENTER)
        await stage.until("paste, end with Ctrl-D>")
        stage.type("EHLO me", ENTER, "MAIL FROM:<a@b.example>", ENTER, CTRL_D)
        await stage.until_prompt("127.0.0.1 mail> ")


async def test_data_lines_typed_ahead_without_marked_paste_arrive_in_order() -> None:
    async with staged((GREETING, *EHLO, *MAIL, *RCPT, *DATA, *DOT, Hang())) as stage:
        stage.type(FRAGMENT.rpartition("NOOP")[0].replace("\n", ENTER))
        await stage.until("250 2.0.0 queued")
        expected = FRAGMENT.rpartition("NOOP")[0].replace("\n", "\r\n").encode()
        assert b"".join(stage.server.heard) == expected


async def test_the_dot_of_a_paste_can_be_kept_back_and_the_message_goes_on() -> None:
    async with staged((*TO_DATA, *DOT, Hang())) as stage:
        await to_data(stage)
        stage.paste("text\n.\nRSET\n")
        await stage.until(ENDS)
        stage.type("n")
        await stage.until("# 2 waiting lines not sent: the message is still open")
        await stage.line("more", "data 3| ")
        await stage.line(".", "127.0.0.1 ehlo> ")
        assert stage.server.heard[4:] == [b"text\r\n", b"more\r\n", b".\r\n"]


async def test_pasted_text_falls_with_a_data_that_is_refused_and_nothing_is_asked() -> None:
    refused = (GREETING, Hear(b"DATA"), Pause(0.3), Say(b"503 5.5.1 no\r\n"), LISTEN)
    async with staged(refused) as stage:
        stage.type("DATA", ENTER)
        await stage.server.until_heard(b"DATA")
        stage.paste("text\n.\n")
        await stage.until("# 2 waiting lines not sent: message text is sent only after 354")
        assert ENDS not in stage.text


MESSAGES = {
    "DATA": "DATA\ntext\n.\n",
    "exact lines": "> DATA\n> text\n> .\n",
    "BDAT": "NOOP\nBDAT 4 LAST\nab\n",
    "BDAT 0 LAST": "BDAT 0 LAST\nNOOP\n",
    "BURL": "BURL imap://x LAST\nNOOP\n",
    "a file": ":data message.eml\nNOOP\n",
    "a file in chunks": ":bdat message.eml\nNOOP\n",
    "octets": ':raw "a\\r\\n.\\r\\n"\nNOOP\n',
    "held": ":hold\nMAIL FROM:<a@b.example>\nBDAT 4 LAST\nab\n:flush\n",
    "in a loop": ":repeat 2\nDATA\ntext\n.\n:end\n",
}


@pytest.mark.parametrize("name", MESSAGES)
async def test_every_way_to_send_a_message_is_asked_about(name: str) -> None:
    async with staged((GREETING, LISTEN)) as stage:
        stage.paste(MESSAGES[name])
        await stage.until(", including a message? [y]es [e]dit [d]rop")
        stage.type("d")
        await stage.until("lines discarded; nothing sent")
        assert stage.server.heard == []


async def test_a_message_among_raw_lines_is_told_in_their_question() -> None:
    async with staged((GREETING, LISTEN)) as stage:
        stage.paste(":caps\nDATA\ntext\n.\n")
        await stage.until("[r]aw lines, each verbatim, including a message; [e]dit [d]rop")


TELNET = """\
me@host:~$ telnet mx1.example.net 25
Trying 192.0.2.10...
Connected to mx1.example.net.
Escape character is '^]'.
220 mx1.example.net ESMTP Postfix
EHLO me
250-mx1.example.net
250-PIPELINING
250 AUTH PLAIN LOGIN
QUIT
221 2.0.0 Bye
Connection closed by foreign host.
"""


async def test_what_telnet_says_of_its_connection_is_not_sent() -> None:
    async with staged((GREETING, *EHLO, *QUIT)) as stage:
        stage.paste(TELNET)
        await stage.until("221 2.0.0 Bye")
        await stage.until("offline> ")
        assert stage.server.heard == [b"EHLO me\r\n", b"QUIT\r\n"]
        assert "# not sent, output of telnet or a similar tool: me@host:~$ telnet" in stage.text
        assert "fail" not in stage.text


async def test_a_paste_of_nothing_but_telnets_lines_sends_nothing() -> None:
    async with staged((GREETING, LISTEN)) as stage:
        stage.paste("Trying 192.0.2.10...\nConnected to mx1.example.net.\n")
        await stage.until("# nothing left to send")
        assert stage.server.heard == []
