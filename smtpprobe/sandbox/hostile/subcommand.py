"""`smtpprobe sandbox --hostile`: serves one hostile server until it is stopped.

A mail server, a name server or a policy host; with a policy host come those that lead to it.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from smtpprobe.errors import UsageError
from smtpprobe.misspelt import near_word
from smtpprobe.present.spans import HEADING, HINT, PLAIN, Line, Span, line
from smtpprobe.sandbox import faults
from smtpprobe.sandbox.hostile.catalogue import CATALOGUE, Entry, Outcome
from smtpprobe.sandbox.hostile.name_server import serving_names
from smtpprobe.sandbox.hostile.names import NAMES, NameEntry, Question, kind_name
from smtpprobe.sandbox.hostile.policies import POLICIES, PolicyEntry
from smtpprobe.sandbox.hostile.policy_host import HTTPS, Domain, serving_domain
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

AnyEntry: TypeAlias = Entry | NameEntry | PolicyEntry

EVERY: Final[Sequence[AnyEntry]] = (*CATALOGUE, *NAMES, *POLICIES)

BY_NAME: Final = {one.name: one for one in EVERY}
"""Every hostile server that `--hostile` takes."""


class Hostility(NamedTuple):
    """A hostile server, and the stage at which a mail server is hostile."""

    entry: AnyEntry
    stage: Stage | None = None


def read_hostility(text: str) -> Hostility:
    """Return what `NAME` or `NAME@STAGE` means; without a stage it is the first one.

    Raises:
        UsageError: there is no such server, or it is not hostile at this stage.
    """
    name, at, word = text.partition("@")
    entry = BY_NAME.get(name)
    if entry is None:
        near = near_word(name, list(BY_NAME))
        hint = f"did you mean {near}?" if near else "docs/hostile.md lists them"
        raise UsageError(f"--hostile: no hostile server is called {name!r}", hint)
    if not isinstance(entry, Entry):
        if at:
            what = "name server" if isinstance(entry, NameEntry) else "policy host"
            raise UsageError(f"--hostile: {name} is a {what}, which has no stages", f"use {name}")
        return Hostility(entry)
    if not at:
        return Hostility(entry, entry.stages[0])
    found = next((one for one in entry.stages if one.value == word), None)
    if found is None:
        known = ", ".join(one.value for one in entry.stages)
        raise UsageError(f"--hostile: {name} is not hostile at {word!r}", f"stages: {known}")
    return Hostility(entry, found)


class Listening(NamedTuple):
    """What a hostile server is given to listen with: an address, a port, and who hears of it."""

    host: str
    port: int
    folder: Path
    heard: Callable[[str], None]

    def at(self, port: int) -> str:
        """Return a port here as it is written."""
        return f"[{self.host}]:{port}" if ":" in self.host else f"{self.host}:{port}"


Served: TypeAlias = AbstractAsyncContextManager[Sequence[Line]]
"""Serves for the time of the block; gives what is said of it."""


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

    Must run in the main thread. Raises UsageError for a host that is not loopback, a port that
    cannot be had and a certificate that does not go with the server; returns CANNOT_TELL when `out`
    can no longer be written to.
    """
    check_loopback(host)
    screen = Screen(out, colour=colour, quiet=quiet)
    entry, stage = hostility
    if isinstance(entry, PolicyEntry) and host not in ("127.0.0.1", "localhost"):
        told = f"--host {host}: the domain of {entry.name} leads to 127.0.0.1"
        raise UsageError(told, "leave --host out")
    if not isinstance(entry, Entry) and certificate is not Certificate.GOOD:
        raise UsageError(
            f"--certificate does not go with --hostile {entry.name}",
            "policy-certificate-expired and others of that name are policy hosts with a bad one"
            if isinstance(entry, PolicyEntry)
            else "a name server has no certificate",
        )

    def heard(text: str) -> None:
        screen.note(Note(1, NoteKind.HEARD, text))

    with TemporaryDirectory(prefix="smtpprobe-hostile-") as folder:
        there = Listening(host, port, Path(folder), heard)
        match entry:
            case Entry():
                serving = _mail_server(entry, stage or entry.stages[0], certificate, there)
            case NameEntry():
                serving = _name_server(entry, there)
            case _:
                serving = _policy_host(entry, there)
        said: list[Line] = []
        listening = _told(serving, there, said)
        return await until_stopped(listening, screen, lambda: said)


