"""`:explain --teach`: a row of the last reply in the user's own table."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from smtpprobe.explainer.own_table import take_up
from smtpprobe.knowledge.own.in_force import use
from smtpprobe.knowledge.own.read import read_table
from smtpprobe.sandbox.faults import Hear, Say
from tests.repl.stage import EHLO, ENTER, GREETING, LISTEN, staged

HOSTILE = b'550 5.7.1 <joe@x.example> "q\\" \x1b[31m """ \xff [[reply]] refused hunter2 77\r\n'
SCRIPT = (
    GREETING, *EHLO, Hear(b"MAIL"), Say(HOSTILE), Hear(b"MAIL"),
    Say(HOSTILE.replace(b"joe", b"ann")), LISTEN,
)  # fmt: skip


@pytest.fixture(autouse=True)
def _no_table_afterwards() -> Iterator[None]:
    yield
    use(())


async def test_the_next_such_reply_is_read_by_the_row(tmp_path: Path) -> None:
    path = tmp_path / "replies.toml"
    async with staged(SCRIPT, replies=str(path)) as stage:
        await stage.line("EHLO me", "127.0.0.1 ehlo> ")
        stage.type(":secret pw", ENTER)
        await stage.until("secret pw:")
        stage.type("hunter2", ENTER)
        await stage.until_gone("secret pw:")
        await stage.line("MAIL FROM:<a@b.example>", "127.0.0.1 ehlo> ")
        stage.type(":explain --teach", ENTER)
        await stage.until("row added:")
        text = path.read_text()
        told = "".join(stage.text.replace("\n#", "").split())
        assert f"rowadded:{path}:1;" in told
        assert not read_table(text, "f").problems
        assert "joe" not in text
        assert "hunter2" not in text
        assert "\x1b" not in text
        stage.type("MAIL FROM:<a@b.example>", ENTER)
        await stage.until("own: ")
        stage.type(":explain --teach", ENTER)
        await stage.until("your table reads this reply already: replies.toml:3")
        assert path.read_text() == text


async def test_a_table_edited_meanwhile_counts_from_the_next_line_on(tmp_path: Path) -> None:
    path = tmp_path / "replies.toml"
    path.write_text("")
    take_up(path)
    async with staged(SCRIPT, replies=str(path)) as stage:
        await stage.line("EHLO me", "127.0.0.1 ehlo> ")
        row = '[[reply]]\ntext = "refused"\ncause = "policy"\nmeaning = "unpaid bill"\n'
        path.write_text(row)
        stage.type("MAIL FROM:<a@b.example>", ENTER)
        await stage.until("own: unpaid bill")
        assert "replies.tomlhaschanged:1rowinuse" in "".join(stage.text.replace("\n#", "").split())


async def test_without_a_reply_there_is_nothing_to_teach() -> None:
    async with staged(connect=False) as stage:
        stage.type(":explain --teach", ENTER)
        await stage.until("no reply yet")
