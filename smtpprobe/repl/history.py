"""The history: which typed lines are kept, in which form, and the file they are kept in.

Never a secret, never message text; nobody else can read the file.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TextIO

from smtpprobe.errors import UsageError
from smtpprobe.present.prompt import BODY_PHASES
from smtpprobe.protocol.phase import Phase
from smtpprobe.protocol.redact import MASK
from smtpprobe.repl.commands.table import meant
from smtpprobe.repl.line_class import masked_typed
from smtpprobe.script.recordings.appended_file import AppendedFile

_NEVER_KEPT = frozenset({"b64", "secret", "let"})
ENTRIES = 5000
"""How many lines the history file holds."""


def kept_form(text: str, phase: Phase, *, ignore_space: bool = True) -> str:
    """Return the line as it may be kept, empty when it may not be at all.

    Kept are lines for the server and local commands. Of an AUTH line the mechanism is kept, the
    initial response is not, and so with whatever else may hold a password: it is kept up to there.
    Answers to challenges, message text, `:b64`, `:let` and `:secret` are not kept.
    """
    if not text.strip() or phase in BODY_PHASES or (ignore_space and text.startswith(" ")):
        return ""
    local = text.lstrip().startswith(":")
    if _NEVER_KEPT & meant(text) if local else phase is Phase.AUTH:
        return ""
    seen = masked_typed(text, phase)
    return text if seen == text else seen.partition(MASK)[0].rstrip()


class HistoryFile:
    """Appends lines and reads them back. Without a path, or where that fails, memory only.

    `most` is how many lines are kept from one run to the next. `warnings` are the errors in
    the file, a sentence each; `tell` takes those that come later.
    """

    def __init__(self, path: Path | None, most: int = ENTRIES) -> None:
        self.warnings: list[str] = []
        self.tell: Callable[[str], object] = self.warnings.append
        self._most = most
        self._path = path
        self.lines: list[str] = self._read() if path is not None else []

    def append(self, line: str) -> None:
        """Keep a line, unless it repeats the one before."""
        if "\n" in line or "\r" in line or (self.lines and self.lines[-1] == line):
            return
        self.lines.append(line)
        if self._path is not None:
            try:
                self._write(line)
            except UsageError as error:
                self._give_up(error.message)
            except OSError as error:
                self._give_up(f"cannot write the history {self._path}: {error.strerror}")

    def _read(self) -> list[str]:
        assert self._path is not None
        try:
            self._repair(self._path)
            text = self._path.read_text(encoding="utf-8", errors="surrogateescape")
        except FileNotFoundError:
            return []
        except OSError as error:
            self._give_up(f"cannot read the history {self._path}: {error.strerror}")
            return []
        lines = text.split("\n")[:-1]
        if len(lines) > self._most:
            lines = lines[-self._most :]
            self._rewrite(lines)
        return lines

    def _repair(self, path: Path) -> None:
        mode = path.stat().st_mode & 0o777
        if mode & 0o077:
            path.chmod(0o600)
            self.warnings.append(f"{path} was readable by others (mode {mode:o}); now 600")

    def _rewrite(self, lines: list[str]) -> None:
        assert self._path is not None
        short = self._path.with_name(f"{self._path.name}.{os.getpid()}")
        try:
            with _private(short) as file:
                file.writelines(f"{line}\n" for line in lines)
            short.replace(self._path)
        except OSError as error:
            with suppress(OSError):
                short.unlink()
            self._give_up(f"cannot write the history {self._path}: {error.strerror}")

    def _write(self, line: str) -> None:
        assert self._path is not None
        self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        # a program that was killed may have left half a line
        octets = f"{line}\n".encode("utf-8", "surrogateescape")
        AppendedFile(
            str(self._path), octets, "the history",
            lambda end: b"" if end.endswith(b"\n") else b"\n",
        ).close()  # fmt: skip

    def _give_up(self, why: str) -> None:
        self.tell(f"{why}; lines are kept until the end of the session")
        self._path = None


def _private(path: Path) -> TextIO:
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    return os.fdopen(descriptor, "a", encoding="utf-8", errors="surrogateescape")
