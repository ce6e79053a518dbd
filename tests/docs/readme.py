"""Writes the parts of README.md that the program's tables hold: `python -m tests.docs.readme`."""

from __future__ import annotations

from pathlib import Path

from smtpprobe.exits import ExitStatus

PAGE = Path(__file__).parents[2] / "README.md"

EXIT_CODES = "## Exit codes\n\n"


def with_tables(page: str) -> str:
    """Return the page with its table of exit codes made anew."""
    before, head, rest = page.partition(EXIT_CODES)
    behind = rest[rest.index("\n\n") :]
    rows = [_row(status) for status in sorted(ExitStatus)]
    return before + head + "\n".join(["| code | meaning |", "|---|---|", *rows]) + behind


def _row(status: ExitStatus) -> str:
    details = f" ({status.details})" if status.details else ""
    return f"| {int(status)} | {status.meaning}{details} |"


if __name__ == "__main__":
    PAGE.write_text(with_tables(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
