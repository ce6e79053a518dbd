"""Reads the pinned replies and asks the program about them."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import NamedTuple

from smtpprobe.knowledge.annotate import annotate
from smtpprobe.knowledge.annotation import Annotation
from smtpprobe.knowledge.offline import Place, explain_reply
from smtpprobe.knowledge.outcomes import explain_failure
from smtpprobe.knowledge.rules.unfold import unfold
from smtpprobe.protocol.session import State
from smtpprobe.protocol.verbs import Context
from tests.knowledge.sessions import TLS, announcing, answered, before

FOLDER = Path(__file__).parent
FILES = tuple(sorted(file.stem for file in FOLDER.glob("*.tsv")))

UNKNOWN, UNASKED, LOCAL = "UNKNOWN", "UNASKED", "LOCAL"

OTHER = "OTHER"
"""A command that nobody knows."""

CONTEXTS = {context.name.replace("_", "-"): context for context in Context}
CONTEXTS[OTHER] = CONTEXTS.pop("UNKNOWN")
"""What the commands are called here: as in the corpus of replies."""

EXACT = "exact"
"""The line is sent as it stands, so that no handshake follows it."""


class Pin(NamedTuple):
    """A reply in its place, and the reading that is right."""

    command: str
    session: str
    host: str
    reply: str
    cause: str
    blame: str
    retry: str
    source: str

    @property
    def reading(self) -> tuple[str, str, str]:
        """Cause, blame and retry, as they are written down."""
        return self.cause, self.blame, self.retry


@cache
def pins(name: str) -> tuple[Pin, ...]:
    """Return what a file holds, in its order."""
    with (FOLDER / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
        lines = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE, strict=True)
        assert tuple(next(lines)) == Pin._fields, "the header names the columns"
        return tuple(Pin(*line) for line in lines)


def told(pin: Pin) -> Annotation:
    """Return what the program says of a pinned reply."""
    reply = pin.reply.replace("\\n", "\n")
    if pin.command == LOCAL:
        place = Place(recipient="bob@shop.example")
        return explain_failure(reply[1:].strip(), int(reply[0]), "", place)
    context = None if pin.command in (UNKNOWN, UNASKED) else CONTEXTS[pin.command]
    if not pin.session and pin.command != UNASKED:
        return explain_reply(unfold(reply), context, host=pin.host)
    state, typed = _session(context, pin.session)
    exchange = answered(context, unfold(reply), state, typed)
    if pin.session == EXACT and exchange.command is not None:
        exchange = exchange._replace(command=exchange.command._replace(exact=True))
    return annotate(exchange)


def reading(pin: Pin) -> tuple[str, str, str]:
    """Return cause, blame and retry that the program gives a pinned reply."""
    annotation = told(pin)
    return annotation.cause.value, annotation.blame.value, annotation.retry.value


def _session(context: Context | None, name: str) -> tuple[State, str]:
    """Return the state before the command, and the line that is typed; empty: the usual one."""
    if name == "login offered":
        return announcing("AUTH PLAIN LOGIN"), ""
    state = before(context or Context.MAIL)._replace(**_FIELDS.get(name, {}))  # type: ignore[arg-type] # fields of State
    typed = _TYPED.get(name, "")
    return state, "" if typed.startswith("MAIL") and context is not Context.MAIL else typed


_FIELDS: dict[str, dict[str, object]] = {
    "tls": {"tls": TLS},
    "no hello": {"identity": None},
    "no sender": {"sender": None, "recipients": ()},
    "no recipient": {"recipients": ()},
    "transaction": {"sender": "me@example.org"},
    "logged in": {"authenticated": "PLAIN"},
    "null sender": {"sender": ""},
}
"""What is otherwise than usual in a session."""

_TYPED = {
    "cancelled": "*",
    "null sender": "MAIL FROM:<>",
    "sized": "MAIL FROM:<me@example.org> SIZE=99999999",
}
"""What is typed there."""

SESSIONS = (
    "", "open", "tls", "no hello", "no sender", "no recipient", "transaction", "logged in",
    "login offered", "cancelled", "null sender", "sized", EXACT,
)  # fmt: skip
"""How a session may stand; empty: nobody saw one, `open`: as it is when the command is due."""
