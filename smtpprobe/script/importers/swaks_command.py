"""A command line of swaks as one of `smtpprobe send`. Pure.

swaks reads options as Perl's Getopt::Long does: one hyphen or two, a value behind `=` or a blank,
several times the last one wins. What has no counterpart becomes a trouble.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from smtpprobe.errors import UsageError
from smtpprobe.named_tuple import NamedTuple
from smtpprobe.script.importers.swaks_options import BY_NAME, Row, Takes


class Translated(NamedTuple):
    """The words behind `smtpprobe`, and what could not be expressed in them."""

    words: tuple[str, ...]
    troubles: tuple[str, ...]

    @property
    def line(self) -> str:
        """The command line for a shell."""
        return shlex.join(("smtpprobe", *self.words))


def translated(text: str) -> Translated:
    """Return the `send` line that does what a command line of swaks does.

    Raises:
        UsageError: it is none.
    """
    try:
        words = shlex.split(text, comments=False)
    except ValueError as error:
        raise UsageError(
            f"swaks-command: {error}", "quote it as a whole: 'swaks --to ...'"
        ) from None
    if words and words[0].rpartition("/")[2] in ("swaks", "swaks.pl"):
        words = words[1:]
    if not words:
        raise UsageError("swaks-command: no options", "'swaks --to you@example.org'")
    given = _Given()
    for name, value in _options(words):
        given.take(name, value)
    return given.done()


def _options(words: list[str]) -> Iterator[tuple[str, str | None]]:
    """Yield each option's name and its value, None without one."""
    left = list(words)
    while left:
        word = left.pop(0)
        match = re.fullmatch(r"--?([A-Za-z0-9][A-Za-z0-9-]*)(?:=(.*))?", word, re.DOTALL)
        if match is None:
            raise UsageError(f"swaks-command: {word!r} is not an option of swaks")
        name, value = _name(match[1]), match[2]
        row = BY_NAME.get(name)
        takes = Takes.VALUE if row is None and re.match("h(?:eader)?-", name) else None
        takes = takes or (row.takes if row is not None else Takes.NOTHING)
        asks = takes is Takes.MAYBE and bool(left) and not re.match("-.", left[0])
        if value is None and left and (takes is Takes.VALUE or asks):
            value = left.pop(0)
        yield name, value


def _name(written: str) -> str:
    """Return the name in the form of the table; that of a header is left as is."""
    if re.match("(?i)h(?:eader)?-", written):
        return written
    return written if written in BY_NAME else written.lower()


@dataclass
class _Given:
    """What was given so far."""

    words: list[str] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)
    server: str = ""
    port: str = ""
    target: str = ""
    bind: list[str] = field(default_factory=lambda: ["", ""])
    protocol: str = ""
    proxy: dict[str, str] = field(default_factory=dict)

    def take(self, name: str, value: str | None) -> None:
        """Take one option."""
        if header := re.match("h(?:eader)?-(.+)", name):
            self.words += ["--header", f"{header[1]}: {value or ''}"]
            return
        row = BY_NAME.get(name)
        if row is None:
            undone = BY_NAME.get(name.removeprefix("no-")) if name.startswith("no-") else None
            said = "takes an option back" if undone is not None else "is not known"
            self.troubles.append(f"--{name} {said}: left out")
            return
        special = _SPECIAL.get(row.names[0])
        if special is not None:
            special(self, value or "")
        elif name.startswith("proxy-"):
            self.proxy[row.names[0].removeprefix("proxy-")] = value or ""
        elif row.option:
            self._same(row, value)
        elif row.matters:
            self.troubles.append(f"--{name}: {_plain(row.does)}")

    def _same(self, row: Row, value: str | None) -> None:
        if (
            not row.passes
            or (value is None and row.option in ("--quiet", "--dry-run"))
            or row.option in ("--quiet", "--dry-run")
        ):
            self.words.append(row.option)
        elif value is None:
            self.troubles.append(f"--{row.names[0]} asks for its value; give it: {row.option}")
        else:
            self._set(row.option, value)

    def _set(self, option: str, value: str) -> None:
        """Give an option its value; of several the last one counts, where they do not add up."""
        if option in self.words and option not in _ADDING:
            at = self.words.index(option)
            del self.words[at : at + 2]
        self.words += [f"{option}={value}"] if value.startswith("-") else [option, value]

    def done(self) -> Translated:
        """Return the whole line."""
        if any(self.bind):
            address, port = self.bind
            where = f"[{address}]" if ":" in address else address
            if not address:
                self.troubles.append("--local-port needs --local-interface: --bind ADDR:PORT")
            else:
                self.words += ["--bind", f"{where}:{port}" if port else address]
        if self.proxy:
            self.words += ["--proxy-protocol", self._header()]
        self._apply_protocol()
        words = ["send", *self.words]
        if self.server and not self.target:
            words.append(self.server if not self.port else f"{self.server}:{self.port}")
        elif self.port:
            words += ["--port", self.port]
        if self.target:
            words.append(self.target)
        return Translated(tuple(words), tuple(self.troubles))

    def _header(self) -> str:
        def end(name: str) -> str:
            address, port = self.proxy.get(name, ""), self.proxy.get(f"{name}-port", "")
            where = f"[{address}]" if ":" in address else address
            return f"{where}:{port}" if port else where

        words = (f"v{self.proxy.get('version', '1')}", end("source"), end("dest"))
        return " ".join(word for word in words if word)

    def _apply_protocol(self) -> None:
        name = self.protocol.upper()
        if not name:
            return
        match = re.fullmatch("(SSMTP|E?SMTP(S?)|LMTP(S?))(A?)", name)
        if match is None:
            self.troubles.append(f"--protocol {self.protocol}: not known")
            return
        if match[1] == "SSMTP":
            self.words += ["--tls", "implicit"]
        if match[2] or match[3]:
            self.words.append("--starttls")
        if match[4] and "--auth" not in self.words:
            self.words += ["--auth", "auto"]
        if name.startswith("LMTP") and self.server:
            port = f":{self.port}" if self.port else ""
            self.target = f"lmtp://{self.server}{port}"
            self.port = ""
        elif name.startswith("LMTP") and self.target.startswith("unix:"):
            self.target = f"lmtp+{self.target}"


