"""Local commands: the table, and what each does at the prompt."""

from __future__ import annotations

from pathlib import Path

import pytest

from smtpprobe.errors import UsageError
from smtpprobe.exits import ExitStatus
from smtpprobe.protocol.phase import Phase
from smtpprobe.repl.commands.handlers import HANDLERS
from smtpprobe.repl.commands.table import ALIASES, COMMANDS, find, masked_local
from smtpprobe.sandbox.faults import Close, Hang, Hear, Say
from smtpprobe.script.language.commands import LOCALS, PROMPT_ONLY, STRUCTURE
from tests.repl.stage import (
    CTRL_BRACKET,
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

FOR_ANY_PATH = 1000
"""Columns of a screen on which what follows a path stands in the same line."""


def test_every_command_of_the_table_is_run_by_something_and_nothing_else_is() -> None:
    assert set(HANDLERS) == set(COMMANDS)


def test_prompt_and_scripts_know_of_each_other_what_is_only_there() -> None:
    scripts = {*LOCALS, *STRUCTURE}
    for name in scripts - COMMANDS.keys():
        with pytest.raises(UsageError, match="scripts"):
            find(f":{name} x")
    only_here = {name.removesuffix("!") for name in COMMANDS} - scripts
    assert only_here | {"exit"} == PROMPT_ONLY
    assert ALIASES["exit"] in only_here


@pytest.mark.parametrize(
    ("text", "name", "argument"),
    [
        (":caps", "caps", ""),
        (":ca", "caps", ""),
        (": caps", "caps", ""),
        (":q", "quit", ""),
        (":exit", "quit", ""),
        (":quit!", "quit!", ""),
        (":save! x", "save!", "x"),
        (":sav  x y ", "save", "x y"),
        (":conn [mx]", "connect", "[mx]"),
    ],
)
def test_names_prefixes_and_aliases_find_their_command(text: str, name: str, argument: str) -> None:
    found, rest = find(text)
    assert (found.name, rest) == (name, argument)


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        (":timout 5s", 'unknown local command ":timout"', 'did you mean ":timeout"?'),
        (":s", ":s is ambiguous", ":save"),
        (":zzz", 'unknown local command ":zzz"', "see :help"),
        (':case "x"', ":case is only for scripts", ":run FILE"),
        (":", 'unknown local command ":"', ":help"),
    ],
)
def test_what_is_not_known_is_told_with_the_nearest_name(
    text: str, message: str, hint: str
) -> None:
    with pytest.raises(UsageError) as raised:
        find(text)
    assert raised.value.message.startswith(message)
    assert hint in raised.value.hint


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (":raw NOOP", "cannot read NOOP: No such file"),
        (':raw "a', 'raw: expected a string: "..." (column 6)'),
        (r':raw "ab\q"', r"raw: unknown escape \q; known"),
        (r':raw "ab\q"', "(column 9)"),
        (':raw "a"b"', "octets are written in quotes"),
        (':raw hex"0d 0"', '"0" is not a whole number of octets'),
        (':raw hex"0x0d"', '"x" is not a hex digit (column 11)'),
        (":raw", "raw: nothing to send"),
        (":raw /dev/null --fast", "unknown option --fast; known: --rate, --segment"),
        (":raw /dev/null --rate", "--rate needs a value"),
        (":raw /tmp", "cannot read /tmp: Is a directory"),
    ],
)
async def test_raw_octets_that_cannot_be_read_are_told_with_their_column_and_nothing_is_sent(
    text: str, told: str
) -> None:
    async with staged((GREETING, LISTEN)) as stage:
        stage.type(text, ENTER)
        await stage.until(told)
        assert stage.server.heard == []


async def test_an_unknown_command_sends_nothing_and_the_prompt_stays() -> None:
    async with staged((GREETING, LISTEN)) as stage:
        stage.type(":timout 5s", ENTER)
        await stage.until('did you mean ":timeout"?')
        assert stage.server.heard == []


