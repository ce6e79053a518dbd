"""Writes docs/swaks.md from the table of its options: `python -m tests.docs.swaks`."""

from __future__ import annotations

from pathlib import Path

from smtpprobe.script.importers.swaks_options import OPTIONS, Row, Takes

PAGE = Path(__file__).parents[2] / "docs" / "swaks.md"

HEAD = """\
# From swaks to smtpprobe

Generated from the program's table by `python -m tests.docs.swaks`; a test checks that it is
current, that every option of swaks 20240103 is listed, and that every option named here exists.

Most swaks lines work with `smtpprobe send` in place of `swaks`, and the target at the end. To
translate one:

    smtpprobe import swaks-command "swaks --to you@example.org --server mx.example.org --tls"

It prints the `smtpprobe send` line; what it cannot express goes to standard error, with exit code
1. A transcript of swaks becomes a script with `smtpprobe import swaks FILE`.

What differs without any option:

- STARTTLS is used where it is offered (`--no-starttls` is what swaks does), and SNI is sent.
- Every MX host and address is tried until one sends a greeting. A domain with a null MX gets no
  mail: exit code 5.
- Commands are pipelined where PIPELINING is offered (`--no-pipeline`); `SIZE=`, `BODY=` and
  `SMTPUTF8` are sent where they are needed and offered.
- A password is not sent in the clear, except with `--force`.
- Exit codes: 0 when every recipient was accepted, 1 when one or the message was refused, 4 when
  it could not talk or the delivery is unknown. `--json` says at which step.

| swaks | smtpprobe send |
|---|---|
"""


def page() -> str:
    """Return the page."""
    return HEAD + "".join(f"| {_names(row)} | {_here(row)} |\n" for row in OPTIONS)


def _names(row: Row) -> str:
    value = {Takes.NOTHING: "", Takes.VALUE: " X", Takes.MAYBE: " [X]"}[row.takes]
    first, *others = row.names
    hyphens = "-" if len(first) == 1 else "--"
    return ", ".join((f"`{hyphens}{first}{value}`", *(f"`-{other}`" for other in others)))


def _here(row: Row) -> str:
    told = row.does.replace("|", "\\|")
    if row.does and (not row.option or f"`{row.option}" in row.does):
        return told
    value = " X" if row.passes and row.option not in ("--quiet", "--dry-run") else ""
    return f"`{row.option}{value}`" + (f"; {told}" if told else "")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
