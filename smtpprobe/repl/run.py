"""The prompt's run from banner to exit code: builds client, face and session, ties and unties."""

from __future__ import annotations

import asyncio
import locale
import os
import sys
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from smtpprobe import __version__
from smtpprobe.client import Client, ConnectOptions
from smtpprobe.exits import ExitStatus
from smtpprobe.login.sources import NO_WISH, Wish
from smtpprobe.present import spans
from smtpprobe.present.ascii_text import holds_all
from smtpprobe.present.reply import Detail
from smtpprobe.present.session import SessionView
from smtpprobe.present.spans import Line
from smtpprobe.protocol.attempts import Attempt, Route
from smtpprobe.protocol.target import Target
from smtpprobe.repl.session import Session
from smtpprobe.repl.ui.plain import PlainFace

if TYPE_CHECKING:
    from smtpprobe.repl.ui.full import FullFace
    from smtpprobe.sandbox.practice_server import PracticeServer
    from smtpprobe.settings.settings import Settings


async def run(
    target: Target | None,
    settings: Settings,
    options: ConnectOptions,
    *,
    sandbox: PracticeServer | None = None,
    history: Path | None = None,
    colour: bool = True,
    login: Wish = NO_WISH,
    capture: tuple[str, bool] | None = None,
) -> ExitStatus:
    """Hold a session at the terminal; return the exit status.

    `settings.client` is the EHLO name. `sandbox` is a running practice server, told in the
    banner. `history` is the history file, None for memory only. Standard input has to be a
    terminal. `options.timeout` is the first `:timeout`, `login` what options say of logins.
    `capture` is the file of `--pcap`, and whether passwords stay in it. When cancelled (SIGTERM)
    the terminal is put right and connections are closed.
    """
    face = _face(settings, history, colour=colour)
    return await hold(
        face, target, settings, options, sandbox=sandbox, login=login, capture=capture
    )


async def hold(
    face: FullFace | PlainFace,
    target: Target | None,
    settings: Settings,
    options: ConnectOptions,
    *,
    sandbox: PracticeServer | None = None,
    login: Wish = NO_WISH,
    capture: tuple[str, bool] | None = None,
) -> ExitStatus:
    """Hold a session on a face; return the exit status."""
    told: list[Session] = []

    def on_dial(event: Route | Attempt) -> None:
        told[0].dialled(event)

    client = Client(options, on_dial=on_dial)
    view = SessionView(Detail(settings.annotate), lambda: face.width, folds=True)
    session = Session(client, face, settings, view)
    session.queue.limit = options.timeout
    session.login = login
    if sandbox is not None and target is not None:
        session.domains[target] = sandbox.domain
    told.append(session)
    face.attach(session)
    client.subscribe(session.happened)
    for warning in (*face.warnings, *login.warnings):
        session.say(warning, spans.WARNING)
    if not settings.quiet:
        face.show(banner(target, sandbox, face.width, plain=face.echoes))
    if capture is not None:
        from smtpprobe.script.recordings.path import transcript_path  # noqa: PLC0415

        path, keeps_secrets = capture
        session.capturing.start(transcript_path(path, target), keeps_secrets=keeps_secrets)
    return await _held(session, face, target)


async def _held(session: Session, face: FullFace | PlainFace, target: Target | None) -> ExitStatus:
    failures: list[BaseException] = []
    if session.settings.transcript:
        from smtpprobe.script.recordings.path import transcript_path  # noqa: PLC0415

        session.recording.start(transcript_path(session.settings.transcript, target))
    if target is not None:
        session.start(target)
    with _watching(face, failures):
        working = asyncio.ensure_future(session.queue.work())
        working.add_done_callback(lambda task: _ended(task, face, failures))
        try:
            await face.run()
        finally:
            working.cancel()
            # awaiting it would raise its failure, which `_ended` has noted
            await asyncio.wait([working])
            await session.end()
            face.finish()
    if failures:
        raise failures[0]
    never = target is not None and not session.connected_once
    return ExitStatus.CANNOT_TELL if never else ExitStatus.OK


@contextmanager
def _watching(face: FullFace | PlainFace, failures: list[BaseException]) -> Iterator[None]:
    """Let a failure of the program's own end the dialogue, so that the terminal is put right."""

    def failed(_loop: asyncio.AbstractEventLoop, context: dict[str, object]) -> None:
        error = context.get("exception")
        message = str(context.get("message"))
        failures.append(error if isinstance(error, BaseException) else RuntimeError(message))
        face.leave()

    loop = asyncio.get_running_loop()
    before = loop.get_exception_handler()
    loop.set_exception_handler(failed)
    try:
        yield
    finally:
        loop.set_exception_handler(before)


def _ended(
    task: asyncio.Task[None], face: FullFace | PlainFace, failures: list[BaseException]
) -> None:
    if not task.cancelled() and (error := task.exception()) is not None:
        failures.append(error)
        face.leave()


def _face(settings: Settings, history: Path | None, *, colour: bool) -> FullFace | PlainFace:
    # Python writes UTF-8 in the C locale too, whose terminal may lack it
    encodings = (sys.stdout.encoding, locale.getencoding())
    ascii_only = not all(map(holds_all, encodings))
    if wants_plain(settings):
        return PlainFace(colour=colour, ascii_only=ascii_only)
    from smtpprobe.repl.history import HistoryFile  # noqa: PLC0415
    from smtpprobe.repl.ui.full import FullFace  # noqa: PLC0415 - brings prompt_toolkit in

    kept = HistoryFile(history)
    targets = HistoryFile(history.with_name("targets") if history else None, TARGETS)
    return FullFace(kept, targets, colour=colour, ascii_only=ascii_only)


def wants_plain(settings: Settings) -> bool:
    """Return whether to use the plain prompt: on request, or without a usable terminal."""
    if settings.plain or not sys.stdout.isatty() or os.environ.get("TERM", "dumb") == "dumb":
        return True
    columns = os.get_terminal_size(sys.stdout.fileno()).columns
    # 0: a terminal without a size
    return 0 < columns < SLIVER


TARGETS = 100
"""How many targets are remembered from one run to the next."""

SLIVER = 20
"""Columns under which a line editor has no room."""


def banner(
    target: Target | None, sandbox: PracticeServer | None, width: int, *, plain: bool = False
) -> list[Line]:
    """Return the lines that open a run: what this is, how to get help, how to leave."""
    keys = () if plain else ("Tab completes", "Ctrl-] command")
    parts = ("type SMTP as with telnet", ":help", *keys)
    lines = [" \N{MIDDLE DOT} ".join((f"smtpprobe {__version__}", *parts, ":quit leaves"))]
    if sandbox is not None:
        where = f"practice server on {sandbox.host}:{sandbox.port}"
        lines.append(f"{where}; its CA: {sandbox.ca_file} (for --ca-file)")
        grey = "" if plain else "right arrow accepts the grey text, Enter sends it;  "
        lines.append(f"{grey}try HELP")
    elif target is None:
        lines.append("offline: :connect example.org (its MX) or :connect [host]")
    folded = (
        part
        for text in lines
        for part in textwrap.wrap(
            text, max(width, 20), break_long_words=False, break_on_hyphens=False
        )
    )
    return [spans.line(part, spans.NOTICE) for part in folded]
