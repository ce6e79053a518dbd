"""The table of local commands: name, arguments, meaning, when each runs (not what runs it)."""

from __future__ import annotations

import difflib
import re
from enum import Enum

from smtpprobe import __version__
from smtpprobe.errors import UsageError
from smtpprobe.named_tuple import NamedTuple
from smtpprobe.protocol.auth.words import OPTIONS, shown_words
from smtpprobe.protocol.phase import Phase
from smtpprobe.protocol.redact import MASK, is_secret, masked_encoded, masked_text
from smtpprobe.protocol.transport.proxy import masked_proxy


class Turn(Enum):
    """When a local command runs."""

    NOW = "immediately, even while waiting for a reply"
    FREELY = "immediately, whatever is pending"
    NEXT = "in order, after the lines before it"
    INSTEAD = "immediately, cancelling what is running or queued"


class Topic(Enum):
    """The groups of `:help`; the value is the heading."""

    CONNECTION = "connection"
    SENDING = "sending"
    READING = "reading"
    FILES = "files"
    PROMPT = "this prompt"


class LocalCommand(NamedTuple):
    """One local command. `arguments` is its syntax; `words` are arguments that can be completed.

    `connected` means that it is offered on a connection only; nothing is forbidden by it.
    """

    name: str
    arguments: str
    meaning: str
    topic: Topic
    turn: Turn
    connected: bool = False
    words: tuple[str, ...] = ()
    takes_file: bool = False
    options: tuple[tuple[str, str, str], ...] = ()

    @property
    def syntax(self) -> str:
        """How it is written."""
        return f":{self.name} {self.arguments}".rstrip()


_CONNECTION, _SENDING, _READING = Topic.CONNECTION, Topic.SENDING, Topic.READING
_FILES, _PROMPT = Topic.FILES, Topic.PROMPT
_NOW, _FREELY, _NEXT, _INSTEAD = Turn.NOW, Turn.FREELY, Turn.NEXT, Turn.INSTEAD
_CONNECTED = True

