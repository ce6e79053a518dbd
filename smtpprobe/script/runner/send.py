"""Steps that send: lines, messages, chunks, held lines, files, logins.

Each sends, and returns the replies due. What is not sent is a miss, noted where it is seen.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NoReturn, TypeAlias

from smtpprobe.errors import UsageError
from smtpprobe.login.responders import login
from smtpprobe.named_tuple import NamedTuple
from smtpprobe.protocol.auth.credentials import encodes_text
from smtpprobe.protocol.auth.login import NO_AUTH, Credentials, choose, in_clear, shows_certificate
from smtpprobe.protocol.auth.sasl import Login
from smtpprobe.protocol.auth.words import secret_of
from smtpprobe.protocol.command import (
    LINE_KINDS,
    REPEATED,
    Command,
    Kind,
    body,
    exact_line,
    first_word,
    open_body,
    read_line,
    repeated_line,
)
from smtpprobe.protocol.phase import Phase
from smtpprobe.protocol.session import line_phase, replies_owed, stray_answer
from smtpprobe.protocol.verbs import Context
from smtpprobe.script.language.defined_names import secret_named
from smtpprobe.script.language.steps import (
    Auth,
    BdatChunk,
    BdatFile,
    Body,
    DataFile,
    Exact,
    Hold,
    Place,
    SmtpLine,
    name_of,
)
from smtpprobe.script.results.reason import Reason
from smtpprobe.script.runner import transfers
from smtpprobe.script.runner.case_log import Missed
from smtpprobe.script.runner.case_state import CaseState
from smtpprobe.script.runner.connection import HELLOS
from smtpprobe.script.runner.default_expectations import COMMAND, DATA, LOGIN, MESSAGE, STARTTLS
from smtpprobe.script.runner.owed_replies import DONE, Owed, StepOutcome
from smtpprobe.script.runner.sent_files import SentFile
from smtpprobe.script.runner.waits.rest import nothing_unexpected

Line: TypeAlias = SmtpLine | BdatChunk


async def send_exact(state: CaseState, step: Exact) -> StepOutcome:
    """Send a `> line` at once."""
    at = await state.ready(step, waits=False)
    nothing_unexpected(at.listener, step, unasked_only=True)
    text = state.scope.free(step.text)
    _is_asked_for(state, text, step)
    command = exact_line(text, line_phase(at.client.state, text))
    at.sends_at_once(command, ">", step.place)
    await at.out(command, step.place)
    return DONE


async def send_line(state: CaseState, step: Line) -> StepOutcome:
    """Send a command once no reply is due, with the octets of a chunk."""
    at = await state.rested(step)
    usual = _usual(step) if isinstance(step, SmtpLine) else None
    if usual is not None and at.client.state.phase not in LINE_KINDS:
        await at.out(usual.command, step.place)
        return usual.outcome
    text = state.text_of(step)
    _is_asked_for(state, text, step)
    command = repeated_line(text, at.client.state.phase)
    if isinstance(step, SmtpLine) and command.verb == "STARTTLS":
        at.handshakes.begins(step.place, judged=step.judged, asked=True)
    if _tells_secret(command, text):
        _may_log_in(state, step)
    _look_for_keywords(state, command, step.place)
    replies = replies_owed(at.client.state, command)
    await at.out(command, step.place)
    if isinstance(step, BdatChunk) and step.octets:
        await at.out(Command(step.octets, Kind.BODY), step.place)
    return StepOutcome((_owed_to(step),) * replies, step.under)


class UsualLine(NamedTuple):
    """A line whose command and outcome are the same whatever came before it."""

    command: Command
    outcome: StepOutcome


@lru_cache(maxsize=256)
def _usual(step: SmtpLine) -> UsualLine | None:
    """Return the usual line that a step is, None where sending it asks anything of the case.

    That is: it has values, may be part of a login, begins TLS, announces keywords, or what it is
    takes other replies than one. Loops ask for the same ones again.
    """
    if "{{" in step.text or len(step.text) > REPEATED:
        return None
    command = repeated_line(step.text, Phase.READY)
    if command.may_be_secret or command.context not in _USUAL:
        return None
    return UsualLine(command, StepOutcome((_owed_to(step),), step.under))


_USUAL = (
    *(Context.MAIL, Context.RCPT, Context.DATA, Context.RSET, Context.NOOP),
    *(Context.VRFY, Context.EXPN, Context.HELP, Context.QUIT),
)
"""What the usual lines are: verbs of RFC 5321 that are answered once, by their own rules."""


async def send_held(state: CaseState, step: Hold) -> StepOutcome:
    """Send held lines in one write (RFC 2920)."""
    at = await state.rested(step)
    commands: list[Command] = []
    for line in step.held:
        if isinstance(line, Exact):
            commands.append(exact_line(state.scope.free(line.text), Phase.CONNECTED))
            at.sends_at_once(commands[-1], ">", line.place)
        else:
            commands += _held_line(state, line, commands)
    if any(command.verb == "STARTTLS" and not command.exact for command in commands):
        at.handshakes.begins(step.place, judged=step.judged, asked=True)
    await at.out_together(commands, step.place)
    return StepOutcome(tuple(map(_owed_to, step.held)), step.under)


def _held_line(state: CaseState, step: Line, before: list[Command]) -> list[Command]:
    """Return the command that a held line is, with the octets of a chunk."""
    command = read_line(state.text_of(step), Phase.CONNECTED)
    if command.context is Context.AUTH:  # what answers its challenge is held too
        _may_log_in(state, step, clear=any(one.verb == "STARTTLS" for one in before))
    _look_for_keywords(state, command, step.place)
    octets = step.octets if isinstance(step, BdatChunk) else b""
    return [command, Command(octets, Kind.BODY)] if octets else [command]


async def send_message(state: CaseState, step: Body) -> StepOutcome:
    """Send a message where the server wants one."""
    at = state.at
    if at.client.state.phase is not Phase.DATA:
        _leave_out(state, step)
    lines = [state.scope.free(line) for line in step.lines]
    command = body(lines) if step.ended else open_body(tuple(lines))
    replies = replies_owed(at.client.state, command)
    await at.out(command, step.place)
    return StepOutcome((Owed(step.place, 1, MESSAGE),) * replies, step.under)


def _leave_out(state: CaseState, step: Body) -> None:
    """Leave out a message that the server does not want; what is pasted ends there."""
    told = f"line {step.place.line}: no 354, so the message was not sent"
    if state.settings.fragment:
        place = step.place._replace(line=max(1, step.place.line - 1))
        taken = state.at.listener.taken
        message = "DATA did not get 354: message not sent"
        state.ledger.failed(Reason.REFUSED, message, place, expect="354", exchange=taken)
    state.ledger.notes.append(told)
    raise Missed


async def send_file(state: CaseState, step: DataFile) -> StepOutcome:
    """Send DATA and a file as the message."""
    at = await state.rested(step)
    replies = replies_owed(at.client.state, body([]))
    with SentFile(state.path_of(step.path, step.place)) as file:
        ended = await transfers.send_data(at, step, file)
    if told := transfers.told_of_line_ends(step, file):
        state.ledger.notes.append(told)
    return _transferred(step, replies * ended)


async def send_chunks(state: CaseState, step: BdatFile) -> StepOutcome:
    """Send a file in chunks (RFC 3030 2)."""
    at = await state.rested(step)
    replies = replies_owed(at.client.state, read_line("BDAT 0 LAST", Phase.RCPT))
    with SentFile(state.path_of(step.path, step.place)) as file:
        await transfers.send_chunks(at, step, file)
    return _transferred(step, replies)


async def log_in(state: CaseState, step: Auth) -> StepOutcome:
    """Run a whole login."""
    at = await state.rested(step)
    if not step.words.clear:
        _may_log_in(state, step)
    attempt = _attempt(state, step)
    await transfers.log_in(at, step, attempt)
    _tell(state, step, attempt)
    return StepOutcome((Owed(step.place, len(name_of(step)), LOGIN),), step.under)


def _attempt(state: CaseState, step: Auth) -> Login:
    """Return the login that a step asks for.

    Raises:
        Stop: it cannot begin; or Missed, where the case goes on.
    """
    seen, words, secret = state.at.client.state, step.words, secret_named(step)
    credentials = Credentials(
        state.scope.line(step.user),
        state.scope.secret(secret) if secret else "",
        secret_of(words.mechanism),
        state.scope.line(words.identity),
        certificate=shows_certificate(seen.tls),
    )
    announced = seen.extensions.auth_mechanisms
    name = words.mechanism
    if not name:
        name, why = choose(announced, credentials, seen.tls)
        if not name:
            _not_begun(state, step, why, "name one, and --force where it is not announced")
        state.ledger.notes.append(f"line {step.place.line}: {name} is {why}")
    elif seen.identity is not None and name not in announced and not words.force:
        known = f"announced: {' '.join(announced)}" if announced else NO_AUTH
        _not_begun(state, step, f"{name} is not announced", f"{known}; --force sends it anyway")
    if in_clear(name, seen.tls):
        kind = credentials.kind.value
        state.ledger.notes.append(f"line {step.place.line}: {name} sent the {kind} in the clear")
    try:
        return login(name, credentials, seen.tls, announced, words.manner)
    except UsageError as error:
        _not_begun(state, step, error.message, error.hint)


def _not_begun(state: CaseState, step: Auth, why: str, help_: str) -> NoReturn:
    message = f"login not sent: {why}"
    state.ledger.failed(Reason.NOT_SENT, message, step.place, help_=(help_,) if help_ else ())


def _tell(state: CaseState, step: Auth, attempt: Login) -> None:
    """Tell what a login showed of the server; one that proved nothing is none.

    Raises:
        Stop: it is none; or Missed, where the case goes on.
    """
    told = f"given up: {attempt.given_up}" if attempt.given_up else attempt.verdict
    if told:
        state.ledger.notes.append(f"line {step.place.line}: {attempt.name}: {told}")
    if attempt.doubt:
        help_ = ("to accept the login anyway, write `:auth ... --weak`",)
        taken = state.at.listener.taken
        message = f"login not believed: {attempt.doubt}"
        state.ledger.failed(
            Reason.REFUSED, message, step.place, expect="v=", exchange=taken, help_=help_
        )


def _transferred(step: DataFile | BdatFile, replies: int) -> StepOutcome:
    """Return the outcome of a file that went out; one without its end gets no reply."""
    owed = (Owed(step.place, len(name_of(step)), MESSAGE),) * replies
    return StepOutcome(owed, step.under, left_out=not owed)


def _tells_secret(command: Command, text: str) -> bool:
    """Return whether a line is a response to AUTH, or holds the initial one."""
    if command.context is Context.AUTH:
        return len(text.split()) > 2
    return command.context is Context.AUTH_STEP and text.strip() != "*"


def _may_log_in(state: CaseState, step: Auth | Line, *, clear: bool = False) -> None:
    """See that a password may go out: not in clear where a STARTTLS was to see to that.

    With `clear` it is known that it would, as the STARTTLS goes out in the same write.

    Raises:
        Stop: it may not; or Missed, where the case goes on.
    """
    tls = state.at.client.state.tls
    secure = tls is not None and tls.ok
    if not secure and (clear or state.lacks_tls):
        message = (
            "login not sent: STARTTLS did not start TLS, so the password would go out in the clear"
        )
        if clear:
            message = (
                "login not sent: pipelined after STARTTLS, the password would go out in the clear"
            )
        words = ":auth ... --clear" if isinstance(step, Auth) else "> AUTH ..."
        if not isinstance(step, Auth) and first_word(step.text) != "AUTH":
            words = "> ..."
        help_ = (f"to send it in the clear anyway, write `{words}`",)
        state.ledger.failed(Reason.NOT_SENT, message, step.place, help_=help_)


def _is_asked_for(state: CaseState, text: str, step: Line | Exact) -> None:
    """See that a line may go out: at the prompt none that answers a login which is over.

    A script says what it means; lines that are pasted go on without having seen the refusal.

    Raises:
        Stop: it may not; or Missed, where the case goes on.
    """
    stray = state.settings.fragment and stray_answer(state.at.client.state, text)
    if stray and (encodes_text(text.strip()) or "{{" in step.text):
        message = "not sent: the login is over, and this looks like a response to it"
        state.ledger.failed(Reason.NOT_SENT, message, step.place)


def _look_for_keywords(state: CaseState, command: Command, place: Place) -> None:
    """Have required keywords looked for in the reply to this command, if it decides on any."""
    if state.case.needs and command.context in HELLOS:
        state.at.needed.append((command, state.case.needs.get(place, {})))


def _owed_to(step: Line | Exact) -> Owed:
    """Return the reply to a line; nothing is implied of one that is sent as is."""
    return _owed(step.place, step.text, implying=not isinstance(step, Exact))


@lru_cache(maxsize=64)
def _owed(place: Place, text: str, *, implying: bool) -> Owed:
    """Return what `_owed_to` does; loops ask for the same ones again."""
    codes = _CODES.get(text.rstrip(" \t").upper(), COMMAND)
    return Owed(place, len(text) or 1, codes if implying else None)


_CODES = {"DATA": DATA, "STARTTLS": STARTTLS}
"""The implied expectation of the reply to these lines; for others it is COMMAND."""