@asynccontextmanager
async def _told(serving: Served, there: Listening, said: list[Line]) -> AsyncIterator[None]:
    """Serve for the time of the block; what is said of it is put into `said`."""
    try:
        lines = await serving.__aenter__()
    except OSError as error:
        raise cannot_listen(there.host, there.port, error) from None
    try:
        said.extend(lines)
        yield
    finally:
        await serving.__aexit__(None, None, None)


@asynccontextmanager
async def _mail_server(
    entry: Entry, stage: Stage, certificate: Certificate, there: Listening
) -> AsyncIterator[Sequence[Line]]:
    ca_file = there.folder / "ca.pem"
    talking = Conversation(
        server_context(certificate, ca_file),
        stage,
        tuple(entry.instead(IN_ORDER[stage])),
        on_line=lambda line: there.heard(_text(line)),
    )
    async with faults.serve([talking], host=there.host, port=there.port) as server:
        at = there.at(server.port)
        yield [
            _heading("server", entry, f", at {stage.value}"),
            _row("address", at),
            _row("CA file", f"{ca_file}  (for --ca-file)"),
            _row("result", entry.outcome_at(stage).value),
            _row("try", f"smtpprobe --ca-file {ca_file} {at}"),
        ]


@asynccontextmanager
async def _name_server(entry: NameEntry, there: Listening) -> AsyncIterator[Sequence[Line]]:
    def says(asked: Question) -> bytes | None:
        name = b".".join(asked.name).decode("utf-8", "surrogateescape")
        there.heard(f"{kind_name(asked.kind)} {name or '.'}{' (TCP)' if asked.tcp else ''}")
        return entry.says(asked)

    async with serving_names(says, there.host, there.port) as port:
        at = there.at(port)
        yield [
            _heading("name server", entry),
            _row("address", f"{at}, UDP and TCP"),
            _row("domain", "hostile.test and all below it"),
            _row("result", Outcome.FAILS.value),
            _row("try", f"smtpprobe starttls --resolver {at} hostile.test"),
        ]


@asynccontextmanager
async def _policy_host(entry: PolicyEntry, there: Listening) -> AsyncIterator[Sequence[Line]]:
    def heard(line: bytes) -> None:
        there.heard(_text(line))

    async with serving_domain(entry, there.folder, there.host, there.port, heard) as domain:
        yield [
            _heading("policy host", entry),
            _row("address", there.at(domain.policy_port)),
            _row("domain", "hostile.test; its other servers are in order"),
            _row("CA file", f"{domain.ca_file}  (for --ca-file)"),
            _row("DNS", there.at(domain.names_port)),
            _row("mail", there.at(domain.mail_port)),
            _row("result", POLICY_RESULTS[entry.outcome]),
            *_how_to_ask(domain, there),
        ]


POLICY_RESULTS: Final = {
    Outcome.FAILS: "no policy is used",
    Outcome.HOLDS: "its policy is used",
    Outcome.EITHER: Outcome.EITHER.value,
}
"""What a client must make of a policy host."""


def _how_to_ask(domain: Domain, there: Listening) -> list[Line]:
    asks = (
        f"smtpprobe starttls --ca-file {domain.ca_file} --resolver {there.at(domain.names_port)} "
        f"-p {domain.mail_port} hostile.test"
    )
    if domain.policy_port == HTTPS:
        return [_row("try", asks)]
    return [_row("try", f"with --port {HTTPS}, the port that clients ask:"), _row("", asks)]


def _text(octets: bytes) -> str:
    return octets.decode("utf-8", "surrogateescape").rstrip("\r\n")


def _heading(what: str, entry: AnyEntry, where: str = "") -> Line:
    text = f"hostile {what} {entry.name}: {entry.does}{where}; Ctrl-C stops it"
    return line(text, HEADING)


def _row(name: str, text: str) -> Line:
    return (Span(HINT, f"  {name:<11}"), Span(PLAIN, text))
