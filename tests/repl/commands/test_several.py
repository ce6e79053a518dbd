"""Several connections at one prompt: each by its name, one line to all, nothing secret shown."""

from __future__ import annotations

import pytest

from smtpprobe.protocol.phase import Phase
from smtpprobe.repl.commands.table import masked_local
from smtpprobe.sandbox import faults
from smtpprobe.sandbox.faults import Close, Hang, Hear, Say
from tests.repl.stage import EHLO, ENTER, GREETING, LISTEN, staged

SECOND = (
    Say(b"220 mx2.example ESMTP\r\n"),
    Hear(b"EHLO"),
    Say(b"250-mx2.example\r\n250 SIZE 1000\r\n"),
    Hear(b"MAIL"),
    Say(b"550 5.7.1 not from you\r\n"),
    Hear(b"NOOP"),
    Say(b"250 noop\r\n"),
    Hang(),
)


async def test_one_line_goes_to_all_and_the_replies_stand_side_by_side() -> None:
    first = (GREETING, *EHLO, Hear(b"MAIL"), Say(b"250 2.1.0 fine\r\n"), LISTEN)
    async with staged(first) as stage, faults.serve(SECOND) as second:
        stage.type(f":on mx2 [127.0.0.1]:{second.port}", ENTER)
        await stage.until("mx2| 220 mx2.example ESMTP")
        stage.type(":each EHLO me.example.org", ENTER)
        await stage.until("all of 2: 250")
        assert "250-mx2.example" in stage.text
        stage.type(":each MAIL FROM:<me@example.org>", ENTER)
        await stage.until("codes differ: main 250, mx2 550")
        row = next(line for line in stage.lines if " | 550 5.7.1 not from you" in line)
        assert row.startswith("250 2.1.0 fine")
        stage.type(":on mx2 NOOP", ENTER)
        await stage.until("mx2| 250 noop")
        stage.type(":on", ENTER)
        await stage.until("mx2: 127.0.0.1, ehlo")
        stage.type(":on mx2 :close", ENTER)
        await stage.until("mx2| # closed")
        assert stage.face.session is not None
        assert stage.face.session.others == {}


async def test_a_name_alone_says_that_the_prompt_stays_where_it_is() -> None:
    async with staged((GREETING, LISTEN)) as stage, faults.serve(SECOND) as second:
        stage.type(f":on mx2 [127.0.0.1]:{second.port}", ENTER)
        await stage.until("mx2| 220")
        stage.type(":on mx2", ENTER)
        await stage.until("the prompt stays with main: :on mx2 LINE sends a line there")


async def test_one_that_closes_is_told_and_the_others_go_on() -> None:
    gone = (Say(b"220 mx2.example ESMTP\r\n"), Hear(b"EHLO"), Close())
    async with staged((GREETING, *EHLO, LISTEN)) as stage, faults.serve(gone) as second:
        stage.type(f":on mx2 [127.0.0.1]:{second.port}", ENTER)
        await stage.until("mx2| 220")
        stage.type(":each EHLO me.example.org", ENTER)
        await stage.until("codes differ: main 250, mx2 no code")


async def test_silence_ends_with_the_time_limit_of_replies() -> None:
    silent = (Say(b"220 mx2.example ESMTP\r\n"), Hang())
    async with staged((GREETING, *EHLO, LISTEN)) as stage, faults.serve(silent) as second:
        stage.type(":timeout 500ms", ENTER)
        stage.type(f":on mx2 [127.0.0.1]:{second.port}", ENTER)
        await stage.until("mx2| 220")
        stage.type(":each EHLO me.example.org", ENTER)
        await stage.until("no reply within 0.5s")


async def test_one_that_cannot_be_reached_leaves_nothing_behind() -> None:
    async with faults.serve([Hang()]) as gone:
        port = gone.port
    async with staged((GREETING, LISTEN)) as stage:
        stage.type(f":on mx2 [127.0.0.1]:{port}", ENTER)
        await stage.until("connection refused")
        stage.type(":on", ENTER)
        await stage.until("main: 127.0.0.1")
        assert stage.face.session is not None
        assert stage.face.session.others == {}


BAD = (
    (":on main NOOP", "type its lines without :on"),
    (":on 2 [mx]", "cannot name another connection"),
    (":on mx2", "mx2 is not connected"),
    (":each", "a line for the servers is missing"),
    (":each AUTH PLAIN AGEAYg==", "logins work on the connection at the prompt only"),
    (":each :quit", "is not a line for a server"),
)


@pytest.mark.parametrize(("line", "told"), BAD)
async def test_what_cannot_be_done_is_said(line: str, told: str) -> None:
    async with staged((GREETING, LISTEN)) as stage:
        stage.type(line, ENTER)
        await stage.until(told)
        assert "AGEAYg==" not in stage.text.replace(line, "")


@pytest.mark.parametrize("line", [":each AUTH PLAIN AGEAYg==", ":on mx2 AUTH PLAIN AGEAYg=="])
def test_credentials_behind_them_are_masked(line: str) -> None:
    assert "AGEAYg==" not in masked_local(line, Phase.READY)
