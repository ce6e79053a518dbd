"""The user's own editor on a temporary file that nobody else can read."""

from __future__ import annotations

import asyncio
import os
import shlex
import tempfile
from pathlib import Path


async def edited(text: str, command: str) -> str | None:
    """Return the text as the editor left it; None when the editor could not run or failed.

    `command` may hold arguments; empty means $VISUAL, $EDITOR, vi.
    """
    words = shlex.split(command or os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi")
    descriptor, name = tempfile.mkstemp(suffix=".eml", prefix="smtpprobe-")
    path = Path(name)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", errors="surrogateescape") as file:
            file.write(text)
        process = await asyncio.create_subprocess_exec(*words, name)
        if await process.wait() != 0:
            return None
        return path.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return None
    finally:
        path.unlink(missing_ok=True)
