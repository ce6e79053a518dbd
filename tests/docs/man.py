"""Writes docs/man/ by Sphinx from the pages it is made of: `python -m tests.docs.man`."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

DOCS = Path(__file__).parents[2] / "docs"
MAN = DOCS / "man"


def built(form: str, into: Path) -> None:
    """Build all pages in a form of Sphinx; a warning is an error.

    Raises:
        subprocess.CalledProcessError: with the warnings as its output.
    """
    with tempfile.TemporaryDirectory() as trees:
        command = [sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going", "-b", form]
        subprocess.run(
            [*command, "-d", trees, str(DOCS), str(into)],
            check=True,
            capture_output=True,
            text=True,
        )


def pages() -> dict[str, str]:
    """Return the manual pages by their names."""
    with tempfile.TemporaryDirectory() as folder:
        built("man", Path(folder))
        return {page.name: page.read_text() for page in sorted(Path(folder).glob("*.[1-8]"))}


if __name__ == "__main__":
    for name, text in pages().items():
        (MAN / name).write_text(text)
