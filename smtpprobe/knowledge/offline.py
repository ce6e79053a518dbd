"""Annotations without a session: a reply from a log, a bounce or a paste.

The reply is put into a placeholder exchange, and the same rules read it as in a session; they
conclude nothing from the placeholder states (`Situation.live`).
"""

from __future__ import annotations

from functools import cache

from smtpprobe.knowledge.annotate import CLIENT, Judgement, judge, worded
from smtpprobe.knowledge.annotation import Annotation
from smtpprobe.knowledge.rules.situation import Situation, known_verb, situation, values
from smtpprobe.named_tuple import NamedTuple
from smtpprobe.protocol.command import Command, Kind
from smtpprobe.protocol.events import Received, Sent
from smtpprobe.protocol.phase import Phase
from smtpprobe.protocol.reply import Reply
from smtpprobe.protocol.session import Exchange, State, advance
from smtpprobe.protocol.verbs import Context

PHASE_BEFORE = {
    Context.CONNECT: Phase.GREETING,
    Context.EHLO: Phase.CONNECTED,
    Context.HELO: Phase.CONNECTED,
    Context.LHLO: Phase.CONNECTED,
    Context.AUTH_STEP: Phase.AUTH,
    Context.RCPT: Phase.MAIL,
    Context.DATA: Phase.RCPT,
    Context.DATA_END: Phase.DATA,
    Context.BDAT: Phase.RCPT,
    Context.BDAT_LAST: Phase.RCPT,
}
"""The phase in which a command is in order; READY for the others."""

_TYPED = {
    Context.AUTH_STEP: "",
    Context.DATA_END: ".",
    Context.BDAT: "BDAT 0",
    Context.BDAT_LAST: "BDAT 0 LAST",
    Context.UNKNOWN: "",
}
"""The line that represents a context; for the others its verb."""

_KINDS = {Context.AUTH_STEP: Kind.SASL, Context.DATA_END: Kind.BODY}


class Place(NamedTuple):
    """The context of a reply in the input: the command, the address, the server.

    Addresses have no brackets; the empty sender is the null sender. `host` is a name.
    """

    context: Context | None = None
    recipient: str | None = None
    sender: str | None = None
    host: str = ""


def explain_reply(
    reply: Reply,
    context: Context | None = None,
    *,
    recipient: str | None = None,
    sender: str | None = None,
    host: str = "",
) -> Annotation:
    """Return what a reply means as the answer to `context`, without a session.

    With no context the code, the enhanced status code and the text are all there is: the details
    then name the commands that the code is usual for. The rest is as in `Place`.
    """
    place = Place(context, recipient, sender, host)
    return worded(judged(reply, place), own_values(reply, place))


def judged(reply: Reply, place: Place) -> Judgement:
    """Return what the reply means, still without its own words.

    It holds for every reply of the same code, enhanced status code and defects whose text differs
    in names, addresses and ids alone.
    """
    return judge(placed(reply, place))


def placed(reply: Reply, place: Place) -> Situation:
    """Return the reply in its place, with placeholder states, ready for the rules."""
    return situation(_exchange(reply, *place), CLIENT, live=False)


def own_values(reply: Reply, place: Place) -> dict[str, str]:
    """Return what is this one reply's own in the words of its annotation."""
    recipient = place.recipient if place.context is Context.RCPT else None
    return values(
        reply,
        place.context,
        recipient=recipient or "",
        sender=place.sender or "",
        mechanism="",
        verb=_verb(place.context),
        client=CLIENT,
    )


@cache
def _verb(context: Context | None) -> str:
    if context is None or context is Context.CONNECT:
        return known_verb(None)
    return known_verb(_command(context, None, None))


def _exchange(
    reply: Reply, context: Context | None, recipient: str | None, sender: str | None, host: str
) -> Exchange:
    state = _state(context, sender, host)
    if context is None:
        return Exchange(None, reply, state, state)
    if context is not Context.CONNECT:
        state, _ = advance(state, Sent(0.0, _command(context, recipient, sender)))
    after, exchange = advance(state, Received(0.0, reply))
    return exchange or Exchange(None, reply, state, after)


@cache
def _stand_in(context: Context | None) -> State:
    phase = PHASE_BEFORE.get(context, Phase.READY) if context is not None else Phase.CLOSED
    said_hello = phase not in (Phase.GREETING, Phase.CONNECTED)
    return State(phase=phase, identity=CLIENT if said_hello else None)


def _state(context: Context | None, sender: str | None, host: str) -> State:
    state = _stand_in(context)
    if sender is None and not host:
        return state
    return state._replace(host=host, sender=sender)


def _command(context: Context, recipient: str | None, sender: str | None) -> Command:
    line = _TYPED.get(context, context.value)
    if context is Context.MAIL and sender is not None:
        line = f"MAIL FROM:<{sender}>"
    if context is Context.RCPT and recipient is not None:
        line = f"RCPT TO:<{recipient}>"
    raw = line.encode("utf-8", "surrogateescape") + b"\r\n"
    return Command(raw, _KINDS.get(context, Kind.COMMAND), ends_data=context is Context.DATA_END)
