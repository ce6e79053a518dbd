"""The line being typed has the colours that it would have in a script."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpprobe.protocol.phase import Phase
from smtpprobe.repl.ui.theme import THEMES, coloured
from smtpprobe.sandbox.practice_server import PracticeServer
from smtpprobe.script.highlight.grammar import Ink
from tests.repl.pty_stage import program


def classes(line: str, phase: Phase = Phase.READY) -> list[tuple[str, str]]:
    return [(style, text) for style, text, *_ in coloured(line, phase) if style]


@pytest.mark.parametrize(
    ("line", "phase", "expected"),
    [
        ("  RCPT TO:<a@b>", Phase.READY, ["verb", "plain", "parameter", "path"]),
        (":connect x", Phase.READY, ["local", "plain"]),
        ("< 250", Phase.READY, ["marker", "plain", "code"]),
        ("> DATA", Phase.READY, ["marker", "plain", "verb"]),
        ("# x", Phase.READY, ["comment"]),
        (":x DATA # <a@b>", Phase.DATA, []),
        ("cGFzc3dvcmQ=", Phase.AUTH, ["plain"]),
        ("", Phase.READY, []),
        ("?", Phase.READY, []),
    ],
)
def test_a_typed_line_is_coloured_by_what_it_is(
    line: str, phase: Phase, expected: list[str]
) -> None:
    assert [style.removeprefix("class:typed.") for style, _ in classes(line, phase)] == expected


@given(st.text(), st.sampled_from(Phase))
def test_colours_change_no_character(line: str, phase: Phase) -> None:
    assert "".join(text for _, text, *_ in coloured(line, phase)) == line


def test_every_style_of_a_theme_is_that_of_an_ink() -> None:
    names = {f"typed.{ink.value}" for ink in Ink}
    for theme in THEMES.values():
        assert {name for name in theme if name.startswith("typed.")} <= names


@pytest.mark.parametrize(("variable", "there"), [("", True), ("1", False)])
async def test_the_prompt_is_coloured_but_with_no_color(
    tmp_path: Path, variable: str, *, there: bool
) -> None:
    async with (
        PracticeServer() as server,
        program(tmp_path, f"127.0.0.1:{server.port}", NO_COLOR=variable) as prompt,
    ):
        await prompt.until("220 sandbox.test")
        prompt.type("RCPT TO:<a@b.example>")
        await prompt.until("RCPT TO:<a@b.example>")
        assert (b"\x1b[0;32;1m<a@b.example>" in prompt.octets) is there
        prompt.type("\x15\x04")
        await prompt.exit_code()
