"""Bars of a page: an inline SVG for each, so that its label wraps and can be copied. Pure.

A bar is made of segments in the order of a legend. What is not known is a segment of its own, and
hollow. Each bar names its numbers for those who do not see it, and a table of all numbers follows.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from typing import NamedTuple

from smtpprobe.present.formats.page import (
    NOTHING,
    Content,
    Markup,
    figure,
    fold,
    heading,
    joined,
    table,
    tag,
)


class Mark(Enum):
    """How a segment is painted; the value is the class in the page, the style is that of `page`."""

    GOOD = "m-good"
    DOUBT = "m-doubt"
    BAD = "m-bad"
    HALF_BAD = "m-half-bad"
    QUIET = "m-quiet"
    FAINT = "m-faint"
    PLAIN = "m-plain"
    UNKNOWN = "m-unknown"


class Segment(NamedTuple):
    """What a part of the bars stands for, and how it is painted."""

    label: str
    mark: Mark


class Bar(NamedTuple):
    """A bar: its label, and a number for each segment. `told` is what stands at its end."""

    label: str
    numbers: tuple[int, ...]
    told: str = ""

    @property
    def total(self) -> int:
        """What its numbers come to."""
        return sum(self.numbers)


class Numbers(NamedTuple):
    """The table of a plot: columns, and rows with a label first."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


TOLD_FROM = 0.1
"""The share of the width from which a segment has room for its own share."""


def number(count: int) -> str:
    """Return a number with its thousands apart: `1,234`."""
    return f"{count:,}"


def share(count: int, total: int) -> str:
    """Return a share: `12.3%`; it is 0% or 100% only if it is none or all."""
    if not total:
        return "-"
    if count in (0, total):
        return "100%" if count else "0%"
    rounded = f"{100 * count / total:.1f}%"
    return {"0.0%": "<0.1%", "100.0%": ">99.9%"}.get(rounded, rounded)


def plot(
    title: str,
    about: Content,
    segments: Sequence[Segment],
    bars: Sequence[Bar],
    numbers: Numbers,
    *,
    level: int = 3,
    shares: bool = True,
) -> Markup:
    """Return a plot with its title, legend and table of numbers.

    With `shares` each bar is as long as the others; without, the largest total is.
    """
    longest = max((bar.total for bar in bars), default=0)
    items = [_item(bar, segments, bar.total if shares else longest) for bar in bars]
    return tag(
        "figure",
        tag("figcaption", heading(level, title), tag("p", about, class_="soft")),
        _legend(segments) if any(each.label for each in segments) else NOTHING,
        tag("ul", *items, class_="bars"),
        fold("Numbers", numbers_table(numbers), opened=False),
    )


def numbers_table(numbers: Numbers) -> Markup:
    """Return a table of numbers."""
    rows = [(label, *(figure(each) for each in rest))
            for label, *rest in numbers.rows]  # fmt: skip
    return table(numbers.columns, rows, ("", *numbers.columns[1:]))


def _legend(segments: Sequence[Segment]) -> Markup:
    items = [tag("li", _key(each.mark), each.label) for each in segments]
    return tag("ul", *items, class_="legend")


def _key(mark: Mark) -> Markup:
    rect = tag("rect", x="1", y="1", width="10", height="10", class_=mark.value)
    return tag("svg", rect, width="12", height="12", aria_hidden="true")


def _item(bar: Bar, segments: Sequence[Segment], whole: int) -> Markup:
    return tag("li", tag("span", bar.label), figure(bar.told), _drawn(bar, segments, whole))


def _drawn(bar: Bar, segments: Sequence[Segment], whole: int) -> Markup:
    parts, at = [], 0
    for segment, count in zip(segments, bar.numbers, strict=True):
        if count and whole:
            parts.append(_part(segment, 100 * at / whole, 100 * count / whole, count / bar.total))
        at += count
    named = [
        f"{segment.label} {number(count)} ({share(count, bar.total)})"
        for segment, count in zip(segments, bar.numbers, strict=True)
        if count
    ]
    words = "; ".join(named) if any(each.label for each in segments) else bar.told
    label = f"{bar.label}: {words or 'none'}"
    return tag("svg", *parts, width="100%", height="20", role="img", aria_label=label)


def _part(segment: Segment, start: float, width: float, part: float) -> Markup:
    rect = tag(
        "rect",
        x=f"{start:.3f}%",
        y="1",
        width=f"{width:.3f}%",
        height="18",
        class_=segment.mark.value,
    )
    if part >= 1 or width < 100 * TOLD_FROM:
        return rect
    middle = f"{start + width / 2:.3f}%"
    text = tag("text", f"{100 * part:.0f}%", x=middle, y="14.5", text_anchor="middle",
               class_=segment.mark.value)  # fmt: skip
    return joined((rect, text))
