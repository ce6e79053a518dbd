"""Local commands that only show: help, what codes and words mean, what is known of the session."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from smtpprobe.errors import ProbeError, UsageError
from smtpprobe.knowledge.annotation import Basis, NextStep
from smtpprobe.knowledge.assist.next_step import next_steps
from smtpprobe.knowledge.tables.keywords import KEYWORDS, explain_keyword
from smtpprobe.present import session_state, spans
from smtpprobe.present.capabilities import capability_lines
from smtpprobe.present.escape import shown
from smtpprobe.present.reply import Detail
from smtpprobe.present.session import error_lines
from smtpprobe.present.session_state import fact
from smtpprobe.present.spans import Line
from smtpprobe.protocol.command import read_line
from smtpprobe.protocol.events import Closed, Secured
from smtpprobe.protocol.phase import Phase
from smtpprobe.protocol.redact import masked_text
from smtpprobe.protocol.redact_events import blotted_event, redacted_exchange
from smtpprobe.protocol.reply import parse_reply
from smtpprobe.protocol.session import Exchange, State
from smtpprobe.protocol.verbs import VERBS
from smtpprobe.repl.commands import help_text

if TYPE_CHECKING:
    from smtpprobe.repl.session import Session


async def help_(session: Session, argument: str) -> None:
    """`:help [WORD]`."""
    if not argument:
        plain = session.face.echoes
        session.show(
            session.view.wrapped(help_text.overview(session.state, session.hints, plain=plain))
        )
        return
    commands = help_text.command_lines(argument)
    lines = [] if argument.startswith(":") else _looked_up(argument, session.state)
    if lines or commands:
        session.show(session.view.wrapped(lines + commands))
    else:
        await explain(session, argument)


async def explain(session: Session, argument: str) -> None:
    """`:explain [TEXT]`; a bare code means the last reply, if that has it; alone: what is now."""
    last = session.last
    if argument == TEACH:
        _teach(session)
        return
    if not argument and (lines := _not_a_reply(session)):
        session.show(lines)
        return
    if argument and (last is None or argument != str(last.reply.code)):
        lines = _looked_up(argument, session.state)
        if lines:
            session.show(session.view.wrapped(lines))
            return
    exchange = _meant(session, argument) if argument else last
    if exchange is None:
        raise UsageError("no reply yet", "to explain a code: :explain 550 5.1.1")
    session.show(session.view.explained(exchange, Detail.FULL))


TEACH = "--teach"
"""What makes `:explain` add a row for the last reply to the user's own table."""


def _teach(session: Session) -> None:
    from smtpprobe.explainer.own_table import add_row, writable_path  # noqa: PLC0415 - when asked
    from smtpprobe.knowledge.annotate import annotate  # noqa: PLC0415
    from smtpprobe.knowledge.own.teach import row_text  # noqa: PLC0415

    if session.last is None:
        raise UsageError("no reply yet", "--teach makes a row from the last reply")
    path = writable_path(session.settings.replies)
    exchange = redacted_exchange(session.last, session.secrets)
    annotation = annotate(exchange)
    if annotation.basis is Basis.OWN:
        place = ", ".join(annotation.references[:1])
        raise UsageError(f"your table reads this reply already: {place}", "edit that row")
    row = row_text(exchange, annotation)
    if not row:
        raise UsageError("the reply has no words to recognise it by", "no row was written")
    line = add_row(path, row)
    session.say(f"row added: {path}:{line}; edit it there: changes count from the next line on")


def _not_a_reply(session: Session) -> list[Line]:
    """Return what to say about the last event, or one awaited; nothing for a reply."""
    from smtpprobe.knowledge.rules.handshake import annotate_handshake  # noqa: PLC0415 - when asked
    from smtpprobe.knowledge.rules.no_reply import closed_for, unanswered  # noqa: PLC0415

    view, latest = session.view, session.latest
    if silence := unanswered(session.state):
        return view.told(silence, "?")
    if isinstance(latest, ProbeError):
        return view.wrapped(error_lines(latest.message, latest.hint))
    match latest.event if latest is not None else None:
        case Secured() as secured if latest is not None:
            mark = "" if secured.tls.ok else "!"
            return view.told(annotate_handshake(secured, latest.before), mark)
        case Closed() as closed if latest is not None:
            told = view.told(closed_for(closed, latest.before))
            said = session.last if latest.before.ended else None
            return view.explained(said, Detail.FULL) + told if said is not None else told
        case _:
            return []


