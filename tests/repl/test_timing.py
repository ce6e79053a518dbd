"""The time beside a reply: that of the server, not that of the drawing."""

from __future__ import annotations

import pytest

from smtpprobe.repl.ui.printer import HUSH
from smtpprobe.sandbox.faults import Hang, Hear, Pause, Say
from tests.repl.stage import CTRL_BRACKET, EHLO, ENTER, GREETING, staged


@pytest.mark.parametrize("keys", [("NOOP",), (CTRL_BRACKET, 'raw "NOOP\\r\\n"'), ("> NOOP",)])
async def test_drawing_is_no_part_of_it(keys: tuple[str, ...]) -> None:
    server = (GREETING, *EHLO, Hear(b"NOOP"), Pause(HUSH / 2), Say(b"250 ok\r\n"), Hang())
    async with staged(server) as stage:
        await stage.line("EHLO me", "127.0.0.1 ehlo> ")
        client = stage.face.session.client
        awaiting: list[bool] = []
        stage.face.app.after_render += lambda _: awaiting.append(client.state.awaiting)
        stage.type(*keys, ENTER)
        await stage.until("250 ok")
        assert awaiting
        assert not any(awaiting)


async def test_a_line_is_shown_before_a_slow_reply_comes() -> None:
    async with staged((GREETING, *EHLO, Hear(b"NOOP"), Hang())) as stage:
        await stage.line("EHLO me", "127.0.0.1 ehlo> ")
        stage.type("NOOP", ENTER)
        await stage.until("127.0.0.1 ehlo> NOOP")
        await stage.until_prompt("127.0.0.1 ehlo\u2026> ")
