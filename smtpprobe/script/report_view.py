"""Scripts as text for people: the dialogue as it happens, a line a file, the totals. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from smtpprobe.exits import ExitStatus
from smtpprobe.present import spans
from smtpprobe.present.escape import shown
from smtpprobe.present.session_view import SessionView
from smtpprobe.present.spans import Line, Span
from smtpprobe.protocol.command import Command, Kind
from smtpprobe.protocol.events import Received, Sent
from smtpprobe.protocol.happening import Happening
from smtpprobe.protocol.phase import PROMPT_WORDS, Phase
from smtpprobe.protocol.redact import masked
from smtpprobe.protocol.session import State
from smtpprobe.script.results import ScriptResult

NARROW = 60
"""Columns under which the reason moves to a line of its own."""

PIECES_SHOWN = 3
"""How many pieces of 64 KiB are shown of one reply."""

_WORDS = {
    ExitStatus.OK: ("ok", spans.SUCCESS),
    ExitStatus.CHECK_FAILED: ("FAIL", spans.ERROR),
    ExitStatus.NOTHING_CHECKED: ("skip", spans.WARNING),
}


class DialogueView:
    """Turns a scripted session into lines as at the prompt: what is sent stands behind it.

    Of a reply without end the first pieces are shown, so that a log stays readable.
    """

    def __init__(self, view: SessionView) -> None:
        self._view = view
        self._pieces = 0

    def lines(self, happening: Happening) -> list[Line]:
        """Return the lines for one event."""
        if isinstance(happening.event, Sent):
            return _sent_lines(happening.event.command, happening.before)
        piece = isinstance(happening.event, Received) and happening.event.reply.piece
        self._pieces = self._pieces + 1 if piece else 0
        if self._pieces > PIECES_SHOWN:
            more = spans.line("# the reply goes on; no more of it is shown", spans.ANNOTATION)
            return [more] if self._pieces == PIECES_SHOWN + 1 else []
        return self._view.lines(happening)


def _sent_lines(command: Command, before: State) -> list[Line]:
    text = masked(command).raw.decode("utf-8", "surrogateescape")
    if command.kind is Kind.BODY:
        first = before.body.lines + 1
        parts = text.removesuffix("\n").split("\n")
        word = "data" if before.phase is Phase.DATA else "bdat"
        return [
            _typed(f"{word} {number}| ", part.removesuffix("\r"))
            for number, part in enumerate(parts, first)
        ]
    if command.kind is Kind.RAW:
        return [_typed(_prompt(before), f":raw {shown(text)}")]
    mark = "> " if command.exact else ""
    return [_typed(_prompt(before), mark + text.removesuffix("\n").removesuffix("\r"))]


def _typed(prompt: str, text: str) -> Line:
    return (Span(spans.PLAIN, prompt), Span(spans.CLIENT, shown(text)))


def _prompt(state: State) -> str:
    if state.phase is Phase.AUTH:
        return "334| "
    word = PROMPT_WORDS[state.phase]
    if state.phase is Phase.RCPT:
        word = f"{word}:{len(state.recipients)}"
    tls = "tls " if state.tls is not None and state.tls.ok else ""
    return f"{shown(state.host)} {tls}{word}> "


def summary_lines(results: Sequence[ScriptResult], width: int | None = None) -> list[Line]:
    """Return a line for each script, and the totals when there are several; `width` in columns."""
    names = max((len(result.name) for result in results), default=0)
    narrow = width is not None and width < NARROW
    lines: list[Line] = []
    for result in results:
        lines += _result_lines(result, names, narrow=narrow)
    if len(results) > 1:
        lines.append(spans.line(_totals(results)))
    return lines


def _result_lines(result: ScriptResult, names: int, *, narrow: bool) -> list[Line]:
    word, style = _WORDS.get(result.status, ("ERROR", spans.ERROR))
    checks, reason = _checks(result), _reason(result)
    head = (
        Span(spans.PLAIN, f"{shown(result.name):<{names}}  "),
        Span(style, f"{word:<5}"),
        Span(spans.PLAIN, f"  {checks:<10}{result.seconds:6.2f}s"),
    )
    if not reason:
        return [head]
    if narrow:
        return [head, spans.line(f"  {reason}")]
    return [(*head, Span(spans.PLAIN, f"   {reason}"))]


def _checks(result: ScriptResult) -> str:
    total = len(result.counted)
    if result.status is ExitStatus.OK:
        return f"{total} check" if total == 1 else f"{total} checks"
    if result.status is ExitStatus.NOTHING_CHECKED:
        return ""
    failed = sum(check.status is ExitStatus.CHECK_FAILED for check in result.checks)
    return f"{failed} of {total}" if failed else f"{total} ok"


def _reason(result: ScriptResult) -> str:
    decisive = [check for check in result.failed if check.status is not ExitStatus.OK]
    if decisive:
        return shown(f"line {decisive[0].line}: {decisive[0].message}")
    warned = len(result.failed)
    return f"{warned} warning" + "s" * (warned != 1) if warned else ""


def _totals(results: Sequence[ScriptResult]) -> str:
    statuses = [result.status for result in results]
    ok = statuses.count(ExitStatus.OK)
    failed = statuses.count(ExitStatus.CHECK_FAILED)
    skipped = statuses.count(ExitStatus.NOTHING_CHECKED)
    errors = len(statuses) - ok - failed - skipped
    told = [(ok, "ok"), (failed, "failed"), (skipped, "skipped"), (errors, "could not tell")]
    counts = ", ".join(f"{count} {word}" for count, word in told if count)
    checks = sum(len(result.counted) for result in results)
    seconds = sum(result.seconds for result in results)
    return f"{len(results)} files: {counts}; {checks} checks; {seconds:.1f}s"