def _looked_up(text: str, state: State) -> list[Line]:
    """Return what is known of it, first what this server announced; nothing when it is unknown."""
    from smtpprobe.explainer.report import reference  # noqa: PLC0415 - with all tables, for no prompt
    from smtpprobe.knowledge.reference.codes import explain_code  # noqa: PLC0415
    from smtpprobe.knowledge.reference.enhanced import explain_enhanced  # noqa: PLC0415
    from smtpprobe.knowledge.reference.words import explain_word  # noqa: PLC0415

    if re.fullmatch(r"[2-5][0-9]{2}", text):
        return list(reference.code_lines(explain_code(int(text))))
    if (enhanced := explain_enhanced(text)) is not None:
        return list(reference.enhanced_lines(enhanced))
    word = explain_word(text)
    return [*_here(text.upper(), state), *(reference.word_lines(word) if word is not None else ())]


def _here(keyword: str, state: State) -> list[Line]:
    if keyword not in state.extensions or keyword not in KEYWORDS:
        return []
    meaning = explain_keyword(keyword, state.extensions.parameters(keyword))
    return [fact(f"{keyword} as announced by this server", meaning)]


def _meant(session: Session, text: str) -> Exchange:
    """Return a pasted reply as the answer to the last command, when its code is the same."""
    reply = parse_reply(text.encode("utf-8", "surrogateescape") + b"\r\n")
    if reply.code is None:
        raise UsageError(
            f"{shown(masked_text(text))}: not a known code, reply, command or word",
            ":help 550, :help 5.7.1, :help STARTTLS, :help :save; :help alone lists all commands",
        )
    last = session.last
    if last is not None and last.reply.code == reply.code:
        return Exchange(last.command, reply, last.before, last.after)
    return Exchange(_SOME_COMMAND, reply, _SOME_STATE, _SOME_STATE)


_SOME_COMMAND, _SOME_STATE = read_line("", Phase.READY), State(phase=Phase.READY)
"""What a reply answers of which only the reply is known."""


async def next_(session: Session, _argument: str) -> None:
    """`:next`."""
    session.show(
        session.view.wrapped(
            [_step_line(step) for step in next_steps(session.state, session.hints)]
        )
    )
    if session.last is not None and (session.last.reply.code or 0) >= 400:
        await explain(session, "")


def _step_line(step: NextStep) -> Line:
    verb = VERBS.get(step.command.partition(" ")[0].upper())
    if verb is None or "," in step.text:
        return (spans.Span(spans.CLIENT, step.text),)
    return (spans.Span(spans.CLIENT, step.command), spans.Span(spans.NOTICE, f"  {verb.summary}"))


async def caps(session: Session, _argument: str) -> None:
    """`:caps`."""
    session.show(session.view.wrapped(capability_lines(session.state)))


async def state(session: Session, _argument: str) -> None:
    """`:state`."""
    session.show(
        session.view.wrapped(session_state.state_lines(session.state, len(session.queue.outbox)))
    )


async def cert(session: Session, _argument: str) -> None:
    """`:cert`."""
    session.show(session.view.wrapped(session_state.certificate_lines(session.state)))


async def time_(session: Session, _argument: str) -> None:
    """`:time`."""
    session.show(session_state.time_lines(tuple(session.client.events)))


async def last(session: Session, argument: str) -> None:
    """`:last [-x]`: the last reply, or all octets of the last exchange."""
    if argument not in ("", "-x"):
        raise UsageError(
            f"last: {argument!r}", ":last, or :last -x for the octets sent and received"
        )
    if argument:
        _octets(session)
    elif session.last is None:
        raise UsageError("no reply yet")
    else:
        exchange = redacted_exchange(session.last, session.secrets)
        session.show(session_state.last_lines(exchange))


def _octets(session: Session) -> None:
    """Show the last exchange octet for octet; credentials are blotted out at their length."""
    client, secrets = session.client, session.secrets
    events = session_state.last_exchange(tuple(client.events))
    if not events:
        raise UsageError("nothing sent or received yet")
    seen = [blotted_event(event, secrets) for event in events]
    pending = secrets.blot(secrets.whole_part(client.pending))
    session.show(session_state.octet_lines(seen, session.state.opened_at, pending))


async def history(session: Session, _argument: str) -> None:
    """`:history`."""
    session.show([spans.line(shown(text)) for text in session.history])
