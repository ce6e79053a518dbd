"""What it means that no reply comes, or that none can come any more: silence and a close.

No claim is made on the server's reasons beyond what the place in the session allows.
"""

from __future__ import annotations

from smtpprobe.knowledge.annotation import Annotation, Basis, Blame, Cause, NextStep, Retry
from smtpprobe.knowledge.rules.closing import annotate_close
from smtpprobe.knowledge.wording import clip, count, parts_of, typed
from smtpprobe.named_tuple import NamedTuple
from smtpprobe.protocol.events import By, Closed
from smtpprobe.protocol.phase import Phase
from smtpprobe.protocol.session import State
from smtpprobe.protocol.verbs import CONTEXT_WORDS, Context


class _Silence(NamedTuple):
    """Why servers take their time here, what to do, and the limit of RFC 5321 4.5.3.2."""

    why: str
    steps: str
    limit: str = ""
    source: str = "RFC 5321 4.5.3.2"


_BEHIND_CLOSE = ":close; connect again later"

SILENCES: dict[Context, _Silence] = {
    Context.CONNECT: _Silence(
        "servers look the client up first (DNS, block lists), or wait to see who talks early",
        "wait; do not type before it; :close, and smtps://HOST if the port starts with TLS",
        "5 minutes",
        "RFC 5321 4.5.3.2.1",
    ),
    Context.STARTTLS: _Silence(
        "a firewall that swallows STARTTLS leaves it unanswered; a server answers 220 immediately",
        _BEHIND_CLOSE,
        source="RFC 3207 4",
    ),
    Context.AUTH: _Silence(
        "servers delay logins after failures, or wait for their password backend",
        f"wait; {_BEHIND_CLOSE}",
        source="RFC 4954 4",
    ),
    Context.MAIL: _Silence(
        "servers look the sender and the client up now (DNS, block lists, SPF)",
        f"wait; {_BEHIND_CLOSE}",
        "5 minutes",
        "RFC 5321 4.5.3.2.2",
    ),
    Context.RCPT: _Silence(
        "servers consult others now: block lists, a policy service, the host that has the mailbox",
        f"wait; {_BEHIND_CLOSE}",
        "5 minutes",
        "RFC 5321 4.5.3.2.3",
    ),
    Context.DATA: _Silence(
        "the server prepares for the message, or checks the recipients only now",
        f"wait; {_BEHIND_CLOSE}",
        "2 minutes",
        "RFC 5321 4.5.3.2.4",
    ),
    Context.DATA_END: _Silence(
        "the message is being filtered and stored; it may be accepted already",
        "wait: who gives up and sends again may deliver it twice",
        "10 minutes",
        "RFC 5321 4.5.3.2.6",
    ),
    Context.QUIT: _Silence(
        "nothing more is needed of the server: everything before is done", ":close"
    ),
}
"""By what is waited for; contexts that are alike share a row, see `_LIKE`."""

_LIKE = {
    Context.AUTH_STEP: Context.AUTH,
    Context.BDAT_LAST: Context.DATA_END,
}
_ANY = _Silence(
    "the server works on it, hangs, or a box in between swallowed it", f"wait; {_BEHIND_CLOSE}"
)


def unanswered(state: State) -> Annotation | None:
    """Return what it means that the reply which is due has not come; None when none is due."""
    if state.phase is Phase.TLS:
        return _annotation(
            Context.STARTTLS,
            "the TLS handshake is in progress: the server has not finished its side",
            "wait; Ctrl-C closes the connection, as a handshake cannot be left", "RFC 3207 4",
        )  # fmt: skip
    if state.phase is Phase.GREETING:
        return _silent(Context.CONNECT, "the greeting")
    if not state.pending:
        return None
    context = state.pending[0].command.context
    if state.phase is Phase.BDAT and state.body.left:
        missing = count(state.body.left, "octet")
        return _annotation(
            context, f"BDAT is answered when its chunk is complete: {missing} still to be sent",
            "type the rest; :close", "RFC 3030 2",
        )  # fmt: skip
    what = _CALLED.get(context, CONTEXT_WORDS[context].json)
    return _silent(context, what, len(state.pending) - 1)