_ROWS = (
    LocalCommand("connect", "[TARGET]", "connect (closes an open connection); alone: same target",
                 _CONNECTION, _INSTEAD),
    LocalCommand("close", "", "close the connection without QUIT",
                 _CONNECTION, _INSTEAD, _CONNECTED),
    LocalCommand("on", "[NAME [TARGET|LINE|:close]]",
                 "another connection: open it, send it a line, close it; alone: list them",
                 _CONNECTION, _NEXT),
    LocalCommand("each", "LINE", "send a line on every connection, replies side by side",
                 _SENDING, _NEXT, _CONNECTED),
    LocalCommand("tls", "[on | verify on|off]", "TLS now, no STARTTLS | enforce certificates",
                 _CONNECTION, _NEXT, words=("on", "verify on", "verify off")),
    LocalCommand("timeout", "[D|off]", "time limit for a reply, such as 30s or 5m",
                 _CONNECTION, _NOW, words=("off",)),
    LocalCommand("auth", "[MECH] [USER] [OPTION]", "log in; prompts for the password without echo",
                 _SENDING, _NEXT, _CONNECTED,
                 options=tuple((name, *row) for name, row in OPTIONS.items())),
    LocalCommand("b64", "TEXT", "send TEXT in base64, as the response to a challenge",
                 _SENDING, _NEXT, _CONNECTED),
    LocalCommand("send", "[OPTIONS] ADDRESS...", "send a whole message, as smtpprobe send does",
                 _SENDING, _NEXT, _CONNECTED),
    LocalCommand("hold", "", "collect lines instead of sending them",
                 _SENDING, _NEXT, _CONNECTED),
    LocalCommand("flush", "", "send the collected lines in one go (pipelining)",
                 _SENDING, _NEXT, _CONNECTED),
    LocalCommand("raw", '"OCTETS"|hex"0D 0A"|FILE ... [--rate N/s] [--segment N]',
                 r'send exactly these octets; in "": \r \n \t \0 \xHH \" \\ ',
                 _SENDING, _FREELY, _CONNECTED, takes_file=True),
    LocalCommand("data", "FILE [--raw] [--no-dot] [--rate N/s] [--segment N] [--stop-after N]",
                 "send DATA and a file as the message, dot-stuffed; --raw: as is",
                 _SENDING, _NEXT, _CONNECTED, takes_file=True),
    LocalCommand("bdat", "FILE [--chunk N]", "send a file in BDAT chunks (RFC 3030)",
                 _SENDING, _NEXT, _CONNECTED, takes_file=True),
    LocalCommand("rate", "[N/s] [--segment N]|off",
                 "send slowly or in small TCP segments, such as 10/s --segment 1",
                 _SENDING, _NOW, words=("off",)),
    LocalCommand("sleep", "D", "wait, such as 500ms or 5s",
                 _SENDING, _NEXT),
    LocalCommand("shutdown", "", "half-close: send FIN (TLS: close_notify), keep reading",
                 _CONNECTION, _NEXT, _CONNECTED),
    LocalCommand("let", "NAME = VALUE", "set a variable, {{NAME}} in lines", _SENDING, _NEXT),
    LocalCommand("secret", "NAME", "set a variable, typed without echo and never shown",
                 _SENDING, _NEXT),
    LocalCommand("expand", "on|off", "also expand values in `> LINE` and messages (off)",
                 _SENDING, _NEXT, words=("on", "off")),
    LocalCommand("include", "FILE", "run the lines of a script here", _SENDING, _NEXT,
                 takes_file=True),
    LocalCommand("assert", "EXPR", "check tls.version >= 1.2, reply.code == 250, ehlo.size > 10M",
                 _READING, _NEXT),
    LocalCommand("grace", "D", "how long `<?` and `<*` wait (1s)", _READING, _NEXT),
    LocalCommand("implicit", "on|off", "require 2xx or 3xx for pasted commands (off)",
                 _READING, _NEXT, words=("on", "off")),
    LocalCommand("help", "[WORD]", "show this help, or help on a verb, code or command",
                 _READING, _NOW),
    LocalCommand("explain", "[TEXT|--teach]",
                 "explain a reply or a code; alone: the last event; --teach: add it to your table",
                 _READING, _NOW),
    LocalCommand("next", "", "show what can be sent now, and what it does",
                 _READING, _NOW),
    LocalCommand("caps", "", "show the server's extensions and what they mean",
                 _READING, _NOW, _CONNECTED),
    LocalCommand("state", "", "show connection, session and envelope",
                 _READING, _NOW),
    LocalCommand("cert", "", "show the certificate chain and verdict",
                 _READING, _NOW, _CONNECTED),
    LocalCommand("time", "", "show how long each reply took",
                 _READING, _NOW),
    LocalCommand("last", "[-x]", "show the last reply; -x: octets sent and received, with times",
                 _READING, _NOW, words=("-x",)),
    LocalCommand("why", "", "why is it refused: the verdict on what has happened so far",
                 _READING, _NEXT, _CONNECTED),
    LocalCommand("check", "[TARGET]", "check who can deliver over TLS; alone: to this peer",
                 _READING, _NEXT),
    LocalCommand("history", "", "show the lines of this session, secrets masked",
                 _READING, _NOW),
    LocalCommand("save", "FILE", "save this session as a script; :save! overwrites",
                 _FILES, _NOW, takes_file=True),
    LocalCommand("save!", "FILE", "the same, overwriting an existing file",
                 _FILES, _NOW, takes_file=True),
    LocalCommand("transcript", "FILE|off", "start recording; .jsonl: as events",
                 _FILES, _NOW, words=("off",), takes_file=True),
    LocalCommand("pcap", "FILE [--secrets]|off",
                 "start a packet capture, decrypted; --secrets: passwords too",
                 _FILES, _NOW, words=("off",), takes_file=True),
    LocalCommand("report", "FILE",
                 "write what a bug report needs: versions, settings, session",
                 _FILES, _NOW, takes_file=True),
    LocalCommand("run", "FILE", "run a script in this session",
                 _FILES, _NEXT, takes_file=True),
    LocalCommand("paste", "", "enter several lines, end with Ctrl-D, run them as a script",
                 _FILES, _NEXT),
    LocalCommand("edit", "", "write a message (or lines) in $EDITOR, sent when saved",
                 _FILES, _NEXT),
    LocalCommand("annotate", "[off|brief|full]", "how much to explain under each reply",
                 _PROMPT, _NOW, words=("off", "brief", "full")),
    LocalCommand("set", "[KEY [VALUE]]", "show or change a setting for this session",
                 _PROMPT, _NOW),
    LocalCommand("config", "init", "write a commented configuration file",
                 _PROMPT, _NOW, words=("init",)),
    LocalCommand("echo", "TEXT", "show TEXT", _PROMPT, _NOW),
    LocalCommand("quit", "", "send QUIT if possible, then exit (also :q, :exit, Ctrl-D)",
                 _PROMPT, _NOW),
    LocalCommand("quit!", "", "exit immediately, without QUIT",
                 _PROMPT, _NOW),
)  # fmt: skip

COMMANDS = {command.name: command for command in _ROWS}
"""All local commands by name, in the order of the help."""

ALIASES = {
    "q": "quit", "exit": "quit", "bye": "quit", "c": "connect", "open": "connect",
    "disconnect": "close", "eof": "shutdown", "?": "help", "h": "help",
}  # fmt: skip