def _server(given: _Given, value: str) -> None:
    match = re.fullmatch(r"\[([^]]+)\](?:[:/]([0-9]+))?|([^:/]+)[:/]([0-9]+)", value)
    host, port = (value, "") if match is None else (match[1] or match[3], match[2] or match[4])
    given.server = f"[{host}]"
    given.port = port or given.port


def _port(given: _Given, value: str) -> None:
    given.port = value


def _auth(given: _Given, value: str) -> None:
    given.words += [
        "--auth",
        (value.split(",", maxsplit=1)[0] or "auto").upper() if value else "auto",
    ]


def _password(given: _Given, _value: str) -> None:
    given.words += ["--auth-password-from", "prompt"]
    given.troubles.append(
        "--auth-password is left out; it is asked for, or --auth-password-from env:NAME reads it"
    )


def _data(given: _Given, value: str) -> None:
    if value.startswith("@") or value == "-":
        given.words += ["--eml", value.removeprefix("@")]
        return
    given.troubles.append("--data TEXT: save the message to a file, and use --eml FILE")


def _attach(given: _Given, value: str) -> None:
    given.words += ["--attach", value]
    if not value.startswith("@"):
        given.troubles.append("--attach TEXT: only files are attached; save it to a file")


def _local(place: int) -> Callable[[_Given, str], None]:
    def take(given: _Given, value: str) -> None:
        given.bind[place] = value

    return take


def _protocol(given: _Given, value: str) -> None:
    given.protocol = value


def _target(form: str) -> Callable[[_Given, str], None]:
    def take(given: _Given, value: str) -> None:
        given.target = form.format(value)

    return take


def _point(option: str) -> Callable[[_Given, str], None]:
    def take(given: _Given, value: str) -> None:
        if value.upper() in ("PROXY", "XCLIENT", "XCLIENT-HELO"):
            given.troubles.append(f"{option} {value}: no such point; see smtpprobe send --help")
        else:
            given.words += [option, value]

    return take


_ADDING = ("--header", "--add-header", "--attach")

_SPECIAL: Mapping[str, Callable[[_Given, str], None]] = {
    "server": _server,
    "port": _port,
    "auth": _auth,
    "auth-optional": _auth,
    "auth-optional-strict": _auth,
    "auth-password": _password,
    "data": _data,
    "attach": _attach,
    "local-interface": _local(0),
    "local-port": _local(1),
    "protocol": _protocol,
    "socket": _target("unix:{}"),
    "pipe": _target("pipe:{}"),
    "copy-routing": _target("{}"),
    "quit-after": _point("--quit-after"),
    "drop-after": _point("--drop-after"),
    "drop-after-send": _point("--drop-after-send"),
}
"""Options whose value is written differently here."""


def _plain(markdown: str) -> str:
    return markdown.replace("`", "")
