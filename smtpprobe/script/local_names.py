"""The local commands of scripts: which there are, and what each takes; plain tables."""

# ruff: noqa: SIM905 - word lists read best as words

from __future__ import annotations

import re
from collections.abc import Callable
from difflib import get_close_matches
from typing import TypeAlias

from smtpprobe.errors import UsageError
from smtpprobe.protocol.quantities import parse_duration
from smtpprobe.protocol.target import parse_target
from smtpprobe.script.values import BadValueError, expansions, read_string

ArgumentCheck: TypeAlias = Callable[[str], None]


def _target(text: str) -> None:
    if text and not expansions(text):
        parse_target(text)


def _nothing(text: str) -> None:
    if text:
        raise UsageError("it takes no argument")


def _duration(text: str) -> None:
    parse_duration(text)


def _switch(text: str) -> None:
    if text not in ("on", "off"):
        raise UsageError("on or off")


def _tls(text: str) -> None:
    if text not in ("on", "verify on", "verify off"):
        raise UsageError("on, verify on or verify off")


def _string(text: str) -> None:
    read_string(text)


def _name(text: str) -> None:
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_]*", text):
        raise UsageError("a name: a letter, then letters, digits and _")


def _text(_text: str) -> None:
    """Any text will do."""


LOCALS: dict[str, tuple[ArgumentCheck, str]] = {
    "connect": (_target, ":connect [TARGET]"),
    "close": (_nothing, ":close"),
    "tls": (_tls, ":tls on | :tls verify on|off"),
    "timeout": (_duration, ":timeout 30s"),
    "sleep": (_duration, ":sleep 2s"),
    "title": (_string, ':title "text"'),
    "echo": (_text, ":echo TEXT"),
    "expand": (_switch, ":expand on|off"),
    "implicit": (_switch, ":implicit on|off"),
    "raw": (_string, r':raw "octets\r\n"'),
    "secret": (_name, ":secret NAME"),
}
"""Each command's check of its argument and its usage line."""

LATER = frozenset(
    "shutdown grace hold flush data bdat auth let assert require case".split()
    + "continue for repeat retry end include finally on".split()
)
"""Commands of the language that this version does not run."""

PROMPT_ONLY = frozenset(
    "help explain next caps state cert time last check edit paste".split()
    + "run save transcript history b64 set annotate config quit exit".split()
)
"""Commands that mean something at the prompt only."""


def nearest(name: str) -> str:
    """Return the known command most like `name`, or nothing."""
    found = get_close_matches(name, [*LOCALS, *LATER, *PROMPT_ONLY], n=1)
    return found[0] if found else ""


def argument_fault(name: str, argument: str) -> str:
    """Return what is wrong with the argument of a command in LOCALS; empty if nothing is."""
    check, _usage = LOCALS[name]
    try:
        check(argument)
    except UsageError as error:
        return f"{error.message}" + (f" ({error.hint})" if error.hint else "")
    except BadValueError as error:
        return str(error)
    return ""
