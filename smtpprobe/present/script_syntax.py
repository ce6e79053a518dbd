"""Writes single lines of the script language: bare, after `>`, or as `:raw`. Pure."""

from __future__ import annotations

import re

from smtpprobe.present.escape import is_clean, quoted
from smtpprobe.present.json_text import json_text
from smtpprobe.present.tls_json import tls_summary
from smtpprobe.protocol.auth.sasl import cram_user
from smtpprobe.protocol.command import Command, Kind
from smtpprobe.protocol.events import Secured
from smtpprobe.protocol.redact import MASK, masked
from smtpprobe.protocol.reply import Reply

_SERVER_LINE = re.compile(rb"[2-5][0-9][0-9](?:-[^\r\n]*|(?: [^\r\n]*)?)\r\n")


class SecretNames:
    """Gives each secret of a session a name: `auth_1`, `auth_2` ..."""

    def __init__(self) -> None:
        self._count = 0

    def without_secret(self, command: Command, mechanism: str | None = None) -> tuple[bytes, str]:
        """Return a command's octets with `{{name}}` for its secret, and that name (or nothing).

        An answer of CRAM-MD5 (the `mechanism` it belongs to) holds for one challenge only, so it
        becomes what answers any: a function of the secret `password`.
        """
        hidden = masked(command)
        # braces would be taken for values, so such a line stays masked
        if hidden is command or b"{{" in hidden.raw:
            return hidden.raw, ""
        if mechanism == "CRAM-MD5" and command.kind is Kind.SASL:
            user = cram_user(decoded(command.raw.rstrip(b"\r\n")))
            if user:
                return b'{{ cram("%s", password) }}\r\n' % user.encode(), "password"
        self._count += 1
        name = f"auth_{self._count}"
        return hidden.raw.replace(MASK.encode(), b"{{%s}}" % name.encode(), 1), name


def line_text(octets: bytes) -> str | None:
    """Return a line's text if it ends with CRLF and can be shown as it is, else None."""
    if not octets.endswith(b"\r\n"):
        return None
    text = decoded(octets[:-2])
    return text if is_clean(text) else None


def clean_lines(octets: bytes) -> list[str]:
    """Return the lines of message text, none if one of them cannot be shown as it is."""
    found = [line_text(line + b"\n") for line in octets.split(b"\n")[:-1]]
    lines = [line for line in found if line is not None]
    return lines if len(lines) == len(found) and octets.endswith(b"\r\n") else []


def stands_bare(line: str) -> bool:
    """Return whether a line for the server needs no `>` in a script."""
    # each would be read as something else; under BDAT, bare, octets would be counted
    if not line or line[0] in "#:<|>" or "{{" in line or line[:4].upper() == "BDAT":
        return False
    return not re.match(r"[2-5][0-9][0-9](?:[ -]|$)", line)


def exact_lines(lines: list[str]) -> str:
    """Return lines that are sent as they are."""
    return "".join(f"> {line}\n" if line else ">\n" for line in lines)


def raw_line(octets: bytes, *, expandable: bool = False) -> str:
    """Return the `:raw` line for octets; braces in it mean nothing unless it is `expandable`."""
    written = quoted(octets)
    return f":raw {written if expandable else written.replace('{{', chr(92) + 'x7b{')}\n"


def asks_for_message(command: Command) -> bool:
    """Return whether the command is a DATA line that a message may follow."""
    is_data = command.kind is Kind.COMMAND and command.text.rstrip(" \t").upper() == "DATA"
    return is_data and not command.exact


def whole_message(octets: bytes) -> bool:
    """Return whether octets are a message, dot included, that can be written under DATA."""
    lines = clean_lines(octets)
    return bool(lines) and lines[-1] == "." and "." not in lines[:-1]


def server_lines(reply: Reply) -> str | None:
    """Return a reply as received, in script syntax; None if a script cannot hold it.

    One that no expectation takes is written as lines that need be no reply.
    """
    raws = [line.raw for line in reply.lines]
    inner_go_on = all(raw[3:4] == b"-" for raw in raws[:-1])
    if reply.piece or reply.flaw or not inner_go_on or raws[-1][3:4] == b"-":
        return None
    return text_lines(reply.raw) if all(map(_is_clean, raws)) else None


def raw_server_lines(reply: Reply) -> str:
    """Return a reply octet for octet, a line each, everything odd in escapes."""
    return "".join(f"< line {quoted(line.raw)}\n" for line in reply.lines)


def text_lines(raw: bytes) -> str:
    """Return lines that end with CRLF as lines of a script."""
    return decoded(raw.replace(b"\r\n", b"\n"))


def tls_comment(event: Secured) -> str:
    """Return the comment that records a handshake; recordings are parsed for it."""
    values = tls_summary(event.tls)
    if event.surplus:
        values["surplus"] = quoted(event.surplus)
    return f"# tls {json_text(values, ascii_only=True)}\n"


def decoded(octets: bytes) -> str:
    """Return octets as text; those that are not UTF-8 as surrogates (surrogateescape)."""
    return octets.decode("utf-8", "surrogateescape")


def _is_clean(raw: bytes) -> bool:
    return _SERVER_LINE.fullmatch(raw) is not None and is_clean(decoded(raw[:-2]))
