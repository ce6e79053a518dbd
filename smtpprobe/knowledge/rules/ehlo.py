"""Sums up an accepted EHLO: what is offered, and what TLS has changed (RFC 5321 4.1.1.1)."""

from __future__ import annotations

from collections.abc import Sequence

from smtpprobe.knowledge.assist.expected import tls_on
from smtpprobe.knowledge.tables.keywords import explain_keyword
from smtpprobe.knowledge.wording import LINE, clip, count, plain, size
from smtpprobe.protocol.auth.mechanisms import PASSWORDS_IN_CLEAR
from smtpprobe.protocol.extensions import Extensions
from smtpprobe.protocol.session import State

MOST_DETAILS = 64
"""How many keywords are explained: an endless list costs no more."""


WORD = 60
"""The longest keyword or parameter that is told whole; those in use have 20 characters at most."""


def hello_meaning(state: State) -> tuple[str, str]:
    """Return the meaning of the accepted EHLO that led to this state, and how it goes on.

    Lists are never cut: what a line does not hold is the second part.
    """
    return _parted(_told(state))


def _parted(text: str) -> tuple[str, str]:
    if len(text) <= LINE:
        return text, ""
    head, _, rest = text[: LINE + 1].rpartition(" ")
    if not head.strip():  # one word is longer than a line
        return text[:LINE], text[LINE:]
    return head, rest + text[LINE + 1 :]


def _told(state: State) -> str:
    if state.previous_extensions.announced and tls_on(state):
        return "hello accepted; " + _difference(state.previous_extensions, state.extensions)
    extensions = state.extensions
    if not extensions:
        return "hello accepted; no extensions"
    facts = [_size(extensions), _starttls(state), _auth(extensions)]
    told = ", ".join(fact for fact in facts if fact)
    return f"hello accepted; {count(len(extensions), 'extension')}: {told}"


def _size(extensions: Extensions) -> str:
    limit = extensions.size_limit
    return f"messages up to {size(limit)}" if limit is not None else ""


def _starttls(state: State) -> str:
    if tls_on(state):
        return "STARTTLS offered again" if "STARTTLS" in state.extensions else ""
    return "STARTTLS offered" if "STARTTLS" in state.extensions else "no STARTTLS"


def _auth(extensions: Extensions) -> str:
    if "AUTH" not in extensions:
        return "no AUTH"
    return _keyword(extensions, "AUTH")


def _keyword(extensions: Extensions, keyword: str) -> str:
    return (
        _listed((keyword, *extensions.parameters(keyword))) if keyword == "AUTH" else _word(keyword)
    )


def _word(word: str) -> str:
    return clip(plain(word), WORD)


def _listed(words: Sequence[str], between: str = " ") -> str:
    """Return words as a list; of so many that nobody reads them the number of the rest."""
    more = len(words) - MOST_DETAILS
    told = between.join(map(_word, words[:MOST_DETAILS]))
    return f"{told} and {more} more" if more > 0 else told


def _difference(old: Extensions, new: Extensions) -> str:
    before, after = set(old.keywords), set(new.keywords)
    came = [
        _keyword(new, word)
        for word in new.keywords
        if word not in before
        or (word == "AUTH" and set(new.auth_mechanisms) - set(old.auth_mechanisms))
    ]
    gone = [word for word in old.keywords if word not in after]
    told = []
    if came:
        more = len(came) - MOST_DETAILS
        rest = f" and {more} more" if more > 0 else ""
        told.append("new since TLS: " + ", ".join(came[:MOST_DETAILS]) + rest)
    if gone:
        told.append("no longer offered: " + _listed(gone, ", "))
    return "; ".join(told) or "the same extensions as before TLS"


def hello_details(extensions: Extensions) -> tuple[str, ...]:
    """Return a line for each keyword of an EHLO reply: as announced, and what it offers."""
    keywords = extensions.keywords
    told = [
        line
        for keyword in keywords[:MOST_DETAILS]
        for line in _detail(keyword, extensions.parameters(keyword))
    ]
    more = len(keywords) - MOST_DETAILS
    return (*told, f"{more} more, not explained") if more > 0 else tuple(told)


def _detail(keyword: str, values: tuple[str, ...]) -> list[str]:
    """Return what was announced and what it offers, in as many lines as that takes."""
    text = f"{_listed((keyword, *values))}: {explain_keyword(keyword, values)}"
    lines: list[str] = []
    while text:
        line, text = _parted(text)
        lines.append(line)
        text = f"  {text}" if text else ""
    return lines


def hello_remarks(state: State) -> tuple[str, ...]:
    """Return what is wrong with the announcement."""
    again = "STARTTLS" in state.extensions and tls_on(state)
    return ("STARTTLS is announced inside TLS, which RFC 3207 4.2 forbids",) if again else ()


def hello_notes(state: State) -> tuple[str, ...]:
    """Return what is to be known of the announcement."""
    announced = state.extensions.auth_mechanisms
    if not tls_on(state) and any(name in announced for name in PASSWORDS_IN_CLEAR):
        names = " and ".join(PASSWORDS_IN_CLEAR)
        return (f"passwords are accepted in plaintext: AUTH {names} only encode them in base64",)
    return ()
