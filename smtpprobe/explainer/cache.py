"""A cache of explanations: thousands of replies come from few templates."""

from __future__ import annotations

import re
from typing import TypeVar

from smtpprobe.explainer.explain import explained, place_of, reply_of, to_the_reader, whole_reply
from smtpprobe.explainer.input.found_reply import Found
from smtpprobe.knowledge.annotate import Judgement, worded
from smtpprobe.knowledge.annotation import Annotation
from smtpprobe.knowledge.language.language import ADDRESS
from smtpprobe.knowledge.offline import judged, own_values
from smtpprobe.knowledge.own.in_force import in_use
from smtpprobe.knowledge.own.rows import may_read
from smtpprobe.knowledge.providers.lookup import named_by
from smtpprobe.knowledge.rules.situation import ENDS, TEXT_CHARACTERS
from smtpprobe.named_tuple import NamedTuple
from smtpprobe.protocol.reply import Severity

REMEMBERED = 20_000
"""How many templates of replies are remembered; when full, the older half is forgotten."""

_WAY = re.compile(r"(://[^/\s]*/[^/?#\s]*)[/?#]\S*")
"""That of a URL from its second part on."""
_MAILBOX = re.compile(r"[^\s<>@:;,]*@[^\s<>:;,\])]*")
_ADDRESS = re.compile(ADDRESS, re.IGNORECASE)
_NAME = re.compile(r"<[^<>\s@&]*\.[^<>\s@&]*>")
_ID = re.compile(r"\b(?=[A-Za-z]*[0-9])[0-9A-Za-z]{9,}|(?<![0-9A-Za-z])[0-9]{5,}")

_MAY_VARY = re.compile("[0-9@/<]")


class _Words(dict[str, str]):
    """Each word of a reply, and the part of it that recurs in the next; bounded."""

    def __missing__(self, word: str) -> str:
        if len(self) > REMEMBERED:
            self.clear()
        same = self[word] = _without_own(word) if _MAY_VARY.search(word) else word
        return same


def _without_own(word: str) -> str:
    """Return a word without what differs between replies: ways, mailboxes, addresses, names, ids.

    A long log has hundreds of thousands of such words, so each is asked quickly what it can hold.
    """
    if "://" in word:
        word = _WAY.sub(r"\1#", word)
    if "@" in word:
        word = _MAILBOX.sub("@", word)
    if word.count(".") > 2 or word.count(":") > 2:
        word = _ADDRESS.sub("&", word)
    if "<" in word:
        word = _NAME.sub("#", word)
    return _ID.sub("#", word)


_WORDS = _Words()


def template(text: str) -> str:
    """Return a reply's text without what differs from one such reply to the next.

    Replies of one template have one cause. What may be the name of a reason stays: words, short
    numbers, and up to eight letters and digits together (`S3140`, `5.7.606`, `BL000010`). Of a
    success, the code is all that counts.
    """
    if text.startswith("2") and text[3:4] == " " and "\n" not in text:
        return text[:3]
    if "\n" in text:
        text = text.replace("\n", " \n ")
    return " ".join(map(_WORDS.__getitem__, text.split(" ")))


K = TypeVar("K")
V = TypeVar("V")


class Kind(NamedTuple):
    """What is counted together: words of cause and blame, and whose server said it.

    `own` means that the reader's server said it, so that `you` in the blame is its client.
    `klass` is 0 for replies, else the class of a failure without one.
    """

    cause: str
    blame: str
    own: bool = False
    klass: int = 0


class Known(NamedTuple):
    """What an annotation comes to when it is only counted; `rank` is 0 for the worst class."""

    annotation: Annotation
    kind: Kind
    rank: int


RANKS = {5: 0, None: 1, 4: 2, 3: 3, 2: 4}
"""Worst first: permanent, not SMTP, temporary, half done, well."""


def known(annotation: Annotation, found: Found) -> Known:
    """Return an annotation ready to be counted: by cause and blame, and by whose server it was."""
    code = annotation.code
    klass = code // 100 if code is not None and 200 <= code <= 599 else found.klass or None
    own = found.client is not None
    kind = Kind(annotation.cause.value, annotation.blame.value, own, found.klass)
    return Known(annotation, kind, RANKS[klass])


class Annotations:
    """Remembers by template what replies mean; each still gets its own words.

    What differs between replies of a template - names, addresses, ids - is worded again, so an
    annotation is the same as if the reply had been explained alone.
    """

    def __init__(self) -> None:
        self._judgements: dict[tuple[object, ...], Judgement] = {}

    def of(self, found: Found) -> Annotation:
        """Return the annotation of this reply."""
        alone = found.exchange is not None or found.sent is not None or found.klass
        if alone or len(found.text) > TEXT_CHARACTERS or _may_be_own(found):
            return explained(found)
        reply, place = whole_reply(found), place_of(found)
        well = reply.severity is Severity.SUCCESS
        if well and place.context not in ENDS:
            return explained(found)  # the text of a greeting or EHLO reply is all there is to it
        key = (
            # by identity: hashing a member of an enum is slow
            id(place.context), template(found.text), reply.enhanced, reply.defects,
            "" if well else _SIGNS[place.host], place.sender == "",
        )  # fmt: skip
        judgement = self._judgements.get(key)
        if judgement is None:
            judgement = judged(reply, place)
            remember(self._judgements, key, judgement)
        return to_the_reader(found, worded(judgement, own_values(reply, place)))


def _may_be_own(found: Found) -> bool:
    """Return whether a row of the user's own table may read the reply; most have no table."""
    return bool(in_use()) and may_read(reply_of(found))


class _Signs(dict[str, tuple[str, ...]]):
    """Each host to the providers that its name names; bounded."""

    def __missing__(self, host: str) -> tuple[str, ...]:
        if len(self) > REMEMBERED:
            self.clear()
        named = self[host] = named_by(host)
        return named


_SIGNS = _Signs()


def remember(table: dict[K, V], key: K, value: V) -> None:
    """Add an entry; of too many, the older half is forgotten."""
    table[key] = value
    if len(table) > REMEMBERED:
        for old in list(table)[: REMEMBERED // 2]:
            del table[old]


class Meanings:
    """Remembers annotations by template: enough for cause, blame and retry, not for the words."""

    def __init__(self) -> None:
        self._known: dict[tuple[object, ...], Known] = {}

    def of(self, found: Found) -> Known:
        """Return the annotation of this reply, or of one like it.

        A context is known by its place in memory: hashing a member of an enum is slow.
        """
        alone = found.exchange is not None or found.sent is not None
        if alone or _may_be_own(found):
            return known(explained(found), found)
        signs = () if found.text.startswith("2") else _SIGNS[found.host or ""]
        key = (
            id(found.context), template(found.text), signs,
            found.client is not None, found.klass, found.status,
        )  # fmt: skip
        here = self._known.get(key)
        if here is None:
            here = known(explained(found), found)
            remember(self._known, key, here)
        return here
