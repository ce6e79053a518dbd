"""The state of a session and the only function that changes it: `advance`, total and pure.

Nothing is forbidden and nothing raises: commands out of order, unsolicited replies and
malformed ones all lead to a state. Replies pair with commands in order (RFC 2920 3.1); what
an accepted or refused command does to the state is in one table, EFFECTS. Of the phase:

    what happens, in whatever phase                          the phase then
    -------------------------------------------------------  ------------------------------------
    a connection is opened                                   GREETING
    the first whole reply                                    CONNECTED
    EHLO, HELO, LHLO: 2yz                                    READY
    MAIL: 2yz                                                MAIL
    RCPT: 2yz                                                RCPT
    DATA: 3yz                                                DATA
    the end of DATA, the last BDAT: 2yz, 4yz, 5yz            idle
    BDAT n goes out                                          BDAT
    its n octets have gone out                               RCPT if there is a recipient, or idle
    RSET, BURL: 2yz                                          idle
    AUTH, an answer to its challenge: 3yz                    AUTH
    AUTH, an answer to its challenge: 2yz                    idle
    an answer to a challenge: 4yz, 5yz                       idle
    STARTTLS: 220                                            TLS
    a handshake that succeeds                                CONNECTED, or GREETING if that is due
    XCLIENT: 220                                             CONNECTED
    the connection is closed                                 CLOSED

Idle is MAIL inside a transaction, else READY after EHLO, else CONNECTED. Until its reply comes a
command is `pending` and changes no phase; only BDAT does, as its octets follow at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from smtpprobe.named_tuple import NamedTuple
from smtpprobe.protocol.auth.credentials import nearly_auth
from smtpprobe.protocol.command import Command, Kind, first_word
from smtpprobe.protocol.events import (
    Closed,
    Event,
    HalfClosed,
    Opened,
    Received,
    Secured,
    Sent,
    Waived,
)
from smtpprobe.protocol.extensions import Extensions
from smtpprobe.protocol.phase import Dialect, Phase
from smtpprobe.protocol.reply import Defect, Reply, Severity
from smtpprobe.protocol.transport.via import STRAIGHT, Via
from smtpprobe.protocol.verbs import VERBS, Context

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeAlias

    from smtpprobe.protocol.target import Target
    from smtpprobe.protocol.tls_facts import TlsFacts


class Body(NamedTuple):
    """The message text sent so far in an open body: enough for a prompt and a hint, no content.

    `left` counts the octets a BDAT chunk still needs, None in DATA.
    """

    lines: int = 0
    octets: int = 0
    left: int | None = None
    headers_ended: bool = False
    text_lines: int = 0


_ENDS = (Context.DATA_END, Context.BDAT_LAST)
_BODY, _GREETING, _LMTP = Kind.BODY, Phase.GREETING, Dialect.LMTP
"""Bare names for what every event asks: members found through their class are slow."""
FAREWELLS = (221, 421)
PRDR_BEGINS = 353
"""The first reply to the end of a message whose MAIL asked for PRDR (draft-hall-prdr-00)."""

NO_BODY = Body()
NO_EXTENSIONS = Extensions()


class State(NamedTuple):
    """Everything known of a session at one moment; a new one for every event.

    `extensions` are those of the last accepted EHLO or LHLO of this (clear or TLS) session,
    `previous_extensions` those from before TLS. `client` is the name meant for EHLO, `identity`
    the one accepted. `sender` is
    None outside a transaction and may be empty inside (null sender). `auth_answers` counts the
    answers of the login under way that the server has taken, an initial response included;
    `login_refused` means that the last login was refused, and that only what is no command was
    sent since. `greeting` is the reply that opened the session. `ended` means that the server has
    said 221 or 421: a close is due. `turned` means that the peer is the client now (ATRN).
    `half_closed` means that we closed our side. `odd_end` means that the last message held a dot
    that some servers take for its end, see `has_odd_end`. `commands` counts commands sent,
    `refusals` the replies that accept nothing: 4yz, 5yz, and those cut off or of several codes.
    `pending` are the commands whose replies are due, in order; `replies_left` says how many the
    first of them still gets, None until its turn has come.
    Times are in seconds on the events' clock; `greeted_at` is None until the greeting has come.
    """

    phase: Phase = Phase.CLOSED
    dialect: Dialect = Dialect.SMTP
    target: Target | None = None
    host: str = ""
    port: int = 0
    peer: str = ""
    client: str = ""
    greeting: Reply | None = None
    extensions: Extensions = NO_EXTENSIONS
    previous_extensions: Extensions = NO_EXTENSIONS
    tls: TlsFacts | None = None
    identity: str | None = None
    authenticated: str | None = None
    auth_mechanism: str | None = None
    auth_answers: int = 0
    login_refused: bool = False
    sender: str | None = None
    recipients: tuple[str, ...] = ()
    body: Body = NO_BODY
    greeted_at: float | None = None
    pending: tuple[Sent, ...] = ()
    replies_left: int | None = None
    ended: bool = False
    half_closed: bool = False
    odd_end: bool = False
    commands: int = 0
    refusals: int = 0
    opened_at: float = 0.0
    last_at: float = 0.0
    via: Via = STRAIGHT
    turned: bool = False

    @property
    def awaiting(self) -> bool:
        """Whether a reply is due: the greeting's, or that of a command."""
        return bool(self.pending) or self.phase is _GREETING


