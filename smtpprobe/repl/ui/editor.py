"""The user's own editor on a temporary file, readable by the user only."""

from __future__ import annotations

import asyncio
import os
import shlex
import signal
import tempfile
from pathlib import Path

from smtpprobe.secret_variables import without_secrets


async def edited(text: str, command: str) -> str | None:
    """Return the text as the editor left it; None when the editor could not run or failed.

    `command` may hold arguments; empty means $VISUAL, $EDITOR, vi.
    """
    path: Path | None = None
    quit_before = signal.signal(signal.SIGQUIT, _nothing)
    try:
        words = shlex.split(command or os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi")
        path = _written(text)
        process = await asyncio.create_subprocess_exec(*words, str(path), env=without_secrets())
        return _read(path) if await process.wait() == 0 else None
    except (OSError, ValueError):  # no such editor, no room for the file; an open quotation
        return None
    finally:
        signal.signal(signal.SIGQUIT, quit_before)
        if path is not None:
            _remove(path)


def _nothing(_number: int, _frame: object) -> None:
    """Do nothing at a signal of the keyboard: it goes to all programs of a terminal, so to both.

    A handler, as the editor would inherit what is ignored. Ctrl-C is for the faces to leave alone.
    """


def _written(text: str) -> Path:
    descriptor, name = tempfile.mkstemp(suffix=".eml", prefix="smtpprobe-")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", errors="surrogateescape") as file:
            file.write(text)
    except OSError:
        _remove(Path(name))
        raise
    return Path(name)


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="surrogateescape")


def _remove(path: Path) -> None:
    path.unlink(missing_ok=True)
