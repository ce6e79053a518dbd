"""What is typed in a terminal is a script: saved or recorded it runs green, and reads as it was."""

from __future__ import annotations

import base64
import json
import re
import subprocess
from collections.abc import AsyncIterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest
import pytest_asyncio

from smtpprobe.client import Client, ConnectOptions
from smtpprobe.exits import ExitStatus
from smtpprobe.protocol.target import Target, TargetKind
from smtpprobe.sandbox.practice.hello import keywords
from smtpprobe.sandbox.practice.state import Service
from smtpprobe.sandbox.practice_server import PracticeServer
from smtpprobe.script.parser.parser import parse
from smtpprobe.script.results.results import ScriptResult
from smtpprobe.script.runner.run_settings import RunSettings
from smtpprobe.script.runner.runner import Runner
from tests.repl.pty_stage import PROGRAM, Pty, program
from tests.servers.postfix import Postfix

NAME = "probe.example.org"
LOGIN = base64.b64encode(b"\0probe@sandbox.test\0practice").decode()
SECRETS = {"auth_1": LOGIN}

pytestmark = pytest.mark.real_time

SESSION = (
    (f"EHLO {NAME}", "localhost ehlo> "),
    (":hold", "hold:0> "),
    ("MAIL FROM:<me@example.org>", "hold:1> "),
    ("RCPT TO:<nobody@other.example>", "hold:2> "),
    ("RCPT TO:<postmaster>", "hold:3> "),
    (":flush", "localhost rcpt:1> "),
    ("DATA", "data 1| "),
    ("Subject: hello {{client}}", "data 2| "),
    ("", "data 3| "),
    ("..a dot", "data 4| "),
    (":not a command", "data 5| "),
    (".", "localhost ehlo> "),
    (":hold", "hold:0> "),
    ("STARTTLS", "hold:1> "),
    ("> NOOP", "hold:2> "),
    (":flush", "localhost tls greeted…> "),
    ("< 220", "localhost tls greeted…> "),
    ("< none for 100ms", "localhost tls greeted> "),
    (f"EHLO {NAME}", "localhost tls ehlo> "),
    ("> FROB", "localhost tls ehlo> "),
    ("MAIL FROM:<>", "localhost tls mail> "),
    ("RCPT TO:<postmaster>", "localhost tls rcpt:1> "),
    (":bdat {chunk} --chunk 10", "localhost tls ehlo> "),
)
"""A session that Postfix and the practice server answer alike."""

PRACTICE = (
    *SESSION,
    (f"AUTH PLAIN {LOGIN}", "localhost tls ehlo> "),
    ("MAIL FROM:<>", "localhost tls mail> "),
    ("RCPT TO:<multiline@sandbox.test>", "localhost tls mail> "),
    ("RCPT TO:<malformed@sandbox.test>", "localhost tls mail> "),
    ("RCPT TO:<escape@sandbox.test>", "localhost tls mail> "),
    ("RCPT TO:<garbage@sandbox.test>", "localhost tls mail> "),
    ("RSET", "localhost tls ehlo> "),
)
"""More, with a login and replies that are broken."""


ESCAPES = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07]*\x07|.)")

