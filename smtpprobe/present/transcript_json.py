"""A session as JSON lines: one object an event, octets and timings included."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import assert_never

from smtpprobe import __version__
from smtpprobe.knowledge.annotate import annotate
from smtpprobe.present.annotation_json import annotation_object
from smtpprobe.present.escape import is_clean
from smtpprobe.present.json_text import json_text
from smtpprobe.present.tls_json import tls_object
from smtpprobe.protocol.events import (
    Closed,
    Event,
    HalfClosed,
    Opened,
    Received,
    Remarked,
    Secured,
    Sent,
    Waived,
)
from smtpprobe.protocol.happening import Happening
from smtpprobe.protocol.redact import masked
from smtpprobe.protocol.session import Exchange, State
from smtpprobe.protocol.target import Target
from smtpprobe.protocol.verbs import CONTEXT_WORDS, Context

VERSION = 1
"""Readers ignore unknown fields and unknown kinds of lines."""


MAIN = "main"
"""The connection that a session begins with."""


@dataclass(slots=True)
class _Time:
    """When the first event was, and how many seconds later the last one."""

    start: float | None = None
    last: float = 0.0


class JsonTranscript:
    """Turns what happens into the line to append for it. `now` gives the wall clock's time.

    `connection` is the name of the connection recorded.
    """

    def __init__(self, now: Callable[[], datetime], connection: str = MAIN) -> None:
        self._now = now
        self._connection = connection
        self._time = _Time()

    def beside(self, connection: str) -> JsonTranscript:
        """Return the transcript of another connection of the same run, in the same time."""
        found = JsonTranscript(self._now, connection)
        found._time = self._time
        return found

    @property
    def holds(self) -> bool:
        """Whether something is kept back: never."""
        return False

    def begin(
        self,
        state: State,
        target: Target | None = None,
        file: str = "",
        case: str | None = None,
    ) -> str:
        """Return the first line; `state` is that of the session when recording begins.

        `target` is the server to connect to, None if not known yet. `file` is the
        script that runs, empty for none; `case` the one of its cases that begins.
        """
        time = self._now().isoformat(timespec="seconds").replace("+00:00", "Z")
        whom = None if target is None else str(target)
        fields: dict[str, object] = {"smtpprobe": __version__, "target": whom, "time": time}
        fields |= {"state": state.phase.value, "file": file or None, "case": case}
        return self._line("begin", fields)

    def write(self, happening: Happening) -> str:
        """Return the line for an event."""
        event = happening.event
        self._time.last = self._seconds(event)
        match event:
            case Opened():
                return self._line("open", _opened(event))
            case Sent():
                return self._line("send", _sent(event))
            case Received():
                assert happening.exchange is not None
                return self._line("reply", reply_object(happening.exchange))
            case Secured():
                tls = tls_object(event.tls)
                surplus = {"surplus": _octets(event.surplus)} if event.surplus else {}
                return self._line("tls", tls | surplus)
            case Closed(by=by, reason=reason):
                fields = {"by": by.value, "reason": reason, "state": happening.before.phase.value}
                return self._line("close", fields)
            case Remarked(text=text):
                return self._line("stderr", {"text": text})
            case HalfClosed():
                return self._line("shutdown", {})
            case Waived(seconds=seconds):
                return self._line("waive", {"seconds": seconds})
            case _:
                assert_never(event)

    def partial(self, octets: bytes) -> str:
        """Return the line for octets of a reply that has not ended yet."""
        return self._line("partial", _octets(octets))

    def note(self, kind: str, fields: Mapping[str, object]) -> str:
        """Return a line that is no event of the session: `check`, `end`."""
        return self._line(kind, fields)

    def settle(self) -> str:
        """Return nothing: every event is written at once."""
        return ""

    def _seconds(self, event: Event) -> float:
        if self._time.start is None:
            self._time.start = event.at
        return event.at - self._time.start

    def _line(self, kind: str, fields: Mapping[str, object]) -> str:
        time = round(self._time.last, 6)
        head = {"v": VERSION, "t": time, "ev": kind, "conn": self._connection}
        return json_text({**head, **fields}, ascii_only=True) + "\n"


def _opened(event: Opened) -> dict[str, object]:
    return {
        "target": str(event.target),
        "host": event.host,
        "port": event.port,
        "peer": event.peer,
        "local": event.local,
        "client": event.client,
        "mx": event.host if event.preference is not None else None,
        "preference": event.preference,
        "from_system": event.from_system,
        "ms": _milliseconds(event.seconds),
        "tls": tls_object(event.tls) if event.tls else None,
        **({"via": event.via._asdict()} if any(event.via) else {}),
    }


def _sent(event: Sent) -> dict[str, object]:
    command = event.command
    shown = masked(command)
    return {
        **_octets(shown.raw),
        "verb": command.verb,
        "kind": command.kind.value,
        "exact": command.exact,
        "ends_data": command.ends_data,
        "secret": shown is not command,
        **_pace(event),
    }


def _pace(event: Sent) -> dict[str, object]:
    pace = event.pace
    return {} if pace is None else {"rate": pace.rate, "segment": pace.segment}


def reply_object(exchange: Exchange) -> dict[str, object]:
    """Return a reply, what it answers and its annotation, as a line of a recording has them."""
    reply = exchange.reply
    return {
        **_octets(reply.raw),
        "code": reply.code,
        "enhanced": str(reply.enhanced) if reply.enhanced else None,
        "ms": _milliseconds(exchange.elapsed),
        "to": _answered(exchange),
        "state": exchange.after.phase.value,
        "defects": sorted(defect.name.lower() for defect in reply.defects),
        "piece": reply.piece,
        "annotation": None if reply.piece else annotation_object(annotate(exchange)),
    }


def _answered(exchange: Exchange) -> str | None:
    """Return what a reply answers: a verb, `greeting`; None for an unsolicited one."""
    context, command = exchange.context, exchange.command
    if command is None or context is None:
        return None if context is None else "greeting"
    return command.verb if context is Context.UNKNOWN else CONTEXT_WORDS[context].json


def _octets(octets: bytes) -> dict[str, object]:
    try:
        text = octets.decode("utf-8")
    except UnicodeDecodeError:
        text = None
    if text is not None and is_clean(text.replace("\r", "").replace("\n", "")):
        return {"text": text}
    return {"b64": base64.b64encode(octets).decode("ascii")}


def _milliseconds(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds * 1000, 3)
