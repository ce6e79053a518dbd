"""How fast octets go out."""

from __future__ import annotations

from smtpprobe.named_tuple import NamedTuple


class Pace(NamedTuple):
    """How octets go out: at most `rate` a second, at most `segment` of them in one write.

    None is no limit.
    """

    rate: int | None = None
    segment: int | None = None

    @property
    def portion(self) -> int:
        """How many octets go out in one write; at a rate it is about ten writes a second."""
        by_rate = None if self.rate is None else max(1, self.rate // 10)
        return min(size for size in (by_rate, self.segment, _PORTION) if size is not None)

    def __str__(self) -> str:
        """Return it as the options are written: `100/s --segment 1`."""
        rate = "" if self.rate is None else f"{self.rate}/s"
        segment = "" if self.segment is None else f"--segment {self.segment}"
        return f"{rate} {segment}".strip()


_PORTION = 1 << 16
