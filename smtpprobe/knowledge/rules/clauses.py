"""A refusal's text as clauses of plain words: names, addresses, links and ids taken out."""

from __future__ import annotations

import re

URL = r"\b(?:https?://|www\.)[^\s>\]]+"
MAILBOX = r"[^\s<>@:;,]+@[^\s<>:;,\])]*[a-z0-9\]]"
ADDRESS = r"(?<![\w.:])(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){3,7})(?![\w:])"
HOST = r"(?<![\w@])[\w-]*[a-z][\w-]*(?:\.[\w-]+)+"
IP_MARK = "ip-address"
"""What stands for an IP address: a clause that names one is often about it."""


def without_names(text: str) -> str:
    """Return a text in lower case without its links, mailboxes and host names.

    What they spell says nothing of the cause: a host may be called `spam`, a mailbox `quota`.
    """
    text = re.sub(URL, " ", text)
    text = re.sub(MAILBOX, "@", text)
    return re.sub(HOST, "@", text)


def clauses(text: str) -> tuple[str, ...]:
    """Return the clauses of a text in lower case, each as ` word word word ` with single blanks.

    `can't` and `cannot` become `can not`; an IP address becomes `ip-address`.
    """
    text = re.sub(ADDRESS, IP_MARK, text)
    text = without_names(text).replace("\u2019", "'").replace("cannot", "can not")
    text = re.sub(r"\bcan't\b", "can not", text)
    text = re.sub(r"\bwon't\b", "will not", text)
    text = re.sub(r"n't\b", " not", text)
    return tuple(f" {words} " for part in re.split(r"[.;!?]", text) if (words := _words(part)))


def _words(part: str) -> str:
    return " ".join(re.findall(r"[a-z]+(?:-[a-z]+)*|\d+", part))
