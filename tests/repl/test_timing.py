"""The time beside a reply: that of the server, not that of the drawing."""

from __future__ import annotations

import time

import pytest

from smtpprobe.sandbox.faults import Hang, Hear, Say
from tests.repl.stage import CTRL_BRACKET, EHLO, ENTER, GREETING, Stage, staged

SLOW = 0.05


def draw_slowly(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make each drawing of the prompt take its time, as on a machine under load."""
    renderer = stage.face.app.renderer
    render = renderer.render

    def slow(*words: object, **named: object) -> None:
        time.sleep(SLOW)
        render(*words, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(renderer, "render", slow)


@pytest.mark.parametrize("keys", [("NOOP",), (CTRL_BRACKET, 'raw "NOOP\\r\\n"'), ("> NOOP",)])
async def test_drawing_is_no_part_of_it(
    keys: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    async with staged((GREETING, *EHLO, Hear(b"NOOP"), Say(b"250 ok\r\n"), Hang())) as stage:
        await stage.line("EHLO me", "127.0.0.1 ehlo> ")
        draw_slowly(stage, monkeypatch)
        stage.type(*keys, ENTER)
        await stage.until("250 ok")
        client = stage.face.session.client
        sent, received = list(client.events)[-2:]
        assert received.at - sent.at < SLOW


async def test_a_line_is_shown_before_a_slow_reply_comes() -> None:
    async with staged((GREETING, *EHLO, Hear(b"NOOP"), Hang())) as stage:
        await stage.line("EHLO me", "127.0.0.1 ehlo> ")
        stage.type("NOOP", ENTER)
        await stage.until("127.0.0.1 ehlo> NOOP")
        await stage.until_prompt("127.0.0.1 ehlo\u2026> ")
