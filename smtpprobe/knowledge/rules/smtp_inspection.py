"""Firewalls that inspect SMTP and rewrite it: how their work shows in a reply.

Cisco's PIX and ASA (`fixup protocol smtp`, `inspect esmtp`) write asterisks over the greeting, `X`
over keywords and commands that they do not know; the server then refuses a command nobody sent.
"""

from __future__ import annotations

import re

from smtpprobe.knowledge.rules.situation import TEXT_CHARACTERS, Situation
from smtpprobe.knowledge.wording import clip, plain
from smtpprobe.protocol.command import Kind
from smtpprobe.protocol.reply import Reply
from smtpprobe.protocol.verbs import VERBS, Context

MASKED_LETTERS = 4
"""So many asterisks, or `X`, are no accident."""

_KEYWORD = r"X{3,}[A-Z]|X{4,}"
_ECHO = r"(?<![A-Za-z0-9])X{4,}[A-Z]?(?![A-Za-z0-9])"
_NOT_KNOWN = r"(?:un|not )(?:recogni[sz]ed|known|supported|implemented|understood)"
_QUOTED = r"[\"'`<]([A-Za-z]{3,20})\b[^\"'`>\n]{0,200}[\"'`>]"
_CALLED = r"(?: (?:command|verb))?:? ?"
_NAMED = rf"(?i){_NOT_KNOWN}{_CALLED}{_QUOTED}|{_QUOTED} (?:is )?(?:command )?{_NOT_KNOWN}"
"""A refused command as the server repeats it: the two places in which it may stand."""

_STARTTLS_LETTERS = len("STARTTLS")
_REFUSED = (500, 501, 502)

SWITCHED_OFF = (
    "whoever runs that firewall, at your end or theirs, can switch it off (Cisco: no inspect esmtp)"
)


def is_masked_keyword(word: str) -> bool:
    """Return whether an EHLO keyword is one written over: `XXXXXXXA`."""
    return re.fullmatch(_KEYWORD, word) is not None


def inspected(reply: Reply, context: Context | None) -> str:
    """Return how a firewall's inspection shows in a reply, or the empty string.

    `context` is what the reply answers, None when that is not known.
    """
    if not reply.may_be_rewritten:
        return ""
    if reply.code == 220 and context in (Context.CONNECT, None) and _is_starred(reply.words):
        return "a greeting of asterisks: a firewall between you and the server rewrites SMTP"
    if reply.code == 250 and context in (Context.EHLO, Context.LHLO, None):
        return _masked_keyword(reply)
    if reply.code in _REFUSED and (echo := re.search(_ECHO, reply.words[:TEXT_CHARACTERS])):
        word = clip(echo[0], 20)
        return f"{word} instead of the command: a firewall's SMTP inspection has overwritten it"
    return ""


def _is_starred(words: str) -> bool:
    """Only digits that a greeting may need, and blanks, are left as they were."""
    text = words[:TEXT_CHARACTERS]
    stars = text.count("*")
    return (
        stars >= MASKED_LETTERS
        and stars * 2 > len("".join(text.split()))
        and not any(letter.isalpha() for letter in text)
    )


def _masked_keyword(reply: Reply) -> str:
    keywords = reply.extensions.keywords
    masked = next((word for word in keywords if is_masked_keyword(word)), "")
    if not masked:
        return ""
    hides = len(masked) == _STARTTLS_LETTERS and "STARTTLS" not in keywords
    like = ", as long as STARTTLS" if hides else ""
    return f"{clip(masked, 20)}: a keyword that a firewall's SMTP inspection masks{like}"


def answers_another(situation: Situation) -> str:
    """Return the remark on a refusal that repeats a command which was not sent, or nothing.

    A server may repeat less of it; a line that is no command is never told here, as it may be a
    password.
    """
    command, reply = situation.exchange.command, situation.exchange.reply
    if command is None or command.kind is not Kind.COMMAND or command.verb not in VERBS:
        return ""
    if reply.code not in _REFUSED:
        return ""
    named = re.search(_NAMED, reply.words[:TEXT_CHARACTERS])
    if named is None:
        return ""
    heard, sent = plain(named[1] or named[2]).upper(), command.verb
    if re.fullmatch(_ECHO, heard) or heard.startswith(sent) or sent.startswith(heard):
        return ""
    if heard in command.text.upper():
        return ""
    if heard in VERBS:
        return f"it names {heard}, but {sent} was sent: the replies may be one off"
    return (
        f"it names {heard}, but {sent} was sent: a firewall's SMTP inspection may have changed it"
    )
