"""Sums up an accepted EHLO: what is offered, and what TLS has changed (RFC 5321 4.1.1.1)."""

from __future__ import annotations

from smtpprobe.knowledge.expected import tls_on
from smtpprobe.knowledge.keyword_table import explain_keyword
from smtpprobe.knowledge.wording import LINE, clip, count, plain, size
from smtpprobe.protocol.extensions import Extensions
from smtpprobe.protocol.session import State

MOST_DETAILS = 64
"""How many keywords are explained: an endless list costs no more."""


def hello_meaning(state: State) -> str:
    """Return the meaning of the accepted EHLO that led to this state."""
    if state.previous_extensions.announced and tls_on(state):
        return clip("hello accepted; " + _difference(state.previous_extensions, state.extensions))
    extensions = state.extensions
    if not extensions:
        return "hello accepted; no extensions"
    facts = [_size(extensions), _starttls(state), _auth(extensions)]
    told = ", ".join(fact for fact in facts if fact)
    return clip(f"hello accepted; {count(len(extensions), 'extension')}: {told}")


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
    values = extensions.parameters(keyword)
    return plain(" ".join((keyword, *values))) if keyword == "AUTH" else plain(keyword)


def _difference(old: Extensions, new: Extensions) -> str:
    before, after = set(old.keywords), set(new.keywords)
    came = [
        _keyword(new, word)
        for word in new.keywords
        if word not in before
        or (word == "AUTH" and set(new.auth_mechanisms) - set(old.auth_mechanisms))
    ]
    gone = [plain(word) for word in old.keywords if word not in after]
    told = []
    if came:
        told.append("new since TLS: " + ", ".join(came))
    if gone:
        told.append("gone: " + ", ".join(gone))
    return "; ".join(told) or "the same extensions as before TLS"


def hello_details(extensions: Extensions) -> tuple[str, ...]:
    """Return a line for each keyword of an EHLO reply: as announced, and what it offers."""
    keywords = extensions.keywords
    told = [_detail(keyword, extensions.parameters(keyword)) for keyword in keywords[:MOST_DETAILS]]
    more = len(keywords) - len(told)
    return (*told, f"{more} more, not explained") if more else tuple(told)


def _detail(keyword: str, values: tuple[str, ...]) -> str:
    meaning = explain_keyword(keyword, values)
    announced = clip(plain(" ".join((keyword, *values))), max(20, LINE - 2 - len(meaning)))
    return clip(f"{announced}: {meaning}")


def hello_remarks(state: State) -> tuple[str, ...]:
    """Return what is wrong with the announcement."""
    again = "STARTTLS" in state.extensions and tls_on(state)
    return ("STARTTLS is announced inside TLS, which RFC 3207 4.2 forbids",) if again else ()


def hello_notes(state: State) -> tuple[str, ...]:
    """Return what is to be known of the announcement."""
    clear = {"PLAIN", "LOGIN"}.intersection(state.extensions.auth_mechanisms)
    if clear and not tls_on(state):
        return ("passwords are taken in clear: AUTH PLAIN and LOGIN only hide behind base64",)
    return ()
