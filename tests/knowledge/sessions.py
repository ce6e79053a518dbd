"""Sessions in a few words: what the client typed, what the server said, and the last exchange."""

from __future__ import annotations

from smtpprobe.knowledge.annotate import annotate
from smtpprobe.knowledge.annotation import Annotation
from smtpprobe.knowledge.offline import PHASE_BEFORE
from smtpprobe.protocol.command import Command, Kind, read_line
from smtpprobe.protocol.events import Opened, Received, Secured, Sent
from smtpprobe.protocol.extensions import Extensions
from smtpprobe.protocol.phase import Phase
from smtpprobe.protocol.reply import Reply, parse_reply
from smtpprobe.protocol.session import START, Exchange, State, advance
from smtpprobe.protocol.target import parse_target
from smtpprobe.protocol.tls_facts import TlsFacts
from smtpprobe.protocol.verbs import Context

TLS = TlsFacts(ok=True, version="TLSv1.3", cipher="TLS_AES_256_GCM_SHA384")

TYPED = {
    Context.EHLO: "EHLO probe.example.org",
    Context.HELO: "HELO probe.example.org",
    Context.LHLO: "LHLO probe.example.org",
    Context.STARTTLS: "STARTTLS",
    Context.AUTH: "AUTH PLAIN AGJvYgBzZWNyZXQ=",
    Context.AUTH_STEP: "c2VjcmV0",
    Context.MAIL: "MAIL FROM:<me@example.org>",
    Context.RCPT: "RCPT TO:<bob@other.example>",
    Context.DATA: "DATA",
    Context.DATA_END: ".",
    Context.BDAT: "BDAT 5",
    Context.BDAT_LAST: "BDAT 5 LAST",
    Context.UNKNOWN: "FOO",
}
"""What is typed for a context; for the others the verb itself."""


def play(script: str, target: str = "[mx1.example.net]") -> tuple[State, list[Exchange]]:
    """Return where a session ends and what was exchanged.

    `C: ` begins a line of the client, `TLS` a handshake; all else is the server's.
    """
    aim = parse_target(target)
    state, _ = advance(START, Opened(0.0, aim, aim.name, aim.port))
    found: list[Exchange] = []
    pending = b""
    for line in (part.strip() for part in script.strip().splitlines()):
        if line.startswith("C: "):
            state, _ = advance(state, Sent(0.0, read_line(line[3:], state.phase)))
        elif line == "TLS":
            state, _ = advance(state, Secured(0.0, TLS))
        else:
            pending += line.encode("utf-8", "surrogateescape") + b"\r\n"
            if line[3:4] == "-":
                continue
            state, exchange = advance(state, Received(0.0, parse_reply(pending)))
            pending = b""
            assert exchange is not None
            found.append(exchange)
    return state, found


def before(context: Context) -> State:
    """Return a state in which the command of this context is in order."""
    phase = PHASE_BEFORE.get(context, Phase.READY)
    state = State(phase=phase, port=25, host="mx1.example.net")
    if phase is not Phase.CONNECTED:
        state = state._replace(identity="probe.example.org")
    if phase in (Phase.MAIL, Phase.RCPT, Phase.DATA):
        state = state._replace(sender="me@example.org")
    if phase in (Phase.RCPT, Phase.DATA):
        state = state._replace(recipients=("bob@other.example",))
    if phase is Phase.AUTH:
        state = state._replace(auth_mechanism="LOGIN", auth_answers=1)
    return state


def answered(
    context: Context | None, reply: str | bytes | Reply, state: State | None = None, typed: str = ""
) -> Exchange:
    """Return the exchange of a command of this context and a reply."""
    if not isinstance(reply, Reply):
        raw = reply if isinstance(reply, bytes) else reply.encode("utf-8", "surrogateescape")
        reply = parse_reply(raw if raw.endswith(b"\n") else raw + b"\r\n")
    if context is Context.CONNECT:
        state = State(phase=Phase.GREETING)
    elif context is None:
        state = state or before(Context.MAIL)
    else:
        state = state or before(context)
        command = _command(context, typed or TYPED.get(context, context.value), state)
        state, _ = advance(state, Sent(0.0, command))
    _, exchange = advance(state, Received(0.0, reply))
    assert exchange is not None
    return exchange


def _command(context: Context, typed: str, state: State) -> Command:
    if context is Context.DATA_END:
        return Command(typed.encode() + b"\r\n", Kind.BODY, ends_data=True)
    return read_line(typed, Phase.AUTH if context is Context.AUTH_STEP else state.phase)


def explained(
    context: Context | None, reply: str | bytes | Reply, state: State | None = None, typed: str = ""
) -> Annotation:
    """Return the annotation of a reply to a command of this context."""
    return annotate(answered(context, reply, state, typed))


def announcing(*keywords: str, **fields: object) -> State:
    """Return a ready state whose server announced these keywords, parameters behind blanks."""
    words = [keyword.split() for keyword in keywords]
    extensions = Extensions(tuple((word[0], tuple(word[1:])) for word in words))
    return before(Context.MAIL)._replace(extensions=extensions, **fields)  # type: ignore[arg-type] # fields of State


def lines(annotation: Annotation) -> tuple[str, str]:
    """Return meaning and next line."""
    return annotation.meaning, "; ".join(step.text for step in annotation.next_steps)
