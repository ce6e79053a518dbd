"""What is wrong with the form of the address in a MAIL or RCPT line (RFC 5321 4.1.1.2, 4.1.1.3)."""

from __future__ import annotations

import re

_PATH = r"(?is)(?:FROM|TO):(?P<path>.*)\Z"
_NO_COLON = r"(?i)(?:FROM|TO)(?:\s+|<|\s*\Z)"


def path_of(argument: str) -> str | None:
    """Return what follows FROM: or TO:, None without it."""
    match = re.match(_PATH, argument)
    return match["path"] if match else None


def lacks_colon(argument: str) -> bool:
    """Return whether the colon behind FROM or TO is missing."""
    return path_of(argument) is None and re.match(_NO_COLON, argument) is not None


def lacks_keyword(argument: str) -> bool:
    """Return whether neither FROM nor TO is there."""
    return path_of(argument) is None and re.match(_NO_COLON, argument) is None


def has_blank(argument: str) -> bool:
    """Return whether a blank follows the colon."""
    return (path_of(argument) or "").startswith((" ", "\t"))


def lacks_brackets(argument: str) -> bool:
    """Return whether there is an address without its brackets, or with one of them."""
    path = (path_of(argument) or "").strip()
    return bool(path) and (not path.startswith("<") or ">" not in path)


def has_two_ats(argument: str) -> bool:
    """Return whether the address has a second `@` outside quotes, and is no source route."""
    inside = _inside(argument)
    return not inside.startswith("@") and re.sub(r'"[^"]*"', "", inside).count("@") > 1


def has_inner_blank(argument: str) -> bool:
    """Return whether there is a blank within the address, outside quotes."""
    return re.search(r"\s", re.sub(r'"[^"]*"', "", _inside(argument))) is not None


def _inside(argument: str) -> str:
    """Return what is between the brackets; nothing without both."""
    match = re.match(r"\s*<(?P<inside>[^<>]*)>", path_of(argument) or "")
    return match["inside"] if match else ""


def is_empty(argument: str) -> bool:
    """Return whether there is no address, not even an empty one."""
    path = path_of(argument)
    return path is not None and not path.strip()
