"""Unsolicited replies, kept in bounded memory: a server may flood with them."""

from __future__ import annotations

from smtpprobe.protocol.session import Exchange

MOST = 20
"""How many are kept: the first ones, and the latest in the last place."""


class Unasked:
    """The first replies that answered nothing, and the latest; `count` is that of all."""

    def __init__(self) -> None:
        self.kept: list[Exchange] = []
        self.count = 0

    def take(self, exchange: Exchange) -> None:
        """Add one."""
        self.count += 1
        if len(self.kept) == MOST:
            self.kept.pop()
        self.kept.append(exchange)

    @property
    def left_out(self) -> int:
        """How many are not kept, all of them before the latest."""
        return self.count - len(self.kept)
