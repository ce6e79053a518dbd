"""No way in leaves a secret: each route and mechanism, against a server that says all again.

A route is a row of ROUTES: a function that logs in by each mechanism, taken and refused, and
returns by name whatever it left: streams, files, what other users see of its processes.
"""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

import smtpprobe
from smtpprobe.assistant.allowed import Allowed, read_rule
from smtpprobe.assistant.tools import Permission, Tools
from smtpprobe.errors import ProbeError
from smtpprobe.repl.ui.editor import edited
from smtpprobe.script.reports.formats import Format
from tests.login.parrot import (
    BAD,
    FORMS,
    GOOD,
    MECHANISMS,
    PASSWORD,
    TOKENS,
    Parrot,
    b64,
    found_in,
    parrot,
    spelt,
)
from tests.program import called
from tests.repl.pty_stage import PROGRAM, program

pytestmark = pytest.mark.real_time

Artefacts = Mapping[str, bytes]
SECRETS = {"SMTPPROBE_SECRET_password": PASSWORD, "SMTPPROBE_SECRET_token": PASSWORD}


@dataclass(frozen=True)
class Stand:
    """Where a route runs: the server, a folder for what is given and one for what is left."""

    bird: Parrot
    given: Path
    left: Path

    @property
    def target(self) -> str:
        return f"127.0.0.1:{self.bird.port}"

    def script(self, *names: str, refused: int = 535) -> str:
        """Return a script that logs in by some mechanisms, and asks for more behind each."""
        lines = [":secret password", ":secret token", f":connect {self.target}"]
        for name in names or MECHANISMS:
            for user in (GOOD, BAD):
                lines += [
                    "EHLO me.example", "STARTTLS", "EHLO me.example",
                    f":auth {name} {user} --weak", f"< {235 if user == GOOD else refused}",
                    "NOOP", "EHLO me.example", "QUIT", ":connect",
                ]  # fmt: skip
        return "\n".join([*lines, "QUIT", ""])

    async def run(self, *words: str, says: str = "", **more: str) -> Artefacts:
        """Return what a run of the program wrote, and how others saw its process."""
        child = await asyncio.create_subprocess_exec(
            *called(*words), "--ca-file", str(self.bird.ca_file), "--client", "me.example",
            env=os.environ | {"HOME": str(self.left), "TMPDIR": str(self.left)} | more,
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        seen = Path(f"/proc/{child.pid}/cmdline").read_bytes()  # noqa: ASYNC240 - no file
        out, err = await child.communicate(says.encode())
        return {"stdout": out, "stderr": err, "ps": seen, "code": str(child.returncode).encode()}


def _named(whose: str, artefacts: Artefacts) -> dict[str, bytes]:
    return {f"{whose} {name}": octets for name, octets in artefacts.items()}


async def _script(stand: Stand) -> Artefacts:
    """Each format of the report, recordings of both kinds, a capture."""

    async def one(form: Format, transcript: str, names: tuple[str, ...]) -> Artefacts:
        file = stand.given / f"{form.value}.smtp"
        file.write_text(stand.script(*names))
        left = stand.left / form.value
        left.mkdir()
        found = await stand.run(
            "--script", str(file), "--debug", "--show", "all", "--format", form.value, "--continue",
            "--transcript", str(left / transcript), "--pcap", str(left / "pcap"), **SECRETS
        )  # fmt: skip
        assert b"welcome" in b"".join(path.read_bytes() for path in left.iterdir()), found
        return _named(form.value, found)

    runs = [
        # each mechanism in text and in JSON lines, two of them in each other format
        one(
            form,
            "t.jsonl" if number % 2 else "t.smtp",
            MECHANISMS if form in (Format.TEXT, Format.JSONL) else MECHANISMS[number % 6 :][:2],
        )
        for number, form in enumerate(Format)
    ]
    return {name: octets for run in runs for name, octets in (await run).items()}


async def _pipe(stand: Stand) -> Artefacts:
    """Lines from standard input, as they are typed and as `:auth` makes them."""
    plain = b64(f"\0{BAD}\0{PASSWORD}")
    login = f"AUTH LOGIN\n{b64(BAD)}\n{b64(PASSWORD)}\n"
    by_hand = f"EHLO me\nSTARTTLS\nEHLO me\nAUTH PLAIN {plain}\nNOOP\n{login}NOOP\nQUIT\n"
    typed = await stand.run(stand.target, "--debug", says=by_hand)
    made = await stand.run("--debug", says=stand.script(), **SECRETS)
    assert b"535" in typed["stdout"]
    assert b"235" in made["stdout"]
    return _named("typed", typed) | _named("made", made)


async def _send(stand: Stand) -> Artefacts:
    """A message behind a login; the result as text and as JSON."""
    found: dict[str, bytes] = {}
    for number, name in enumerate(MECHANISMS):
        for user in (GOOD, BAD):
            source = "--auth-token-from" if name in TOKENS else "--auth-password-from"
            told = await stand.run(
                "send", stand.target, "--from", GOOD, "--to", "you@parrot.test", "--auth", name,
                "--auth-user", user, source, "env:PW", "--debug", "--transcript",
                str(stand.left / f"{name}-{user}.{'jsonl' if number % 2 else 'smtp'}"),
                *(("--json",) if number % 2 else ()), PW=PASSWORD,
            )  # fmt: skip
            assert (b"queued as" in told["stdout"]) is (user == GOOD), told
            found |= _named(f"{name} {user}", told)
    for option in ("--dry-run", "--as-script"):
        told = await stand.run(
            "send", stand.target, "--to", "you@parrot.test", "--auth", "PLAIN", "--auth-user", GOOD,
            option, *((str(stand.left / "made"),) if option == "--as-script" else ()), **SECRETS,
        )  # fmt: skip
        found |= _named(option, told)
    return found


async def _why(stand: Stand) -> Artefacts:
    """Why mail does not arrive by way of a submission host; a letter that is sent to strangers."""
    found: dict[str, bytes] = {}
    forms = ((), ("--json",), ("--letter",))
    for number, name in enumerate(MECHANISMS):
        user = (GOOD, BAD)[number % 2]
        source = "--auth-token-from" if name in TOKENS else "--auth-password-from"
        told = await stand.run(
            "why", "you@parrot.test", "--from", GOOD, "--via", "submission",
            f"127.0.0.1:{stand.bird.port}", "--auth", name, "--auth-user", user, source,
            "env:PW", "--resolver", "127.0.0.1:9", "--debug", *forms[number % 3], PW=PASSWORD,
        )  # fmt: skip
        found |= _named(f"{name} {user}", told)
    assert sum(line.startswith("AUTH") for line in stand.bird.heard) >= len(MECHANISMS)
    return found


async def _api(stand: Stand) -> Artefacts:
    """What a program may print or log of what it is given: the server's own octets are its data."""
    stand.bird.silent = True
    found: dict[str, bytes] = {}
    options = smtpprobe.ConnectOptions(
        verify=True, ca_file=str(stand.bird.ca_file), client="me.example", timeout=60
    )
    for name in MECHANISMS:
        if name in TOKENS:
            continue
        for user in (GOOD, BAD):
            async with smtpprobe.connect(stand.target, options=options) as session:
                told: list[object] = []
                session.client.subscribe(told.append)
                await session.command("EHLO me.example")
                await session.starttls()
                await session.command("EHLO me.example")
                try:
                    told.append(await session.login(user, PASSWORD, name))
                except ProbeError as error:
                    told.append(error)
                told += [session.state, session]
                told += [await session.command("NOOP")]
                shown = [
                    smtpprobe.as_json(one) for one in told if isinstance(one, smtpprobe.Exchange)
                ]
                told += [
                    smtpprobe.annotate(one) for one in told if isinstance(one, smtpprobe.Exchange)
                ]
            found[f"{name} {user} json"] = json.dumps(shown).encode()
            found[f"{name} {user} repr"] = "\n".join(map(repr, told)).encode()
    return found


async def _mcp(stand: Stand) -> Artefacts:
    """What an assistant is given: a model reads it, and a third party keeps it."""
    permission = Permission(
        allowed=Allowed(read_rule(stand.target)), scripts=stand.given, client="me.example",
        ca_file=str(stand.bird.ca_file),
    )  # fmt: skip
    tools = Tools(permission)
    typed = f"235 welcome\nC: AUTH PLAIN {b64(chr(0) + GOOD + chr(0) + PASSWORD)}\nS: 535 5.7.8 no"
    found: dict[str, bytes] = {}
    for name in MECHANISMS:
        # a check that fails has the dialogue shown
        (stand.given / f"{name}.smtp").write_text(stand.script(name, refused=235))
        ran = await tools.run_script(f"{name}.smtp")
        assert "535" in ran
        found[f"run_script {name}"] = ran.encode()
    return found | {
        "explain": (await tools.explain(typed)).encode(),
    }


async def _prompt(stand: Stand) -> Artefacts:
    """The prompt in a terminal, with all that it can keep."""
    text, events, saved, report, error = (
        stand.left / name for name in ("t.smtp", "t.jsonl", "saved.smtp", "report.txt", "stderr")
    )
    words = (f"{PROGRAM} {stand.target} --client me.example --debug --ca-file {stand.bird.ca_file}"
             f" --transcript {text} 2>{error}")  # fmt: skip
    screens = []
    seen = b""
    async with program(stand.left, "-c", words, command="/bin/sh", TMPDIR=str(stand.left)) as pty:
        await pty.until_prompt("127.0.0.1 greeted> ")
        for number, name in enumerate(MECHANISMS):
            for user in (GOOD, BAD):
                if number or user == BAD:
                    pty.type(":connect\r")
                    await pty.until_prompt("127.0.0.1 greeted> ")
                await pty.line("EHLO me.example", "STARTTLS offered")
                await pty.line("STARTTLS", "# next: EHLO again")
                await pty.line("EHLO me.example", "new since TLS")
                if number == 1 and user == GOOD:
                    await pty.line(f":transcript {events}", "recording to")
                pty.type(f":auth {name} {user} --weak\r")
                await pty.until_prompt(f"{'token' if name in TOKENS else 'password'}: ")
                await pty.line(PASSWORD, "welcome" if user == GOOD else "535")
                await pty.until_prompt("127.0.0.1 tls ehlo> ")
                screens.append(pty.text)
        seen = _processes()
        for line, shows in (
            ("NOOP", "250"), (":history", "AUTH"), (":last -x", "250"), (":explain", ""),
            (f":save {saved}", "# saved"), (f":report {report}", "report.txt"),
        ):  # fmt: skip
            await pty.line(line, shows)
            screens.append(pty.text)
        pty.type("\x04")
        await pty.exit_code()
    assert text.exists()
    assert b"welcome" in events.read_bytes()
    assert saved.exists()
    assert report.exists()
    return {"screens": "\n".join(screens).encode(), "octets": bytes(pty.octets), "ps": seen}


def _processes() -> bytes:
    """Return the words of all processes, as any user of the machine sees them."""
    told = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            told.append((folder / "cmdline").read_bytes())
        except OSError:
            continue
    return b"\n".join(told)


async def _beside(stand: Stand) -> Artefacts:
    """Commands that need no login, with its secret in their environment all the same."""
    session = stand.given / "session"
    session.write_text(
        f"220 parrot.test\nEHLO me\n250-parrot.test\n250 AUTH PLAIN LOGIN\n"
        f"AUTH PLAIN {b64(chr(0) + BAD + chr(0) + PASSWORD)}\n535 5.7.8 no\n"
        f"AUTH LOGIN\n334 VXNlcm5hbWU6\n{b64(BAD)}\n334 UGFzc3dvcmQ6\n{b64(PASSWORD)}\n535 no\n"
    )
    found: dict[str, bytes] = {}
    for name, words in {
        "starttls": ("starttls", f"[127.0.0.1]:{stand.bird.port}", "--json"),
        "starttls page": ("starttls", f"[127.0.0.1]:{stand.bird.port}", "--format", "html"),
    }.items():
        told = await stand.run(*words, **SECRETS)
        found |= _named(name, told)
    for name, words in {
        "explain": ("explain", "-f", str(session)),
        "explain json": ("explain", "--json", "-f", str(session)),
        "import": ("import", "telnet", str(session)),
    }.items():
        child = await asyncio.create_subprocess_exec(
            *called(*words), env=os.environ | {"HOME": str(stand.left)} | SECRETS,
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        out, err = await child.communicate()
        assert b"535" in out, (name, out, err)
        found |= {f"{name} stdout": out, f"{name} stderr": err}
    return found


LOOKS_AROUND = """#!/bin/sh
{ tr '\\0' '\\n' < /proc/$$/cmdline; env; } >> "$(dirname "$0")/../left/child"
%s
"""
"""A program that is started, and what it leaves of its words and its environment."""


async def _children(stand: Stand) -> Artefacts:
    """What the programs that we start are given: an editor, a server behind `pipe:`."""
    server, editor = stand.given / "server", stand.given / "editor"
    server.write_text(LOOKS_AROUND % "printf '220 AUTH\\r\\n'; cat > /dev/null")
    editor.write_text(LOOKS_AROUND % ":")
    for one in (server, editor):
        one.chmod(0o700)
    told = await stand.run(f"pipe:{server}", says="< 220\n", **SECRETS)
    assert told["code"] == b"0", told
    assert await edited("NOOP\n", str(editor)) == "NOOP\n"
    seen = (stand.left / "child").read_bytes()
    assert seen.count(b"\nPATH=") == 2
    assert b"SMTPPROBE_SECRET_" not in seen
    return told


ROUTES: Mapping[str, Callable[[Stand], Awaitable[Artefacts]]] = {
    "prompt": _prompt, "pipe": _pipe, "script": _script, "send": _send, "why": _why,
    "API": _api, "mcp": _mcp, "beside": _beside, "children": _children,
}  # fmt: skip


@pytest.fixture
async def stand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Stand]:
    given, left = tmp_path / "given", tmp_path / "left"
    given.mkdir()
    left.mkdir()
    for name, value in SECRETS.items():
        monkeypatch.setenv(name, value)
    async with parrot(given) as bird:
        yield Stand(bird, given, left)


@pytest.mark.parametrize("route", ROUTES)
async def test_nothing_that_a_login_leaves_has_the_secret_in_it(route: str, stand: Stand) -> None:
    artefacts = dict(await ROUTES[route](stand))
    artefacts |= {path.name: path.read_bytes() for path in stand.left.rglob("*") if path.is_file()}
    proofs = tuple(proof for proof in dict.fromkeys(stand.bird.proofs) if len(proof) > 8)
    assert any(b"AUTH" in octets for octets in artefacts.values())
    leaks = {
        name: (found, _around(octets, found[0]))
        for name, octets in artefacts.items()
        if (found := found_in(octets, proofs))
    }
    assert leaks == {}


def _around(octets: bytes, secret: str) -> str:
    text = octets.decode("utf-8", "replace")
    at = text.find(secret)
    return text[max(0, at - 120) : at + 60] if at >= 0 else "(encoded)"


def test_what_looks_for_it_finds_it_in_every_spelling() -> None:
    for form in FORMS:
        assert form in found_in(f"a {form} b".encode()), form
    for shift in range(3):
        said = b64("x" * shift + PASSWORD + "and more")
        assert PASSWORD in found_in(said.encode())
    for said in ("tan&#x27;sta&quot;%afl&amp;9&lt;é", "tan%27sta%22%25afl%269%3C%C3%A9"):
        assert spelt(PASSWORD)[0] in found_in(said.encode()) or said in FORMS
    assert found_in(b"nothing of that kind, though dGVsbmV0 is base64") == []
