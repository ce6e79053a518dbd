"""`smtpprobe sandbox --hostile`: serves one hostile server until it is stopped."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

from smtpprobe.errors import UsageError
from smtpprobe.misspelt import near_word
from smtpprobe.present.spans import HEADING, HINT, PLAIN, Line, Span, line
from smtpprobe.sandbox import faults
from smtpprobe.sandbox.hostile.catalogue import CATALOGUE, Entry
from smtpprobe.sandbox.hostile.server import Conversation
from smtpprobe.sandbox.hostile.stages import IN_ORDER, Stage
from smtpprobe.sandbox.notices import Note, NoteKind
from smtpprobe.sandbox.screen import Screen
from smtpprobe.sandbox.server import cannot_listen, check_loopback
from smtpprobe.sandbox.subcommand import until_stopped
from smtpprobe.sandbox.throwaway_ca import Certificate, server_context

if TYPE_CHECKING:
    from typing import TextIO

    from smtpprobe.exits import ExitStatus


class Hostility(NamedTuple):
    """A server of the catalogue, and the stage at which it is hostile."""

    entry: Entry
    stage: Stage


def read_hostility(text: str) -> Hostility:
    """Return what `NAME` or `NAME@STAGE` means; without a stage it is the first one.

    Raises:
        UsageError: there is no such server, or it is not hostile at this stage.
    """
    name, at, word = text.partition("@")
    entry = {one.name: one for one in CATALOGUE}.get(name)
    if entry is None:
        near = near_word(name, [one.name for one in CATALOGUE])
        hint = f"did you mean {near}?" if near else "docs/hostile.md lists them"
        raise UsageError(f"--hostile: no hostile server is called {name!r}", hint)
    if not at:
        return Hostility(entry, entry.stages[0])
    found = next((one for one in entry.stages if one.value == word), None)
    if found is None:
        known = ", ".join(one.value for one in entry.stages)
        raise UsageError(f"--hostile: {name} is not hostile at {word!r}", f"stages: {known}")
    return Hostility(entry, found)


async def serve_hostile(
    hostility: Hostility,
    *,
    out: TextIO,
    host: str = "127.0.0.1",
    port: int = 0,
    certificate: Certificate = Certificate.GOOD,
    colour: bool = False,
    quiet: bool = False,
) -> ExitStatus:
    """Serve until SIGINT (returns OK) or SIGTERM (TERMINATED), writing to `out`.

    Must run in the main thread. Raises UsageError for a host that is not loopback and a port that
    cannot be had; returns CANNOT_TELL when `out` can no longer be written to.
    """
    check_loopback(host)
    screen = Screen(out, colour=colour, quiet=quiet)
    entry, stage = hostility
    with TemporaryDirectory(prefix="smtpprobe-hostile-") as folder:
        ca_file = Path(folder, "ca.pem")
        talking = Conversation(
            server_context(certificate, ca_file),
            stage,
            tuple(entry.instead(IN_ORDER[stage])),
            on_line=lambda heard: screen.note(_heard(heard)),
        )
        where: list[int] = []

        def about() -> list[Line]:
            return welcome(hostility, host, where[0], str(ca_file))

        return await until_stopped(_listening(talking, host, port, where), screen, about)


@asynccontextmanager
async def _listening(
    talking: Conversation, host: str, port: int, where: list[int]
) -> AsyncIterator[None]:
    """Listen for the time of the block; the port is put into `where`."""
    try:
        serving = faults.serve([talking], host=host, port=port)
        server = await serving.__aenter__()
    except OSError as error:
        raise cannot_listen(host, port, error) from None
    try:
        where.append(server.port)
        yield
    finally:
        await serving.__aexit__(None, None, None)


def _heard(octets: bytes) -> Note:
    return Note(1, NoteKind.HEARD, octets.decode("utf-8", "surrogateescape").rstrip("\r\n"))


def welcome(hostility: Hostility, host: str, port: int, ca_file: str) -> list[Line]:
    """Return what the server does, how to reach it, and how to trust its certificate."""
    at = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    entry, stage = hostility
    return [
        line(
            f"hostile server {entry.name}: {entry.does}, at {stage.value}; Ctrl-C stops it", HEADING
        ),
        _row("address", at),
        _row("CA file", f"{ca_file}  (for --ca-file)"),
        _row("result", f"{entry.outcome_at(stage).value}"),
        _row("try", f"smtpprobe --ca-file {ca_file} {at}"),
    ]


def _row(name: str, text: str) -> Line:
    return (Span(HINT, f"  {name:<11}"), Span(PLAIN, text))
