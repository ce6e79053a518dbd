"""What a line typed at the prompt is, by its first characters (the classes of a script's lines)."""

from __future__ import annotations

from enum import Enum

from smtpprobe.present.prompt import BODY_PHASES
from smtpprobe.protocol.phase import Phase
from smtpprobe.protocol.redact import masked_line, masked_text
from smtpprobe.repl.commands.table import masked_local
from smtpprobe.repl.foreign_lines import answer
from smtpprobe.script.importers.tool_lines import SERVER_LINE, is_tool_line


class LineClass(Enum):
    """What becomes of a typed line; the value is what is said where nothing is sent."""

    BODY = "sent as message text"
    WIRE = "sent"
    EXACT = "sent verbatim"
    LOCAL = "a local command"
    HELP = "help"
    LEAVE = "leave"
    NOTHING = "an empty line"
    COMMENT = ""
    FOREIGN = "a command of another program"
    EXPECTATION = "an expectation on the reply"
    REPLY_TEXT = 'a "|" line belongs below an expectation in a script; nothing sent'
    TOOL_LINE = 'output of telnet or a similar tool: not sent; "> ..." sends it verbatim'
    SERVER_LINE = 'this looks like a reply, so it was not sent; "> ..." sends it verbatim'


_BY_FIRST = {
    "#": LineClass.COMMENT,
    ":": LineClass.LOCAL,
    "<": LineClass.EXPECTATION,
    "|": LineClass.REPLY_TEXT,
    ">": LineClass.EXACT,
}


def classified(text: str, phase: Phase, *, offline: bool = False) -> LineClass:
    """Return what a line typed in this phase is. In a body everything is message text."""
    if phase in BODY_PHASES:
        return LineClass.BODY
    bare = text.strip()
    if not bare:
        return LineClass.NOTHING
    if bare == "?" or (offline and bare.lower() == "help"):
        return LineClass.HELP
    if offline and bare.lower() in ("quit", "exit"):
        return LineClass.LEAVE
    if phase is not Phase.AUTH and answer(bare, offline=offline):
        return LineClass.FOREIGN
    if bare[0] == ">" and bare[1:2] not in ("", " "):
        return LineClass.WIRE
    if phase is not Phase.AUTH and is_tool_line(bare):
        return LineClass.TOOL_LINE
    if SERVER_LINE.match(bare):
        return LineClass.SERVER_LINE
    return _BY_FIRST.get(bare[0], LineClass.WIRE)


def masked_typed(text: str, phase: Phase) -> str:
    """Return a typed line as it may be shown: what can be a password in it is masked."""
    if phase in BODY_PHASES:
        return text
    bare = text.lstrip()
    if bare[:1] == ":":
        return masked_local(text, phase)
    if bare[:1] in ("#", "<", "|") or bare == "?":
        return masked_text(text)
    if bare[:1] == ">":
        start = len(text) - len(bare) + 1
        return (
            text[:start] + (" " if bare[1:2] == " " else "") + masked_line(bare[1:].lstrip(), phase)
        )
    return masked_line(text, phase)
