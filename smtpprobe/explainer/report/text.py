"""Explanations as lines for people: a reply, a group of them. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from smtpprobe.explainer.cache import Kind
from smtpprobe.explainer.input.found_reply import Found
from smtpprobe.explainer.report.reply_block import reply_block
from smtpprobe.explainer.report.tally import Group, Tally
from smtpprobe.knowledge.annotation import Annotation, Blame
from smtpprobe.present import spans
from smtpprobe.present.counted import counted
from smtpprobe.present.escape import shown
from smtpprobe.present.reply import Detail
from smtpprobe.present.spans import Line, Span
from smtpprobe.protocol.verbs import CONTEXT_WORDS, Context


def each_block(found: Found, annotation: Annotation, source: str) -> list[Line]:
    """Return one reply of a file: its place, the reply, its annotation, an empty line."""
    place = spans.line(_place(found, source), spans.HEADING)
    return [place, *reply_block(found, annotation, Detail.BRIEF), ()]


def group_blocks(tally: Tally) -> Iterator[Line]:
    """Yield the groups, worst first, each with its first reply; then the totals."""
    for kind, group in tally.worst_first():
        yield _heading(kind, group)
        found, annotation, source = group.example
        for line in reply_block(found, annotation, Detail.BRIEF):
            yield (Span(spans.PLAIN, "  "), *line)
        yield (Span(spans.ASIDE, f"  ({'first: ' if group.count > 1 else ''}"
                    f"{_place(found, source)})"),)  # fmt: skip
        yield ()
    yield spans.line(totals(tally))


def totals(tally: Tally) -> str:
    """Return what was read and found, in one sentence."""
    none = tally.lines - tally.used
    lines = counted(tally.lines, "line")
    held = f"; {counted(none, 'line')} with nothing to explain" if none > 0 else ""
    replies = counted(tally.replies - tally.untold, "reply", "replies")
    untold = f" and {counted(tally.untold, 'outcome')} without a reply" if tally.untold else ""
    return f"{replies}{untold} in {lines}{held}"


def _heading(kind: Kind, group: Group) -> Line:
    retry = group.example.annotation.retry.value
    own = " from your server to its clients" if kind.own else ""
    called = _REFUSAL if kind.own and kind.klass else _CALLED[kind.klass]
    said = f"{counted(group.count, *called)}{own}{_UNTOLD if kind.klass else ''}"
    return (
        Span(spans.HEADING, f"{kind.cause}: {said}"),
        Span(spans.ASIDE, f"  blame: {blame_of(kind)}, retry: {retry}"),
    )


_CALLED = {
    0: ("reply", "replies"),
    2: ("delivery", "deliveries"),
    4: ("delay", ""),
    5: ("failure", ""),
}
"""What is counted, by the class of a failure without a reply; 0 is a reply."""

_REFUSAL = ("refusal", "")
_UNTOLD = ", logged without a reply"


def blame_of(kind: Kind) -> str:
    """Return the word of blame; in a server's own log the client is `you`."""
    return f"{kind.blame} (the client)" if kind.own and kind.blame in _YOURS else kind.blame


_YOURS = {blame.value for blame in Blame if blame.value.startswith("you")}


def _place(found: Found, source: str) -> str:
    words = [f"{source}:{found.line}" if found.line else source]
    if found.context is not None and found.context is not Context.UNKNOWN:
        words.append(CONTEXT_WORDS[found.context].json)
    if found.connection:
        words.append(f"on {found.connection}")
    if found.host:
        words.append(f"at {found.host}")
    if found.client:
        words.append(f"to {found.client}")
    if found.recipient:
        words.append(f"for {found.recipient}")
    return shown(" ".join(words))
