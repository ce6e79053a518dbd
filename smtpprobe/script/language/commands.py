"""The local commands of scripts: which there are, and what each takes; plain tables."""

# ruff: noqa: SIM905 - word lists read best as words

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeAlias

from smtpprobe.errors import UsageError
from smtpprobe.named_tuple import NamedTuple
from smtpprobe.protocol.auth.words import USAGE as AUTH_USAGE
from smtpprobe.protocol.target import TargetKind, parse_target
from smtpprobe.protocol.units import parse_duration, parse_limit
from smtpprobe.script.language.pace import read_pace
from smtpprobe.script.language.raw_octets import read_raw
from smtpprobe.script.language.values import BadValueError, expansions, read_string

ArgumentCheck: TypeAlias = Callable[[str], None]

NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")


def _target(text: str) -> None:
    if text and parse_target(text).kind is TargetKind.PIPE:
        raise UsageError(
            "a script cannot start programs",
            "use :connect alone, and give pipe: as the target of the run",
        )


def _nothing(text: str) -> None:
    if text:
        raise UsageError("it takes no argument")


def _duration(text: str) -> None:
    parse_duration(text)


def _limit(text: str) -> None:
    parse_limit(text)


def _pace(text: str) -> None:
    read_pace(text)


def _raw(text: str) -> None:
    read_raw(text)


def _switch(text: str) -> None:
    if text not in ("on", "off"):
        raise UsageError("on or off")


def _tls(text: str) -> None:
    if text not in ("on", "verify on", "verify off"):
        raise UsageError("on, verify on or verify off")


def _string(text: str) -> None:
    read_string(text)


def _name(text: str) -> None:
    if not NAME.fullmatch(text):
        raise UsageError("a name: a letter, then letters, digits and _")


def _text(_text: str) -> None:
    """Any text will do."""


class LocalName(NamedTuple):
    """A local command of scripts: how its argument is checked, how it is written.

    `setting` commands are allowed before the first `:case`, and between a line and the expectation
    that belongs to it when they are `quiet`: nothing is sent or taken by them.
    """

    check: ArgumentCheck
    usage: str
    setting: bool = False
    quiet: bool = False


LOCALS: dict[str, LocalName] = {
    "connect": LocalName(_target, ":connect [TARGET]"),
    "close": LocalName(_nothing, ":close"),
    "shutdown": LocalName(_nothing, ":shutdown"),
    "tls": LocalName(_tls, ":tls on | :tls verify on|off"),
    "timeout": LocalName(_limit, ":timeout 30s", setting=True, quiet=True),
    "grace": LocalName(_duration, ":grace 1s", setting=True, quiet=True),
    "rate": LocalName(_pace, ":rate N/s [--segment N] | off", setting=True, quiet=True),
    "sleep": LocalName(_duration, ":sleep 2s"),
    "title": LocalName(_string, ':title "text"', setting=True, quiet=True),
    "echo": LocalName(_text, ":echo TEXT", quiet=True),
    "expand": LocalName(_switch, ":expand on|off", setting=True, quiet=True),
    "implicit": LocalName(_switch, ":implicit on|off", setting=True, quiet=True),
    "continue": LocalName(_switch, ":continue on|off", setting=True, quiet=True),
    "raw": LocalName(_raw, r':raw "octets\r\n"|hex"0d 0a"|FILE ... [--rate N/s] [--segment N]'),
    "secret": LocalName(_name, ":secret NAME", setting=True, quiet=True),
    "on": LocalName(_name, ":on NAME"),
}
"""Commands that a step of their name runs."""

STRUCTURE: dict[str, str] = {
    "let": ":let NAME = VALUE",
    "assert": ":assert [not] SIDE [OPERATOR VALUE] [severity=warning]",
    "require": ":require KEYWORD...",
    "case": ':case "name"',
    "finally": ":finally",
    "for": ":for NAME in WORD|N..M...",
    "repeat": ":repeat N",
    "retry": ":retry N every D",
    "end": ":end",
    "include": ":include FILE",
    "hold": ":hold",
    "flush": ":flush",
    "data": ":data FILE [--raw] [--no-dot] [--rate N/s] [--segment N] [--stop-after N]",
    "bdat": ":bdat FILE [--chunk N]",
    "auth": f":auth {AUTH_USAGE}",
}
"""Commands that the parser itself reads, each with its usage."""

PROMPT_ONLY = frozenset(
    "help explain next caps state cert time last check edit paste each".split()
    + "run save report send transcript pcap history b64 set annotate config why quit exit".split()
)
"""Commands that mean something at the prompt only."""


_OTHER_WORDS = {"open": "connect", "disconnect": "close", "eof": "shutdown", "fin": "shutdown"}
"""How other programs call what a script has."""


def nearest(name: str) -> str:
    """Return the known command most like `name`, or nothing."""
    if name in _OTHER_WORDS:
        return _OTHER_WORDS[name]
    from difflib import get_close_matches  # noqa: PLC0415 - only for what is wrong

    found = get_close_matches(name, [*LOCALS, *STRUCTURE, *PROMPT_ONLY], n=1)
    return found[0] if found else ""


class ArgumentFault(NamedTuple):
    """What is wrong with an argument, and where in it (from 0) if that is known."""

    text: str
    at: int | None = None


def argument_fault(name: str, argument: str) -> ArgumentFault | None:
    """Return what is wrong with the argument of a command in LOCALS; None if nothing is.

    An argument with values in it is looked at when they are known.
    """
    if expansions(argument):
        return None
    try:
        LOCALS[name].check(argument)
    except UsageError as error:
        return ArgumentFault(f"{error.message}" + (f" ({error.hint})" if error.hint else ""))
    except BadValueError as error:
        return ArgumentFault(str(error), error.at)
    return None
