"""What a refusal names that its reader can use now: a time to wait, a list, a link, an address.

Each is a value for the templates of next steps. One that the reply does not name is empty, and the
step that would need it is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from smtpprobe.knowledge.language.language import URL

LATER = "later"
SOON = "after 5 minutes"
"""What stands for a time that the reply does not tell."""

_WAIT = (
    r"\b(\d{1,6})[ -]?(seconds?|secs?|minutes?|mins?|hours?|hrs?|[sh])\b"
    r"(?:(?: and)? (\d{1,4})[ -]?(seconds?|secs?|minutes?|mins?|s)\b)?"
)
_CLOCK = r"\b(?:in|after|wait|retry) (\d{1,2}:\d{2}:\d{2})\b"
_ASKS = ("again", "retry", "wait", "later", "come back", "left", "greylist", "delay", "reconnect")
_ZONE = (
    r"(?:blocked using|listed (?:at|in|on|by)|found (?:at|in|on)|stands on|appears on|using|by|in"
    r"|on|at) (?:the )?(?:rbl |dnsbl |list )?([a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,})"
)
_IS_LIST = r"bl\b|rbl|dnsbl|block|black|zen\.|spam|surbl|uribl|sbl|dbl|cbl|abuseat"
_LISTING = ("bl", "block", "black", "zen.", "spam", "abuseat")
_FOUR = r"(?<![\w.])(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})(?![\w.])"
_MAILBOX = r"[^\s<>@:;,]+@[^\s<>:;,\])]*[a-z0-9]"
_NEW = (
    r"(?:moved to|now at|now is|is now|try|instead|write to|new address(?: is)?:?|changed to)"
    rf"[: ]+<?({_MAILBOX})|({_MAILBOX})>? (?:instead|now)\b"
)
_LIMIT = (
    r"(?:limit(?: is| of)?|max(?:imum)?(?: is| of| size)?|up to|than(?: the)?|at most|exceeds?"
    r"(?: the)?|allowed:?)[: ]+(\d{1,12})(?:[ ]?(octets|bytes|[kmg]i?b?))?\b"
)
_LIMITING = ("limit", "max", "up to", "than", "most", "exceed", "allowed")


def particulars(told: str) -> dict[str, str]:
    """Return what the text of a refusal names; values may be empty."""
    written = " ".join(told.split())
    text = written.lower()
    wait, zone = _wait(text), _zone(text)
    address = re.search(_FOUR, text) if zone else None
    backwards = ".".join(reversed(address.groups())) if address is not None else ""
    moved = re.search(_NEW, text) if "@" in text else None
    limit = re.search(_LIMIT, text) if _has_one_of(_LIMITING, text) else None
    return {
        "when": f"in {wait}" if wait else LATER,
        "soon": f"in {wait}" if wait else SOON,
        "link": _link(written) if "://" in text or "www." in text else "",
        "query": f"{backwards}.{zone}" if backwards else "",
        "new_address": (moved[1] or moved[2] or "") if moved is not None else "",
        "parameter": _parameter(text),
        "limit": " ".join(part for part in limit.groups() if part) if limit is not None else "",
    }


def _has_one_of(words: Iterable[str], text: str) -> bool:
    """Return whether a pattern is worth trying: each refusal of a log comes by here."""
    return any(map(text.__contains__, words))


LINK_CHARACTERS = 72
"""A longer link does not fit into a line of next steps; half of it would lead nowhere."""


def _link(written: str) -> str:
    """Return the link that a text names, as it is written there: tokens and paths have capitals."""
    found = re.search(f"(?i){URL}", written)
    link = found[0].rstrip(".,;:!?)'\"") if found is not None else ""
    return link if len(link) <= LINK_CHARACTERS else "the link in its text"


def _wait(text: str) -> str:
    """Return the time to wait that a text asks for, or the empty string."""
    if not _has_one_of(_ASKS, text):
        return ""
    if clock := re.search(_CLOCK, text):
        return clock[1]
    found = re.search(_WAIT, text)
    if found is None:
        return ""
    first, unit, second, more = found.groups()
    told = f"{int(first)} {_UNITS[unit[0]]}"
    return f"{told} {int(second)} {_UNITS[more[0]]}" if second else told


_UNITS = {"s": "s", "m": "min", "h": "h"}


_PARAMETERS = r"\b(body|ret|envid|notify|orcpt|size|smtputf8|holdfor|holduntil|mt-priority)\b"


def _parameter(text: str) -> str:
    """Return the parameter of MAIL or RCPT that a text names, or words for one."""
    found = re.search(_PARAMETERS, text) if _has_one_of(_NAMING, text) else None
    return found[1].upper() if found is not None else "it names"


_NAMING = ("body", "ret", "envid", "notify", "orcpt", "size", "smtputf8", "hold", "mt-")


def _zone(text: str) -> str:
    """Return the zone of a blocklist that a text names, or the empty string."""
    if not _has_one_of(_LISTING, text):
        return ""
    names = (found[1] for found in re.finditer(_ZONE, text))
    return next((name for name in names if re.search(_IS_LIST, name)), "")


NOTHING = particulars("")
"""What a reply names that is no refusal."""
