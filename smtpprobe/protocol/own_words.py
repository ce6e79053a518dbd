"""What servers said before they were told a secret: it cannot be a repetition of one."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator

LINES = 256
"""How many different lines are kept, the first ones."""

LINE_OCTETS = 1024
"""The longest line that is kept: RFC 5321 4.5.3.1.5 allows 512."""


class OwnWords:
    """The first lines of a session, until `end`.

    Where a text has one of them, or a longer word out of one (`mail.example.org`), a secret
    inside (`mail`) stays readable. The secret by itself is no word of a server's own: said
    again, it may be a repetition. `respelled` gives a line as a report writes it.
    """

    def __init__(self, respelled: Callable[[str], str]) -> None:
        self._respelled = respelled
        self.grows = True
        self._replies: set[bytes] = set()
        self._lines: dict[str, None] = {}
        self._found: dict[str, tuple[frozenset[str], tuple[str, ...]]] = {}

    def hear(self, octets: bytes) -> None:
        """Keep lines with their code and without their line end; no-op once it has ended."""
        if not self.grows or octets in self._replies or len(self._lines) >= LINES:
            return
        if len(octets) <= LINE_OCTETS and len(self._replies) < LINES:
            self._replies.add(octets)  # a loop hears the same few again and again
        for raw in octets.splitlines()[: LINES - len(self._lines)]:
            if len(raw) <= LINE_OCTETS:
                self._lines[raw.decode("utf-8", "surrogateescape")] = None
        self._found.clear()

    @property
    def heard(self) -> bool:
        """Whether a line is kept."""
        return bool(self._lines)

    def end(self) -> None:
        """Keep nothing from now on: a secret goes out."""
        self.grows = False

    def include(self, others: OwnWords) -> None:
        """Add what others kept."""
        self._lines |= others._lines
        self._found.clear()

    def has(self, secret: str) -> bool:
        """Return whether a secret stands in what was kept."""
        return any(self._of(secret))

    def replaced(self, text: str, secret: str, made: str) -> str:
        """Return a text with a secret replaced wherever it is not a server's own."""
        words, lines = self._of(secret)
        if not words and not lines:
            return text.replace(secret, made)
        own = list(_joined(sorted(_places(text, secret, words, lines))))

        def instead(found: re.Match[str]) -> str:
            before = bisect_right(own, (found.start(), len(text))) - 1
            return found[0] if before >= 0 and found.end() <= own[before][1] else made

        return re.sub(re.escape(secret), instead, text)

    def _of(self, secret: str) -> tuple[frozenset[str], tuple[str, ...]]:
        """Return the words and the lines that have a secret in them and are longer."""
        if secret not in self._found:
            lines = [line for line in self._lines if secret in line and line != secret]
            words = {word[0] for line in lines for word in _WORD.finditer(line)}
            lines += map(self._respelled, tuple(lines))
            self._found[secret] = (
                frozenset(word for word in words if secret in word and word != secret),
                tuple(dict.fromkeys(lines)),
            )
        return self._found[secret]


_WORD = re.compile(r"[^\W_](?:[\w.-]*[^\W_])?")
"""A word or a name: what stands around it, such as quotes, does not make it another one."""


def _places(
    text: str, secret: str, words: frozenset[str], lines: tuple[str, ...]
) -> Iterator[tuple[int, int]]:
    for word in _WORD.finditer(text) if words else ():
        if secret in word[0] and word[0] in words:
            yield word.span()
    for line in lines:
        at = text.find(line)
        while at >= 0:
            end = at + len(line)
            # whole: what goes on is another line, which may be a repetition
            begins = not text[at - 1 : at].isalnum() or text[at - 2 : at] == "\\n"
            if begins and text[end : end + 1] in _LINE_ENDS:
                yield at, end
            at = text.find(line, end)


_LINE_ENDS = ("", "\r", "\n", '"', "\\")
"""What follows a whole line: of JSON a quotation mark or an escape."""


def _joined(places: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield places in order, those that overlap as one."""
    begin = end = -1
    for at, to in places:
        if at >= end:
            if end > 0:
                yield begin, end
            begin, end = at, to
        end = max(end, to)
    if end > 0:
        yield begin, end
