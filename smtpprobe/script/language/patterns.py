"""Regular expressions as far as a script is only read: by the standard library, and weighed. Pure.

They have no limit in time; what meets a server's text is compiled by `runner.timed_regex`.
"""

from __future__ import annotations

import re

from smtpprobe.digits import capped_number
from smtpprobe.script.language.values import BadValueError


class PlainPattern:
    """A pattern of the standard library; `names` are those of its groups."""

    def __init__(self, compiled: re.Pattern[str]) -> None:
        self._compiled = compiled
        self.names = tuple(compiled.groupindex)

    def search(self, text: str) -> dict[str, str] | None:
        """Return the groups that took part in the first match, None without a match."""
        match = self._compiled.search(text)
        if match is None:
            return None
        return {name: value for name, value in match.groupdict().items() if value is not None}


def plain_pattern(expression: str, flags: str) -> PlainPattern:
    """Return a compiled expression; `(?<name>...)` is `(?P<name>...)`.

    Raises:
        BadValueError: it is no regular expression; the text says why.
    """
    written = re.sub(r"(?<!\\)\(\?<(?![=!])", "(?P<", expression)
    try:
        return PlainPattern(re.compile(f"(?{flags}){written}" if flags else written))
    except re.error as error:
        extra = len(written) - len(expression) + (len(flags) + 3 if flags else 0)
        raise BadValueError(error.msg, max(0, (error.pos or 0) - extra)) from None
    except (RecursionError, OverflowError) as error:
        raise BadValueError(str(error)) from None


_ITEM = r"(?s)\\.|\[\^?\]?(?:\\.|[^\]\\])*\]?|\{([0-9]*),?([0-9]*)\}|."
_UNBOUNDED = r"[*+]|\{[0-9]+,\}"


def written_out(expression: str) -> int:
    """Return how many items an expression has when its counted repetitions are written out."""
    sizes, last = [0], 1
    for match in re.finditer(_ITEM, expression):
        digits = match.groups(default="")
        counts = [count for one in digits if (count := capped_number(one, _MANY)) is not None]
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


_MANY = 10**9


def nested_quantifiers(expression: str) -> int | None:
    """Return where a group that holds an unbounded repetition is repeated without bounds itself.

    The place counts from 0; None when there is no such group.
    """
    repeats = [False]
    closed = False  # the item before is a group with a repetition in it
    for match in re.finditer(_ITEM, expression):
        unbounded = re.fullmatch(_UNBOUNDED, match[0]) is not None
        if unbounded and closed:
            return match.start()
        if match[0] == "(":
            repeats.append(False)
        repeats[-1] = repeats[-1] or unbounded
        closed = match[0] == ")" and len(repeats) > 1 and repeats.pop()
        if closed:
            repeats[-1] = True
    return None
