"""What was explained once is remembered: replies by the thousand come in few templates."""

from __future__ import annotations

import re
from typing import NamedTuple

from smtpprobe.explain.found import Found
from smtpprobe.explain.meaning import explained
from smtpprobe.knowledge.annotation import Annotation

REMEMBERED = 20_000
"""How many templates of replies are remembered; when full, the older half is forgotten."""

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
