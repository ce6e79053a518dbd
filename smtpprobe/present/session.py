"""A session as lines for people: replies, annotations, dialling, handshakes, closes. Pure.

Used alike by the prompt, by script reports and by anything that prints a session.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable

from smtpprobe.knowledge.annotation import Annotation
from smtpprobe.knowledge.rules.closing import annotate_close
from smtpprobe.present import spans
from smtpprobe.present.escape import shown
from smtpprobe.present.flood import Flood
from smtpprobe.present.reply import (
    HARMLESS,
    Detail,
    annotation_lines,
    codes_of,
    comment,
    mark_of,
    remark_line,
    reply_lines,
)
from smtpprobe.present.spans import Line, Span
from smtpprobe.protocol.attempts import Attempt, Found, Outcome, Route
from smtpprobe.protocol.events import (
    Closed,
    HalfClosed,
    Opened,
    Received,
    Remarked,
    Secured,
    Sent,
    Waived,
)
from smtpprobe.protocol.happening import Happening
from smtpprobe.protocol.phase import Phase
from smtpprobe.protocol.reply import Reply, Severity
from smtpprobe.protocol.session import Exchange, State
from smtpprobe.protocol.target import TargetKind
from smtpprobe.protocol.transport.via import Via
from smtpprobe.protocol.units import shown_clock, shown_duration
from smtpprobe.protocol.verbs import Context


class SessionView:
    """Turns what happens into the lines to show for it.

    What it remembers is the 220 to STARTTLS: its annotation waits for the handshake, so that both
    are shown together. With `folds` a flood of unsolicited replies is counted. `width`
    gives the terminal's columns, None for no wrapping. Without `advises` the next step is shown for
    refusals only: after a success the caller knows it.
    """

    def __init__(
        self,
        detail: Detail = Detail.BRIEF,
        width: Callable[[], int | None] = lambda: None,
        *,
        timings: bool = True,
        folds: bool = False,
        advises: bool = True,
    ) -> None:
        self.detail = detail
        self._advises = advises
        self._width = width
        self._timings = timings
        self._handshake_reply: Reply | None = None
        self._flood = Flood() if folds else None

    @property
    def width(self) -> int | None:
        """The terminal's columns; None for no wrapping."""
        return self._width()

    def lines(self, happening: Happening) -> list[Line]:
        """Return the lines for one event; none for what the user sent himself."""
        if self._flood is None:
            return self._lines(happening)
        exchange = happening.exchange
        if exchange is not None and self._flood.hides(exchange, happening.event.at):
            return []
        flood = self._flood.over(exchange)
        counted = self.wrapped([_notice(f"# {flood}")]) if flood else []
        return counted + self._lines(happening)

    def _lines(self, happening: Happening) -> list[Line]:
        match happening.event:
            case Received():
                assert happening.exchange is not None
                return self._reply(happening.exchange)
            case Opened(tls=tls) as opened:
                lines = self.wrapped(_header_lines(opened.via))
                if tls is None:
                    return lines
                return lines + self._handshake(Secured(opened.at, tls), happening, None)
            case Secured():
                reply, self._handshake_reply = self._handshake_reply, None
                return self._handshake(happening.event, happening, reply)
            case Closed():
                return self.wrapped([comment(annotate_close(happening.event, happening.before))])
            case Remarked(text=text):
                return self.wrapped([_notice(f"# stderr: {text}")])
            case HalfClosed():
                return self.wrapped([_notice(f"# {_half_closed(happening.before)}")])
            case Sent() | Waived():
                return []

    def explained(self, exchange: Exchange, detail: Detail) -> list[Line]:
        """Return the annotation lines of an exchange in another detail, without the time."""
        found = annotation_lines(_annotated(exchange), detail, mark_of(exchange.reply), "")
        return self.wrapped(found)

    def told(self, annotation: Annotation, mark: str = "") -> list[Line]:
        """Return the lines of an annotation that belongs to no reply."""
        return self.wrapped(annotation_lines(annotation, Detail.FULL, mark, "", ""))

    def _reply(self, exchange: Exchange) -> list[Line]:
        reply = exchange.reply
        lines = reply_lines(reply, visible_blanks=self.detail is Detail.FULL)
        if exchange.context is Context.STARTTLS and exchange.after.phase is Phase.TLS:
            self._handshake_reply = reply
            return lines
        if self.detail is Detail.OFF:
            return lines + self.wrapped(_defect_lines(reply))
        aside = _aside(exchange) if self._timings else ""
        well = reply.severity in _WELL or _follows(exchange)
        annotation = self._advised(_annotated(exchange), well=well)
        return lines + self.wrapped(
            annotation_lines(annotation, self.detail, mark_of(reply), aside)
        )

    def _advised(self, annotation: Annotation, *, well: bool) -> Annotation:
        return annotation._replace(next_steps=()) if well and not self._advises else annotation

    def _handshake(self, secured: Secured, happening: Happening, reply: Reply | None) -> list[Line]:
        annotation = _handshake_annotated(secured, happening.before)
        annotation = self._advised(annotation, well=secured.tls.ok)
        timed = self._timings and secured.tls.ok
        aside = f"[{shown_duration(secured.tls.seconds)}]" if timed else ""
        mark = "" if secured.tls.ok else "!"
        detail = Detail.FULL if self.detail is Detail.FULL else Detail.BRIEF
        number = codes_of(reply.code, reply.enhanced) if reply is not None else ""
        lines = annotation_lines(annotation, detail, mark, aside, number, facts=True)
        return self.wrapped(lines)

    def wrapped(self, lines: list[Line]) -> list[Line]:
        """Return lines folded at the terminal's width; those of annotations go on with `#   `."""
        width = self.width
        if width is None:
            return lines
        return [part for line in lines for part in _folded(line, max(width, 20))]


