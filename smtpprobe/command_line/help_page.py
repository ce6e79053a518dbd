"""The help page of a command: usage, what it does, its options in two columns, and the rest.

Pure. A page is as wide as the terminal; what is wrapped is wrapped at blanks alone, so that an
option or a path within a sentence stays whole.
"""

from __future__ import annotations

from smtpprobe.help_text import folded

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from smtpprobe.command_line.options import Group, Option

INDENT = 2
"""Columns before an option."""

MEANINGS = 24
"""The column that the meanings begin in; an option that reaches it has a line of its own."""

_LEAST = 11
"""The columns that a meaning gets on the narrowest terminal."""


def drawn_page(
    usage: str, description: str, groups: Iterable[Group], epilog: str, columns: int
) -> str:
    """Return the page for a terminal of so many columns; ends with a line end."""
    width = columns - 2
    shown = [(group.title, group.shown) for group in groups]
    at = min(MEANINGS, max(width - 20, 2 * INDENT))
    parts = [f"usage: {usage}", description]
    parts += [_section(title, options, at, width) for title, options in shown if options]
    parts += [epilog] if epilog else []
    return "\n\n".join(parts) + "\n"


def _section(title: str, options: Sequence[Option], at: int, width: int) -> str:
    lines = [f"{title}:"]
    for option in options:
        head = " " * INDENT + option.invocation
        meaning = folded((option.meaning or "").split(), max(width - at, _LEAST))
        if len(head) <= at - 2:
            head = f"{head:{at}}{meaning.pop(0)}"
        lines += [head, *(" " * at + line for line in meaning)]
    return "\n".join(lines)
