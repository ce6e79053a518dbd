"""What the prompt itself shows: remarks, errors, and what went out as it stays on the screen.

A sent line follows its prompt, secrets masked, bodies shortened.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from smtpprobe.errors import ProbeError
from smtpprobe.present import spans
from smtpprobe.present.escape import quoted, shown
from smtpprobe.present.session import SessionView, error_lines
from smtpprobe.present.spans import Line, Span
from smtpprobe.protocol.command import Command, Kind
from smtpprobe.protocol.redact import Secrets, masked
from smtpprobe.protocol.units import shown_octets
from smtpprobe.repl.ui.interface import Face


class Output:
    """Shows lines on a face; the program's own remarks begin with `# `, like annotations.

    `secrets` are masked in everything.
    """

    def __init__(self, face: Face, view: SessionView, secrets: Secrets) -> None:
        self._face = face
        self._view = view
        self._secrets = secrets

    def show(self, lines: Sequence[Line]) -> None:
        """Show lines as they are."""
        if not self._secrets.is_empty:
            lines = [self._hidden(line) for line in lines]
        self._face.show(lines)

    def _hidden(self, line: Line) -> Line:
        # as a whole first: a line of the server's own is one beyond its styles
        text = "".join(one.text for one in line)
        if self._secrets.hide(text) == text:
            return line
        return tuple(Span(one.style, self._secrets.hide(one.text)) for one in line)

    def say(self, text: str, style: str = spans.NOTICE) -> None:
        """Show one remark."""
        self.show(self._view.wrapped([spans.line(f"# {text}", style)]))

    def complain(self, error: ProbeError | OSError) -> None:
        """Show an error: what is wrong, and what to do; of the system's, its words and the file."""
        if isinstance(error, ProbeError):
            self.show(error_lines(error.message, error.hint))
        else:
            self.show(error_lines(str(error.strerror or error), f"{error.filename or ''}"))

    def tell_dropped(self, count: int, why: str) -> None:
        """Report that queued lines are not sent; silent if there are none."""
        if count:
            self.say(f"{count} waiting line{'s' if count > 1 else ''} not sent: {why}")


PROMPT = "class:prompt"
BODY_LINES = 12
"""How many lines of a message sent in one write are shown."""


def entered_line(prompt: str, text: str) -> Line:
    """Return a line as typed behind its prompt."""
    return (Span(PROMPT, prompt), Span(spans.CLIENT, shown(text)))


def sent_lines(command: Command, prompt: str, *, secrets: bool = False) -> list[Line]:
    """Return the lines that show a command; `secrets` leaves credentials readable."""
    seen = command if secrets else masked(command)
    if seen.kind is Kind.RAW:
        return [(Span(PROMPT, prompt), Span(spans.CLIENT, _cut(f":raw {quoted(seen.raw)}")))]
    texts = seen.text.replace("\r\n", "\n").split("\n")
    shown_lines = enumerate(texts[:BODY_LINES])
    lines = [entered_line(_numbered(prompt, index), _cut(text)) for index, text in shown_lines]
    if len(texts) > BODY_LINES:
        rest = f"# ({len(texts) - BODY_LINES} more lines; {shown_octets(len(seen.raw))} in all)"
        lines.append(spans.line(rest, spans.NOTICE))
    return lines


def _cut(text: str) -> str:
    return text if len(text) <= 200 else f"{text[:200]}... ({len(text)} characters)"


def _numbered(prompt: str, index: int) -> str:
    """Return the prompt of the line `index` lines further on: `data 3| ` and so on."""
    return _DATA.sub(lambda match: f"data {int(match[1]) + index}| ", prompt) if index else prompt


_DATA = re.compile(r"^data (\d+)\| $")
