"""Keeps secrets out of everything that is shown or stored: one rule, used by every reader."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable, Iterator

from smtpprobe.protocol.auth.credentials import (
    EMPTY_RESPONSE,
    auth_at,
    encoded_at,
    mechanism_of,
    quoted_at,
    stray_at,
)
from smtpprobe.protocol.auth.mechanisms import mechanism_named
from smtpprobe.protocol.command import Command, Kind, first_word
from smtpprobe.protocol.own_words import OwnWords
from smtpprobe.protocol.phase import Phase
from smtpprobe.protocol.utf8 import utf8_text
from smtpprobe.protocol.verbs import VERBS, Context

MASK = "********"
"""The mask for a secret of any length."""

SHORTEST = 4
"""The fewest characters of a secret that is looked for in other text."""


def is_secret(line: str, phase: Phase) -> bool:
    """Return whether a line typed in this phase holds credentials (challenge answer, AUTH line)."""
    return masked_line(line, phase) != line


def masked_line(line: str, phase: Phase) -> str:
    """Return a typed line with its credentials masked; other lines as they are.

    An answer to a challenge is secret but for `*` (cancel) and the empty line; of an AUTH line
    the initial response is, but for `=` (empty, RFC 4954 4). A line that is no command is masked
    from where credentials may begin in it: an AUTH with a slip, an answer that nothing asked for.
    """
    if phase in (Phase.DATA, Phase.BDAT):
        return line
    if phase is Phase.AUTH:
        return line if line.strip() in ("", "*") else MASK
    return _from(line, secret_at(line))


def secret_at(line: str) -> int | None:
    """Return where the credentials begin in a line that answers no challenge; None without any."""
    verb = first_word(line)
    if verb in VERBS and verb != "AUTH":
        return None
    start = auth_at(line) if verb == "AUTH" else stray_at(line)
    return None if start is None or line[start:].strip() == EMPTY_RESPONSE else start


def masked_text(text: str) -> str:
    """Return text that is no line for the server with the credentials of logins in it masked."""
    return _from(text, quoted_at(text))


def masked_encoded(text: str) -> str:
    """Return text with what follows the first base64 of something readable in it masked."""
    return _from(text, encoded_at(text))


def _from(line: str, start: int | None) -> str:
    if start is None or line[start:].strip() == EMPTY_RESPONSE:
        return line
    end = len(line.rstrip("\r\n"))
    return f"{line[:start]}{MASK}{line[end:]}"


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


def blotted(command: Command) -> bytes:
    """Return the octets of a command with each octet of its credentials replaced.

    So counts and sequence numbers stay true where the octets themselves are the record.
    """
    shown = masked(command)
    if shown is command:
        return command.raw
    lines, seen = command.raw.split(b"\n"), shown.raw.split(b"\n")
    if len(lines) != len(seen):
        return re.sub(rb"[^\r\n]", lambda _: BLOT, command.raw)
    return b"\n".join(map(_blotted_line, lines, seen))


BLOT = b"*"
"""The replacement for an octet of a secret where its length is kept."""


def _blotted_line(line: bytes, shown: bytes) -> bytes:
    if line == shown:
        return line
    before, _, after = shown.partition(MASK.encode())
    return before + BLOT * (len(line) - len(before) - len(after)) + after


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

    `given` are values known in advance; `learn` adds the credentials of a command that goes out.
    What is shorter than four characters stays, as it would blot out half of every text.

    What a server said before anything secret went out is its own and stays: a mask in a greeting
    that everybody can read tells what is behind it.
    """

    def __init__(self, given: Iterable[str] = ()) -> None:
        self._known: set[str] = set()
        self._own = OwnWords(_in_json)
        self._mechanism = ""
        self._answers = 0
        self._learned: Command | None = None
        for value in given:
            self.add(value)

    def add(self, value: str) -> None:
        """Add a secret in every spelling in which a report or a server may write it.

        What a server says from then on is its own no more: of one that is given in the middle of
        a session it may know from an earlier one.
        """
        if self._own.heard:
            self._own.end()
        # a password "quit" would mask every QUIT
        if len(value) >= SHORTEST and value.upper() not in VERBS:
            self._known |= _spellings(value)
            self._learned = None  # it may hold this one

    def include(self, others: Secrets) -> None:
        """Add what others know, and what they heard before."""
        self._known |= others._known
        self._learned = None
        self._own.include(others._own)

    def hear(self, octets: bytes) -> None:
        """Note what a server says, as long as nothing secret has gone out."""
        self._own.hear(octets)

    def learn(self, command: Command) -> None:
        """Add the credentials of a command that goes out; the same one again changes nothing.

        Of PLAIN (RFC 4616) and LOGIN the password is added too, as user names may be shown; of
        others what proves that the client knows it: a digest, a token.
        """
        # each reader of a session hands on what goes out, and a loop sends the same again
        if command is not self._learned:
            self._learn(command)
            self._learned = command

    def _learn(self, command: Command) -> None:
        if self._known and self._own.grows and any(one in command.text for one in self._known):
            self._own.end()
        if not command.may_be_secret:
            return
        shown = masked(command)
        if shown is command and command.context is not Context.AUTH:
            return
        # from here on a server may repeat what it was told, by whatever mechanism
        self._own.end()
        lines, seen = command.text.splitlines(), shown.text.splitlines()
        if len(seen) != len(lines):  # hidden as a whole
            seen = [MASK] * len(lines)
        for line, left in zip(lines, seen, strict=True):
            self._learn_line(line, left.partition(MASK)[0] if MASK in left else line)

    def _learn_line(self, line: str, shown: str) -> None:
        mechanism = mechanism_of(shown)
        if mechanism:
            self._mechanism, self._answers = mechanism, 0
        hidden = line[len(shown) :].strip()
        if not hidden:
            return
        self._answers += 1
        self.add(hidden)
        for token in hidden.split()[-1:]:
            self.add(token)
            for made in self._made_of(token):
                self.add(made)

    def _made_of(self, token: str) -> list[str]:
        """Return the secrets in a decoded answer."""
        try:
            octets = base64.b64decode(token, validate=True)
        except (binascii.Error, ValueError):
            return []
        text = octets.decode("utf-8", "surrogateescape")
        *before, password = text.split("\0")
        # authorization identity NUL user NUL password (RFC 4616 2)
        if len(before) == 2:
            return [password]
        mechanism = mechanism_named(self._mechanism)
        if mechanism.bare:
            place = mechanism.secret_at
            return [password] if place is not None and self._answers > place else []
        proofs = [found[found.lastindex or 0] for found in re.finditer(_PROOF, text)]
        return [*proofs, *(proof.upper() for proof in proofs)] or [text]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to hide."""
        return not self._known

    def hide(self, text: str) -> str:
        """Return the text with every secret in it masked."""
        # the longest first: a shorter one inside it would leave its rest readable
        for known in sorted(self._known, key=len, reverse=True):
            if known in text:
                text = self._own.replaced(text, known, MASK)
        return text

    def hide_octets(self, octets: bytes) -> bytes:
        """Return octets with every secret in them masked."""
        if not self._known:
            return octets
        text = octets.decode("utf-8", "surrogateescape")
        hidden = self.hide(text)
        return octets if hidden == text else hidden.encode("utf-8", "surrogateescape")

    def blot(self, octets: bytes) -> bytes:
        """Return octets with every secret in them blotted out; their number stays."""
        for known in sorted(self._known, key=len, reverse=True):
            secret = known.encode("utf-8", "surrogateescape")
            if secret in octets:
                octets = self._blotted(octets, known, secret)
        return octets

    def _blotted(self, octets: bytes, known: str, secret: bytes) -> bytes:
        if not self._own.has(known):
            return octets.replace(secret, BLOT * len(secret))
        text = octets.decode("utf-8", "surrogateescape")
        text = self._own.replaced(text, known, BLOT.decode() * len(secret))
        return text.encode("utf-8", "surrogateescape")

    def whole_part(self, octets: bytes) -> bytes:
        """Return octets up to where one may go on as a secret; none is cut in two there."""
        known = [one.encode("utf-8", "surrogateescape") for one in self._known]
        end = min((_begins(octets, secret) for secret in known), default=len(octets))
        while cut := [at for secret in known if (at := _spans(octets, secret, end)) is not None]:
            end = min(cut)
        return octets[:end]


def _begins(octets: bytes, secret: bytes) -> int:
    """Return where the end of octets begins that is the beginning of a secret."""
    found = octets.rfind(secret)
    first = found + len(secret) if found >= 0 else 0
    for length in range(min(len(secret) - 1, len(octets) - first), 0, -1):
        if octets.endswith(secret[:length]):
            return len(octets) - length
    return len(octets)


def _spans(octets: bytes, secret: bytes, end: int) -> int | None:
    """Return where a secret begins that goes on beyond an end; None where there is none."""
    reach = len(secret) - 1
    found = octets.find(secret, max(0, end - reach), end + reach)
    return found if found >= 0 else None


_PROOF = (
    r"(?i)^\S+ ([0-9a-f]{32,})$|\bresponse=([0-9a-f]{32})|\bp=([A-Za-z0-9+/=]+)"
    r"|\bauth=\w+ ([^\x01]+)"
)
"""What proves a secret: the digest of CRAM-MD5 (RFC 2195), of DIGEST-MD5 (RFC 2831), the proof of
SCRAM (RFC 5802), the token of XOAUTH2 and OAUTHBEARER (RFC 7628)."""


def _spellings(value: str) -> set[str]:
    """Return a value as written in text, base64, JSON, HTML, quotation marks and URLs.

    Of its base64 also what is the same wherever it stands in a longer text.
    """
    import html  # noqa: PLC0415 - most runs have no secret
    import json  # noqa: PLC0415 - the same

    octets = value.encode("utf-8", "surrogateescape")
    text = utf8_text(value)
    made = {value, json.dumps(text)[1:-1], json.dumps(text, ensure_ascii=False)[1:-1]}
    # RFC 7628 3.2.2: the challenge that refuses a token is base64 of JSON
    made |= {
        part for one in made for part in _within_base64(one.encode("utf-8", "surrogateescape"))
    }
    made |= {base64.b64encode(octets).decode("ascii")}
    escaped = html.escape(value)
    made |= {escaped, escaped.replace("&#x27;", "&#39;"), html.escape(value, quote=False)}
    made |= {*_percent(octets)}
    made |= {value.replace(mark, f"\\{mark}") for mark in "'\""}
    return {one for one in made if len(one) >= SHORTEST}


def _in_json(text: str) -> str:
    import json  # noqa: PLC0415 - most runs have no secret

    return json.dumps(text, ensure_ascii=False)[1:-1]


def _within_base64(octets: bytes) -> Iterator[str]:
    """Yield what octets become in base64, behind any number of others: three texts (RFC 4648 4)."""
    for before in range(3):
        made = base64.b64encode(b"\0" * before + octets + b"\0\0\0").decode("ascii")
        # a character has 6 bits: the first and the last may be those of neighbours
        yield made[-(-before * 8 // 6) : (before + len(octets)) * 8 // 6]


def _percent(octets: bytes) -> tuple[str, str]:
    """Return octets as written in a URL, in both cases of hex (RFC 3986 2.1)."""
    words = [chr(one) if one in _UNRESERVED else f"%{one:02X}" for one in octets]
    return "".join(words), "".join(word.lower() if len(word) > 1 else word for word in words)


_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