_WELL = (Severity.SUCCESS, Severity.INTERMEDIATE)


def _annotated(exchange: Exchange) -> Annotation:
    from smtpprobe.knowledge.annotate import annotate  # noqa: PLC0415 - read with the first reply

    return annotate(exchange)


def _handshake_annotated(secured: Secured, before: State) -> Annotation:
    from smtpprobe.knowledge.rules.handshake import annotate_handshake  # noqa: PLC0415 - as above

    return annotate_handshake(secured, before)


def dial_lines(told: Route | Attempt) -> list[Line]:
    """Return the lines about how a target was reached; none while dialling."""
    if isinstance(told, Attempt):
        return [] if told.outcome is Outcome.CONNECTING else [_attempt(told)]
    lines: list[Line] = []
    target = told.target
    if target.mailbox and target.kind is TargetKind.DOMAIN:
        lines.append(_notice(f"{target.mailbox}: using its domain {target.name}"))
    if told.found is Found.MX:
        hosts = ", ".join(f"{host.preference} {host.name}" for host in told.hosts)
        lines.append(_notice(f"{target.name}: {len(told.hosts)} MX: {hosts}"))
    elif told.found is Found.IMPLICIT_MX:
        lines.append(
            _notice(f"{target.name}: no MX; using its own address (implicit MX, RFC 5321 5.1)")
        )
    return lines + [_notice(note) for note in told.notes]


def error_lines(message: str, hint: str = "") -> list[Line]:
    """Return the lines of an error: one that says what, one that says what to do."""
    lines: list[Line] = [(Span(spans.ERROR, "error: "), Span(spans.PLAIN, shown(message)))]
    if hint:
        lines.append((Span(spans.HINT, f"  {shown(hint)}"),))
    return lines


def _attempt(attempt: Attempt) -> Line:
    host = f"{attempt.host.name}:{attempt.port}" if attempt.port else attempt.host.name
    where = "" if attempt.address in ("", attempt.host.name) else f" ... {attempt.address}"
    of_many = f" ({attempt.index} of {attempt.count} addresses)" if attempt.count > 1 else ""
    system = " (from this system, not from DNS)" if attempt.from_system else ""
    through = f" through {attempt.via.proxy}" if attempt.via.proxy else ""
    time = shown_duration(attempt.seconds)
    if attempt.outcome is Outcome.CONNECTED:
        return _notice(f"connected to {host}{where}{through}{of_many}{system}, {time}")
    reason = f": {attempt.reason}" if attempt.reason else ""
    words = f"{attempt.outcome.value}{reason}, {time}"
    return _notice(f"cannot reach {host}{where}{through}{of_many}{system}: {words}", spans.WARNING)


def _half_closed(before: State) -> str:
    sent = "FIN" if before.tls is None else "TLS close_notify"
    return f"{sent} sent: nothing more can be sent, replies are still read; :close closes"


def _notice(text: str, style: str = spans.NOTICE) -> Line:
    return spans.line(shown(text), style)


def _header_lines(via: Via) -> list[Line]:
    return [comment(f"sent first: {shown(via.header)}")] if via.header else []


def _defect_lines(reply: Reply) -> list[Line]:
    found = sorted(defect.value for defect in reply.defects - HARMLESS)
    return [remark_line(sentence) for sentence in found]


def _follows(exchange: Exchange) -> bool:
    """Return whether a refused DATA only follows from its recipients' refusals, told before."""
    return exchange.context is Context.DATA and not exchange.before.recipients


def _aside(exchange: Exchange) -> str:
    before = exchange.before
    if exchange.context is Context.QUIT:
        return f"[{shown_duration(exchange.after.last_at - before.opened_at)}]"
    if exchange.context is None:
        return f"[idle {shown_clock(exchange.after.last_at - before.last_at)}]"
    return f"[{shown_duration(exchange.elapsed)}]" if exchange.elapsed is not None else ""


def _folded(line: Line, width: int) -> list[Line]:
    """Return a line in pieces; a time behind it stays with its last word.

    Words are never broken, so that a path or an address can be copied.
    """
    if len(spans.text_of(line)) <= width:
        return [line]
    if line[1:] and line[1].style != spans.ASIDE:
        return _folded_fact(line, width)
    (style, text), aside = line[0], line[1:]
    begin = "# " if text.startswith("#") else " " * (len(text) - len(text.lstrip(" ")))
    behind = spans.text_of(aside).replace(" ", _BOND)
    alone = len(text.split(" ")[-1]) + len(behind) > width - len(begin) - 2
    parts = textwrap.wrap(
        text + (" " if alone else "") + behind, width,
        subsequent_indent=f"{begin}  ", break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip
    lines: list[Line] = [spans.line(part, style) for part in parts]
    if aside:
        lines[-1] = (Span(style, parts[-1].removesuffix(behind)), *aside)
    return lines


_BOND = "\0"
"""Replaces the blanks of a time while its line is folded, to keep it in one piece."""


def _folded_fact(line: Line, width: int) -> list[Line]:
    """Return a name and its value in pieces; the name is in the first."""
    name, said = line[0], line[1:]
    first, *others = textwrap.wrap(
        spans.text_of(line), width,
        subsequent_indent="    ", break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip
    begun = first.removeprefix(name.text) if first.startswith(name.text) else ""
    head: Line = (name, Span(said[0].style, begun)) if begun else (Span(name.style, first),)
    return [head, *(spans.line(part, said[0].style) for part in others)]
