"""Compares a single raw line with what it must contain: `< line`."""

from __future__ import annotations

from collections.abc import Mapping

from smtpprobe.protocol.reply import ReplyLine
from smtpprobe.script.language.matchers import RawLine, TookTooLong, WithinTerm
from smtpprobe.script.language.steps import Expect
from smtpprobe.script.results.reason import Reason
from smtpprobe.script.runner.matching.match_result import MatchResult, Miss
from smtpprobe.script.runner.matching.terms import late_miss


def judge_line(expect: Expect, line: ReplyLine, elapsed: float | None) -> MatchResult:
    """Return how one raw line, line end included, fits an expectation of one."""
    what = expect.what
    assert isinstance(what, RawLine)
    place = expect.column, len(expect.what_text)
    late = [late_miss(term, elapsed) for term in expect.terms if isinstance(term, WithinTerm)]
    if misses := tuple(miss for miss in late if miss is not None):
        return MatchResult(misses)
    try:
        groups = _found_in(what, line.raw)
    except TookTooLong as given_up:
        return MatchResult((Miss(Reason.REGEX, f"{expect.what_text} {given_up}", *place),))
    if groups is None:
        return MatchResult((Miss(Reason.TEXT, f"{expect.what_text} not found", *place),))
    return MatchResult(captures=groups)


def _found_in(what: RawLine, raw: bytes) -> Mapping[str, str] | None:
    if what.pattern is None:
        return {} if what.octets in raw else None
    return what.pattern.search(raw.decode("utf-8", "surrogateescape"))
