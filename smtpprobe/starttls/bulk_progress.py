"""How far a list is: a line on a terminal that is written over, else a line now and then."""

from __future__ import annotations

import asyncio
import shutil
import sys

from smtpprobe.net.clock import monotonic
from smtpprobe.protocol.quantities import shown_clock
from smtpprobe.starttls.bulk_output import RESULTS, Tally

ON_TERMINAL, ELSEWHERE = 0.5, 30.0
"""Seconds between two tellings."""

CLEAR = "\r\x1b[K"
BAR = 20


class Progress:
    """Tells of a tally until it is stopped. `total` is None for a list without a known end."""

    def __init__(self, tally: Tally, total: int | None, *, wanted: bool) -> None:
        self._tally, self._total, self._wanted = tally, total, wanted
        self._terminal = sys.stderr.isatty()
        self._began = monotonic()
        self._before = tally.done

    async def run(self) -> None:
        """Tell until cancelled."""
        while self._wanted:
            await asyncio.sleep(ON_TERMINAL if self._terminal else ELSEWHERE)
            self._tell()

    def _tell(self) -> None:
        text = self.text(monotonic() - self._began)
        if self._terminal:
            width = shutil.get_terminal_size().columns - 1
            sys.stderr.write(f"{CLEAR}{text[:width]}")
        else:
            sys.stderr.write(f"{text}\n")
        sys.stderr.flush()

    def text(self, seconds: float) -> str:
        """Return how far it is after some seconds."""
        done = self._tally.done
        rate = (done - self._before) / seconds if seconds > 0 else 0.0
        counts = "  ".join(f"{name} {self._tally.results[name]}" for name in RESULTS)
        if self._total is None:
            return f"{done} checked  {rate:.1f}/s  {counts}"
        full = BAR * done // self._total if self._total else BAR
        left = shown_clock((self._total - done) / rate) if rate > 0 else "-:--"
        bar = "#" * full + "." * (BAR - full)
        return f"[{bar}] {done}/{self._total}  {rate:.1f}/s  {left} left  {counts}"

    def clear(self) -> None:
        """Take the line away."""
        if self._wanted and self._terminal:
            sys.stderr.write(CLEAR)
            sys.stderr.flush()


def summary(tally: Tally, seconds: float) -> str:
    """Return what came of all targets, and which findings are frequent."""
    counts = ", ".join(f"{tally.results[name]} {name}" for name in RESULTS)
    lines = [f"{tally.done} targets in {shown_clock(seconds)}: {counts}"]
    lines += [f"  {count:>7}  {name}" for name, count in tally.findings.most_common(10)]
    return "\n".join(lines) + "\n"
