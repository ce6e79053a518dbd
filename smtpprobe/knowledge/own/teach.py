"""A row of the user's own table, made from a reply, to be changed by hand."""

from __future__ import annotations

import re

from smtpprobe.knowledge.annotate import HEDGES
from smtpprobe.knowledge.annotation import Annotation, Basis
from smtpprobe.knowledge.own.read import HEADER, MEANING
from smtpprobe.knowledge.own.rows import WILDCARD
from smtpprobe.knowledge.rules.situation import domain_of
from smtpprobe.knowledge.wording import STEP_END, clip
from smtpprobe.protocol.redact import MASK
from smtpprobe.protocol.session import Exchange

_LONGEST = 300
"""How many characters of a long text a row begins with, to stay readable."""

_VARIES = re.compile(
    r"[a-z]+://\S+"
    r"|[^\s<>@:;,()\[\]]*@[^\s<>:;,()\[\]]+"
    r"|(?<![\w.:])\d{1,3}(?:\.\d{1,3}){3}(?![\w.:])"
    r"|(?<![\w.:])[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7}(?![\w.:])"
    r"|(?<!\w)(?=[a-z_-]*[0-9])[\w-]{9,}(?!\w)"
    r"|(?<![\w])[0-9]+(?:[.,:][0-9]+)*(?![\w])",
    re.IGNORECASE,
)
"""What differs from one such reply to the next: URLs, mailboxes, addresses, ids, numbers."""

_UNREADABLE = re.compile(r"[^\x20-\x7e\xa0-\ud7ff\ue000-\U0010ffff]+")
_WILD = re.compile(r"\*[*\s<>\[\]().,;:-]*\*")


def wildcard_text(words: str) -> str:
    """Return the text of a reply with wildcards for what differs from one to the next."""
    text = " ".join(words[: 2 * _LONGEST].split()).replace(MASK, WILDCARD)
    for pattern in (_UNREADABLE, _VARIES, _WILD):
        text = pattern.sub("*", text)
    return text[:_LONGEST].strip()


def row_text(exchange: Exchange, annotation: Annotation) -> str:
    """Return a row in TOML that reads such replies as this; empty where there are no words.

    Secrets are the caller's to take out of the exchange.
    """
    text = wildcard_text(exchange.reply.words)
    if not any(char.isalnum() for char in text):
        return ""
    reply, context = exchange.reply, exchange.context
    fields = [("text", quoted(text))]
    if reply.code is not None and 200 <= reply.code <= 599:
        fields.append(("code", str(reply.code)))
        if reply.enhanced is not None and str(reply.enhanced)[0] == str(reply.code)[0]:
            fields.append(("enhanced", quoted(str(reply.enhanced))))
    if context is not None:
        fields.append(("command", quoted(context.value)))
    steps = [_of_any(exchange, step.text) for step in annotation.next_steps]
    while len(STEP_END.join(steps)) > MEANING:
        steps.pop()
    meaning = _of_any(exchange, annotation.meaning[len(HEDGES.get(annotation.basis, "")) :])
    fields += [
        ("cause", quoted(annotation.cause.value)),
        ("blame", quoted(annotation.blame.value)),
        ("retry", quoted(annotation.retry.value)),
        ("meaning", quoted(clip(meaning, MEANING))),
        ("next", f"[{', '.join(quoted(step) for step in steps)}]"),
    ]
    known = "a guess of smtpprobe" if annotation.basis is not Basis.STANDARD else "smtpprobe's own"
    return "\n".join(
        (
            f"# cause, meaning and next are {known}: change them to what you know.",
            '# * in text matches anything; add provider = "..." if you like.',
            f"[[{HEADER}]]",
            *(f"{key} = {value}" for key, value in fields),
            "",
        )
    )


def _of_any(exchange: Exchange, text: str) -> str:
    """Return words without the domain of this one command: the row is for others as well."""
    mailbox = exchange.command.mailbox if exchange.command is not None else None
    domain = domain_of(mailbox or "")
    return text.replace(domain, "that domain") if domain else text


def quoted(text: str) -> str:
    """Return a text from outside as a basic string of TOML: it cannot end the string early."""
    return '"' + "".join(_escaped(char) for char in text) + '"'


def _escaped(char: str) -> str:
    if char in '"\\':
        return f"\\{char}"
    return char if char.isprintable() else f"\\U{ord(char):08X}"
