"""Regular expressions that meet a server's text: the `regex` package, with a limit in time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smtpprobe.script.language.matchers import TookTooLong
from smtpprobe.script.language.patterns import written_out
from smtpprobe.script.language.values import BadValueError

if TYPE_CHECKING:
    import regex

LIMIT = 0.1
"""Seconds for one search, as `regex` counts them: the CPU time of all threads of the process.

A fixed number, never what is left of a deadline: to `regex` an infinite limit is over at once.
"""

LONGEST = 10_000
"""Characters of an expression at most."""

LARGEST = 100_000
"""Items of an expression at most, once its counted repetitions are written out: `(a{9}){9}` is 81.

The package writes them out, and a few thousand to the third would take all memory there is.
"""


class TimedPattern:
    """A pattern of which a search ends within `LIMIT`; `names` are those of its groups."""

    def __init__(self, compiled: regex.Pattern[str]) -> None:
        self._compiled = compiled
        self.names = tuple(compiled.groupindex)

    def search(self, text: str) -> dict[str, str] | None:
        """Return the groups that took part in the first match, None without a match.

        Raises:
            TookTooLong: it was given up.
        """
        try:
            match = self._compiled.search(text, timeout=LIMIT)
        except TimeoutError:
            raise TookTooLong(LIMIT) from None
        if match is None:
            return None
        return {name: value for name, value in match.groupdict().items() if value is not None}


def timed_pattern(expression: str, flags: str) -> TimedPattern:
    """Return a compiled expression in Python's syntax; `(?<name>...)` names a group too.

    Raises:
        BadValueError: it is no regular expression; the text says why.
    """
    if len(expression) > LONGEST:
        raise BadValueError(f"longer than {LONGEST} characters")
    if written_out(expression) > LARGEST:
        raise BadValueError(f"its repetitions exceed {LARGEST} items")
    import regex  # noqa: PLC0415 - as heavy as all of the language; most scripts hold none

    number = 0
    for flag in flags:
        number |= regex.RegexFlag[flag.upper()]
    try:
        return TimedPattern(regex.compile(expression, number | regex.VERSION0))
    except RecursionError:
        raise BadValueError("groups are nested too deeply") from None
    except regex.error as error:
        raise BadValueError(error.msg, error.pos) from None  # type: ignore[attr-defined]
    except OverflowError as error:
        raise BadValueError(str(error)) from None
