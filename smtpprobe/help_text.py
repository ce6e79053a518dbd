"""The form of help texts: folded between words, exit codes in columns; quick to import."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from smtpprobe.exits import ExitStatus

COLUMNS = 78
"""The width of a help text that does not go by the terminal's."""


def folded(words: Iterable[str], columns: int, between: str = " ") -> list[str]:
    """Return words in lines of at most `columns`; a longer word gets its own line."""
    lines: list[str] = []
    for word in words:
        if lines and len(lines[-1]) + len(between) + len(word) <= columns:
            lines[-1] += between + word
        else:
            lines.append(word)
    return lines


def exit_codes(meanings: Mapping[ExitStatus, str]) -> str:
    """Return the part of a help text that lists the exit codes of a command."""
    cells = [f"{status.value} {meanings[status]}" for status in sorted(meanings)]
    lines = folded(cells, COLUMNS - 2, "   ")
    return "\n".join(["exit codes:", *(f"  {line}" for line in lines)])
