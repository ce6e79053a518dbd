"""Where credentials begin in a line, also in one that is no proper AUTH: mistyped, half, quoted.

What a user types at the wrong moment, or with a slip of a finger, holds the same password as what
was typed right. So a line is not asked whether it is an AUTH command, but whether something in it
can be a login. Pure.
"""

from __future__ import annotations

import binascii
import re

from smtpprobe.protocol.auth.mechanisms import MECHANISMS

EMPTY_RESPONSE = "="
"""How an initial response that is empty is written (RFC 4954 4)."""

_NAME = r"[A-Z0-9_-]{1,20}"
"""RFC 4422 3.1; in capitals, as else it is as likely a password."""

_WORD = r"[^\s=:]+"
_ENCODED = (
    r"(?<![A-Za-z0-9+/=])(?:[A-Za-z0-9+/]{4}){2,}(?<=[A-Za-z0-9+/]{6})"
    r"(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?(?![A-Za-z0-9+/=])"
    r"|(?<![A-Za-z0-9+/=])[A-Za-z0-9+/]{4}(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)"
    r"(?![A-Za-z0-9+/=])"
)
_LOGIN = r"(?i)\bAUTH[ \t]+\S+[ \t]+(?!=[ \t]*$)(?=\S)"
_ESCAPE = r"\\(?:[rnt0\"\\]|x[0-9A-Fa-f]{2})"
_SLIPS = frozenset({"PASS", "PASSWORD", "PASSWD"})
"""First words after which a password follows in other protocols (POP3, FTP, IRC)."""


def encodes_text(token: str) -> bool:
    """Return whether a word is base64 of something readable, as an answer to a challenge is.

    NUL and the octet 1 count as readable: they part the fields of PLAIN (RFC 4616 2) and of
    XOAUTH2. Of English words of eight letters one in two hundred is so, of longer ones none.
    """
    from base64 import b64decode  # noqa: PLC0415 - `explain` of a typed reply meets no login

    try:
        text = b64decode(token.encode("ascii"), validate=True).decode()
    except (binascii.Error, ValueError):
        return False
    return bool(text) and all(one.isprintable() or one in "\0\1\t\r\n" for one in text)


def auth_at(line: str) -> int | None:
    """Return where the credentials of an AUTH line begin; None if it has none.

    Behind the mechanism; behind the verb, where what follows can be no mechanism's name.
    """
    words = list(re.finditer(r"\S+", line))[1:]
    if words and can_be_mechanism(words[0][0]):
        words = words[1:]
    return words[0].start() if words else None


def stray_at(line: str) -> int | None:
    """Return where credentials begin in a line that is no known command; None where there are none.

    Behind a verb that is nearly AUTH, behind a mechanism's name, or at a word that `encodes_text`.
    """
    words = list(re.finditer(_WORD, line))
    # a login begins a line; further on the words are prose
    for index, word in enumerate(words[:4]):
        name = word[0].strip("\"'<>").upper()
        known = name in MECHANISMS or (index == 0 and (nearly_auth(name) or name in _SLIPS))
        if known and (rest := _behind_mechanisms(words[index + 1 :])) is not None:
            return rest
    return encoded_at(line)


def quoted_at(text: str) -> int | None:
    """Return where credentials begin in text that quotes a login: a remark, a local command.

    The test is stricter than for a line of its own, as prose mentions logins too.
    """
    # as many blanks, to keep the offsets
    text = re.sub(_ESCAPE, lambda match: " " * len(match[0]), text)
    words = list(re.finditer(_WORD, text))
    for index, word in enumerate(words[:-2]):
        following = words[index + 1][0].upper()
        if nearly_auth(word[0].strip("\"'<>")) and following in MECHANISMS:
            return _behind_mechanisms(words[index + 1 :])
    return encoded_at(text)


def login_at(text: str) -> int | None:
    """Return where credentials begin after AUTH and a word, anywhere in the text."""
    found = re.search(_LOGIN, text)
    return found.end() if found is not None else None


def encoded_at(text: str) -> int | None:
    """Return where the first word begins that `encodes_text`."""
    found = next((one for one in re.finditer(_ENCODED, text) if encodes_text(one[0])), None)
    return found.start() if found is not None else None


def nearly_auth(word: str) -> bool:
    """Return whether a word is AUTH with a slip: a letter lost, added, wrong or changed about."""
    word = word.upper()
    if word.startswith("AUTH"):
        return True
    if not 3 <= len(word) <= 5:
        return False
    at = next((i for i, pair in enumerate(zip(word, "AUTH", strict=False)) if pair[0] != pair[1]),
              min(len(word), 4))  # fmt: skip
    rest, right = word[at:], "AUTH"[at:]
    added, lost, wrong = rest[1:] == right, rest == right[1:], rest[1:] == right[1:]
    return added or lost or wrong or rest[1:2] + rest[:1] + rest[2:] == right


def mechanism_of(line: str) -> str:
    """Return the mechanism that a line begins a login with, empty without one."""
    words = [word.upper() for word in re.findall(_WORD, line)[:4]]
    if words[:1] == ["AUTH"]:
        return words[1] if len(words) > 1 else ""
    return next((word for word in words if word in MECHANISMS), "")


def _behind_mechanisms(words: list[re.Match[str]]) -> int | None:
    """Return where the first word begins that is no mechanism's name."""
    return next((word.start() for word in words if word[0].upper() not in MECHANISMS), None)


def can_be_mechanism(word: str) -> bool:
    """Return whether a word behind AUTH can name a mechanism; else it is as likely a password."""
    return word.upper() in MECHANISMS or (
        re.fullmatch(_NAME, word) is not None and not (len(word) > 7 and encodes_text(word))
    )
