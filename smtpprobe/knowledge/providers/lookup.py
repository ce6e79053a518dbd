"""The provider tables, looked up by code, then by enhanced status code, then by text."""

from __future__ import annotations

import re
from functools import cache

from smtpprobe.knowledge.providers import (
    classic_servers,
    filters,
    gmail,
    mail_servers,
    mailboxes,
    microsoft,
)
from smtpprobe.knowledge.providers.row import ProviderRow, holds
from smtpprobe.protocol.reply import EnhancedCode

PROVIDER_ROWS: tuple[ProviderRow, ...] = (
    *filters.ROWS,
    *gmail.ROWS,
    *microsoft.ROWS,
    *mailboxes.ROWS,
    *classic_servers.ROWS,
    *mail_servers.ROWS,
)
"""Rows of one code are ordered from the narrower text to the wider."""

SIGNS: dict[str, str] = {
    "Gmail": "google|gsmtp|gmail",
    "Microsoft": "outlook|microsoft|office365|hotmail",
    "Exchange": "microsoft esmtp",
    "Mimecast": "mimecast",
    "Apple iCloud": "icloud|apple.com|.me.com",
    "Comcast": "comcast",
    "Cisco": "ironport|iphmx",
    "Exim": " exim ",
    "Sendmail": " sendmail ",
    "OpenSMTPD": "opensmtpd",
    "rspamd": "rspamd",
}
"""What names a provider in a host's name, a greeting or a text, so that its weak texts count."""

_SIGN_WORDS = tuple(
    (word, provider) for provider, words in SIGNS.items() for word in words.split("|")
)

DISTINCT_CHARACTERS = 20
"""A text of this length is hardly another provider's."""

_NUMBER = re.compile(r"\[?[a-z]{0,4}[-#_]?[\d_*-]*[\d#][\d_*-]*\]?")
_RANGE = re.compile(r"(\d+)\.(\d+)\.(\d+)(?:-(\d+))?")


@cache
def _of_code(code: int) -> tuple[tuple[str, ProviderRow], ...]:
    """Return the rows of a code, each with its enhanced status code or range, or nothing."""
    wanted = str(code)
    return tuple(
        (reply[4:], row)
        for row in PROVIDER_ROWS
        for reply in row.replies.split(", ")
        if reply.startswith(wanted)
    )


@cache
def in_reach(code: int, enhanced: EnhancedCode | None) -> tuple[ProviderRow, ...]:
    """Return the rows to be tried by text: the enhanced code's own first, then those of any.

    A reply without an enhanced status code may have lost it on its way: it is tried on all rows
    whose text leaves no doubt.
    """
    rows = _of_code(code)
    own = [row for told, row in rows if told and _fits(told, row, enhanced)]
    return tuple(dict.fromkeys((*own, *(row for told, row in rows if not told))))


def _fits(replies: str, row: ProviderRow, enhanced: EnhancedCode | None) -> bool:
    if enhanced is not None:
        return _within(replies, enhanced)
    return is_distinct(row.pattern)


def is_distinct(pattern: str) -> bool:
    """Return whether each alternative of a pattern has a piece hardly used by another."""
    return all(max(map(len, part.split("*"))) >= DISTINCT_CHARACTERS for part in pattern.split("|"))


def is_number(pattern: str) -> bool:
    """Return whether each alternative of a pattern is a provider's number for a refusal alone."""
    return all(_NUMBER.fullmatch(part) for part in pattern.split("|"))


def _within(replies: str, enhanced: EnhancedCode) -> bool:
    match = _RANGE.fullmatch(replies)
    if match is None:
        return False
    first, last = int(match[3]), int(match[4] or match[3])
    same = (int(match[1]), int(match[2])) == (enhanced.klass, enhanced.subject)
    return same and first <= enhanced.detail <= last


def provider_row(
    code: int, enhanced: EnhancedCode | None, text: str, signs: str = ""
) -> ProviderRow | None:
    """Return the row that a refusal matches.

    `text` is in lower case with single blanks, `signs` whatever else may name the provider: host
    and greeting.
    """
    evidence = f"{signs} {text}".lower()
    for row in in_reach(code, enhanced):
        if holds(row.pattern, text) and (not row.weak or _named(row.provider, evidence)):
            return row
    return None


def named_by(host: str) -> tuple[str, ...]:
    """Return the providers that a host's name names."""
    seen = host.lower()
    return tuple(provider for word, provider in _SIGN_WORDS if word in seen)


def _named(provider: str, evidence: str) -> bool:
    sign = SIGNS.get(provider, "")
    return bool(sign) and holds(sign, evidence)
