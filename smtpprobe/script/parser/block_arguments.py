"""Reads how often a block runs: the arguments of `:for`, `:repeat` and `:retry`. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from smtpprobe.errors import UsageError
from smtpprobe.protocol.units import parse_duration
from smtpprobe.script.language.steps import Range, Word
from smtpprobe.script.language.values import BRACES, read_text

MOST = 1_000_000
"""How often a block may run at most."""

_END = rf"[0-9]+|{BRACES}"
_RANGE = rf"(?s)(?P<first>{_END})\.\.(?P<last>{_END.replace('closed', 'closed_too')})"
_NEARLY_A_RANGE = r"\{?[0-9]*\.{2,3}[0-9]*\}?"
_RETRY = r"([0-9]+)[ \t]+every[ \t]+(\S+)"


def read_times(text: str) -> int:
    """Return how often a block runs; raises UsageError if it is not a number."""
    if not re.fullmatch(r"[0-9]{1,9}", text) or not 0 < int(text) <= MOST:
        raise UsageError(f"a number from 1 to {MOST}", ":for n in 1..10 has a counter")
    return int(text)


def read_words(words: Iterable[str]) -> tuple[Word, ...]:
    """Return what follows the `in` of `:for`; anything in quotes is text.

    Raises:
        UsageError: an invalid range.
        BadValueError: an invalid string.
    """
    return tuple(map(_read_word, words))


def _read_word(text: str) -> Word:
    if match := re.fullmatch(_RANGE, text):
        found = Range(match["first"], match["last"])
        if found.first.isdigit() and found.last.isdigit():
            _numbers(*found)
        return found
    if re.fullmatch(_NEARLY_A_RANGE, text):
        raise UsageError(
            f'{text} is not a range of numbers such as 1..10; in quotes, "{text}", it is a word'
        )
    return read_text(text)


def each_of(words: Iterable[Word], valued: Callable[[str], str]) -> Iterator[str]:
    """Yield the texts and numbers of `:for`; `valued` puts in values.

    Raises:
        UsageError: an invalid range after values were put in.
    """
    for word in words:
        if isinstance(word, Range):
            yield from _numbers(valued(word.first), valued(word.last))
        else:
            yield valued(word)


def _numbers(first: str, last: str) -> Iterable[str]:
    """Return the numbers of a range, as wide as the first one where that begins with a zero."""
    told = f"{first}..{last}"
    if not all(re.fullmatch("[0-9]{1,9}", one) for one in (first, last)):
        raise UsageError(f"{told} is not a range of numbers such as 1..10")
    begin, end = int(first), int(last)
    if begin > end:
        raise UsageError(f"{told}: the first number is larger than the last")
    if end - begin >= MOST:
        raise UsageError(f"{told}: more than {MOST} numbers")
    width = len(first) if first.startswith("0") else 0
    return (f"{number:0{width}}" for number in range(begin, end + 1))


def read_retry(text: str) -> tuple[int, float]:
    """Return how often a block runs at most, and the seconds between.

    Raises:
        UsageError: it is not of the form `N every D`.
    """
    match = re.fullmatch(_RETRY, text)
    if match is None:
        raise UsageError('a number, "every" and a duration')
    return read_times(match[1]), parse_duration(match[2])