KEYWORD = re.compile(r"(?m)(?<=\S) \+([A-Z0-9-]+)(?:>=\d+)?(?= |$)")
"""What a recorded session expects of an answer to EHLO, a keyword each."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """A session in a terminal: with whom, where it was saved and recorded, what was seen."""

    port: int
    saved: Path
    text: Path
    events: Path
    screen: str


async def in_a_terminal(
    folder: Path, port: int, session: tuple[tuple[str, str], ...], *, twice: bool
) -> Recorded:
    """Type a session that is recorded as text and saved; before that one in JSON lines."""
    saved, text, events = (folder / name for name in ("saved.smtp", "call.smtp", "call.jsonl"))
    chunk = folder / "chunk"
    chunk.write_bytes(b"Subject: x\r\n\r\nfoo\r\n")
    screen = ""
    for path in (events, text) if twice else (text,):
        words = (f"localhost:{port}", "-4", "--client", NAME, "--transcript", str(path))
        async with program(folder, *words, columns=250) as pty:
            await pty.until_prompt("localhost greeted> ")
            for line, prompt in session:
                pty.type(line.replace("{chunk}", str(chunk)), "\r")
                taken = partial(_entered, pty, line, prompt)
                await pty.until_true(taken, f"{line}: {prompt}")
            await pty.line("QUIT", "closed by agreement")
            if path is text:
                await pty.line(f":save {saved}", "# saved ")
            pty.feed()
            screen = ESCAPES.sub("", pty.octets.decode())
            pty.type(":quit\r")
            await pty.exit_code()
    return Recorded(port, saved, text, events, screen)


def _entered(pty: Pty, line: str, prompt: str) -> bool:
    """Tell whether a line was taken and its prompt has come, with nothing due any more."""
    shown = [one for one in pty.text.splitlines() if one.strip()]
    return pty.prompt_line.startswith(prompt) and not any(
        one.rstrip().endswith(f"> {line}") for one in shown[-2:] if line
    )


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def practice() -> AsyncIterator[PracticeServer]:
    async with PracticeServer(pace=0.02) as server:
        yield server


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def recorded(practice: PracticeServer, tmp_path_factory: pytest.TempPathFactory) -> Recorded:
    return await in_a_terminal(
        tmp_path_factory.mktemp("session"), practice.port, PRACTICE, twice=True
    )


async def replayed(path: Path, port: int) -> ScriptResult:
    """Run a script without trusting anybody's certificate more than it says."""
    client = Client(ConnectOptions(family=4, verify=True))
    target = Target(TargetKind.HOST, "localhost", port)
    settings = RunSettings(NAME, target, 5.0, SECRETS)
    script = parse(path.read_bytes(), path.name)  # noqa: ASYNC240 - a small file
    return await Runner(client, script, settings).run()


def explained(path: Path) -> list[dict[str, object]]:
    """Return what `explain` makes of a recording."""
    done = subprocess.run(
        [PROGRAM, "explain", "-f", path, "--jsonl"], capture_output=True, check=True, timeout=60
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.asyncio(loop_scope="module")
async def test_a_saved_session_and_its_transcript_run_green(recorded: Recorded) -> None:
    """The certificate is one that nobody trusts: that the session went on is in the script."""
    for path in (recorded.saved, recorded.text):
        result = await replayed(path, recorded.port)
        assert result.status is ExitStatus.OK, [(c.place.line, c.message) for c in result.failed]
        assert len(result.checks) > 25
        assert result.unread == ()


@pytest.mark.asyncio(loop_scope="module")
async def test_no_password_is_in_what_was_saved_or_recorded(recorded: Recorded) -> None:
    for path in (recorded.saved, recorded.text, recorded.events):
        text = path.read_text()
        assert LOGIN not in text
        assert "AUTH PLAIN" in text


@pytest.mark.asyncio(loop_scope="module")
async def test_both_recordings_are_explained_alike_and_as_they_were_seen(
    recorded: Recorded,
) -> None:
    text, events = explained(recorded.text), explained(recorded.events)
    assert [_same(one) for one in text] == [_same(one) for one in events]
    assert len(text) > 20
    for one in text:
        if one["command"] == "STARTTLS":
            continue  # where it leads to a handshake the screen tells of that
        assert str(one["meaning"]).split("; queue id")[0] in recorded.screen


def _same(one: dict[str, object]) -> dict[str, object]:
    """What does not differ from one session to the next: neither queue ids nor places."""
    keys = ("code", "enhanced", "command", "class", "title", "cause", "blame", "retry", "basis")
    return {key: one[key] for key in keys}


@pytest.mark.asyncio(loop_scope="module")
async def test_a_session_runs_green_against_another_host_with_other_texts(
    practice: PracticeServer, postfix: Postfix, tmp_path: Path
) -> None:
    there = await in_a_terminal(tmp_path, postfix.ports.smtp, SESSION, twice=False)
    for path in (there.saved, there.text):
        path.write_text(KEYWORD.sub(_announced_here, path.read_text()))
        result = await replayed(path, practice.port)
        assert result.status is ExitStatus.OK, [(c.place.line, c.message) for c in result.failed]
        assert len(result.checks) > 15


def _announced_here(term: re.Match[str]) -> str:
    """Leave out a keyword that only the other host has: which ones it has is up to its version."""
    here = {word.split()[0] for tls in (False, True) for word in keywords(Service.SMTP, tls=tls)}
    return term[0] if term[1] in here else ""
