"""A dialogue as a script: each turn in the form in which it can be sent again. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import assert_never

from smtpprobe.present.escape import is_clean
from smtpprobe.protocol.command import first_word
from smtpprobe.protocol.pipelining import ends_group, grouped
from smtpprobe.script.importers.items import Connect, Eof, Got, Item, Note
from smtpprobe.script.importers.turns import Part, Step, Turn, What, paired
from smtpprobe.script.importers.writer import ScriptWriter

ONE_BY_ONE = "was sent in one go; here line by line, as it includes a message"


def in_groups(line: str) -> str:
    """Return the remark on lines that did not go out as they are: the first that ends a group."""
    return f"sent without waiting; here {first_word(line)} ends a group (RFC 2920, 3.1)"


def write_dialogue(items: Iterable[Item], writer: ScriptWriter, *, has_tls: bool) -> None:
    """Write a dialogue; a tool that has no TLS goes on in clear behind a STARTTLS."""
    parts = paired(items)
    for at, part in enumerate(parts):
        match part:
            case Turn():
                _Turn(part, writer, parts[at + 1 :], has_tls=has_tls).write()
            case Got():
                _reply(part, writer)
            case Note(text, lost, line):
                _note(text, line if lost else None, writer)
            case Connect(argument):
                writer.add(f":connect {argument}".rstrip())
            case Eof():
                writer.add("< eof")
            case _:
                assert_never(part)


class _Turn:
    def __init__(
        self, turn: Turn, writer: ScriptWriter, behind: list[Part], *, has_tls: bool
    ) -> None:
        self._turn = turn
        self._writer = writer
        self._behind = behind
        self._has_tls = has_tls

    def write(self) -> None:
        steps, greeting = self._turn.steps, self._turn.greeting
        together = all(map(_can_be_held, steps)) and len(steps) > 1
        if greeting is not None and not any(step.what is What.MESSAGE for step in steps):
            self._early(steps, greeting)
            return
        if greeting is not None:
            _reply(greeting, self._writer)
        if together:
            self._together(steps)
            return
        if len(steps) > 1:
            self._writer.comment(ONE_BY_ONE)
        for step in steps:
            self._step(step)
            _replies(step, self._writer)

    def _early(self, steps: list[Step], greeting: Got) -> None:
        """What went out before the greeting did not wait for it."""
        for step in steps:
            self._writer.place = (step.line, "")
            self._writer.command(step.text, exact=True)
        _reply(greeting, self._writer)
        for step in steps:
            _replies(step, self._writer)

    def _together(self, steps: list[Step]) -> None:
        """Lines that went out together, in groups where they can be met again so.

        A command that may only end a group followed none of those that the server answered. What
        follows STARTTLS has another meaning inside TLS, and what got no reply says that the
        server did not accept that: these are written as sent.
        """
        early = [step for step in steps[:-1] if ends_group(step.text)]
        asks_tls = any(first_word(step.text) == "STARTTLS" for step in early)
        if not early or asks_tls or not all(step.replies for step in steps):
            self._held(steps)
            return
        self._writer.comment(in_groups(early[0].text))
        for group in grouped(steps, lambda step: step.text):
            if len(group) > 1:
                self._held(group)
            else:
                self._step(group[0])
                _replies(group[0], self._writer)

    def _held(self, steps: list[Step]) -> None:
        self._writer.hold()
        for step in steps:
            last = step is steps[-1]
            self._writer.place = (step.line, "")
            asked = bool(step.replies) and (last or not step.is_data)
            self._command(step, exact=not asked)
        self._writer.flush()
        for step in steps:
            _replies(step, self._writer)

    def _step(self, step: Step) -> None:
        self._writer.place = (step.line, "")
        match step.what:
            case What.COMMAND:
                self._command(step, exact=not (step.replies or self._closes))
            case What.ANSWER:
                self._writer.answer(step.text)
            case What.MESSAGE:
                self._message(step)
            case _:
                assert_never(step.what)

    def _command(self, step: Step, *, exact: bool) -> None:
        writer = self._writer
        broken = step.message is not None and not _stands(step.message)
        broken = broken or (step.is_data and not step.replies) or not _stands(step)
        if not step.ended:
            writer.trouble("the octets after this BDAT do not match its count", step.line)
        clear = first_word(step.text) == "STARTTLS" and self._goes_on_in_clear(step)
        if exact or broken or clear:
            writer.command(step.text, exact=True)
            writer.exact(step.lines)
        elif step.lines:
            writer.chunk(step.text, step.lines)
        else:
            writer.command(step.text)

    def _message(self, step: Step) -> None:
        if _stands(step):
            self._writer.body(step.lines)
            return
        if not step.ended:
            self._writer.trouble("the message does not end here", step.line)
        self._writer.exact([*step.lines, *(["."] if step.ended else [])])

    @property
    def _closes(self) -> bool:
        following = (part for part in self._behind if not isinstance(part, Note))
        return isinstance(next(following, None), Eof)

    def _goes_on_in_clear(self, step: Step) -> bool:
        if self._has_tls or step.code != "220":
            return False
        return any(isinstance(part, Turn) for part in self._behind)


def _note(text: str, lost_at: int | None, writer: ScriptWriter) -> None:
    if lost_at is None:
        writer.comment(text)
    else:
        writer.trouble(text, lost_at)


def _stands(step: Step) -> bool:
    """Return whether its lines need no `>` in a script."""
    return step.ended and all(map(is_clean, step.lines))


def _can_be_held(step: Step) -> bool:
    return step.what is What.COMMAND and _stands(step) and is_clean(step.text)


def _replies(step: Step, writer: ScriptWriter) -> None:
    for reply in step.replies:
        _reply(reply, writer)


def _reply(reply: Got, writer: ScriptWriter) -> None:
    if reply.whole:
        writer.reply(reply.lines)
        return
    writer.trouble("the last line of this reply is missing", reply.line)
    for line in reply.lines:
        writer.comment(line)
    writer.add(f"< {reply.code}")
