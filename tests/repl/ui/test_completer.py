"""Completion: SMTP from the tables of knowledge, local commands from their own."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from prompt_toolkit.completion import CompleteEvent, Completion
from prompt_toolkit.document import Document

from smtpprobe.sandbox.faults import Hang, Say
from tests.repl.pty_stage import program
from tests.repl.stage import EHLO, GREETING, TO_DATA, Stage, staged, to_data


def _offered(stage: Stage, text: str) -> list[Completion]:
    completer = stage.face.buffer.completer
    found: Iterable[Completion] = completer.get_completions(Document(text), CompleteEvent())
    return list(found)


def _texts(stage: Stage, text: str) -> list[str]:
    return [found.text for found in _offered(stage, text)]


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        (":sa", ":save"),
        (":set th", "theme"),
        (":set theme ", "theme mono"),
        (":set toolbar o", "toolbar off"),
        (":annotate b", "brief"),
        (":help RC", "RCPT"),
        (":help :sav", ":save"),
        (":auth ", "PLAIN"),
        (":tls v", "verify on"),
        (":last ", "-x"),
    ],
)
async def test_local_commands_and_their_arguments_are_offered(text: str, offered: str) -> None:
    async with staged((GREETING, *EHLO, Hang())) as stage:
        await stage.line("EHLO me", "127.0.0.1 ehlo> ")
        assert offered in _texts(stage, text)


def files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


async def test_files_are_offered_where_a_file_is_meant(tmp_path: Path) -> None:
    (tmp_path / "one.smtp").touch()
    (tmp_path / ".hidden").touch()
    (tmp_path / "folder").mkdir()
    async with staged((GREETING, Hang())) as stage:
        assert _texts(stage, f":run {tmp_path}/") == [
            f"{tmp_path}/folder/", f"{tmp_path}/one.smtp"
        ]  # fmt: skip
        assert _texts(stage, f":run {tmp_path}/nowhere/") == []


async def test_commands_for_a_connection_are_not_offered_without_one() -> None:
    async with staged(connect=False) as stage:
        assert ":caps" not in _texts(stage, ":")
        assert ":connect" in _texts(stage, ":")


async def test_message_text_that_looks_local_completes_nothing() -> None:
    async with staged((*TO_DATA, Hang())) as stage:
        await to_data(stage)
        assert _texts(stage, ":sav") == []


async def test_meanings_are_left_out_in_a_narrow_terminal() -> None:
    async with staged((Say(b"220 hi\r\n"), Hang()), columns=40) as stage:
        await stage.until_prompt("greeted> ")
        assert {found.display_meta_text for found in _offered(stage, "")} == {""}


async def test_the_last_target_is_offered_for_connect() -> None:
    async with staged((GREETING, Hang())) as stage:
        assert _texts(stage, ":connect ") == [f"[127.0.0.1]:{stage.server.port}"]


async def test_targets_reached_before_are_offered_latest_first_each_once(tmp_path: Path) -> None:
    known = ["example.org", "[mx1.example.net]", "example.org"]
    (tmp_path / "targets").write_text("".join(f"{target}\n" for target in known))
    async with staged(connect=False, history=tmp_path / "history") as stage:
        assert _texts(stage, ":connect ") == ["example.org", "[mx1.example.net]"]
        assert _texts(stage, ":connect [") == ["[mx1.example.net]"]


async def test_a_target_is_kept_for_the_next_run_once_it_has_greeted(tmp_path: Path) -> None:
    async with staged((GREETING, Hang()), history=tmp_path / "history") as stage:
        reached = f"[127.0.0.1]:{stage.server.port}"
        await stage.line(":connect nobody.invalid", "offline> ")
        assert (tmp_path / "targets").read_text() == f"{reached}\n"
        assert (tmp_path / "targets").stat().st_mode & 0o777 == 0o600
        assert _texts(stage, ":connect [") == [reached]


async def test_without_a_history_no_target_is_written(tmp_path: Path) -> None:
    async with program(tmp_path, "--no-history", "--sandbox") as pty:
        await pty.until_prompt("127.0.0.1 greeted> ")
        await pty.line(":connect [127.0.0.1]:1", "connection refused")
        pty.type("\x04")
        assert await pty.exit_code() == 0
    assert files_in(tmp_path) == []


async def test_a_port_behind_the_host_connects_as_telnet_does() -> None:
    async with staged((GREETING, Hang()), connect=False) as stage:
        stage.type(f":open 127.0.0.1 {stage.server.port}\r")
        await stage.until_prompt("127.0.0.1 greeted> ")
