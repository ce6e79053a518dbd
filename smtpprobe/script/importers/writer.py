"""Writes a script line by line for the importers: secrets taken out, odd octets escaped. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from smtpprobe.named_tuple import NamedTuple
from smtpprobe.present.escape import escaped, is_clean, quoted
from smtpprobe.present.script_syntax import exact_lines, raw_line, stands_bare
from smtpprobe.protocol.auth.credentials import login_at, mechanism_of, quoted_at
from smtpprobe.protocol.auth.mechanisms import holds_once
from smtpprobe.protocol.auth.sasl import cram_user
from smtpprobe.protocol.command import first_word, read_line
from smtpprobe.protocol.phase import Phase
from smtpprobe.protocol.redact import MASK, Secrets, secret_at
from smtpprobe.script.importers.tool_lines import SERVER_LINE

BDAT = re.compile(r"(?i)BDAT[ \t]+([0-9]{1,18})(?:[ \t]+LAST)?[ \t]*")

_NO_CHUNK = re.compile(r"(?i)BDAT[ \t]+0+(?:[ \t]+LAST)?[ \t]*")

_ANSWER, _INITIAL = "an answer", "the initial response"
_STRAY = "# {}: possible credentials from a line, as sent"


class Trouble(NamedTuple):
    """What could not be expressed: its line, from 1 (0: unknown), and the file.

    `file` is empty for the one that was imported.
    """

    why: str
    line: int = 0
    file: str = ""


class Imported(NamedTuple):
    """A script, and remarks on what could not be expressed; `empty`: it holds remarks only."""

    text: str
    troubles: tuple[Trouble, ...] = ()
    empty: bool = False

    @property
    def complete(self) -> bool:
        """Whether all was expressed."""
        return not self.troubles


class ScriptWriter:
    """Collects the lines of a script; knows of a login only what its lines need.

    `place` is the line that is being written, and its file.
    """

    def __init__(self, title: str) -> None:
        self._title = title
        self._lines: list[str] = []
        self._troubles: list[Trouble] = []
        self._verifies = True
        self._braces = False
        self._secrets = 0
        self._known = Secrets()
        self._password = False
        self._hold: int | None = None
        self.mechanism = ""
        self.place = (0, "")

    def done(self) -> Imported:
        """Return all of it."""
        head = [f"# {self._title}", *([":expand off"] if self._braces else [])]
        empty = all(line.startswith("#") for line in self._lines)
        text = "\n".join([*head, *self._lines, ""])
        return Imported(text, tuple(self._troubles), empty)

    def add(self, line: str) -> None:
        """Add a line as it is."""
        self._lines.append(line)

    def hold(self) -> None:
        """Begin lines that go out together."""
        self._hold = len(self._lines)
        self.add(":hold")

    def flush(self) -> None:
        """End them."""
        self._hold = None
        self.add(":flush")

    def comment(self, text: str) -> None:
        """Add a remark; credentials in it are masked."""
        self.add(f"# {escaped(self._masked(text), keep=TAB)}".rstrip())

    def trouble(self, why: str, line: int = 0, file: str = "") -> None:
        """Note what could not be expressed, and its place if not `place`."""
        line, file = (line, file) if line else self.place
        self._troubles.append(Trouble(self._masked(why), line, file))
        self.comment(f"import: {why}")

    def unverified(self) -> None:
        """Say that handshakes are made with a tool that looks at no certificate."""
        if self._verifies:
            self.comment("that client does not check certificates")
            self.add(":tls verify off")
        self._verifies = False

    def command(self, text: str, *, exact: bool = False) -> None:
        """Add a command; with `exact` it goes out without waiting for a reply."""
        self.learn(text)
        start = _credentials_at(text)
        if start is not None:
            self.mechanism = mechanism_of(text[:start])
            self._secret_line(text[:start], _INITIAL, exact=exact)
            return
        if first_word(text) == "AUTH":
            self.mechanism = mechanism_of(text)
        self._sent(text, exact=exact)

    def learn(self, text: str) -> None:
        """Learn the credentials of a line that is not an answer: replies may say them again."""
        self._known.learn(read_line(text, Phase.CONNECTED))
        start = _credentials_at(text)
        if start is not None:
            for word in (text[start:].strip(), *text[start:].split()):
                self._known.add(word)

    def unsaid(self, text: str) -> str:
        """Return the beginning of what a server said, up to credentials that it says again."""
        return self._known.hide(text).partition(MASK)[0] if MASK not in text else text

    def answer(self, text: str, *, exact: bool = False) -> None:
        """Add the answer to a challenge, or a secret in its place."""
        if text.strip() in ("", "*"):
            self._sent(text, exact=exact or not text)
            return
        self._known.learn(read_line(text, Phase.AUTH))
        self._known.add(text.strip())
        if self.mechanism == "CRAM-MD5" and (user := cram_user(text)):
            if not self._password:
                self._declare(":secret password")
            self._password = True
            self.add(f'{{{{ cram("{user}", password) }}}}')
        else:
            self._secret_line("", _ANSWER, exact=exact)

    def octets(self, octets: bytes) -> None:
        """Add octets that are no line, with a secret in place of the credentials in each line."""
        parts = []
        for line in _decoded(octets).splitlines(keepends=True):
            text = line.rstrip("\r\n")
            self.learn(text)
            start = _credentials_at(text)
            if start is None:
                parts.append(_literal(line))
                continue
            self.mechanism = mechanism_of(text[:start])
            name = self._secret(_INITIAL)
            parts.append(f"{_literal(text[:start])}{{{{{name}}}}}{_literal(line[len(text) :])}")
        self.add(f':raw "{"".join(parts)}"')

    def message_octets(self, octets: bytes, text: str | None) -> None:
        """Add octets of a message as they are, as a line where they are one clean line."""
        if text is None or not is_clean(text):
            self.add(raw_line(octets).removesuffix("\n"))
        else:
            self._sent(text, exact=True)

    def secret_octets(self, octets: bytes) -> None:
        """Add octets that are an answer to a challenge, or a piece of one; the line end stays."""
        secret = octets.rstrip(b"\r\n")
        if secret.strip() in (b"", b"*"):
            self.octets(octets)
            return
        self._known.learn(read_line(_decoded(secret), Phase.AUTH))
        self._known.add(_decoded(secret).strip())
        left_out = b"{{%b}}%b" % (self._secret(_ANSWER).encode(), octets[len(secret) :])
        self.add(raw_line(left_out, expandable=True).removesuffix("\n"))

    def reply(self, lines: Sequence[str]) -> None:
        """Add a whole reply as it came; credentials that it says again are masked."""
        clean = all(is_clean(line) for line in lines) and all(map(SERVER_LINE.match, lines))
        if clean and len({line[:3] for line in lines}) == 1:
            self._lines += [f"{line[:4]}{self._known.hide(line[4:])}" for line in lines]
            return
        for line in lines:
            whole = self._known.hide(line) == line
            self.add(f"< line {quoted(_encoded(line) + CRLF)}" if whole else '< line ""')
            if not whole:
                self.comment(f"that line repeats credentials: {line}")

    def chunk(self, command: str, lines: Sequence[str]) -> None:
        """Add a BDAT command with its octets, which have been counted."""
        self._lines += [command, *lines]

    def body(self, lines: Sequence[str]) -> None:
        """Add a message and its dot; DATA and its reply come above."""
        self._lines += [*lines, "."]
        self._braces = self._braces or any("{{" in line for line in lines)

    def exact(self, lines: Sequence[str]) -> None:
        """Add lines of a message or a chunk that go out as they are."""
        for line in lines:
            self.message_octets(_encoded(line) + CRLF, line)

    def _sent(self, text: str, *, exact: bool) -> None:
        if not is_clean(text):
            self.octets(_encoded(text) + CRLF)
        elif exact or not (stands_bare(text) or _NO_CHUNK.fullmatch(text)):
            self._braces = self._braces or "{{" in text
            self.add(exact_lines([text]).removesuffix("\n"))
        else:
            self.add(text)

    def _secret_line(self, start: str, what: str, *, exact: bool = False) -> None:
        bare = not start or (is_clean(start) and stands_bare(start) and not start.endswith("{"))
        if self._hold is not None and not bare:  # held lines are whole ones, bare or behind `>`
            self.trouble("a login inside a pipelined group cannot be put on hold")
            return
        secret = f"{{{{{self._secret(what)}}}}}"
        if (exact and self._hold is None) or not bare:
            self.add(f':raw "{_literal(start)}{secret}\\r\\n"')
        else:
            self.add(f"{start}{secret}")

    def _secret(self, what: str) -> str:
        """Declare a secret for a response of the mechanism; return its name."""
        self._secrets += 1
        name = f"auth_{self._secrets}"
        if what is _ANSWER and holds_once(self.mechanism):
            self.trouble(f"{self.mechanism} responses are valid for one challenge only")
        mechanism = escaped(self.mechanism)
        told = f"# {name}: {what} of AUTH{f' {mechanism}' if mechanism else ''}, in base64"
        stray = what is _INITIAL and not mechanism
        self._declare(_STRAY.format(name) if stray else told)
        self._declare(f":secret {name}")
        return name

    def _masked(self, text: str) -> str:
        """Return a remark without the credentials that it quotes or that are known."""
        found = [at for at in (login_at(text), quoted_at(text)) if at is not None]
        text = f"{text[: min(found)]}{MASK}" if found else text
        return self._known.hide(text)

    def _declare(self, line: str) -> None:
        """Add a line that cannot be among held ones, before them if need be."""
        if self._hold is None:
            self.add(line)
            return
        self._lines.insert(self._hold, line)
        self._hold += 1


TAB = "\t"
CRLF = b"\r\n"


def _credentials_at(text: str) -> int | None:
    """Return where a line that is no answer holds credentials; an AUTH may be anywhere in it."""
    start = secret_at(text)
    return login_at(text) if start is None else start


def _literal(text: str) -> str:
    """Return text as is within the quotes of `:raw`; no brace of it opens a value."""
    written = raw_line(_encoded(text)).removeprefix(':raw "').removesuffix('"\n')
    return f"{written[:-1]}\\x7b" if written.endswith("{") else written


def _decoded(octets: bytes) -> str:
    return octets.decode("utf-8", "surrogateescape")


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")
