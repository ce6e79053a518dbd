"""Which commands may go out together before a reply to any of them has come. Pure.

What is asked for changes the session, so the client has to see the answer before it goes on: such a
command ends a group (RFC 2920, 3.1; STARTTLS: RFC 3207, 4; AUTH: RFC 4954, 4). Since 3.9 Postfix
ends the session of a client that sends on after one (`smtpd_forbid_unauth_pipelining`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from smtpprobe.protocol.command import first_word
from smtpprobe.protocol.verbs import GOES_ON

_One = TypeVar("_One")


def ends_group(line: str) -> bool:
    """Return whether a command may only be the last of those sent together."""
    return first_word(line) not in GOES_ON


def grouped(sent: Iterable[_One], line: Callable[[_One], str]) -> Iterator[list[_One]]:
    """Return what was sent in groups that may go out together, in the same order."""
    group: list[_One] = []
    for one in sent:
        group.append(one)
        if ends_group(line(one)):
            yield group
            group = []
    if group:
        yield group
