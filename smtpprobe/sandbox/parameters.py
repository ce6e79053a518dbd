"""Parameters of MAIL and RCPT: which are known and what their values must look like."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

_XTEXT = r"(?:[!-*,-<>-~]|\+[0-9A-F]{2})"

MAIL_PARAMETERS: Mapping[str, str] = {
    "SIZE": r"[0-9]{1,20}",
    "BODY": r"7BIT|8BITMIME",
    "SMTPUTF8": "",
    "RET": r"FULL|HDRS",
    "ENVID": rf"{_XTEXT}{{1,100}}",
    "AUTH": rf"<>|{_XTEXT}+",
}
"""Of MAIL: RFC 1870, RFC 6152, RFC 6531, RFC 3461 4.3 and 4.4, RFC 4954 5."""

RCPT_PARAMETERS: Mapping[str, str] = {
    "NOTIFY": r"NEVER|(?:SUCCESS|FAILURE|DELAY)(?:,(?:SUCCESS|FAILURE|DELAY)){0,2}",
    "ORCPT": rf"[A-Za-z0-9\-]+;(?:{_XTEXT}|[^\x00-\x7f])+",
}
"""Of RCPT: RFC 3461 4.1 and 4.2; RFC 6533 3 for addresses that are not ASCII."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why parameters are not accepted, as a reply."""

    code: int
    enhanced: str
    text: str


def read_parameters(words: tuple[str, ...], known: Mapping[str, str]) -> dict[str, str] | Refusal:
    """Return the values by keyword in upper case, or the reply that refuses them."""
    found: dict[str, str] = {}
    for word in words:
        name, equals, value = word.partition("=")
        keyword = name.upper()
        pattern = known.get(keyword)
        if pattern is None:
            return Refusal(555, "5.5.4", f"Unsupported option: {word}")
        if keyword in found:
            return Refusal(501, "5.5.4", f"Duplicate option: {keyword}")
        if bool(equals) != bool(pattern) or not re.fullmatch(pattern, value, re.IGNORECASE):
            return Refusal(501, "5.5.4", f"Bad value of {keyword}: {word}")
        found[keyword] = value
    return found
