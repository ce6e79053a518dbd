"""Each face of the program as it meets a hostile server in process, and what came of it."""

from __future__ import annotations

import asyncio
import io
import os
import ssl
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, redirect_stderr, redirect_stdout
from functools import cache
from pathlib import Path
from typing import NamedTuple

import smtpprobe
from smtpprobe.assistant.allowed import Allowed, read_rule
from smtpprobe.assistant.tools import Permission, Tools
from smtpprobe.cli.launch import settings_of
from smtpprobe.cli.launch_send import _send
from smtpprobe.cli.launch_why import _account
from smtpprobe.cli.send_parser import send_parser
from smtpprobe.cli.starttls_parser import starttls_parser
from smtpprobe.cli.why_parser import why_parser
from smtpprobe.client import ConnectOptions
from smtpprobe.errors import ProbeError
from smtpprobe.protocol.events import Received, Secured
from smtpprobe.protocol.happening import Happening
from smtpprobe.protocol.phase import Phase
from smtpprobe.protocol.target import Target, TargetKind
from smtpprobe.sandbox import faults
from smtpprobe.sandbox.hostile.catalogue import Entry, Kind
from smtpprobe.sandbox.hostile.server import MOST_SAID, Conversation
from smtpprobe.sandbox.hostile.stages import IN_ORDER, STAGES, Stage
from smtpprobe.script.batch.run import ScriptOptions, run_scripts
from smtpprobe.script.recordings.read import read_recording
from smtpprobe.script.reports.formats import Show
from smtpprobe.send.arguments import read_words as send_words
from smtpprobe.starttls import subcommand
from smtpprobe.starttls.arguments import read_words as starttls_words
from smtpprobe.starttls.judge.judge import Result
from smtpprobe.why import subcommand as why_subcommand
from smtpprobe.why.arguments import read_words as why_words
from tests.net.stage import server_side
from tests.repl.stage import ENTER, staged

PASSWORD = "hush-hush-hostile"
LIMIT = 5.0
"""Seconds that each wait has."""

B64 = "aHVzaC1odXNoLWhvc3RpbGU="


class Ran(NamedTuple):
    """What came of it: whether the face calls it a success (None: it does
    not judge), all it showed, the octets it recorded.

    `received` is None where a face records nothing.
    """

    well: bool | None
    shown: str
    received: bytes | None = None
    recorded: str = ""


class Meeting(NamedTuple):
    """A server to be met, what it will do, a folder to be written to, and how long waits are."""

    server: faults.FaultServer
    talking: Conversation
    folder: Path
    limit: float

    @property
    def suffix(self) -> str:
        """That of a recording as text, or of one whose beginning can be read by itself."""
        return ".jsonl" if self.limit == BRIEF else ".smtp"

    @property
    def target(self) -> Target:
        return Target(TargetKind.HOST, "localhost", self.server.port)


LINES = (
    ("", "220"),
    ("EHLO me.example", "250"),
    ("STARTTLS", "220"),
    ("EHLO me.example", "250"),
    ("AUTH LOGIN", "334"),
    ("Ym9i", "334"),
    (B64, "235"),
    ("MAIL FROM:<a@b.example>", "250"),
    ("RCPT TO:<c@d.example>", "250"),
    ("DATA", "354"),
    ("Subject: x\n\nhello\n.", "250"),
    ("QUIT", "221"),
)
"""A whole session, as it is typed, and the code of each reply."""


def connecting(limit: float) -> ConnectOptions:
    return ConnectOptions(family=4, timeout=limit, greeting_timeout=limit, handshake_timeout=limit)


@cache
def tls() -> ssl.SSLContext:
    return server_side("localhost", "127.0.0.1")


def _recorded(path: Path) -> tuple[bytes, str]:
    octets = path.read_bytes()[: 4 * MOST_SAID] if path.exists() else b""
    tracks = read_recording(octets, path.name).tracks if octets else ()
    found = bytearray()
    for track in tracks:
        for event in track.events:
            if isinstance(event, Received):
                found += event.reply.raw
            elif isinstance(event, Secured):
                found += event.surplus
        found += track.partial
    return bytes(found), octets.decode("utf-8", "surrogateescape")


async def _scripts(files: list[str] | None, meeting: Meeting, transcript: Path) -> Ran:
    out = io.StringIO()
    options = ScriptOptions(
        "me.example",
        timeout=meeting.limit,
        message_timeout=meeting.limit,
        show=Show.ALL,
        transcript=str(transcript),
    )
    connect = connecting(meeting.limit)
    status = await run_scripts(files, meeting.target, connect, options, out=out, err=out)
    return Ran(status == 0, out.getvalue(), *_recorded(transcript))


async def by_script(meeting: Meeting) -> Ran:
    file = meeting.folder / "session.smtp"
    file.write_text("".join(f"{sent}\n< {code}\n".lstrip("\n") for sent, code in LINES))
    return await _scripts([str(file)], meeting, meeting.folder / "script.jsonl")


