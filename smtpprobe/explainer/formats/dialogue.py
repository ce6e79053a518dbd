"""A pasted session, or a list of replies: lines in, replies out, each with what it answers."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable
from typing import TypeAlias

from smtpprobe.explainer.formats.dialogue_line import Said, code_of, is_continued, read_said
from smtpprobe.explainer.input.found_reply import Found
from smtpprobe.knowledge.pasted_session import SentLine
from smtpprobe.protocol.command import Command, Kind
from smtpprobe.protocol.verbs import CONTEXTS, VERBS, Argument, Context, Verb

PIPELINED = 1000
"""How many commands may wait for their replies; older ones are forgotten."""

WRAPPED_LINES = 3
"""Into how many lines a reply line may be wrapped, if the reply goes on after them."""

REPLY_LINES = 200
REPLY_CHARACTERS = 64 * 1024
"""The longest reply put together here; more of it begins another."""

_CONNECTED = re.compile(
    r"(?:=== )?Connected to (?P<name>[^\s(]+?)\.?(?: \(.*)?$|CONNECTED\([0-9A-F]+\)$"
    r"|(?:=== )?Trying \S+|Escape character is|connect: to \('(?P<python>[^']+)'"
    r"|connected to (?P<own>[^\s:]+)(?::[0-9]+)?(?: |,)"
)
TOLD_ALONE = frozenset({Argument.HOST, Argument.MECHANISM})
"""Commands typed without their argument by mistake, or abbreviated in prose."""

_TALKING = re.compile(r"\.\.\. while talking to (\S+?)\.?:$")


def _names(fits: Callable[[Verb], bool]) -> str:
    return "|".join(verb.name for verb in VERBS.values() if fits(verb))


_BEGINNINGS = "|".join(
    verb.beginning.removesuffix(":<").replace(" ", r"\s+")
    for verb in VERBS.values()
    if verb.beginning
)
_ALONE = _names(lambda verb: verb.argument in TOLD_ALONE or verb.argument.can_be_left_out)
_FOLLOWED = _names(lambda verb: verb.argument not in (Argument.NONE, Argument.PATH))
_COMMAND = re.compile(
    rf"(?i)(?:(?:{_BEGINNINGS})\s*:|(?:{_ALONE})\s*$|(?:{_FOLLOWED})\s+\S"
    rf"|(?-i:{_BEGINNINGS})\s+<?[^\s@]+@[^\s@]+\s*$)"
)
"""How a command line begins; prose begins with other words, or continues differently."""


_Asked: TypeAlias = "tuple[Context, str | None, str | None, Command | None]"
_Answered: TypeAlias = "tuple[Context | None, str | None, str | None, SentLine | None]"

_HELLOS = (Context.EHLO, Context.LHLO)

NOTHING_SENT = SentLine(Command(b"", Kind.RAW))
"""Before the first line of the client."""


def _line(text: str, kind: Kind) -> Command:
    return Command(text.strip().encode("utf-8", "surrogateescape"), kind)


class Dialogue:
    """Reads a session line by line; `used` counts the lines that belonged to a reply."""

    def __init__(self, *, greeting_due: bool = False) -> None:
        self.used = 0
        self._host: str | None = None
        self._greeting_due = greeting_due
        self._marked = False
        self._pending: deque[_Asked] = deque(maxlen=PIPELINED)
        self._body = False
        self._login = False
        self._sender: str | None = None
        self._sent = NOTHING_SENT
        self._lines: list[str] = []
        self._wrapped: list[str] = []
        self._held = 0
        self._begin = 0

    def line(self, line: str, number: int) -> list[Found]:
        """Take a line in; return the replies that it ends."""
        said = read_said(line)
        if said.by == "server":
            self._marked = self._marked or line.lstrip().startswith("<")
        return self.heard(said, number)

    @property
    def in_body(self) -> bool:
        """Return whether what a client says now is a message."""
        return self._body

    @property
    def is_owed(self) -> bool:
        """Return whether a command waits for its reply."""
        return bool(self._pending)

    def expect_greeting(self) -> None:
        """Begin another session: what the server says next is its greeting."""
        self._begin_session(None, greeting=True)

    def heard(self, said: Said, number: int) -> list[Found]:
        """Take in a line of either side; return the replies that it ends."""
        self._host = said.host or self._host
        if said.by != "server" and self._body:
            self._body = said.text not in {".", "\\n."}
            return []
        if said.by == "client" or (self._marked and said.by != "server"):
            return self._other(said.text, client=said.by == "client")
        if code_of(said.text) is None and "\n" not in said.text:
            if self._lines and not _COMMAND.match(said.text.strip()) and self._keeps(said.text):
                return []
            return self._other(said.text, client=False)
        self.used += 1
        return [one for part in said.text.split("\n") for one in self._reply_line(part, number)]

    def _keeps(self, text: str) -> bool:
        """Keep a line back that may be the rest of a wrapped reply line, until the next decides."""
        self._wrapped.append(text)
        return len(self._wrapped) < WRAPPED_LINES

    def blank(self) -> list[Found]:
        """Take an empty line in: outside a message a mark seen before counts no longer."""
        if not self._body:
            self._marked = False
        return self.flush()

    def flush(self) -> list[Found]:
        """Return the reply whose last line did not come, if one is begun."""
        return [self._whole()] if self._lines else []

    def _reply_line(self, text: str, number: int) -> list[Found]:
        found: list[Found] = []
        if code_of(text) is None:
            return found
        if self._lines and code_of(self._lines[-1]) == code_of(text):
            self._lines[-1] = " ".join([self._lines[-1], *self._wrapped])
            self.used += len(self._wrapped)
            self._held += sum(map(len, self._wrapped))
        self._wrapped.clear()
        if self._lines and (code_of(self._lines[-1]) != code_of(text) or self._is_full()):
            found.append(self._whole())
        if not self._lines:
            self._begin = number
        self._lines.append(text)
        self._held += len(text)
        if not is_continued(text):
            found.append(self._whole())
        return found

    def _is_full(self) -> bool:
        return len(self._lines) >= REPLY_LINES or self._held >= REPLY_CHARACTERS

    def _whole(self) -> Found:
        text = "\n".join(self._lines)
        self._lines.clear()
        self._wrapped.clear()
        self._held = 0
        context, recipient, sender, sent = self._answered(text)
        if context is Context.CONNECT and text.startswith("220"):
            words = text[4:].split(maxsplit=1)
            self._host = words[0] if words and "." in words[0] else self._host
        if context in _HELLOS and text.startswith("250"):
            self._sent = self._sent._replace(hello=text)
        shown = sent if text[:1] in ("4", "5") else None
        return Found(text, context, self._host, recipient, sender, self._begin, sent=shown)

    def _answered(self, text: str) -> _Answered:
        if self._greeting_due:
            self._greeting_due = False  # openssl shows only the end of the EHLO before TLS
            answers = not text.startswith("2") or text.startswith("220")
            return Context.CONNECT if answers else None, None, None, None
        if not self._pending:
            return None, None, None, None
        context, recipient, sender, command = self._pending.popleft()
        sent = None if command is None else self._sent._replace(command=command)
        if context in (Context.AUTH, Context.AUTH_STEP):
            self._login = text.startswith("334")
            self._sent = self._went_on(command) if self._login else self._sent
        if context is Context.DATA_END:
            self._body = False  # also where the log leaves the message out
        if context is Context.DATA and text.startswith("354"):
            self._body = True
            self._pending.append((Context.DATA_END, recipient, self._sender, None))
        return context, recipient, sender, sent

    def _went_on(self, command: Command | None) -> SentLine:
        """Return how far the login has come with this answer."""
        if command is None or command.kind is Kind.SASL:
            return self._sent._replace(answers=self._sent.answers + 1)
        answers = int(bool(command.initial_response))
        return self._sent._replace(mechanism=command.mechanism, answers=answers)

    def _other(self, text: str, *, client: bool) -> list[Found]:
        found = self.flush()
        stripped = text.strip()
        if (talking := _TALKING.search(stripped)) is not None:
            self._begin_session(talking[1], greeting=False)
        elif (connected := _CONNECTED.match(stripped)) is not None:
            self._begin_session(
                connected["name"] or connected["python"] or connected["own"], greeting=True
            )
        elif _COMMAND.match(stripped):
            self._command(stripped)
        elif self._login and (client or stripped):
            self._login = False
            self._pending.append((Context.AUTH_STEP, None, None, _line(text, Kind.SASL)))
        return found

    def _begin_session(self, host: str | None, *, greeting: bool) -> None:
        self._host = host or (self._host if self._greeting_due else None)
        self._greeting_due = greeting
        self._pending.clear()
        self._marked = self._login = False
        self._sender = None
        self._sent = NOTHING_SENT

    def _command(self, text: str) -> None:
        command = _line(text, Kind.COMMAND)
        context = Context.BDAT_LAST if command.last_chunk else CONTEXTS.get(command.verb)
        if context is None:
            return
        if context is Context.MAIL:
            self._sender = command.mailbox
        recipient = command.mailbox if context is Context.RCPT else None
        self._greeting_due = False
        self._pending.append((context, recipient, self._sender, command))
