"""Failures of a script as lines: the place underlined, what came, what it means. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from smtpprobe.present import spans
from smtpprobe.present.escape import shown
from smtpprobe.present.spans import Line, Span
from smtpprobe.protocol.command import Kind, first_word
from smtpprobe.protocol.phase import Phase, ReportPhase
from smtpprobe.protocol.redact import masked_line
from smtpprobe.protocol.reply import Severity
from smtpprobe.protocol.verbs import Context
from smtpprobe.script.language.problem import Included, Mark, Problem, ScriptProblems, includers
from smtpprobe.script.language.steps import Script
from smtpprobe.script.results.check import Check, Outcome
from smtpprobe.script.results.reason import Reason
from smtpprobe.script.results.results import ScriptResult

REPLY_LINES = 20
"""How many lines of a reply a failure shows."""

HELLO_LINES = 200
"""How many of a reply to EHLO: what is missed in its list is seen in the whole of it only."""

LINE_SHOWN = 400
"""How many characters of a line of the script are shown; it is the part with the mark in it."""

SENT_SHOWN = 12
"""How many of the last steps `sent so far` names."""

INCLUDERS = 8
"""How many of the lines that led to an included file are shown."""

_PLACE_COLUMN = 55
_MORE = "..."
_OF_TERMS = (
    Reason.ENHANCED_CODE,
    Reason.KEYWORD,
    Reason.TEXT,
    Reason.LATE,
    Reason.DIFFERENT,
    Reason.REGEX,
)
"""Misses of a reply whose code was right: what a success means is not what went wrong."""

_HELLOS = (Context.EHLO, Context.LHLO)
_POSITIVE = (Severity.SUCCESS, Severity.INTERMEDIATE)
_HEADS = {
    Outcome.WARN: ("warning", spans.WARNING),
    Outcome.FAIL: ("fail", spans.ERROR),
    Outcome.ERROR: ("error", spans.ERROR),
    Outcome.SKIP: ("skip", spans.WARNING),
    Outcome.PASS: ("ok", spans.SUCCESS),
}


def problem_lines(problems: ScriptProblems) -> list[Line]:
    """Return what keeps a script from being run: a block for each problem."""
    shown = problems.problems
    return _blocks(Outcome.ERROR, problems.name, problems.sources, shown, problems.included)


def finding_lines(script: Script, findings: Sequence[Problem]) -> list[Line]:
    """Return what is most likely meant otherwise in a script: a block for each finding."""
    return _blocks(Outcome.WARN, script.name, script.sources, findings, script.included)


def _blocks(
    outcome: Outcome,
    name: str,
    sources: Mapping[str, Sequence[str]],
    problems: Sequence[Problem],
    included: Included,
) -> list[Line]:
    lines: list[Line] = []
    for problem in problems:
        if lines:
            lines.append(_text(""))
        place = problem.place
        gutter = _Gutter(sources.get(place.file, ()), problem.marks)
        lines.append(_head(*_HEADS[outcome], problem.message))
        lines.append(_text(f"  --> {shown(place.file or name)}:{place.line}:{place.column}"))
        lines += _included(name, includers(place.file, included))
        if gutter.has_source:
            secret = problem.id == "L04"
            lines += [gutter.empty(), *gutter.source_lines(problem.marks, hidden=secret)]
            if problem.help:
                lines.append(gutter.empty())
        lines += [gutter.note("help", text) for text in problem.help]
    return lines


def _included(name: str, marks: Sequence[Mark]) -> list[Line]:
    """Return which lines led to an included file."""
    told = [f"included from {shown(mark.file or name)}:{mark.line}" for mark in marks[:INCLUDERS]]
    if (more := len(marks) - INCLUDERS) > 0:
        told.append(f"and from {more} more")
    return [_text(f"      {text}") for text in told]


def failure_lines(
    result: ScriptResult, check: Check, *, sent: bool = True, width: int | None = None
) -> list[Line]:
    """Return the block for a check that did not pass: place, reply, meaning, what to do.

    `sent` is what was sent before it; `width` is in columns.
    """
    word, style = _HEADS[check.outcome]
    marks = check.why.marks or (Mark(check.place.line, check.place.column),)
    source = result.sources.get(check.place.file, ())
    context = _context_line(source, check)
    gutter = _Gutter(_as_sent(source, check, context), (*marks, *_marked(context)))
    lines = [_head(word, style, check.why.text)]
    lines += [_text(f"   {shown(one)}") for one in check.why.more]
    asked = _text_at(source, check.place.line).startswith(":connect")
    if check.moment.phase is ReportPhase.CONNECT and not asked:
        # the place is that of the first step, which has nothing to do with it
        return lines + [gutter.note("help", text) for text in check.why.help]
    lines += _place(result, check, width)
    lines += _included(result.name, includers(check.place.file, result.included))
    if gutter.has_source:
        hidden = check.came.exchange is not None and check.came.exchange.before.phase is Phase.AUTH
        lines += [gutter.empty(), *gutter.source_lines(marks, hidden=hidden)]
    came = _came(check)
    lines += [gutter.under(text, came_style) for text, came_style in came]
    notes = [gutter.note("source", source[check.place.line - 1])] if check.why.expanded else []
    notes += [gutter.note("help", text) for text in check.why.help] + _meaning(check, gutter)
    answered = result.case_of(check).sent[: check.moment.answered]
    if sent and len(answered) > 1:
        notes.append(gutter.note("sent so far", ", ".join(answered[-SENT_SHOWN:])))
    between = [gutter.empty()] if notes and (gutter.has_source or came) else []
    return [*lines, *between, *notes]


def _place(result: ScriptResult, check: Check, width: int | None) -> list[Line]:
    (line, column, file), moment = check.place, check.moment
    place = f"  --> {shown(file or result.name)}:{line}:{column}"
    where = shown(" ".join(word for word in (moment.connection, moment.peer) if word))
    aside = f"{where}  +{moment.at:.2f}s" if where else f"+{moment.at:.2f}s"
    if width is not None and max(len(place) + 1, _PLACE_COLUMN) + len(aside) > width:
        return [_text(place), _text(f"      {aside}")]
    return [_text(f"{place:<{_PLACE_COLUMN}}{aside}")]


def _text_at(source: Sequence[str], line: int) -> str:
    return source[line - 1] if 0 < line <= len(source) else ""


def _as_sent(source: Sequence[str], check: Check, context: int) -> Sequence[str]:
    """Return the source with the lines of this check as they were with their values."""
    lines = list(source)
    if check.why.expanded and check.place.line <= len(lines):
        lines[check.place.line - 1] = check.why.expanded
    command = check.came.exchange.command if check.came.exchange is not None else None
    if command is not None and command.kind is Kind.COMMAND:
        number = context or check.place.line
        if 0 < number <= len(lines) and "{{" in lines[number - 1]:
            mark = "> " if lines[number - 1].startswith("> ") else ""
            lines[number - 1] = mark + command.text
    return lines


def _came(check: Check) -> list[tuple[str, str]]:
    """Return what was expected and what came, as two styled lines."""
    if check.came.exchange is None:
        return []
    reply = check.came.exchange.reply
    texts = [line.raw.rstrip(b"\r\n").decode("utf-8", "surrogateescape") for line in reply.lines]
    if len(texts) > 1 or not check.wanted:
        most = HELLO_LINES if check.came.exchange.context in _HELLOS else REPLY_LINES
        rest = len(texts) - most
        more = [(f"({rest} more lines)", spans.HINT)] if rest > 0 else []
        return [(shown(text), spans.PLAIN) for text in texts[:most]] + more
    return [(f"- {shown(check.wanted)}", spans.HINT), (f"+ {shown(texts[0])}", spans.PLAIN)]


def _meaning(check: Check, gutter: _Gutter) -> list[Line]:
    if check.came.exchange is None:
        return []
    from smtpprobe.knowledge.annotate import annotate  # noqa: PLC0415 - only for what failed

    annotation = annotate(check.came.exchange)
    odd = [gutter.note("odd", remark) for remark in annotation.remarks]
    if check.why.reason in _OF_TERMS and check.came.exchange.reply.severity in _POSITIVE:
        return odd + [gutter.note("meaning", note) for note in annotation.notes]
    lines = [gutter.note("meaning", annotation.meaning), *odd]
    if annotation.next_steps:
        steps = "; ".join(step.text for step in annotation.next_steps[:4])
        lines.append(gutter.note("next", steps))
    return lines


def _context_line(source: Sequence[str], check: Check) -> int:
    """Return the number of the sent line above an expectation; 0: none."""
    line = check.place.line
    number = line - 1
    if not 0 < line <= len(source) or source[line - 1][:1] not in ("<", "|"):
        return 0
    while number > 0 and source[number - 1][:1] in ("#", "", "<", "|"):
        number -= 1
    return number


def _marked(line: int) -> tuple[Mark, ...]:
    return (Mark(line, 1, 0),) if line else ()


class _Gutter:
    """Lays out source lines behind their numbers; `lines` are those that the marks name."""

    def __init__(self, source: Sequence[str], marks: Iterable[Mark]) -> None:
        self._source = source
        numbers = {mark.line for mark in marks if 0 < mark.line <= len(source)}
        self._numbers = sorted(numbers)
        self._width = max([2, *(len(str(number)) for number in numbers)])

    @property
    def has_source(self) -> bool:
        return bool(self._numbers)

    def empty(self) -> Line:
        return _text(f"{'':{self._width}} |")

    def under(self, text: str, style: str) -> Line:
        return (Span(spans.PLAIN, f"{'':{self._width}} |   "), Span(style, text))

    def note(self, name: str, text: str) -> Line:
        return (Span(spans.HINT, f"{'':{self._width}} = {name}: "), Span(spans.PLAIN, shown(text)))

    def source_lines(self, marks: Sequence[Mark], *, hidden: bool = False) -> list[Line]:
        lines: list[Line] = []
        before = 0
        for number in self._numbers:
            if before and number > before + 1:
                lines.append(_text(f"{'':{self._width}} | ..."))
            before = number
            text = self._source[number - 1]
            answer = text[:1] not in ("<", ":", "#", "|") and first_word(text) != "AUTH"
            masked = masked_line(text, Phase.AUTH if hidden and answer else Phase.CONNECTED)
            here = [mark for mark in marks if mark.line == number]
            start = _window(masked, here)
            lines.append(_text(f"{number:>{self._width}} | {_part(masked, start)}"))
            lines += [self._underline(text, mark, start) for mark in here]
        return lines

    def _underline(self, text: str, mark: Mark, start: int) -> Line:
        first = max(start, mark.column - 1)
        last = min(mark.column - 1 + mark.width, start + LINE_SHOWN)
        indent = len(shown(text[start:first])) + (len(_MORE) if start else 0)
        width = max(1, len(shown(text[first:last])))
        label = f" {shown(mark.label)}" if mark.label else ""
        head = f"{'':{self._width}} | {'':{indent}}"
        return (Span(spans.PLAIN, head), Span(spans.ERROR, mark.caret * width + label))


def _window(text: str, marks: Sequence[Mark]) -> int:
    """Return where the part of a long line begins that shows what is marked (from 0)."""
    first = min((mark.column - 1 for mark in marks), default=0)
    return 0 if len(text) <= LINE_SHOWN or first < LINE_SHOWN // 2 else first - LINE_SHOWN // 4


def _part(text: str, start: int) -> str:
    end = start + LINE_SHOWN
    before, after = _MORE if start else "", _MORE if len(text) > end else ""
    return f"{before}{shown(text[start:end])}{after}"


def _head(word: str, style: str, message: str) -> Line:
    return (Span(style, f"{word}: "), Span(spans.PLAIN, shown(message)))


def _text(text: str) -> Line:
    return spans.line(text)
