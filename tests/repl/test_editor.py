"""The editor is given the terminal, and gives it back: nothing else reads or writes there then."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from smtpprobe.repl.ui import editor
from smtpprobe.sandbox.faults import Await, Hang, Hear, Say, serve
from tests.repl.pty_stage import Pty, program
from tests.repl.stage import EHLO, ENTER, GREETING, LISTEN, staged

pytestmark = pytest.mark.real_time

EDIT_LINE = "\x18\x05"


def editing(folder: Path, *lines: str) -> str:
    """An editor that does what a script of the shell says; the file is $1."""
    path = folder / "editor"
    path.write_text("\n".join(("#!/bin/sh", *lines, "")))
    path.chmod(0o755)
    return str(path)


async def test_the_line_being_typed_is_put_back_as_edited_and_not_sent(tmp_path: Path) -> None:
    command = editing(
        tmp_path, 'cp "$1" "$0.given"', 'printf "%s more\\nand\\n" "$(cat "$1")" >"$1"'
    )
    async with staged((GREETING, LISTEN), editor=command) as stage:
        stage.type("NOOP half", EDIT_LINE)
        await stage.until_prompt("127.0.0.1 greeted> NOOP half more and")
        assert (tmp_path / "editor.given").read_text() == "NOOP half"
        assert stage.server.heard == []
        stage.type(ENTER)
        assert await stage.server.until_heard(b"NOOP") == b"NOOP half more and\r\n"


@pytest.mark.parametrize("fault", ["exit 1", "kill -9 $$", "missing", "quote", 'rm "$1"'])
async def test_an_editor_that_fails_leaves_the_line_and_sends_nothing(
    fault: str, tmp_path: Path
) -> None:
    command = editing(tmp_path, 'echo "NOOP lost" >"$1"', fault)
    command = {"missing": str(tmp_path / "nothing"), "quote": 'vi "x'}.get(fault, command)
    async with staged((GREETING, LISTEN), editor=command) as stage:
        stage.type("NOOP half", EDIT_LINE)
        await stage.until("# the editor failed; the line is unchanged")
        await stage.until_prompt("127.0.0.1 greeted> NOOP half")
        stage.type("\x15", ":edit", ENTER)
        await stage.until("the editor failed; nothing sent")
        assert stage.server.heard == []


async def test_what_is_pasted_and_odd_can_be_edited_before_it_is_sent(tmp_path: Path) -> None:
    command = editing(tmp_path, 'sed -i s/:caps/EHLO\\ me/ "$1"')
    async with staged((GREETING, *EHLO, Hang()), editor=command) as stage:
        stage.paste(":caps\n< 250\n")
        await stage.until("[r]aw lines, each verbatim; [e]dit [d]rop")
        stage.type("e")
        await stage.until("hello accepted")
        assert stage.server.heard == [b"EHLO me\r\n"]


async def test_what_comes_while_the_editor_is_open_is_shown_behind_it(tmp_path: Path) -> None:
    command = editing(tmp_path, 'touch "$0.open"', 'while [ -e "$0.open" ]; do sleep 0.05; done')
    said = asyncio.Event()
    script = (GREETING, Await(said), Say(b"421 4.4.2 bye\r\n"), Hang())
    async with staged(script, editor=command) as stage:
        stage.type("NOOP half", EDIT_LINE)
        opened = tmp_path / "editor.open"
        await stage.until_true(opened.exists, "an editor")
        said.set()
        await stage.until_true(lambda: stage.face.session.state.ended, "the farewell")
        stage.octets.clear()
        await asyncio.sleep(0.3)
        assert stage.octets == []
        opened.unlink()
        await stage.until("421 4.4.2 bye")


async def test_the_file_is_for_nobody_else_and_gone_afterwards(tmp_path: Path) -> None:
    for end in ("exit 0", "exit 1"):
        command = editing(tmp_path, 'stat -c "%a %n" "$1" >"$0.told"', end)
        assert await editor.edited("secret", command) == ("secret" if end == "exit 0" else None)
        mode, name = (tmp_path / "editor.told").read_text().split()
        assert mode == "600"
        assert name not in map(str, Path(name).parent.iterdir())


async def opened(pty: Pty, told: Path) -> None:
    await pty.until_prompt("127.0.0.1 greeted> ")
    pty.type(":edit\r")
    await pty.until_true(told.exists, "an editor")


@pytest.mark.parametrize("words", [(), ("--plain",)], ids=["full", "plain"])
class TestInATerminal:
    """The full and the plain prompt alike."""

    async def test_the_editor_has_the_keys_and_a_terminal_as_a_shell_gives_it(
        self, words: tuple[str, ...], tmp_path: Path
    ) -> None:
        command = editing(
            tmp_path,
            'stty -a >"$0.stty"; touch "$0.open"',
            'read line </dev/tty; echo "NOOP $line" >"$1"',
        )
        script = (GREETING, Hear(b"NOOP"), Say(b"250 fine\r\n"), Hang())
        async with (
            serve(script) as server,
            program(tmp_path, f"127.0.0.1:{server.port}", *words, EDITOR=command) as pty,
        ):
            await opened(pty, tmp_path / "editor.open")
            pty.type("typed for the editor\r")
            assert await server.until_heard(b"NOOP") == b"NOOP typed for the editor\r\n"
            await pty.until_prompt("127.0.0.1 greeted> ")
            flags = (tmp_path / "editor.stty").read_text().split()
            assert {"icanon", "echo", "isig", "icrnl"} <= {one.strip(";") for one in flags}

    @pytest.mark.parametrize(("key", "name"), [("\x03", "INT"), ("\x1c", "QUIT")])
    async def test_a_key_that_signals_is_the_editors_own(
        self, key: str, name: str, words: tuple[str, ...], tmp_path: Path
    ) -> None:
        command = editing(
            tmp_path,
            f"trap 'echo NOOP interrupted >\"$1\"; exit 0' {name}",
            'touch "$0.open"',
            "while :; do sleep 0.05; done",
        )
        script = (GREETING, Hear(b"NOOP"), Say(b"250 fine\r\n"), Hang())
        async with (
            serve(script) as server,
            program(tmp_path, f"127.0.0.1:{server.port}", *words, EDITOR=command) as pty,
        ):
            await opened(pty, tmp_path / "editor.open")
            pty.type(key)
            assert await server.until_heard(b"NOOP") == b"NOOP interrupted\r\n"
            await pty.until_prompt("127.0.0.1 greeted> ")

    async def test_nothing_is_written_over_the_editor(
        self, words: tuple[str, ...], tmp_path: Path
    ) -> None:
        command = editing(
            tmp_path, 'touch "$0.open"', 'while [ -e "$0.open" ]; do sleep 0.05; done'
        )
        said = asyncio.Event()
        script = (GREETING, Await(said), Say(b"421 4.4.2 bye\r\n"), Hear(b"x"))
        async with (
            serve(script) as server,
            program(tmp_path, f"127.0.0.1:{server.port}", *words, EDITOR=command) as pty,
        ):
            await opened(pty, tmp_path / "editor.open")
            pty.feed()
            pty.octets.clear()
            said.set()
            await asyncio.sleep(0.5)
            pty.feed()
            assert bytes(pty.octets) == b""
            (tmp_path / "editor.open").unlink()
            await pty.until("421 4.4.2 bye")
