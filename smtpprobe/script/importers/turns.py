"""Finds what belongs together in a dialogue: a reply to each command, its message to DATA. Pure.

Lines sent with no reply between them are one turn. A tool that pastes everything at once shows all
its lines before the first reply; so what a line was is known only when its reply has come.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum
from typing import TypeAlias, assert_never

from smtpprobe.protocol.command import first_word
from smtpprobe.script.importers.items import Connect, Eof, Got, Item, Note, Sent, Unseen
from smtpprobe.script.importers.writer import BDAT


class What(Enum):
    """What the client sent."""

    COMMAND = "command"
    ANSWER = "answer"
    MESSAGE = "message"


@dataclass(eq=False)
class Step:
    """One thing sent, and the replies to it.

    `lines` are those of a message, without its dot, or the octets of a BDAT. `ended` is False for
    a message whose dot is missing and octets that do not fit their number. `message` is the one
    that a DATA asked for. `line` is where it begins.
    """

    text: str
    what: What = What.COMMAND
    lines: list[str] = field(default_factory=list)
    replies: list[Got] = field(default_factory=list)
    ended: bool = True
    message: Step | None = None
    line: int = 0

    @property
    def is_data(self) -> bool:
        """Whether it is DATA."""
        return self.what is What.COMMAND and self.text.rstrip(" \t").upper() == "DATA"

    @property
    def code(self) -> str:
        """The code that it got; empty without a reply."""
        return self.replies[0].code if self.replies else ""


@dataclass(eq=False)
class Turn:
    """What went out without waiting; `greeting` came when all of it had been sent."""

    steps: list[Step] = field(default_factory=list)
    greeting: Got | None = None


Part: TypeAlias = Turn | Got | Note | Connect | Eof


def paired(items: Iterable[Item]) -> list[Part]:
    """Return the turns of a dialogue, and what is between them."""
    pairing = _Pairing()
    for item in items:
        pairing.take(item)
    pairing.end()
    return pairing.parts


class _Pairing:
    def __init__(self) -> None:
        self.parts: list[Part] = []
        self._notes: list[Note] = []
        self._begin()

    def _begin(self) -> None:
        self._turn: Turn | None = None
        self._last: Step | None = None
        self._waiting: deque[Step] = deque()
        self._open: Step | None = None
        self._left = 0
        self._greeted = False
        self._challenged = False

    def take(self, item: Item) -> None:
        match item:
            case Sent(text, line):
                self._sent(text, line)
            case Got():
                self._got(item)
            case Note():
                self._note(item)
            case Connect() | Eof():
                self.end()
                self.parts.append(item)
                self._begin()
            case Unseen(text, line):
                self._unseen(text, line)
            case _:
                assert_never(item)

    def end(self) -> None:
        """End the connection: what is open stays unended, what is kept back is given out."""
        self._open = None
        self.parts += self._notes
        self._notes = []

    def _note(self, note: Note) -> None:
        if self._open is None:
            self.parts.append(note)
        else:
            self._notes.append(note)  # a remark must not become message text

    def _sent(self, text: str, line: int) -> None:
        if self._open is None:
            self._command(text, line)
        elif self._open.what is What.MESSAGE:
            self._message_line(self._open, text)
        else:
            self._octets(self._open, text)

    def _command(self, text: str, line: int) -> None:
        answers = self._challenged and not self._waiting
        step = Step(text, What.ANSWER if answers else What.COMMAND, line=line)
        self._add(step)
        match = BDAT.fullmatch(text)
        if match and int(match[1]):
            self._left, self._open, step.ended = int(match[1]), step, False

    def _add(self, step: Step) -> None:
        if self._turn is None:
            self._turn = Turn()
            self.parts.append(self._turn)
        self._turn.steps.append(step)
        if self._greeted or first_word(step.text) != "PROXY":  # which is not answered
            self._waiting.append(step)
        self._last = step

    def _message_line(self, message: Step, text: str) -> None:
        if text == ".":
            message.ended = True
            self._close()
        else:
            message.lines.append(text)

    def _octets(self, chunk: Step, text: str) -> None:
        chunk.lines.append(text)
        self._left -= len(text.encode("utf-8", "surrogateescape")) + 2
        if self._left <= 0:
            chunk.ended = not self._left
            self._close()

    def _close(self) -> None:
        self._open = None
        self.parts += self._notes
        self._notes = []

    def _unseen(self, text: str, line: int) -> None:
        if self._open is not None and self._open.what is What.MESSAGE:
            self._open.ended = True
            self._open.lines.append("")
            self._close()
        self.parts.append(
            Note(
                f"{text}, which are not shown: the message differs from the original",
                lost=True,
                line=line,
            )
        )

    def _got(self, reply: Got) -> None:
        greets = not self._greeted and self._is_greeting(reply)
        self._greeted = True
        if self._open is not None and self._open.what is What.COMMAND:
            self._close()
        if greets:
            self._greeting(reply)
        elif self._waiting:
            self._answered(self._waiting.popleft(), reply)
        elif self._last is not None:
            self._last.replies.append(reply)
        else:
            self.parts.append(reply)
        self._challenged = reply.code == "334"
        if self._open is None or self._open.lines:
            self._turn = None

    def _is_greeting(self, reply: Got) -> bool:
        if not self._waiting:
            return True
        return reply.code == "220" and first_word(self._waiting[0].text) != "STARTTLS"

    def _greeting(self, reply: Got) -> None:
        if self._turn is None:
            self.parts.append(reply)
        else:
            self._turn.greeting = reply

    def _answered(self, step: Step, reply: Got) -> None:
        step.replies.append(reply)
        if not step.is_data or reply.code != "354":
            return
        message = step.message = Step("", What.MESSAGE, ended=False, line=step.line)
        if not self._waiting:
            self._turn = None
            self._add(message)
            self._open = message
            return
        self._sent_at_once(step, message)

    def _sent_at_once(self, data: Step, message: Step) -> None:
        """Make the lines behind DATA, up to the dot, the message that they turned out to be."""
        while self._waiting:
            step = self._waiting.popleft()
            turn = next(part for part in self._turns() if step in part.steps)
            turn.steps.remove(step)
            message.ended = step.text == "."
            if message.ended:
                break
            message.lines += [step.text, *step.lines]
        turn = next(part for part in self._turns() if data in part.steps)
        turn.steps.insert(turn.steps.index(data) + 1, message)
        self._waiting.appendleft(message)
        self._last = message
        self._open = None if message.ended else message

    def _turns(self) -> list[Turn]:
        return [part for part in self.parts if isinstance(part, Turn)]
