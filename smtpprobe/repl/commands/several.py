"""Other connections beside the one at the prompt: `:on` talks to one of them, `:each` to all.

The connection at the prompt is `main`. What the others say is shown with their name before it,
whenever it comes; `:each` shows the replies to one line in columns.
"""

from __future__ import annotations

import asyncio
import re
import textwrap
from collections.abc import Iterable
from itertools import zip_longest
from typing import TYPE_CHECKING

from smtpprobe.client import Client
from smtpprobe.errors import ConnectFailed, ProbeError, UsageError
from smtpprobe.present import spans
from smtpprobe.present.escape import shown
from smtpprobe.present.prompt import BODY_PHASES
from smtpprobe.present.session import SessionView
from smtpprobe.present.spans import Line, Span
from smtpprobe.protocol.command import first_word, read_line
from smtpprobe.protocol.events import Received
from smtpprobe.protocol.happening import Happening
from smtpprobe.protocol.phase import PROMPT_WORDS, Phase
from smtpprobe.protocol.redact_events import learn_from, redacted_happening
from smtpprobe.protocol.reply import Reply
from smtpprobe.protocol.session import line_phase
from smtpprobe.protocol.target import parse_target
from smtpprobe.repl.wait import settled

if TYPE_CHECKING:
    from smtpprobe.repl.session import Session

MAIN = "main"
MOST = 8
"""How many other connections there may be."""

REPLY_SECONDS = 30.0
"""How long a reply is waited for where no `:timeout` says otherwise."""

NARROW = 24
"""Columns of text under which replies are shown below each other."""

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")


class Other:
    """One more connection: its client, and how what it says is shown."""

    def __init__(self, session: Session, name: str) -> None:
        self.name = name
        self.client = Client(session.client.options)
        self.muted = False
        self._session = session
        self._view = SessionView(session.view.detail, lambda: _room(session, name))
        self.client.subscribe(self._happened)

    def _happened(self, happening: Happening) -> None:
        learn_from(happening.event, self._session.secrets)
        if self.muted and isinstance(happening.event, Received):
            return
        lines = self._view.lines(redacted_happening(happening, self._session.secrets))
        self._session.show([_named(self.name, line) for line in lines])
        self._session.face.refresh()


async def on(session: Session, argument: str) -> None:
    """`:on [NAME [TARGET | LINE | :close]]`."""
    name, _, rest = argument.partition(" ")
    rest = rest.strip()
    if not name:
        _list(session)
        return
    if name == MAIN or not _NAME.fullmatch(name):
        raise UsageError(
            f"on: {shown(name)!r} cannot name another connection",
            "main is the one at the prompt: type its lines without :on" if name == MAIN
            else "a letter, then letters, digits and _, as in :on mx2 [mx2.example.org]",
        )  # fmt: skip
    other = session.others.get(name)
    if other is None or other.client.state.phase is Phase.CLOSED:
        await _open(session, name, rest)
    elif rest == ":close":
        await other.client.close()
        del session.others[name]
    elif rest:
        await _say(session, other.client, rest)
    else:
        session.say(_state(name, other.client))
        session.say(f"the prompt stays with {MAIN}: :on {name} LINE sends a line there")


async def each(session: Session, argument: str) -> None:
    """`:each LINE`: one line to all connections, their replies beside each other."""
    if not argument:
        raise UsageError("each: a line for the servers is missing", ":each EHLO me.example.org")
    clients = {MAIN: session.client} | {name: one.client for name, one in session.others.items()}
    open_ = {name: one for name, one in clients.items() if one.state.phase is not Phase.CLOSED}
    if not open_:
        raise UsageError("not connected", ":connect first, then :on NAME TARGET")
    for client in open_.values():
        _check(client, argument)
    for other in session.others.values():
        other.muted = True
    try:
        found = await asyncio.gather(*(_replies(session, one, argument) for one in open_.values()))
    finally:
        for other in session.others.values():
            other.muted = False
    said = dict(zip(open_, found, strict=True))
    session.show(_columns(said, session.face.width))
    session.say(_compared(said))


