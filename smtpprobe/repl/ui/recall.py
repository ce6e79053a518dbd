"""The kept lines as prompt_toolkit's history wants them."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence

from prompt_toolkit.history import History

from smtpprobe.repl.history import HistoryFile


class Recall(History):
    """Newest first; each new line is handed on to the file."""

    def __init__(self, file: HistoryFile) -> None:
        super().__init__()
        self._file = file

    def load_history_strings(self) -> Sequence[str]:
        """Return the lines, newest first."""
        return self._file.lines[::-1]

    def store_string(self, string: str) -> None:
        """Keep a line."""
        self._file.append(string)

    async def load(self) -> AsyncGenerator[str, None]:
        """Yield the lines, newest first."""
        for line in self.load_history_strings():
            yield line