async def by_pipe(meeting: Meeting) -> Ran:
    typed = "".join(f"{sent}\n" for sent, _ in LINES if sent)
    before, sys.stdin = sys.stdin, io.TextIOWrapper(io.BytesIO(typed.encode()))
    try:
        return await _scripts(None, meeting, meeting.folder / f"pipe{meeting.suffix}")
    finally:
        sys.stdin = before


async def by_starttls(meeting: Meeting) -> Ran:
    out = io.StringIO()
    words = starttls_parser().read(
        [
            *("--no-config", "--timeout", f"{meeting.limit * 1000:.0f}ms", "-4"),
            *("--ca-file", str(meeting.folder / "ca.pem"), f"localhost:{meeting.server.port}"),
        ]
    )
    settings = settings_of(words)
    read = starttls_words(words, {}, client=lambda: "me.example", settings=settings)
    with redirect_stdout(out), redirect_stderr(out):
        status = await subcommand.run(read)
    return Ran(status == 0, out.getvalue())


async def by_why(meeting: Meeting) -> Ran:
    """Ask with a login: it goes the way of a message up to RCPT."""
    out, password = io.StringIO(), _password_file(meeting)
    words = why_parser().read(
        [
            *("c@d.example", "--from", "a@b.example", "--no-config", "--client", "me.example"),
            *("--via", "submission", f"localhost:{meeting.server.port}"),
            *("--timeout", f"{meeting.limit * 1000:.0f}ms", "-4"),
            *("--auth", "LOGIN", "--auth-user", "bob", "--auth-password-from", f"file:{password}"),
            *("--ca-file", str(meeting.folder / "ca.pem")),
        ]
    )
    given = why_words(words, settings_of(words))
    with redirect_stdout(out), redirect_stderr(out):
        status = await why_subcommand.run(given, _account(given))
    return Ran(status == 0, out.getvalue())


async def by_mcp(meeting: Meeting) -> Ran:
    """Have an assistant check STARTTLS."""
    target = f"localhost:{meeting.server.port}"
    permission = Permission(
        Allowed(tuple(read_rule(target))),
        client="me.example",
        ca_file=str(meeting.folder / "ca.pem"),
        timeout=meeting.limit,
    )
    try:
        told = await Tools(permission).check_starttls(target)
    except ProbeError as error:
        return Ran(well=False, shown=f"{error.message}\n{error.hint}")
    return Ran(told.startswith(f"check_starttls: {Result.OK.value}\n"), told)


def _password_file(meeting: Meeting) -> Path:
    file = meeting.folder / "password"
    file.write_text(f"{PASSWORD}\n")
    file.chmod(0o600)
    return file


async def by_send(meeting: Meeting) -> Ran:
    out, transcript = io.StringIO(), meeting.folder / "send.jsonl"
    password = _password_file(meeting)
    words = send_parser().read(
        [
            *("--no-config", "--client", "me.example", "--from", "a@b.example"),
            *("--to", "c@d.example", "--timeout", f"{meeting.limit * 1000:.0f}ms", "-4"),
            *("--auth", "LOGIN", "--auth-user", "bob", "--auth-password-from", f"file:{password}"),
            *("--transcript", str(transcript), "--ca-file", str(meeting.folder / "ca.pem")),
            f"localhost:{meeting.server.port}",
        ]
    )
    settings = settings_of(words)
    given = send_words(words, "me.example")
    with redirect_stdout(out), redirect_stderr(out):
        try:
            status = await _send(words, given, settings)
        except ProbeError as error:
            out.write(f"error: {error.message}\n{error.hint}\n")
            status = int(error.status)
    return Ran(status == 0, out.getvalue(), *_recorded(transcript))


async def by_api(meeting: Meeting) -> Ran:
    received, surplus = bytearray(), bytearray()
    shown: list[str] = []
    well = False

    def note(happening: Happening) -> None:
        if isinstance(happening.event, Received):
            if len(received) < MOST_SAID:
                received.extend(happening.event.reply.raw)
        elif isinstance(happening.event, Secured):
            surplus.extend(happening.event.surplus)
            received.extend(happening.event.surplus)

    options = ConnectOptions(family=4, client="me.example")
    try:
        async with smtpprobe.connect(
            meeting.target, timeout=meeting.limit, options=options
        ) as session:
            assert session.greeting is not None
            received.extend(b"".join(one.raw for one in (session.greeting, *session.unasked)))
            session.client.subscribe(note)
            codes = [session.greeting.code]
            codes.append((await session.command("EHLO me.example")).reply.code)
            await session.starttls()
            codes.append((await session.command("EHLO me.example")).reply.code)
            codes.append((await session.login("bob", PASSWORD, "LOGIN")).reply.code)
            sent = await session.transaction("a@b.example", "c@d.example", "Subject: x\n\nhello\n")
            shown.append(str(smtpprobe.as_json(sent.report)))
            ended = await session.quit()
            codes.append(None if ended is None else ended.reply.code)
            well = sent.accepted and codes == [220, 250, 250, 235, 221]
            well = well and not (session.unasked or surplus)
    except ProbeError as error:
        shown.append(f"{type(error).__name__}: {error}")
    return Ran(well, "\n".join(shown), bytes(received))


