"""The argument of MAIL and RCPT: path, mailbox and parameters (RFC 5321 4.1.2)."""

from __future__ import annotations

import re
from dataclasses import dataclass

_BEYOND_ASCII = r"\u0080-\ud7ff\ue000-\U0010ffff"  # octets that are not UTF-8 come as surrogates
_ATEXT = rf"[A-Za-z0-9!#$%&'*+/=?^_`{{|}}~\-{_BEYOND_ASCII}]"
_LOCAL = rf'(?:{_ATEXT}+(?:\.{_ATEXT}+)*|"(?:[^"\\\x00-\x1f\x7f]|\\[\x20-\x7e])*")'
_ALNUM = rf"A-Za-z0-9_{_BEYOND_ASCII}"
_LABEL = rf"[{_ALNUM}](?:[{_ALNUM}\-]*[{_ALNUM}])?"
_LITERAL = r"\[(?:[0-9]{1,3}(?:\.[0-9]{1,3}){3}|IPv6:[0-9A-Fa-f:.]+)\]"
_MAILBOX = re.compile(
    rf"(?P<local>{_LOCAL})(?:@(?P<domain>{_LABEL}(?:\.{_LABEL})*|{_LITERAL}))?", re.ASCII
)
_PATH = re.compile(r'\s*<(?P<path>(?:"(?:\\.|[^"\\])*"|[^<>"])*)>(?P<rest>\s.*|)', re.DOTALL)
_ROUTE = re.compile(r"@[^:<>\s]+:")

LOCAL_OCTETS = 64
PATH_OCTETS = 256


@dataclass(frozen=True, slots=True)
class Mailbox:
    """An address that is well formed; `domain` is empty for a bare `postmaster`."""

    local: str
    domain: str

    @property
    def address(self) -> str:
        """The address as written, without brackets."""
        return f"{self.local}@{self.domain}" if self.domain else self.local


@dataclass(frozen=True, slots=True)
class PathArgument:
    """`FROM:<path> parameters`, split; the path is not yet judged."""

    path: str
    parameters: tuple[str, ...]


def split_path(argument: str, word: str) -> PathArgument | None:
    """Return path and parameters behind `word:` (FROM or TO); None when that is not its form.

    A blank behind the colon is forgiven, missing angle brackets are not.
    """
    head, colon, rest = argument.partition(":")
    match = _PATH.fullmatch(rest) if colon and head.strip().upper() == word else None
    return None if match is None else PathArgument(match["path"], tuple(match["rest"].split()))


def parse_mailbox(path: str) -> Mailbox | None:
    """Return the mailbox of a path; None when it is malformed. A source route is dropped."""
    route = _ROUTE.match(path)
    found = _MAILBOX.fullmatch(path[route.end() :] if route else path)
    if found is None or len(path.encode("utf-8", "surrogateescape")) + 2 > PATH_OCTETS:
        return None
    if len(found["local"].encode("utf-8", "surrogateescape")) > LOCAL_OCTETS:
        return None
    return Mailbox(found["local"], found["domain"] or "")
