"""`:auth`: a whole login over the wire, each step visible, the password asked for unseen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smtpprobe.errors import UsageError
from smtpprobe.named_tuple import NamedTuple
from smtpprobe.present import spans
from smtpprobe.protocol.auth.login import (
    NO_AUTH,
    Choice,
    Credentials,
    choose,
    in_clear,
    shows_certificate,
)
from smtpprobe.protocol.auth.mechanisms import MECHANISMS, Secret
from smtpprobe.protocol.auth.words import AuthWords, read_auth
from smtpprobe.protocol.command import Command, read_line
from smtpprobe.protocol.phase import Phase
from smtpprobe.protocol.session import State
from smtpprobe.repl.ui.interface import Shape
from smtpprobe.repl.wait import reply_to

if TYPE_CHECKING:
    from smtpprobe.login.sources import Found
    from smtpprobe.protocol.auth.sasl import Login
    from smtpprobe.repl.session import Session

NOTHING_SENT = "login cancelled; nothing sent"


class Plan(NamedTuple):
    """What is going to be done: by which mechanism, and what is known of the credentials."""

    mechanism: str
    found: Found
    why: str = ""


async def auth(session: Session, argument: str) -> None:
    """`:auth [MECH] [USER]`.

    Raises:
        UsageError: it cannot be meant, or not connected; nothing was sent.
        ConnectFailed: the connection ended.
    """
    from smtpprobe.login.responders import login  # noqa: PLC0415 - only for who logs in

    words, state = _words(argument), session.state
    if state.phase is Phase.CLOSED:
        raise UsageError("not connected", ":connect first")
    plan = _plan(session, words)
    if plan.why:
        session.say(f"{plan.mechanism}: {plan.why}")
    if plan.found.secret:
        session.secrets.add(plan.found.secret)
    if not await _may_go(session, words, plan):
        session.say(NOTHING_SENT)
        return
    credentials = await _asked(session, words, plan.found)
    if credentials is None:
        session.say(NOTHING_SENT)
        return
    announced = state.extensions.auth_mechanisms
    await _run(session, login(plan.mechanism, credentials, state.tls, announced, words.manner))


def _words(argument: str) -> AuthWords:
    try:
        return read_auth(_unquoted(argument))
    except UsageError as error:
        raise UsageError(f"auth: {error.message}", error.hint) from None


def _unquoted(argument: str) -> list[str]:
    """Return the words, read as a script reads them: quotes keep blanks in a user's name."""
    if '"' not in argument:
        return argument.split()
    from smtpprobe.script.language.tokens import tokens  # noqa: PLC0415 - only for such names
    from smtpprobe.script.language.values import BadValueError, read_text  # noqa: PLC0415

    try:
        return [read_text(token.text) for token in tokens(argument)]
    except BadValueError:  # its text may quote a password
        raise UsageError("a quoted word is broken; nothing sent", ':auth PLAIN "USER"') from None


def _plan(session: Session, words: AuthWords) -> Plan:
    """Return the mechanism and what is known of the credentials.

    Raises:
        UsageError: there is none, or it is not announced and was not forced.
    """
    state, announced = session.state, session.state.extensions.auth_mechanisms
    name = words.mechanism
    if name and state.identity is not None and name not in announced and not words.force:
        known = f"announced: {' '.join(announced)}" if announced else NO_AUTH
        outside = state.tls is None and "STARTTLS" in state.extensions
        first = "STARTTLS first: most servers offer logins only inside TLS"
        hint = f"{known}; {first if outside else f':auth {name} --force sends it anyway'}"
        raise UsageError(f"auth: {name} is not announced; nothing sent", hint)
    found = _found(session, MECHANISMS[name].secret if name else None)
    if name:
        return Plan(name, found)
    choice = _choice(state, words, found)
    if not choice.mechanism and found.kind is Secret.OTHER:  # a certificate that AUTH has no use of
        found = _found(session, Secret.PASSWORD)
        choice = _choice(state, words, found)
    if not choice.mechanism:
        raise UsageError(f"auth: {choice.why}", ":auth MECH --force sends one anyway")
    return Plan(choice.mechanism, found, choice.why)


def _choice(state: State, words: AuthWords, found: Found) -> Choice:
    credentials = found.with_answers(words.user or "", "")
    return choose(state.extensions.auth_mechanisms, credentials, state.tls)


def _found(session: Session, kind: Secret | None) -> Found:
    from dataclasses import replace  # noqa: PLC0415

    from smtpprobe.login.sources import find  # noqa: PLC0415 - only for who logs in

    shown = shows_certificate(session.state.tls)
    return find(replace(session.login, certificate=shown), session.state.host, kind=kind)


async def _may_go(session: Session, words: AuthWords, plan: Plan) -> bool:
    """Warn before a secret goes out that others can read; ask, unless it is asked for anyway."""
    state, kind = session.state, plan.found.kind.value
    if not in_clear(plan.mechanism, state.tls):
        return True
    first = "; STARTTLS first encrypts it" if "STARTTLS" in state.extensions else ""
    told = f"warning: no TLS: {plan.mechanism} sends the {kind} where others can read it{first}"
    session.say(told, spans.WARNING)
    if words.clear or plan.found.secret is None:
        return True
    return await session.face.choose(f"send the {kind} in the clear? [y]es [n]o", "yn") == "y"


async def _asked(session: Session, words: AuthWords, found: Found) -> Credentials | None:
    """Return the credentials, what is missing asked for; None when that is given up."""
    from dataclasses import replace  # noqa: PLC0415

    user = found.user if words.user is None else words.user
    if user is None:
        answer = await session.face.ask("user: ")
        if not isinstance(answer, str):
            return None
        user = answer
    secret = found.secret
    if secret is None:
        answer = await session.face.ask(f"{found.kind.value}: ", Shape.HIDDEN)
        if not isinstance(answer, str):
            return None
        secret = answer
        session.secrets.add(secret)
    credentials = found.with_answers(user, secret)
    return replace(credentials, user=user, identity=words.identity or found.identity)


async def _run(session: Session, login: Login) -> None:
    command: Command | None = read_line(login.line, session.state.phase)
    while command is not None:
        exchange = await reply_to(session.client, command)
        command = login.after(exchange.reply)
        if command is not None and login.given_up:
            session.say(f"{login.given_up}; * cancels the login")
    if login.doubt:
        session.say(login.verdict, spans.WARNING)
    elif login.verdict:
        session.say(login.verdict)
