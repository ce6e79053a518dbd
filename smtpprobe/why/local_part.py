"""What is wrong with a local part by RFC 5321 4.1.2, RFC 6531 3.3 beyond ASCII. Pure."""

from __future__ import annotations

import re
from typing import Final

MOST_OCTETS: Final = 64
"""RFC 5321 4.5.3.1.1: a server need not take more."""

_ATOM = r"[\w!#$%&'*+/=?^`{|}~-]+"
_DOTTED = re.compile(rf"{_ATOM}(\.{_ATOM})*")
_QUOTED = re.compile(r'"(?:\\[ -~]|[^"\\\x00-\x1f\x7f])*"')
_UNLIKE_ATOM = re.compile(r"[^\w!#$%&'*+/=?^`{|}~.-]")


def objection(local: str) -> str:
    """Return why a local part is none, as a clause; empty if it is one."""
    octets = len(local.encode("utf-8", "surrogateescape"))
    if octets > MOST_OCTETS:
        return f"its local part has {octets} octets, more than {MOST_OCTETS} (RFC 5321 4.5.3.1.1)"
    if _DOTTED.fullmatch(local) or _QUOTED.fullmatch(local):
        return ""
    if found := _UNLIKE_ATOM.search(local):
        return f"{found[0]!r} has to be in quotation marks (RFC 5321 4.1.2)"
    return "a dot at an end of the local part, or two dots in a row (RFC 5321 4.1.2)"
