"""Lines that went out one after the other before a reply came, as a script holds them. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field

from smtpprobe.present.script_lines import exact_lines

LONGEST = 100
"""Lines kept back at most; more are written as they come, each as it stands."""


@dataclass(slots=True)
class Run:
    """Lines kept back until it is known whether more follows before the first reply.

    One alone stands bare, as it took its reply. Of several none waited: they are lines sent as
    they stand, or, where one of them means more bare (a handshake, a secret), lines of one `:hold`.
    """

    _before: str = ""
    _lines: list[tuple[str, bool]] = field(default_factory=list)
    _alone: bool = False

    def __bool__(self) -> bool:
        return bool(self._lines)

    def add(self, before: str, line: str, *, bare: bool, alone: bool) -> str:
        """Keep a line back; `bare` tells that it was no `> line`, `alone` that it has to be none.

        `before` stands above all of them. Returns what can be written already.
        """
        self._before += before
        self._lines.append((line, bare))
        self._alone = self._alone or alone
        return self.ended(cut=True) if len(self._lines) == LONGEST else ""

    def ended(self, *, cut: bool = False) -> str:
        """Return the lines kept back; `cut` tells that what follows did not wait for them either.

        Nothing is kept back any more.
        """
        before, lines, alone = self._before, self._lines, self._alone
        self._before, self._lines, self._alone = "", [], False
        if not lines:
            return ""
        if len(lines) == 1 and not (cut and not alone):
            return f"{before}{_written(*lines[0])}"
        if alone:
            held = "".join(_written(line, bare) for line, bare in lines)
            return f"{before}:hold\n{held}:flush\n"
        return before + exact_lines([line for line, _ in lines])


def _written(line: str, bare: bool) -> str:
    return f"{line}\n" if bare else exact_lines([line])
