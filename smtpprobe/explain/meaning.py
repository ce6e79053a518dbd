"""From a reply that was found to its annotation; what was explained once is remembered."""

from __future__ import annotations

import re
from typing import NamedTuple

from smtpprobe.explain.found import Found
from smtpprobe.knowledge.annotate import annotate
from smtpprobe.knowledge.annotation import Annotation
from smtpprobe.knowledge.offline import explain_reply
from smtpprobe.knowledge.unfold import unfold
from smtpprobe.protocol.reply import Reply, parse_reply

REMEMBERED = 20_000
"""How many templates of replies are remembered; when full, the older half is forgotten."""

TEXT_CHARACTERS = 64 * 1024
"""How much of one reply is explained."""

_FOLDED = re.compile(r"[^\n]\s([2-5][0-9]{2})(?:-|[ ][245]\.[0-9]{1,3}\.[0-9]{1,3}\s)")


def reply_of(found: Found) -> Reply:
    """Return the reply as the client got it: folded lines apart, each ended by CRLF."""
    text = found.text[:TEXT_CHARACTERS]
    if found.exchange is not None:
        return found.exchange.reply
    is_cut = text[text.rfind("\n") + 1 :][3:4] == "-"
    if is_cut or ("\n" not in text and (not text[:3].isdigit() or _FOLDED.search(text))):
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


_VARIES = re.compile(
    r"(?:^|(?<=[\[(=]))[0-9a-fA-F:.]{7,}(?=[\]),;:]|$)|(?<=\w/).+"
    r"|\b(?=[A-Za-z]*[0-9])[0-9A-Za-z]{9,}|(?<![0-9A-Za-z])[0-9]{5,}",
    re.DOTALL,
)
"""Addresses, the paths of URLs, ids, long numbers: what differs between replies."""

_WITH_DIGIT_OR_PATH = re.compile("[0-9/]")


class _Words(dict[str, str]):
    """Each word of a reply to what of it is the same in the next; bounded."""

    def __missing__(self, word: str) -> str:
        if len(self) > REMEMBERED:
            self.clear()
        if "@" in word or (word.startswith("<") and ">" in word):
            same = "#"
        else:
            same = _VARIES.sub("#", word) if _WITH_DIGIT_OR_PATH.search(word) else word
        self[word] = same
        return same


_WORDS = _Words()


def template(text: str) -> str:
    """Return a reply's text without what differs from one such reply to the next.

    Replies of one template have one cause. What may be the name of a reason stays: words, short
    numbers, and up to eight letters and digits together (`S3140`, `5.7.606`, `BL000010`). Of a
    success, the code is all that counts.
    """
    if text.startswith("2") and text[3:4] == " " and "\n" not in text:
        return text[:3]
    return " ".join(map(_WORDS.__getitem__, text.split(" ")))


class Known(NamedTuple):
    """What an annotation comes to when it is only counted; `rank` is 0 for the worst class."""

    annotation: Annotation
    kind: tuple[str, str]
    rank: int


RANKS = {5: 0, None: 1, 4: 2, 3: 3, 2: 4}
"""Worst first: permanent, not SMTP, temporary, half done, well."""


def known(annotation: Annotation) -> Known:
    """Return an annotation ready to be counted: by cause and blame."""
    code = annotation.code
    klass = code // 100 if code is not None and 200 <= code <= 599 else None
    kind = annotation.cause.value, annotation.blame.value
    return Known(annotation, kind, RANKS[klass])


class Meanings:
    """Remembers annotations by template: enough for cause, blame and retry, not for the words."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, str], Known] = {}

    def of(self, found: Found) -> Known:
        """Return the annotation of this reply, or of one like it."""
        if found.exchange is not None or found.status is not None:
            return known(explained(found))
        key = id(found.context), template(found.text)  # hashing a member of an enum is slow
        here = self._known.get(key)
        if here is None:
            here = self._known[key] = known(explained(found))
            if len(self._known) > REMEMBERED:
                for old in list(self._known)[: REMEMBERED // 2]:
                    del self._known[old]
        return here
