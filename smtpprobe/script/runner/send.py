"""Steps that send: lines, messages, chunks, held lines, files, logins."""

from __future__ import annotations

from typing import TypeAlias, assert_never

from smtpprobe.protocol.command import (
    Command,
    Kind,
    body,
    exact_line,
    first_word,
    open_body,
    read_line,
    repeated_line,
)
from smtpprobe.protocol.credentials import encodes_text
from smtpprobe.protocol.phase import Phase
from smtpprobe.protocol.session import line_phase, replies_owed, stray_answer
from smtpprobe.protocol.verbs import Context
from smtpprobe.script.language.defined_names import PASSWORD
from smtpprobe.script.language.matchers import Codes
from smtpprobe.script.language.steps import (
    UNJUDGED,
    Auth,
    BdatChunk,
    BdatFile,
    Body,
    DataFile,
    Exact,
    Hold,
    Place,
    Wire,
    name_of,
)
from smtpprobe.script.results.reason import Reason
from smtpprobe.script.runner import default_expectations, transfers
from smtpprobe.script.runner.case_state import CaseState
from smtpprobe.script.runner.connection import HELLOS, Connection
from smtpprobe.script.runner.default_expectations import Owed, Owing

Line: TypeAlias = Wire | BdatChunk
Transfer: TypeAlias = DataFile | BdatFile | Auth


async def send_exact(state: CaseState, step: Exact) -> None:
    """Send a `> line` at once."""
    at = await state.ready(step, waits=False)
    at.expecting.nothing_unexpected(step, unasked_only=True)
    text = state.scope.free(step.text)
    if _asked_for(state, at, text, step):
        command = exact_line(text, line_phase(at.client.state, text))
        at.expecting.at_once.sent(command, ">", step.place)
        at.handshakes.asks(command)
        await at.out(command, step.place)


async def send_line(state: CaseState, owing: Owing, index: int, step: Line) -> int:
    """Send a command once no reply is due, with the octets of a chunk.

    Return the index of the next step: what is not sent takes its expectations with it.
    """
    at = state.at if state.at_rest else await state.settled(step)
    text = state.strict(step.text, step.place)
    if text is None or not _asked_for(state, at, text, step):
        return index + 1 + step.under.last
    command = repeated_line(text, at.client.state.phase)
    if command.verb == "STARTTLS":
        judged = step.judged if isinstance(step, Wire) else UNJUDGED
        at.handshakes.begins(step.place, judged=judged, asked=True)
    if _tells_secret(command, text) and not _may_log_in(state, at, step):
        return index + 1 + step.under.last
    _needs(state, at, command, step.place)
    replies = replies_owed(at.client.state, command)
    await at.out(command, step.place)
    if isinstance(step, BdatChunk) and step.octets:
        await at.out(Command(step.octets, Kind.BODY), step.place)
    owed = Owed(step.place, len(step.text) or 1, _codes(step))
    for one in owing.due(index, step.under, (owed,) * replies):
        await at.expecting.owed(one)
    return index + 1


async def send_held(state: CaseState, owing: Owing, index: int, step: Hold) -> int:
    """Send held lines in one write (RFC 2920); return the index of the next step."""
    at = await state.settled(step)
    commands: list[Command] = []
    owed: list[Owed] = []
    for one in step.held:
        owed.append(Owed(one.place, max(1, len(one.text)), _codes(one)))
        if isinstance(one, Exact):
            commands.append(exact_line(state.scope.free(one.text), Phase.CONNECTED))
            at.expecting.at_once.sent(commands[-1], ">", one.place)
            at.handshakes.asks(commands[-1])
            continue
        text = state.strict(one.text, one.place)
        if text is None:
            return index + 1 + step.under.last
        command = read_line(text, Phase.CONNECTED)
        if command.context is Context.AUTH:  # what answers its challenge is held too
            clear = any(before.verb == "STARTTLS" for before in commands)
            if not _may_log_in(state, at, one, clear=clear):
                return index + 1 + step.under.last
        commands.append(command)
        if isinstance(one, BdatChunk) and one.octets:
            commands.append(Command(one.octets, Kind.BODY))
        _needs(state, at, command, one.place)
    if any(command.verb == "STARTTLS" and not command.exact for command in commands):
        at.handshakes.begins(step.place, judged=step.judged, asked=True)
    await at.out_together(commands, step.place)
    await at.expecting.take(owing.due(index, step.under, tuple(owed)))
    return index + 1


async def send_message(state: CaseState, owing: Owing, index: int, step: Body) -> int:
    """Send a message where the server wants one; return the index of the next step."""
    at = state.at
    if at.client.state.phase is not Phase.DATA:
        return _without_message(state, index, step)
    lines = [state.scope.free(line) for line in step.lines]
    if not step.ended:
        await at.out(open_body(tuple(lines)), step.place)
        return index + 1
    command = body(lines)
    replies = replies_owed(at.client.state, command)
    await at.out(command, step.place)
    owed = (Owed(step.place, 1, default_expectations.MESSAGE),) * replies
    await at.expecting.take(owing.due(index, step.under, owed))
    return index + 1


