"""Any text: pasted sessions, bounces, lines of logs, lists of replies, and prose around them."""

from __future__ import annotations

from smtpprobe.explain.bounce_text import quoted
from smtpprobe.explain.dialogue import Dialogue
from smtpprobe.explain.folded import FOLDED_LINES, folded
from smtpprobe.explain.found import Found
from smtpprobe.explain.log_lines import PREFIX, LogLines
from smtpprobe.explain.session_log import SessionLog, is_continued
from smtpprobe.explain.session_log import form_of as session_form

PARAGRAPH_LINES = 200
PARAGRAPH_CHARACTERS = 64 * 1024
"""How much is looked at as one paragraph; a longer one goes through line by line."""

LINE_CHARACTERS = 32 * 1024
"""How much of one line is looked at: what is longer is no reply, and only costs time."""


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
        found = quoted(lines, self._begin)
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