@pytest.mark.parametrize(
    ("command", "shown"),
    [
        (":caps", "AUTH PLAIN LOGIN"),
        (":state", "client name: me"),
        (":cert", "# no TLS on this connection, so no certificate"),
        (":time", "EHLO: "),
        (":last", "250-PIPELINING"),
        (":last -x", "> 0000  45 48 4c 4f"),
        (":last -x", "< 0000  32 35 30 2d 6d 78 31"),
        (":history", "EHLO me"),
        (":help RCPT", "RCPT TO:<mailbox>"),
        (":help :save", "save this session as a script"),
        (":help 552", "552"),
        (":explain", "AUTH PLAIN LOGIN"),
        (":explain 550 5.1.1 no such user", "550 5.1.1"),
        (":explain nonsense", "not a known code, reply, command or word"),
        (":help 5.7.1", "in the IANA registry"),
        (":help data", ":data FILE"),
        (":help notify", "parameter"),
        (":help AUTH", "AUTH as announced by this server"),
        (":tls", "# TLS: no"),
        (":next", "MAIL FROM:<you@domain>"),
        (":set annotate", "annotate = brief"),
        (":set annotat", "did you mean annotate?"),
        (":set theme blue", "'blue' is not one of"),
        (":annotate full", "# annotations: full"),
        (":timeout", "# no time limit for replies; Ctrl-C stops waiting"),
        (":timeout 5x", "'5x' is not a duration"),
        (":check [mx", "a bracket is missing"),
        (":echo a b", "a b"),
        (":transcript", "# nothing is being recorded"),
        (":connect [mx", "a bracket is missing"),
        (":tls maybe", ":tls on, :tls verify on"),
        (":tls verify on", "a bad certificate aborts the handshake"),
        (":flush", "nothing is held"),
        (":data /nonexistent", "cannot read /nonexistent: No such file"),
        (":run /nonexistent", "cannot read /nonexistent: No such file"),
        (":save", "file name is missing"),
        (":auth SCRAM bob", "'SCRAM' is not known here"),
        (":b64", "queued: :b64"),
    ],
)
async def test_what_a_command_shows(command: str, shown: str) -> None:
    async with staged((GREETING, *EHLO, LISTEN)) as stage:
        await stage.line("EHLO me", "127.0.0.1 ehlo> ")
        if command == ":b64":
            stage.type("NOOP", ENTER)
            await stage.until_prompt("127.0.0.1 ehlo\u2026> ")
        stage.type(command, ENTER)
        await stage.until(shown)


async def test_display_commands_work_while_a_reply_is_awaited() -> None:
    async with staged((GREETING, LISTEN)) as stage:
        stage.type("EHLO me", ENTER)
        await stage.until_prompt("127.0.0.1 greeted\u2026> ")
        stage.type(":state", ENTER)
        await stage.until("awaited: reply to EHLO")


async def test_data_sends_a_file_dot_stuffed_after_the_354(tmp_path: Path) -> None:
    message = tmp_path / "m.eml"
    message.write_bytes(b"Subject: x\n\n.hidden\nend")
    script = (GREETING, *EHLO, *MAIL, *RCPT, Hear(b"DATA"), Say(b"354 go\r\n"), Hear(b".\r\n"))
    async with staged((*script, Say(b"250 2.0.0 queued\r\n"), Hang())) as stage:
        for text, wanted in (("EHLO me", "ehlo> "), ("MAIL FROM:<>", "mail> ")):
            await stage.line(text, f"127.0.0.1 {wanted}")
        await stage.line("RCPT TO:<c@d.example>", "127.0.0.1 rcpt:1> ")
        await stage.line(f":data {message}", "127.0.0.1 ehlo> ")
        sent = b"".join(stage.server.heard[4:])
        assert sent == b"Subject: x\r\n\r\n..hidden\r\nend\r\n.\r\n"


async def test_data_refused_sends_no_file(tmp_path: Path) -> None:
    message = tmp_path / "m.eml"
    message.write_bytes(b"x\n")
    async with staged((GREETING, Hear(b"DATA"), Say(b"503 5.5.1 no\r\n"), LISTEN)) as stage:
        stage.type(f":data {message}", ENTER)
        await stage.until("# message not sent: the reply was not 354")
        assert stage.server.heard == [b"DATA\r\n"]


async def test_data_in_an_open_message_sends_the_file_only(tmp_path: Path) -> None:
    message = tmp_path / "m.eml"
    message.write_bytes(b"rest\n")
    async with staged((*TO_DATA, Hear(b".\r\n"), Say(b"250 2.0.0 ok\r\n"), Hang())) as stage:
        await to_data(stage)
        await stage.line("Subject: x", "data 2| ")
        stage.type(CTRL_BRACKET, f"data {message}", ENTER)
        await stage.until_prompt("127.0.0.1 ehlo> ")
        assert stage.server.heard[4:] == [b"Subject: x\r\n", b"rest\r\n", b".\r\n"]


