"""Any text: pasted sessions, bounces, lines of logs, lists of replies, replies quoted in prose."""

from __future__ import annotations

import re
from collections.abc import Sequence

from smtpprobe.explainer.formats.bounce import quoted
from smtpprobe.explainer.formats.client_dialog import answers
from smtpprobe.explainer.formats.dialogue import Dialogue
from smtpprobe.explainer.formats.log import PREFIX, LogLines
from smtpprobe.explainer.formats.session_log import SessionLog, is_continued, session_form
from smtpprobe.explainer.input.found_reply import Found

PARAGRAPH_LINES = 200
PARAGRAPH_CHARACTERS = 64 * 1024
"""How much is looked at as one paragraph; a longer one goes through line by line."""

LINE_CHARACTERS = 32 * 1024
"""How much of one line is looked at: what is longer is no reply, and only costs time."""

FOLDED_LINES = 12
"""Over how many lines a reply in a sentence may run."""

_BEGUN = re.compile(r"(?<=\s)([245][0-9]{2})-([245]\.[0-9]{1,3}\.[0-9]{1,3}) ")
_OWN_LINE = re.compile(r"\s*[2-5][0-9]{2}[ -]")


class TextLines:
    """Reads text paragraph by paragraph; `used` counts the lines that belonged to a reply."""

    def __init__(self) -> None:
        self._dialogue = Dialogue()
        self._log = LogLines()
        self._sessions = SessionLog()
        self._in_session = False
        self._paragraph: list[str] = []
        self._begin = 0
        self._held = 0
        self._used = 0

    @property
    def used(self) -> int:
        """How many lines so far were, or held, a reply."""
        return self._used + self._dialogue.used + self._sessions.used

    def read(self, line: bytes, number: int) -> list[Found]:
        """Take a line in; return the replies that are whole with it."""
        if session_form(line) is not None:
            self._in_session = True
            return [*self._end_paragraph(), *self._sessions.read(line, number)]
        if self._in_session and is_continued(line):
            return self._sessions.read(line, number)
        self._in_session = False
        if PREFIX.match(line):
            found = self._end_paragraph()
            logged = self._log.read(line, number)
            if logged is not None:
                self._used += 1
                found.append(logged)
            return found
        text = line[:LINE_CHARACTERS].decode("utf-8", "surrogateescape").rstrip("\r\n")
        if not text.strip():
            return [*self._end_paragraph(), *self._dialogue.blank()]
        found = []
        if len(self._paragraph) >= PARAGRAPH_LINES or self._held >= PARAGRAPH_CHARACTERS:
            found = self._end_paragraph()
        if not self._paragraph:
            self._begin = number
        self._paragraph.append(text)
        self._held += len(text)
        return found

    def close(self) -> list[Found]:
        """Return what is left at the end of the input."""
        return [*self._end_paragraph(), *self._dialogue.flush(), *self._sessions.close()]

    def _end_paragraph(self) -> list[Found]:
        lines, self._paragraph, self._held = self._paragraph, [], 0
        if not lines:
            return []
        found = quoted(lines, self._begin) or answers("\n".join(lines), self._begin)
        if found:
            self._used += len(found)
            return [*self._dialogue.flush(), *found]
        return self._talk(lines)

    def _talk(self, lines: list[str]) -> list[Found]:
        found: list[Found] = []
        place = 0
        while place < len(lines):
            number = self._begin + place
            quote = folded(lines[place : place + FOLDED_LINES])
            if quote is None:
                found += self._dialogue.line(lines[place], number)
                place += 1
                continue
            found += [*self._dialogue.flush(), Found(quote[0], line=number)]
            self._used += quote[1]
            place += quote[1]
        return found


def folded(lines: Sequence[str]) -> tuple[str, int] | None:
    """Return the reply that begins in the first line, and how many lines it covers; else None.

    Proof is a code with hyphen and enhanced code in mid-sentence, and later the same pair with a
    blank: only servers write that. A line that begins with a code is not a sentence.
    """
    match = _BEGUN.search(lines[0])
    if match is None or _OWN_LINE.match(lines[0]):
        return None
    last = re.compile(rf"(?:^|(?<=\s)){match[1]} {re.escape(match[2])}(?: |$)")
    for count, line in enumerate(lines[:FOLDED_LINES], 1):
        if last.search(line, match.end() if count == 1 else 0):
            return " ".join(" ".join(lines[:count]).split()), count
    return None
