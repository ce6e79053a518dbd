"""What went out, as it stays on the screen: behind its prompt, secrets masked, bodies shortened."""

from __future__ import annotations

import re

from smtpprobe.present import spans
from smtpprobe.present.escape import quoted, shown
from smtpprobe.present.spans import Line, Span
from smtpprobe.protocol.command import Command, Kind
from smtpprobe.protocol.quantities import shown_octets
from smtpprobe.protocol.redact import masked

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
    lines = [entered_line(_numbered(prompt, index), text) for index, text in shown_lines]
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