def line_phase(state: State, text: str) -> Phase:
    """Return the phase by which a line that is sent now, without waiting, has to be read.

    Behind an AUTH that waits for its reply, what is no command answers the challenge to come; in an
    open body everything is message text.
    """
    if state.phase in (Phase.DATA, Phase.BDAT):
        return state.phase
    waiting = any(pending.command.context in LOGINS for pending in state.pending)
    return Phase.AUTH if waiting and first_word(text) not in VERBS else state.phase


LOGINS = (Context.AUTH, Context.AUTH_STEP)


def stray_answer(state: State, text: str) -> bool:
    """Return whether a line would answer a login that the server has refused: nothing asks for it.

    Then it is the next line of the login in a script, a paste or the user's mind: a name or a
    password, which the server would take for an unknown command, and log.
    """
    return state.login_refused and bool(text.strip()) and first_word(text) not in VERBS


def replies_owed(state: State, command: Command) -> int:
    """Return how many replies a command gets when its turn comes.

    Message text that goes on gets none; LMTP answers the end of a message once for each accepted
    recipient (RFC 2033 4.2).
    """
    if command.kind is _BODY and not command.ends_data:
        return 0
    if state.dialect is not _LMTP or command.context not in _ENDS:
        return 1
    return max(1, len(state.recipients))


START = State()
"""Where every session begins: not connected."""


class Exchange(NamedTuple):
    """A reply, the command it answers and the states around it.

    `command` is None for the greeting and for an unsolicited reply. `elapsed` is the time
    from the command (or the connection) to the reply in seconds, None where there is neither.
    """

    command: Command | None
    reply: Reply
    before: State
    after: State
    elapsed: float | None = None

    @property
    def context(self) -> Context | None:
        """What the reply answers; None for an unsolicited reply."""
        if self.command is not None:
            return self.command.context
        return Context.CONNECT if self.before.phase is _GREETING else None


def advance(state: State, event: Event) -> tuple[State, Exchange | None]:
    """Return the state after an event and, for a reply, what it answers. Never raises."""
    if type(event) is Received:  # asked in this way, as it is of every event: quickly
        exchange = _received(state, event.reply, event.at)
        return exchange.after, exchange
    if type(event) is Sent:
        return _sent(state, event), None
    match event:
        case Opened():
            return _opened(event), None
        case Secured(at, tls, _):
            return _secured(state._replace(last_at=at), tls), None
        case Closed(at):
            return _closed(state._replace(last_at=at)), None
        case Waived(at):
            return state._replace(last_at=at, pending=(), replies_left=None), None
        case HalfClosed(at):
            return state._replace(last_at=at, half_closed=True), None
        case _:
            return state, None  # of something beside the session


