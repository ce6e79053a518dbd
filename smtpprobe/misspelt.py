"""What was meant by a word of the command line that is nearly one that exists."""

from __future__ import annotations

from smtpprobe.lookalikes import lookalike

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

SUBCOMMANDS = ("sandbox", "send", "explain", "starttls", "why", "import", "survey", "mcp")
"""A host of such a name needs `--` before it."""

_HELP = ("help", "man", "usage")

_LIKE = 0.7
"""How like a word must be, as difflib counts."""

_LONGEST = 40
"""In characters: a longer word is not compared, which takes the square of its length."""


def near_word(word: str, known: Iterable[str]) -> str:
    """Return the known word that is most like this one; empty where none is near."""
    from difflib import get_close_matches  # noqa: PLC0415 - only for what is wrong

    if not word or len(word) > _LONGEST:
        return ""
    return next(iter(get_close_matches(word.lower(), list(known), 1, _LIKE)), "")


def near_value(word: str, known: Sequence[str]) -> str:
    """Return the value that begins as this word does, else the most like it; empty without one."""
    lower = word.lower()
    begun = (one for one in known if lower and (one.startswith(lower) or lower.startswith(one)))
    return next(begun, "") or near_word(word, known)


def near_option(words: Sequence[str], known: Iterable[str]) -> str:
    """Return "did you mean --X?" for the first word that is nearly a long option, or nothing."""
    long = [name for name in known if name.startswith("--")]
    for word in words:
        name = word.partition("=")[0]
        if name.startswith("--") and (near := near_word(name, long)):
            return f"did you mean {near}?"
    return ""


def near_subcommand(target: str) -> str:
    """Return "did you mean smtpprobe X?" for a target that is nearly a sub-command, or nothing."""
    near = near_word(target, SUBCOMMANDS) if target.isalpha() else ""
    return f"did you mean `smtpprobe {near}`?" if near and near != target else ""


def dash(word: str) -> str:
    """Return what a word begins with in place of the hyphen of an option, or nothing."""
    found = lookalike(word[:2])
    begins = found is not None and found.meant == "-" and word[: found.place - 1] in ("", "-")
    return f"in {word[:_LONGEST]!r} {found}" if begins else ""


def dashes(words: Sequence[str]) -> str:
    """Return the same of the first of several words that has one."""
    return next(filter(None, map(dash, words)), "")


def meant_command(words: Sequence[str]) -> str:
    """Return what was meant by words that begin a command line with no command, or nothing.

    `starttl example.org` is nearly a command; `help send` is how git and others are asked; a
    command anywhere but in the first place is taken for a target.
    """
    first, *more = words or ("",)
    if odd := dashes(words):
        return odd
    if first.lower() in _HELP and more and more[0] in SUBCOMMANDS:
        return f"did you mean `smtpprobe {more[0]} --help`?"
    if near := near_subcommand(first):
        return near
    late = next((word for word in words if word in SUBCOMMANDS), "")
    return f"{late!r} is a sub-command and must come first" if late else ""
