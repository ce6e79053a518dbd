"""What `:help` says, taken from the tables of verbs and of local commands."""

from __future__ import annotations

from smtpprobe.errors import UsageError
from smtpprobe.knowledge.assist.completion import Hints
from smtpprobe.knowledge.assist.next_step import next_steps
from smtpprobe.present import spans
from smtpprobe.present.spans import Line, Span
from smtpprobe.protocol.phase import PROMPT_WORDS, Phase
from smtpprobe.protocol.session import State
from smtpprobe.repl.commands import table
from smtpprobe.repl.commands.table import COMMANDS, LocalCommand, Topic

KEYS = (
    ("Enter", "send the line as typed; nothing is ever sent on its own"),
    ("Tab", "list what fits here; right arrow accepts the grey text"),
    ("Ctrl-]", "enter a local command, even inside a message (also F10)"),
    ("Ctrl-C", "clear the line or stop waiting; never closes the connection"),
    ("Ctrl-D", "send QUIT, then exit"),
    ("F1, ?", "show this help"),
    ("F2", "switch annotations: brief, full, off"),
)

PLAIN_KEYS = (
    ("Enter", "send the line as typed; nothing is ever sent on its own"),
    ("Ctrl-]", "before a line: enter a local command, even inside a message"),
    ("Ctrl-C", "stop waiting; never closes the connection"),
    ("Ctrl-D", "send QUIT, then exit"),
    ("?", "show this help"),
)

HERE = {
    Phase.CLOSED: "Not connected. :connect example.org connects to its MX, :connect [host] to "
    "that host.",
    Phase.GREETING: "Connected; the server speaks first. Lines you type wait for its greeting.",
    Phase.CONNECTED: "The server has sent its greeting. Send EHLO to get its extensions.",
    Phase.READY: "EHLO is done; no mail transaction is open.",
    Phase.MAIL: "A mail transaction is open: the sender is set, recipients are next.",
    Phase.RCPT: "Recipients are accepted: add more, or send DATA.",
    Phase.DATA: 'Inside a message: every line is message text. A line with only "." ends it.',
    Phase.BDAT: "Inside a BDAT chunk: the announced octets are being sent.",
    Phase.AUTH: "The server sent a challenge (334). Answer in base64; :b64 TEXT encodes; * "
    "cancels.",
    Phase.TLS: "The TLS handshake is under way.",
}


def overview(state: State, hints: Hints, *, plain: bool = False) -> list[Line]:
    """Return the help for this state: where one is, what fits, keys, local commands.

    `plain` means that the keys are those of the plain prompt.
    """
    heading = Span(spans.HEADING, f"{PROMPT_WORDS[state.phase]}: ")
    lines: list[Line] = [(heading, Span(spans.PLAIN, HERE[state.phase]))]
    steps = next_steps(state, hints)
    if steps:
        lines.append(_row("next", "; ".join(step.text for step in steps), 10))
    lines += [_row(key, meaning, 10) for key, meaning in (PLAIN_KEYS if plain else KEYS)]
    for topic in Topic:
        names = (f":{command.name}" for command in COMMANDS.values() if command.topic is topic)
        lines.append(_row(topic.value, " ".join(names), 12))
    lines.append(
        spans.line("more: :help RCPT, :help 450, :help :save; > LINE sends any line", spans.HINT)
    )
    return lines


def command_lines(word: str) -> list[Line]:
    """Return the help for a local command, with its colon or by its whole name; else nothing."""
    name = word.removeprefix(":").lower()
    if not (word.startswith(":") or name in COMMANDS or name in table.ALIASES):
        return []
    try:
        return _command(table.find(f":{name}")[0])
    except UsageError:
        return []


def _command(command: LocalCommand) -> list[Line]:
    return [
        (Span(spans.HEADING, command.syntax), Span(spans.PLAIN, f"  {command.meaning}")),
        _row("runs", command.turn.value, 10),
        *(_row(f"{name} {value}".rstrip(), does, 14) for name, value, does in command.options),
    ]


def _row(name: str, text: str, width: int) -> Line:
    return (Span(spans.HEADING, f"{name:<{width}} "), Span(spans.PLAIN, text))
