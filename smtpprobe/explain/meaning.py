"""From a reply that was found to its annotation."""

from __future__ import annotations

import re

from smtpprobe.explain.found import Found
from smtpprobe.knowledge.annotate import annotate
from smtpprobe.knowledge.annotation import Annotation
from smtpprobe.knowledge.offline import explain_reply
from smtpprobe.protocol.reply import Reply, parse_reply

TEXT_CHARACTERS = 64 * 1024
"""How much of one reply is explained."""

_FOLDED = r"[^\n]\s([2-5][0-9]{2})(?:-|[ ][245]\.[0-9]{1,3}\.[0-9]{1,3}\s)"


def reply_of(found: Found) -> Reply:
    """Return the reply as the client got it: folded lines apart, each ended by CRLF."""
    text = found.text[:TEXT_CHARACTERS]
    if found.exchange is not None:
        return found.exchange.reply
    is_cut = text[text.rfind("\n") + 1 :][3:4] == "-"
    if is_cut or ("\n" not in text and (not text[:3].isdigit() or re.search(_FOLDED, text))):
        from smtpprobe.knowledge.unfold import unfold  # noqa: PLC0415 - few replies come folded

        return unfold(text)
    return parse_reply(text.replace("\n", "\r\n").encode("utf-8", "surrogateescape") + b"\r\n")


def explained(found: Found) -> Annotation:
    """Return what a reply means where it was found."""
    if found.exchange is not None:
        return annotate(found.exchange)
    return explain_reply(
        _with_status(reply_of(found), found.status),
        found.context,
        recipient=found.recipient,
        sender=found.sender,
        host=found.host or "",
    )


def _with_status(reply: Reply, status: str | None) -> Reply:
    """Return the reply with the enhanced code that the bounce gives, if it has none itself."""
    if status is None or status.endswith(".0.0") or reply.code is None:
        return reply
    if reply.enhanced is not None or status[:1] != str(reply.code)[:1]:
        return reply
    text = reply.raw.decode("utf-8", "surrogateescape")
    marked = re.sub(rf"(?m)^({reply.code}[ -])", rf"\g<1>{status} ", text)
    return parse_reply(marked.encode("utf-8", "surrogateescape"))
