"""What is still missing in a line that was proposed: an address, or an argument.

Only proposals are looked at so. What somebody types is theirs: `MAIL FROM:<>` is the null sender.
"""

from __future__ import annotations

from smtpprobe.protocol.command import first_word

ADDRESS = {"MAIL": "you@domain", "RCPT": "user@domain"}
"""What stands for the address that belongs into an empty path."""

NULL_SENDER = "null sender"
"""How a sender that is empty on purpose is called where it can be chosen."""

OPEN, EMPTY = "<", "<>"


def placeholder(line: str) -> str:
    """Return what stands for the address in a line that ends in an empty path; else nothing."""
    return ADDRESS.get(first_word(line), "") if line.endswith((OPEN, EMPTY)) else ""


def shown_blank(line: str) -> str:
    """Return a proposed line as it is shown: with a word for the address that is missing."""
    word = placeholder(line)
    return f"{line[:-2]}<{word}>" if word and line.endswith(EMPTY) else line


def missing(line: str) -> str:
    """Return what a proposed line lacks, in words; empty for one that can be sent."""
    if placeholder(line):
        null = " (the null sender: Tab names it, or type <> yourself)"
        return f"an address belongs between < and >{null * (first_word(line) == 'MAIL')}"
    if line.endswith("="):
        return f"a value belongs behind {line.rpartition(' ')[2]}"
    if line.endswith(" ") and line.strip() and not line.lstrip().startswith(":"):
        return f"something belongs behind {line.strip()}; > {line.strip()} sends it as it is"
    return ""
