"""Local commands that send: answers, held lines, raw octets, files as messages."""

from __future__ import annotations

import asyncio
import re
import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from smtpprobe.errors import ConnectFailed, UsageError
from smtpprobe.present.prompt import BODY_PHASES
from smtpprobe.protocol.auth.sasl import coded, octets
from smtpprobe.protocol.command import Command, Kind, dot_stuff, exact_line, raw_command, read_line
from smtpprobe.protocol.phase import Phase
from smtpprobe.protocol.units import parse_duration, parse_size, shown_octets
from smtpprobe.repl.stray_answer import consented, held_phase
from smtpprobe.repl.wait import reply_to
from smtpprobe.script.language.pace import read_pace

if TYPE_CHECKING:
    from smtpprobe.repl.session import Session


CHUNK = 64 * 1024
BODY_LIMIT = 256 * 1024**2
"""A file larger than this is no test message but a mistake."""


async def b64(session: Session, argument: str) -> None:
    """`:b64 TEXT`."""
    if session.state.phase is not Phase.AUTH:
        raise UsageError(
            "b64: no challenge (334) is pending; nothing sent",
            "AUTH LOGIN gets one; :auth LOGIN bob does the whole login",
        )
    encoded = session.acknowledged(argument)
    if encoded is None:
        encoded = coded(octets(argument))
    await session.client.send(read_line(encoded, session.state.phase))


async def hold(session: Session, _argument: str) -> None:
    """`:hold`."""
    if session.held is None:
        session.held = []
        session.say("collecting lines; :flush sends them, Ctrl-C discards them")
    session.face.refresh()


async def flush(session: Session, _argument: str) -> None:
    """`:flush`."""
    held, session.held = session.held, None
    if held is None:
        raise UsageError("nothing is held", "use :hold to collect lines")
    commands = []
    for number, line in enumerate(held):
        command = held_command(line, held[:number])
        permitted = command if command.kind is Kind.SASL else await consented(session, command)
        if permitted is None:
            return
        commands.append(permitted)
    await session.client.send_together(commands)


def held_command(line: str, before: Sequence[str] = ()) -> Command:
    """Return a collected line as a command: `> LINE` as is; `before` are held before it."""
    bare = line.lstrip()
    phase = held_phase(before, bare.removeprefix(">"))
    if bare.startswith(">"):
        return exact_line(bare[1:].removeprefix(" "), phase)
    return read_line(line, phase)


async def raw(session: Session, argument: str) -> None:
    """`:raw "bytes"`."""
    command = await consented(session, raw_command(unquoted(argument), session.state.phase))
    if command is not None:
        await session.client.send(command)


_ESCAPES = {"r": b"\r", "n": b"\n", "t": b"\t", "0": b"\0", '"': b'"', "\\": b"\\"}
_TOKEN = re.compile(r'\\x([0-9a-fA-F]{2})|\\([rnt0"\\])|([^\\"])')


def unquoted(text: str) -> bytes:
    r"""Return the octets of a string `"..."` with the escapes `\r \n \t \0 \xHH \" \\`.

    Raises:
        UsageError: it is not such a string.
    """
    found, position, inner = b"", 0, text.strip()
    if len(inner) < 2 or inner[0] != '"' or inner[-1] != '"':
        raise UsageError("raw: put the octets in quotes", r':raw "NOOP\r\n"')
    inner = inner[1:-1]
    while position < len(inner):
        match = _TOKEN.match(inner, position)
        if match is None:
            raise UsageError(
                f"raw: cannot read {inner[position : position + 2]!r}",
                r"escapes: \r \n \t \0 \xHH \" \\ ".rstrip(),
            )
        if match[1]:
            found += bytes.fromhex(match[1])
        elif match[2]:
            found += _ESCAPES[match[2]]
        else:
            found += match[3].encode("utf-8", "surrogateescape")
        position = match.end()
    return found


