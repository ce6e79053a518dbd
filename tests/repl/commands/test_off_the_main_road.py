"""Local commands off the main road: nothing to act on, nothing meant, given up, or refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from smtpprobe.login.sources import Wish
from smtpprobe.repl.commands.sending import BODY_LIMIT
from smtpprobe.sandbox.faults import Close, Hang, Hear, Say, StartTls
from tests.net.stage import server_side
from tests.repl.stage import (
    CTRL_BRACKET,
    CTRL_C,
    CTRL_D,
    CTRL_L,
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
from tests.starttls.dialogues import good


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (":connect", "no target yet"),
        (":close", "# not connected"),
        (":tls on", "not connected"),
        (":tls maybe", "tls: 'maybe' is not a valid argument"),
        (":check", ":check example.org opens its own connections"),
        (":timeout off", "no time limit for replies; Ctrl-C stops waiting"),
        (":timeout 5s", "waiting for a reply ends after 5s"),
        (":auth", "not connected"),
        (":flush", "nothing is held"),
        (":b64 bob", "no challenge (334) is pending; nothing sent"),
        (":rate", "no rate limit: lines are sent immediately"),
        (":rate 5/s", "sending at 5/s from now on; :rate off ends it"),
        (":rate --segment 3", "sending at full speed, "),
        (":transcript", "nothing is being recorded; start with :transcript FILE"),
        (":transcript off", "nothing is being recorded"),
        (":pcap", "nothing is being captured; start with :pcap FILE"),
        (":pcap off", "nothing is being captured"),
        (":pcap one two", "'one two' is not FILE [--secrets]"),
        (":pcap /nonexistent/x.pcap", "cannot write"),
        (":save", "save: file name is missing"),
        (":report", "report: file name is missing"),
        (":report /nonexistent/report", "cannot write /nonexistent/report"),
        (":run /nonexistent.smtp", "cannot read /nonexistent.smtp"),
        (":last", "no reply yet"),
        (":last -x", "nothing sent or received yet"),
        (":last -y", "last: '-y'"),
        (":explain", "no reply yet"),
        (":explain --teach", "--teach makes a row from the last reply"),
        (":annotate loud", "annotate: 'loud' is not one of off, brief, full"),
        (":set client ''", "client: EHLO needs a name"),
        (":set quiet yes", "quiet takes effect at the next start (--quiet)"),
        (":set proxy socks5://bob@127.0.0.1:1", "the password is missing"),
        (":config", ":config init writes "),
        (":send bob@example.org", "not connected"),
        (":why", "there has been no session yet"),
        ("exit", ""),
    ],
)
async def test_offline_each_says_what_is_missing_and_the_prompt_stays(line: str, told: str) -> None:
    async with staged(connect=False) as stage:
        if line == "exit":
            stage.type(line, ENTER)
            await stage.ended()
            return
        await stage.line(line, "offline> ")
        assert told in stage.text


async def test_a_file_too_large_for_a_script_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "large"
    with path.open("wb") as file:
        file.truncate(BODY_LIMIT + 1)
    async with staged(connect=False, columns=1000) as stage:
        stage.type(f":run {path}", ENTER)
        await stage.until("is larger than 256 MiB")


async def test_text_given_up_in_a_paste_command_sends_nothing() -> None:
    async with staged((GREETING, LISTEN)) as stage:
        stage.type(":paste", ENTER)
        await stage.until_prompt("paste, end with Ctrl-D> ")
        stage.type(CTRL_D)
        await stage.until("nothing pasted, nothing sent")
        assert stage.server.heard == []


async def test_hold_twice_keeps_what_is_held_and_ctrl_c_discards_it() -> None:
    async with staged((GREETING, LISTEN)) as stage:
        await stage.line(":hold", "hold:0> ")
        await stage.line("> NOOP", "hold:1> ")
        await stage.line(":hold", "hold:1> ")
        stage.type(CTRL_C)
        await stage.until("hold cancelled; nothing sent")
        assert stage.server.heard == []


async def test_raw_octets_go_out_before_held_lines_which_is_said() -> None:
    noop = (Hear(b"NOOP"), Say(b"250 ok\r\n"))
    async with staged((GREETING, *noop, *EHLO, Hang())) as stage:
        await stage.line(":hold", "hold:0> ")
        await stage.line("> EHLO me", "hold:1> ")
        stage.type(r':raw "NOOP\r\n"', ENTER)
        await stage.until("sent before the lines in :hold, which wait for :flush")
        assert stage.server.heard == [b"NOOP\r\n"]
        stage.type(":flush", ENTER)
        await stage.server.until_heard(b"EHLO me")


async def test_lines_are_held_back_for_as_long_as_is_said() -> None:
    async with staged((GREETING, *EHLO, Hang())) as stage:
        stage.type(":sleep 5m", ENTER, "EHLO me", ENTER)
        await stage.until("# queued: EHLO me")
        stage.type(CTRL_C)
        await stage.until("# stopped")
        assert stage.server.heard == []


async def test_a_capture_is_named_replaced_and_stopped(tmp_path: Path) -> None:
    one, two = tmp_path / "one.pcapng", tmp_path / "two.pcapng"
    async with staged((GREETING, *EHLO, *QUIT, Close()), columns=1000) as stage:
        stage.type(f":pcap {one}", ENTER)
        await stage.until(f"capturing to {one}, decrypted, passwords masked")
        stage.type(":pcap", ENTER)
        await stage.until(f"# capturing to {one}\n")
        await stage.line("EHLO me", "127.0.0.1 ehlo> ")
        stage.type(f":pcap {two} --secrets", ENTER)
        await stage.until(f"capturing to {two}, decrypted, passwords included")
        stage.type(":pcap off", ENTER)
        await stage.until(f"stopped capturing to {two}")
        assert b"EHLO me" in one.read_bytes()
        assert b"EHLO me" not in two.read_bytes()


async def test_a_transcript_is_named_and_stopped(tmp_path: Path) -> None:
    path = tmp_path / "t.smtp"
    async with staged((GREETING, *EHLO, Hang()), columns=1000) as stage:
        stage.type(f":transcript {path}", ENTER, ":transcript", ENTER)
        await stage.until_true(lambda: stage.text.count(f"# recording to {path}") == 2, "twice")
        stage.type(":transcript off", ENTER)
        await stage.until(f"stopped recording to {path}")
        await stage.line("EHLO me", "127.0.0.1 ehlo> ")
        assert "EHLO" not in path.read_text()


@pytest.mark.parametrize(
    ("editor", "told"),
    [("false", "the editor failed; nothing sent"), ("true", "the message is still open")],
)
async def test_a_message_stays_open_whose_editor_fails_or_writes_nothing(
    editor: str, told: str
) -> None:
    async with staged((*TO_DATA, LISTEN), editor=editor) as stage:
        await to_data(stage)
        await stage.line("Subject: x", "data 2| ")
        stage.type(CTRL_BRACKET, "edit", ENTER)
        await stage.until(told)
        await stage.until_prompt("data 2| ")
        assert stage.server.heard[4:] == [b"Subject: x\r\n"]


async def test_an_editor_that_leaves_nothing_sends_nothing() -> None:
    async with staged((GREETING, LISTEN), editor="true") as stage:
        stage.type(":edit", ENTER)
        await stage.until("nothing written, nothing sent")
        assert stage.server.heard == []


async def test_a_chunk_that_is_refused_ends_the_file_and_the_rest_is_not_sent(
    tmp_path: Path,
) -> None:
    message = tmp_path / "m.eml"
    message.write_bytes(b"abc\ndef\n")
    refused = (Hear(b"BDAT 5"), Hear(b"abc"), Say(b"552 5.3.4 too big\r\n"), LISTEN)
    async with staged((GREETING, *EHLO, *MAIL, *RCPT, *refused)) as stage:
        await stage.line("EHLO me", "127.0.0.1 ehlo> ")
        await stage.line("MAIL FROM:<>", "127.0.0.1 mail> ")
        await stage.line("RCPT TO:<c@d.example>", "127.0.0.1 rcpt:1> ")
        stage.type(f":bdat {message} --chunk 5", ENTER)
        await stage.until("# the rest of the file was not sent")
        assert b"LAST" not in b"".join(stage.server.heard)


async def test_a_connection_that_ends_before_the_reply_to_a_chunk_is_said(tmp_path: Path) -> None:
    message = tmp_path / "m.eml"
    message.write_bytes(b"abc\ndef\n")
    gone = (Hear(b"BDAT 5"), Hear(b"abc"), Close())
    async with staged((GREETING, *EHLO, *MAIL, *RCPT, *gone)) as stage:
        await stage.line("EHLO me", "127.0.0.1 ehlo> ")
        await stage.line("MAIL FROM:<>", "127.0.0.1 mail> ")
        await stage.line("RCPT TO:<c@d.example>", "127.0.0.1 rcpt:1> ")
        stage.type(f":bdat {message} --chunk 5", ENTER)
        await stage.until("the connection ended before that the reply came")
        await stage.until_prompt("offline> ")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (":data", "error: "),
        (":data /nonexistent.eml", "cannot read /nonexistent.eml: No such file"),
        (":bdat {file} --chunk none", "--chunk"),
    ],
)
async def test_a_file_that_cannot_be_sent_as_wished_begins_no_message(
    line: str, told: str, tmp_path: Path
) -> None:
    async with staged((GREETING, *EHLO, LISTEN), columns=1000) as stage:
        await stage.line("EHLO me", "127.0.0.1 ehlo> ")
        stage.type(line.format(file=tmp_path), ENTER)
        await stage.until("error: ")
        assert told in stage.text
        assert len(stage.server.heard) == 1


async def test_tls_begins_without_a_command_where_the_server_waits_for_a_handshake() -> None:
    secured = StartTls(server_side("127.0.0.1"))
    async with staged((GREETING, secured, *EHLO, Hang())) as stage:
        stage.type(":tls on", ENTER)
        await stage.until_prompt("127.0.0.1 tls greeted> ")
        await stage.line("EHLO me", "127.0.0.1 tls ehlo> ")
        stage.type(":tls on", ENTER)
        await stage.until("TLS is already active on this connection")
        stage.type(":tls", ENTER)
        await stage.until("# TLS: TLS 1.3")
        stage.type(":explain", ENTER)
        await stage.until("PIPELINING")


async def test_a_bad_certificate_aborts_the_handshake_from_then_on_and_explain_says_why() -> None:
    secured = StartTls(server_side("127.0.0.1"))
    offered = (Hear(b"STARTTLS"), Say(b"220 go\r\n"), secured, Hang())
    async with staged((GREETING, *offered)) as stage:
        stage.type(":tls verify on", ENTER)
        await stage.until("a bad certificate aborts the handshake")
        stage.type("STARTTLS", ENTER)
        await stage.until_prompt("offline> ")
        stage.type(CTRL_L, ":explain", ENTER)
        await stage.until("certificate")
        stage.type(":tls verify off", ENTER)
        await stage.until("a bad certificate is shown and the session continues")


async def test_checks_go_through_no_proxy_and_say_so() -> None:
    async with staged(connect=False) as stage:
        await stage.line(":set proxy socks5://127.0.0.1:1080", "offline> ")
        stage.type(":check [127.0.0.1]", ENTER)
        await stage.until("checks do not use a proxy")


async def test_a_check_of_another_host_opens_its_own_connection() -> None:
    async with staged((GREETING, Hang()), good(server_side("127.0.0.1"))) as stage:
        stage.type(f":check [127.0.0.1]:{stage.server.port}", ENTER)
        await stage.until("# checking [127.0.0.1]")
        await stage.until("Result: ")
        await stage.until_prompt("127.0.0.1 greeted> ")


async def test_the_user_is_asked_for_and_ctrl_c_gives_the_login_up() -> None:
    async with staged((GREETING, *EHLO, LISTEN)) as stage:
        await stage.line("EHLO me", "127.0.0.1 ehlo> ")
        stage.type(":auth PLAIN", ENTER)
        await stage.until_prompt("user: ")
        stage.type(CTRL_C)
        await stage.until("login cancelled; nothing sent")
        assert len(stage.server.heard) == 1


async def test_a_challenge_that_must_not_be_answered_cancels_the_login_and_says_why() -> None:
    offer = (Hear(b"EHLO"), Say(b"250-mx\r\n250 AUTH SCRAM-SHA-256\r\n"))
    odd = (Hear(b"AUTH"), Say(b"334 aGVsbG8=\r\n"), Hear(b"*"), Say(b"501 cancelled\r\n"), Hang())
    async with staged((GREETING, *offer, *odd), login=Wish("bob", "tanstaafl")) as stage:
        await stage.line("EHLO me", "127.0.0.1 ehlo> ")
        stage.type(":auth --clear", ENTER)
        await stage.until("* cancels the login")
        await stage.until("501 cancelled")


async def test_an_empty_reply_teaches_no_row(tmp_path: Path) -> None:
    table = str(tmp_path / "own.toml")
    bare = (Hear(b"NOOP"), Say(b"250\r\n"), Hang())
    async with staged((GREETING, *bare), replies=table) as stage:
        await stage.line("NOOP", "127.0.0.1 greeted> ")
        stage.type(":explain --teach", ENTER)
        await stage.until("the reply has no words to recognise it by")


async def test_what_is_next_behind_a_refusal_explains_it_too() -> None:
    refused = (Hear(b"EHLO"), Say(b"550 5.7.1 no service\r\n"), Hang())
    async with staged((GREETING, *refused)) as stage:
        stage.type("EHLO me", ENTER)
        await stage.until("550 5.7.1 no service")
        stage.type(CTRL_L, ":next", ENTER)
        await stage.until("# 550 5.7.1 ! EHLO refused")


async def test_a_refusal_is_explained_by_a_reply_that_is_pasted_with_its_code() -> None:
    refused = (Hear(b"EHLO"), Say(b"550 no\r\n"), Hang())
    async with staged((GREETING, *refused)) as stage:
        stage.type("EHLO me", ENTER)
        await stage.until("550 no")
        stage.type(CTRL_L, ":explain 550-5.7.1 you are on a list", ENTER)
        await stage.until("5.7.1")
