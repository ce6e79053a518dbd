"""What is still missing in a line that was proposed: an address, or an argument.

Only proposals are checked. What the user types is meant: `MAIL FROM:<>` is the null sender.
"""

from __future__ import annotations

from smtpprobe.protocol.command import first_word
from smtpprobe.protocol.verbs import VERBS, Verb

NULL_SENDER = "null sender"
"""How a sender that is empty on purpose is called where it can be chosen."""

OPEN, EMPTY = "<", "<>"


def placeholder(line: str) -> str:
    """Return the placeholder for the address in a line that ends in an empty path; else nothing."""
    verb = VERBS.get(first_word(line))
    return verb.address if verb is not None and line.endswith((OPEN, EMPTY)) else ""


def blank_path(verb: Verb) -> str:
    """Return a command with an address, of which that is still to come."""
    return f"{verb.beginning}>"


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
        return f"a value belongs after {line.rpartition(' ')[2]}"
    if line.endswith(" ") and line.strip() and not line.lstrip().startswith(":"):
        return f"something belongs after {line.strip()}; > {line.strip()} sends it as is"
    return ""
