"""A recorded session from the server's side: its replies to each command, and what it did unasked.

Pure: the events of a recording in, one `RecordedConnection` out for each connection.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import TypeAlias, assert_never

from smtpprobe.protocol.command import Command, Kind
from smtpprobe.protocol.events import (
    By,
    Closed,
    Event,
    HalfClosed,
    Opened,
    Received,
    Remarked,
    Secured,
    Sent,
    Waived,
)
from smtpprobe.protocol.reply import Reply
from smtpprobe.protocol.session import START, Exchange, State, advance, shortened
from smtpprobe.protocol.target import Target
from smtpprobe.protocol.verbs import Context


@dataclass(frozen=True, slots=True)
class Speak:
    """The server said these octets, `delay` seconds after what went before.

    `after` is how many octets the client had sent by then that nothing had answered: message text
    still going on, half a line.
    """

    octets: bytes
    delay: float = 0.0
    after: int = 0


@dataclass(frozen=True, slots=True)
class Secure:
    """A TLS handshake took place.

    With `keep`, what the client had sent in clear behind its STARTTLS was answered inside TLS.
    """

    keep: bool = False
    delay = 0.0
    after = 0


@dataclass(frozen=True, slots=True)
class Leave:
    """The server closed the connection; `delay` and `after` as in Speak."""

    delay: float = 0.0
    after: int = 0


Deed: TypeAlias = Speak | Secure | Leave


@dataclass(frozen=True, slots=True)
class Asked:
    """What a client can ask: a command by its verb, a challenge answered, a message ended.

    An answer has the verb `*` if it cancels (RFC 4954 4), the end of a message none.
    """

    kind: Kind
    verb: str = ""


@dataclass(frozen=True, slots=True)
class RecordedExchange:
    """The command, its replies (none where the server was silent), and what followed unsolicited.

    `words` are those of the command (see `words_of`), `code` is that of the last reply.
    """

    asked: Asked
    words: str = ""
    code: int | None = None
    replies: tuple[Speak, ...] = ()
    then: tuple[Deed, ...] = ()


@dataclass(frozen=True, slots=True)
class RecordedConnection:
    """One connection: what the server did before it was asked anything, then the exchanges.

    `target` and `host` are what the client had connected to, None and empty if the recording
    does not say; `begun` is False where it begins inside a session, without the greeting. `name`
    is what a script called it by, empty for its main connection.
    """

    opening: tuple[Deed, ...]
    exchanges: tuple[RecordedExchange, ...]
    target: Target | None = None
    host: str = ""
    implicit_tls: bool = False
    begun: bool = True
    name: str = ""


def asked(command: Command) -> Asked:
    """Return what a command asks, whatever its argument."""
    if command.kind is Kind.SASL:
        return Asked(Kind.SASL, "*" if command.text.strip() == "*" else "")
    return Asked(command.kind, command.verb)


def words_of(command: Command) -> str:
    """Return the words of a command by which it is known again: blanks and case do not count."""
    return " ".join(command.text.lower().split()) if command.kind is Kind.COMMAND else ""


def recorded_connections(
    events: Iterable[Event], partial: bytes = b"", *, name: str = "", timing: bool = False
) -> tuple[RecordedConnection, ...]:
    """Return the connections of a recording; `partial` is a reply that it does not hold whole.

    `name` is theirs. Without `timing` all delays are 0.
    """
    drafts: list[_Draft] = []
    for event in events:
        if not drafts or drafts[-1].closed or isinstance(event, Opened):
            drafts.append(_Draft(name, timing=timing))
        drafts[-1].take(event)
    if drafts and partial:
        drafts[-1].unasked(partial, 0.0)
    return tuple(draft.done() for draft in drafts)


def _tls_at_once(opened: Opened) -> bool:
    """Return whether the session used implicit TLS; imported scripts show it by target only."""
    imported = not opened.peer
    return opened.tls is not None or (imported and opened.target.implicit_tls)


@dataclass
class _Asked:
    """An exchange in the making."""

    asked: Asked
    at: float
    words: str = ""
    exact: bool = False
    in_tls: bool = False
    code: int | None = None
    replies: list[Speak] = field(default_factory=list)
    in_pieces: bool = False
    then: list[Deed] = field(default_factory=list)

    def done(self) -> RecordedExchange:
        then = tuple(self.then)
        starts_tls = self.asked.verb == "STARTTLS" and self.code == 220 and not self.exact
        if starts_tls and not any(isinstance(deed, Secure) or deed.after for deed in then):
            then = (Secure(), *then)
        return RecordedExchange(self.asked, self.words, self.code, tuple(self.replies), then)


class _Draft:
    """A connection in the making; replies pair with commands as everywhere, in order.

    Lines sent as raw octets are owed no reply by the session, but were answered anyway:
    replies that nothing else waits for belong to them.
    """

    def __init__(self, name: str, *, timing: bool) -> None:
        self.closed = False
        self._name = name
        self._timing = timing
        self._state: State = START
        self._opened: Opened | None = None
        self._begun = True
        self._opening = _Asked(Asked(Kind.RAW), 0.0)
        self._asked: list[_Asked] = []
        self._waiting: dict[int, _Asked] = {}
        self._raw = b""
        self._raw_lines: deque[_Asked] = deque()
        self._unanswered = 0
        self._answered: _Asked = self._opening
        self._secured_by: _Asked = self._opening
        self._unmet = False
        self._said_at = 0.0
        self._last_at = 0.0
        self._in_tls = False

    def take(self, event: Event) -> None:
        """Take the next event in."""
        first = self._state is START
        state, exchange = advance(self._state, event)
        self._state = shortened(state)
        match event:
            case Opened(at=at):
                self._opened, self._opening.at = event, at
            case Sent(at=at, command=command):
                self._begun = self._begun and not first
                self._sent(command, at)
            case Received(at=at, reply=reply):
                assert exchange is not None
                self._received(reply, exchange, at)
            case Secured():
                self._secured(event)
            case Closed(at=at, by=by):
                self.closed = True
                if by is By.THEM:
                    self._left(at)
            case Waived() | HalfClosed() | Remarked():
                pass  # the client waited no longer, or can say no more; the server did nothing
            case _:
                assert_never(event)
        self._last_at = event.at

    def unasked(self, octets: bytes, delay: float) -> None:
        """Take octets in that answer nothing."""
        self._last.then.append(Speak(octets, delay, self._unanswered))

    def done(self) -> RecordedConnection:
        """Return the connection as far as it is known."""
        opened = self._opened
        return RecordedConnection(
            (*self._opening.replies, *self._opening.then),
            tuple(draft.done() for draft in self._asked),
            opened.target if opened else None,
            opened.host if opened else "",
            implicit_tls=opened is not None and _tls_at_once(opened),
            begun=self._begun,
            name=self._name,
        )

    @property
    def _last(self) -> _Asked:
        return self._asked[-1] if self._asked else self._opening

    def _delay(self, at: float, *since: float) -> float:
        return max(0.0, at - max(since, default=self._last_at)) if self._timing else 0.0

    def _sent(self, command: Command, at: float) -> None:
        if command.kind is Kind.RAW:
            self._sent_raw(command.raw, at)
        elif command.kind is Kind.BODY and not command.ends_data:
            if self._last.asked.verb == "BDAT":
                self._last.at = at
            else:
                self._unanswered += len(command.raw)
        else:
            self._waiting[id(command)] = self._ask(command, at)

    def _sent_raw(self, octets: bytes, at: float) -> None:
        *lines, self._raw = (self._raw + octets).split(b"\n")
        for line in lines:
            command = Command(line + b"\n", Kind.COMMAND, exact=True)
            self._raw_lines.append(self._ask(command, at))
        self._unanswered = self._unanswered + len(octets) if not lines else len(self._raw)

    def _ask(self, command: Command, at: float) -> _Asked:
        self._unanswered = 0
        draft = _Asked(asked(command), at, words_of(command), command.exact, self._in_tls)
        self._asked.append(draft)
        return draft

    def _received(self, reply: Reply, exchange: Exchange, at: float) -> None:
        to = self._waiting.get(id(exchange.command))
        if exchange.context is Context.CONNECT:
            to = self._opening
        elif to is None and self._raw_lines:
            to = self._raw_lines[0] if reply.piece else self._raw_lines.popleft()
        if to is None:
            self.unasked(reply.raw, self._delay(at))
        else:
            self._answer(to, reply, at)
        self._said_at = at

    def _answer(self, to: _Asked, reply: Reply, at: float) -> None:
        if to.in_pieces:
            to.replies[-1] = replace(to.replies[-1], octets=to.replies[-1].octets + reply.raw)
        else:
            to.replies.append(Speak(reply.raw, self._delay(at, to.at, self._said_at)))
        to.in_pieces = reply.piece
        to.code = reply.code
        self._answered = to
        if self._in_tls and not to.in_tls:
            self._secured_by.then = [
                Secure(keep=True) if isinstance(deed, Secure) else deed
                for deed in self._secured_by.then
            ]

    def _secured(self, event: Secured) -> None:
        to = self._secured_by = self._answered
        self._in_tls = event.tls.ok
        self._unmet = not (event.tls.ok or event.surplus or event.tls.chain)
        if event.surplus and not event.tls.ok:
            to.then += [Speak(event.surplus, after=1), Leave()]
            return
        if event.surplus and to.replies:
            to.replies[-1] = replace(to.replies[-1], octets=to.replies[-1].octets + event.surplus)
        to.then.append(Secure())

    def _left(self, at: float) -> None:
        if self._unmet:  # it closed where its side of the handshake should have been
            self._secured_by.then[-1:] = [Leave(self._delay(at), after=1)]
        else:
            self._last.then.append(Leave(self._delay(at), self._unanswered))