def _list(session: Session) -> None:
    session.say(_state(MAIN, session.client))
    for name, other in session.others.items():
        session.say(_state(name, other.client))


def _state(name: str, client: Client) -> str:
    state = client.state
    if state.phase is Phase.CLOSED:
        return f"{name}: not connected"
    return f"{name}: {shown(state.host)}, {PROMPT_WORDS[state.phase]}"


async def _open(session: Session, name: str, target: str) -> None:
    if not target:
        raise UsageError(f"on: {name} is not connected", f":on {name} [mx2.example.org]")
    if name not in session.others and len(session.others) >= MOST:
        raise UsageError(f"on: at most {MOST} other connections", ":on NAME :close closes one")
    parsed = parse_target(target)
    other = session.others[name] = Other(session, name)
    try:
        await other.client.open(parsed)
    except BaseException:
        session.others.pop(name, None)
        await other.client.close()
        raise


async def _say(session: Session, client: Client, text: str) -> None:
    _check(client, text)
    for problem in (await _replies(session, client, text))[1:]:
        session.say(problem, spans.WARNING)


def _check(client: Client, text: str) -> None:
    """Raise UsageError for what only the prompt's own connection can do without showing secrets."""
    if first_word(text) == "AUTH" or client.state.phase is Phase.AUTH:
        raise UsageError("logins work on the connection at the prompt only", ":auth, or :connect")
    if text.startswith(":"):
        raise UsageError(f"{shown(text)!r} is not a line for a server", "only :close, after :on")


async def _replies(session: Session, client: Client, text: str) -> list[str]:
    """Send a line; return the text of its replies in the first place, then why there is none."""
    heard: list[Reply] = []

    def hear(happening: Happening) -> None:
        exchange = redacted_happening(happening, session.secrets).exchange
        if exchange is not None:
            heard.append(exchange.reply)

    unsubscribe = client.subscribe(hear, Received)
    limit = session.queue.limit or REPLY_SECONDS
    trouble = []
    try:
        async with asyncio.timeout(limit):
            await client.send(read_line(text, line_phase(client.state, text)))
            await settled(client)
    except TimeoutError:
        trouble = [f"no reply within {limit:g}s"]
    except ConnectFailed as error:
        closing = client.state.phase is Phase.CLOSED and heard
        trouble = [] if closing else [error.message]
    except ProbeError as error:
        trouble = [error.message]
    finally:
        unsubscribe()
    told = "\n".join(line for reply in heard for line in _lines(reply))
    if not told and not trouble and client.state.phase in BODY_PHASES:
        told = "(message text)"
    return [told, *trouble]


def _lines(reply: Reply) -> Iterable[str]:
    return shown(reply.raw.decode("utf-8", "surrogateescape").rstrip("\r\n")).splitlines() or [""]


def _columns(said: dict[str, list[str]], width: int) -> list[Line]:
    """Return the replies beside each other, or below each other where there is no room."""
    texts = {name: [*told.splitlines(), *trouble] for name, (told, *trouble) in said.items()}
    room = (width + 3) // len(texts) - 3
    if room < NARROW:
        return [_named(name, spans.line(line)) for name, lines in texts.items() for line in lines]
    columns = [
        [name, *(part for line in lines for part in textwrap.wrap(line, room) or [""])]
        for name, lines in texts.items()
    ]
    rows = [
        " | ".join(cell.ljust(room) for cell in row).rstrip()
        for row in zip_longest(*columns, fillvalue="")
    ]
    return [spans.line(row, spans.HEADING if not n else spans.PLAIN) for n, row in enumerate(rows)]


def _compared(said: dict[str, list[str]]) -> str:
    codes = {
        name: told[:3] if told[:3].isdigit() else "no code" for name, (told, *_) in said.items()
    }
    if len(set(codes.values())) == 1:
        return f"all of {len(codes)}: {next(iter(codes.values()))}"
    return "codes differ: " + ", ".join(f"{name} {code}" for name, code in codes.items())


def _named(name: str, line: Line) -> Line:
    return (Span(spans.HINT, f"{name}| "), *line)


def _room(session: Session, name: str) -> int:
    return max(20, session.face.width - len(name) - 2)
