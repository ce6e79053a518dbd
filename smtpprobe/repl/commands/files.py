"""Local commands on files and on several lines at once: recordings, scripts, pastes, messages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smtpprobe.errors import UsageError
from smtpprobe.present.escape import shown
from smtpprobe.protocol.command import Command, Kind, dot_stuff
from smtpprobe.protocol.events import Sent
from smtpprobe.protocol.phase import Phase
from smtpprobe.repl.commands.sending import read_file
from smtpprobe.repl.pasted_lines import run_fragment, run_lines
from smtpprobe.repl.ui.interface import Shape

if TYPE_CHECKING:
    from smtpprobe.repl.session import Session

ABOVE_IS_SENT = "==== text above this line has been sent; continue below ===="


async def save(session: Session, argument: str) -> None:
    """`:save FILE`."""
    session.recording.save(argument, session.settings.client, over=False)


async def save_over(session: Session, argument: str) -> None:
    """`:save! FILE`."""
    session.recording.save(argument, session.settings.client, over=True)


async def transcript(session: Session, argument: str) -> None:
    """`:transcript FILE|off`."""
    if argument == "off":
        if not session.recording.path:
            raise UsageError("nothing is being recorded", "start with :transcript FILE")
        session.say(f"stopped recording to {shown(session.recording.path)}")
        session.recording.stop()
    elif argument:
        session.recording.start(argument)
    elif session.recording.path:
        session.say(f"recording to {shown(session.recording.path)}")
    else:
        session.say("nothing is being recorded; start with :transcript FILE")


async def pcap(session: Session, argument: str) -> None:
    """`:pcap FILE [--secrets]`, `:pcap off`."""
    words = argument.split()
    names = [word for word in words if word != "--secrets"]
    path = session.capturing.path
    if names == ["off"]:
        if not path:
            raise UsageError("nothing is being captured", "start with :pcap FILE")
        session.capturing.stop()
        session.say(f"stopped capturing to {shown(path)}")
    elif len(names) == 1:
        session.capturing.start(names[0], keeps_secrets=len(words) > 1)
    elif names:
        raise UsageError(f"{argument!r} is not FILE [--secrets]")
    else:
        told = f"capturing to {shown(path)}" if path else "nothing is being captured"
        session.say(told if path else f"{told}; start with :pcap FILE")


async def report(session: Session, argument: str) -> None:
    """`:report FILE`."""
    from smtpprobe.repl.bug_report import bug_report  # noqa: PLC0415 - loads what it names

    text = bug_report(session.settings, session.client.events, session.secrets)
    session.recording.write(argument, text, "report")
    session.say(f"written to {shown(argument)}; it has host names and addresses: read it first")


async def run(session: Session, argument: str) -> None:
    """`:run FILE`."""
    text = read_file(argument).decode("utf-8", "surrogateescape")
    await run_lines(session, text.splitlines(), argument)


async def paste(session: Session, _argument: str) -> None:
    """`:paste`."""
    text = await session.face.ask("paste, end with Ctrl-D> ", Shape.LINES)
    lines = text.rstrip("\n").split("\n") if isinstance(text, str) else []
    if any(lines):
        await run_fragment(session, lines)
    else:
        session.say("nothing pasted, nothing sent")


async def edit(session: Session, _argument: str) -> None:
    """`:edit`: in a body the rest of the message, else lines that are run as a paste."""
    if session.state.phase is Phase.DATA:
        await _edit_message(session)
        return
    text = await session.face.edit("")
    if text is None:
        raise UsageError("the editor failed; nothing sent", ":set editor vi")
    if text.strip():
        await run_lines(session, text.splitlines(), "editor")
    else:
        session.say("nothing written, nothing sent")


async def _edit_message(session: Session) -> None:
    sent = _sent_so_far(session)
    context = f"{sent}{ABOVE_IS_SENT}\n" if sent else ""
    edited = await session.face.edit(context)
    if edited is None:
        raise UsageError("the editor failed; nothing sent", ":set editor vi")
    text = edited.partition(f"{ABOVE_IS_SENT}\n")[2] if ABOVE_IS_SENT in edited else edited
    if text == context or not text.strip():
        session.say('nothing written, nothing sent; the message is still open: end it with "."')
        return
    octets = dot_stuff(text.encode("utf-8", "surrogateescape")) + b".\r\n"
    await session.client.send(Command(octets, Kind.BODY, ends_data=True))


def _sent_so_far(session: Session) -> str:
    """Return the lines of the open message that went out already, as far as remembered."""
    found: list[str] = []
    for event in reversed(session.client.events):
        if isinstance(event, Sent):
            if event.command.kind is not Kind.BODY:
                break
            found.append(event.command.raw.decode("utf-8", "surrogateescape"))
    return "".join(reversed(found)).replace("\r\n", "\n")
