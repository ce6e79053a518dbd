"""What `>` and `:raw` sent without waiting: the replies due, and the messages about them.

A `> line` gets one reply, in an open message only the dot does. `:raw` is the same where it is one
whole line with its CRLF; else how many replies come is for the server to say, and none is counted.
"""

from __future__ import annotations

from collections import deque

from smtpprobe.named_tuple import NamedTuple
from smtpprobe.protocol.command import Command, Kind
from smtpprobe.protocol.phase import Phase
from smtpprobe.protocol.session import Exchange
from smtpprobe.script.language.steps import Place
from smtpprobe.script.runner.matching.wording import taking

_REMEMBERED = 1000
"""How many lines are kept with their places, as their replies may be under way."""


_KEPT = 1000
"""Octets that are kept of what gets no reply."""


class _Line(NamedTuple):
    """What was sent, by which word of the language, and its place."""

    command: Command
    word: str
    place: Place

    def __str__(self) -> str:
        included = f" of {self.place.file}" if self.place.file else ""
        return f'"{self.word}" in line {self.place.line}{included}'


class AtOnce:
    """Remembers what was sent at once on a connection."""

    def __init__(self) -> None:
        self._sent: deque[_Line] = deque(maxlen=_REMEMBERED)
        self._uncounted = 0

    def forget(self) -> None:
        """Forget all: a step waited for what was sent, or the connection is another one."""
        self._sent.clear()
        self._uncounted = 0

    def sent(self, command: Command, word: str, place: Place) -> None:
        """Note what goes out by `>` or `:raw`."""
        if command.kind is Kind.RAW:
            self._uncounted += command.raw.count(b"\n")
        if len(command.raw) > _KEPT and command.kind is not Kind.COMMAND and not command.ends_data:
            # a portion of a file, which gets no reply: its last octets say whether a line ended
            command = command._replace(raw=command.raw[-_KEPT:])
        self._sent.append(_Line(command, word, place))

    def unasked(self) -> None:
        """Note a reply that was looked at and answers no line."""
        if self._uncounted:
            self._uncounted -= 1

    @property
    def more_may_come(self) -> bool:
        """Whether uncounted replies may still come: fewer came than lines went out."""
        return self._uncounted > 0

    def help(self, exchange: Exchange) -> tuple[str, ...]:
        """Return the hint about an unchecked reply; nothing for an unsolicited one."""
        right = taking(exchange.reply)
        line = next((one for one in self._sent if one.command is exchange.command), None)
        if line is not None:
            return (f'{line} gets this reply: write {right} below it, or "<* any"',)
        raws = (one for one in self._sent if one.command.kind is Kind.RAW)
        if exchange.command is None and self._uncounted and (line := next(raws, None)):
            told = f"{line} is not exactly one line, so its replies are not counted"
            return (f'{told}: write {right} below it for each, or "<* any"',)
        return ()

    def why_none(self, phase: Phase) -> str:
        """Return why no reply is due to what was sent."""
        if phase in (Phase.DATA, Phase.BDAT):
            end = 'its dot ("> .")' if phase is Phase.DATA else "its last octet"
            return f"none is due: a message is open, and only {end} gets a reply"
        last = self._sent[-1] if self._sent else None
        if last is None or last.command.kind is not Kind.RAW:
            return "none is due: everything sent has been answered"
        if b"\n" in last.command.raw:
            told = "is not exactly one line, so its replies are not counted"
            return f"none is known to be due: {last} {told}"
        return rf"none is due: {last} does not end its line (\r\n)"
