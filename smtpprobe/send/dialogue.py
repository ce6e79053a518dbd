"""A delivery as lines for people: what goes out behind `> `, replies explained as at the prompt.

Pure. A message is shown by its first lines and its size, however many pieces it goes out in.
"""

from __future__ import annotations

from smtpprobe.present import spans
from smtpprobe.present.escape import quoted, shown
from smtpprobe.present.session import SessionView
from smtpprobe.present.spans import Line, Span
from smtpprobe.protocol.command import Command, Kind
from smtpprobe.protocol.events import Sent
from smtpprobe.protocol.happening import Happening
from smtpprobe.protocol.redact import Secrets, masked
from smtpprobe.protocol.redact_events import redacted_happening
from smtpprobe.protocol.units import shown_octets

BODY_LINES = 12
"""How many lines of a message are shown."""


class Dialogue:
    """Turns what happens into the lines to show for it; credentials are masked in all of them.

    `secrets` has those of the commands that go out before they come here.
    """

    def __init__(self, view: SessionView, secrets: Secrets) -> None:
        self._view = view
        self._secrets = secrets
        self._shown = self._lines = self._octets = 0

    def lines(self, happening: Happening) -> list[Line]:
        """Return the lines for one event."""
        event = happening.event
        if not isinstance(event, Sent):
            return self._view.lines(redacted_happening(happening, self._secrets))
        if event.command.kind is Kind.BODY:
            return self._body(event.command, chunked=happening.before.body.left is not None)
        return self._view.lines(happening) + sent_lines(event.command)

    def _body(self, command: Command, *, chunked: bool) -> list[Line]:
        raw = command.raw
        ends = command.ends_data
        room = max(BODY_LINES - self._shown, 0)
        begin = raw.split(b"\r\n", room) if room else []
        whole = begin[:-1] if len(begin) > room or (begin and not begin[-1]) else begin
        found = [_sent(line.decode("utf-8", "surrogateescape")) for line in whole[:room]]
        self._shown += len(found)
        self._lines += raw.count(b"\n")
        self._octets += len(raw)
        left = self._lines - self._shown
        if not (ends or (chunked and raw)) and self._shown < BODY_LINES:
            return found
        if not ends:
            return found
        if left > 0:
            size = shown_octets(self._octets)
            found.append(spans.line(f"# ({left} more lines; {size} in all)", spans.NOTICE))
        self._shown = self._lines = self._octets = 0
        return found


def sent_lines(command: Command) -> list[Line]:
    """Return the line that shows a command."""
    seen = masked(command)
    if seen.kind is Kind.RAW:
        return [_sent(f":raw {quoted(seen.raw)}")]
    return [_sent(seen.text)]


def _sent(text: str) -> Line:
    return (Span(spans.NOTICE, "> "), Span(spans.CLIENT, shown(text)))
