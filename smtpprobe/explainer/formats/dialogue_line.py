"""One line of a pasted session: which side sent it, by the marks of tools."""

from __future__ import annotations

import re

from smtpprobe.named_tuple import NamedTuple

SERVER_MARKS = (
    *("<<< ", "<-  ", "<** ", "<~  ", "<~* ", "<- ", "<< "),
    *("S: ", "SERVER -> CLIENT: ", "Server: ", "SMTP<< "),
)
"""Sendmail, swaks (clear, refused, in TLS, refused in TLS), others; RFCs, PHPMailer, Exim."""

CLIENT_MARKS = (
    *(">>> ", "-> ", "~> ", ">> "),
    *("C: ", "CLIENT -> SERVER: ", "Client: ", "SMTP>> "),
)

EITHER_MARKS = ("< ", "> ", "* ")
"""curl and quoting in mail: what follows decides."""

_PROMPT = re.compile(
    r"(?:(?P<host>\S+) )?(?:tls )?(?:offline|greeting|greeted|ehlo|mail|rcpt"
    r"|data|bdat|auth|handshake)"
    r"(?:[: ][0-9]+)?> |(?:data [0-9]+|bdat [0-9]+|334)\| "
)
"""The prompt of smtpprobe itself, outside and inside a message or a login."""

_CODE = re.compile(r"([2-5][0-9]{2})([ -]|$)")
_PYTHON = re.compile(r"(send|reply): b?(['\"])(.*)\2$")


class Said(NamedTuple):
    """A line without its mark; `by` is `server`, `client` or, without a mark, empty.

    `host` is there when a prompt names it.
    """

    by: str
    text: str
    host: str | None = None


def read_said(line: str) -> Said:
    """Return which side sent a line of a pasted session, and its text."""
    bare = line.strip("\r\n")
    stripped = bare.lstrip(" \t")
    if (python := _PYTHON.match(stripped)) is not None:
        by = "client" if python[1] == "send" else "server"
        return Said(by, python[3].replace("\\r\\n", "\n").rstrip("\n").replace("\\n", "\n"))
    if (prompt := _PROMPT.match(bare)) is not None:
        return Said("client", bare[prompt.end() :], prompt["host"])
    for marks, by in ((SERVER_MARKS, "server"), (CLIENT_MARKS, "client"), (EITHER_MARKS, "")):
        for mark in marks:
            if stripped.startswith(mark):
                return Said(by, stripped[len(mark) :].lstrip(" ") if by != "client" else
                            stripped[len(mark) :])  # fmt: skip
            if stripped == mark.rstrip():
                return Said(by, "")
    return Said("", bare if not _CODE.match(stripped) else stripped)


def code_of(text: str) -> str | None:
    """Return the reply code a line begins with, or None: 2yz to 5yz, then blank, hyphen, end."""
    match = _CODE.match(text)
    return match[1] if match else None


def is_continued(text: str) -> bool:
    """Return whether more lines of the reply follow (RFC 5321 4.2.1)."""
    return text[3:4] == "-"
