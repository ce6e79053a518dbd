"""Whatever way credentials get into a session, they are in nothing that it leaves behind."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from smtpprobe.sandbox.faults import Hang, Hear, Pause, Say, Step
from smtpprobe.script.recordings.recorder import Recorder
from tests.repl.secret_routes import (
    ENTER,
    PASSWORD,
    PASSWORD64,
    PLAIN,
    ROUTES,
    SECRETS,
    Keys,
    Paste,
    Route,
    found_in,
)
from tests.repl.stage import EHLO, GREETING, Stage, staged

SHOWN = (":history", ":time")
SAID_AGAIN = (":last -x", ":last", ":explain", ":state")
"""What shows at the prompt what came."""

A_MOMENT = 1.5
"""Seconds of counted time, in which all happens that can."""


def script(route: Route) -> Iterator[Step]:
    """Return what the server does; what it says to a line may come in pieces."""
    yield from (GREETING, *EHLO)
    drips = "drop by drop" in route.name
    if drips:
        yield Hear(b"")
    for reply in route.says:
        yield from (Pause(1.1),) if drips else (Hear(b""),)
        yield Say(reply + (b"" if drips else b"\r\n"))
        if reply.startswith(b"421"):
            return
    if drips:
        yield Say(b"\r\n")
    for _ in range(8):
        yield from (Hear(b""), Say(b"250 2.0.0 ok\r\n"))
    yield Hang()


async def play(stage: Stage, route: Route, folder: Path) -> None:
    """Type what a route types."""
    for one in route.types:
        match one:
            case Paste(text):
                stage.paste(text)
            case Keys(keys):
                stage.type(keys)
            case line:
                stage.type(line.replace("{folder}", str(folder)), ENTER)
        await asyncio.sleep(A_MOMENT)


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
async def test_credentials_are_in_nothing_that_a_session_leaves(
    route: Route, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left, given = tmp_path / "left", tmp_path / "given"
    left.mkdir()
    given.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(left))
    (given / "login.smtp").write_text(f"AUTH PLAIN {PLAIN}\n< 535\nNOOP\n")
    editor = given / "editor"
    editor.write_text(f'#!/bin/sh\ncat {given}/login.smtp > "$1"\n')
    editor.chmod(0o700)
    server = tuple(script(route))
    async with staged(server, history=left / "history", editor=str(editor)) as stage:
        session = stage.face.session
        await stage.line("EHLO me", "127.0.0.1 ehlo> ")
        session.recording.start(str(left / "call.smtp"))
        events = Recorder(session.client, str(left / "call.jsonl"), secrets=session.secrets)
        await play(stage, route, given)
        screens = [stage.text]
        heard = b"".join(stage.server.heard).decode()
        lines = SAID_AGAIN if "said again" in route.name else SHOWN
        kept = (f":save {left}/saved.smtp", f":report {left}/report.txt")
        stage.type("\x15", *(f"{line}{ENTER}" for line in (*kept, *lines)))
        await asyncio.sleep(A_MOMENT)
        screens.append(stage.text)
        events.close()
    assert route.hears in heard
    assert not route.not_hears or route.not_hears not in heard
    files = {path.name: path for path in left.rglob("*") if path.is_file()}
    assert {"call.smtp", "call.jsonl", "saved.smtp", "report.txt", "history"} <= set(files)
    assert not [name for name in files if name.startswith("smtpprobe-")]
    for name, path in files.items():
        assert found_in(path.read_bytes()) == [], (name, path.read_text())
        assert path.stat().st_mode & 0o077 == 0, name
    for screen in screens if not route.shown else ():
        assert found_in(screen.encode()) == [], screen


def test_what_looks_for_secrets_finds_them_in_every_spelling() -> None:
    spellings = (
        PASSWORD, PASSWORD.upper(), PASSWORD64, PLAIN, PLAIN.upper(), "tan%27sta%25afl%219",
        "tan\\x27sta%afl!9", "tan\\u0027sta%afl!9", PASSWORD.encode().hex(" "),
    )  # fmt: skip
    for spelling in spellings:
        assert found_in(f'{{"text": "x {spelling} y"}}'.encode()), spelling
    assert found_in(b"nothing of that kind, though dGVsbmV0 is base64") == []


def test_the_table_has_routes_enough() -> None:
    assert len(ROUTES) >= 70
    assert len({route.name for route in ROUTES}) == len(ROUTES)
    assert len(set(SECRETS)) == len(SECRETS)