async def by_prompt(meeting: Meeting) -> Ran:
    """Type each line when nothing is waited for any more, then leave, whatever has come of it."""
    transcript = meeting.folder / f"prompt{meeting.suffix}"
    options = connecting(min(1.0, meeting.limit))
    async with staged(
        [meeting.talking], blind=True, options=options, transcript=str(transcript)
    ) as stage:
        session = stage.face.session

        def is_idle() -> bool:
            asks = stage.face.aside is not None
            return asks or (not session.queue.delayed and session.dialling is None)

        async def idle() -> None:
            while not is_idle():  # noqa: ASYNC110 - nothing tells
                await asyncio.sleep(0.2)

        async def line(text: str) -> None:
            stage.type(text, ENTER)
            await asyncio.sleep(0.01)
            await idle()

        await idle()
        in_vain = 0
        for sent, _ in LINES[1:]:
            in_vain += bool(session.client.state.pending)
            asks = stage.face.aside is not None
            if session.client.state.phase is Phase.CLOSED or in_vain > 1 or asks:
                break
            for text in sent.split("\n"):
                await line(text)
        drawn = len(stage.octets)
        stage.type("x")
        await stage.until_true(lambda: len(stage.octets) > drawn, "the key drawn")
        stage.face.leave()
        assert stage.running is not None
        await stage.running
    return Ran(None, "".join(stage.octets), *_recorded(transcript))


ONLY_HELLOS = (Stage.GREETING, Stage.EHLO, Stage.STARTTLS, Stage.INSIDE, Stage.QUIT)


BEFORE_DATA = tuple(stage for stage in STAGES if stage not in (Stage.DATA, Stage.DOT))


class Face(NamedTuple):
    """A way to use the program: how it meets a server, and at which stages it listens.

    At the stages `decided` a whole reply answers what it is asked, whatever comes behind it.
    """

    meets: Callable[[Meeting], Awaitable[Ran]]
    stages: tuple[Stage, ...] = STAGES
    decided: tuple[Stage, ...] = ()


FACES = {
    "script": Face(by_script),
    "pipe": Face(by_pipe),
    "starttls": Face(by_starttls, ONLY_HELLOS, (Stage.INSIDE,)),
    "send": Face(by_send, decided=(Stage.STARTTLS, Stage.DOT)),
    "why": Face(by_why, BEFORE_DATA, (Stage.RCPT,)),
    "mcp": Face(by_mcp, ONLY_HELLOS, (Stage.INSIDE,)),
    "API": Face(by_api),
    "prompt": Face(by_prompt),
}


class Met(NamedTuple):
    """A run, what the server has sent, the seconds it took in counted time, and memory in MiB."""

    face: str
    ran: Ran
    said: bytes
    seconds: float
    grown: float


BRIEF = 0.05
"""Seconds that each wait has where a server floods."""

ENOUGH = 400.0
"""Seconds in which every face has to be done with any server."""


def resident() -> float:
    """Return how much memory this process has, in MiB."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / (1 << 20)


@asynccontextmanager
async def growing(*, often: bool) -> AsyncIterator[list[float]]:
    """Note by how much the memory of this process has grown, in MiB: `often`, or at the end.

    To wake up often is dear in counted time.
    """
    before, found = resident(), [0.0]
    if not often:
        yield found
        found.append(resident() - before)
        return

    async def look() -> None:
        while True:
            await asyncio.sleep(0.02)
            found.append(resident() - before)

    looking = asyncio.create_task(look())
    try:
        yield found
    finally:
        looking.cancel()
        await asyncio.wait([looking])


async def met(
    face: str,
    folder: Path,
    entry: Entry | None = None,
    at: Stage | None = None,
    context: ssl.SSLContext | None = None,
) -> Met:
    """Have a face meet a server that is hostile at a stage, or in its certificate."""
    instead = () if entry is None or at is None else entry.instead(IN_ORDER[at])
    talking = Conversation(context or tls(), at, tuple(instead))
    loop = asyncio.get_running_loop()
    limit = BRIEF if entry is not None and entry.kind is Kind.SIZE else LIMIT
    async with faults.serve([talking]) as server:
        begun = loop.time()
        async with asyncio.timeout(ENOUGH), growing(often=limit == BRIEF) as grown:
            ran = await FACES[face].meets(Meeting(server, talking, folder, limit))
        return Met(face, ran, bytes(talking.said), loop.time() - begun, max(grown))
