"""Lines of a pasted session that telnet, nc, openssl or a shell have written, not client or server.

All patterns are meant for whole lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

TOOL = re.compile(
    r"Trying [^ ]+\.\.\.|Connected to .*|Escape [Cc]haracter is .*|telnet> ?.*|\^[\]C]"
    r"|Connecting To .*\.\.\..*|(?:Welcome to )?Microsoft Telnet(?: Client|>.*)"
    r"|Entering (?:character|line) mode"
    r"|(?:Ncat|nc): .*|Connection to .* succeeded!|\S+ \[[0-9a-f.:]+\] \S+ \(.*\) open"
    r"|\S+: inverse host lookup failed.*|Connection closed\."
    r"|(?:\S*|\[[^\]]{1,80}\])[$#%>] *(?:telnet|nc|ncat|openssl) .*"
)
"""What a tool shows around a session, and how it is called from a shell."""

IN_THE_END = re.compile(
    r"Connection closed by (?:foreign|remote) host\.?|Connection to host lost\.?"
)
CLOSED_BY_SERVER = re.compile(rf"{IN_THE_END.pattern}|closed|read:errno=[0-9]+")
OPENSSL = re.compile(r"CONNECTED\([0-9A-F]+\)")
BEGINS = re.compile(rf"Trying [^ ]+\.\.\.|{OPENSSL.pattern}|Connection to .* succeeded!")
"""Where a tool begins to talk of a connection: until the first reply, all else is its own too."""

SERVER_LINE = re.compile(r"[2-5][0-9]{2}(?:[ -]|$)")
_MARKS = frozenset("#:<>|")
_CALLED = re.compile(r"(?:telnet|nc|ncat|openssl s_client) \S.*")


def is_tool_line(line: str) -> bool:
    """Return whether a line can only be a tool's, in any context."""
    if line[:1] in _MARKS:
        return False
    return (TOOL.fullmatch(line) or IN_THE_END.fullmatch(line)) is not None


def parted(lines: Iterable[str]) -> tuple[list[str], list[str]]:
    """Return the lines of the dialogue, and those of the tools around it.

    Between a DATA and its dot all lines are message. What a tool says of its connection (the
    certificates that openssl shows) is over with the first reply.
    """
    dialogue: list[str] = []
    tools: list[str] = []
    begun = in_message = False
    for line in lines:
        if in_message:
            in_message = line != "."
            dialogue.append(line)
            continue
        bare = line.strip()
        begun = (begun or BEGINS.fullmatch(bare) is not None) and not SERVER_LINE.match(bare)
        ended = bool(dialogue) and CLOSED_BY_SERVER.fullmatch(bare)
        if begun or ended or is_tool_line(bare) or _CALLED.fullmatch(bare):
            tools.append(line)
            continue
        in_message = bare.upper() == "DATA"
        dialogue.append(line)
    return dialogue, tools
