"""What a code, an enhanced status code, a word or a finding means, as lines. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from smtpprobe.knowledge.reference.codes import CodeFacts
from smtpprobe.knowledge.reference.enhanced import EnhancedFacts
from smtpprobe.knowledge.reference.words import WordFacts
from smtpprobe.present import spans
from smtpprobe.present.spans import Line, Span
from smtpprobe.starttls.finding_table import WHO, Row

_LABEL = 10
"""How wide the labels of a finding are."""


def code_lines(facts: CodeFacts) -> Iterator[Line]:
    """Yield a code's title, where it comes from, and its meanings command by command."""
    yield _title(str(facts.code), facts.title)
    yield spans.line(f"  {facts.klass}")
    yield spans.line(f"  {'standard' if facts.standard else 'not a standard code'}: {facts.origin}")
    for reading in facts.readings:
        after = ", ".join(reading.commands) or "any command"
        needed = f" with {reading.enhanced}" if reading.enhanced else ""
        yield ()
        yield (Span(spans.CLIENT, f"  after {after}{needed}"),)
        yield from _said(reading.meaning, reading.next_steps, reading.cause, reading.sources)
    for belief in facts.beliefs:
        yield ()
        yield spans.line(f"  common belief: {belief.said}")
        yield spans.line(f"    {belief.fact} ({belief.source})")


def enhanced_lines(facts: EnhancedFacts) -> Iterator[Line]:
    """Yield what an enhanced status code means, and which servers use it otherwise."""
    registered = "in the IANA registry" if facts.registered else "not in the IANA registry"
    title = facts.readings[0].title if facts.readings else facts.subject
    yield _title(facts.code, title)
    yield spans.line(f"  {facts.klass}")
    yield spans.line(f"  {facts.key}: {registered}; {facts.subject}")
    for reading in facts.readings:
        yield ()
        yield from _said(reading.meaning, reading.next_steps, reading.cause, reading.sources)
    for remark, source in facts.collisions:
        yield spans.line(f"  note: {remark} ({source})", spans.ANNOTATION)


def word_lines(facts: WordFacts) -> Iterator[Line]:
    """Yield what a command, extension or parameter is, and the codes that refuse it."""
    for use in facts.uses:
        yield _title(facts.word, use.kind)
        yield spans.line(f"  {use.meaning}")
        for label, value in (("syntax", use.syntax), ("", use.when)):
            if value:
                yield spans.line(f"  {label + ': ' if label else ''}{value}")
        yield _see(use.sources)
    if facts.refusals:
        yield spans.line("  refused with:")
    for code, meaning in facts.refusals:
        yield spans.line(f"    {code}  {meaning}")


def finding_lines(row: Row) -> Iterator[Line]:
    """Yield what a finding of `smtpprobe starttls` means, who is affected and the fix."""
    yield _title(row.id, row.levels or row.level)
    yield _labelled("means", row.meaning)
    yield _labelled("affects", WHO[row.affects])
    yield _labelled("fix", row.fix)
    yield _labelled("source", row.reference)


def _title(name: str, title: str) -> Line:
    return (Span(spans.HEADING, name), Span(spans.PLAIN, f"  {title}"))


def _labelled(label: str, text: str) -> Line:
    return (Span(spans.HINT, f"  {label:<{_LABEL}}"), Span(spans.PLAIN, text))


def _said(
    meaning: str, next_steps: Sequence[str], cause: str, sources: Sequence[str]
) -> Iterator[Line]:
    yield spans.line(f"    {meaning}")
    if next_steps:
        yield spans.line(f"    next: {'; '.join(next_steps)}")
    yield (Span(spans.ASIDE, f"    cause: {cause}; see: {', '.join(sources)}"),)


def _see(sources: Sequence[str]) -> Line:
    return (Span(spans.ASIDE, f"  see: {', '.join(source for source in sources if source)}"),)
