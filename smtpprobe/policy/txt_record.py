"""TXT records of fields, such as `v=STSv1; id=1`: RFC 8461 3.1 and RFC 8460 3 share one grammar.

A record counts when it begins with its version and a semicolon; others are passed over. One that
looks like such a record but is malformed is reported with the place: senders ignore it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from smtpprobe.named_tuple import NamedTuple

MOST_SHOWN = 80
"""Characters of a record, or of a part of it, that are quoted."""

MOST_TOLD = 3
"""How many repeated fields are reported."""


class Kind(NamedTuple):
    """What a record of a kind begins with, and where else than there one is known by."""

    version: str
    elsewhere: re.Pattern[str]

    def meant(self, text: str) -> bool:
        """Return whether a text means to be such a record, in this version.

        It begins with the letters of the version, whatever is between them, or with all of
        them but one.
        """
        word = _letters(self.version)
        words = (word, *(word[:n] + word[n + 1 :] for n in range(len(word))))
        begun = re.match(rf"(?:{'|'.join(words)})(?![0-9])", _letters(text[:MOST_SHOWN]))
        return begun is not None or self.elsewhere.search(text) is not None


def _letters(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.lower())


class Field(NamedTuple):
    """One `name=value`; `column` counts from 1."""

    name: str
    value: str
    column: int


class Fields(NamedTuple):
    """The result of reading the TXT records at a name.

    `counted` is how many are of the kind at all. `text` is the one that was read, empty without
    one; where none is, it is one that only means to be of the kind, with a `problem`.
    `doubts` are what senders may read in different ways.
    """

    counted: int
    text: str = ""
    fields: tuple[Field, ...] = ()
    problem: str = ""
    doubts: tuple[str, ...] = ()

    def first(self, name: str) -> Field | None:
        """Return the first field of a name, which is the one that counts."""
        return next((field for field in self.fields if field.name == name), None)

    def missing(self, name: str) -> str:
        """Return that there is no field of a name, and which one may have been meant for it."""
        near = next((field for field in self.fields if field.name.lower() == name), None)
        hint = "" if near is None else f"; {near.name!r} is different, as names are case-sensitive"
        return f"there is no {name}={hint}"


def read_fields(records: Sequence[str], kind: Kind, several: str) -> Fields:
    """Return the result of reading TXT records (octets as latin-1); `several` words a surplus."""
    texts = [as_text(record) for record in records]
    begins = re.compile(rf"{re.escape(kind.version)}[ \t]*;")
    counted = [text for text in texts if begins.match(text)]
    others = [text for text in texts if not begins.match(text)]
    near = [text for text in others if kind.meant(text)]
    if len(counted) > 1:
        return Fields(len(counted), problem=f"{len(counted)} records: {several}")
    if not counted:
        return Fields(0, near[0], problem=_difference(near[0], kind.version)) if near else Fields(0)
    alike = [text for text in others if text.startswith(kind.version)]
    return _read_one(counted[0], kind.version, alike or near)


def _read_one(text: str, version: str, beside: Sequence[str]) -> Fields:
    doubts = []
    if text[len(version)] != ";":
        doubts.append("space before the first ';' (erratum 6285): some senders reject it")
    if beside:
        alike = beside[0].startswith(version)
        effect = (
            "some senders count it as well and then ignore both" if alike else "it does not count"
        )
        doubts.append(f"there is also {quoted(beside[0])}: {effect}")
    fields: list[Field] = []
    seen: set[str] = set()
    twice: dict[str, None] = {}
    for column, part in _parts(text):
        name, equals, value = part.partition("=")
        if not equals or not value.strip(" \t") or value[0] in " \t" or not _NAME.fullmatch(name):
            return Fields(1, text, tuple(fields), _no_field(part, column), tuple(doubts))
        if name in seen:
            twice[name] = None
        seen.add(name)
        fields.append(Field(name, value, column))
    doubts += [
        f"{name}= is set twice: the first one counts, but some senders use the last"
        for name in [*twice][:MOST_TOLD]
    ]
    return Fields(1, text, tuple(fields), "", tuple(doubts))


_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,31}")
_EXTENSION = re.compile(r"[\x21-\x3a\x3c\x3e-\x7e]+")


def wrong_extension(found: Fields, known: str) -> str:
    """Return what is wrong with a field of an unknown name; empty when all are right."""
    for field in found.fields:
        if field.name != known and not _EXTENSION.fullmatch(field.value):
            return _no_field(f"{field.name}={field.value}", field.column)
    return ""


def _parts(text: str) -> Iterator[tuple[int, str]]:
    """Yield the fields after the version, split at semicolons and trimmed, each with its column."""
    start = text.index(";") + 1
    parts = text[start:].split(";")
    if not parts[-1].strip(" \t"):
        parts.pop()
    for part in parts:
        bare = part.strip(" \t")
        yield start + len(part) - len(part.lstrip(" \t")) + 1, bare
        start += len(part) + 1


def _no_field(part: str, column: int) -> str:
    name, equals, value = part.partition("=")
    hint = ""
    if equals and (name != name.rstrip(" \t") or value != value.lstrip(" \t")):
        hint = ": no space is allowed next to '='"
    elif " " in part:
        hint = ": fields end with ';' and must not contain spaces"
    elif ":" in part and not equals:
        hint = ": use '=' instead of ':'"
    return f"the field {quoted(part)} is not name=value (column {column}){hint}"


def _difference(text: str, version: str) -> str:
    """Return where a record differs from what it must begin with."""
    wanted = f"{version};"
    at = next((n for n, char in enumerate(wanted) if text[n : n + 1] != char), len(version))
    found, must = text[at : at + 1], wanted[at]
    return (
        f"it must begin with {wanted!r}, but column {at + 1} has {_named(found)}, not {must!r}"
        + ("; upper and lower case count" if found and found.lower() == must.lower() else "")
    )


_CHARACTERS = {
    "": "nothing",
    " ": "a blank",
    "\t": "a tab",
    "\ufeff": "a byte order mark",
    '"': "a quotation mark, which is part of the text",
    "\\": "a backslash, which is part of the text",
}


def _named(char: str) -> str:
    return _CHARACTERS.get(char, quoted(char))


def as_text(record: str) -> str:
    """Return a TXT record, octets as latin-1, as UTF-8 text; other octets stay surrogates."""
    try:
        return record.encode("latin-1").decode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return record


def quoted(text: str) -> str:
    """Return text between quotation marks, cut; escaping it is left to the caller."""
    return f"'{text[:MOST_SHOWN]}'" + ("..." if len(text) > MOST_SHOWN else "")