_CALLED = {
    Context.AUTH_STEP: "the answer to the challenge",
    Context.DATA_END: "the message",
    Context.BDAT_LAST: "the message",
    Context.UNKNOWN: "the command",
}


def _silent(context: Context, what: str, others: int = 0) -> Annotation:
    row = SILENCES.get(_LIKE.get(context, context), _ANY)
    name = what if context is Context.CONNECT else f"reply to {what}"
    more = f"; {count(others, 'command')} waiting after it" if others else ""
    limit = f"senders have to wait at least {row.limit} for it ({row.source})" if row.limit else ""
    return _annotation(context, f"no {name.removeprefix('the ')} yet{more}", row.steps, row.source,
                       tuple(detail for detail in (row.why, limit) if detail))  # fmt: skip


def closed_for(closed: Closed, before: State) -> Annotation:
    """Return what it means that a connection ended that stood in `before`."""
    context = before.pending[0].command.context if before.pending else None
    if before.phase is Phase.GREETING:
        context = Context.CONNECT
    why, steps, source = _end(closed, before, context)
    told = _annotation(context, clip(annotate_close(closed, before)), steps, source, (why,))
    expected = closed.by is By.US or before.ended
    return told._replace(title="Closed", cause=Cause.CLOSING if expected else Cause.NETWORK_ERROR)


def _end(closed: Closed, before: State, context: Context | None) -> tuple[str, str, str]:
    """Return why connections end so, what to do, and the source."""
    if closed.by is By.US:
        return ("it was closed from this side", ":connect", "RFC 5321 4.1.1.10")
    if before.ended:
        return ("the server announced it: the reply before says why", ":connect",
                "RFC 5321 3.8")  # fmt: skip
    if context is Context.CONNECT:
        return ("a firewall, a limit, a block list, or a port for TLS from the start",
                ":connect; smtps://HOST if it is port 465; their log", "RFC 5321 3.1")  # fmt: skip
    if context in (Context.DATA_END, Context.BDAT_LAST):
        return ("the reply is lost, not the message: sending it again may deliver it twice",
                "ask the recipient, or their log, before sending again",
                "RFC 5321 4.5.3.2.6, 6.1")  # fmt: skip
    if before.phase is Phase.TLS or context is Context.STARTTLS:
        return ("it does not finish TLS with this client: version, cipher, SNI, or a broken server",
                "connect again; smtpprobe starttls HOST shows more", "RFC 3207 4.1")  # fmt: skip
    if before.phase in (Phase.DATA, Phase.BDAT):
        return ("the message is not accepted: only a positive reply to its end accepts it",
                ":connect, and send it again; their log", "RFC 5321 4.1.1.4")  # fmt: skip
    if context is not None:
        return ("a server that wants no more says 421: it crashed, or something between cut",
                ":connect; the same command again; their log", "RFC 5321 3.8")  # fmt: skip
    return ("no 421 came first: idle too long, the server stopped, or something between cut",
            ":connect; their log", "RFC 5321 3.8, 4.5.3.2.7")  # fmt: skip


def _annotation(
    context: Context | None, meaning: str, steps: str, source: str, details: tuple[str, ...] = ()
) -> Annotation:
    return Annotation(
        code=None,
        enhanced=None,
        context=context,
        title="No reply",
        meaning=meaning,
        next_steps=tuple(NextStep(step, typed(step)) for step in parts_of(steps)),
        cause=Cause.TIMEOUT,
        blame=Blame.NOBODY,
        retry=Retry.LATER_SAME,
        basis=Basis.STANDARD,
        references=(source,),
        details=details,
    )