def _without_message(state: CaseState, index: int, step: Body) -> int:
    """Leave out a message that the server does not want, with the expectations under it."""
    if state.settings.fragment:
        place = step.place._replace(line=max(1, step.place.line - 1))
        taken = state.at.expecting.taken
        message = "DATA got no 354: the message is not sent"
        state.ledger.failed(Reason.REFUSED, message, place, expect="354", exchange=taken)
    state.ledger.notes.append(f"line {step.place.line}: no 354, so the message was not sent")
    return index + 1 + step.under.last


async def transfer(state: CaseState, owing: Owing, index: int, step: Transfer) -> int:
    """Run a step of several commands; return the index of the next step."""
    at = await state.settled(step)
    replies, codes = 1, default_expectations.MESSAGE
    match step:
        case DataFile():
            octets = transfers.message_of(step, _path(state, step))
            replies = replies_owed(at.client.state, body([]))
            owed = await transfers.send_data(at, step, octets)
        case BdatFile():
            octets = transfers.octets_of(_path(state, step))
            replies = replies_owed(at.client.state, read_line("BDAT 0 LAST", Phase.RCPT))
            owed = await transfers.send_chunks(at, step, octets)
        case Auth():
            if not step.clear and not _may_log_in(state, at, step):
                return index + 1 + step.under.last
            user, password = state.scope.line(step.user), state.scope.secret(PASSWORD)
            await transfers.log_in(at, step, user, password)
            owed, codes = True, default_expectations.LOGIN
        case _:
            assert_never(step)
    if not owed:
        return index + 1 + step.under.last
    width = len(name_of(step))
    due = owing.due(index, step.under, (Owed(step.place, width, codes),) * replies)
    await at.expecting.take(due)
    return index + 1


def _tells_secret(command: Command, text: str) -> bool:
    """Tell whether a line is a response to AUTH, or holds the initial one."""
    if command.context is Context.AUTH:
        return len(text.split()) > 2
    return command.context is Context.AUTH_STEP and text.strip() != "*"


def _may_log_in(
    state: CaseState, at: Connection, step: Auth | Line, *, clear: bool = False
) -> bool:
    """Tell whether a password may go out: not in clear where a STARTTLS was to see to that.

    With `clear` it is known that it would, as the STARTTLS goes out in the same write.

    Raises:
        Stop: it may not.
    """
    tls = at.client.state.tls
    secure = tls is not None and tls.ok
    if secure or not (clear or state.lacks_tls):
        return True
    where = step.place
    message = "login not sent: STARTTLS gave no TLS, so the password would go out in clear"
    if clear:
        message = "login not sent: held behind STARTTLS, the password would go out in clear"
    words = ":auth ... --clear" if isinstance(step, Auth) else "> AUTH ..."
    if not isinstance(step, Auth) and first_word(step.text) != "AUTH":
        words = "> ..."
    help_ = (f"if it is meant to go out in clear, write `{words}`",)
    state.ledger.failed(Reason.NOT_SENT, message, where, help_=help_)
    return False


def _asked_for(state: CaseState, at: Connection, text: str, step: Line | Exact) -> bool:
    """Tell whether a line may go out: at the prompt none that answers a login which is over.

    A script says what it means; lines that are pasted go on without having seen the refusal.

    Raises:
        Stop: it may not.
    """
    if not state.settings.fragment or not stray_answer(at.client.state, text):
        return True
    if not encodes_text(text.strip()) and "{{" not in step.text:
        return True
    message = "not sent: the login is over, and this reads as an answer to it"
    state.ledger.failed(Reason.NOT_SENT, message, step.place)
    return False


def _path(state: CaseState, step: DataFile | BdatFile) -> str:
    path = state.scope.line(step.path)
    library = state.settings.library
    return path if library is None else library.find(path, step.place.file)


def _needs(state: CaseState, at: Connection, command: Command, place: Place) -> None:
    """Have required keywords looked for in the reply to this command, if it decides on any."""
    if state.case.needs and command.context in HELLOS:
        at.needed.append((command, state.case.needs.get(place, {})))


def _codes(step: Line | Exact) -> Codes | None:
    """Return what goes without saying of the reply to a line; nothing of one sent as it stands."""
    if isinstance(step, Exact):
        return None
    if not isinstance(step, Wire):
        return default_expectations.COMMAND
    if step.begins_tls:
        return default_expectations.STARTTLS
    return default_expectations.DATA if step.is_data else default_expectations.COMMAND