def fold(events: Iterable[Event], state: State = START) -> State:
    """Return the state after a whole sequence of events."""
    for event in events:
        state, _ = advance(state, event)
    return state


def exchanges(events: Iterable[Event], state: State = START) -> list[Exchange]:
    """Return what every reply in a sequence of events answers, in order."""
    found = []
    for event in events:
        state, exchange = advance(state, event)
        if exchange is not None:
            found.append(exchange)
    return found


def _opened(event: Opened) -> State:
    return State(
        phase=Phase.GREETING,
        dialect=event.target.dialect,
        target=event.target,
        host=event.host,
        port=event.port,
        peer=event.peer,
        client=event.client,
        tls=event.tls,
        opened_at=event.at,
        last_at=event.at,
        via=event.via,
    )


def _sent(state: State, event: Sent) -> State:
    command, at = event.command, event.at
    if state.turned:
        return state._replace(last_at=at)  # a reply of ours, which nobody answers
    match command.kind:
        case Kind.COMMAND:
            if state.phase is _GREETING and command.verb == "PROXY":
                return state._replace(last_at=at)  # the proxy's header, which gets no reply
            if chunk := command.chunk:
                state = state._replace(phase=Phase.BDAT, body=Body(left=chunk))
            return _awaiting(state, event, state.commands + 1)
        case Kind.RAW:
            return state._replace(last_at=at)
        case Kind.BODY:
            state = _body_sent(state._replace(last_at=at), command)
            return _awaiting(state, event, state.commands) if command.ends_data else state
        case Kind.SASL:
            return _awaiting(state, event, state.commands)


def _awaiting(state: State, event: Sent, commands: int) -> State:
    return state._replace(pending=(*state.pending, event), commands=commands, last_at=event.at)


def _body_sent(state: State, command: Command) -> State:
    body = state.body
    lines = command.raw.count(b"\n") or 1
    ended, text_lines = body.headers_ended, body.text_lines
    if ended:
        text_lines += lines
    else:
        for line in command.raw.split(b"\n")[:-1] or [command.raw]:
            if ended:
                text_lines += 1
            elif line in (b"\r", b""):
                ended = True
    if state.phase is Phase.DATA and not state.odd_end and has_odd_end(command.raw):
        state = state._replace(odd_end=True)
    left = None if body.left is None else max(0, body.left - len(command.raw))
    body = Body(body.lines + lines, body.octets + len(command.raw), left, ended, text_lines)
    phase = state.phase
    if phase is Phase.BDAT and left == 0:
        phase = Phase.RCPT if state.recipients else _idle_phase(state)
    return state._replace(body=body, phase=phase)


def has_odd_end(octets: bytes) -> bool:
    """Return whether a line of a single dot has a bare CR or LF before or behind it.

    It is text (RFC 5321 2.3.8, 4.1.1.4), but some servers take it for the end of the message.
    """
    if any(odd in octets for odd in (b"\n.\n", b"\r.\r", b"\r.\n")):
        return True
    at = octets.find(b"\n.\r\n")
    while at >= 0 and octets[at - 1 : at] == b"\r":
        at = octets.find(b"\n.\r\n", at + 1)
    return at > 0


def _idle_phase(state: State) -> Phase:
    if state.sender is not None:
        return Phase.MAIL
    return Phase.READY if state.identity is not None else Phase.CONNECTED


def _received(before: State, reply: Reply, at: float) -> Exchange:
    if before.phase is _GREETING:
        after = before._replace(last_at=at)
        after = after if reply.piece else _greeted(after, reply)
        return Exchange(None, reply, before, after, at - before.opened_at)
    if not before.pending:
        ended = before.ended or reply.code in FAREWELLS
        return Exchange(None, reply, before, before._replace(last_at=at, ended=ended))
    head = before.pending[0]
    command, elapsed = head.command, at - head.at
    if reply.piece:
        return Exchange(command, reply, before, before._replace(last_at=at), elapsed)
    return Exchange(command, reply, before, _answered(before, command, reply, at), elapsed)


