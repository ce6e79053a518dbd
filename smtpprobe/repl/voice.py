"""How the program itself speaks at the prompt: remarks, errors, lines."""

from __future__ import annotations

from collections.abc import Sequence

from smtpprobe.errors import ProbeError
from smtpprobe.present import spans
from smtpprobe.present.session_view import SessionView, error_lines
from smtpprobe.present.spans import Line, Span
from smtpprobe.protocol.redact import Secrets
from smtpprobe.repl.face import Face


class Voice:
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
            lines = [tuple(Span(one.style, self._secrets.hide(one.text)) for one in line)
                     for line in lines]  # fmt: skip
        self._face.show(lines)

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
        """Tell that lines which waited are not sent; nothing is said of none."""
        if count:
            self.say(f"{count} waiting line{'s' if count > 1 else ''} not sent: {why}")