def find(text: str) -> tuple[LocalCommand, str]:
    """Return the command that `:name argument` means, by any unique prefix, and its argument.

    Raises:
        UsageError: there is none, or more than one; the hint names the nearest.
    """
    word, argument = (*text.strip().removeprefix(":").split(maxsplit=1), "", "")[:2]
    name = ALIASES.get(word, word)
    if name in COMMANDS:
        return COMMANDS[name], argument.strip()
    if name in _in_scripts():
        hint = "use :paste for several lines, :run FILE for a script"
        raise UsageError(f":{name} is only for scripts; nothing sent", hint)
    starting = [known for known in COMMANDS if known.startswith(name) and not known.endswith("!")]
    if name and len(starting) == 1:
        return COMMANDS[starting[0]], argument.strip()
    if name and starting:
        shown = ", ".join(f":{known}" for known in starting)
        raise UsageError(f":{name} is ambiguous", f"one of {shown}")
    raise UsageError(f'unknown local command ":{name}"; nothing sent', _nearest(name, text))


def _in_scripts() -> set[str]:
    """Return the commands that mean something in a script only, or in several lines at once."""
    from smtpprobe.script.language.commands import (  # noqa: PLC0415 - only for what is wrong
        LOCALS,
        STRUCTURE,
    )

    return {*LOCALS, *STRUCTURE} - COMMANDS.keys()


def meant(text: str) -> frozenset[str]:
    """Return the names that a local command may have been meant as: what it is called, or nearly.

    For what must not be kept or shown of it, so it is more liberal than `find`.
    """
    word = (text.strip().removeprefix(":").split(maxsplit=1) or [""])[0].lower()
    name = ALIASES.get(word, word)
    if name in COMMANDS:
        return frozenset({name})
    starting = {known for known in COMMANDS if name and known.startswith(name)}
    return frozenset({name, *starting, *difflib.get_close_matches(name, COMMANDS, 3)})


PUBLIC_WORDS = {"auth": 2, "login": 1, "secret": 1, "b64": 0, "pass": 0, "password": 0}
"""How many words behind a local command may be seen; also behind some that there are not."""


def masked_local(text: str, phase: Phase) -> str:
    """Return a local command as it may be shown: without what can be a password in it."""
    text = _IN_TARGET.sub(_masked, _HEX.sub(_hidden, text))
    names = meant(text)
    if names & {"each", "on"}:
        return _masked_behind(text, "each" in names)
    if "set" in names:
        text = masked_proxy(text)
    seen = [PUBLIC_WORDS[name] for name in names if name in PUBLIC_WORDS]
    words = list(re.finditer(r"\S+", text.replace(":", " ", 1)))
    if phase is Phase.AUTH and "raw" in names:
        seen.append(0)
    if words and words[0][0] == "AUTH":  # no local command: a user name has no place in it
        seen.append(1)
    if not seen:
        return masked_text(text)
    given = [word[0] for word in words[1:]]
    least = min(seen)
    hidden = words[1 + (shown_words(given) if least == PUBLIC_WORDS["auth"] else least) :]
    return f"{text[: hidden[0].start()]}{MASK}" if hidden else masked_encoded(text)


def _masked_behind(text: str, every: bool) -> str:
    """Return `:each LINE` or `:on NAME LINE` with the line masked as if it stood alone."""
    words = text.split(" ", 1 if every else 2)
    return " ".join((*words[:-1], masked_text(words[-1])))


_IN_TARGET = re.compile(r"(?<=://)[^\s/@]*:\S*(?=@)")
"""The login in `smtp://user:password@host`, which is no target, but typed all the same."""

_HEX = re.compile(r'hex"([0-9A-Fa-f \t]*)"')


def _masked(_match: re.Match[str]) -> str:
    return MASK


def _hidden(match: re.Match[str]) -> str:
    """Return octets in hex as they may be shown: a mask where they spell credentials."""
    digits = "".join(match[1].split())
    lines = bytes.fromhex(digits[: len(digits) // 2 * 2]).decode("utf-8", "replace").splitlines()
    secret = any(is_secret(line, Phase.CONNECTED) for line in lines)
    return f'hex"{MASK}"' if secret else match[0]


def _nearest(name: str, text: str) -> str:
    if name == "version":
        return f"this is smtpprobe {__version__}"
    near = difflib.get_close_matches(name, COMMANDS, 1)
    line = masked_local(text.strip(), Phase.CONNECTED)
    if near:
        return f'did you mean ":{near[0]}"? to send the line to the server: > {line}'
    return f"see :help; to send the line to the server: > {line}"
