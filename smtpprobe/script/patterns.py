"""Regular expressions by the standard library: for those who only read a script. Pure.

They have no limit in time; what meets a server's text is compiled by `regexes`.
"""

from __future__ import annotations

import re

from smtpprobe.script.values import BadValueError


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
