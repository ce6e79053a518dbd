"""The items of a regular expression, as far as its groups and repetitions go. Pure."""

from __future__ import annotations

import re

_ITEM = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]?|\{([0-9]*),?([0-9]*)\}|.", re.DOTALL)
_UNBOUNDED = re.compile(r"[*+]|\{[0-9]+,\}")


def written_out(expression: str) -> int:
    """Return how many items an expression has when its counted repetitions are written out."""
    sizes, last = [0], 1
    for match in _ITEM.finditer(expression):
        counts = [int(count[:9]) for count in match.groups(default="") if count]
        if match[0] == "(":
            sizes.append(0)
        elif match[0] == ")" and len(sizes) > 1:
            last = max(1, sizes.pop())
            sizes[-1] += last
        elif counts:
            sizes[-1] += last * max(0, max(counts) - 1)
            last *= max(counts)
        else:
            last = 1
            sizes[-1] += 1
    return sum(sizes)


def nested_quantifiers(expression: str) -> int | None:
    """Return where a group that holds an unbounded repetition is repeated without bounds itself.

    The place counts from 0; None when there is no such group.
    """
    repeats = [False]
    closed = False  # the item before is a group with a repetition in it
    for match in _ITEM.finditer(expression):
        unbounded = _UNBOUNDED.fullmatch(match[0]) is not None
        if unbounded and closed:
            return match.start()
        if match[0] == "(":
            repeats.append(False)
        repeats[-1] = repeats[-1] or unbounded
        closed = match[0] == ")" and len(repeats) > 1 and repeats.pop()
        if closed:
            repeats[-1] = True
    return None
