"""Annotates a reply that was found in an input."""

from __future__ import annotations

import re
from functools import lru_cache

from smtpprobe.explainer.input.found_reply import Found
from smtpprobe.knowledge.annotate import annotate, worded
from smtpprobe.knowledge.annotation import Annotation
from smtpprobe.knowledge.offline import Place, judged, own_values
from smtpprobe.protocol.reply import Reply, parse_reply
from smtpprobe.protocol.verbs import Context

TEXT_CHARACTERS = 64 * 1024
"""How much of one reply is explained."""

_FOLDED = r"[^\n]\s([2-5][0-9]{2})(?:-|[ ][245]\.[0-9]{1,3}\.[0-9]{1,3}\s)"


_RECIPIENT = (
    r"[0-9]{3} (?:[0-9.]+ )?<([^<>\s]+@[^<>\s]+)>: "
    r"(?:Relay access denied|Recipient address rejected)"
)
"""Replies of Postfix that begin with the recipient they are about."""


def found_in(text: str, context: Context | None) -> list[Found]:
    """Return the replies in a text as somebody types or pastes it; `context` is what they answer.

    One that begins with a code is a reply; else it is looked for: in a log line, a folded quote.
    """
    if text[:3].isdigit():
        return [_typed(text, context)]
    from smtpprobe.explainer.formats.text import TextLines  # noqa: PLC0415 - most are typed
    from smtpprobe.knowledge.rules.unfold import unfold  # noqa: PLC0415

    reader = TextLines()
    found = []
    for number, line in enumerate(text.encode("utf-8", "surrogateescape").split(b"\n"), 1):
        found += reader.read(line, number)
    found += reader.close()
    if not found and unfold(text).code is not None:
        found = [Found(text)]
    return [one._replace(context=context or one.context) for one in found]


def _typed(text: str, context: Context | None) -> Found:
    named = re.match(_RECIPIENT, text) if ">: " in text else None
    if "," in text and ":" in text:
        from smtpprobe.explainer.formats.client_dialog import without_labels  # noqa: PLC0415

        text = without_labels(text)
    return Found(text, context, recipient=named[1] if named else None)


def reply_of(found: Found) -> Reply:
    """Return the reply as the client got it: folded lines apart, each ended by CRLF."""
    return found.exchange.reply if found.exchange is not None else _read(found.text)


@lru_cache(maxsize=2)  # the explanation and the view ask for the same one
def _read(reply: str) -> Reply:
    text = reply[:TEXT_CHARACTERS]
    is_cut = text[text.rfind("\n") + 1 :][3:4] == "-"
    if is_cut or ("\n" not in text and (not text[:3].isdigit() or re.search(_FOLDED, text))):
        from smtpprobe.knowledge.rules.unfold import unfold  # noqa: PLC0415 - few replies come folded

        return unfold(text)
    return parse_reply(text.replace("\n", "\r\n").encode("utf-8", "surrogateescape") + b"\r\n")


def explained(found: Found) -> Annotation:
    """Return what a reply means where it was found."""
    if found.exchange is not None:
        return annotate(found.exchange)
    if found.klass:
        return to_the_reader(found, _untold(found))
    if found.sent is not None:
        from smtpprobe.knowledge.pasted_session import explain_sent  # noqa: PLC0415 - a paste

        if (told := explain_sent(reply_of(found), found.sent)) is not None:
            return told
    reply, place = whole_reply(found), place_of(found)
    return to_the_reader(found, worded(judged(reply, place), own_values(reply, place)))


def _untold(found: Found) -> Annotation:
    from smtpprobe.knowledge.outcomes import (  # noqa: PLC0415 - logs
        explain_failure,
        explain_refusal,
        explain_status,
    )

    text, place = found.text[:TEXT_CHARACTERS], place_of(found)
    if found.client is not None:
        return explain_refusal(text, found.klass, place)
    bare = re.match(_STATUS, text) if found.status is None else None
    if bare is not None and bare[0][0] == str(found.klass):
        return explain_status(text[bare.end() :].strip(" :;()"), found.klass, bare[0], place)
    status = re.match(_STATUS, found.status or "")
    fits = status is not None and status[0][0] == str(found.klass)
    return explain_failure(text, found.klass, status[0] if status and fits else "", place)


def own_words(text: str) -> Annotation:
    """Return what words of the reader's own mail server mean; a status code may begin them."""
    from smtpprobe.knowledge.outcomes import explain_failure, explain_words  # noqa: PLC0415

    text = text[:TEXT_CHARACTERS]
    status = re.match(_STATUS, text)
    if status is not None:
        told = text[status.end() :].strip(" :;()")
        return explain_failure(told, int(status[0][0]), status[0], Place())
    return explain_words(text, Place()) or explain_failure(text, 4, "", Place())


def to_the_reader(found: Found, annotation: Annotation) -> Annotation:
    """Return the annotation for the reader's side: the client's, or the server's in its own log."""
    if found.client is None:
        return annotation
    from smtpprobe.knowledge.server_operator import for_the_owner  # noqa: PLC0415 - only for such logs

    return for_the_owner(annotation, found.client, *(("refused",) if found.klass else ()))


def place_of(found: Found) -> Place:
    """Return the context of the reply in the input."""
    return Place(found.context, found.recipient, found.sender, found.host or "")


def whole_reply(found: Found) -> Reply:
    """Return the reply with the enhanced code that the bounce gives, if it has none itself."""
    reply = reply_of(found)
    status = re.match(_STATUS, found.status) if found.status else None
    if status is None or status[0].endswith(".0.0") or reply.code is None:
        return reply
    if reply.enhanced is not None or status[0][:1] != str(reply.code)[:1]:
        return reply
    text = reply.raw.decode("utf-8", "surrogateescape")
    marked = re.sub(rf"(?m)^{reply.code}[ -]", lambda begun: f"{begun[0]}{status[0]} ", text)
    return parse_reply(marked.encode("utf-8", "surrogateescape"))


_STATUS = r"[245]\.[0-9]{1,3}\.[0-9]{1,3}(?![0-9.])"
"""The status code of a bounce (RFC 3463 2); anything else in that field is not one."""
