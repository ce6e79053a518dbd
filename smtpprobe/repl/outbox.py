"""Lines that wait for their turn, and what the line after them will be read as."""

from __future__ import annotations

from collections import deque
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from itertools import takewhile

from smtpprobe.protocol.command import Command, Kind, read_line
from smtpprobe.protocol.phase import Phase
from smtpprobe.protocol.session import State

_CHALLENGING = frozenset({"AUTH"})


@dataclass(frozen=True, slots=True)
class Entry:
    """Something entered: its text, and what to do when its turn has come.

    `command` tells that the text is a line for the server; `body` that it was typed as message
    text, so that it falls with a refused DATA; `answer` that it answers a challenge, so that it
    falls with the end of the login; `expects` that it looks at the reply to the line before it.
    `at_once` waits for no reply, `instead` needs no connection; `late` tells that it had to wait.
    """

    text: str
    run: Callable[[Entry], Awaitable[None]]
    command: bool = True
    body: bool = False
    answer: bool = False
    expects: bool = False
    at_once: bool = False
    instead: bool = False
    late: bool = False


@dataclass(slots=True)
class Outbox:
    """Entries in the order in which they were typed."""

    _entries: deque[Entry] = field(default_factory=deque)

    def __len__(self) -> int:
        return len(self._entries)

    def __iter__(self) -> Iterator[Entry]:
        return iter(self._entries)

    @property
    def head(self) -> Entry | None:
        """What goes next."""
        return self._entries[0] if self._entries else None

    def add(self, entry: Entry) -> None:
        """Put an entry behind the others."""
        self._entries.append(entry)

    def take(self) -> Entry:
        """Remove and return what goes next."""
        return self._entries.popleft()

    def clear(self) -> int:
        """Drop everything; return how many lines that was."""
        count = len(self._entries)
        self._entries.clear()
        return count

    def drop_unsent(self) -> int:
        """Drop what can no longer be sent, as the server closes; return how many lines.

        Expectations at the head stay: they are about what was sent. One behind a line that is
        dropped falls with it. What takes the connection's place needs none.
        """
        kept = list(takewhile(lambda entry: entry.expects or entry.instead, self._entries))
        count = len(self._entries) - len(kept)
        self._entries = deque(kept)
        return count

    def drop_body(self) -> int:
        """Drop the message text at the head (its DATA was refused); return how many lines.

        Expectations behind the text are about its reply, and fall with it.
        """
        return self._drop(lambda entry: entry.body)

    def drop_answers(self) -> int:
        """Drop the answers at the head (their login is over); return how many lines."""
        return self._drop(lambda entry: entry.answer)

    def _drop(self, falls: Callable[[Entry], bool]) -> int:
        count = 0
        while self._entries and (falls(self._entries[0]) or (count and self._entries[0].expects)):
            self._entries.popleft()
            count += 1
        return count


def phase_ahead(state: State, outbox: Outbox) -> Phase:
    """Return the phase in which a line typed now will be read, if all goes well before it.

    It decides whether a line is message text or an answer to a challenge while the reply that
    will tell is still awaited.
    """
    phase = state.phase
    for pending in state.pending:
        phase = _after(phase, pending.command)
    for entry in outbox:
        if entry.command:
            phase = _after(phase, read_line(entry.text, phase))
    return phase


def _after(phase: Phase, command: Command) -> Phase:
    match command.kind:
        case Kind.RAW:
            return phase
        case Kind.BODY:
            return Phase.READY if command.ends_data else phase
        case Kind.SASL:
            return Phase.AUTH
        case Kind.COMMAND:
            if command.verb == "DATA" and not command.exact:
                return Phase.DATA
            if command.verb in _CHALLENGING:
                return Phase.AUTH
            return Phase.BDAT if command.chunk else _plain(phase)


def _plain(phase: Phase) -> Phase:
    return Phase.READY if phase in (Phase.DATA, Phase.BDAT, Phase.AUTH) else phase