def _left(before: State, command: Command, reply: Reply) -> int:
    """Return how many replies the command at the head gets after this one.

    353 to the end of a message announces one for each recipient and one for all (PRDR).
    """
    if reply.code == PRDR_BEGINS and command.context in _ENDS and before.replies_left is None:
        return len(before.recipients) + 1
    return (before.replies_left or replies_owed(before, command)) - 1


def _greeted(state: State, reply: Reply) -> State:
    return state._replace(
        phase=Phase.CONNECTED,
        greeting=reply,
        greeted_at=state.last_at,
        ended=state.ended or reply.code in FAREWELLS,
        refusals=state.refusals + reply.accepts_nothing,
    )


Effect: TypeAlias = Callable[[State, Command, Reply], State]


def _answered(before: State, command: Command, reply: Reply, at: float) -> State:
    left = _left(before, command, reply)
    after = before._replace(
        pending=before.pending if left else before.pending[1:],
        replies_left=left or None,
        ended=before.ended or reply.code in FAREWELLS,
        refusals=before.refusals + reply.accepts_nothing,
        last_at=at,
    )
    effect = EFFECTS.get((command.context, reply.severity))
    if before.login_refused and command.context is not Context.UNKNOWN:
        after = after._replace(login_refused=False)
    if effect is None or (left and command.context in _ENDS):
        return after
    if reply.flaw is Defect.UNTERMINATED:
        return after  # what it would have said is not known
    return effect(after, command, reply)


def _reset(state: State) -> State:
    return state._replace(sender=None, recipients=(), body=NO_BODY)


def _cleared(state: State, _command: Command, _reply: Reply) -> State:
    state = _reset(state)
    return state._replace(phase=_idle_phase(state))


def _hello(state: State, command: Command, reply: Reply) -> State:
    plain_hello = command.context is Context.HELO
    extensions = NO_EXTENSIONS if plain_hello else reply.extensions
    dialect = Dialect.LMTP if command.context is Context.LHLO else state.dialect
    return _reset(state)._replace(
        phase=Phase.READY, identity=command.argument, extensions=extensions, dialect=dialect
    )


def _tls_begins(state: State, command: Command, reply: Reply) -> State:
    return state if command.exact or reply.code != 220 else state._replace(phase=Phase.TLS)


def _auth_goes_on(state: State, command: Command, _reply: Reply) -> State:
    mechanism = command.mechanism or state.auth_mechanism
    begun = command.context is Context.AUTH
    answers = bool(command.initial_response) if begun else state.auth_answers + 1
    return state._replace(phase=Phase.AUTH, auth_mechanism=mechanism, auth_answers=int(answers))


def _auth_done(state: State, command: Command, _reply: Reply) -> State:
    mechanism = command.mechanism or state.auth_mechanism or ""
    state = state._replace(authenticated=mechanism, auth_mechanism=None, auth_answers=0)
    return state._replace(phase=_idle_phase(state))


def _auth_refused(state: State, _command: Command, _reply: Reply) -> State:
    state = state._replace(auth_mechanism=None, auth_answers=0, login_refused=True)
    return state._replace(phase=_idle_phase(state)) if state.phase is Phase.AUTH else state


def _slip_refused(state: State, command: Command, _reply: Reply) -> State:
    return state._replace(login_refused=True) if nearly_auth(command.verb) else state


def _sender_accepted(state: State, command: Command, _reply: Reply) -> State:
    return state._replace(phase=Phase.MAIL, sender=command.mailbox or "", recipients=())


def _recipient_accepted(state: State, command: Command, _reply: Reply) -> State:
    recipients = (*state.recipients, command.mailbox or "")
    return state._replace(phase=Phase.RCPT, recipients=recipients)


def _data_begins(state: State, _command: Command, _reply: Reply) -> State:
    return state._replace(phase=Phase.DATA, body=NO_BODY, odd_end=False)


def _roles_reversed(state: State, _command: Command, _reply: Reply) -> State:
    """From here on the peer is the client (RFC 2645 5.2.1, RFC 821 3.8)."""
    return _reset(state)._replace(turned=True)


