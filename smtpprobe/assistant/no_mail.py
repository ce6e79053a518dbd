"""Keeps mail from being sent: no command of a transaction goes out, however it is written.

Scripts are looked through before they run, which gives the line. What a script sends is asked
about once more octet by octet, since values, files and `:raw` are known only then.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from smtpprobe.errors import UsageError
from smtpprobe.script.language.steps import (
    BdatChunk,
    BdatFile,
    Body,
    DataFile,
    Exact,
    Hold,
    Place,
    Script,
    SmtpLine,
    Step,
    walk,
)

VERBS = frozenset({
    *("MAIL", "RCPT", "DATA", "BDAT", "BURL", "SEND", "SOML", "SAML"),
    *("ETRN", "TURN", "ATRN"),
})  # fmt: skip
"""Commands of a transaction (RFC 5321, 3030, 4468; the last three of RFC 821), and those that have
a server deliver what it holds (RFC 1985, 821, 2645)."""

_KEPT = 64
"""How many octets of a line are looked at: more than any verb has, after what is left out."""

HINT = "the user can allow that with --allow-mail"


def verb_of(line: bytes) -> str:
    """Return the word that a line begins with, as the most lenient server reads it.

    Case, blanks in front and octets that cannot be shown do not count.
    """
    seen = bytes(octet for octet in line if octet == 0x20 or 0x20 < octet < 0x7F)
    found = re.match(rb"[^A-Za-z]*([A-Za-z]+)", seen)
    return found[1].decode("ascii").upper() if found else ""


class NoMail:
    """Is asked before octets go out, in their order; lines may come in pieces.

    Raises:
        UsageError: a line begins with one of the VERBS; `HINT` says what allows it.
    """

    def __init__(self) -> None:
        self._begun = b""

    def __call__(self, octets: bytes) -> None:
        """Look at octets that would go out now."""
        for number, part in enumerate(re.split(rb"[\r\n]", octets)):
            self._begun = part[:_KEPT] if number else (self._begun + part)[:_KEPT]
            if (verb := verb_of(self._begun)) in VERBS:
                raise UsageError(f"{verb} is not sent: no mail is sent from here", HINT)


def check_script(script: Script) -> None:
    """Check that a script sends no mail, as far as its text shows.

    Raises:
        UsageError: it does; the message has the line.
    """
    for step in walk(script.steps):
        for place, what in _mail_in(step):
            where = f"{place.file or script.name}:{place.line}"
            raise UsageError(f"{where}: {what} is not sent: no mail is sent from here", HINT)


def _mail_in(step: Step) -> Iterator[tuple[Place, str]]:
    match step:
        case Hold(held=held):
            for line in held:
                yield from _mail_in(line)
        case SmtpLine(place=place, text=text) | Exact(place=place, text=text):
            if (verb := verb_of(text.encode("utf-8", "surrogateescape"))) in VERBS:
                yield place, verb
        case Body(place=place) | DataFile(place=place):
            yield place, "a message"
        case BdatChunk(place=place) | BdatFile(place=place):
            yield place, "BDAT"
        case _:
            return