async def test_bdat_sends_chunks_and_each_takes_its_reply(tmp_path: Path) -> None:
    message = tmp_path / "m.eml"
    message.write_bytes(b"abc\ndef\n")
    first = (Hear(b"BDAT 5"), Hear(b"abc"), Say(b"250 2.0.0 5 octets\r\n"))
    last = (Hear(b"dBDAT 3 LAST"), Hear(b"ef"), Say(b"250 2.0.0 done\r\n"))
    script = (GREETING, *EHLO, *MAIL, *RCPT, *first, *last, Hang())
    async with staged(script) as stage:
        await stage.line("EHLO me", "127.0.0.1 ehlo> ")
        await stage.line("MAIL FROM:<>", "127.0.0.1 mail> ")
        await stage.line("RCPT TO:<c@d.example>", "127.0.0.1 rcpt:1> ")
        stage.type(f":bdat {message} --chunk 5", ENTER)
        await stage.until("250 2.0.0 done")


async def test_raw_octets_go_out_as_they_are() -> None:
    async with staged((GREETING, LISTEN)) as stage:
        stage.type(':raw "NO\\x00OP\\n"', ENTER)
        assert await stage.server.until_heard(b"NO") == b"NO\x00OP\n"


async def test_save_writes_a_script_and_refuses_to_overwrite(tmp_path: Path) -> None:
    path = tmp_path / "s.smtp"
    async with staged((GREETING, *EHLO, LISTEN), columns=FOR_ANY_PATH) as stage:
        await stage.line("EHLO probe.example.org", "127.0.0.1 ehlo> ")
        stage.type(f":save {path}", ENTER)
        await stage.until("# saved ")
        assert "EHLO {{client}}" in path.read_text()
        stage.type(f":save {path}", ENTER)
        await stage.until("already exists")
        stage.type(f":save! {path}", ENTER)
        await stage.until_true(lambda: stage.text.count("# saved ") == 2, "saved again")


