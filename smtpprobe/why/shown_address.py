"""The address that a server shows for its client: in the reply to EHLO, or in a refusal. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from smtpprobe.policy.addresses import Address, no_mail_network, read_address

_MOST_CHARACTERS = 4096
_ADDRESS = r"(?:IPv6:)?([0-9a-f:.]{3,45})"
_BETWEEN = re.compile(rf"(?i)[\[(]{_ADDRESS}[\])]")
_NAMED = re.compile(rf"(?i)\b(?:ip|address|client|host|from)[\s:=]{{1,3}}{_ADDRESS}(?![\w:-])")
"""How replies show a client: `Hello name [192.0.2.1]`, `IP 192.0.2.1 is blocked`."""


def shown_address(text: str, family: int, not_ours: Collection[str]) -> str:
    """Return the client's address in the words of a server; empty if they show none, or several.

    `family` is 4 or 6; `not_ours` are addresses of servers, which replies show too. One between
    brackets, as servers write a client's, counts before any other; numbers of versions are none.
    Private addresses say nothing of how the world sees us.
    """
    others = {read_address(each) for each in not_ours}
    for pattern in (_BETWEEN, _NAMED):
        found = {
            one
            for one in _addresses(pattern, text[:_MOST_CHARACTERS])
            if one.version == family and one not in others and not no_mail_network(str(one))
        }
        if len(found) == 1:
            return str(found.pop())
        if found:
            return ""
    return ""


def _addresses(pattern: re.Pattern[str], text: str) -> Iterator[Address]:
    for match in pattern.finditer(text):
        found = read_address(match[1].rstrip(".:"))
        mapped = getattr(found, "ipv4_mapped", None)
        if found is not None:
            yield mapped or found