def _restarted(state: State, _command: Command, reply: Reply) -> State:
    """XCLIENT's 220 is a new greeting: the session restarts (Postfix XCLIENT_README)."""
    if reply.code != 220:
        return state
    return _reset(state)._replace(phase=Phase.CONNECTED, identity=None, extensions=NO_EXTENSIONS,
        authenticated=None, greeting=reply,
    )  # fmt: skip


_OK, _MORE = Severity.SUCCESS, Severity.INTERMEDIATE
_LATER, _NEVER = Severity.TRANSIENT, Severity.PERMANENT

EFFECTS: dict[tuple[Context, Severity | None], Effect] = {
    (Context.EHLO, _OK): _hello,
    (Context.HELO, _OK): _hello,
    (Context.LHLO, _OK): _hello,
    (Context.STARTTLS, _OK): _tls_begins,
    (Context.AUTH, _OK): _auth_done,
    (Context.AUTH, _MORE): _auth_goes_on,
    (Context.AUTH, _LATER): _auth_refused,
    (Context.AUTH, _NEVER): _auth_refused,
    (Context.AUTH_STEP, _OK): _auth_done,
    (Context.AUTH_STEP, _MORE): _auth_goes_on,
    (Context.AUTH_STEP, _LATER): _auth_refused,
    (Context.AUTH_STEP, _NEVER): _auth_refused,
    (Context.UNKNOWN, _LATER): _slip_refused,
    (Context.UNKNOWN, _NEVER): _slip_refused,
    (Context.MAIL, _OK): _sender_accepted,
    (Context.RCPT, _OK): _recipient_accepted,
    (Context.DATA, _MORE): _data_begins,
    (Context.DATA_END, _OK): _cleared,
    (Context.DATA_END, _LATER): _cleared,
    (Context.DATA_END, _NEVER): _cleared,
    (Context.BDAT_LAST, _OK): _cleared,
    (Context.BDAT_LAST, _LATER): _cleared,
    (Context.BDAT_LAST, _NEVER): _cleared,
    (Context.BURL, _OK): _cleared,
    (Context.RSET, _OK): _cleared,
    (Context.XCLIENT, _OK): _restarted,
    (Context.ATRN, _OK): _roles_reversed,
    (Context.TURN, _OK): _roles_reversed,
}
"""What a reply to a command does to the state (RFC 5321 4.1.1, 4.1.4; RFC 3207; RFC 4954);
pairs that are not here change nothing but the counts."""


def _secured(state: State, tls: TlsFacts) -> State:
    """After a handshake both sides discard what was learned in clear (RFC 3207 4.2).

    One before the greeting leaves that due: it comes inside TLS, as behind a proxy's line.
    """
    if not tls.ok:
        return state._replace(tls=tls)
    return _reset(state)._replace(
        phase=_GREETING if state.phase is _GREETING else Phase.CONNECTED,
        tls=tls,
        identity=None,
        authenticated=None,
        previous_extensions=state.extensions,
        extensions=NO_EXTENSIONS,
    )


def _closed(state: State) -> State:
    return _reset(state)._replace(
        phase=Phase.CLOSED, pending=(), replies_left=None, extensions=NO_EXTENSIONS, identity=None,
        authenticated=None, auth_mechanism=None, auth_answers=0, login_refused=False,
        ended=False, half_closed=False, tls=None, turned=False,
    )  # fmt: skip


_TOLD_APART = 2
"""What a state is asked for is whether there is a recipient, and whether it is the only one."""


def shortened(state: State) -> State:
    """Return a state that goes on in the same way, with the first two recipients.

    Each new recipient costs a copy of all before it, which is felt from thousands on. In LMTP all
    stay: each of them gets a reply at the end of the message (RFC 2033 4.2), or with PRDR.
    """
    one_each = state.dialect is Dialect.LMTP or "PRDR" in state.extensions
    if len(state.recipients) <= _TOLD_APART or one_each:
        return state
    return state._replace(recipients=state.recipients[:_TOLD_APART])