async def test_a_transcript_holds_what_happens_from_then_on(tmp_path: Path) -> None:
    path = tmp_path / "t.smtp"
    async with staged((GREETING, *EHLO, *QUIT, Close())) as stage:
        stage.type(f":transcript {path}", ENTER)
        await stage.until("# recording to ")
        await stage.line("EHLO me", "127.0.0.1 ehlo> ")
        stage.type(":quit", ENTER)
        await stage.ended()
        text = path.read_text()
        assert "EHLO me" in text
        assert "QUIT" in text
        assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (":transcript /nonexistent/x.smtp", "cannot write the transcript /nonexistent/x.smtp"),
        (":transcript /dev/full", "cannot write the transcript /dev/full: No space left"),
        (":transcript {folder}", "Is a directory"),
        (":transcript /dev/null/x.jsonl", "Not a directory"),
        (":save /nonexistent/x.smtp", "cannot write /nonexistent/x.smtp"),
        (":save! /dev/full", "cannot write /dev/full: No space left"),
        (":config init", "Not a directory"),
        (":edit", "the editor failed; nothing sent"),
    ],
)
async def test_a_file_that_cannot_be_written_ends_no_session(
    line: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", "/dev/null/x")
    monkeypatch.setattr("tempfile.tempdir", "/nonexistent")
    quit_ = (Hear(b"NOOP"), Say(b"250 2.0.0 still here\r\n"), *QUIT, Close())
    async with staged((GREETING, *EHLO, *quit_), columns=FOR_ANY_PATH) as stage:
        stage.type(line.format(folder=tmp_path), ENTER)
        await stage.until(told)
        await stage.line("EHLO me", "127.0.0.1 ehlo> ")
        await stage.line("NOOP", "127.0.0.1 ehlo> ")
        await stage.until("250 2.0.0 still here")
        stage.type(":quit", ENTER)
        await stage.ended()
        assert await stage.ended() is ExitStatus.OK


async def test_an_editor_with_an_open_quotation_is_one_that_failed() -> None:
    async with staged((GREETING, *EHLO, Hang()), editor='vi "') as stage:
        stage.type(":edit", ENTER)
        await stage.until("the editor failed; nothing sent")
        await stage.line("EHLO me", "127.0.0.1 ehlo> ")


async def test_the_transcript_setting_records_from_the_greeting_on(tmp_path: Path) -> None:
    pattern = str(tmp_path / "{host}.jsonl")
    async with staged((GREETING, LISTEN), transcript=pattern):
        assert '"ev": "open"' in (tmp_path / "127.0.0.1.jsonl").read_text().replace('":"', '": "')


async def test_the_cases_of_a_script_have_connections_of_their_own(tmp_path: Path) -> None:
    script = tmp_path / "cases.smtp"
    script.write_text(':case "one"\nNOOP\n< 250\n:case "two"\nNOOP\n< 550\n')
    noop = (GREETING, Hear(b"NOOP"), Say(b"250 2.0.0 fine\r\n"), Hang())
    async with staged((GREETING, Hear(b"RSET"), Say(b"250 still here\r\n"), Hang()), noop) as stage:
        stage.type(f":run {script}", ENTER)
        await stage.until("# line 6: NOOP accepted, expected 550")
        stage.type("RSET", ENTER)
        await stage.until("250 still here")


async def test_run_runs_a_script_in_the_session(tmp_path: Path) -> None:
    path = tmp_path / "s.smtp"
    path.write_text("EHLO me\n< 250 +PIPELINING\nMAIL FROM:<>\n")
    async with staged((GREETING, *EHLO, *MAIL, Hang())) as stage:
        await stage.line(f":run {path}", "127.0.0.1 mail> ")


async def test_edit_runs_what_the_editor_leaves(tmp_path: Path) -> None:
    editor = tmp_path / "editor"
    editor.write_text("#!/bin/sh\nprintf 'EHLO me\\n' > \"$1\"\n")
    editor.chmod(0o755)
    async with staged((GREETING, *EHLO, Hang()), editor=str(editor)) as stage:
        await stage.line(":edit", "127.0.0.1 ehlo> ")


async def test_edit_in_a_message_sends_what_is_written_below_the_mark(tmp_path: Path) -> None:
    editor = tmp_path / "editor"
    editor.write_text("#!/bin/sh\nprintf 'more\\n.dot\\n' >> \"$1\"\n")
    editor.chmod(0o755)
    script = (*TO_DATA, Hear(b".\r\n"), Say(b"250 2.0.0 ok\r\n"), Hang())
    async with staged(script, editor=str(editor)) as stage:
        await to_data(stage)
        await stage.line("Subject: x", "data 2| ")
        stage.type(CTRL_BRACKET, "edit", ENTER)
        await stage.until_prompt("127.0.0.1 ehlo> ")
        heard = stage.server.heard[4:]
        assert heard == [b"Subject: x\r\n", b"more\r\n", b"..dot\r\n", b".\r\n"]


async def test_connect_closes_what_is_open_and_dials_anew() -> None:
    async with staged((GREETING, *EHLO, Hang()), (GREETING, LISTEN)) as stage:
        await stage.line("EHLO me", "127.0.0.1 ehlo> ")
        await stage.line(":connect", "127.0.0.1 greeted> ")
        assert stage.server.connections == 2


async def test_config_init_writes_a_file_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    async with staged(connect=False, columns=FOR_ANY_PATH) as stage:
        stage.type(":config init", ENTER)
        await stage.until("# written: ")
        stage.type(":config init", ENTER)
        await stage.until("nothing was written")


async def test_values_of_scripts_are_filled_in_and_unknown_ones_send_nothing() -> None:
    async with staged((GREETING, LISTEN)) as stage:
        stage.type("EHLO {{nonsense}}", ENTER)
        await stage.until('error: variable "nonsense" has no value; nothing sent')
        stage.type("EHLO {{client}}", ENTER)
        assert await stage.server.until_heard(b"EHLO") == b"EHLO probe.example.org\r\n"
        assert len(stage.server.heard) == 1


async def test_braces_go_out_as_they_stand_behind_an_angle() -> None:
    async with staged((GREETING, LISTEN)) as stage:
        stage.type("> NOOP {{client}}", ENTER)
        assert await stage.server.until_heard(b"NOOP") == b"NOOP {{client}}\r\n"


async def test_a_whole_raw_line_is_answered_like_any_other() -> None:
    async with staged((GREETING, Hear(b"NOOP"), Say(b"250 2.0.0 fine\r\n"), Hang())) as stage:
        stage.type(':raw "NOOP\\r\\n"', ENTER)
        await stage.until("# 250 2.0.0 the server is alive")
        assert stage.server.heard == [b"NOOP\r\n"]


@pytest.mark.parametrize("blank", ["", " "])
@pytest.mark.parametrize(
    "line",
    ["AUTH PLAIN AGJvYgBodW50ZXIyMg==\r\n", "AGJvYgBodW50ZXIyMg==\r\n", "a\nAUTH LOGIN Ym9iYnk=\n"],
)
def test_credentials_in_hex_are_masked_as_in_words(line: str, blank: str) -> None:
    octets = line.encode()
    text = f':raw "x" hex"{octets.hex(blank) if blank else octets.hex()}"'
    assert masked_local(text, Phase.READY) == ':raw "x" hex"********"'


def test_other_octets_in_hex_stay_readable() -> None:
    text = f':raw hex"{b"NOOP".hex()} 0d 0a"'
    assert masked_local(text, Phase.READY) == text