async def rate(session: Session, argument: str) -> None:
    """`:rate [N/s] [--segment N] | off`."""
    client = session.client
    if argument:
        client.options = client.options._replace(pace=read_pace(argument))
    if (pace := client.options.pace) is None:
        session.say("no rate limit: lines are sent immediately")
    else:
        how = f"{pace}" if pace.rate else f"full speed, {pace}"
        session.say(f"sending at {how} from now on; :rate off ends it")


async def sleep(_session: Session, argument: str) -> None:
    """`:sleep D`."""
    await asyncio.sleep(parse_duration(argument))


class FileWords(NamedTuple):
    """What `:data` and `:bdat` were given."""

    octets: bytes
    raw: bool
    no_dot: bool
    chunk: int


def file_words(argument: str, allowed: tuple[str, ...]) -> FileWords:
    """Return the file's octets and the options of `:data` or `:bdat`.

    Raises:
        UsageError: an option is unknown, or the file cannot be read.
    """
    try:
        words = shlex.split(argument)
    except ValueError as error:
        raise UsageError(f"{argument!r}: {error}") from None
    chunk = CHUNK
    if "--chunk" in allowed and "--chunk" in words[:-1]:
        place = words.index("--chunk")
        chunk = parse_size(words[place + 1]) or CHUNK
        del words[place : place + 2]
    flags = {word for word in words if word.startswith("--")}
    names = [word for word in words if word not in flags]
    unknown = flags - set(allowed)
    if unknown or len(names) != 1:
        shown = " ".join(f"[{word}]" for word in allowed)
        raise UsageError(f"{argument!r} is not FILE {shown}".rstrip())
    return FileWords(read_file(names[0]), "--raw" in flags, "--no-dot" in flags, chunk)


def read_file(name: str) -> bytes:
    """Return a file's octets; raises UsageError when it cannot be read or is too large."""
    path = Path(name).expanduser()
    try:
        if path.stat().st_size > BODY_LIMIT:
            raise UsageError(f"{name} is larger than {shown_octets(BODY_LIMIT)}")
        return path.read_bytes()
    except OSError as error:
        raise UsageError(f"cannot read {name}: {error.strerror}") from None


async def data(session: Session, argument: str) -> None:
    """`:data FILE [--raw] [--no-dot]`; in an open body the file only."""
    words = file_words(argument, ("--raw", "--no-dot"))
    octets = words.octets if words.raw else dot_stuff(words.octets)
    if session.state.phase is not Phase.DATA:
        exchange = await reply_to(session.client, read_line("DATA", session.state.phase))
        if exchange.reply.code != 354:
            session.say("message not sent: the reply was not 354")
            return
    ended = b"" if words.no_dot else b".\r\n"
    command = Command(octets + ended, Kind.BODY, exact=words.raw, ends_data=not words.no_dot)
    await session.client.send(command)


async def bdat(session: Session, argument: str) -> None:
    """`:bdat FILE [--chunk N]`."""
    words = file_words(argument, ("--chunk",))
    chunks = [
        words.octets[start : start + words.chunk]
        for start in range(0, len(words.octets), words.chunk)
    ] or [b""]
    for index, chunk in enumerate(chunks):
        last = " LAST" if index == len(chunks) - 1 else ""
        await _send_chunk(session, f"BDAT {len(chunk)}{last}", chunk)
        if session.last is not None and session.last.reply.code != 250:
            if not last:
                session.say(f"{len(chunks) - index - 1} chunks not sent")
            return


async def _send_chunk(session: Session, line: str, chunk: bytes) -> None:
    """The reply to BDAT comes after its octets, so both go out before it is awaited."""
    waiter = asyncio.ensure_future(reply_to(session.client, read_line(line, Phase.RCPT)))
    try:
        await asyncio.sleep(0)
        if chunk and session.state.phase in BODY_PHASES:
            await session.client.send(Command(chunk, Kind.BODY))
        await waiter
    except ConnectFailed:
        waiter.cancel()
        raise
    finally:
        waiter.cancel()
