"""`:caps`: what a server announced, a keyword a line, each with its meaning."""

from __future__ import annotations

from smtpprobe.knowledge.tables.keywords import explain_keyword
from smtpprobe.present import spans
from smtpprobe.present.escape import shown
from smtpprobe.present.spans import Line, Span
from smtpprobe.protocol.phase import Phase
from smtpprobe.protocol.session import State


def capability_lines(state: State) -> list[Line]:
    """Return what the server announced, a keyword a line, each with its meaning."""
    if state.phase is Phase.CLOSED:
        return [spans.line("# not connected", spans.NOTICE)]
    if state.identity is None:
        return [spans.line("# no EHLO accepted yet, so no extensions are known", spans.NOTICE)]
    if not state.extensions.announced:
        return [spans.line("# the server lists no extensions", spans.NOTICE)]
    lines: list[Line] = []
    for keyword in state.extensions.keywords:
        values = state.extensions.parameters(keyword)
        written = Span(spans.HEADING, shown(" ".join((keyword, *values))))
        lines.append((written, Span(spans.NOTICE, f"  {shown(explain_keyword(keyword, values))}")))
    return lines
