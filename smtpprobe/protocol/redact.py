"""Keeps secrets out of everything that is shown or stored: one rule, used by every reader."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable

from smtpprobe.protocol.command import VERBS, Command, Kind, first_word
from smtpprobe.protocol.phase import Context, Phase
from smtpprobe.protocol.utf8 import utf8_text

MASK = "********"
"""What stands for a secret, of whatever length."""

SHORTEST = 4
"""The fewest characters of a secret that is looked for in other text."""

_AUTH_LINE = re.compile(r"(?im)^(\s*AUTH[ \t]+\S+[ \t]+)(\S.*?)(\r?)$")


def is_secret(line: str, phase: Phase) -> bool:
    """Tell whether a line typed in this phase holds credentials (challenge answer, AUTH line)."""
    return masked_line(line, phase) != line


def masked_line(line: str, phase: Phase) -> str:
    """Return a typed line with its credentials masked; other lines as they are.

    An answer to a challenge is secret but for `*` (cancel) and the empty line; of an AUTH line
    the initial response is, but for `=` (empty, RFC 4954 4).
    """
    if phase in (Phase.DATA, Phase.BDAT):
        return line
    if phase is Phase.AUTH:
        return line if line.strip() in ("", "*") else MASK
    return _AUTH_LINE.sub(_mask, line)


def _mask(match: re.Match[str]) -> str:
    return match[0] if match[2].strip() == "=" else f"{match[1]}{MASK}{match[3]}"


def masked(command: Command) -> Command:
    """Return the command with its credentials masked; the same object when it holds none."""
    if not command.may_be_secret:
        return command
    end = command.raw[len(command.raw.rstrip(b"\r\n")) :]
    text = command.raw.removesuffix(end).decode("utf-8", "surrogateescape")
    if command.kind is Kind.SASL or command.secret:
        shown = masked_line(text, Phase.AUTH)
    elif command.kind is Kind.RAW:
        shown = _masked_lines(text)
    else:
        shown = masked_line(text, Phase.CONNECTED)
    if shown == text:
        return command
    return command._replace(raw=shown.encode("utf-8", "surrogateescape") + end)


def _masked_lines(text: str) -> str:
    """Mask several lines sent at once: behind an AUTH what is no command is an answer to it."""
    shown = []
    phase = Phase.CONNECTED
    for line in text.split("\n"):
        text, end = line.removesuffix("\r"), "\r" if line.endswith("\r") else ""
        verb = first_word(text)
        if verb in VERBS:
            shown.append(masked_line(text, Phase.CONNECTED) + end)
            phase = Phase.AUTH if verb == "AUTH" else Phase.CONNECTED
        else:
            shown.append(masked_line(text, phase) + end)
    return "\n".join(shown)


class Secrets:
    """What must never be shown, to be hidden wherever a server or a script brings it up again.

    `given` are values known beforehand; `learn` adds the credentials of a command that goes out.
    What is shorter than four characters stays, as it would blot out half of every text.
    """

    def __init__(self, given: Iterable[str] = ()) -> None:
        self._known: set[str] = set()
        self._mechanism = ""
        self._answers = 0
        for value in given:
            self.add(value)

    def add(self, value: str) -> None:
        """Add a secret, and its base64."""
        self._add(value)
        self._add(base64.b64encode(value.encode("utf-8", "surrogateescape")).decode("ascii"))

    def include(self, others: Secrets) -> None:
        """Add what others know."""
        self._known |= others._known

    def learn(self, command: Command) -> None:
        """Add the credentials of a command that goes out; to be told of every command once.

        Of PLAIN (RFC 4616) and LOGIN the password is known besides: user names may be shown.
        """
        if not command.may_be_secret:
            return
        if masked(command) is command and command.context is not Context.AUTH:
            return
        for line in command.text.splitlines():
            words = line.split()
            if first_word(line) == "AUTH":
                self._mechanism, self._answers = " ".join(words[1:2]).upper(), 0
                words = words[2:]
            for token in words[-1:]:
                self._answers += 1
                self._add(token)
                self._add(self._password(token))

    def _password(self, token: str) -> str:
        try:
            octets = base64.b64decode(token, validate=True)
        except (binascii.Error, ValueError):
            return ""
        *before, password = octets.split(b"\0")
        known = len(before) == 2 or (self._mechanism == "LOGIN" and self._answers == 2)
        return password.decode("utf-8", "surrogateescape") if known else ""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to hide."""
        return not self._known

    def hide(self, text: str) -> str:
        """Return the text with every secret in it masked."""
        for known in sorted(self._known, key=len, reverse=True):
            text = text.replace(known, MASK)
        return text

    def _add(self, value: str) -> None:
        if len(value) >= SHORTEST and value.upper() not in VERBS:
            import json  # noqa: PLC0415 - most runs have no secret

            self._known |= {value, json.dumps(utf8_text(value))[1:-1]}
